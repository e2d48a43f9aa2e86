"""Reads about the waiting list: what somebody may wait for, which rooms fit, who stands where (KOS-01, KOS-02)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Booking, House, Room, RoomClaim, RoomOffer, RoomType, Wish
from tatausaha.business.boarding.queries.bookings import LIVE
from tatausaha.business.boarding.queries.houses import houses_for, public_houses
from tatausaha.business.boarding.queries.prices import rent_on
from tatausaha.business.boarding.queries.rooms import claims_against, rooms_free
from tatausaha.core.kernel import clock
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies, registry

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Want:
    """What may be waited for: a room, a type, or (neither) any room of the house."""

    house: House
    room_type: RoomType | None = None
    room: Room | None = None

    @property
    def key(self) -> str:
        """Its name in forms and in the API."""
        if self.room:
            return f"kamar-{self.room.pk}"
        return f"tipe-{self.room_type.pk}" if self.room_type else f"rumah-{self.house.pk}"

    @property
    def label(self) -> str:
        """Its name for people."""
        if self.room:
            return _("Kamar %(room)s saja") % {"room": self.room.number}
        return (
            _("Tipe %(type)s") % {"type": self.room_type}
            if self.room_type
            else _("Kamar mana pun di rumah ini")
        )


def wants_in(house: House) -> list[Want]:
    """Everything that may be waited for in a house: any room, a type, a room; two queries."""
    types = list(RoomType.objects.filter(house=house).order_by("name"))
    rooms = list(Room.objects.filter(house=house).exclude(out_of_service=Room.OutOfService.RETIRED))
    rooms.sort(key=lambda room: (len(room.number), room.number))
    return [
        Want(house), *(Want(house, room_type=one) for one in types), *(Want(house, room=one) for one in rooms),
    ]  # fmt: skip


def want_of(person: Person | None, key: str) -> Want | None:
    """What a key names, in a house that is shown to everybody or that the person keeps; else nothing."""
    kind, _dash, digits = key.partition("-")
    if not (digits.isdecimal() and len(digits) <= 18):
        return None
    pk = int(digits)
    kept = houses_for(person).order_by().values("pk")
    known = Q(pk__in=public_houses().values("pk")) | Q(pk__in=kept)
    if kind == "rumah":
        house = House.objects.filter(known, pk=pk).select_related("unit").first()
        return Want(house) if house else None
    houses = House.objects.filter(known).values("pk")
    if kind == "tipe":
        of_type = RoomType.objects.filter(pk=pk, house__in=houses).select_related("house__unit").first()
        return Want(of_type.house, room_type=of_type) if of_type else None
    rooms = Room.objects.exclude(out_of_service=Room.OutOfService.RETIRED).select_related("house__unit")
    room = rooms.filter(pk=pk, house__in=houses).first() if kind == "kamar" else None
    return Want(room.house, room=room) if room else None


def planned_within(unit: Unit, *, at: datetime) -> int:
    """How many days ahead somebody who books in this house may plan to move in."""
    procedure = registry.by_code("boarding.booking")
    assert procedure is not None
    days: int = policies.values_in_force(procedure, unit, at=at).planned_within_days
    return days


def rooms_for(wish: Wish, *, at: datetime, within: int) -> list[Room]:
    """The rooms that fit a wish and can be booked now, to be moved into within so many days and by its own day."""
    today = clock.day(at, wish.unit.zone)
    if wish.latest_on < today:
        return []
    types = RoomType.objects.filter(house__unit=wish.unit_id).annotate(rent=rent_on(today))
    types = types.filter(rent__isnull=False)
    if wish.budget:
        types = types.filter(rent__lte=wish.budget)
    if wish.room_type_id:
        types = types.filter(pk=wish.room_type_id)
    rooms = rooms_free(at, min(wish.latest_on, today + within * A_DAY)).filter(
        room_type__in=types.values("pk")
    )
    if wish.room_id:
        rooms = rooms.filter(pk=wish.room_id)
    return sorted(rooms, key=lambda room: (len(room.number), room.number))


def free_from(rooms: Sequence[Room], *, at: datetime, today: date) -> dict[int, date]:
    """The day from which each of these bookable rooms can be moved into, by room id; one query."""
    ends: dict[int, date] = defaultdict(lambda: today)
    claims = RoomClaim.objects.filter(pk__in=claims_against(at, today).filter(room__in=rooms).values("pk"))
    for room, until in claims.order_by().values_list("room").annotate(last=Max("until_on")):
        ends[room] = max(today, until or today)
    return {room.pk: ends[room.pk] for room in rooms}


def waiting(at: datetime) -> QuerySet[Wish]:
    """Everybody who waits now, in the order in which they came."""
    rows = Wish.objects.filter(status=Wish.Status.WAITING, deadline_at__gt=at)
    return rows.select_related("unit", "customer", "revision").order_by("opened_at", "pk")


def by_unit(wishes: Iterable[Wish]) -> dict[Unit, list[Wish]]:
    """Wishes by their house, each line in its order."""
    lines: dict[Unit, list[Wish]] = {}
    for wish in wishes:
        lines.setdefault(wish.unit, []).append(wish)
    return lines


def last_told(wishes: Iterable[Wish]) -> dict[int, datetime | None]:
    """When each of these was last told of any room, by the wish's id; one query."""
    ids = [wish.pk for wish in wishes]
    rows = Wish.objects.filter(pk__in=ids).order_by().annotate(last=Max("told__at"))
    return dict(rows.values_list("pk", "last"))


def live_wishes(person: Person, unit: Unit) -> QuerySet[Wish]:
    """What a person waits for in a house."""
    return Wish.objects.filter(customer=person, unit=unit, status=Wish.Status.WAITING)


def has_booked(wish: Wish) -> bool:
    """Whether the person has booked in the house since he began to wait."""
    booked = Booking.objects.filter(
        customer=wish.customer_id, unit=wish.unit_id, opened_at__gte=wish.opened_at
    )
    return booked.filter(status__in=LIVE).exists()


@dataclass(frozen=True)
class Standing:
    """Where somebody stands in the line of a house, from 1, and how many wait there."""

    place: int
    of: int


def standing_of(wish: Wish, *, at: datetime) -> Standing:
    """The place of a wish among all that wait in its house; one query."""
    ahead = Q(opened_at__lt=wish.opened_at) | Q(opened_at=wish.opened_at, pk__lt=wish.pk)
    line = Wish.objects.filter(unit=wish.unit_id, status=Wish.Status.WAITING, deadline_at__gt=at)
    counted = line.aggregate(all=Count("pk"), ahead=Count("pk", filter=ahead))
    return Standing(counted["ahead"] + 1, counted["all"])


def offers_to(wish: Wish) -> list[RoomOffer]:
    """The rooms that somebody was told of and that can still be booked, the newest first."""
    open_ones = RoomOffer.objects.filter(told__wish=wish, until=None).select_related("room")
    return list(open_ones.order_by("-since", "-pk"))


def wishes_for(person: Person | None) -> QuerySet[Wish]:
    """The waiting lists of the houses that a person manages or owns, with how often each was told."""
    ids = roles.unit_ids(person, "manager")
    mine = Wish.objects.all() if ids is None else Wish.objects.filter(unit__in=ids)
    named = mine.select_related("unit", "customer", "room", "room_type").order_by(
        "unit__name", "opened_at", "pk"
    )
    return named.annotate(times=Count("told"), last=Max("told__at"))


@dataclass(frozen=True)
class Demand:
    """What a waiting list says of a house since a day: who waits now, who booked, and who could not be served."""

    waiting: int
    booked: int
    unserved: int


def demand(wishes: QuerySet[Wish], *, at: datetime, since: datetime) -> Demand:
    """Figures over some wishes in one query; who waited in vain let his wish run out, or took it back."""
    now = Q(status=Wish.Status.WAITING, deadline_at__gt=at)
    gone = Q(status__in=(Wish.Status.LAPSED, Wish.Status.WITHDRAWN)) | Q(
        status=Wish.Status.WAITING, deadline_at__lte=at
    )
    ids = wishes.order_by().values("pk")
    found = Wish.objects.filter(pk__in=ids).aggregate(
        now=Count("pk", filter=now),
        booked=Count("pk", filter=Q(status=Wish.Status.BOOKED, since__gte=since)),
        unserved=Count("pk", filter=gone & Q(since__gte=since)),
    )
    return Demand(found["now"], found["booked"], found["unserved"])


def waiting_in(house: House, at: datetime) -> int:
    """How many wait for a room of a house."""
    return Wish.objects.filter(unit=house.unit_id, status=Wish.Status.WAITING, deadline_at__gt=at).count()
