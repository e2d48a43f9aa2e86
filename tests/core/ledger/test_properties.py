"""What holds for any journals whatever."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart, queries
from tatausaha.core.ledger.drafts import SEALED_FIELDS, SEALED_LINE, journal_hash
from tatausaha.core.ledger.models import Balance, Entry, Journal, PartyTotal, Total
from tatausaha.core.ledger.services import Draft, Line, post_many, reverse
from tatausaha.core.ledger.verification import rebuild_balances, verify

pytestmark = pytest.mark.req("SYS-07")

NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
ACCOUNTS = (
    chart.BANK,
    chart.SALES_INCOME,
    chart.SERVICE_INCOME,
    chart.RECEIVABLES,
    "61301",
    "15101",
    chart.CAPITAL,
)

amounts = st.integers(-(10**12), 10**12).filter(bool)
parts = st.lists(st.tuples(st.sampled_from(ACCOUNTS), amounts, st.booleans()), min_size=1, max_size=6)
days = st.dates(date(2025, 11, 1), date(2026, 3, 10))
journals = st.lists(st.tuples(parts, days, st.booleans()), min_size=1, max_size=8)


def balanced(unit, other, people, number, what):
    """A draft from random parts, evened out on the bank of each unit that it touches."""
    lines, sums = [], defaultdict(int)
    for account, amount, elsewhere in what[0]:
        where = other if elsewhere else unit
        party = people[amount % 2] if account == chart.RECEIVABLES else None
        lines.append(Line(account, amount, party, where))
        sums[where] += amount
    lines += [Line(chart.BANK, -total, None, where) for where, total in sums.items() if total]
    if len(lines) < 2:
        lines += [Line(chart.BANK, 5), Line(chart.CAPITAL, -5)]
    return Draft(
        f"p|{number}", unit, "test", tuple(lines), what[1], what[1] if what[2] else None, reason="uji"
    )


@pytest.mark.req("SYS-07")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_journals=journals, turned=st.sets(st.integers(0, 7)))
def test_any_journals_leave_books_that_add_up(
    unit, unit_wita, hadi, rini, budi, given_journals, turned, fresh_books
):
    fresh_books()
    drafts = [
        balanced(unit, unit_wita, (rini, budi), number, what) for number, what in enumerate(given_journals)
    ]

    made = post_many(drafts, by=hadi, at=NOW)
    for number in turned:
        if number < len(made):
            back = reverse(made[number], by=hadi, at=NOW + timedelta(seconds=number), reason="uji")
            with pytest.raises(Refused):
                reverse(back, by=hadi, at=NOW + timedelta(seconds=number), reason="uji")

    assert post_many(drafts, by=hadi, at=NOW + timedelta(days=40)) == made
    assert verify() == []
    kept = [list(model.objects.order_by("pk").values_list()) for model in (Balance, Total, PartyTotal)]
    rebuild_balances()
    assert [
        list(model.objects.order_by("pk").values_list()) for model in (Balance, Total, PartyTotal)
    ] == kept
    for house in (unit, unit_wita):
        for ym in (202511, 202601, 202603):
            figures = queries.trial_balance(house, ym)
            assert sum(one.closing for one in figures) == 0
            for one in figures:
                if one.type not in queries.RESULT_TYPES and one.code != chart.RETAINED_EARNINGS:
                    assert one.closing == queries.balance_at_month_end(str(one.account), house, ym)
        entries = Entry.objects.filter(unit=house, account=chart.BANK, book_on__lte=date(2026, 1, 15))
        assert queries.balance_on(chart.BANK, house, date(2026, 1, 15)) == sum(row.amount for row in entries)


@pytest.fixture
def fresh_books(unit, hadi):
    """Empty the books between examples, which share one transaction."""
    points = []

    def begin():
        if points:
            transaction.savepoint_rollback(points.pop())
        points.append(transaction.savepoint())

    return begin


@given(st.text(max_size=40), st.integers(), st.dates())
def test_the_hash_of_a_journal_tells_any_two_contents_apart(memo, amount, on):
    header = dict.fromkeys(SEALED_FIELDS, 1) | {"memo": memo, "book_on": on}
    line = dict.fromkeys(SEALED_LINE, 1) | {"amount": amount}

    def digest(**change):
        return journal_hash(
            [(header | change)[name] for name in SEALED_FIELDS],
            [[(line | change)[name] for name in SEALED_LINE]],
        )

    assert digest() == digest()
    assert (
        len({digest(), digest(memo=memo + "x"), digest(amount=amount + 1), digest(reason=2), digest(tag="x")})
        == 5
    )


def test_the_models_hold_what_the_hash_covers(unit, hadi):
    stored = {field.attname for field in Journal._meta.concrete_fields}
    lines = {
        field.attname for field in Entry._meta.concrete_fields if field.attname not in {"pk", "journal_id"}
    }

    assert (set(SEALED_FIELDS) | {"hash"}, set(SEALED_LINE)) == (stored, lines)
