"""Writing what one row of a listing says: a house with its type, price, rooms, facilities and places."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tatausaha.business.boarding.listing_row import Listing, NamedFacility, NamedPlace
from tatausaha.business.boarding.models import (
    Facility,
    House,
    ListingSource,
    NearbyPlace,
    Place,
    Room,
    RoomPrice,
    RoomType,
)
from tatausaha.business.boarding.queries.quotes import BOOKING, Terms
from tatausaha.business.boarding.queries.rooms import free_rooms
from tatausaha.business.boarding.services.houses import open_house
from tatausaha.core.imports.models import ImportRun
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person, Zone
from tatausaha.core.procedures import policies

_BORDERS = ((Zone.WIT, -11.5, 6.5, 125.5), (Zone.WITA, -11.5, -7.5, 114.43), (Zone.WITA, -7.5, 6.5, 115.5))
"""Zones by south, north and west edge; what lies in none of them is WIB."""


def zone_at(latitude: float | None, longitude: float | None) -> str:
    """The time zone of a position, by the lines between the large islands; WIB where there is none."""
    if latitude is None or longitude is None:
        return Zone.WIB
    for zone, south, north, west in _BORDERS:
        if south <= latitude <= north and longitude >= west:
            return zone
    return Zone.WIB


class Writer:
    """Writes listings of one run; remembers facilities and places, so that they are asked for once."""

    def __init__(self, *, by: Person, at: datetime) -> None:
        self.by, self.at = by, at
        self._facilities: dict[tuple[str, str], int] = {}
        self._places: dict[str, int] = {}

    def write(self, listing: Listing, run: ImportRun, number: int) -> str:
        """Bring one listing in: `created`, `updated` or `unchanged`. Raises `Refused`."""
        source = ListingSource.objects.select_related("house__unit").filter(key=listing.key).first()
        if source is not None and source.run_id == run.pk:
            raise Refused(_("Rumah ini sudah ada di baris data %(number)d.") % {"number": source.number})
        if source is None:
            house = self._open(listing)
            source = ListingSource(house=house, key=listing.key)
            outcome = "created"
        elif source.digest == listing.digest:
            ListingSource.objects.filter(pk=source.pk).update(run=run, number=number)
            return "unchanged"
        else:
            house = source.house
            self._update(house, listing)
            outcome = "updated"
        if listing.down_payment_percent != source.down_payment_percent:
            self._down_payment(house, listing.down_payment_percent)
        source.digest, source.run, source.number = listing.digest, run, number
        source.down_payment_percent = listing.down_payment_percent
        source.save()
        return outcome

    def _open(self, listing: Listing) -> House:
        house = open_house(
            name=listing.name,
            by=self.by,
            at=self.at,
            zone=zone_at(listing.latitude, listing.longitude),
            is_published=True,
            elsewhere=True,
            **_of_house(listing),
        )
        room_type = RoomType.objects.create(house=house, name=listing.type_name, **_of_type(listing))
        self._finish(house, room_type, listing)
        return house

    def _update(self, house: House, listing: Listing) -> None:
        House.objects.filter(pk=house.pk).update(**_of_house(listing))
        room_type, _made = RoomType.objects.update_or_create(
            house=house, name=listing.type_name, defaults=_of_type(listing)
        )
        self._finish(house, room_type, listing)

    def _finish(self, house: House, room_type: RoomType, listing: Listing) -> None:
        on = clock.day(self.at, house.unit.zone)
        self._price(room_type, listing.rent, on)
        self._rooms(room_type, listing.free, on)
        common = [f for f in listing.facilities if f.scope == Facility.Scope.COMMON]
        house.facilities.set(self._facility_ids(common))
        own = [f for f in listing.facilities if f.scope != Facility.Scope.COMMON]
        room_type.facilities.set(self._facility_ids(own))
        NearbyPlace.objects.filter(house=house).delete()
        near = zip(self._place_ids(listing.places), listing.places, strict=True)
        NearbyPlace.objects.bulk_create(
            NearbyPlace(house=house, place_id=pk, distance_m=place.distance_m) for pk, place in near
        )

    def _price(self, room_type: RoomType, rent: int, on: date) -> None:
        """Publish the rent if it is another one than is published; a second change in a day waits for the next."""
        last = RoomPrice.objects.filter(room_type=room_type).order_by("-valid_from").first()
        if last is None or last.amount != rent:
            valid_from = (
                on
                if last is None or last.valid_from < on
                else date.fromordinal(last.valid_from.toordinal() + 1)
            )
            RoomPrice.objects.create(
                room_type=room_type,
                amount=rent,
                valid_from=valid_from,
                published_by=self.by,
                published_at=self.at,
            )

    def _rooms(self, room_type: RoomType, free: int, on: date) -> None:
        """As many free rooms as the listing says: reopened or added, or closed where it says fewer."""
        reason = _("Tidak lagi kosong menurut daftar sumber")
        now_free = list(free_rooms(room_type.house, self.at, on).filter(room_type=room_type).order_by("-pk"))
        if surplus := now_free[: max(0, len(now_free) - free)]:
            Room.objects.filter(pk__in=[room.pk for room in surplus]).update(
                out_of_service=Room.OutOfService.RETIRED, out_reason=reason
            )
        lacking = free - len(now_free)
        if lacking <= 0:
            return
        closed = Room.objects.filter(
            room_type=room_type, out_of_service=Room.OutOfService.RETIRED, out_reason=reason
        )
        reopened = list(closed.order_by("pk").values_list("pk", flat=True)[:lacking])
        Room.objects.filter(pk__in=reopened).update(out_of_service="", out_reason="")
        taken = set(Room.objects.filter(house=room_type.house).values_list("number", flat=True))
        fresh = (str(n) for n in range(1, len(taken) + lacking + 1) if str(n) not in taken)
        Room.objects.bulk_create(
            Room(house=room_type.house, room_type=room_type, number=next(fresh))
            for _n in range(lacking - len(reopened))
        )

    def _facility_ids(self, named: Iterable[NamedFacility]) -> list[int]:
        ids = []
        for facility in named:
            if (facility.scope, facility.key) not in self._facilities:
                kept, _made = Facility.objects.get_or_create(
                    scope=facility.scope, key=facility.key, defaults={"name": facility.name}
                )
                self._facilities[facility.scope, facility.key] = kept.pk
            ids.append(self._facilities[facility.scope, facility.key])
        return ids

    def _place_ids(self, named: Iterable[NamedPlace]) -> list[int]:
        ids = []
        for place in named:
            if place.key not in self._places:
                kept, _made = Place.objects.get_or_create(
                    key=place.key, defaults={"name": place.name, "kind": place.kind}
                )
                self._places[place.key] = kept.pk
            ids.append(self._places[place.key])
        return ids

    def _down_payment(self, house: House, percent: int | None) -> None:
        """The house's own down payment; an empty cell is the usual one."""
        policies.set_unit_values(
            BOOKING,
            house.unit,
            {"down_payment_percent": Terms.down_payment_percent if percent is None else percent},
            by=self.by,
            at=self.at,
            reason=_("Dari daftar kos yang diimpor."),
        )


def _of_house(listing: Listing) -> dict[str, Any]:
    return {
        "gender": listing.gender,
        "city": listing.city,
        "district": listing.district,
        "latitude": listing.latitude,
        "longitude": listing.longitude,
        "built_year": listing.built_year,
    }


def _of_type(listing: Listing) -> dict[str, Any]:
    return {"size": listing.size, "area_m2": listing.area_m2}
