"""One room, one claim: by the service, by the database, and by fifty people at once."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from tatausaha.business.boarding import queries
from tatausaha.business.boarding.models import Room, RoomClaim
from tatausaha.business.boarding.services import claims
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Unit
from tests.business.boarding.makers import make_house, make_rooms, make_type
from tests.races.threads import errors, results, together

TODAY = date(2026, 3, 10)


def rows() -> list[tuple[object, ...]]:
    return list(RoomClaim.objects.order_by("pk").values_list("room__number", "holder", "live", "released_at"))


@pytest.mark.req("KOS-02")
def test_a_claimed_room_cannot_be_claimed_again(rooms: list[Room], at: datetime) -> None:
    claims.claim(rooms[0], TODAY, None, "KOS/1", at + timedelta(days=7), at=at)

    with pytest.raises(Refused) as no:
        claims.claim(rooms[0], date(2026, 3, 20), None, "KOS/2", None, at=at)

    assert str(no.value) == ("Kamar 101 baru saja dipesan orang lain. Pilih kamar lain yang masih kosong.")
    assert rows() == [("101", "KOS/1", True, None)]


@pytest.mark.req("KOS-02")
def test_the_next_may_begin_on_the_day_the_last_one_ends(rooms: list[Room], at: datetime) -> None:
    claims.claim(rooms[0], TODAY, date(2026, 3, 20), "KOS/1", None, at=at)

    claims.claim(rooms[0], date(2026, 3, 20), None, "KOS/2", None, at=at)

    assert rows() == [("101", "KOS/1", True, None), ("101", "KOS/2", True, None)]


@pytest.mark.req("KOS-03")
def test_a_hold_is_gone_at_its_deadline_and_not_a_second_earlier(rooms: list[Room], at: datetime) -> None:
    deadline = at + timedelta(hours=168)
    claims.claim(rooms[0], TODAY, None, "KOS/1", deadline, at=at)
    second_before = deadline - timedelta(seconds=1)

    with pytest.raises(Refused):
        claims.claim(rooms[0], TODAY, None, "KOS/2", None, at=second_before)
    claims.claim(rooms[0], TODAY, None, "KOS/2", None, at=deadline)

    assert rows() == [("101", "KOS/1", False, deadline), ("101", "KOS/2", True, None)]


@pytest.mark.req("KOS-02")
def test_a_room_in_repair_is_refused_with_its_reason(rooms: list[Room], at: datetime) -> None:
    Room.objects.filter(pk=rooms[0].pk).update(out_of_service="perbaikan", out_reason="atap bocor")

    with pytest.raises(Refused, match="Kamar 101 sedang tidak disewakan: atap bocor"):
        claims.claim(rooms[0], TODAY, None, "KOS/1", None, at=at)

    assert rows() == []


def test_releasing_twice_keeps_the_first_moment(rooms: list[Room], at: datetime) -> None:
    held = claims.claim(rooms[0], TODAY, None, "KOS/1", None, at=at)

    claims.release(held, at=at + timedelta(hours=1))
    claims.release(held, at=at + timedelta(hours=2))

    assert rows() == [("101", "KOS/1", False, at + timedelta(hours=1))]


@pytest.mark.req("KOS-02")
def test_a_hold_becomes_a_stay_under_the_same_claim(rooms: list[Room], at: datetime) -> None:
    held = claims.claim(rooms[0], TODAY, None, "KOS/1", at + timedelta(days=7), at=at)

    claims.change(held, at=at, kind=RoomClaim.Kind.OCCUPIED, from_on=TODAY, until_on=None, expires_at=None)

    states = queries.room_states([rooms[0].house_id], at + timedelta(days=30), date(2026, 4, 9))
    assert states[rooms[0].pk] == queries.RoomState.OCCUPIED


@pytest.mark.req("KOS-03")
def test_a_hold_that_ran_out_cannot_become_a_booking(rooms: list[Room], at: datetime) -> None:
    deadline = at + timedelta(days=7)
    held = claims.claim(rooms[0], TODAY, None, "KOS/1", deadline, at=at)

    with pytest.raises(Refused, match="Kamar 101 sudah tidak ditahan lagi"):
        claims.change(
            held, at=deadline, kind=RoomClaim.Kind.BOOKED, from_on=TODAY, until_on=None, expires_at=None
        )


@pytest.mark.req("KOS-02")
def test_a_stay_cannot_grow_into_the_next_persons_days(rooms: list[Room], at: datetime) -> None:
    stay = claims.claim(rooms[0], TODAY, date(2026, 3, 20), "KOS/1", None, at=at)
    claims.claim(rooms[0], date(2026, 3, 20), None, "KOS/2", None, at=at)

    with pytest.raises(Refused):
        claims.change(
            stay, at=at, kind=RoomClaim.Kind.OCCUPIED, from_on=TODAY, until_on=None, expires_at=None
        )

    assert RoomClaim.objects.get(pk=stay.pk).until_on == date(2026, 3, 20)


@pytest.mark.req("KOS-02")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((TODAY, None), (date(2027, 1, 1), None)),
        ((TODAY, date(2026, 4, 1)), (date(2026, 3, 31), date(2026, 4, 2))),
        ((date(2026, 3, 31), date(2026, 4, 2)), (TODAY, None)),
    ],
)
def test_the_database_itself_refuses_overlapping_claims(
    rooms: list[Room], at: datetime, first: tuple[date, date | None], second: tuple[date, date | None]
) -> None:
    def write(days: tuple[date, date | None], *, live: bool = True) -> RoomClaim:
        return RoomClaim.objects.create(
            unit=rooms[0].house.unit,
            room=rooms[0],
            kind="ditahan",
            from_on=days[0],
            until_on=days[1],
            holder="KOS/1",
            claimed_at=at,
            live=live,
            released_at=None if live else at,
        )

    write(first)
    given_up = write(second, live=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        write(second)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoomClaim.objects.filter(pk=given_up.pk).update(live=True, released_at=None)


@pytest.mark.race
@pytest.mark.req("KOS-02")
@pytest.mark.django_db(transaction=True)
def test_of_fifty_people_who_claim_one_room_one_wins(unit: Unit, at: datetime) -> None:
    room = make_rooms(make_type(make_house(unit, at)), "101")[0]

    outcomes = together(
        [partial(claims.claim, room, TODAY, None, f"KOS/{n}", None, at=at) for n in range(50)]
    )

    (winner,) = results(outcomes)
    assert [type(error) for error in errors(outcomes)] == [Refused] * 49
    assert {str(error) for error in errors(outcomes)} == {
        "Kamar 101 baru saja dipesan orang lain. Pilih kamar lain yang masih kosong."
    }
    assert rows() == [("101", winner.holder, True, None)]
