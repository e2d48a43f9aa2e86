"""The nightly run bills several stays in one transaction, and one that fails takes none with it (KOS-08)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.services import bills
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def stays(booked, rooms, desk, budi, at):
    """Rini in room 101 and Budi in room 102, since the same day."""
    beside = book(
        room=rooms[1], prospect=budi, services=[], move_in_on=date(2026, 3, 12), occupant="wanita",
        plan="down_payment", by=budi, at=at,
    )  # fmt: skip
    return [desk.move_in(booked), desk.move_in(beside)]


def billed(stay):
    return [bill.number for bill in billing.invoices_of(stay).filter(purpose="rent")][1:]


def next_bills(desk):
    return bills.issue_due_bills(at=desk.at + timedelta(days=24))


@pytest.mark.req("KOS-08")
def test_a_stay_that_fails_is_logged_and_the_others_are_billed_without_a_gap(
    stays, desk, monkeypatch, caplog
):
    broken, whole = stays
    remember = bills.note_issued

    def fail(draft, invoice):
        remember(draft, invoice)
        assert draft.bill.subject.pk != broken.pk, "out of paper"

    with monkeypatch.context() as patched:
        patched.setattr(bills, "note_issued", fail)
        assert next_bills(desk) == 1

    assert f"no bill for {broken.number}" in caplog.text
    assert billed(broken) == []
    assert Stay.objects.get(pk=broken.pk).next_period == 1

    assert next_bills(desk) == 1
    (first,), (second,) = billed(whole), billed(broken)
    assert int(second.rsplit("/", 1)[-1]) == int(first.rsplit("/", 1)[-1]) + 1
    assert Notice.objects.filter(key__endswith="|issued").count() == 2


@pytest.mark.req("KOS-08")
def test_one_more_tenant_asks_the_database_little_more(stays, desk):
    alone, together = (CaptureQueriesContext(connection) for _one in range(2))
    with alone:
        assert bills.catch_up(stays[:1], at=desk.at + timedelta(days=24)) == 1
    bills.catch_up(stays[1:], at=desk.at + timedelta(days=24))
    with together:
        assert bills.catch_up(stays, at=desk.at + timedelta(days=54)) == 2

    assert len(together) - len(alone) <= 9


@pytest.mark.req("KOS-08")
def test_a_tenant_who_changed_rooms_since_the_run_looked_is_billed_where_he_is(
    stays, rooms, desk, monkeypatch
):
    moved = stays[0]
    due = bills.reads.stays_to_bill

    def read_before_the_move(on):
        rows = due(on)
        read = list(rows.select_related("unit", "room", "customer", "revision"))
        Stay.objects.filter(pk=moved.pk).update(room=rooms[2])
        rows.select_related = lambda *names: read
        return rows

    monkeypatch.setattr(bills.reads, "stays_to_bill", read_before_the_move)
    assert next_bills(desk) == 2
    assert [len(billed(stay)) for stay in stays] == [1, 1]
