"""What a page of results shows of each house, read together for the whole page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from tatausaha.business.boarding.models import House, NearbyPlace, Photo, RoomType
from tatausaha.business.boarding.queries.search import FACILITIES, Hit


@dataclass(frozen=True)
class Card:
    """A house as a result: where, for whom, how much, how far, how many free, and what it has."""

    hit: Hit
    house: House
    room_type: RoomType
    photo: Photo | None
    nearest: NearbyPlace | None
    facilities: tuple[str, ...]


def cards(hits: Sequence[Hit]) -> list[Card]:
    """The cards of some hits, in their order, in five queries whatever their number."""
    photos = Photo.objects.order_by("position", "pk")
    nearby = NearbyPlace.objects.select_related("place").order_by("distance_m")
    types = RoomType.objects.select_related("house__unit").prefetch_related(
        Prefetch("house__photos", photos),
        Prefetch("house__nearby", nearby),
        "house__facilities",
        "facilities",
    )
    of_id = types.in_bulk([hit.type_id for hit in hits])
    return [_card(hit, of_id[hit.type_id]) for hit in hits]


def _card(hit: Hit, room_type: RoomType) -> Card:
    house = room_type.house
    photos = list(house.photos.all())
    fitting = [photo for photo in photos if photo.room_type_id in {None, room_type.pk}]
    nearby = list(house.nearby.all())
    campus = [near for near in nearby if near.place.kind == near.place.Kind.CAMPUS]
    return Card(
        hit=hit,
        house=house,
        room_type=room_type,
        photo=next(iter(fitting or photos), None),
        nearest=next(iter(campus or nearby), None),
        facilities=main_facilities(room_type, house),
    )


def main_facilities(room_type: RoomType, house: House, at_most: int = 5) -> tuple[str, ...]:
    """The facilities that people ask for first, of those that a type or its house has."""
    names: dict[str, str] = {}
    for facility in (*house.facilities.all(), *room_type.facilities.all()):
        names[facility.key] = facility.name
    return tuple(names[key] for key in FACILITIES if key in names)[:at_most]
