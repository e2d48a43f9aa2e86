"""What came in and went out this month: by the month's own lines, whatever lies before them."""

from datetime import date

import pytest

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import reverse
from tatausaha.core.reports import money_moved


def test_money_of_each_unit_counts_from_its_own_month_on(quarter, unit, unit_wit):
    assert money_moved.so_far({unit.pk: 202602})[unit.pk][0] == 2_500_000 + _since_march(unit)
    both = money_moved.so_far({unit.pk: 202603, unit_wit.pk: 202602})
    assert both[unit.pk] == money_moved.so_far({unit.pk: 202603})[unit.pk]
    assert money_moved.so_far({}) == {}


def _since_march(unit):
    return money_moved.so_far({unit.pk: 202603}).get(unit.pk, (0, 0))[0]


def test_what_was_taken_back_in_its_own_month_counts_on_neither_side(enter, unit, hadi, at):
    enter(date(2026, 3, 2), chart.BANK, chart.SALES_INCOME, 500_000)
    wrong = enter(date(2026, 3, 3), chart.BANK, chart.SALES_INCOME, 90_000)
    reverse(wrong, by=hadi, at=at, reason="Salah ketik", book_on=date(2026, 3, 3))

    assert money_moved.so_far({unit.pk: 202603}) == {unit.pk: (500_000, 0)}


@pytest.mark.parametrize("other", [202603, 202602], ids=["one month", "two months around midnight"])
def test_nothing_is_joined_to_the_lines_of_the_month(company, unit, unit_wit, other):
    asked = str(money_moved.money_lines({unit.pk: 202603, unit_wit.pk: other}).query)

    assert "JOIN" not in asked


@pytest.mark.sqlite
def test_the_lines_of_the_month_are_found_by_account_unit_and_day(company, unit, unit_wit):
    plan = money_moved.money_lines({unit.pk: 202603, unit_wit.pk: 202603}).explain()

    assert "entry_by_account (account_id=? AND unit_id=? AND book_on>?)" in plan


@pytest.mark.req("SYS-03")
def test_more_journals_than_a_query_can_name_are_added_up(company, unit):
    assert money_moved.came_and_went((unit.pk, number, 1) for number in range(1, 300_001)) == {
        unit.pk: (300_000, 0)
    }
