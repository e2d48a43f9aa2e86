"""The amount that makes a transfer known is found without reading every payment of the bank account."""

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments.models import Payment
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.payments.services import transfers
from tatausaha.core.procedures import policies
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db]


@pytest.mark.sqlite
def test_a_free_amount_is_looked_for_among_transfers_of_about_that_amount(bank, at):
    plan = transfers.near(bank, 1_000_000, at=at).explain()

    assert "payment_by_amount (bank_id=? AND expected_amount>? AND expected_amount<?)" in plan


@pytest.fixture
def ask(hires, unit, bank, rini, hadi, sari, at):
    """Announce a transfer of the down payment, with so many digits of code by the unit's own SOP."""

    def announced(digits):
        numbers = {"code_digits": digits}
        own = policies.draft(PAYMENT, unit, numbers, by=sari, at=at, effective_on=at.date(), reason="x")
        policies.approve(own, by=hadi, at=at)
        bill = hiring.down_payment(hiring.new_hire(unit, rini, at), by=sari, at=at)
        return transfers.open_transfer(payer=rini, invoices=[bill], by=rini, at=at)

    return announced


@pytest.mark.req("KOS-05")
def test_the_unit_s_sop_says_how_many_digits_the_code_has(ask):
    assert 1 <= ask(1).asked - hiring.DOWN_PAYMENT <= 9


@pytest.mark.req("KOS-05")
def test_without_a_code_the_even_amount_is_asked_of_any_number_of_payers(ask, unit, rini, sari, at):
    first = ask(0)
    bill = hiring.down_payment(hiring.new_hire(unit, rini, at), by=sari, at=at)
    second = transfers.open_transfer(payer=rini, invoices=[bill], by=rini, at=at)

    assert (first.asked, second.asked) == (hiring.DOWN_PAYMENT, hiring.DOWN_PAYMENT)
    assert first.expected_amount is second.expected_amount is None
    assert Payment.objects.filter(status="expected").count() == 2


def test_a_code_of_one_digit_runs_out_and_says_so(ask, unit, rini, sari, at):
    codes = {ask(1).asked}
    for _turn in range(8):
        bill = hiring.down_payment(hiring.new_hire(unit, rini, at), by=sari, at=at)
        codes.add(transfers.open_transfer(payer=rini, invoices=[bill], by=rini, at=at).asked)
    assert codes == {hiring.DOWN_PAYMENT + code for code in range(1, 10)}

    bill = hiring.down_payment(hiring.new_hire(unit, rini, at), by=sari, at=at)
    with pytest.raises(Refused, match="Terlalu banyak"):
        transfers.open_transfer(payer=rini, invoices=[bill], by=rini, at=at)
