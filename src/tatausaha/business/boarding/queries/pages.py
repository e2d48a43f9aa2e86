"""What the public pages of a house and of a room show, read in a fixed number of queries (KOS-01)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from tatausaha.business.boarding import geometry
from tatausaha.business.boarding.models import (
    ExtraService,
    Facility,
    House,
    NearbyPlace,
    Photo,
    Room,
    RoomClaim,
    RoomType,
)
from tatausaha.business.boarding.queries.prices import Offered, current_amount, priced_services, priced_types
from tatausaha.business.boarding.queries.quotes import Quote, Terms, reckoned
from tatausaha.business.boarding.queries.rooms import claims_against, free_rooms

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

Grouped = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class TypeOffer:
    """A room type on the page of its house: the rent of the day, and its rooms that are free."""

    room_type: RoomType
    amount: int | None
    facilities: Grouped
    photo: Photo | None
    rooms: int
    free: tuple[Room, ...]


@dataclass(frozen=True)
class Near:
    """A place on the page of a house; numbered when its position is known and it is drawn."""

    number: int | None
    name: str
    kind: str
    distance_m: int
    point: geometry.Point | None


@dataclass(frozen=True)
class HousePage:
    """Everything that the page of a house says."""

    house: House
    offers: tuple[TypeOffer, ...]
    services: "tuple[WithAnnotations[ExtraService, Offered], ...]"
    facilities: Grouped
    photos: tuple[Photo, ...]
    near: tuple[Near, ...]
    rooms: int
    free: int
    example: Quote | None
    example_room: Room | None

    @property
    def cheapest(self) -> int | None:
        """The lowest rent of a period that is published here; nothing before the first price."""
        return min((offer.amount for offer in self.offers if offer.amount), default=None)


def house_page(house: House, terms: Terms, *, at: datetime, on: date) -> HousePage:
    """The page of a house; the four numbers are those of its cheapest free room."""
    photos = tuple(Photo.objects.filter(house=house).order_by("position", "pk"))
    free = _by_type(free_rooms(house, at, on).order_by("number"))
    in_use = _by_type(
        Room.objects.filter(house=house)
        .exclude(out_of_service=Room.OutOfService.RETIRED)
        .only("pk", "room_type")
    )
    offers = tuple(
        TypeOffer(
            room_type=row,
            amount=row.amount,
            facilities=grouped(row.facilities.all()),
            photo=next((photo for photo in photos if photo.room_type_id == row.pk), None),
            rooms=len(in_use.get(row.pk, ())),
            free=_of_type(row, free.get(row.pk, ())),
        )
        for row in priced_types(house, on).prefetch_related("facilities")
    )
    services = tuple(priced_services(house, on))
    cheapest = next((offer for offer in offers if offer.free and offer.amount), None)
    return HousePage(
        house=house,
        offers=offers,
        services=services,
        facilities=grouped(house.facilities.all()),
        photos=photos,
        near=nearby_of(house),
        rooms=sum(offer.rooms for offer in offers),
        free=sum(len(offer.free) for offer in offers),
        example=reckoned(cheapest.amount, (), offered=services, policy=terms) if cheapest else None,
        example_room=cheapest.free[0] if cheapest else None,
    )


def _of_type(row: RoomType, rooms: Iterable[Room]) -> tuple[Room, ...]:
    """The rooms, knowing their type without asking for it again."""
    rooms = tuple(rooms)
    for room in rooms:
        room.room_type = row
    return rooms


def _by_type(rooms: Iterable[Room]) -> dict[int, list[Room]]:
    found: dict[int, list[Room]] = {}
    for room in rooms:
        found.setdefault(room.room_type_id, []).append(room)
    return found


def grouped(facilities: Iterable[Facility]) -> Grouped:
    """Facilities by where they are: in the room, in the bathroom, shared."""
    by_scope: dict[str, list[str]] = {}
    for facility in sorted(facilities, key=lambda f: f.name.lower()):
        by_scope.setdefault(facility.scope, []).append(facility.name)
    return tuple((str(scope.label), tuple(by_scope[scope])) for scope in Facility.Scope if scope in by_scope)


def nearby_of(house: House) -> tuple[Near, ...]:
    """What is near, nearest first; places whose position is known carry a number for the sketch."""
    rows = (
        NearbyPlace.objects.filter(house=house).select_related("place").order_by("distance_m", "place__name")
    )
    near: list[Near] = []
    drawn = 0
    for row in rows:
        place = row.place
        point = None
        if place.latitude is not None and place.longitude is not None and house.latitude is not None:
            point = (place.latitude, place.longitude)
            drawn += 1
        near.append(
            Near(drawn if point else None, place.name, str(place.get_kind_display()), row.distance_m, point)
        )
    return tuple(near)


@dataclass(frozen=True)
class RoomPage:
    """Everything that the page of a room says."""

    room: Room
    facilities: Grouped
    photos: tuple[Photo, ...]
    amount: int | None
    services: "tuple[WithAnnotations[ExtraService, Offered], ...]"
    is_free: bool
    free_from: date | None
    bookable_from: date | None
    others: tuple[Room, ...]

    @property
    def can_be_booked(self) -> bool:
        """Today, for today or for the day on which it will be free."""
        return self.is_free or self.bookable_from is not None


def room_page(room: Room, *, at: datetime, on: date, within: int = 0) -> RoomPage:
    """The page of a room: whether it is free, from when otherwise, and what else is free.

    Where whoever has it leaves on a recorded day, it can be booked from then on (rules/boarding 1), up to
    `within` days ahead.
    """
    free = list(free_rooms(room.house, at, on).select_related("room_type").order_by("number"))
    is_free = any(other.pk == room.pk for other in free)
    others = [other for other in free if other.pk != room.pk]
    others.sort(key=lambda other: other.room_type_id != room.room_type_id)
    of_house = Photo.objects.filter(house=room.house).order_by("position", "pk")
    free_from = None if is_free or room.out_of_service else _free_from(room, at, on)
    photos = of_house.filter(Q(room=room) | Q(room__isnull=True, room_type=room.room_type))
    return RoomPage(
        room=room,
        facilities=grouped((*room.room_type.facilities.all(), *room.house.facilities.all())),
        photos=tuple(photos) or tuple(of_house.filter(room__isnull=True, room_type__isnull=True)[:5]),
        amount=current_amount(room.room_type, on),
        services=tuple(priced_services(room.house, on)),
        is_free=is_free,
        free_from=free_from,
        bookable_from=_bookable(room, free_from, at=at, latest=on + timedelta(days=within)),
        others=tuple(others[:6]),
    )


def _free_from(room: Room, at: datetime, on: date) -> date | None:
    """The day from which the room can be had, if every claim on it has an end that is still to come."""
    ends = list(
        claims_against(at, on)
        .filter(room=room)
        .exclude(kind=RoomClaim.Kind.HOLD)
        .values_list("until_on", flat=True)
    )
    known = [end for end in ends if end is not None and end > on]
    return max(known) if known and len(known) == len(ends) else None


def _bookable(room: Room, free_from: date | None, *, at: datetime, latest: date) -> date | None:
    """The day, where it is near enough and nobody else has the room from then on."""
    if free_from is None or free_from > latest:
        return None
    taken = claims_against(at, free_from).filter(room=room)
    return None if taken.exists() else free_from
