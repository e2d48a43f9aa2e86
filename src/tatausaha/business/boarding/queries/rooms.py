"""Which rooms are free, and in which state each room is: worked out from claims (KOS-01, KOS-13)."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tatausaha.business.boarding.models import House, Room, RoomClaim
from tatausaha.core.kernel import clock, words


class RoomState(StrEnum):
    """The states of a room (rules/boarding 1); the claim kinds carry the same words."""

    FREE = "kosong"
    HELD = "ditahan"
    BOOKED = "dipesan"
    OCCUPIED = "terisi"
    INSPECTION = "periksa"
    REPAIR = "perbaikan"
    RETIRED = "nonaktif"


def standing(at: datetime) -> Q:
    """Claims that still stand: live, and not past their deadline at `at` (KOS-03)."""
    return Q(live=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=at))


def claims_against(at: datetime, from_on: date, until_on: date | None = None) -> QuerySet[RoomClaim]:
    """Standing claims that overlap the days from `from_on` up to, not including, `until_on`.

    Without `until_on` the span is open-ended, as a stay is: a room that somebody else has
    from next month on is not free today either.

    Whoever lives in a room, or whose room is being looked at, has it until the sum is made,
    whatever day he named: from that day on the claim counts as open-ended. (Days are those of
    the westernmost zone: in the others the room can be had up to two hours longer, from that day.)
    """
    today = min(clock.day(at, zone) for zone in words.ZONES)
    stays_on = Q(until_on__lte=today, kind__in=(RoomClaim.Kind.OCCUPIED, RoomClaim.Kind.INSPECTION))
    lasts = Q(until_on__isnull=True) | Q(until_on__gt=from_on) | stays_on
    claims = RoomClaim.objects.filter(standing(at), lasts)
    return claims if until_on is None else claims.filter(from_on__lt=until_on)


def rooms_free(at: datetime, on: date) -> QuerySet[Room]:
    """Every room that a stay may begin in on the day `on`, as things stand at `at`."""
    taken = claims_against(at, on).filter(room=OuterRef("pk"))
    return Room.objects.filter(~Exists(taken), out_of_service="")


def free_rooms(house: House, at: datetime, on: date) -> QuerySet[Room]:
    """Rooms of a house that a stay may begin in on `on`: in service and claimed by nobody."""
    return rooms_free(at, on).filter(house=house)


def free_counts(at: datetime, on: date, houses: Iterable[int] | None = None) -> dict[int, int]:
    """How many rooms are free by room type id, in one query; types without a free room are left out."""
    rooms = rooms_free(at, on)
    if houses is not None:
        rooms = rooms.filter(house__in=houses)
    return dict(rooms.values_list("room_type").annotate(free=Count("pk")).values_list("room_type", "free"))


def room_states(houses: Iterable[int], at: datetime, on: date) -> dict[int, RoomState]:
    """The state of every room of some houses (ids) on a day, by room id (KOS-13), in two queries."""
    ids = list(houses)
    claims = claims_against(at, on).filter(room__house__in=ids).order_by("-from_on")
    kinds: dict[int, RoomState] = {}
    for room_id, kind, from_on in claims.values_list("room", "kind", "from_on"):
        if from_on <= on or kind in {RoomClaim.Kind.HOLD, RoomClaim.Kind.BOOKED}:
            kinds[room_id] = RoomState(kind)
    states = {}
    for pk, out in Room.objects.filter(house__in=ids).values_list("pk", "out_of_service"):
        states[pk] = kinds.get(pk) or (RoomState(out) if out else RoomState.FREE)
    return states
