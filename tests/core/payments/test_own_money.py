"""Nobody says of money of their own that it came or went: somebody else looks (KOS-06, KOS-12)."""

import pytest

from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.payments import services
from tatausaha.core.payments.models import Payment, Receipt, Refund
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.payments.procedure.refund import REFUND
from tatausaha.core.payments.procedure.suspense import SUSPENSE
from tatausaha.core.people.models import Membership, Person
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]

SLIP = Upload(b"%PDF-1.4 tanda terima", "application/pdf", "tanda-terima.pdf")


@pytest.fixture
def own_bill(unit, sari, hadi, at):
    """Sari manages the house, and rents in it."""
    return hiring.down_payment(hiring.new_hire(unit, sari, at), by=hadi, at=at)


@pytest.fixture
def firm(company, sari, at):
    """A company for which Sari acts."""
    made = Person.objects.create(name="PT Sari Jaya", kind="legal", created_at=at)
    Membership.objects.create(organisation=made, person=sari, since=at)
    return made


@pytest.mark.req("KOS-06")
def test_a_manager_takes_no_cash_from_herself(own_bill, unit, sari, hadi, at):
    with pytest.raises(Refused, match="orang lain"):
        services.receive_cash(unit=unit, payer=sari, amount=100_000, invoices=[own_bill], by=sari, at=at)
    assert not Payment.objects.exists()

    services.receive_cash(unit=unit, payer=sari, amount=100_000, invoices=[own_bill], by=hadi, at=at)
    assert Receipt.objects.count() == 1


@pytest.mark.req("SYS-06")
@pytest.mark.parametrize("step", ["confirm", "match"])
def test_a_manager_confirms_no_money_of_a_company_that_she_acts_for(step, unit, firm, sari, hadi, at):
    bill = hiring.down_payment(hiring.new_hire(unit, firm, at, by=hadi), by=hadi, at=at)
    payment = services.open_transfer(payer=firm, invoices=[bill], by=sari, at=at)
    if step == "confirm":
        payment = perform(payment, PAYMENT.step("submit"), by=sari, at=at, data={"proof": SLIP})

    with pytest.raises(Refused, match="orang lain"):
        perform(payment, PAYMENT.step(step), by=sari, at=at)
    assert perform(payment, PAYMENT.step(step), by=hadi, at=at).status == "confirmed"


@pytest.mark.req("KOS-12")
def test_a_manager_pays_no_refund_to_herself(unit, sari, hadi, at):
    hire = hiring.new_hire(unit, sari, at)
    bill = hiring.deposit(hire, by=hadi, at=at)
    services.receive_cash(unit=unit, payer=sari, amount=500_000, invoices=[bill], by=hadi, at=at)
    refund = services.request_refund(
        hire, kind="deposit", amount=500_000, payee=sari, reason="Selesai", working_days=7, by=sari, at=at
    )
    said = {"method": "cash", "slip": SLIP}

    with pytest.raises(Refused, match="orang lain"):
        perform(refund, REFUND.step("pay"), by=sari, at=at, data=said)
    assert Refund.objects.get().status == "due"
    assert perform(refund, REFUND.step("pay"), by=hadi, at=at, data=said).status == "paid"


@pytest.fixture
def unknown(unit, bank, sari, at):
    return services.receive_unknown(
        unit=unit, amount=750_123, occurred_on=at.date(), sender="PENYEWA SATU", bank=bank, by=sari, at=at
    )


def test_a_manager_does_not_claim_money_of_nobody_known(unknown, sari, hadi, at):
    with pytest.raises(Refused, match="orang lain"):
        perform(unknown, SUSPENSE.step("identify"), by=sari, at=at, data={"person": sari.phone})

    perform(unknown, SUSPENSE.step("identify"), by=hadi, at=at, data={"person": sari.phone})
    unknown.refresh_from_db()
    assert unknown.customer == sari


def test_money_goes_to_nobody_when_two_people_have_the_number(unknown, rini, budi, sari, at):
    Person.objects.filter(pk=budi.pk).update(phone=rini.phone)
    before = unknown.customer

    with pytest.raises(Refused, match="Lebih dari satu"):
        perform(unknown, SUSPENSE.step("identify"), by=sari, at=at, data={"person": rini.phone})

    unknown.refresh_from_db()
    assert unknown.customer == before
    assert billing.holding_findings() == []
