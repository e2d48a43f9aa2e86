"""Positions of places that only their distances are known of."""

from tatausaha.business.boarding import geometry
from tatausaha.business.boarding.models import NearbyPlace, Place
from tatausaha.business.boarding.models.house import EAST, NORTH, SOUTH, WEST

_ENOUGH = 200


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
