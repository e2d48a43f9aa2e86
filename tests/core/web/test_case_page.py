"""The case page of any procedure: where it stands, what can be done, what was done and said."""

from datetime import timedelta

import pytest

from tatausaha.core.kernel import clock
from tatausaha.core.procedures import queries, registry, services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]


def page(client, case):
    answer = client.get(f"/kasus/{case.number}/")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.req("SYS-06")
def test_a_case_does_not_exist_for_a_stranger(browser_of, request_, budi):
    assert browser_of(budi).get(f"/kasus/{request_.number}/").status_code == 404
    assert browser_of(budi).get("/kasus/TREQ-26-99999/").status_code == 404
    assert browser_of(budi).get("/kasus/bukan-nomor/").status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, request_):
    answer = client.get(f"/kasus/{request_.number}/")

    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"?next=/kasus/{request_.number}/")


def test_the_page_says_where_it_stands_and_offers_the_one_next_step(browser_of, request_, technician):
    text = page(browser_of(technician), request_)

    assert "Tombol cetak rusak" in text
    assert ">Diajukan</span>" in text
    assert (
        f'<a class="button main big" href="/kasus/{request_.number}/langkah/evaluate/">Evaluasi</a>' in text
    )


def test_the_customer_reads_whom_the_case_waits_for(browser_of, request_, rini):
    text = page(browser_of(rini), request_)

    assert "Menunggu Tim TI: Evaluasi." in text
    assert '<a href="/hari-ini/">Beranda</a>' in text  # as their menu calls it
    assert "/langkah/evaluate/" not in text


def test_a_blocked_step_stands_there_with_its_reason(browser_of, request_, bring, technician, sari):
    case = bring(
        request_,
        ("evaluate", technician, {"note": "penting"}),
        ("needs", technician),
        ("plan", technician, {"days": 5}),
        ("approve", sari),
        ("develop", technician),
    )

    text = page(browser_of(technician), case)

    assert "disabled" in text
    assert "Pengujian belum lulus." in text


def test_the_clock_is_told_in_words_in_the_zone_of_the_unit(browser_of, request_, bring, technician, sari):
    case = bring(
        request_,
        ("evaluate", technician, {"note": "x"}),
        ("needs", technician),
        ("plan", technician, {"days": 5}),
    )

    text = page(browser_of(sari), case)

    assert "Batas waktu" in text
    assert "Jumat, 13 Maret 2026 10.00 WIB" in text
    assert "3 hari lagi" in text


def test_opening_the_page_lets_a_passed_deadline_happen_first(
    browser_of, request_, bring, technician, sari, at, monkeypatch
):
    case = bring(
        request_,
        ("evaluate", technician, {"note": "x"}),
        ("needs", technician),
        ("plan", technician, {"days": 5}),
    )
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=3))

    text = page(browser_of(sari), case)

    assert ">Dievaluasi</span>" in text
    assert queries.status_now(case) == "evaluated"


def test_a_step_without_a_form_is_one_button(browser_of, request_, bring, technician):
    case = bring(request_, ("evaluate", technician, {"note": "penting"}))
    browser = browser_of(technician)

    answer = browser.post(f"/kasus/{case.number}/langkah/needs/", follow=True)

    assert answer.redirect_chain == [(f"/kasus/{case.number}/", 302)]
    assert "“Susun kebutuhan” sudah dicatat." in answer.text
    assert queries.status_now(case) == "needs"


def test_a_step_with_a_form_asks_first_and_keeps_what_was_typed_on_a_mistake(
    browser_of, request_, bring, technician
):
    case = bring(request_, ("evaluate", technician, {"note": "x"}), ("needs", technician))
    browser = browser_of(technician)
    url = f"/kasus/{case.number}/langkah/plan/"
    assert 'name="days"' in browser.get(url).text

    wrong = browser.post(url, {"days": "0", "note": "Pakai modul lama"})

    assert wrong.status_code == 422
    assert "Pakai modul lama" in wrong.text
    assert queries.status_now(case) == "needs"
    assert browser.post(url, {"days": "5", "note": "Pakai modul lama"}).status_code == 302
    assert queries.passages_of(case).last().evidence == {"days": 5}


def test_who_presses_second_is_told_who_was_first_and_when(browser_of, request_, bring, technician, hadi):
    case = bring(request_, ("evaluate", technician, {"note": "x"}))
    services.perform(case, registry.procedure_of(case).step("needs"), by=hadi, at=case.since)

    answer = browser_of(technician).post(f"/kasus/{case.number}/langkah/needs/", follow=True)

    assert "“Susun kebutuhan” tidak bisa dilakukan lagi" in answer.text
    assert "Pak Hadi sudah melakukan “Susun kebutuhan” pada Selasa, 10 Maret 2026 10.00 WIB." in answer.text
    assert queries.passages_of(case).filter(step="needs").count() == 1


def test_a_double_press_of_one_form_counts_once(browser_of, request_, bring, technician, sari):
    case = bring(
        request_, ("evaluate", technician, {"note": "x"}), ("needs", technician), ("plan", technician, {"days": 5}),
        ("approve", sari), ("develop", technician),
    )  # fmt: skip
    browser, sent = browser_of(technician), {"passed": "on", "form_key": "A" * 26}
    url = f"/kasus/{case.number}/langkah/test/"

    browser.post(url, sent)
    again = browser.post(url, sent, follow=True)

    assert queries.passages_of(case).filter(step="test").count() == 1
    assert "tidak dikirim dua kali" in again.text


def test_a_form_left_open_too_long_keeps_what_was_typed_and_says_what_happened(
    browser_of, request_, bring, technician, hadi
):
    case = bring(request_, ("evaluate", technician, {"note": "x"}), ("needs", technician))
    browser = browser_of(technician)
    bring(case, ("plan", hadi, {"days": 3}))

    answer = browser.post(f"/kasus/{case.number}/langkah/plan/", {"days": "5", "note": "Dua tahap saja"})

    assert answer.status_code == 409
    assert "Dua tahap saja" in answer.text
    assert "Pak Hadi sudah melakukan “Buat rencana”" in answer.text


def test_a_step_that_the_table_gives_to_others_is_refused_with_a_sentence(browser_of, request_, rini):
    answer = browser_of(rini).post(f"/kasus/{request_.number}/langkah/evaluate/", {"note": "saya saja"})

    assert answer.status_code == 422
    assert "“Evaluasi” dilakukan oleh Tim TI." in answer.text
    assert queries.passages_of(request_).count() == 1


@pytest.mark.parametrize("step", ["escalate", "tidak-ada"])
def test_a_step_of_the_clock_and_an_unknown_step_have_no_page(browser_of, request_, technician, step):
    assert browser_of(technician).post(f"/kasus/{request_.number}/langkah/{step}/").status_code == 404


@pytest.mark.req("SYS-10")
def test_the_timeline_tells_who_did_what_and_when_with_the_evidence(
    browser_of, request_, bring, technician, sari
):
    case = bring(
        request_, ("evaluate", technician, {"note": "Penting untuk semester ini"}), ("needs", technician),
        ("plan", technician, {"days": 5, "note": ""}),
    )  # fmt: skip

    text = page(browser_of(sari), case)

    assert "Buat rencana: direncanakan" in text
    assert "Tono" in text
    assert "Penting untuk semester ini" in text
    assert "<dt>Days</dt><dd>5</dd>" in text


def test_the_customer_reads_the_words_but_not_the_figures_of_the_staff(
    browser_of, request_, bring, technician, rini
):
    case = bring(
        request_, ("evaluate", technician, {"note": "Penting"}), ("needs", technician),
        ("plan", technician, {"days": 5}),
    )  # fmt: skip

    text = page(browser_of(rini), case)

    assert "Penting" in text
    assert "<dt>Days</dt>" not in text


def test_the_stepper_shows_the_way_come_and_the_way_ahead(browser_of, request_, bring, technician):
    case = bring(request_, ("evaluate", technician, {"note": "x"}), ("needs", technician))

    text = page(browser_of(technician), case)

    stages = [
        part.split(">", 1)[1].split("<")[0]
        for part in text.split('<li class="')[1:]
        if part[:4] in ("past", 'now"', "ahea")
    ]
    assert stages == [
        "Diajukan", "Dievaluasi", "Kebutuhan disusun", "Direncanakan", "Disetujui", "Dikembangkan", "Diuji",
        "Dilatih", "Dijalankan", "Didokumentasi", "Diberitahukan", "Dipantau", "Selesai",
    ]  # fmt: skip
    assert "Dari sini bisa ke: Dibatalkan." in text


def test_both_sides_talk_and_an_internal_note_stays_among_colleagues(browser_of, request_, technician, rini):
    customer, staff = browser_of(rini), browser_of(technician)
    customer.post(f"/kasus/{request_.number}/pesan/", {"text": "Kapan selesai?"})
    staff.post(f"/kasus/{request_.number}/pesan/", {"text": "Minggu depan."})
    staff.post(f"/kasus/{request_.number}/pesan/", {"text": "Anggaran mepet.", "internal": "on"})

    seen = page(customer, request_)

    assert "Kapan selesai?" in seen
    assert "Minggu depan." in seen
    assert "Anggaran mepet." not in seen
    assert "Anggaran mepet." in page(staff, request_)


def test_an_empty_message_is_refused_beside_its_field(browser_of, request_, rini):
    answer = browser_of(rini).post(f"/kasus/{request_.number}/pesan/", {"text": "   "})

    assert answer.status_code == 422
    assert queries.messages_of(request_, internal=True).count() == 0


def test_a_customer_cannot_write_an_internal_note(browser_of, request_, rini):
    browser_of(rini).post(f"/kasus/{request_.number}/pesan/", {"text": "halo", "internal": "on"})

    assert queries.messages_of(request_, internal=False).count() == 1


@pytest.mark.req("SYS-03")
def test_a_long_case_costs_no_more_queries_than_a_short_one(
    browser_of, request_, bring, technician, sari, rini, django_assert_max_num_queries
):
    browser = browser_of(technician)
    with django_assert_max_num_queries(15) as short:
        page(browser, request_)
    bring(
        request_, ("evaluate", technician, {"note": "x"}), ("needs", technician), ("plan", technician, {"days": 5}),
        ("approve", sari), ("develop", technician), ("test", technician, {"passed": True}),
    )  # fmt: skip
    for text in ("satu", "dua", "tiga"):
        browser.post(f"/kasus/{request_.number}/pesan/", {"text": text})

    with django_assert_max_num_queries(15) as long:
        page(browser, request_)

    assert len(long) <= len(short) + 2
