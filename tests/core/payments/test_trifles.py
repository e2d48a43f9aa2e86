"""What is too small to be sent back stays the person's balance; it makes no work for anybody."""

import pytest

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Holding
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments import services
from tatausaha.core.payments.models import Refund, Suspense
from tatausaha.core.payments.procedure.suspense import SUSPENSE
from tatausaha.core.procedures import policies
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]


@pytest.fixture
def paid_deposit(hire, unit, rini, sari, at):
    bill = hiring.deposit(hire, by=sari, at=at)
    services.receive_cash(unit=unit, payer=rini, amount=500_000, invoices=[bill], by=sari, at=at)
    return hire


@pytest.fixture
def ask(paid_deposit, rini, sari, at):
    def back(amount, kind="deposit"):
        return services.request_refund(
            paid_deposit,
            kind=kind,
            amount=amount,
            payee=rini,
            reason="Selesai",
            working_days=7,
            by=sari,
            at=at,
        )

    return back


@pytest.mark.req("KOS-12")
def test_999_rupiah_become_balance_and_no_refund(ask, paid_deposit, unit, rini):
    assert ask(999) is None

    assert not Refund.objects.exists()
    assert (billing.held(paid_deposit, "deposit"), billing.balance_of(rini, unit)) == (499_001, 999)
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-12")
def test_1_000_rupiah_are_given_back(ask, unit, rini):
    assert ask(1_000).amount == 1_000
    assert billing.balance_of(rini, unit) == 0


def test_a_small_balance_stays_where_it_is(ask, unit, rini):
    ask(821)

    assert ask(821, kind=Holding.Kind.BALANCE) is None
    assert (Refund.objects.count(), billing.balance_of(rini, unit)) == (0, 821)


def test_more_than_is_held_is_refused_however_small(ask):
    ask(499_500)
    with pytest.raises(Refused, match="hanya Rp500"):
        ask(501)


def test_the_owner_sets_the_limit_in_the_sop_and_zero_gives_everything_back(ask, unit, hadi, at):
    policies.set_unit_values("payments.refund", unit, {"smallest": 0}, by=hadi, at=at, reason="Semua kembali")

    assert ask(1).amount == 1


def test_titipan_of_a_trifle_is_used_and_not_sent_back(unit, bank, rini, sari, at):
    case = services.receive_unknown(
        unit=unit, amount=821, occurred_on=at.date(), sender="RINI", bank=bank, by=sari, at=at
    )
    case = perform(case, SUSPENSE.step("identify"), by=sari, at=at, data={"person": rini.phone})

    with pytest.raises(Refused, match=r"Di bawah Rp1\.000 tidak ditransfer"):
        perform(case, SUSPENSE.step("return"), by=sari, at=at, data={"note": "Salah kirim"})
    perform(case, SUSPENSE.step("use"), by=sari, at=at, data={"invoice": ""})

    assert Suspense.objects.get().status == "used"
    assert (billing.balance_of(rini, unit), Refund.objects.count()) == (821, 0)
