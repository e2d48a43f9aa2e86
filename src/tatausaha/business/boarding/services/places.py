"""Positions of places that only their distances are known of."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding import geometry
from tatausaha.business.boarding.models import House, NearbyPlace, Place
from tatausaha.business.boarding.models.house import EAST, NORTH, SOUTH, WEST
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

_ENOUGH = 200


@dataclass(frozen=True)
class NearPlace:
    """A place and how far it is: its kind (`Place.Kind`), position in degrees, distance in metres."""

    name: str
    kind: str
    distance_m: int
    latitude: float | None = None
    longitude: float | None = None


def locate_all() -> int:
    """Work out the positions of places from the distances that houses state; how many were found.

    Positions that a person typed stay. A place whose distances fit no single position
    (one name for several places) has none afterwards.
    """
    unknown = Place.objects.exclude(latitude__isnull=False, is_estimated=False)
    found = 0
    for place in unknown.order_by("pk"):
        rows = NearbyPlace.objects.filter(place=place).select_related("house").order_by("house")[:_ENOUGH]
        stated = [
            ((row.house.latitude, row.house.longitude), row.distance_m)
            for row in rows
            if row.house.latitude is not None and row.house.longitude is not None
        ]
        point = geometry.located(stated)
        latitude, longitude = point or (None, None)
        if point and not (SOUTH <= point[0] <= NORTH and WEST <= point[1] <= EAST):
            continue
        Place.objects.filter(pk=place.pk).update(
            latitude=latitude, longitude=longitude, is_estimated=point is not None
        )
        found += point is not None
    return found


@transaction.atomic
def state_nearby(house: House, places: Iterable[NearPlace], *, by: Person) -> None:
    """What is near a house, as its manager states it; replaces what was stated before.

    A place that is known by its name stays one place for all houses.
    """
    if not roles.has_role(by, house.unit, "manager"):
        raise Refused(_("Hanya pengelola rumah ini atau pemilik yang boleh mengubahnya."))
    NearbyPlace.objects.filter(house=house).delete()
    for near in places:
        place, _new = Place.objects.get_or_create(
            key=" ".join(near.name.lower().split()),
            defaults={
                "name": near.name, "kind": near.kind, "latitude": near.latitude, "longitude": near.longitude,
            },
        )  # fmt: skip
        NearbyPlace.objects.create(house=house, place=place, distance_m=near.distance_m)
