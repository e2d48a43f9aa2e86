"""What is free, and in which state a room is."""

from datetime import date, datetime, timedelta

import pytest

from tatausaha.business.boarding import queries
from tatausaha.business.boarding.models import Room, RoomClaim
from tatausaha.business.boarding.queries import RoomState
from tatausaha.business.boarding.services import claims

TODAY = date(2026, 3, 10)


def numbers(rooms: list[Room], at: datetime, on: date = TODAY) -> list[str]:
    return sorted(queries.free_rooms(rooms[0].house, at, on).values_list("number", flat=True))


@pytest.mark.req("KOS-01")
def test_held_repaired_and_retired_rooms_are_not_free(rooms: list[Room], at: datetime) -> None:
    claims.claim(rooms[0], TODAY, None, "KOS/1", at + timedelta(days=7), at=at)
    Room.objects.filter(pk=rooms[1].pk).update(out_of_service="perbaikan", out_reason="atap bocor")

    assert numbers(rooms, at) == ["103"]
    assert queries.free_counts(at, TODAY) == {rooms[0].room_type_id: 1}


@pytest.mark.req("KOS-03")
def test_a_hold_past_its_deadline_is_free_though_nobody_tidied_up(rooms: list[Room], at: datetime) -> None:
    deadline = at + timedelta(days=7)
    claims.claim(rooms[0], TODAY, None, "KOS/1", deadline, at=at)

    assert numbers(rooms, deadline - timedelta(seconds=1)) == ["102", "103"]
    assert numbers(rooms, deadline) == ["101", "102", "103"]
    assert RoomClaim.objects.get().live


@pytest.mark.req("KOS-02")
def test_a_room_that_is_taken_from_next_month_on_is_not_free_today(rooms: list[Room], at: datetime) -> None:
    claims.claim(rooms[0], date(2026, 4, 10), None, "KOS/1", None, at=at)

    assert numbers(rooms, at) == ["102", "103"]


@pytest.mark.req("KOS-02")
def test_a_room_whose_tenant_leaves_is_free_from_that_day(rooms: list[Room], at: datetime) -> None:
    claims.claim(rooms[0], TODAY, date(2026, 3, 20), "KOS/1", None, at=at)

    assert numbers(rooms, at, date(2026, 3, 19)) == ["102", "103"]
    assert numbers(rooms, at, date(2026, 3, 20)) == ["101", "102", "103"]


@pytest.mark.req("KOS-13")
def test_the_state_of_a_room_follows_from_its_claims(rooms: list[Room], at: datetime) -> None:
    claims.claim(rooms[0], TODAY, None, "KOS/1", None, at=at, kind=RoomClaim.Kind.OCCUPIED)
    Room.objects.filter(pk=rooms[2].pk).update(out_of_service="nonaktif", out_reason="jadi gudang")

    assert queries.room_states([rooms[0].house_id], at, TODAY) == {
        rooms[0].pk: RoomState.OCCUPIED,
        rooms[1].pk: RoomState.FREE,
        rooms[2].pk: RoomState.RETIRED,
    }


@pytest.mark.req("KOS-13")
def test_a_tenant_of_today_counts_before_the_one_who_booked_the_room_next(
    rooms: list[Room], at: datetime
) -> None:
    claims.claim(rooms[0], TODAY, date(2026, 4, 10), "KOS/1", None, at=at, kind=RoomClaim.Kind.OCCUPIED)
    claims.claim(rooms[0], date(2026, 4, 10), None, "KOS/2", None, at=at, kind=RoomClaim.Kind.BOOKED)

    assert queries.room_states([rooms[0].house_id], at, TODAY)[rooms[0].pk] == RoomState.OCCUPIED
