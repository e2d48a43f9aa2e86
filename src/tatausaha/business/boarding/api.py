"""What a program needs beside the cases: houses, free rooms, the four numbers (KOS-01, KOS-02)."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from ninja import P, QueryEx, Router, Schema

from tatausaha.business.boarding import filters, queries
from tatausaha.business.boarding.models import ExtraService, Gender, House, Room, Stay
from tatausaha.business.boarding.queries import cards, search
from tatausaha.core.api import extras, routers
from tatausaha.core.kernel import clock
from tatausaha.core.people.models import Zone

router = Router()


def register() -> None:
    """Bring the addresses, and say where the ids are read that the inputs of the steps name."""
    routers.register("/boarding", router, "boarding")
    extras.register_place(Room, "GET /boarding/houses/{code}: free_rooms[].id")
    extras.register_place(Stay, "GET /cases?procedure=boarding.stay: items[].id")
    extras.register_place(ExtraService, "GET /boarding/houses/{code}: services[].id")


class HouseOut(Schema):
    """A house as a result of the search; `rent` is for a period of its `cycle`: 30 days, or a month by fixed date."""

    code: str
    name: str
    gender: str
    city: str
    district: str
    room_type: str
    rent: int
    cycle: str
    free_rooms: int
    distance_m: int | None
    facilities: list[str]


class HousePage(Schema):
    """A page of results."""

    items: list[HouseOut]
    count: int


class ServiceOut(Schema):
    """An extra service at the price of the day, in rupiah for a period of the house or per `measure`."""

    id: int
    name: str
    amount: int
    per_use: bool
    measure: str


class RoomOut(Schema):
    """A room that can be booked from the day asked for."""

    id: int
    number: str
    room_type: str
    rent: int | None


class HouseDetail(Schema):
    """A house with its services and the rooms that are free."""

    code: str
    name: str
    gender: str
    cycle: str
    address: str
    services: list[ServiceOut]
    free_rooms: list[RoomOut]


class QuoteOut(Schema):
    """The four numbers of a booking, and what they are made of, in rupiah."""

    rent: int
    total: int
    down_payment: int
    due_at_move_in: int
    deposit: int


@router.get("/houses", response=HousePage, url_name="boarding_houses")
def houses(
    request: HttpRequest,
    q: QueryEx[str, P(max_length=80)] = "",
    near: QueryEx[str, P(max_length=120, description="`kampus`, or the key of a place.")] = "",
    within_km: QueryEx[float, P(ge=0, le=500)] = 0,
    lowest: QueryEx[int, P(ge=0, le=10**12)] = 0,
    highest: QueryEx[int, P(ge=0, le=10**12)] = 0,
    free_now: bool = False,
    gender: QueryEx[str, P(max_length=10)] = "",
    sort: QueryEx[str, P(max_length=20)] = "",
    limit: QueryEx[int, P(ge=1, le=100)] = 25,
    offset: QueryEx[int, P(ge=0, le=100_000)] = 0,
) -> Any:
    """Houses with rooms to let, as the public search finds and sorts them."""
    at = request.at  # type: ignore[attr-defined]
    places = search.places_to_be_near()
    asked = {
        "q": q, "dekat": near, "jarak": f"{within_km:g}" if within_km else "", "min": str(lowest or ""),
        "maks": str(highest or ""), "kosong": "1" if free_now else "", "urut": sort,
        "khusus": gender if gender in Gender.values else "",
    }  # fmt: skip
    read = filters.read_filters(QueryDict(urlencode(asked)), places)
    company = request.company  # type: ignore[attr-defined]
    on = clock.day(at, company.zone if company else Zone.WIB)
    hits = search.found(read.search, at=at, on=on, campus=search.near_any_campus(places))
    return {
        "items": [_house(card) for card in cards.cards(hits[offset : offset + limit])],
        "count": len(hits),
    }


def _house(card: cards.Card) -> dict[str, Any]:
    return {
        "code": card.house.unit.code,
        "name": card.house.unit.name,
        "gender": card.house.gender,
        "city": card.house.city,
        "district": card.house.district,
        "room_type": card.room_type.name,
        "rent": card.hit.amount,
        "cycle": card.house.cycle,
        "free_rooms": card.hit.free,
        "distance_m": card.hit.distance_m,
        "facilities": list(card.facilities),
    }


@router.get("/houses/{code}", response=HouseDetail, url_name="boarding_house")
def house(request: HttpRequest, code: str, move_in_on: date | None = None) -> Any:
    """A house, its services, and the rooms that are free from a day on (today, if none is given)."""
    found = _public_house(code)
    on = move_in_on or clock.day(request.at, found.unit.zone)  # type: ignore[attr-defined]
    rooms = queries.free_rooms(found, request.at, on).select_related("room_type")  # type: ignore[attr-defined]
    rents = {one.pk: one.amount for one in queries.priced_types(found, on)}
    return {
        "code": found.unit.code,
        "name": found.unit.name,
        "gender": found.gender,
        "cycle": found.cycle,
        "address": found.unit.address,
        "services": list(queries.priced_services(found, on)),
        "free_rooms": [
            {
                "id": room.pk,
                "number": room.number,
                "room_type": room.room_type.name,
                "rent": rents.get(room.room_type_id),
            }
            for room in rooms.order_by("number")
        ],
    }  # fmt: skip


def _public_house(code: str) -> House:
    found = queries.public_house(code).first()
    if found is None:
        raise Http404
    return found


@router.get("/houses/{code}/rooms/{number}/quote", response=QuoteOut, url_name="boarding_quote")
def quote(request: HttpRequest, code: str, number: str, service: QueryEx[list[int], P()] = []) -> Any:  # noqa: B006
    """The four numbers of a room with chosen services, at the prices of today."""
    room: Room | None = queries.public_room(code, number).first()
    if room is None:
        raise Http404
    at = request.at  # type: ignore[attr-defined]
    on = clock.day(at, room.house.unit.zone)
    chosen = [one for one in queries.priced_services(room.house, on) if one.pk in set(service)]
    return queries.quote(room, chosen, queries.terms_of(room.house, at=at), on)
