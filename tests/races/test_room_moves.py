"""Races for rooms between tenants who move and prospects who book (rules/boarding 1, 11)."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError

from tatausaha.business.boarding.models import Room, RoomClaim, RoomMove, Stay
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.chart import install_chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies
from tests.business.boarding.desk import PAPER, Desk
from tests.business.boarding.makers import make_house, make_rooms, make_type
from tests.races.threads import errors, results, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.req("KOS-13")]


@pytest.fixture
def rooms(unit: Unit, at: datetime) -> list[Room]:
    install_chart()
    policies.install(at=at, on=date(2025, 1, 1))
    return make_rooms(make_type(make_house(unit, at)), *(str(100 + n) for n in range(8)))


@pytest.fixture
def desk(sari: Person, at: datetime) -> Desk:
    return Desk(sari, at)


def lives_in(room: Room, desk: Desk, n: int) -> Stay:
    person = Person.objects.create(name=f"Penghuni {n}", created_at=desk.at)
    booking = booked(room, person, desk.at)
    desk.cash(booking)
    desk.step(booking, "register", **PAPER | {"paper_number": f"350604060266{n:04d}"})
    desk.cash(booking)
    desk.step(booking, "check_in", on=desk.at.date(), key=room.number)
    return Stay.objects.get(booking=booking)


def booked(room: Room, person: Person, at: datetime) -> Any:
    return book(
        room=room, prospect=person, services=[], move_in_on=at.date(), occupant="wanita", plan="down_payment",
        by=person, at=at,
    )  # fmt: skip


def test_a_move_against_a_booking_of_the_same_room_has_one_winner(rooms: list[Room], desk: Desk) -> None:
    stay = lives_in(rooms[0], desk, 1)
    person = Person.objects.create(name="Calon", created_at=desk.at)

    outcomes = together(
        [
            lambda: desk.step(stay, "move_room", room=rooms[1], on=desk.at.date()),
            lambda: booked(rooms[1], person, desk.at),
        ]
    )

    assert len(results(outcomes)) == 1
    assert [type(error) for error in errors(outcomes)] == [Refused]
    assert RoomClaim.objects.filter(room=rooms[1], live=True).count() == 1
    stay.refresh_from_db()
    moved = RoomMove.objects.exists()
    assert stay.room == (rooms[1] if moved else rooms[0])
    assert verify() == []


def test_six_tenants_move_to_one_room_and_one_wins(rooms: list[Room], desk: Desk) -> None:
    stays = [lives_in(room, desk, n) for n, room in enumerate(rooms[:6], 1)]

    outcomes = together(
        [lambda stay=stay: desk.step(stay, "move_room", room=rooms[7], on=desk.at.date()) for stay in stays]
    )

    assert len(results(outcomes)) == 1
    assert {type(error) for error in errors(outcomes)} == {Refused}
    assert Stay.objects.filter(room=rooms[7]).count() == 1
    assert RoomMove.objects.count() == 1
    assert RoomClaim.objects.filter(live=True).count() == 7  # six lived in, one inspected


def test_two_managers_swap_the_same_two_from_both_sides_and_it_happens_once(
    rooms: list[Room], desk: Desk
) -> None:
    first, second = lives_in(rooms[0], desk, 1), lives_in(rooms[1], desk, 2)

    outcomes = together(
        [
            lambda: desk.step(first, "swap_rooms", other=second, on=desk.at.date()),
            lambda: desk.step(second, "swap_rooms", other=first, on=desk.at.date()),
        ]
    )

    assert len(results(outcomes)) == 1
    assert [type(error) for error in errors(outcomes)] == [Refused]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.room, second.room) == (rooms[1], rooms[0])
    assert not Stay.objects.filter(between_rooms__isnull=False).exists()


def test_no_stay_is_left_between_two_rooms(rooms: list[Room], desk: Desk) -> None:
    stay = lives_in(rooms[0], desk, 1)

    with pytest.raises(IntegrityError):
        Stay.objects.filter(pk=stay.pk).update(between_rooms=-stay.pk)

    stay.refresh_from_db()
    assert stay.between_rooms_id is None


def test_tenants_of_two_rooms_who_move_into_each_others_without_a_swap_are_both_refused(
    rooms: list[Room], desk: Desk
) -> None:
    first, second = lives_in(rooms[0], desk, 1), lives_in(rooms[1], desk, 2)

    outcomes = together(
        [
            lambda: desk.step(first, "move_room", room=rooms[1], on=desk.at.date()),
            lambda: desk.step(second, "move_room", room=rooms[0], on=desk.at.date()),
        ]
    )

    assert not results(outcomes)
    assert {type(error) for error in errors(outcomes)} == {Refused}
    assert RoomMove.objects.count() == 0
