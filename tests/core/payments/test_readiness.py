"""What is unfinished in a month is listed to whoever closes it (rules/ledger 7)."""

from datetime import timedelta

import pytest

from tatausaha.core.billing import services as billing
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger.services import readiness
from tatausaha.core.payments import services
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]


PROOF = Upload(b"%PDF-1.4 bukti", "application/pdf", "bukti.pdf")


def said(unit, ym):
    return [(one.sentence, one.path) for one in readiness(unit, ym)]


@pytest.mark.req("KOS-15")
def test_expenses_that_wait_for_the_owner_are_open_in_their_month(unit, sari, at):
    waiting = services.record_expense(
        no_note="Struk hilang", unit=unit, category="61301", amount=700_000, paid_from="transfer",
        occurred_on=at.date(), note="Genset",
        by=sari, at=at,
    )  # fmt: skip

    assert (f"Pengeluaran {waiting.headline} belum dibukukan.", waiting.get_absolute_url()) in said(
        unit, 202603
    )
    assert said(unit, 202602) == []


@pytest.mark.req("KOS-15")
def test_income_that_fell_due_and_is_not_in_the_books_is_open_until_it_is(hire, unit, sari, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date() + timedelta(days=5))
    sentence = f"Pendapatan tagihan {bill.number} belum dibukukan: Rp1.000.000."

    assert (sentence, bill.get_absolute_url()) in said(unit, 202603)
    assert (sentence, bill.get_absolute_url()) not in said(unit, 202602)
    billing.recognise(bill, at=at)
    assert said(unit, 202603) == []


@pytest.mark.req("KOS-15")
def test_a_proof_that_nobody_has_looked_at_is_open(hire, unit, rini, sari, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())
    billing.recognise(bill, at=at)
    payment = services.open_transfer(payer=rini, invoices=[bill], by=rini, at=at)
    assert said(unit, 202603) == []
    payment = perform(payment, PAYMENT.step("submit"), by=rini, at=at, data={"proof": PROOF})

    assert [path for _sentence, path in said(unit, 202603)] == [payment.get_absolute_url()]
    assert said(unit, 202602) == []
