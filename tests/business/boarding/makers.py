"""Plain makers of boarding houses for tests, one per table, without hidden side effects."""

from datetime import date, datetime
from typing import Any

from django.utils.text import slugify

from tatausaha.business.boarding.models import (
    ExtraService,
    Facility,
    House,
    NearbyPlace,
    Photo,
    Place,
    Room,
    RoomPrice,
    RoomType,
    ServicePrice,
)
from tatausaha.core.people.models import Unit

SINCE = date(2025, 1, 1)


def make_house(unit: Unit, at: datetime, **fields: Any) -> House:
    fields.setdefault("is_published", True)
    return House.objects.create(unit=unit, created_at=at, **fields)


def make_type(house: House, name: str = "Standar", rent: int | None = 1_000_000, **fields: Any) -> RoomType:
    room_type = RoomType.objects.create(house=house, name=name, **fields)
    if rent is not None:
        RoomPrice.objects.create(
            room_type=room_type, amount=rent, valid_from=SINCE, published_at=house.created_at
        )
    return room_type


def make_rooms(room_type: RoomType, *numbers: str) -> list[Room]:
    return [Room.objects.create(house=room_type.house, room_type=room_type, number=n) for n in numbers]


def make_service(house: House, name: str = "Laundry", amount: int = 75_000, **fields: Any) -> ExtraService:
    service = ExtraService.objects.create(house=house, name=name, **fields)
    ServicePrice.objects.create(
        service=service, amount=amount, valid_from=SINCE, published_at=house.created_at
    )
    return service


def make_facility(name: str, scope: str = "kamar") -> Facility:
    return Facility.objects.get_or_create(scope=scope, key=slugify(name), defaults={"name": name})[0]


def make_place(
    name: str, latitude: float | None = None, longitude: float | None = None, kind: str = "kampus"
) -> Place:
    return Place.objects.create(
        key=name.lower(), name=name, kind=kind, latitude=latitude, longitude=longitude
    )


def make_near(house: House, place: Place, distance_m: int) -> NearbyPlace:
    return NearbyPlace.objects.create(house=house, place=place, distance_m=distance_m)


def make_photo(house: House, edges: tuple[int, ...] = (800, 400)) -> Photo:
    """The row of a photo; there is no file behind it."""
    digest = f"{house.photos.count():064d}"
    return Photo.objects.create(
        house=house, edges=list(edges), width=800, height=600, digest=digest, added_at=house.created_at
    )
