"""Who leaves pays for no period that begins afterwards; who stays on pays for every day (rules/boarding 8)."""

from datetime import timedelta

import pytest

from tatausaha.business.boarding.procedure import previews
from tatausaha.business.boarding.services import bills
from tatausaha.business.boarding.services.leaving import settlement
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as billing_services
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import BankAccount, Refund

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-12")]


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


@pytest.fixture
def bank():
    return BankAccount.objects.create(bank="BCA", number="0123456789", holder="CV Maju Bersama")


def day(stay, n):
    return stay.anchor_on + timedelta(days=n)


def periods(stay):
    """Running rent bills: first and last day counted from the anchor, and what the room costs in them."""
    rows = billing.invoices_of(stay).filter(purpose="rent").order_by("period_start")
    return [
        (
            (bill.period_start - stay.anchor_on).days,
            (bill.period_end - stay.anchor_on).days,
            sum(line.amount - line.credited for line in billing.lines_of(bill) if line.kind == "rent"),
        )
        for bill in rows
    ]


def test_the_next_bill_is_taken_back_when_the_key_comes_before_its_period(stay, desk, unit):
    desk.wait(days=27)
    bills.issue_due_bills(at=desk.at)
    assert billing.outstanding(stay) == 1_075_000
    foreseen = previews.moving_out(stay, desk.manager, desk.at)
    assert [(str(line.label), line.amount) for line in foreseen.sums] == [
        ("Tagihan masa sewa yang belum mulai dibatalkan", -1_075_000), ("Deposit yang dipegang", 500_000),
    ]  # fmt: skip

    desk.step(stay, "move_out", on=day(stay, 27))
    desk.step(stay, "settle")

    assert billing.outstanding(stay) == 0
    assert [refund.amount for refund in Refund.objects.all()] == [500_000]
    assert verify() == []


def test_a_paid_period_that_never_began_goes_back_whole(stay, desk, unit, rini):
    desk.wait(days=23)
    bills.issue_due_bills(at=desk.at)
    desk.cash(stay)
    desk.step(stay, "give_notice", leave_on=day(stay, 27))

    assert billing.balance_of(rini, unit) == 1_075_000
    assert periods(stay) == [(0, 29, 1_000_000)]
    desk.wait(days=4).step(stay, "move_out", on=day(stay, 27))
    desk.step(stay, "settle")

    assert [refund.amount for refund in Refund.objects.all()] == [1_575_000]
    assert verify() == []


@pytest.mark.parametrize("paid", [False, True])
def test_a_key_that_is_noted_days_later_takes_back_the_period_that_was_booked_meanwhile(
    stay, desk, unit, rini, paid
):
    desk.wait(days=25)
    bills.issue_due_bills(at=desk.at)
    if paid:
        desk.cash(stay)
    desk.wait(days=7)
    billing_services.recognise_due(desk.at)
    assert desk.balance(chart.SERVICE_INCOME, unit) == -150_000

    desk.step(stay, "move_out", on=day(stay, 29))

    assert desk.balance(chart.SERVICE_INCOME, unit) == -75_000
    assert desk.balance(chart.RECEIVABLES, unit) == 0
    assert settlement(stay)["to_return"] == 500_000 + (1_075_000 if paid else 0)
    assert verify() == []


def test_what_was_used_before_leaving_is_paid_though_its_bill_was_taken_back(stay, desk, make_measured):
    water = make_measured(stay.room.house, "Galon", 18_000, "galon")
    desk.wait(days=5).step(stay, "note_use", service=water, on=desk.at.date(), quantity=2)
    desk.wait(days=20)
    bills.issue_due_bills(at=desk.at)
    assert billing.outstanding(stay) == 1_111_000
    foreseen = previews.moving_out(stay, desk.manager, desk.at)
    assert [(str(line.label), line.amount) for line in foreseen.sums][:2] == [
        ("Tagihan masa sewa yang belum mulai dibatalkan", -1_111_000),
        ("Pemakaian layanan di tagihan itu", 36_000),
    ]

    desk.step(stay, "move_out", on=day(stay, 25))
    assert settlement(stay)["open_bills"] == 36_000
    desk.step(stay, "settle")

    assert Refund.objects.get().amount == 464_000


def test_a_period_in_which_the_tenant_still_lived_is_kept(stay, desk):
    desk.wait(days=25)
    bills.issue_due_bills(at=desk.at)
    desk.cash(stay)
    desk.wait(days=6).step(stay, "move_out", on=day(stay, 31))
    desk.step(stay, "settle")

    assert Refund.objects.get().amount == 500_000


def test_who_stays_on_after_all_pays_the_days_that_the_short_bill_left_out(stay, desk, rini):
    desk.wait(days=5).step(stay, "give_notice", by=rini, leave_on=day(stay, 40))
    desk.wait(days=20)
    bills.issue_due_bills(at=desk.at)
    assert periods(stay) == [(0, 29, 1_000_000), (30, 39, 334_000)]

    desk.step(stay, "stay_on", by=rini)
    bills.issue_due_bills(at=desk.at + timedelta(days=40))

    assert periods(stay) == [
        (0, 29, 1_000_000), (30, 39, 334_000), (40, 59, 666_000), (60, 89, 1_000_000),
    ]  # fmt: skip
    rest = billing.invoices_of(stay).get(period_start=day(stay, 40))
    assert rest.due_on == day(stay, 40)


def test_who_stays_on_before_any_short_bill_is_billed_as_ever(stay, desk, rini):
    desk.step(stay, "give_notice", by=rini, leave_on=day(stay, 40))
    desk.step(stay, "stay_on", by=rini)
    bills.issue_due_bills(at=desk.at + timedelta(days=25))

    assert periods(stay) == [(0, 29, 1_000_000), (30, 59, 1_000_000)]


def test_who_changes_his_mind_twice_pays_every_day_once(stay, desk, rini):
    desk.wait(days=5).step(stay, "give_notice", by=rini, leave_on=day(stay, 40))
    desk.wait(days=20)
    bills.issue_due_bills(at=desk.at)
    desk.step(stay, "stay_on", by=rini)
    desk.step(stay, "give_notice", leave_on=day(stay, 38))
    assert periods(stay) == [(0, 29, 1_000_000), (30, 37, 267_000)]

    desk.step(stay, "stay_on", by=rini)
    bills.issue_due_bills(at=desk.at + timedelta(days=30))

    assert periods(stay) == [
        (0, 29, 1_000_000), (30, 37, 267_000), (38, 59, 733_000), (60, 89, 1_000_000),
    ]  # fmt: skip
    assert Invoice.objects.filter(voided_at__isnull=False).count() == 2


def test_a_paid_bill_that_was_taken_back_pays_the_next_one_when_the_tenant_stays_on(stay, desk, rini, unit):
    desk.wait(days=23)
    bills.issue_due_bills(at=desk.at)
    desk.cash(stay)
    desk.step(stay, "give_notice", leave_on=day(stay, 30))
    desk.step(stay, "stay_on", by=rini)

    bills.issue_due_bills(at=desk.at + timedelta(hours=1))

    assert periods(stay) == [(0, 29, 1_000_000), (30, 59, 1_000_000)]
    assert (billing.outstanding(stay), billing.balance_of(rini, unit)) == (0, 0)


def test_the_key_does_not_come_back_before_the_tenant_came(stay, desk):
    with pytest.raises(Refused, match="antara tanggal masuk dan hari ini"):
        desk.step(stay, "move_out", on=day(stay, -1))


@pytest.mark.req("KOS-11")
def test_no_settlement_while_a_proof_is_under_review(stay, bank, desk, rini):
    desk.wait(days=25)
    bills.issue_due_bills(at=desk.at)
    bill = billing.invoices_of(stay).get(period_start=day(stay, 30))
    transfer = payments.open_transfer(payer=rini, invoices=[bill], by=rini, at=desk.at)
    desk.step(transfer, "submit", by=rini, sender="BCA 1 a.n. Rini")
    desk.wait(days=10).step(stay, "move_out", on=day(stay, 35))

    with pytest.raises(Refused, match="Masih ada bukti bayar yang menunggu diperiksa"):
        desk.step(stay, "settle")

    stay.refresh_from_db()
    assert stay.status == "inspection"
    assert not Refund.objects.exists()
