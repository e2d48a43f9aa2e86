"""Writing rooms that come from paper: the house where it is new, its type with the price, its rooms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tatausaha.business.boarding.models import House, Room, RoomType
from tatausaha.business.boarding.queries.prices import priced_types
from tatausaha.business.boarding.services import houses, prices
from tatausaha.core.kernel import clock
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.people.queries import company


def write(
    unit: Unit | None, name: str, type_name: str, numbers: Sequence[str], *, rent: int, floor: int | None,
    details: Mapping[str, str], by: Person, at: datetime,
) -> House:  # fmt: skip
    """Add what is missing and publish the rent where it is another. Raises `Refused`."""
    about: dict[str, Any] = dict(details)
    size = about.pop("size", "")
    if unit is None:
        owner = company()
        about |= {"zone": owner.zone} if owner else {}
        house = houses.open_house(name=name, by=by, at=at, **about)
    else:
        house = House.objects.select_related("unit").get(unit=unit)
    room_type = (
        RoomType.objects.filter(house=house, name__iexact=type_name).select_related("house__unit").first()
    )
    if room_type is None:
        room_type = houses.save_room_type(house, None, by=by, at=at, name=type_name, size=size)
    today = clock.day(at, house.unit.zone)
    published = priced_types(house, today).get(pk=room_type.pk).amount
    if published != rent:
        prices.publish_rent(room_type, rent, today, by=by, at=at)
    there = set(Room.objects.filter(house=house, number__in=numbers).values_list("number", flat=True))
    if missing := [number for number in numbers if number not in there]:
        houses.add_rooms(room_type, missing, by=by, at=at, floor=floor)
    return house
