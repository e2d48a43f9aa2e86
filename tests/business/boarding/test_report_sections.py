"""Billed and earned rent, and occupancy in the month's report; empty rooms and late tenants on Hari ini."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tatausaha.business.boarding import report_sections, unit_lines
from tatausaha.business.boarding.models import Room
from tatausaha.business.boarding.report_sections import Rent, earned
from tatausaha.business.boarding.services import bills
from tatausaha.core.billing import services as billing
from tatausaha.core.ledger import months

pytestmark = pytest.mark.django_db


def year_of(anchor, count, amount=1_000_000):
    starts = [anchor + timedelta(days=30 * n) for n in range(count)]
    return [Rent(amount, start, start, start + timedelta(days=29)) for start in starts]


def month(ym):
    return months.first_day(ym), months.first_day(months.after(ym)) - timedelta(days=1)


@pytest.mark.req("KOS-15")
def test_a_month_with_two_due_dates_earns_only_its_own_days():
    rents = year_of(date(2025, 1, 1), 13)

    january, february = (earned(rents, *month(ym)) for ym in (202501, 202502))
    billed = [rent.due_on.month for rent in rents]

    assert (billed.count(1), billed.count(2)) == (2, 0)
    assert (january, february) == (1_033_333, 933_334)


@pytest.mark.req("KOS-15")
@pytest.mark.parametrize("amount", [1_000_000, 850_001, 7])
def test_what_is_earned_month_by_month_adds_up_to_what_was_billed(amount):
    rents = year_of(date(2025, 1, 17), 25, amount)

    whole = sum(earned(rents, *month(year * 100 + m)) for year in (2025, 2026, 2027) for m in range(1, 13))

    assert whole == 25 * amount


@pytest.mark.req("KOS-15")
def test_the_section_of_a_house_tells_what_was_billed_earned_and_occupied(booked, desk, unit):
    desk.wait(days=2)
    stay = desk.move_in(booked)
    bills.issue_due_bills(at=desk.at + timedelta(days=25))
    billing.recognise_due(datetime(2026, 4, 11, 5, tzinfo=UTC))

    march = {
        str(line.label): line for line in report_sections.lines((unit,), 202603, desk.at + timedelta(days=40))
    }
    april = {
        str(line.label): line for line in report_sections.lines((unit,), 202604, desk.at + timedelta(days=49))
    }

    assert stay.anchor_on == date(2026, 3, 12)
    assert march["Sewa ditagih bulan ini"].amount == 1_000_000
    assert march["Sewa hak bulan ini"].amount == 666_667
    assert march["Layanan ditagih bulan ini"].amount == 75_000
    assert march["Kamar terhuni"].note == "20 dari 93 hari kamar"
    assert april["Sewa ditagih bulan ini"].amount == 1_000_000
    assert april["Sewa hak bulan ini"].amount == 1_000_000


@pytest.mark.req("SYS-03")
def test_the_report_of_a_house_with_tenants_needs_at_most_fifteen_queries(
    booked, desk, unit_wita, hadi, client, clock_at, django_assert_max_num_queries
):
    desk.wait(days=2)
    desk.move_in(booked)
    clock_at(desk.at)
    client.force_login(hadi.login)
    client.get("/laporan/melati/2026-03/")

    for path in ("/laporan/melati/2026-03/", "/laporan/semua/2026-03/", "/buku/"):
        with django_assert_max_num_queries(15):
            page = client.get(path).content.decode()

    assert "Utang deposit" in page


def test_a_unit_without_rooms_has_no_section(sops, unit_wita, at):
    assert report_sections.lines((unit_wita,), 202603, at) == []


def said(column, unit, at):
    return column((unit,), at, unit_lines.look((unit,), at)).get(unit.pk)


@pytest.mark.req("KOS-13")
def test_hari_ini_counts_empty_rooms_and_late_tenants(booked, desk, unit, at):
    desk.wait(days=2)
    desk.move_in(booked)
    assert said(unit_lines.empty_rooms, unit, desk.at).text == "2 dari 3"
    assert said(unit_lines.late_payers, unit, desk.at).text == "tidak ada"

    bills.issue_due_bills(at=desk.at + timedelta(days=25))
    due = datetime(2026, 4, 11, 5, tzinfo=UTC)

    assert said(unit_lines.late_payers, unit, due).text == "tidak ada"
    late = said(unit_lines.late_payers, unit, due + timedelta(days=1))
    assert (late.text, late.tone) == ("1 orang", "late")
    Room.objects.update(out_of_service=Room.OutOfService.RETIRED, out_reason="Dijual")
    assert said(unit_lines.late_payers, unit, due + timedelta(days=1)).text == "1 orang"
    assert said(unit_lines.empty_rooms, unit, due) is None
