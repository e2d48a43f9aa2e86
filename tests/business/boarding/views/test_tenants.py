"""Who lives where, the letter to the RT, the laundry list, the history: as the manager sees them."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding import announcements
from tatausaha.business.boarding.models import HouseChange, ResidentMove, ResidentReport, ServiceUse
from tatausaha.business.boarding.services import letters
from tatausaha.business.boarding.services.bills import issue_due_bills
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.notices.models import Notice
from tatausaha.core.people.models import IdentityPaper, PaperView
from tests.business.boarding.desk import PAPER

HOME = "/kos-kelola/rumah/melati/"
NIK = PAPER["paper_number"]


@pytest.fixture
def now(desk, clock_at):
    """The pages are looked at when the desk stands."""
    clock_at(desk.at)
    return desk


@pytest.fixture
def as_sari(sari):
    client = Client()
    client.force_login(sari.login)
    return client


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


@pytest.mark.req("KOS-13")
def test_the_rooms_page_says_who_lives_there_since_when_and_what_is_overdue(stay, desk, as_sari, clock_at):
    desk.wait(days=40)
    clock_at(desk.at)
    issue_due_bills(at=desk.at)

    page = text(as_sari, f"{HOME}kamar/")

    assert "1 dari 3 kamar terisi, 2 kosong" in page
    assert f'<a href="{stay.get_absolute_url()}">Rini</a>' in page
    assert "10 Mar 2026" in page
    assert "Rp1.075.000" in page
    assert "Laundry" in page
    assert "belum pernah terisi" in page


@pytest.mark.req("KOS-13")
def test_the_tenants_are_listed_with_masked_papers_and_as_a_file(stay, now, as_sari):
    page = text(as_sari, f"{HOME}penghuni/")
    lines = b"".join(as_sari.get(f"{HOME}penghuni/?berkas=csv").streaming_content).decode()

    for shown in (page, lines):
        assert "Rini" in shown
        assert "Kediri" in shown
        assert NIK not in shown
        assert IdentityPaper.objects.get().number_masked in shown


@pytest.mark.req("KOS-07")
def test_the_stays_page_shows_the_registration_to_the_manager_and_not_to_the_tenant(stay, now, as_sari, rini):
    paper = IdentityPaper.objects.get()
    page = text(as_sari, stay.get_absolute_url())

    assert f'<a href="/identitas/{paper.pk}/">' in page
    assert "Bu Ratna" in page
    assert NIK not in page
    tenant = Client()
    tenant.force_login(rini.login)
    assert "Bu Ratna" not in text(tenant, stay.get_absolute_url())


@pytest.mark.req("KOS-07")
def test_only_the_printed_letter_bears_full_numbers_and_each_print_is_written_down(stay, now, as_sari, sari):
    assert "Lapor 1 penghuni Kos Melati" in text(as_sari, "/hari-ini/")
    assert NIK not in text(as_sari, "/kos/melati/lapor/")
    as_sari.post("/kos/melati/lapor/")
    report = ResidentReport.objects.get()
    assert NIK not in text(as_sari, f"/kos/lapor/{report.pk}/")
    assert not PaperView.objects.exists()

    answer = as_sari.post(f"/kos/lapor/{report.pk}/surat.pdf")

    assert answer.content.startswith(b"%PDF")
    seen = PaperView.objects.get()
    assert (seen.by, seen.what) == (sari, "number")
    assert report.number in seen.reason
    (row,) = letters.letter_of(report, by=sari, at=now.at).rows
    assert (row.identity, row.identity_kind, row.origin, row.kind) == (NIK, "NIK", "Kediri", "Datang")
    assert PaperView.objects.count() == 2
    assert "Lapor 1 penghuni" not in text(as_sari, "/hari-ini/")


@pytest.mark.req("KOS-07")
def test_the_letter_is_handed_in_once_to_whom_and_on_which_day(stay, now, as_sari, clock_at):
    as_sari.post("/kos/melati/lapor/")
    report = ResidentReport.objects.get()
    assert (report.state, report.received_on) == ("printed", None)
    page = f"/kos/lapor/{report.pk}/"

    clock_at(now.wait(days=2).at)
    given = {"received_by": "Pak Joko, ketua RT 03", "on": "13-03-2026"}
    for wrong, sentence in [
        ({"on": "09-03-2026"}, "sebelum suratnya dibuat"), ({"on": "13-03-2026"}, "belum tiba"),
        ({"received_by": "", "on": "11-03-2026"}, "Diterima oleh"),
    ]:  # fmt: skip
        answer = as_sari.post(f"{page}serah/", given | wrong)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert 'value="Pak Joko, ketua RT 03"' in answer.text or "received_by" in wrong
    as_sari.post(f"{page}serah/", given | {"on": "12-03-2026"})
    report.refresh_from_db()
    assert (report.state, report.received_by, report.received_on) == (
        "handed_in", "Pak Joko, ketua RT 03", date(2026, 3, 12),
    )  # fmt: skip
    assert "Diserahkan kepada Pak Joko, ketua RT 03 pada Kamis, 12 Maret 2026." in text(as_sari, page)

    again = given | {"received_by": "Orang lain", "on": "12-03-2026"}
    refused = as_sari.post(f"{page}serah/", again, follow=True).text

    assert "sudah diserahkan kepada Pak Joko" in refused
    report.refresh_from_db()
    assert report.received_by == "Pak Joko, ketua RT 03"


@pytest.mark.req("KOS-07")
def test_managers_are_told_once_of_a_move_that_is_not_reported_in_time(stay, desk, sari):
    move = ResidentMove.objects.get()
    before = announcements.remind_of_reports(at=move.due_at - timedelta(seconds=1))
    told = announcements.remind_of_reports(at=move.due_at)
    again = announcements.remind_of_reports(at=move.due_at + timedelta(days=1))

    assert (before, told, again) == (0, 1, 0)
    assert Notice.objects.filter(person=sari, key__startswith=f"resident_move|{move.pk}").count() == 1


@pytest.mark.req("KOS-09")
def test_the_laundry_list_is_taken_whole_or_not_at_all(stay, now, as_sari, house, make_measured):
    kilo = make_measured(house, "Cuci kiloan", 7_000, "kg")
    page = f"{HOME}layanan/{kilo.pk}/pemakaian/"
    assert "101, Rini (kg)" in text(as_sari, page)
    field = f"stay_{stay.pk}"

    early = as_sari.post(page, {"on": "1/3/2026", field: "2,5"})
    nothing = as_sari.post(page, {"on": "10/3/2026"})
    assert (early.status_code, nothing.status_code) == (422, 422)
    assert "sebelum penghuni masuk" in early.content.decode()
    assert not ServiceUse.objects.exists()

    as_sari.post(page, {"on": "10/3/2026", field: "2,5", "form_key": "A" * 26})
    as_sari.post(page, {"on": "10/3/2026", field: "2,5", "form_key": "A" * 26})
    use = ServiceUse.objects.get()
    assert (use.amount, use.used_on, use.stay) == (17_500, date(2026, 3, 10), stay)


@pytest.mark.req("KOS-09")
def test_one_wrong_line_keeps_the_others_out(
    stay, now, as_sari, sari, house, rooms, budi, make_measured, desk, clock_at
):
    kilo = make_measured(house, "Cuci kiloan", 7_000, "kg")
    desk.wait(days=2)
    other = book(
        room=rooms[1], prospect=budi, services=[], move_in_on=desk.at.date(), occupant="pria",
        plan="down_payment", by=budi, at=desk.at,
    )  # fmt: skip
    later = _move_in_as(desk, other, "3506042602660002")
    clock_at(desk.at)
    lines = {"on": "10/3/2026", f"stay_{stay.pk}": "2", f"stay_{later.pk}": "3"}
    answer = as_sari.post(f"{HOME}layanan/{kilo.pk}/pemakaian/", lines)

    assert answer.status_code == 422
    assert "perbaiki 1 baris" in answer.content.decode()
    assert not ServiceUse.objects.exists()


def _move_in_as(desk, booking, number):
    desk.cash(booking)
    desk.step(booking, "register", **PAPER | {"paper_number": number})
    desk.cash(booking)
    desk.step(booking, "check_in", on=desk.at.date(), key="102")
    return booking.stay


@pytest.mark.req("SYS-10")
def test_the_history_of_a_house_stands_on_its_page(house, room_type, now, as_sari):
    as_sari.post(
        f"{HOME}kamar/tambah/", {"room_type": room_type.pk, "numbers": "201-203", "form_key": "A" * 26}
    )

    assert HouseChange.objects.filter(thing="Kamar", new="201, 202, 203").exists()
    assert "201, 202, 203" in text(as_sari, f"{HOME}riwayat/")
