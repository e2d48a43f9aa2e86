"""How far back managers write: the running month, or what is not closed of the running year (rule 4, KOS-17)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import months, periods, windows
from tatausaha.core.ledger.models import Event, Journal, Period
from tatausaha.core.ledger.services import close_month, lock_month, post, set_window
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import Role
from tests.core.ledger.raw import Raw, raw_post

FEBRUARY = date(2026, 2, 20)
OFFSETS = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}


@pytest.fixture
def year(unit, hadi, at):
    """The owner lets managers write the running year."""
    set_window(None, "year", by=hadi, at=at)


def past(draft, key="w|1", on=FEBRUARY, **more):
    return draft(key, event_on=on, book_on=on, **({"reason": "Nota tertinggal"} | more))


def level(unit, ym):
    return Period.objects.get(unit=unit, ym=ym).min_level


@pytest.mark.req("KOS-17")
def test_without_a_word_of_the_owner_a_past_month_is_closed_to_managers(draft, sari, at):
    with pytest.raises(Refused, match="sudah lewat dan terkunci"):
        post(past(draft), by=sari, at=at)


@pytest.mark.req("KOS-17")
def test_a_manager_writes_past_months_of_the_running_year_with_a_reason(draft, sari, at, year):
    journal = post(past(draft), by=sari, at=at)

    assert (journal.ym, journal.actor_level) == (202602, 2)
    with pytest.raises(Refused, match="perlu alasan"):
        post(past(draft, "w|2", reason=""), by=sari, at=at)
    ordinary = post(draft("w|3", event_on=FEBRUARY), by=sari, at=at)
    assert (ordinary.ym, ordinary.tag) == (202603, "lintas bulan"), (
        "ordinary work goes on in the running month"
    )


@pytest.mark.req("KOS-17")
def test_what_happened_more_than_60_days_ago_goes_into_its_own_open_month_alone(draft, sari, at, year):
    november = datetime(2026, 11, 10, 3, tzinfo=UTC)

    assert post(past(draft), by=sari, at=november).ym == 202602
    with pytest.raises(Refused, match="60 hari"):
        post(draft("w|2", event_on=FEBRUARY, reason="Nota tertinggal"), by=sari, at=november)


@pytest.mark.req("KOS-17")
@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2025, 3, 1)])
def test_the_year_before_stays_the_owners(draft, sari, at, year, on):
    with pytest.raises(Refused):
        post(past(draft, on=on), by=sari, at=at)


@pytest.mark.req("KOS-17")
def test_a_closed_month_and_one_that_the_owner_locked_stay_closed(draft, unit, sari, hadi):
    january = datetime(2026, 1, 20, tzinfo=UTC)
    lock_month(unit, 202601, by=hadi, at=january, reason="Diperiksa")
    march = datetime(2026, 3, 10, 3, tzinfo=UTC)
    close_month(unit, 202602, by=hadi, at=march)
    set_window(None, "year", by=hadi, at=march)

    for number, on in enumerate((date(2026, 1, 25), FEBRUARY)):
        with pytest.raises(Refused, match="terkunci"):
            post(past(draft, f"w|{number}", on), by=sari, at=march)
    april = march + timedelta(days=30)
    assert post(past(draft, "w|3", date(2026, 3, 30)), by=sari, at=april).ym == 202603
    close_month(unit, 202603, by=sari, at=april)
    with pytest.raises(Refused, match="terkunci"):
        post(past(draft, "w|4", date(2026, 3, 30)), by=sari, at=april)


@pytest.mark.req("KOS-17")
def test_staff_and_machines_write_the_running_month_alone(draft, unit, rini, at, year):
    Role.objects.create(person=rini, unit=unit, name="staff", since=at)

    for number, by in enumerate((rini, Machine.CLOCK)):
        with pytest.raises(Refused):
            post(past(draft, f"w|{number}"), by=by, at=at)


@pytest.mark.req("KOS-17")
@pytest.mark.parametrize("place", ["unit", "unit_wita", "unit_wit"])
def test_the_whole_year_closes_at_midnight_of_the_first_of_january_in_its_zone(
    draft, request, place, sari, hadi, at
):
    here = request.getfixturevalue(place)
    if place != "unit":
        Role.objects.create(person=sari, unit=here, name="manager", since=at)
    midnight = datetime(2027, 1, 1, tzinfo=UTC) - timedelta(hours=OFFSETS[here.zone])
    before = midnight - timedelta(seconds=1)
    set_window(None, "year", by=hadi, at=before - timedelta(days=1))
    november = date(2026, 11, 30)
    post(past(draft, "w|1", november, unit=here), by=sari, at=before)
    raw = Raw(here, before, november, sari.pk, 2, number=900_001, key="r|1", reason="Nota tertinggal")
    raw_post(raw)

    assert level(here, 202611) == Period.YEAR, "nobody has rolled the months: the clock alone decides"
    late = Raw(here, midnight, november, sari.pk, 2, number=900_002, key="r|2", reason="Nota tertinggal")
    with pytest.raises(DatabaseError, match="ledger:closed"), transaction.atomic():
        raw_post(late)
    with pytest.raises(Refused, match="terkunci"):
        post(past(draft, "w|2", november, unit=here), by=sari, at=midnight)
    post(draft("w|3", unit=here, event_on=date(2027, 1, 1)), by=sari, at=midnight)
    assert level(here, 202611) == Period.PAST


@pytest.mark.req("KOS-17")
@pytest.mark.parametrize(("level_said", "reason"), [(1, "Nota"), (2, "")])
def test_raw_sql_gets_no_further_than_a_manager_with_a_reason(
    draft, unit, sari, at, year, level_said, reason
):
    post(past(draft), by=sari, at=at)

    with pytest.raises(DatabaseError, match="ledger:"), transaction.atomic():
        raw_post(Raw(unit, at, FEBRUARY, sari.pk, level_said, reason=reason))
    assert Journal.objects.count() == 1


@pytest.mark.req("KOS-17")
def test_the_owner_takes_it_back_at_once_and_both_are_on_record(draft, unit, sari, hadi, at, year):
    post(past(draft), by=sari, at=at)

    set_window(None, "month", by=hadi, at=at)

    assert level(unit, 202602) == Period.PAST
    with pytest.raises(Refused, match="terkunci"):
        post(past(draft, "w|2"), by=sari, at=at)
    told = Event.objects.filter(what="period.window").order_by("pk")
    assert [one.after["reach"] for one in told] == ["year", "month"]


@pytest.mark.req("KOS-17")
def test_a_unit_has_its_own_word_before_the_company(draft, unit, unit_wita, sari, hadi, at, year):
    set_window(unit, "month", by=hadi, at=at)

    assert (windows.reach_of(unit), windows.reach_of(unit_wita)) == ("month", "year")
    with pytest.raises(Refused, match="terkunci"):
        post(past(draft), by=sari, at=at)
    set_window(unit, "", by=hadi, at=at)
    assert post(past(draft), by=sari, at=at).ym == 202602


@pytest.mark.req("KOS-17", "SYS-06")
def test_nobody_but_the_owner_sets_it(sari, at):
    with pytest.raises(Refused, match="pemilik"):
        set_window(None, "year", by=sari, at=at)


@pytest.mark.req("KOS-17")
def test_when_the_month_turns_it_stays_open_to_managers(draft, unit, sari, at, year):
    post(draft("w|0"), by=sari, at=at)
    april = at + timedelta(days=30)

    assert windows.is_open_to_managers(unit, 202603, months.of(periods.today(unit, april)), None)
    post(draft("w|1", event_on=date(2026, 4, 9)), by=sari, at=april)

    assert [level(unit, ym) for ym in (202603, 202604)] == [Period.YEAR, Period.RUNNING]
