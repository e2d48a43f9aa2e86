"""Twelve due dates on day one, as a file for the tenant's calendar, and again when they change (16.5)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.services import bills
from tatausaha.business.boarding.services.due_calendar import calendar_of, dates_to_come
from tatausaha.core.notices.models import Notice, Outgoing

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-08")]


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


def events(stay, desk):
    return Calendar.from_ical(calendar_of(Stay.objects.get(pk=stay.pk), at=desk.at)).walk("VEVENT")


def test_from_the_first_of_january_2025_the_file_has_the_dates_of_the_rule(stay, desk):
    Stay.objects.filter(pk=stay.pk).update(anchor_on=date(2025, 1, 1))

    found = [one.decoded("dtstart") for one in events(stay, desk)]

    assert found == [
        date(2025, 1, 31), date(2025, 3, 2), date(2025, 4, 1), date(2025, 5, 1), date(2025, 5, 31), date(2025, 6, 30),
        date(2025, 7, 30), date(2025, 8, 29), date(2025, 9, 28), date(2025, 10, 28), date(2025, 11, 27),
        date(2025, 12, 27),
    ]  # fmt: skip


def test_a_date_that_is_billed_and_not_paid_yet_is_still_in_the_file(stay, desk):
    second = stay.anchor_on + timedelta(days=30)
    desk.wait(days=25)
    bills.issue_due_bills(at=desk.at)
    assert Stay.objects.get(pk=stay.pk).next_period == 2

    found = [one.decoded("dtstart") for one in events(stay, desk)]

    assert found[:2] == [second, second + timedelta(days=30)]
    assert len(found) == 13
    desk.wait(days=10)
    assert events(stay, desk)[0].decoded("dtstart") == second + timedelta(days=30)


def test_each_date_is_a_whole_day_with_a_bell_three_days_before(stay, desk):
    first = events(stay, desk)[0]

    assert first.decoded("dtend") - first.decoded("dtstart") == timedelta(days=1)
    assert str(first["summary"]) == "Bayar sewa kamar 101, Kos Melati"
    assert first.walk("VALARM")[0].decoded("trigger") == timedelta(days=-3)
    assert stay.number.lower() in str(first["uid"])


def test_after_the_notice_later_dates_are_cancelled_and_after_its_end_they_are_back(stay, desk, rini):
    before = {str(one["uid"]): int(one["sequence"]) for one in events(stay, desk)}

    desk.step(stay, "give_notice", by=rini, leave_on=stay.anchor_on + timedelta(days=40))

    after = events(stay, desk)
    assert [str(one.get("status", "")) for one in after] == ["CONFIRMED", *["CANCELLED"] * 11, ""]
    assert {str(one["uid"]) for one in after} > set(before)
    assert all(int(one["sequence"]) == 1 for one in after)
    assert dates_to_come(Stay.objects.get(pk=stay.pk)) == [stay.anchor_on + timedelta(days=30)]
    desk.step(stay, "stay_on", by=rini)
    again = events(stay, desk)
    assert [str(one["status"]) for one in again] == ["CONFIRMED"] * 12
    assert all(int(one["sequence"]) == 2 for one in again)


def test_the_tenant_is_told_at_move_in_and_after_the_notice_with_a_link_to_the_file(stay, desk, rini):
    link = f"/hunian/{stay.number}/jatuh-tempo.ics"
    assert Notice.objects.filter(person=rini, link=link).count() == 1

    desk.wait(days=1).step(stay, "give_notice", by=rini, leave_on=stay.anchor_on + timedelta(days=40))

    assert Notice.objects.filter(person=rini, link=link).count() == 2
    if rini.email:
        assert any(link in str(row.payload) for row in Outgoing.objects.filter(person=rini))


def test_the_file_is_for_those_of_the_stay_alone(stay, desk, rini, budi, clock_at):
    clock_at(desk.at)
    address = f"/hunian/{stay.number}/jatuh-tempo.ics"
    tenant, stranger = Client(), Client()
    tenant.force_login(rini.login)
    stranger.force_login(budi.login)

    answer = tenant.get(address)

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert address in tenant.get(stay.get_absolute_url()).text
    assert stranger.get(address).status_code == 404
