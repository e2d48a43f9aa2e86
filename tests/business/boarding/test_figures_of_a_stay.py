"""The figures of a stay's SOP, each by its own consequence: reminders, reports, refunds (rules/boarding 6, 9, 13)."""

from datetime import date, timedelta

import pytest

from tatausaha.business.boarding import announcements
from tatausaha.business.boarding.models import ResidentMove
from tatausaha.business.boarding.services import bills
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel import clock
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments.models import Refund
from tatausaha.core.procedures import policies

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


@pytest.mark.req("KOS-11")
def test_an_open_bill_is_recalled_on_five_days_and_on_no_other(stay, desk, rini):
    due = stay.anchor_on + timedelta(days=30)
    midnight = clock.start_of(due, stay.unit.zone)
    bills.issue_due_bills(at=midnight - timedelta(days=7))

    told = [day for day in range(-7, 15) if announcements.remind(at=midnight + timedelta(days=day, hours=9))]

    assert told == [-3, 0, 1, 3, 7]
    said = Notice.objects.filter(person=rini, title="Pengingat tagihan").order_by("at")
    assert [notice.text for notice in said] == [
        "Tagihan Rp1.075.000 jatuh tempo 3 hari lagi, Kamis, 9 April 2026.",
        "Tagihan Rp1.075.000 jatuh tempo hari ini.",
        "Tagihan Rp1.075.000 lewat jatuh tempo sejak kemarin.",
        "Tagihan Rp1.075.000 sudah 3 hari lewat jatuh tempo.",
        "Tagihan Rp1.075.000 sudah 7 hari lewat jatuh tempo.",
    ]


@pytest.mark.req("KOS-11")
def test_a_reminder_goes_once_a_day_and_none_for_a_bill_that_is_paid(stay, desk):
    due = stay.anchor_on + timedelta(days=30)
    midnight = clock.start_of(due, stay.unit.zone)
    desk.at = midnight - timedelta(days=7)
    bills.issue_due_bills(at=desk.at)

    assert announcements.remind(at=midnight - timedelta(days=3, seconds=1)) == 0
    assert announcements.remind(at=midnight - timedelta(days=3)) == 1
    assert announcements.remind(at=midnight - timedelta(days=3) + timedelta(hours=8)) == 0
    desk.cash(stay)
    assert billing.outstanding(stay) == 0
    assert announcements.remind(at=midnight) == 0


@pytest.mark.req("KOS-07")
def test_a_move_is_to_be_reported_within_24_hours(stay, desk, sari):
    came = ResidentMove.objects.get(kind="in")
    assert came.due_at == desk.at + timedelta(hours=24)
    assert announcements.remind_of_reports(at=came.due_at - timedelta(seconds=1)) == 0
    assert announcements.remind_of_reports(at=came.due_at) == 1

    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())

    assert ResidentMove.objects.get(kind="out").due_at == desk.at + timedelta(hours=24)


@pytest.mark.req("KOS-07")
def test_a_new_tenant_is_reported_by_the_hours_of_the_booking_and_one_who_left_by_those_of_the_stay(
    sops, rooms, rini, hadi, desk, unit
):
    policies.set_unit_values("boarding.booking", unit, {"report_hours": 30}, by=hadi, at=desk.at, reason="RT")
    booking = book(
        room=rooms[0], prospect=rini, services=[], move_in_on=desk.at.date(), occupant="wanita",
        plan="down_payment", by=rini, at=desk.at,
    )  # fmt: skip
    stay = desk.move_in(booking)
    assert ResidentMove.objects.get(kind="in").due_at == desk.at + timedelta(hours=30)

    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())

    assert ResidentMove.objects.get(kind="out").due_at == desk.at + timedelta(hours=24)


@pytest.mark.req("KOS-12")
def test_the_deposit_goes_back_within_seven_working_days(stay, desk):
    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())  # a Monday, 30 March 2026
    desk.step(stay, "settle")

    # Good Friday, 3 April 2026, is no working day
    assert Refund.objects.get().due_on == date(2026, 4, 9)
