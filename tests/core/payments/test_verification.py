"""What anybody changes behind the system's back is found by the nightly proof of payments."""

from datetime import date

import pytest
from django.db import connection

from tatausaha.core.documents import numbers
from tatausaha.core.ledger.services import rebook, reverse
from tatausaha.core.payments import services, verification
from tatausaha.core.payments.models import Payment
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank"), pytest.mark.req("SYS-07")]


@pytest.fixture
def payment(hire, unit, rini, sari, at):
    bill = hiring.down_payment(hire, by=sari, at=at)
    return services.receive_cash(unit=unit, payer=rini, amount=100_000, invoices=[bill], by=sari, at=at)


def by_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_amount_that_was_changed_behind_the_system_is_found(payment):
    number, receipt = payment.number, payment.receipt.number
    assert verification.findings() == []

    by_sql("UPDATE payments_payment SET amount = 90000")

    assert verification.findings() == [
        f"payment {number}: it says 90000, its journal 100000",
        f"receipt {receipt}: 100000, its payment 90000, its paper 100000",
    ]


def test_a_payment_that_only_says_it_was_taken_back_is_found(payment):
    by_sql("UPDATE payments_payment SET status = 'reversed'")

    assert verification.findings() == [
        f"payment {payment.number}: reversed, its journal is not",
        f"receipt {payment.receipt.number}: its payment is reversed, its paper genuine",
    ]


def test_a_journal_that_was_taken_back_without_its_payment_is_found(payment, hadi, at):
    reverse(payment.journal, by=hadi, at=at, reason="Salah")

    assert verification.findings() == [f"payment {payment.number}: its journal is reversed, it is confirmed"]


def test_a_payment_that_was_moved_and_taken_back_is_clean(payment, hadi, at):
    rebook(payment.journal, book_on=date(2026, 2, 28), by=hadi, at=at, reason="Salah bulan")
    assert verification.findings() == []

    perform(payment, PAYMENT.step("reverse"), by=hadi, at=at, data={"note": "Salah"})

    assert Payment.objects.get().status == "reversed"
    assert verification.findings() == []


def test_an_expense_whose_amount_was_changed_is_found(unit, hadi, at):
    expense = services.record_expense(
        no_note="Struk hilang",
        unit=unit,
        category="61301",
        amount=50_000,
        paid_from="transfer",
        occurred_on=at.date(),
        by=hadi,
        at=at,
    )

    by_sql("UPDATE payments_expense SET amount = 40000")

    assert verification.findings() == [f"expense {expense.number}: it says 40000, its journal 50000"]


@pytest.mark.req("KOS-10")
def test_a_missing_receipt_number_is_found(payment, hire, unit, rini, sari, at):
    numbers.next_number(unit, "receipt", at.date())
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())
    services.receive_cash(unit=unit, payer=rini, amount=1_000, invoices=[bill], by=sari, at=at)

    assert verification.findings() == ["receipts KW/MELATI/2026: 2 of 3 numbers are there"]


def test_titipan_and_refunds_that_are_not_held_are_found(payment, hire, unit, bank, rini, sari, at):
    titipan = services.receive_unknown(
        unit=unit, amount=750_123, occurred_on=at.date(), sender="PENYEWA", bank=bank, by=sari, at=at
    )
    refund = services.request_refund(
        hire, kind="advance", amount=60_000, payee=rini, reason="Batal", working_days=3, by=sari, at=at
    )
    assert verification.findings() == []

    by_sql("UPDATE payments_suspense SET amount = 1")
    by_sql("UPDATE payments_refund SET amount = 2")

    assert verification.findings() == [
        f"suspense {titipan.number}: it says 1, held are 750123",
        f"refund {refund.number}: it says 2, held are 60000",
    ]
