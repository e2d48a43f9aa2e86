"""Since when rooms stand empty, and what that costs: the rent by the days of a period (KOS-13; boarding 16.9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from tatausaha.business.boarding.models import House, Room, RoomMove, RoomPrice, Stay
from tatausaha.business.boarding.queries import cycles
from tatausaha.business.boarding.queries.rooms import rooms_free
from tatausaha.core.kernel import clock, money
from tatausaha.core.people.models import Unit

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class _Left(TypedDict):
    """What is added to an empty room: its rent of today, when a tenant left from it, and when one moved out of it."""

    rent: int | None
    left: date | None
    moved: date | None


@dataclass(frozen=True)
class Vacancy:
    """A room that can be let today and is not: since when, its rent of today, and what that has cost, in rupiah.

    A room without a published price costs nothing that could be said.
    """

    room_id: int
    unit_id: int
    since: date
    days: int
    rent: int
    lost: int


def vacancies(units: Iterable[Unit], at: datetime) -> list[Vacancy]:
    """The empty rooms of some houses, in one query whatever their number."""
    houses = {unit.pk: unit for unit in units}
    rows = _empty(list(houses.values()), at).values_list(
        "pk", "house__unit", "left", "moved", "house__created_at", "rent", "house__cycle"
    )
    found = []
    for room, unit, left, moved, created, rent, cycle in rows:
        zone = houses[unit].zone
        since = _later(left, moved) or clock.day(created, zone)
        today = clock.day(at, zone)
        days = max(0, (today - since).days)
        part = cycles.portion(since, since, today - cycles.A_DAY, cycle)
        lost = money.share(rent or 0, part.numerator, part.denominator)
        found.append(Vacancy(room, unit, since, days, rent or 0, lost))
    return found


def _empty(units: Sequence[Unit], at: datetime) -> "QuerySet[WithAnnotations[Room, _Left]]":
    empty = Q(pk__in=[])
    for zone in sorted({unit.zone for unit in units}):
        here = [unit for unit in units if unit.zone == zone]
        empty |= Q(house__unit__in=here, pk__in=rooms_free(at, clock.day(at, zone)).values("pk"))
    latest = max((clock.day(at, unit.zone) for unit in units), default=date.min)
    prices = RoomPrice.objects.filter(room_type=OuterRef("room_type"), valid_from__lte=latest).order_by(
        "-valid_from"
    )
    return Room.objects.filter(empty).annotate(
        rent=Subquery(prices.values("amount")[:1]),
        left=_left(), moved=_moved(),
    )  # fmt: skip


def _left() -> Subquery:
    gone = Stay.objects.filter(room=OuterRef("pk"), moved_out_on__isnull=False).order_by().values("room")
    return Subquery(gone.annotate(day=Max("moved_out_on")).values("day")[:1])


def _moved() -> Subquery:
    moved = RoomMove.objects.filter(from_room=OuterRef("pk")).order_by().values("from_room")
    return Subquery(moved.annotate(day=Max("moved_on")).values("day")[:1])


def empty_since(house: House) -> dict[int, date]:
    """The day on which the last tenant of a room left, by room id; rooms that never had one are missing."""
    rooms = Room.objects.filter(house=house).annotate(left=_left(), moved=_moved())
    last = {pk: _later(left, moved) for pk, left, moved in rooms.values_list("pk", "left", "moved")}
    return {pk: day for pk, day in last.items() if day}


def _later(left: date | None, moved: date | None) -> date | None:
    return max(filter(None, (left, moved)), default=None)
