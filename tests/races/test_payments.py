"""Many hands at one payment, one bill, one book: it is booked once, and no number is missing."""

from datetime import UTC, datetime, timedelta

import pytest

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal, PartyTotal
from tatausaha.core.payments import services, verification
from tatausaha.core.payments.models import BankAccount, Payment, Receipt, Refund
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.payments.procedure.refund import REFUND
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring
from tests.core.billing.hire import hires
from tests.races.threads import errors, results, together

__all__ = ["hires"]

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("hires")]

AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


@pytest.fixture
def bank(unit):
    return BankAccount.objects.create(unit=unit, bank="BRI", number="1", holder="CV Maju Bersama")


@pytest.fixture
def submitted(unit, rini, sari, bank):
    bill = hiring.down_payment(hiring.new_hire(unit, rini, AT), by=sari, at=AT)
    payment = services.open_transfer(payer=rini, invoices=[bill], by=rini, at=AT)
    return perform(payment, PAYMENT.step("submit"), by=rini, at=AT)


@pytest.mark.req("SYS-04")
@pytest.mark.req("SYS-07")
def test_one_payment_confirmed_twenty_times_at_once_is_booked_once(submitted, sari, rini):
    def confirm():
        payment = Payment.objects.get(pk=submitted.pk)
        return perform(payment, PAYMENT.step("confirm"), by=Person.objects.get(pk=sari.pk), at=AT)

    outcomes = together([confirm] * 20)

    assert len(results(outcomes)) == 1
    assert {type(error) for error in errors(outcomes)} == {Refused}
    assert (Journal.objects.count(), Receipt.objects.count()) == (1, 1)
    assert billing.holding_findings() == []
    assert verification.findings() == []


@pytest.mark.req("SYS-07")
def test_one_cash_form_sent_twenty_times_at_once_is_taken_once(unit, rini, sari):
    bill = hiring.down_payment(hiring.new_hire(unit, rini, AT), by=sari, at=AT)

    def receive():
        return services.receive_cash(
            unit=unit, payer=rini, amount=60_000, invoices=[Invoice.objects.get(pk=bill.pk)],
            by=Person.objects.get(pk=sari.pk), at=AT, key="form-1",
        )  # fmt: skip

    outcomes = together([receive] * 20)

    assert {payment.pk for payment in results(outcomes)} == {Payment.objects.get().pk}
    assert Journal.objects.count() == 1


@pytest.mark.req("KOS-10")
def test_receipts_have_no_gap_when_twenty_are_issued_at_once(unit, rini, sari):
    bills = [hiring.down_payment(hiring.new_hire(unit, rini, AT), by=sari, at=AT) for _ in range(20)]

    def receive(bill):
        return lambda: services.receive_cash(
            unit=unit, payer=rini, amount=100_000, invoices=[bill], by=Person.objects.get(pk=sari.pk), at=AT
        )

    outcomes = together([receive(bill) for bill in bills])

    assert errors(outcomes) == []
    numbers = sorted(Receipt.objects.values_list("number", flat=True))
    assert numbers == [f"KW/MELATI/2026/{n:05d}" for n in range(1, 21)]
    assert billing.holding_findings() == []


@pytest.mark.req("SYS-07")
def test_two_halves_of_a_bill_at_once_settle_it_exactly(unit, rini, sari):
    bill = hiring.rent(hiring.new_hire(unit, rini, AT), by=sari, at=AT, due_on=AT.date())

    def receive(minutes):
        return lambda: services.receive_cash(
            unit=unit, payer=rini, amount=300_000, invoices=[Invoice.objects.get(pk=bill.pk)],
            by=Person.objects.get(pk=sari.pk), at=AT, sure=True, reference=str(minutes),
        )  # fmt: skip

    outcomes = together([receive(n) for n in range(5)])

    assert errors(outcomes) == []
    bill.refresh_from_db()
    assert (bill.settled, billing.balance_of(rini, unit)) == (1_000_000, 500_000)
    cash = PartyTotal.objects.get(account=int(chart.CASH_DRAWER), party=sari, unit=unit)
    assert cash.net == 1_500_000
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-08", "SYS-07")
def test_the_same_bill_issued_twenty_times_at_once_is_one(unit, rini, sari):
    hire = hiring.new_hire(unit, rini, AT)

    outcomes = together([lambda: hiring.rent(hire, by=sari, at=AT, due_on=AT.date())] * 20)

    assert {invoice.pk for invoice in results(outcomes)} == {Invoice.objects.get().pk}
    assert errors(outcomes) == []
    assert Invoice.objects.get().number == "TG/MELATI/2026/00001"


@pytest.mark.req("KOS-11")
def test_transfers_announced_at_once_have_amounts_of_their_own(unit, rini, sari, bank):
    bills = [hiring.down_payment(hiring.new_hire(unit, rini, AT), by=sari, at=AT) for _ in range(12)]

    def announce(bill):
        return lambda: services.open_transfer(
            payer=rini, invoices=[bill], by=rini, at=AT + timedelta(seconds=bill.pk)
        )

    outcomes = together([announce(bill) for bill in bills])

    assert errors(outcomes) == []
    assert len({payment.expected_amount for payment in results(outcomes)}) == 12


@pytest.fixture
def deposit_in(unit, rini, sari):
    """A hire whose deposit was paid in cash, and the payment."""
    hire = hiring.new_hire(unit, rini, AT)
    bill = hiring.deposit(hire, by=sari, at=AT)
    payment = services.receive_cash(unit=unit, payer=rini, amount=500_000, invoices=[bill], by=sari, at=AT)
    return hire, payment


@pytest.mark.req("KOS-12")
@pytest.mark.req("SYS-07")
def test_one_refund_paid_twenty_times_at_once_goes_out_once(deposit_in, unit, rini, sari):
    hire, _payment = deposit_in
    refund = services.request_refund(
        hire, kind="deposit", amount=500_000, payee=rini, reason="Selesai", working_days=7, by=sari, at=AT
    )

    def pay():
        data = {"method": "cash", "slip": Upload(b"%PDF-1.4 tanda terima", "application/pdf", "slip.pdf")}
        case = Refund.objects.get(pk=refund.pk)
        return perform(case, REFUND.step("pay"), by=Person.objects.get(pk=sari.pk), at=AT, data=data)

    outcomes = together([pay] * 20)

    assert len(results(outcomes)) == 1
    assert {type(error) for error in errors(outcomes)} == {Refused}
    assert Journal.objects.filter(kind="refund").count() == 1
    assert PartyTotal.objects.get(account=int(chart.CASH_DRAWER), party=sari, unit=unit).net == 0
    assert (billing.holding_findings(), verification.findings()) == ([], [])


@pytest.mark.req("SYS-07")
def test_one_payment_taken_back_twenty_times_at_once_is_taken_back_once(deposit_in, unit, sari):
    hire, payment = deposit_in

    def reverse():
        case = Payment.objects.get(pk=payment.pk)
        step = PAYMENT.step("reverse")
        return perform(case, step, by=Person.objects.get(pk=sari.pk), at=AT, data={"note": "Salah orang"})

    outcomes = together([reverse] * 20)

    assert len(results(outcomes)) == 1
    assert {type(error) for error in errors(outcomes)} == {Refused}
    assert Journal.objects.filter(kind="reversal").count() == 1
    assert PartyTotal.objects.get(account=int(chart.CASH_DRAWER), party=sari, unit=unit).net == 0
    assert (billing.held(hire, "deposit"), billing.outstanding(hire)) == (0, 500_000)
    assert (billing.holding_findings(), verification.findings()) == ([], [])


@pytest.mark.req("SYS-07")
@pytest.mark.parametrize("turn", range(3))
def test_a_payment_that_is_confirmed_and_rejected_at_once_is_one_of_both(turn, submitted, sari, hadi):
    def take(name, person):
        data = {"note": "Uangnya tidak ada di mutasi"}
        case = Payment.objects.get(pk=submitted.pk)
        return perform(case, PAYMENT.step(name), by=Person.objects.get(pk=person.pk), at=AT, data=data)

    acts = [lambda: take("confirm", sari), lambda: take("reject", hadi)]

    outcomes = together((acts if turn % 2 else acts[::-1]) * 5)

    [won] = results(outcomes)
    assert {type(error) for error in errors(outcomes)} == {Refused}
    booked = Journal.objects.filter(kind="payment").count()
    assert (won.status, booked, Receipt.objects.count()) in {("confirmed", 1, 1), ("rejected", 0, 0)}
    assert Payment.objects.get().status == won.status
    assert (billing.holding_findings(), verification.findings()) == ([], [])
