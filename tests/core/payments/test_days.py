"""How long ago others than the owner may write down is a number of each SOP, and of each unit (boarding 10)."""

from datetime import timedelta

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.payments import services
from tatausaha.core.payments.procedure.expense import EXPENSE
from tatausaha.core.payments.procedure.refund import REFUND
from tatausaha.core.procedures import policies
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires"), pytest.mark.req("SYS-09")]

SLIP = Upload(b"%PDF-1.4 tanda terima", "application/pdf", "tanda-terima.pdf")


@pytest.fixture
def cash(hire, unit, rini, sari, at):
    """Rini's deposit, in Sari's drawer."""
    bill = hiring.deposit(hire, by=sari, at=at)
    services.receive_cash(unit=unit, payer=rini, amount=500_000, invoices=[bill], by=sari, at=at)
    return hire


@pytest.fixture
def wrote(cash, unit, bank, rini, sari, at):
    """Everything in which a day is named, each written down by Sari."""

    def expense(on):
        return services.record_expense(
            unit=unit, category="61301", amount=100_000, paid_from="cash", occurred_on=on, no_note="Token", by=sari,
            at=at,
        )  # fmt: skip

    def refund(on):
        case = services.request_refund(
            cash, kind="deposit", amount=200_000, payee=rini, reason="Selesai", working_days=7, by=sari, at=at
        )
        data = {"method": "cash", "slip": SLIP, "occurred_on": on}
        return perform(case, REFUND.step("pay"), by=sari, at=at, data=data)

    def unknown(on):
        return services.receive_unknown(
            unit=unit, amount=250_000, occurred_on=on, sender="PT Jauh", bank=bank, by=sari, at=at
        )

    def handover(on):
        count = services.Count(counted=500_000, amount=500_000, occurred_on=on)
        return services.hand_over(unit=unit, holder=sari, count=count, by=sari, at=at)

    return {
        "payments.expense": expense, "payments.refund": refund, "payments.suspense": unknown,
        "payments.handover": handover,
    }  # fmt: skip


@pytest.mark.parametrize(
    "code", ["payments.expense", "payments.refund", "payments.suspense", "payments.handover"]
)
def test_how_long_ago_is_the_sops_own_number(code, wrote, unit, hadi, at):
    policies.set_unit_values(code, unit, {"backdate_days": 20}, by=hadi, at=at, reason="Lebih cepat dicatat")

    with pytest.raises(Refused, match="lebih dari 20 hari"):
        wrote[code](at.date() - timedelta(days=21))
    assert wrote[code](at.date() - timedelta(days=20)).occurred_on == at.date() - timedelta(days=20)


@pytest.mark.parametrize(
    "code", ["payments.expense", "payments.refund", "payments.suspense", "payments.handover"]
)
def test_as_delivered_it_is_sixty_days(code, wrote, at):
    with pytest.raises(Refused, match="lebih dari 60 hari"):
        wrote[code](at.date() - timedelta(days=61))


def test_a_mistyped_year_is_refused_to_the_owner_too(unit, bank, hadi, at):
    def unknown(on):
        return services.receive_unknown(
            unit=unit, amount=250_000, occurred_on=on, sender="PT Jauh", bank=bank, by=hadi, at=at
        )

    with pytest.raises(Refused, match="Periksa tahunnya"):
        unknown(min(unit.opened_on, at.date() - timedelta(days=366)) - timedelta(days=1))
    assert unknown(at.date() - timedelta(days=366)).pk


def test_what_the_owner_allowed_is_spent_within_the_same_days(unit, bank, sari, hadi, at):
    policies.set_unit_values(
        "payments.expense", unit, {"backdate_days": 20}, by=hadi, at=at, reason="Lebih cepat"
    )
    case = services.record_expense(
        unit=unit, category="61301", amount=600_000, paid_from="transfer", occurred_on=at.date(), no_note="Token",
        by=sari, at=at,
    )  # fmt: skip
    case = perform(case, EXPENSE.step("approve"), by=hadi, at=at)
    bought = at.date() - timedelta(days=21)

    with pytest.raises(Refused, match="lebih dari 20 hari"):
        perform(case, EXPENSE.step("spend"), by=sari, at=at, data={"occurred_on": bought, "photo": SLIP})
