"""A payment is taken back after its bills lived on: several of them, credited, released, its journal moved."""

from datetime import date, timedelta

import pytest

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as bills
from tatausaha.core.billing.models import Allocation
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import rebook
from tatausaha.core.payments import services
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.payments.procedure.suspense import SUSPENSE
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]


@pytest.fixture
def cash(unit, rini, sari, at):
    def receive(amount, *invoices, **more):
        given = {"amount": amount, "invoices": invoices, "by": sari, "at": at} | more
        return services.receive_cash(unit=unit, payer=rini, **given)

    return receive


@pytest.fixture
def take_back(at):
    def reverse(payment, *, by, at=at, note="Salah orang"):
        return perform(payment, PAYMENT.step("reverse"), by=by, at=at, data={"note": note})

    return reverse


@pytest.fixture
def due_and_early(hire, sari, at):
    """A bill that is booked already, and one of the same case that falls due in a week."""
    due = bills.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)
    return due, hiring.rent(hire, by=sari, at=at, due_on=date(2026, 3, 17))


@pytest.mark.req("SYS-07")
def test_only_the_bill_that_was_paid_early_gets_its_advance_back(
    due_and_early, hire, cash, take_back, sari, rini, at, books
):
    payment = cash(2_000_000, *due_and_early)
    bills.recognise_due(at + timedelta(days=7))

    take_back(payment, by=sari, at=at + timedelta(days=8))

    assert (books(chart.RECEIVABLES, rini), books(chart.CUSTOMER_ADVANCES, rini)) == (2_000_000, 0)
    assert (books(chart.CASH_DRAWER, sari), billing.held(hire, "prepaid")) == (0, 0)
    assert billing.outstanding(hire) == 2_000_000
    assert billing.holding_findings() == []


def test_each_allocation_says_whether_its_money_came_before_the_bill_was_booked(due_and_early, cash):
    cash(1_500_000, *due_and_early)

    assert list(Allocation.objects.order_by("pk").values_list("amount", "prepaid")) == [
        (1_000_000, False), (500_000, True),
    ]  # fmt: skip


@pytest.fixture
def booked_late(hire, cash, sari, at):
    """Cash of 28 February that Sari wrote down in March, moved by the owner where it belongs."""

    def take_in(by):
        bill = bills.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)
        payment = cash(1_000_000, bill)
        rebook(payment.journal, book_on=date(2026, 2, 28), by=by, at=at, reason="Salah bulan")
        return payment

    return take_in


@pytest.mark.req("SYS-10")
@pytest.mark.parametrize("note", ["Salah bulan", "Salah orang"])
def test_a_payment_that_the_owner_moved_is_taken_back_where_it_stands(
    note, booked_late, take_back, hire, sari, rini, hadi, at, books
):
    payment = take_back(booked_late(hadi), by=hadi, note=note)

    assert (payment.status, billing.outstanding(hire)) == ("reversed", 1_000_000)
    assert (books(chart.CASH_DRAWER, sari), books(chart.RECEIVABLES, rini)) == (0, 1_000_000)
    assert Journal.objects.get(replaces=payment.journal).reversal.book_on == at.date()


@pytest.mark.req("KOS-17")
def test_a_payment_that_was_moved_into_a_past_month_is_the_owners_to_take_back(
    booked_late, take_back, sari, hadi
):
    payment = booked_late(hadi)
    journals = Journal.objects.count()

    with pytest.raises(Refused, match="hanya dapat dibatalkan oleh pemilik"):
        take_back(payment, by=sari, note="Salah bulan")

    assert Journal.objects.count() == journals


@pytest.mark.req("SYS-07")
def test_money_that_a_credit_note_made_a_balance_stays_until_that_is_undone(hire, cash, take_back, sari, at):
    bill = bills.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)
    payment = cash(1_000_000, bill)
    bills.credit(bill, amount=300_000, by=sari, at=at, reason="Air mati")
    journals = Journal.objects.count()

    with pytest.raises(Refused, match=f"{bill.number}.*nota kredit"):
        take_back(payment, by=sari)

    payment.refresh_from_db()
    assert (payment.status, Journal.objects.count()) == ("confirmed", journals)
    assert billing.holding_findings() == []


@pytest.mark.req("SYS-07")
def test_money_of_a_bill_that_was_released_stays_although_another_bill_is_paid_early(
    hire, cash, take_back, sari, at
):
    released, other = (
        hiring.rent(hire, by=sari, at=at, due_on=date(2026, 3, 17) + timedelta(days=days)) for days in (0, 30)
    )
    payment = cash(1_000_000, released)
    cash(1_000_000, other, reference="2")
    bills.release(released, by=sari, at=at, reason="Batal")
    journals = Journal.objects.count()

    with pytest.raises(Refused, match="dibatalkan"):
        take_back(payment, by=sari)

    assert (Journal.objects.count(), billing.held(hire, "prepaid")) == (journals, 1_000_000)
    assert billing.holding_findings() == []


@pytest.fixture
def late_money(hire, unit, cash, rini, sari, at):
    """Money for a bill that was taken back before it came, and the titipan that it became."""
    bill = hiring.rent(hire, by=sari, at=at, due_on=date(2026, 3, 17))
    bills.void(bill, by=sari, at=at, reason="Pesanan batal")
    payment = cash(300_000, bill)
    return payment, payment.suspense.get()


@pytest.mark.req("SYS-10")
def test_titipan_ends_with_the_payment_that_it_came_with(late_money, take_back, sari, at, books):
    payment, case = late_money

    take_back(payment, by=sari)

    case.refresh_from_db()
    assert (case.status, billing.held(case, "unidentified"), books(chart.UNIDENTIFIED)) == ("undone", 0, 0)
    with pytest.raises(Refused):
        perform(case, SUSPENSE.step("use"), by=sari, at=at, data={"invoice": ""})
    assert billing.holding_findings() == []


@pytest.mark.req("SYS-10")
def test_a_payment_whose_titipan_was_used_stays_until_that_is_undone(late_money, take_back, sari, at):
    payment, case = late_money
    perform(case, SUSPENSE.step("use"), by=sari, at=at, data={"invoice": ""})

    with pytest.raises(Refused, match="tidak cukup"):
        take_back(payment, by=sari)

    payment.refresh_from_db()
    assert payment.status == "confirmed"
