"""Services by subscription and by use, as rules/boarding 12 has them (KOS-09)."""

from datetime import date, timedelta

import pytest

from tatausaha.business.boarding.models import ServicePrice, Stay
from tatausaha.business.boarding.services import bills
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.procedures.models import SopRevision
from tests.business.boarding.makers import make_service

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-09")]


@pytest.fixture
def stay(booked, desk):
    """Rini lives in 101 since 10 March with laundry at 75.000; due dates 9 April, 9 May."""
    return desk.move_in(booked)


def issue(desk, **span):
    desk.wait(**span)
    bills.issue_due_bills(at=desk.at)


def lines(stay, n):
    """Kind, words and amount of the bill of period `n`, without the rent."""
    start = stay.anchor_on + timedelta(days=30 * n)
    bill = billing.invoices_of(stay).get(purpose="rent", period_start=start)
    return [(line.description, line.amount) for line in billing.lines_of(bill) if line.kind == "service"]


def test_a_subscription_is_on_every_bill_per_thirty_days(stay, desk):
    issue(desk, days=55)
    assert [lines(stay, n) for n in (0, 1, 2)] == [[("Laundry", 75_000)]] * 3


def test_each_period_keeps_the_price_of_its_first_day_and_an_issued_bill_its_own(stay, desk, laundry):
    issue(desk, days=24)
    ServicePrice.objects.create(
        service=laundry, amount=90_000, valid_from=date(2026, 4, 5), published_at=desk.at
    )

    issue(desk, days=30)

    assert [lines(stay, n) for n in (1, 2)] == [[("Laundry", 75_000)], [("Laundry", 90_000)]]
    assert stay.subscriptions.get().amount == 90_000


def test_who_begins_inside_a_period_pays_the_rest_of_its_days_by_thirty_with_the_next_bill(stay, desk, house):
    """From 25 March: 15 days of 30 at 60.000 are 30.000; then 60.000."""
    wifi = make_service(house, "WiFi", 60_000)
    desk.wait(days=15)
    desk.step(stay, "subscribe", service=wifi, on=date(2026, 3, 25))

    issue(desk, days=10)

    assert lines(stay, 1) == [
        ("Laundry", 75_000), ("WiFi", 60_000), ("WiFi 25 Mar 2026 sampai 8 Apr 2026 (15 hari)", 30_000),
    ]  # fmt: skip


def test_a_service_is_not_taken_from_a_day_that_nobody_plans_yet(stay, desk, house):
    wifi = make_service(house, "WiFi", 60_000)

    with pytest.raises(Refused, match="Periksa tahunnya") as no:
        desk.step(stay, "subscribe", service=wifi, on=date(2028, 3, 10))

    assert no.value.field == "on"


def test_with_the_bill_already_out_nothing_is_reopened_and_the_next_one_carries_it(stay, desk, house):
    """Bill of 9 April is out on 2 April; from 4 April: 5 + 30 days of 60.000 are 70.000, on the bill of 9 May."""
    wifi = make_service(house, "WiFi", 60_000)
    issue(desk, days=25)
    before = lines(stay, 1)

    desk.step(stay, "subscribe", service=wifi, on=desk.at.date())
    issue(desk, days=30)

    assert lines(stay, 1) == before == [("Laundry", 75_000)]
    assert lines(stay, 2)[-1] == ("WiFi 4 Apr 2026 sampai 8 Mei 2026 (35 hari)", 70_000)


def test_by_the_policy_a_begun_period_is_paid_whole(stay, desk, house):
    SopRevision.objects.filter(pk=stay.revision_id).update(values={"whole_first_service": True})
    wifi = make_service(house, "WiFi", 60_000)
    desk.wait(days=15)
    desk.step(Stay.objects.get(pk=stay.pk), "subscribe", service=wifi, on=date(2026, 3, 25))

    assert stay.uses.get().amount == 60_000


def test_a_service_that_begins_inside_a_period_to_come_is_prorated_there(stay, desk, house):
    """From 24 April in the period of 9 April to 8 May: 15 days of 30."""
    wifi = make_service(house, "WiFi", 60_000)
    desk.step(stay, "subscribe", service=wifi, on=date(2026, 4, 24))

    issue(desk, days=55)

    assert lines(stay, 1)[-1] == ("WiFi 24 Apr 2026 sampai 8 Mei 2026 (15 hari)", 30_000)
    assert lines(stay, 2)[-1] == ("WiFi", 60_000)


def test_a_tenant_cannot_begin_in_the_past_and_a_manager_only_inside_the_running_period(
    stay, desk, house, rini
):
    wifi = make_service(house, "WiFi", 60_000)
    issue(desk, days=40)
    for by, on in ((rini, date(2026, 4, 18)), (None, date(2026, 4, 8))):
        with pytest.raises(Refused, match="paling awal mulai"):
            desk.step(stay, "subscribe", by=by, service=wifi, on=on)
    assert not stay.uses.exists()
    desk.step(stay, "subscribe", service=wifi, on=date(2026, 4, 9))
    assert stay.uses.get().amount == 60_000


def test_a_stopped_service_is_not_billed_any_more_and_what_is_billed_stays(stay, desk, laundry):
    issue(desk, days=25)
    desk.step(stay, "unsubscribe", service=laundry)

    issue(desk, days=30)

    assert [lines(stay, n) for n in (1, 2)] == [[("Laundry", 75_000)], []]


def test_a_use_before_the_issue_is_on_this_bill_and_a_late_one_on_the_next(stay, desk, house, make_measured):
    wash = make_measured(house, "Cuci kiloan", 7_000, "kg")
    desk.wait(days=20)
    desk.step(stay, "note_use", service=wash, on=date(2026, 3, 28), quantity="2.5")
    issue(desk, days=5)
    desk.step(stay, "note_use", service=wash, on=date(2026, 3, 29), quantity="4")

    issue(desk, days=30)

    assert lines(stay, 1)[-1] == ("Cuci kiloan 28-03-2026: 2.5 kg", 17_500)
    assert lines(stay, 2)[-1] == ("Cuci kiloan 29-03-2026: 4 kg", 28_000)


def test_what_was_not_billed_when_the_tenant_leaves_is_in_the_settlement(stay, desk, house):
    wifi = make_service(house, "WiFi", 60_000)
    desk.wait(days=15)
    desk.step(stay, "subscribe", service=wifi, on=date(2026, 3, 25))
    desk.wait(days=5)
    desk.step(stay, "move_out", on=desk.at.date())
    stay.refresh_from_db()
    desk.step(stay, "settle")

    assert billing.invoices_of(stay).get(purpose="uses").total == 30_000


@pytest.mark.req("KOS-09")
def test_a_standstill_of_forty_days_makes_the_bills_that_would_have_come_with_the_same_lines(
    booked, desk, house, make_measured
):
    """Uses before and after the day of the missed bill stand where they would have stood."""
    stay = desk.move_in(booked)
    wash = make_measured(house, "Cuci kiloan", 7_000, "kg")
    for days, quantity in ((10, "1"), (12, "2"), (10, "3"), (15, "5")):
        desk.wait(days=days)
        desk.step(stay, "note_use", service=wash, on=desk.at.date(), quantity=quantity)
    desk.wait(days=8)

    issued = bills.issue_due_bills(at=desk.at)
    again = bills.issue_due_bills(at=desk.at)

    assert (issued, again) == (2, 0)
    assert [text for text, _ in lines(stay, 1)] == [
        "Laundry", "Cuci kiloan 20-03-2026: 1 kg", "Cuci kiloan 01-04-2026: 2 kg",
    ]  # fmt: skip
    assert [text for text, _ in lines(stay, 2)] == [
        "Laundry", "Cuci kiloan 11-04-2026: 3 kg", "Cuci kiloan 26-04-2026: 5 kg",
    ]  # fmt: skip
    due = [bill.due_on for bill in billing.invoices_of(stay).filter(purpose="rent").order_by("due_on")]
    assert due == [date(2026, 3, 10), date(2026, 4, 9), date(2026, 5, 9)]
