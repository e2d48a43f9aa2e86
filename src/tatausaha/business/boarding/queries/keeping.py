"""What managers and owners see of their houses: occupancy at a glance, rooms, prices (KOS-13, KOS-20)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from tatausaha.business.boarding.models import (
    ExtraService,
    House,
    HouseChange,
    Photo,
    Room,
    RoomClaim,
    RoomType,
)
from tatausaha.business.boarding.queries.prices import Priced, rent_on, service_price_on
from tatausaha.business.boarding.queries.rooms import RoomState, claims_against, room_states
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


@dataclass(frozen=True)
class Occupancy:
    """How many rooms of a house are in which state."""

    counts: dict[RoomState, int]

    @property
    def rooms(self) -> int:
        """Rooms that are not retired."""
        return sum(count for state, count in self.counts.items() if state != RoomState.RETIRED)

    def of(self, *states: RoomState) -> int:
        """Rooms in one of the states."""
        return sum(self.counts.get(state, 0) for state in states)

    @property
    def occupied(self) -> int:
        """Rooms that somebody lives in."""
        return self.of(RoomState.OCCUPIED)

    @property
    def free(self) -> int:
        """Rooms that can be booked."""
        return self.of(RoomState.FREE)

    @property
    def promised(self) -> int:
        """Rooms that are held or booked."""
        return self.of(RoomState.HELD, RoomState.BOOKED)

    @property
    def closed(self) -> int:
        """Rooms in repair or under inspection."""
        return self.of(RoomState.REPAIR, RoomState.INSPECTION)


def occupancy(houses: Iterable[House], at: datetime, on: date) -> dict[int, Occupancy]:
    """The occupancy of several houses by house id, in two queries whatever their number."""
    ids = [house.pk for house in houses]
    counts: dict[int, dict[RoomState, int]] = {pk: {} for pk in ids}
    states = room_states(ids, at, on)
    for pk, house_id in Room.objects.filter(house__in=ids).values_list("pk", "house_id"):
        of_house = counts[house_id]
        of_house[states[pk]] = of_house.get(states[pk], 0) + 1
    return {pk: Occupancy(found) for pk, found in counts.items()}


@dataclass(frozen=True)
class KeptRoom:
    """A room in the manager's list: its state, the case that holds it, and until when."""

    room: Room
    state: RoomState
    claim: RoomClaim | None


def kept_rooms(house: House, at: datetime, on: date) -> list[KeptRoom]:
    """Every room of a house with its state and the claim behind it, by number."""
    states = room_states([house.pk], at, on)
    claims: dict[int, RoomClaim] = {}
    for claim in claims_against(at, on).filter(room__house=house).order_by("-from_on"):
        if claim.from_on <= on or claim.room_id not in claims:
            claims[claim.room_id] = claim
    rooms = Room.objects.filter(house=house).select_related("room_type")
    listed = [KeptRoom(room, states[room.pk], claims.get(room.pk)) for room in rooms]
    return sorted(listed, key=lambda kept: (len(kept.room.number), kept.room.number))


def kept_types(house: House, on: date) -> "QuerySet[WithAnnotations[RoomType, Priced]]":
    """Room types with `amount`, the rent of the day, and their prices and facilities at hand."""
    types = RoomType.objects.filter(house=house).annotate(amount=rent_on(on)).order_by("name")
    return types.prefetch_related("prices", "facilities", "rooms")


def kept_services(house: House, on: date) -> "QuerySet[WithAnnotations[ExtraService, Priced]]":
    """Services with `amount`, the price of the day, and their prices at hand."""
    services = ExtraService.objects.filter(house=house).annotate(amount=service_price_on(on)).order_by("name")
    return services.prefetch_related("prices")


def kept_photos(house: House) -> QuerySet[Photo]:
    """The photos of a house in their order."""
    return Photo.objects.filter(house=house).select_related("room_type").order_by("position", "pk")


def photo_shown_to(person: Person | None, token: str) -> QuerySet[Photo]:
    """A photo of a published house, or of one that the person keeps."""
    ids = roles.unit_ids(person, "manager")
    shown = Q() if ids is None else Q(house__is_published=True) | Q(house__unit__in=ids)
    return Photo.objects.filter(shown, token=token)


def rooms_of(house: House) -> QuerySet[Room]:
    """The rooms of a house."""
    return Room.objects.filter(house=house).select_related("house__unit", "room_type")


def types_of(house: House) -> QuerySet[RoomType]:
    """The room types of a house."""
    return RoomType.objects.filter(house=house).select_related("house__unit")


def services_of(house: House) -> QuerySet[ExtraService]:
    """The services of a house, offered or not."""
    return ExtraService.objects.filter(house=house).select_related("house__unit")


def changes_of(house: House) -> QuerySet[HouseChange]:
    """What was changed in a house, newest first."""
    return HouseChange.objects.filter(house=house).select_related("by").order_by("-at", "-pk")


def may_price(person: Person | None) -> bool:
    """Whether the person publishes prices: the owner alone (KOS-19)."""
    return roles.is_owner(person)
