"""*Hari ini*: what is due from whom."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tatausaha.core.kernel import clock
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.web import unit_lines
from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]


def test_each_sees_what_is_due_from_them_with_its_one_next_step(
    browser_of, request_, bring, technician, sari, rini
):
    assert f"/kasus/{request_.number}/langkah/evaluate/" in browser_of(technician).get("/hari-ini/").text
    assert "Tidak ada yang menunggu Anda sekarang." in browser_of(sari).get("/hari-ini/").text

    bring(
        request_,
        ("evaluate", technician, {"note": "x"}),
        ("needs", technician),
        ("plan", technician, {"days": 5}),
    )

    seen = browser_of(sari).get("/hari-ini/").text
    assert f'action="/kasus/{request_.number}/langkah/approve/"' in seen
    assert "3 hari lagi, sampai Jumat, 13 Maret 2026 10.00 WIB" in seen


def test_staff_read_whose_case_it_is_where_its_title_does_not_say_so(browser_of, request_, technician, rini):
    assert rini.name not in request_.headline

    assert f"<span>{rini.name}</span>" in browser_of(technician).get("/hari-ini/").text
    assert f"<span>{rini.name}</span>" not in browser_of(rini).get("/hari-ini/").text


def test_the_customer_finds_the_running_case(browser_of, request_, rini, budi):
    assert request_.number in browser_of(rini).get("/hari-ini/").text
    assert request_.number not in browser_of(budi).get("/hari-ini/").text


def test_a_case_that_waits_too_long_is_among_the_late_ones(
    browser_of, request_, bring, technician, sari, at, monkeypatch
):
    bring(
        request_, ("evaluate", technician, {"note": "x"}), ("needs", technician), ("plan", technician, {"days": 5}),
        ("approve", sari), ("develop", technician),
    )  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=31))

    seen = browser_of(sari).get("/hari-ini/").text

    assert "Terlambat" in seen
    assert "lewat 1 hari" in seen


def test_what_others_did_is_told_and_what_one_did_oneself_is_not(
    browser_of, request_, bring, technician, sari, unit_wita, at
):
    bring(request_, ("evaluate", technician, {"note": "x"}))

    assert "Tono: Evaluasi" in browser_of(sari).get("/hari-ini/").text
    assert "Tono: Evaluasi" not in browser_of(technician).get("/hari-ini/").text


def test_the_owner_sees_a_line_for_every_unit_and_staff_does_not(
    browser_of, hadi, technician, unit, unit_wita
):
    unit_lines.register(
        unit_lines.Column(
            "toys", "Kamar kosong", lambda units, at: {unit.pk: unit_lines.Cell("3 kamar", tone="soon")}
        )
    )
    try:
        seen = browser_of(hadi).get("/hari-ini/").text
        assert "Kamar kosong" in seen
        assert "3 kamar" in seen
        assert "Kos Kenanga" in seen
        assert "Kamar kosong" not in browser_of(technician).get("/hari-ini/").text
    finally:
        unit_lines.unregister("toys")


def test_a_column_that_says_nothing_of_any_unit_is_left_out(browser_of, hadi, unit, unit_wita):
    unit_lines.register(unit_lines.Column("toys", "Perabot rusak", lambda units, at: {}))
    try:
        assert "Perabot rusak" not in browser_of(hadi).get("/hari-ini/").text
    finally:
        unit_lines.unregister("toys")


def test_of_a_case_that_moved_several_times_only_the_last_is_news(
    browser_of, request_, bring, technician, sari
):
    bring(request_, ("evaluate", technician, {"note": "x"}), ("needs", technician))

    seen = browser_of(sari).get("/hari-ini/").text.split('id="baru"')[1]

    assert seen.count(f"{request_.number}</small>") == 1


@pytest.mark.req("SYS-03")
def test_the_number_of_queries_does_not_grow_with_the_work(
    browser_of, toys, unit, rini, technician, at, django_assert_max_num_queries
):
    for n in range(12):
        request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note=f"Permintaan {n}")
    browser = browser_of(technician)

    with django_assert_max_num_queries(15) as counted:
        browser.get("/hari-ini/")
    before = len(counted)
    for n in range(12):
        request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note=f"Tambahan {n}")
    with django_assert_max_num_queries(15) as counted:
        browser.get("/hari-ini/")
    assert len(counted) == before


def test_a_customer_reads_deadlines_in_the_time_zone_of_the_unit(
    browser_of, unit_wita, rini, technician, sari, hadi, bring, at
):
    case = request_desk.submit(unit=unit_wita, customer=rini, by=rini, at=at, note="Cetak KRS")
    type(case).objects.filter(pk=case.pk).update(deadline_at=at + timedelta(days=3))

    assert "WITA" in browser_of(rini).get("/hari-ini/").text


@pytest.mark.parametrize(
    ("unit_zones", "day"), [("several", "Selasa, 10 Maret 2026"), ("one", "Rabu, 11 Maret 2026")]
)
def test_over_several_time_zones_today_is_told_in_that_of_the_company(
    unit_zones, day, browser_of, hadi, unit, unit_wita, clock_at
):
    if unit_zones == "one":
        type(unit).objects.filter(pk=unit.pk).update(zone=unit_wita.zone)
    else:  # the first by name is the other one
        type(unit).objects.filter(pk=unit_wita.pk).update(name="Aaa")
    clock_at(datetime(2026, 3, 10, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta")))

    assert day in browser_of(hadi).get("/hari-ini/").text


def test_a_case_that_was_only_opened_is_news_by_the_name_of_its_procedure(browser_of, request_, sari, rini):
    news = browser_of(sari).get("/hari-ini/").text.split('id="baru"')[1]

    opening = procedure_of(request_).opening
    assert f"{rini}: {opening.label if opening else procedure_of(request_).title}</a>" in news
    assert "Kasus dibuka" not in news
