"""The periods of both cycles by themselves: rules/boarding 6, with its figures."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tatausaha.business.boarding.models import Cycle, Stay
from tatausaha.business.boarding.queries import cycles
from tatausaha.business.boarding.queries.bookings import due_dates

pytestmark = pytest.mark.req("KOS-08")

FIXED = Cycle.FIXED_DATE
EVERY_ANCHOR = [date(2023, 12, 1) + timedelta(days=n) for n in range(460)]


def test_from_the_31st_it_is_the_last_day_of_shorter_months_and_the_31st_again_after_them():
    assert due_dates(date(2025, 1, 31), 13, FIXED) == [
        date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30), date(2025, 5, 31),
        date(2025, 6, 30), date(2025, 7, 31), date(2025, 8, 31), date(2025, 9, 30), date(2025, 10, 31),
        date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31),
    ]  # fmt: skip


def test_the_29th_and_30th_end_february_and_come_back_in_march():
    for day in (29, 30):
        assert due_dates(date(2025, 1, day), 3, FIXED)[1:] == [date(2025, 2, 28), date(2025, 3, day)]
        assert due_dates(date(2024, 1, day), 3, FIXED)[1:] == [date(2024, 2, 29), date(2024, 3, day)]


def test_a_year_has_twelve_bills_by_fixed_date_and_twelve_or_thirteen_every_30_days():
    in_a_year = [
        len([day for day in due_dates(date(2025, 1, 1), 20, cycle) if day.year == 2025]) for cycle in Cycle
    ]

    assert in_a_year == [13, 12]
    assert round(365 / 30, 2) == 12.17
    assert due_dates(date(2025, 3, 10), 13)[12] == date(2026, 3, 5)  # five days back in a year


@pytest.mark.parametrize("cycle", Cycle)
def test_periods_follow_each_other_without_gap_and_every_day_lies_in_its_own(cycle):
    for anchor in EVERY_ANCHOR:
        for n in range(-1, 16):
            first, last = cycles.period(anchor, n, cycle)
            assert cycles.start(anchor, n + 1, cycle) == last + timedelta(days=1)
            assert [cycles.number(anchor, day, cycle) for day in (first, last)] == [n, n]
            assert cycles.length(anchor, n, cycle) in ((30,) if cycle == Cycle.DAYS_30 else (28, 29, 30, 31))


def test_days_cost_by_30_or_by_the_days_of_their_own_month():
    anchor = date(2025, 1, 31)  # 28 days to 27 February, then 31 to 30 March

    assert cycles.portion(anchor, date(2025, 2, 16), date(2025, 2, 27), FIXED) == Fraction(12, 28)
    assert cycles.portion(anchor, date(2025, 2, 21), date(2025, 3, 6), FIXED) == Fraction(7, 28) + Fraction(
        7, 31
    )
    assert cycles.portion(anchor, date(2025, 2, 16), date(2025, 2, 27)) == Fraction(12, 30)
    assert cycles.portion(anchor, anchor, anchor - timedelta(days=1), FIXED) == 0


@pytest.mark.parametrize(
    ("cycle", "dates"),
    [
        (
            "30 hari",
            [date(2025, 1, 1), date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)],
        ),
        (
            "tanggal tetap",
            [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 3), date(2025, 4, 2), date(2025, 5, 2)],
        ),
    ],
)
def test_the_other_cycle_is_counted_from_the_day_on_which_it_begins(cycle, dates):
    stay = Stay(anchor_on=date(2025, 1, 1), cycle=cycle, switch_period=1)

    assert [cycles.start_of(stay, n) for n in range(5)] == dates
    for n in range(5):
        first, last = cycles.period_of(stay, n)
        assert [cycles.number_in(stay, day) for day in (first, last)] == [n, n]
        assert cycles.begins_on_or_after(stay, first) == n
        assert cycles.begins_on_or_after(stay, first + timedelta(days=1)) == n + 1
