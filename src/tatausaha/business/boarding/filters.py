"""The shape of what people type into the search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Gender, Place
from tatausaha.business.boarding.models.house import EAST, NORTH, SOUTH, WEST
from tatausaha.business.boarding.queries.search import (
    FACILITIES,
    Near,
    Search,
    Sort,
    near_any_campus,
    near_places,
)
from tatausaha.core.kernel import money
from tatausaha.core.kernel.errors import Refused

FARTHEST_KM = 100


@dataclass
class Filters:
    """The filters of the search as they were understood, and what could not be understood."""

    search: Search = field(default_factory=Search)
    near_value: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


def read_filters(typed: QueryDict, places: Sequence[Place]) -> Filters:
    """Read the address of a search; what is unreadable is left out and said, never an error page."""
    filters = Filters()
    near = _near(typed, places, filters)
    sort = typed.get("urut", "")
    filters.search = Search(
        text=_words(typed, "q"),
        lowest=_amount(typed, "min", filters.wrong),
        highest=_amount(typed, "maks", filters.wrong),
        type_words=_words(typed, "tipe"),
        facilities=tuple(key for key in FACILITIES if key in typed.getlist("fasilitas")),
        free_now=typed.get("kosong") == "1",
        gender=typed.get("khusus", "") if typed.get("khusus", "") in Gender.values else "",
        near=near,
        within_m=_within(typed, filters.wrong) if near else None,
        sort=Sort(sort) if sort in list(Sort) else Sort.BEST,
    )
    if filters.search.sort == Sort.NEAR and near is None:
        filters.wrong["dekat"] = _("Pilih dulu tempatnya, agar bisa diurutkan dari yang terdekat.")
    return filters


def _words(typed: Mapping[str, str], name: str) -> str:
    return " ".join(typed.get(name, "").replace("\x00", "").split())[:100]


def _amount(typed: Mapping[str, str], name: str, wrong: dict[str, str]) -> int | None:
    if not (text := _words(typed, name)):
        return None
    try:
        return money.parse_rupiah(text)
    except Refused as no:
        wrong[name] = str(no)
        return None


def _within(typed: Mapping[str, str], wrong: dict[str, str]) -> int | None:
    if not (text := _words(typed, "jarak")):
        return None
    try:
        kilometres = float(text.lower().removesuffix("km").strip().replace(",", "."))
    except ValueError:
        kilometres = -1.0
    if not 0 < kilometres <= FARTHEST_KM:
        wrong["jarak"] = _("Tulis jarak dalam kilometer, misalnya 1,5.")
        return None
    return round(kilometres * 1000)


def _near(typed: Mapping[str, str], places: Sequence[Place], filters: Filters) -> Near | None:
    chosen = typed.get("dekat", "")
    if point := _words(typed, "titik"):
        return _point(point, filters)
    if chosen == "kampus":
        filters.near_value = chosen
        return near_any_campus(places)
    for place in places:
        if chosen == str(place.pk):
            filters.near_value = chosen
            return near_places(place.name, [place])
    return None


def _point(text: str, filters: Filters) -> Near | None:
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        latitude = longitude = 0.0
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        filters.wrong["titik"] = _("Tulis titik sebagai lintang,bujur di Indonesia, misalnya -8.79,115.17.")
        return None
    filters.near_value = ""
    return Near(_("titik Anda"), ((latitude, longitude),))
