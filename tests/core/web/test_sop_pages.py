"""SOP sheets: the table that runs, printed; its revisions by two people (SYS-09)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tatausaha.core.documents.sheets import print_sheet
from tatausaha.core.kernel import clock
from tatausaha.core.procedures import policies, registry
from tatausaha.core.procedures.models import SopRevision
from tatausaha.core.web import diagrams, sopprint
from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]

SENT = {
    "approval_days": "5",
    "budget_limit": "5.000.000",
    "effective_on": "10/03/2026",
    "reason": "Rapat 9 Maret",
}


@pytest.mark.req("SYS-09")
def test_the_sheet_shows_number_revision_purpose_steps_conditions_and_numbers(browser_of, sari):
    text = browser_of(sari).get("/sop/toys.request/").text

    for said in (
        "SOP-TI-02", "Menangani perubahan sistem", "Rabu, 1 Januari 2025",
        "Catat hasil uji", "Uji lulus dan hasilnya ditandatangani.", "Pembuat rencana dicatat.", "Batas persetujuan",
        "3 hari", "Rp5.000.000", "Dibuat oleh", "Diperiksa dan disetujui oleh",
    ):  # fmt: skip
        assert said in text, said


def test_the_sheet_is_printed_as_a_pdf(browser_of, sari):
    answer = browser_of(sari).get("/sop/toys.request/pdf/")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.req("SYS-09")
def test_a_draft_waits_on_the_owners_page_until_it_is_approved(browser_of, sari, hadi, unit):
    waits = "menunggu persetujuan</a>"
    browser_of(sari).post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati"})
    draft = SopRevision.objects.get(stage="draft")

    page = browser_of(hadi).get("/hari-ini/").text
    assert waits in page
    assert "Kos Melati" in page[page.index("Revisi SOP") : page.index(waits)]
    assert waits not in browser_of(sari).get("/hari-ini/").text

    browser_of(hadi).post(f"/sop/toys.request/revisi/{draft.pk}/setujui/")
    assert waits not in browser_of(hadi).get("/hari-ini/").text


@pytest.mark.req("SYS-09")
def test_the_paper_bears_the_diagram_and_the_day_of_the_approval(browser_of, company, sari, hadi, unit, at):
    draft = policies.draft(
        request_desk.REQUEST,
        unit,
        {"approval_days": 5},
        by=sari,
        at=at,
        effective_on=at.date(),
        reason="Ramai",
    )
    done = policies.approve(draft, by=hadi, at=at)

    paper = sopprint.paper_of(request_desk.REQUEST, done, company=company, printed_at=at)

    drawn = "".join(paper.drawing.split())
    for state in request_desk.REQUEST.states:
        first = request_desk.REQUEST.label_of(state.value).split()[0]
        assert str(first).lower() in drawn.lower(), state
    assert [(line.name, line.on) for line in paper.dispositions] == [("Sari", None), ("Pak Hadi", at.date())]
    assert len(print_sheet(paper)) > len(print_sheet(replace(paper, drawing="")))


def test_every_state_and_every_moving_step_is_in_the_diagram():
    drawing = diagrams.draw(request_desk.REQUEST)

    assert len(drawing.boxes) == len(request_desk.REQUEST.states)
    drawn = {int(title.split(". ")[0]) for arrow in drawing.arrows for title in arrow.titles.split("; ")}
    assert drawn == {n for n, step in enumerate(request_desk.REQUEST.steps, start=1) if step.target}
    places = [(box.x, box.y) for box in drawing.boxes]
    assert len(set(places)) == len(places)
    assert all(
        0 <= box.x <= drawing.width - 220 and 0 <= box.y <= drawing.height - 52 for box in drawing.boxes
    )


@pytest.mark.parametrize("procedure", registry.procedures(), ids=lambda procedure: procedure.code)
def test_no_number_of_a_diagram_is_cut_off(procedure):
    drawing = diagrams.draw(procedure)

    assert all(
        drawing.begins <= arrow.left and arrow.left + arrow.wide <= drawing.width for arrow in drawing.arrows
    )
    assert all(len(box.own) <= 36 for box in drawing.boxes)


def test_three_and_more_numbers_in_a_row_are_said_as_a_span():
    assert diagrams.said([1, 3, 4, 7, 8, 9, 11]) == "1, 3, 4, 7–9, 11"


def test_the_diagram_has_no_inline_style(browser_of, sari):
    assert "style=" not in browser_of(sari).get("/sop/toys.request/").text


@pytest.mark.req("SYS-09")
def test_a_manager_drafts_and_the_owner_approves(browser_of, sari, hadi, unit, at):
    browser_of(sari).post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati"})
    draft = SopRevision.objects.get(stage="draft")
    assert (draft.unit, draft.made_by, draft.changed) == (unit, sari, {"approval_days": 5})

    browser_of(hadi).post(f"/sop/toys.request/revisi/{draft.pk}/setujui/")

    draft.refresh_from_db()
    assert (draft.stage, draft.approved_by) == ("approved", hadi)
    assert policies.values_in_force(request_desk.REQUEST, unit, at=at).approval_days == 5


def test_the_owner_approves_an_own_draft_only_with_a_reason(browser_of, hadi, at):
    browser = browser_of(hadi)
    browser.post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "", "effective_on": "11/03/2026"})
    draft = SopRevision.objects.get(stage="draft")

    refused = browser.post(f"/sop/toys.request/revisi/{draft.pk}/setujui/")
    assert refused.status_code == 422
    assert "tulis alasan mengapa tidak ada orang lain" in refused.text

    browser.post(f"/sop/toys.request/revisi/{draft.pk}/setujui/", {"exception": "Direktur tunggal"})
    draft.refresh_from_db()
    assert (draft.stage, draft.exception) == ("approved", "Direktur tunggal")


def test_a_manager_approves_nothing_and_a_draft_is_approved_once(browser_of, sari, hadi):
    browser_of(sari).post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati"})
    url = f"/sop/toys.request/revisi/{SopRevision.objects.get(stage='draft').pk}/setujui/"

    assert "disetujui oleh pemilik" in browser_of(sari).post(url, follow=True).text
    assert SopRevision.objects.filter(stage="draft").count() == 1
    browser_of(hadi).post(url)
    assert "Revisi ini sudah disetujui." in browser_of(hadi).post(url, follow=True).text


def test_a_draft_is_dropped_by_its_maker_or_the_owner_and_says_so(browser_of, sari, hadi, unit):
    browser_of(sari).post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati"})
    browser_of(hadi).post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati"})
    hers, his = SopRevision.objects.filter(stage="draft").order_by("pk")

    kept = browser_of(sari).post(f"/sop/toys.request/revisi/{his.pk}/buang/", follow=True)
    dropped = browser_of(sari).post(f"/sop/toys.request/revisi/{hers.pk}/buang/", follow=True)
    browser_of(hadi).post(f"/sop/toys.request/revisi/{his.pk}/buang/")

    assert "oleh pembuatnya atau oleh pemilik" in kept.text
    assert f"Dibuang oleh {sari.name}" in dropped.text
    assert set(SopRevision.objects.filter(pk__in=(hers.pk, his.pk)).values_list("stage", flat=True)) == {
        "withdrawn"
    }
    again = browser_of(hadi).post(f"/sop/toys.request/revisi/{hers.pk}/buang/", follow=True)
    assert "Revisi ini sudah ditarik." in again.text
    late = browser_of(hadi).post(
        "/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati", "effective_on": "11/03/2062"}
    )
    assert "Paling akhir" in late.text


def test_numbers_out_of_bounds_or_unchanged_are_refused_and_keep_what_was_typed(browser_of, sari):
    browser = browser_of(sari)

    wrong = browser.post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati", "approval_days": "31"})
    same = browser.post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati", "approval_days": "3"})

    assert (wrong.status_code, same.status_code) == (422, 422)
    assert "Rapat 9 Maret" in wrong.text
    assert "Tidak ada angka yang berubah." in same.text
    assert not SopRevision.objects.filter(stage="draft").exists()


def test_the_history_shows_what_was_and_what_is(browser_of, sari, hadi):
    browser_of(sari).post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati"})

    text = browser_of(hadi).get("/sop/toys.request/revisi/").text

    assert "<s>3 hari</s> menjadi <strong>5 hari</strong>" in text
    assert "Rapat 9 Maret" in text


def test_revisions_are_not_for_staff_and_customers(browser_of, technician, rini):
    for person in (technician, rini):
        assert browser_of(person).get("/sop/toys.request/revisi/").status_code == 404
        assert browser_of(person).post("/sop/toys.request/revisi/baru/", SENT).status_code == 404


def test_a_unit_of_somebody_else_is_not_revised(browser_of, sari, unit_wita):
    answer = browser_of(sari).post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "kenanga"})

    assert answer.status_code == 422
    assert not SopRevision.objects.filter(unit=unit_wita).exists()


@pytest.mark.req("SYS-09")
def test_a_running_case_keeps_its_own_numbers(
    browser_of, request_, bring, technician, sari, hadi, unit, at, monkeypatch
):
    browser_of(sari).post("/sop/toys.request/revisi/baru/", {**SENT, "unit": "melati"})
    browser_of(hadi).post(f"/sop/toys.request/revisi/{SopRevision.objects.get(stage='draft').pk}/setujui/")
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=1))
    new = request_desk.submit(unit=unit, customer=hadi, by=hadi, at=at, note="baru")
    path = (("evaluate", technician, {"note": "x"}), ("needs", technician), ("plan", technician, {"days": 1}))

    assert bring(request_, *path).deadline_at == at + timedelta(days=3)
    assert bring(new, *path).deadline_at == at + timedelta(days=5)
