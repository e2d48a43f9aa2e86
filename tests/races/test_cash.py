"""Two hands at one drawer: one handover is open at a time, and it is either received or rejected (boarding 16.3)."""

import threading
import time
from datetime import UTC, datetime

import pytest
from django.db import connections

from tatausaha.core.billing.services import settling
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal, PartyTotal
from tatausaha.core.payments import services, verification
from tatausaha.core.payments.models import Handover
from tatausaha.core.payments.procedure.handover import HANDOVER
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring
from tests.core.billing.hire import hires
from tests.races.threads import errors, results, together

__all__ = ["hires"]

pytestmark = [
    pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.req("KOS-20"), pytest.mark.req("SYS-07")
]  # fmt: skip

AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
COUNT = services.Count(counted=500_000, amount=500_000, occurred_on=AT.date())


@pytest.fixture
def cash(hires, unit, rini, sari):
    bill = hiring.deposit(hiring.new_hire(unit, rini, AT), by=sari, at=AT)
    services.receive_cash(unit=unit, payer=rini, amount=500_000, invoices=[bill], by=sari, at=AT)


@pytest.mark.usefixtures("cash")
def test_ten_handovers_of_one_drawer_at_once_make_one(unit, sari):
    def hand():
        holder = Person.objects.get(pk=sari.pk)
        return services.hand_over(unit=unit, holder=holder, count=COUNT, by=holder, at=AT)

    outcomes = together([hand] * 10)

    assert len(results(outcomes)) == 1
    assert {type(error) for error in errors(outcomes)} == {Refused}
    assert Handover.objects.count() == 1


@pytest.mark.usefixtures("cash")
def test_one_form_sent_ten_times_at_once_is_one_handover(unit, sari):
    def hand():
        holder = Person.objects.get(pk=sari.pk)
        return services.hand_over(unit=unit, holder=holder, count=COUNT, by=holder, at=AT, key="A" * 26)

    outcomes = together([hand] * 10)

    assert errors(outcomes) == []
    assert len({case.pk for case in results(outcomes)}) == 1


@pytest.mark.usefixtures("cash")
def test_received_and_rejected_at_once_it_is_one_of_both(unit, sari, hadi):
    case = services.hand_over(unit=unit, holder=sari, count=COUNT, by=sari, at=AT)

    def take(step):
        owner = Person.objects.get(pk=hadi.pk)
        return lambda: perform(
            Handover.objects.get(pk=case.pk), HANDOVER.step(step), by=owner, at=AT, data={"note": "Belum ada"}
        )

    outcomes = together([take("receive"), take("reject")] * 5)

    assert len(results(outcomes)) == 1
    assert {type(error) for error in errors(outcomes)} == {Refused}
    case.refresh_from_db()
    booked = case.status == "booked"
    assert Journal.objects.filter(kind="cash_deposit").count() == int(booked)
    held = PartyTotal.objects.get(unit=unit, account=int(chart.CASH_DRAWER), party=sari)
    assert held.net == (0 if booked else 500_000)
    assert verification.findings() == []


@pytest.mark.usefixtures("cash")
def test_while_the_owner_receives_the_holder_who_hands_over_again_waits_for_nobody_in_a_circle(
    unit, sari, hadi, monkeypatch
):
    """The owner holds the case and queues for the books; the holder has the books and writes another case."""
    case = services.hand_over(unit=unit, holder=sari, count=COUNT, by=sari, at=AT)
    open_books, received, queued = settling.open_books, threading.Event(), threading.Event()

    def slowly(where):
        if threading.current_thread() is owner:
            received.set()
            queued.wait(3)  # SQLite has one writer: there the holder comes when the owner is done
            open_books(where)
        else:
            open_books(where)
            queued.set()
            time.sleep(0.5)  # until the owner stands in the queue

    outcome = []

    def receive():
        try:
            by = Person.objects.get(pk=hadi.pk)
            outcome.append(perform(Handover.objects.get(pk=case.pk), HANDOVER.step("receive"), by=by, at=AT))
        finally:
            connections.close_all()

    owner = threading.Thread(target=receive, daemon=True)
    monkeypatch.setattr(settling, "open_books", slowly)
    owner.start()
    assert received.wait(20)

    with pytest.raises(Refused, match=r"masih menunggu|dari catatan \(Rp0\)"):
        services.hand_over(unit=unit, holder=sari, count=COUNT, by=sari, at=AT)

    owner.join(30)
    assert [one.status for one in outcome] == ["booked"]
    assert Handover.objects.count() == 1
    assert verification.findings() == []
