"""How money falls on bills: nothing is lost, nothing is overpaid, the oldest comes first, whatever the amounts."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tatausaha.core.billing import kinds
from tatausaha.core.billing.allocation import in_order, oldest_first, plan
from tatausaha.core.billing.models import Invoice, InvoiceLine

pytestmark = pytest.mark.req("KOS-09", "KOS-11")

START = date(2026, 3, 1)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no reason to fail."""
KINDS = ("rent", "service", "damage", "fee", "deposit", "something else")


@st.composite
def lines(draw):
    """Lines of several bills, some partly settled, some void."""
    made = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        void = draw(st.booleans()) and draw(st.booleans())
        bill = Invoice(
            pk=number,
            due_on=START + timedelta(days=draw(st.integers(0, 60))),
            voided_at=START if void else None,
        )
        for position in range(1, draw(st.integers(1, 4)) + 1):
            amount = draw(st.integers(1, 2_000_000))
            settled = draw(st.integers(0, amount))
            made.append(
                InvoiceLine(
                    invoice=bill, position=position, kind=draw(st.sampled_from(KINDS)), amount=amount, settled=settled,
                    credited=draw(st.integers(0, amount - settled)),
                )
            )  # fmt: skip
    return draw(st.permutations(made))


@CALM
@given(lines(), st.integers(0, 10_000_000))
def test_the_parts_never_exceed_the_money_nor_what_a_line_wants(some, amount):
    parts = plan(amount, some)

    assert all(0 < part <= line.remaining and not line.invoice.voided_at for line, part in parts)
    wanted = sum(line.remaining for line in some if not line.invoice.voided_at)
    assert sum(part for _line, part in parts) == min(amount, wanted)


@CALM
@given(lines(), st.integers(1, 10_000_000))
def test_a_line_gets_nothing_before_every_older_and_higher_one_is_full(some, amount):
    given_to = {id(line): part for line, part in plan(amount, some)}
    open_ones = [line for line in in_order(some) if not line.invoice.voided_at and line.remaining]

    full = [given_to.get(id(line), 0) == line.remaining for line in open_ones]
    touched = [id(line) in given_to for line in open_ones]
    first_open = full.index(False) if False in full else len(full)
    assert not any(touched[first_open + 1 :])


@CALM
@given(lines(), st.integers(0, 5_000_000), st.integers(0, 5_000_000))
def test_paying_in_two_goes_is_paying_at_once(some, first, second):
    at_once = {id(line): part for line, part in plan(first + second, some)}
    in_two: dict[int, int] = {}
    for amount in (first, second):
        for line, part in plan(amount, some):
            line.settled += part
            in_two[id(line)] = in_two.get(id(line), 0) + part

    assert in_two == at_once


@CALM
@given(lines())
def test_the_order_does_not_depend_on_how_the_lines_came(some):
    key = [
        (line.invoice.due_on, line.invoice_id, kinds.rank(line.kind), line.position)
        for line in in_order(some)
    ]
    assert key == sorted(key)


def test_rent_comes_before_services_damage_and_fees():
    ranks = [kinds.rank(code) for code in ("rent", "service", "damage", "fee")]
    assert ranks == sorted(ranks)
    assert kinds.rank("unheard of") > max(ranks)
    assert str(kinds.label("rent")) == "Sewa"
    assert kinds.label("unheard of") == "unheard of"


@pytest.mark.parametrize("turn", [1, -1])
def test_bills_are_paid_by_due_date_then_by_number(turn):
    bills = [
        Invoice(pk=2, due_on=START),
        Invoice(pk=1, due_on=START),
        Invoice(pk=3, due_on=START - timedelta(days=1)),
    ]

    assert [bill.pk for bill in oldest_first(bills[::turn])] == [3, 1, 2]
