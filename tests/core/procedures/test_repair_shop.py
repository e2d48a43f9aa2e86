"""Branches, one sub-case per device, a pause that stops the clock, and money that moves a case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures import checks, queries, registry, services
from tests.toys import repair_shop
from tests.toys.models import Order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]


@pytest.fixture
def handed_in(unit, rini, technician, at):
    return repair_shop.hand_in(unit=unit, customer=rini, serials=["SN-1", "SN-2"], by=technician, at=at)


@pytest.mark.parametrize("procedure", [repair_shop.ORDER, repair_shop.INTAKE])
def test_the_tables_have_no_problems(procedure):
    assert checks.problems(procedure) == []


def test_two_procedures_never_share_the_number_of_an_sop():
    twin = replace(repair_shop.ORDER, code="test.twin", prefix="TWIN")

    with pytest.raises(AssertionError, match="SOP-SRV-01"):
        registry.register(twin)
    assert registry.by_code("test.twin") is None


def test_each_device_moves_alone_and_the_intake_ends_with_the_last(handed_in, take, technician, rini, at):
    intake, (first, second) = handed_in
    first = take(take(first, "quote", by=technician), "decline", by=rini)
    intake.refresh_from_db()
    assert intake.status == "open"

    for name, who in [("quote", technician), ("agree", rini), ("check", technician), ("ready", technician)]:
        second = take(second, name, by=who)
    assert services.advance(second, at=at, cause=Machine.MONEY).status == "ready"
    Order.objects.filter(pk=second.pk).update(paid=True)
    assert services.advance(second, at=at, cause=Machine.MONEY).status == "handed_over"

    intake.refresh_from_db()
    assert intake.status == "collected"
    assert queries.passages_of(intake).last().actor == Machine.CASE


def test_the_promise_waits_while_the_customer_is_asked(handed_in, take, technician, rini, at):
    _intake, (order, _) = handed_in
    order = take(take(order, "quote", by=technician), "agree", by=rini)
    assert order.deadline_at == at + timedelta(days=3)

    order = take(order, "ask", by=technician, at=at + timedelta(days=1))
    assert order.deadline_at is None
    order = take(order, "answer", by=rini, at=at + timedelta(days=11))

    assert order.deadline_at == at + timedelta(days=13)


def test_one_device_cannot_be_in_two_open_orders(handed_in, unit, rini, technician, at):
    with pytest.raises(Refused, match="Perangkat ini masih dalam perbaikan"):
        repair_shop.hand_in(unit=unit, customer=rini, serials=["SN-1"], by=technician, at=at)


def test_a_failing_case_is_pushed_ahead_and_the_others_move(
    handed_in, take, technician, rini, at, monkeypatch, caplog
):
    _intake, orders = handed_in
    for order in orders:
        take(take(order, "quote", by=technician), "agree", by=rini)
    broken, settle = orders[0].pk, services.settle

    def settle_or_break(subject, *, at):
        if subject.pk == broken:
            raise ZeroDivisionError
        return settle(subject, at=at)

    monkeypatch.setattr(services, "settle", settle_or_break)
    later = at + timedelta(days=4)
    assert services.sweep(at=later) == 1

    assert "could not move" in caplog.text
    assert Order.objects.get(pk=broken).retry_at == later + services.RETRY
    monkeypatch.undo()
    assert services.sweep(at=later) == 0
    assert services.sweep(at=later + services.RETRY) == 1
