"""Two records of one person became one: the money stays under the name that it was booked on, and is found."""

import pytest

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as bills
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart
from tatausaha.core.payments import services
from tatausaha.core.payments.models import Refund
from tatausaha.core.payments.procedure.refund import REFUND
from tatausaha.core.payments.procedure.suspense import SUSPENSE
from tatausaha.core.people import merging
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank"), pytest.mark.req("KOS-12")]

SLIP = Upload(b"%PDF-1.4 tanda terima", "application/pdf", "tanda-terima.pdf")


@pytest.fixture
def wulan(company, at):
    """Rini once more: the record that stays."""
    return Person.objects.create(name="Rini Wulandari", phone="+6281200000009", created_at=at)


@pytest.fixture
def become_one(rini, wulan, hadi, at):
    return lambda: merging.merge(wulan, rini, by=hadi, at=at, reason="Orang yang sama")


@pytest.fixture
def paid_deposit(hire, unit, rini, sari, at):
    bill = hiring.deposit(hire, by=sari, at=at)
    services.receive_cash(unit=unit, payer=rini, amount=520_000, invoices=[bill], by=sari, at=at)
    return hire


@pytest.fixture
def ask_back(wulan, sari, at):
    def request(hire, kind, amount):
        hire.refresh_from_db()
        return services.request_refund(
            hire,
            kind=kind,
            amount=amount,
            payee=hire.customer,
            reason="Selesai",
            working_days=7,
            by=sari,
            at=at,
        )

    return request


@pytest.fixture
def pay(sari, at):
    def step(refund):
        refund = Refund.objects.get(pk=refund.pk)
        return perform(refund, REFUND.step("pay"), by=sari, at=at, data={"method": "cash", "slip": SLIP})

    return step


@pytest.mark.parametrize("kind", ["deposit", "balance"])
def test_what_was_held_under_the_dropped_record_is_given_back(
    kind, paid_deposit, become_one, ask_back, pay, rini, wulan, unit, books
):
    become_one()
    account = {"deposit": chart.DEPOSITS, "balance": chart.CUSTOMER_BALANCE}[kind]
    amount = {"deposit": 500_000, "balance": 20_000}[kind]

    refund = pay(ask_back(paid_deposit, kind, amount))

    assert (refund.status, refund.customer) == ("paid", wulan)
    assert (books(account, rini), books(account, wulan)) == (0, 0)
    assert billing.holding_findings() == []


def test_a_refund_that_was_asked_for_before_is_paid_after(
    paid_deposit, become_one, ask_back, pay, rini, books
):
    refund = ask_back(paid_deposit, "deposit", 500_000)
    become_one()

    assert pay(refund).status == "paid"
    assert books(chart.DEPOSITS, rini) == 0
    assert billing.holding_findings() == []


def test_a_refund_that_does_not_happen_is_held_for_its_case_again(
    paid_deposit, become_one, ask_back, hadi, at
):
    become_one()
    refund = ask_back(paid_deposit, "deposit", 500_000)

    perform(refund, REFUND.step("cancel"), by=hadi, at=at, data={"note": "Ternyata belum"})

    assert (billing.held(paid_deposit, "deposit"), billing.held(refund, "deposit")) == (500_000, 0)
    assert billing.holding_findings() == []


@pytest.mark.parametrize("dropped_is_billed", [True, False])
def test_the_balance_of_either_record_pays_the_bills_of_the_other(
    dropped_is_billed, paid_deposit, become_one, unit, rini, wulan, sari, at
):
    other = hiring.new_hire(unit, wulan, at, by=sari)
    if dropped_is_billed:  # the balance is Wulan's, the bill Rini's
        deposit = hiring.deposit(other, by=sari, at=at)
        services.receive_cash(unit=unit, payer=wulan, amount=530_000, invoices=[deposit], by=sari, at=at)
    case = paid_deposit if dropped_is_billed else other
    bill = hiring.rent(case, by=sari, at=at, due_on=at.date())
    before = bill.settled
    become_one()

    used = bills.use_balance(bill, by=sari, at=at)

    assert (before, used) == ((20_000, 30_000) if dropped_is_billed else (0, 20_000))
    assert (billing.balance_of(wulan, unit), billing.on_hand(other)["balance"]) == (0, 0)
    assert billing.holding_findings() == []


def test_titipan_of_the_dropped_record_is_given_another_name(
    unit, bank, rini, wulan, budi, sari, become_one, at, books
):
    case = services.receive_unknown(
        unit=unit, amount=750_123, occurred_on=at.date(), sender="PENYEWA", bank=bank, by=sari, at=at
    )
    step = SUSPENSE.step("identify")
    case = perform(case, step, by=sari, at=at, data={"person": rini.email})
    become_one()
    case.refresh_from_db()

    case = perform(case, step, by=sari, at=at, data={"person": budi.email})

    assert (case.customer, books(chart.UNIDENTIFIED, rini)) == (budi, 0)
    assert books(chart.UNIDENTIFIED, budi) == -750_123
    assert billing.holding_findings() == []
