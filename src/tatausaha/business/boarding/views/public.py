"""Pages without an account: search, house, room (KOS-01, KOS-02)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.business.boarding import drawings, filters, geometry, queries, tiles
from tatausaha.business.boarding.models import ExtraService, Gender, Room
from tatausaha.business.boarding.queries import cards, pages, search
from tatausaha.core.kernel import clock, money
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Zone
from tatausaha.core.web.requests import HouseRequest

PER_PAGE = 12

_PARAMETERS = {
    "within_m": "jarak",
    "highest": "maks",
    "lowest": "min",
    "free_now": "kosong",
    "facilities": "fasilitas",
    "gender": "khusus",
    "type_words": "tipe",
    "text": "q",
}
"""The name in the address of each filter that can be loosened."""


def _sorts() -> list[tuple[str, str]]:
    return [
        (search.Sort.BEST, _("Paling cocok")),
        (search.Sort.NEAR, _("Terdekat")),
        (search.Sort.CHEAP, _("Termurah")),
        (search.Sort.DEAR, _("Termahal")),
        (search.Sort.NEW, _("Terbaru")),
    ]


@require_safe
def search_page(request: HouseRequest) -> HttpResponse:
    """Houses that match the filters of the address; the address can be shared."""
    at = request.at
    on = clock.day(at, request.company.zone if request.company else Zone.WIB)
    places = search.places_to_be_near()
    wished = filters.read_filters(request.GET, places)
    hits = search.found(wished.search, at=at, on=on, campus=search.near_any_campus(places))
    page = Paginator(hits, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "filters": wished,
        "search": wished.search,
        "typed": request.GET,
        "places": places,
        "facilities": [
            (key, label, key in wished.search.facilities) for key, label in search.FACILITIES.items()
        ],
        "genders": [choice for choice in Gender.choices if choice[0] != Gender.UNSTATED],
        "sorts": _sorts(),
        "page": page,
        "listings": tiles.tiles(cards.cards(list(page)), wished.search.near),
        "active": _active(request.GET, wished.search),
        "more_open": _more_open(wished),
        "before": _address(request.GET, hal=str(page.number - 1)) if page.has_previous() else "",
        "after": _address(request.GET, hal=str(page.number + 1)) if page.has_next() else "",
        "looser": [] if hits else _looser(request.GET, wished.search, at=at, on=on),
    }
    return render(request, "boarding/search.html", context)


def _more_open(wished: filters.Filters) -> bool:
    asked = wished.search
    return bool(
        asked.lowest
        or asked.type_words
        or asked.facilities
        or asked.gender
        or wished.wrong.keys() & {"min", "titik"}
    )


def _address(typed: QueryDict, *, without: str = "", value: str = "", **changed: str) -> str:
    """The address of the search with a filter left out (or one value of it) or changed."""
    kept = [(name, text) for name, texts in typed.lists() for text in texts if text and name != "hal"]
    kept = [(n, t) for n, t in kept if n not in changed and (n != without or (value and t != value))]
    asked = urlencode([*kept, *changed.items()])
    return reverse("boarding:search") + (f"?{asked}" if asked else "")


def _active(typed: QueryDict, asked: search.Search) -> list[tuple[str, str]]:
    """Each filter that is set in words, with the address of the search without it."""
    said: list[tuple[str, str, str]] = []
    if asked.text:
        said.append((f"“{asked.text}”", "q", ""))
    if asked.lowest is not None:
        said.append((_("dari %(amount)s") % {"amount": money.rupiah(asked.lowest)}, "min", ""))
    if asked.highest is not None:
        said.append((_("sampai %(amount)s") % {"amount": money.rupiah(asked.highest)}, "maks", ""))
    if asked.type_words:
        said.append((_("tipe “%(words)s”") % {"words": asked.type_words}, "tipe", ""))
    if asked.free_now:
        said.append((_("kosong sekarang"), "kosong", ""))
    if asked.gender:
        said.append((str(Gender(asked.gender).label), "khusus", ""))
    said.extend((str(search.FACILITIES[key]), "fasilitas", key) for key in asked.facilities)
    if asked.near:
        said.append(
            (
                _("dekat %(place)s") % {"place": asked.near.label},
                "titik" if typed.get("titik") else "dekat",
                "",
            )
        )
    if asked.within_m is not None:
        said.append((_("paling jauh %(far)s") % {"far": geometry.far(asked.within_m)}, "jarak", ""))
    return [(words, _address(typed, without=name, value=value)) for words, name, value in said]


def _looser(typed: QueryDict, asked: search.Search, **when: Any) -> list[tuple[str, str, int]]:
    """Which filter to let go of, how many houses that finds, and the address of it."""
    words = {
        "within_m": _("Lebih jauh dari %(place)s") % {"place": asked.near.label if asked.near else ""},
        "highest": _("Harga lebih tinggi"),
        "lowest": _("Harga lebih rendah"),
        "free_now": _("Juga yang sedang penuh"),
        "facilities": _("Tanpa syarat fasilitas"),
        "gender": _("Untuk putra, putri, atau campur"),
        "type_words": _("Semua tipe kamar"),
        "text": _("Tanpa kata “%(text)s”") % {"text": asked.text},
    }
    return [
        (words[name], _address(typed, without=_PARAMETERS[name]), count)
        for name, count in search.loosened(asked, **when)
    ]


@require_safe
def house_page(request: HouseRequest, code: str) -> HttpResponse:
    """A house, to be chosen or not within ten seconds."""
    house = get_object_or_404(queries.public_house(code))
    at, on = request.at, clock.day(request.at, house.unit.zone)
    page = pages.house_page(house, queries.terms_of(house, at=at), at=at, on=on)
    return render(request, "boarding/house.html", {"page": page, "house": house, "sketch": _sketch(page)})


def _sketch(page: pages.HousePage) -> str:
    house = page.house
    marks = [
        drawings.Mark(near.number, near.name, near.point) for near in page.near if near.number and near.point
    ]
    if not marks or house.latitude is None or house.longitude is None:
        return ""
    label = _("Sketsa sekitar %(house)s, utara di atas") % {"house": house}
    return drawings.sketch((house.latitude, house.longitude), marks, label=label)


@require_safe
def room_page(request: HouseRequest, code: str, number: str) -> HttpResponse:
    """A room with the four numbers, counted anew for the services that are ticked."""
    room = get_object_or_404(queries.public_room(code, number))
    at, on = request.at, clock.day(request.at, room.house.unit.zone)
    terms = queries.terms_of(room.house, at=at)
    page = pages.room_page(room, at=at, on=on, within=terms.planned_within_days)
    ticked = {text for text in request.GET.getlist("layanan") if text.isdecimal()}
    chosen = [service for service in page.services if str(service.pk) in ticked]
    context: dict[str, Any] = {
        "page": page,
        "room": room,
        "house": room.house,
        "chosen": {service.pk for service in chosen},
        "booking": _booking_address(room, chosen, page.bookable_from) if page.can_be_booked else "",
    }
    try:
        context["quote"] = queries.reckoned(page.amount, chosen, offered=page.services, policy=terms)
    except Refused as no:
        context["refused"] = no.sentence
    return render(request, "boarding/room.html", context)


def _booking_address(room: Room, chosen: Sequence[ExtraService], from_on: date | None) -> str:
    """Where the room is booked with the chosen services, and from which day if not from today."""
    address = reverse("boarding:book", args=[room.house.unit.code, room.number])
    asked = [("layanan", str(service.pk)) for service in chosen]
    if from_on:
        asked.append(("masuk", from_on.isoformat()))
    return f"{address}?{urlencode(asked)}" if asked else address


@require_safe
def robots(request: HouseRequest) -> HttpResponse:
    """What search engines may read: the public pages, by the site map."""
    lines = [
        "User-agent: *",
        "Disallow: /akun/",
        "Disallow: /kos-kelola/",
        "Disallow: /saya/",
        f"Sitemap: {request.build_absolute_uri(reverse('boarding:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HouseRequest) -> HttpResponse:
    """The addresses of every published house, for search engines."""
    codes = queries.public_houses().order_by("unit__code").values_list("unit__code", flat=True)[:50_000]
    addresses = [reverse("boarding:search"), *(reverse("boarding:house", args=[code]) for code in codes)]
    context = {"addresses": [request.build_absolute_uri(address) for address in addresses]}
    return render(request, "boarding/sitemap.xml", context, content_type="application/xml")
