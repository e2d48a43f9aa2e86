"""The public search: houses that match, best first, and what to loosen when none does (KOS-01).

What can be asked in SQL is asked there, in a fixed number of queries; distances are
settled on the few columns that come back, behind a box that the index knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from statistics import median
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import geometry
from tatausaha.business.boarding.models import House, NearbyPlace, Place, RoomType
from tatausaha.business.boarding.queries.prices import rent_on
from tatausaha.business.boarding.queries.rooms import free_counts, rooms_free

FACILITIES = {
    "ac": _("AC"),
    "wifi": _("WiFi"),
    "kamar-mandi-dalam": _("Kamar mandi dalam"),
    "air-panas": _("Air panas"),
    "kasur": _("Kasur"),
    "lemari": _("Lemari"),
    "meja": _("Meja"),
    "dapur": _("Dapur"),
    "kulkas": _("Kulkas"),
    "tv": _("TV"),
    "laundry": _("Laundry"),
    "cctv": _("CCTV"),
}
"""Facilities that can be searched for, by their key, in the order that students ask for them."""

_WANTED = ("ac", "wifi", "kamar-mandi-dalam", "air-panas", "kasur", "lemari", "meja", "dapur")


class Sort(StrEnum):
    """The orders that results can be had in."""

    BEST = "cocok"
    NEAR = "terdekat"
    CHEAP = "termurah"
    DEAR = "termahal"
    NEW = "terbaru"


@dataclass(frozen=True)
class Near:
    """What distances are measured from: one or several places, or a point of one's own."""

    label: str
    points: tuple[geometry.Point, ...] = ()
    place_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Search:
    """What somebody looks for; nothing set means everything."""

    text: str = ""
    lowest: int | None = None
    highest: int | None = None
    type_words: str = ""
    facilities: tuple[str, ...] = ()
    free_now: bool = False
    gender: str = ""
    near: Near | None = None
    within_m: int | None = None
    sort: Sort = Sort.BEST


@dataclass(frozen=True)
class Hit:
    """A house that matches: its best matching type, that type's rent, and what is free in it."""

    house_id: int
    type_id: int
    amount: int
    free: int
    distance_m: int | None
    created_at: datetime


@dataclass(frozen=True)
class _Candidate:
    type_id: int
    house_id: int
    amount: int
    latitude: float | None
    longitude: float | None
    created_at: datetime


def near_any_campus(places: Iterable[Place]) -> Near | None:
    """Whatever campus is the nearest; nothing while no campus is known."""
    campuses = [place for place in places if place.kind == Place.Kind.CAMPUS]
    return near_places(str(_("kampus terdekat")), campuses) if campuses else None


def near_places(label: str, places: Iterable[Place]) -> Near:
    """Distances from the nearest of some places, by position or as houses state them."""
    places = list(places)
    points = tuple(
        (place.latitude, place.longitude)
        for place in places
        if place.latitude is not None and place.longitude is not None
    )
    return Near(label, points, tuple(place.pk for place in places))


def places_to_be_near() -> list[Place]:
    """Places that can be chosen, campuses first, then by how many houses name them."""
    kinds = [kind.value for kind in Place.Kind]
    by_fame = Place.objects.annotate(houses_near=Count("nearby")).order_by("-houses_near", "name")
    return sorted(by_fame, key=lambda place: kinds.index(place.kind))


def found(search: Search, *, at: datetime, on: date, campus: Near | None = None) -> list[Hit]:
    """Every matching house once, in the order asked for.

    `campus` is what "paling cocok" measures from when the person names no place.
    """
    measured = search.near or campus
    candidates = list(_candidates(search, at, on))
    distances = _distances(candidates, measured, _stated(measured))
    kept = [c for c in candidates if _within(search, distances.get(c.house_id))]
    houses = {c.house_id for c in kept}
    free = free_counts(at, on, houses if len(houses) <= 1000 else None)
    best: dict[int, Hit] = {}
    for c in kept:
        hit = Hit(
            c.house_id, c.type_id, c.amount, free.get(c.type_id, 0), distances.get(c.house_id), c.created_at
        )
        other = best.get(c.house_id)
        if other is None or (hit.free == 0, hit.amount) < (other.free == 0, other.amount):
            best[c.house_id] = hit
    return _sorted(list(best.values()), search)


def loosened(search: Search, *, at: datetime, on: date) -> list[tuple[str, int]]:
    """For each filter that is set: how many houses would be found without it. One query each."""
    without: dict[str, Search] = {}
    for name, empty in _EMPTY.items():
        if getattr(search, name) != empty:
            without[name] = replace(search, **{name: empty})
    stated = _stated(search.near)
    counts = [(name, _count(wider, stated, at=at, on=on)) for name, wider in without.items()]
    return [(name, count) for name, count in counts if count]


_EMPTY: dict[str, Any] = {
    "within_m": None,
    "highest": None,
    "lowest": None,
    "free_now": False,
    "facilities": (),
    "gender": "",
    "type_words": "",
    "text": "",
}


def _count(search: Search, stated: dict[int, int], *, at: datetime, on: date) -> int:
    if search.near is None or search.within_m is None:
        return _types(search, at, on).values("house").distinct().count()
    candidates = list(_candidates(search, at, on))
    distances = _distances(candidates, search.near, stated)
    return len({c.house_id for c in candidates if _within(search, distances.get(c.house_id))})


def _candidates(search: Search, at: datetime, on: date) -> Iterable[_Candidate]:
    columns = ("pk", "house_id", "amount", "house__latitude", "house__longitude", "house__created_at")
    return (_Candidate(*row) for row in _types(search, at, on).order_by("pk").values_list(*columns))


def _types(search: Search, at: datetime, on: date) -> QuerySet[RoomType]:
    """Room types that pass every filter but the exact distance."""
    types = RoomType.objects.filter(house__is_published=True, house__unit__closed_on__isnull=True)
    types = types.annotate(amount=rent_on(on)).filter(amount__isnull=False)
    if search.lowest is not None:
        types = types.filter(amount__gte=search.lowest)
    if search.highest is not None:
        types = types.filter(amount__lte=search.highest)
    if search.gender:
        types = types.filter(house__gender=search.gender)
    if search.free_now:
        types = types.filter(Exists(rooms_free(at, on).filter(room_type=OuterRef("pk"))))
    types = _with_words(types, search)
    types = _with_facilities(types, search.facilities)
    if search.near and search.within_m is not None:
        types = types.filter(_around(search.near, search.within_m))
    return types


def _with_words(types: QuerySet[RoomType], search: Search) -> QuerySet[RoomType]:
    for word in search.text.split()[:8]:
        near = NearbyPlace.objects.filter(house=OuterRef("house"), place__name__icontains=word)
        types = types.filter(
            Q(house__unit__name__icontains=word)
            | Q(house__district__icontains=word)
            | Q(house__city__icontains=word)
            | Q(house__description__icontains=word)
            | Q(name__icontains=word)
            | Exists(near)
        )
    for word in search.type_words.split()[:8]:
        types = types.filter(
            Q(name__icontains=word) | Q(size__icontains=word) | Q(description__icontains=word)
        )
    return types


def _with_facilities(types: QuerySet[RoomType], keys: Iterable[str]) -> QuerySet[RoomType]:
    for key in keys:
        of_type = RoomType.facilities.through.objects.filter(roomtype=OuterRef("pk"), facility__key=key)
        of_house = House.facilities.through.objects.filter(house=OuterRef("house"), facility__key=key)
        types = types.filter(Exists(of_type) | Exists(of_house))
    return types


def _around(near: Near, within_m: int) -> Q:
    """Inside a box around one of the points, or said by the house itself to be so near."""
    stated = NearbyPlace.objects.filter(
        house=OuterRef("house"), place__in=near.place_ids, distance_m__lte=within_m
    )
    inside = Q(Exists(stated)) if near.place_ids else Q(pk__in=())
    for point in near.points:
        south, north, west, east = geometry.box(point, within_m)
        inside |= Q(
            house__latitude__gte=south,
            house__latitude__lte=north,
            house__longitude__gte=west,
            house__longitude__lte=east,
        )
    return inside


def _stated(near: Near | None) -> dict[int, int]:
    """Metres by house, as the houses themselves state them."""
    if near is None or not near.place_ids:
        return {}
    rows = NearbyPlace.objects.filter(place__in=near.place_ids).values_list("house")
    return dict(rows.annotate(least=Min("distance_m")).values_list("house", "least"))


def _distances(candidates: Iterable[_Candidate], near: Near | None, stated: dict[int, int]) -> dict[int, int]:
    """Metres by house; for a single place, what the house states comes before what is worked out."""
    if near is None:
        return {}
    metres: dict[int, int] = {}
    for c in candidates:
        if c.house_id in metres:
            continue
        said = stated.get(c.house_id)
        worked_out = None
        if c.latitude is not None and c.longitude is not None and near.points:
            here = (c.latitude, c.longitude)
            worked_out = min(geometry.distance_m(here, point) for point in near.points)
        if said is not None and (len(near.place_ids) == 1 or worked_out is None or said < worked_out):
            metres[c.house_id] = said
        elif worked_out is not None:
            metres[c.house_id] = worked_out
    return metres


def _within(search: Search, distance_m: int | None) -> bool:
    if search.near is None or search.within_m is None:
        return True
    return distance_m is not None and distance_m <= search.within_m


def _sorted(hits: list[Hit], search: Search) -> list[Hit]:
    far = 10**9
    if search.sort == Sort.NEAR:
        return sorted(hits, key=lambda h: (h.distance_m if h.distance_m is not None else far, h.house_id))
    if search.sort == Sort.CHEAP:
        return sorted(hits, key=lambda h: (h.amount, h.house_id))
    if search.sort == Sort.DEAR:
        return sorted(hits, key=lambda h: (-h.amount, h.house_id))
    if search.sort == Sort.NEW:
        return sorted(hits, key=lambda h: (-h.created_at.timestamp(), -h.house_id))
    return _best_first(hits)


def _best_first(hits: list[Hit]) -> list[Hit]:
    """What suits a student: free rooms first, then near, cheap and well equipped.

    Of one point, nearness gives 0.4 (half of it at 2 km), the price 0.4 (half of it at the
    median of these results), and the eight facilities that are asked for most 0.2.
    """
    if not hits:
        return []
    usual = median(hit.amount for hit in hits)
    equipped = _equipment(hits)

    def score(hit: Hit) -> float:
        near = 2000 / (2000 + hit.distance_m) if hit.distance_m is not None else 0.2
        cheap = usual / (usual + hit.amount)
        return 0.4 * near + 0.4 * cheap + 0.2 * equipped.get(hit.house_id, 0) / len(_WANTED)

    return sorted(hits, key=lambda h: (h.free == 0, -score(h), h.house_id))


def _equipment(hits: list[Hit]) -> dict[int, int]:
    """How many of the wanted facilities each house has, in its rooms or for all."""
    house_of = {hit.type_id: hit.house_id for hit in hits}
    has: dict[int, set[str]] = {}
    of_types = RoomType.facilities.through.objects.filter(facility__key__in=_WANTED)
    for type_id, key in of_types.values_list("roomtype", "facility__key"):
        if type_id in house_of:
            has.setdefault(house_of[type_id], set()).add(key)
    of_houses = House.facilities.through.objects.filter(facility__key__in=_WANTED)
    for house_id, key in of_houses.values_list("house", "facility__key"):
        has.setdefault(house_id, set()).add(key)
    return {house_id: len(keys) for house_id, keys in has.items()}
