"""Revisions that are drafted side by side, or out of order, do not undo each other (SYS-09)."""

from datetime import timedelta

import pytest

from tatausaha.core.procedures import policies
from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys"), pytest.mark.req("SYS-09")]
DESK = request_desk.REQUEST


@pytest.fixture
def draft(sari, at):
    def write(unit, days, **changed):
        return policies.draft(
            DESK, unit, changed, by=sari, at=at, effective_on=at.date() + timedelta(days=days), reason="x"
        )

    return write


@pytest.fixture
def numbers(at):
    """Approval days and budget limit that a case begun so many days later would run by."""

    def read(unit, days):
        values = policies.values_in_force(DESK, unit, at=at + timedelta(days=days))
        return values.approval_days, values.budget_limit

    return read


def test_two_drafts_of_a_unit_written_side_by_side_both_hold(unit, draft, numbers, hadi, at):
    first, second = draft(unit, 5, approval_days=7), draft(unit, 9, budget_limit=1_000_000)
    policies.approve(first, by=hadi, at=at)
    policies.approve(second, by=hadi, at=at)

    before = numbers(unit, 0)
    assert [numbers(unit, days) for days in (5, 9)] == [(7, before[1]), (7, 1_000_000)]


def test_what_is_approved_later_for_an_earlier_day_is_kept_by_what_follows(unit, draft, numbers, hadi, at):
    late, early = draft(unit, 9, approval_days=7), draft(unit, 5, budget_limit=1_000_000)
    policies.approve(late, by=hadi, at=at)
    policies.approve(early, by=hadi, at=at)

    before = numbers(unit, 0)
    assert [numbers(unit, days) for days in (5, 9)] == [(before[0], 1_000_000), (7, 1_000_000)]


def test_a_revision_of_the_company_leaves_a_units_coming_one_to_its_day(
    unit, unit_wita, draft, numbers, hadi, at
):
    before = numbers(unit, 0)
    policies.approve(draft(unit, 9, approval_days=7), by=hadi, at=at)
    company = policies.draft(
        DESK, None, {"budget_limit": 2_000_000}, by=hadi, at=at, effective_on=at.date() + timedelta(days=5),
        reason="y",
    )  # fmt: skip
    policies.approve(company, by=hadi, at=at, exception="Direktur tunggal")

    assert [numbers(unit, days) for days in (0, 5, 9)] == [before, (before[0], 2_000_000), (7, 2_000_000)]
    assert numbers(unit_wita, 9) == (before[0], 2_000_000)


def test_the_owners_own_hand_adds_to_what_was_set_on_the_same_day(unit, numbers, hadi, at):
    policies.set_unit_values(DESK.code, unit, {"approval_days": 7}, by=hadi, at=at, reason="x")
    policies.set_unit_values(DESK.code, unit, {"budget_limit": 1_000_000}, by=hadi, at=at, reason="x")

    assert numbers(unit, 0) == (7, 1_000_000)
