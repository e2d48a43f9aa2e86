"""A room is free when it has been looked at, not when its tenant said that he would go (rules/boarding 1)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tatausaha.business.boarding.models import Booking, RoomClaim, Stay
from tatausaha.business.boarding.queries import free_rooms
from tatausaha.business.boarding.queries.keeping import kept_rooms
from tatausaha.business.boarding.queries.pages import room_page
from tatausaha.business.boarding.queries.rooms import RoomState, room_states
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments.queries import refunds_of
from tatausaha.core.procedures.services import sweep

from .desk import PAPER

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-13")]


@pytest.fixture
def stay(booked, desk, rini):
    stay = desk.move_in(booked)
    return desk.step(stay, "give_notice", by=rini, leave_on=desk.at.date() + timedelta(days=20))


@pytest.fixture
def wish(rooms, budi):
    return {
        "room": rooms[0], "prospect": budi, "services": [], "occupant": "pria", "plan": "down_payment", "by": budi,
    }  # fmt: skip


def state(house, room, at):
    return room_states([house.pk], at, at.date())[room.pk]


@pytest.mark.parametrize("days", [20, 25])
def test_whoever_overstays_still_lives_there_and_nobody_else_books_the_room(
    stay, desk, house, rooms, wish, days
):
    desk.wait(days=days)
    today = desk.at.date()

    assert state(house, rooms[0], desk.at) == RoomState.OCCUPIED
    assert rooms[0] not in free_rooms(house, desk.at, today)
    assert rooms[0] not in free_rooms(house, desk.at, today + timedelta(days=9))
    assert kept_rooms(house, desk.at, today)[0].state == RoomState.OCCUPIED
    shown = room_page(rooms[0], at=desk.at, on=today)
    assert (shown.is_free, shown.free_from) == (False, None)
    with pytest.raises(Refused, match="baru saja dipesan"):
        book(**wish, move_in_on=today, at=desk.at)
    assert Booking.objects.count() == 1


def test_until_the_day_of_leaving_the_room_can_be_had_from_that_day(stay, desk, house, rooms, wish):
    desk.wait(days=19)
    leave = stay.leave_on

    assert room_page(rooms[0], at=desk.at, on=desk.at.date()).free_from == leave
    assert rooms[0] in free_rooms(house, desk.at, leave)
    assert book(**wish, move_in_on=leave, at=desk.at).status == "held"


def test_a_room_under_inspection_is_free_only_once_the_sum_is_made(stay, desk, house, rooms, wish):
    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())
    desk.wait(days=1)
    today = desk.at.date()

    assert state(house, rooms[0], desk.at) == RoomState.INSPECTION
    assert RoomClaim.objects.get(pk=stay.claim_id).until_on is None
    with pytest.raises(Refused, match="baru saja dipesan"):
        book(**wish, move_in_on=today, at=desk.at)

    desk.step(stay, "settle")

    assert state(house, rooms[0], desk.at) == RoomState.FREE
    assert book(**wish, move_in_on=today, at=desk.at).status == "held"


def test_nobody_moves_in_while_the_room_is_lived_in_or_inspected(stay, desk, house, rooms, wish):
    leave = stay.leave_on
    next_one = book(**wish, move_in_on=leave, at=desk.at)
    desk.cash(next_one)
    desk.step(next_one, "register", **PAPER | {"paper_number": "3506040602660001"})
    desk.cash(next_one)
    desk.wait(days=21)

    with pytest.raises(Refused, match="Kamar 101 masih dihuni"):
        desk.step(next_one, "check_in", on=desk.at.date())
    desk.step(stay, "move_out", on=desk.at.date())
    with pytest.raises(Refused, match="Kamar 101 masih diperiksa"):
        desk.step(next_one, "check_in", on=desk.at.date())
    assert RoomClaim.objects.get(pk=stay.claim_id).until_on == leave
    assert Stay.objects.count() == 1
    desk.step(stay, "settle")
    desk.step(next_one, "check_in", on=desk.at.date())

    assert state(house, rooms[0], desk.at) == RoomState.OCCUPIED


def test_whoever_could_not_move_in_because_the_room_was_lived_in_gets_everything_back(
    stay, desk, wish, unit, budi
):
    next_one = book(**wish, move_in_on=stay.leave_on, at=desk.at)
    desk.cash(next_one)
    desk.wait(days=24)
    sweep(at=desk.at)

    next_one.refresh_from_db()
    assert next_one.status == "forfeited"
    assert [refund.amount for refund in refunds_of(next_one)] == [100_000]
    assert desk.balance(chart.CANCELLATION_INCOME, unit) == 0
    said = Notice.objects.filter(person=budi).order_by("pk").last()
    assert "belum dapat diserahkan" in said.text


def test_the_database_holds_one_stay_a_room_through_the_inspection(stay, desk, rini):
    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())
    second = Stay.objects.get(pk=stay.pk)
    second.pk, second.number, second.status, second.booking, second.claim = (
        None,
        "HUN-26-99999",
        "living",
        None,
        None,
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)
