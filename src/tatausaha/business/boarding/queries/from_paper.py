"""Reads for moving in from paper: the rooms and tenants that are here already."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count

from tatausaha.business.boarding.models import ExtraService, PaperTenant, Room, RoomClaim, RoomType, Stay
from tatausaha.business.boarding.queries.prices import rent_on, service_price_on
from tatausaha.business.boarding.queries.rooms import claims_against
from tatausaha.core.openings.cells import plain

LIVING = ("living", "noticed", "inspection")


def rooms_of_units(units: Iterable[int]) -> dict[tuple[int, str], Room]:
    """Rooms by unit and number, with type and house."""
    rows = Room.objects.filter(house__unit__in=units).select_related("room_type", "house__unit")
    return {(room.house.unit_id, room.number): room for room in rows}


def rents_of_units(units: Iterable[int], on: date) -> dict[tuple[int, str], int | None]:
    """The published rent by unit and name of the type."""
    rows = RoomType.objects.filter(house__unit__in=units).annotate(amount=rent_on(on))
    return {
        (unit, plain(name)): amount
        for unit, name, amount in rows.values_list("house__unit", "name", "amount")
    }


def services_of_units(
    units: Iterable[int], on: date
) -> dict[tuple[int, str], tuple[ExtraService, int | None]]:
    """Services by unit and name, each with its price of the day."""
    rows = ExtraService.objects.filter(house__unit__in=units, is_active=True).annotate(
        amount=service_price_on(on)
    )
    return {(row.house.unit_id, plain(row.name)): (row, row.amount) for row in rows.select_related("house")}


def stays_in(rooms: Iterable[int]) -> dict[int, Stay]:
    """Who has each room now, by room."""
    rows = Stay.objects.filter(room__in=rooms, status__in=LIVING).select_related("customer")
    return {stay.room_id: stay for stay in rows}


def claimed(rooms: Iterable[int], at: datetime, on: date) -> set[int]:
    """Rooms that somebody has a claim on from a day on."""
    rows: Iterable[RoomClaim] = claims_against(at, on).filter(room__in=rooms)
    return {claim.room_id for claim in rows}


def known_rows(keys: Iterable[str]) -> dict[str, PaperTenant]:
    """Rows that came in before, with their stays, by key."""
    rows = PaperTenant.objects.filter(key__in=keys).select_related("stay")
    return {row.key: row for row in rows}


def tenants_from_paper() -> int:
    """How many tenants came from paper."""
    return PaperTenant.objects.count()


def rooms_and_houses() -> tuple[int, int]:
    """How many rooms in how many houses there are."""
    found = Room.objects.aggregate(rooms=Count("pk"), houses=Count("house", distinct=True))
    return found["rooms"], found["houses"]
