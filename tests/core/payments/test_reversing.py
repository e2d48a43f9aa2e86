"""A confirmed payment is taken back: opposite rows, a mirrored journal, a void receipt; nothing disappears."""

from datetime import date, timedelta

import pytest

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as bills
from tatausaha.core.billing.models import Allocation
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments import services
from tatausaha.core.payments.models import Receipt
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]


@pytest.fixture
def cash(unit, rini, sari, at):
    def receive(amount, *invoices, at=at):
        return services.receive_cash(unit=unit, payer=rini, amount=amount, invoices=invoices, by=sari, at=at)

    return receive


@pytest.fixture
def take_back(at):
    def reverse(payment, *, by, at=at, note="Salah orang"):
        return perform(payment, PAYMENT.step("reverse"), by=by, at=at, data={"note": note})

    return reverse


@pytest.mark.req("SYS-10")
def test_everything_a_payment_did_is_undone_and_the_receipt_is_void(
    hire, cash, take_back, sari, rini, at, books
):
    bill = bills.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)
    payment = cash(1_100_000, bill)

    payment = take_back(payment, by=sari)

    bill.refresh_from_db()
    receipt = Receipt.objects.get(payment=payment)
    assert (payment.status, bill.remaining) == ("reversed", 1_000_000)
    assert (books(chart.CASH_DRAWER, sari), books(chart.RECEIVABLES, rini)) == (0, 1_000_000)
    assert books(chart.CUSTOMER_BALANCE, rini) == 0
    assert (receipt.paper.state, receipt.paper.void_reason, receipt.number) == (
        "void", "Salah orang", "KW/MELATI/2026/00001",
    )  # fmt: skip
    assert sorted(Allocation.objects.values_list("amount", flat=True)) == [-1_000_000, 1_000_000]
    assert billing.holding_findings() == []


@pytest.mark.req("SYS-07")
def test_money_that_was_early_goes_back_although_its_bill_was_booked_since(
    hire, cash, take_back, sari, rini, at, books
):
    bill = hiring.rent(hire, by=sari, at=at, due_on=date(2026, 3, 17))
    payment = cash(400_000, bill)
    bills.recognise_due(at + timedelta(days=7))

    take_back(payment, by=sari, at=at + timedelta(days=8))

    assert (books(chart.RECEIVABLES, rini), books(chart.CUSTOMER_ADVANCES, rini)) == (1_000_000, 0)
    assert books(chart.SALES_INCOME) == -1_000_000
    assert billing.held(hire, "prepaid") == 0
    assert billing.holding_findings() == []


@pytest.mark.req("SYS-07")
def test_money_that_was_used_further_stays_until_that_is_undone(hire, cash, take_back, sari, at):
    payment = cash(100_000, hiring.down_payment(hire, by=sari, at=at))
    bill = bills.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)
    bills.apply_advances(bill, from_subjects=[hire], by=sari, at=at)
    journals = Journal.objects.count()

    with pytest.raises(Refused, match="tidak cukup"):
        take_back(payment, by=sari)

    payment.refresh_from_db()
    assert (payment.status, Journal.objects.count()) == ("confirmed", journals)
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-17")
@pytest.mark.req("KOS-18")
def test_last_months_payment_is_taken_back_by_the_owner_only(hire, cash, take_back, sari, hadi, at):
    payment = cash(1_000_000, hiring.rent(hire, by=sari, at=at, due_on=at.date()))
    april = at.replace(month=4, day=1)

    with pytest.raises(Refused, match="hanya dapat dibatalkan oleh pemilik"):
        take_back(payment, by=sari, at=april)
    payment = take_back(payment, by=hadi, at=april)

    mirror = Journal.objects.get(reverses=payment.journal)
    assert (payment.status, mirror.book_on) == ("reversed", date(2026, 4, 1))


@pytest.mark.req("SYS-10")
def test_a_reversal_has_a_reason_and_happens_once(hire, cash, take_back, sari, at):
    payment = cash(1_000_000, hiring.rent(hire, by=sari, at=at, due_on=at.date()))

    with pytest.raises(Refused, match="alasan"):
        take_back(payment, by=sari, note=" ")
    take_back(payment, by=sari)
    with pytest.raises(Refused, match="sekarang berstatus dibatalkan"):
        take_back(payment, by=sari)
    assert Journal.objects.filter(kind="reversal").count() == 1


@pytest.mark.req("KOS-10")
def test_a_reversed_payment_leaves_room_for_the_right_one(hire, cash, take_back, sari, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())
    take_back(cash(900_000, bill), by=sari)

    payment = cash(1_000_000, bill)

    bill.refresh_from_db()
    assert (bill.remaining, payment.receipt.number) == (0, "KW/MELATI/2026/00002")
