"""Straight line, exact to the rupiah, for any cost, life and first month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tatausaha.core.assets.schedule import Plan, cumulative, distance, later

pytestmark = pytest.mark.req("KOS-14")

costs = st.integers(0, 10**15)
lives = st.integers(1, 600)
firsts = st.builds(lambda year, month: year * 100 + month, st.integers(1990, 2060), st.integers(1, 12))


@given(costs, lives, firsts)
def test_the_months_add_up_to_the_whole(base, life, first):
    plan = Plan(base, life, first)

    amounts = [plan.of(ym) for ym in plan.due(plan.last)]

    assert (len(amounts), sum(amounts)) == (life, base)
    assert min(amounts) >= 0
    assert max(amounts) - min(amounts) <= 1


@given(costs, lives, firsts, st.integers(-5, 700))
def test_whatever_was_missed_is_caught_up_to_the_rupiah(base, life, first, gap):
    """A run that comes any number of months late, and those after it, book what monthly runs would have."""
    plan = Plan(base, life, first)
    halfway = later(first, gap)

    late = sum(plan.of(ym) for ym in plan.due(halfway))
    rest = sum(plan.of(ym) for ym in plan.due(later(plan.last, 24)) if ym > halfway)

    assert late == plan.by(halfway)
    assert late + rest == base


@given(firsts, st.integers(-400, 400))
def test_months_are_counted_as_the_calendar_has_them(first, by):
    assert distance(first, later(first, by)) == by + 1


@pytest.mark.parametrize(("months", "first"), [(0, 202601), (48, 202601)])
def test_nothing_is_taken_before_the_first_month_and_after_the_last(months, first):
    plan = Plan(4_800_000, months, first)

    assert plan.of(202512) == 0
    assert plan.of(203001) == 0
    assert list(plan.due(202512)) == []


def test_a_bed_of_one_million_in_48_months_takes_20833_or_20834_a_month():
    plan = Plan(1_000_000, 48, 202604)

    assert [plan.of(ym) for ym in (202604, 202605, 202606)] == [20_833, 20_834, 20_833]
    assert (plan.by(202612), plan.last, plan.of(plan.last)) == (187_500, 203003, 20_833)


def test_half_a_rupiah_goes_up():
    assert [cumulative(1, 2, k) for k in (0, 1, 2, 3)] == [0, 1, 1, 1]
