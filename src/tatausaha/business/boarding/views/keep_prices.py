"""The pages of room types, services and published prices; only the owner publishes (KOS-19)."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.business.boarding import forms
from tatausaha.business.boarding.models import Cycle, ExtraService, House, RoomType
from tatausaha.business.boarding.queries import keeping
from tatausaha.business.boarding.services import houses, prices
from tatausaha.business.boarding.views.keep import crumbs, fill_in, house_of, person_of, tabs
from tatausaha.core.kernel import clock
from tatausaha.core.people.models import Person
from tatausaha.core.web.once import once
from tatausaha.core.web.requests import HouseRequest

_FORM = ["GET", "HEAD", "POST"]


def _owner(request: HouseRequest) -> Person:
    person = person_of(request)
    if not keeping.may_price(person):
        raise Http404
    return person


@require_http_methods(_FORM)
@login_required
@once
def publish_rent(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """A rent from a day on; the owner's alone."""
    house, person = house_of(request, code), _owner(request)
    room_type = get_object_or_404(keeping.types_of(house), pk=pk)
    today = clock.day(request.at, house.unit.zone)
    return fill_in(
        request,
        forms.PriceForm(request.POST or None, initial={"valid_from": today}),
        lambda data: prices.publish_rent(
            room_type, data["amount"], data["valid_from"], by=person, at=request.at
        ),
        house=house,
        title=_("Terbitkan harga sewa %(type)s") % {"type": room_type},
        lead=capfirst(str(Cycle(house.cycle).per))
        + ". "
        + _("Pesanan dan hunian yang sudah berjalan tetap memakai harga lamanya."),
        done=_("Harga sewa diterbitkan."),
        to=reverse("boarding:types", args=[code]),
        submit=_("Terbitkan harga"),
    )


@require_safe
@login_required
def types(request: HouseRequest, code: str) -> HttpResponse:
    """The room types with what they cost, now and from when on."""
    return _price_list(request, code, "types", keeping.kept_types)


@require_safe
@login_required
def services(request: HouseRequest, code: str) -> HttpResponse:
    """The services of a house with what they cost, now and from when on."""
    return _price_list(request, code, "services", keeping.kept_services)


def _price_list(
    request: HouseRequest, code: str, here: str, kept_of: Callable[[House, date], Iterable[Any]]
) -> HttpResponse:
    """What the house offers for money, each with its prices, the latest first."""
    house = house_of(request, code)
    on = clock.day(request.at, house.unit.zone)
    kept = [
        (row, sorted(row.prices.all(), key=lambda price: price.valid_from, reverse=True))
        for row in kept_of(house, on)
    ]
    context = {
        "house": house,
        "crumbs": crumbs(),
        "tabs": tabs(house, here),
        "kept": kept,
        "on": on,
        "may_price": keeping.may_price(person_of(request)),
    }
    return render(request, f"boarding/keep/{here}.html", context)


@require_http_methods(_FORM)
@login_required
@once
def new_type(request: HouseRequest, code: str) -> HttpResponse:
    """A room type that was not there."""
    return _save_type(request, house_of(request, code), None)


@require_http_methods(_FORM)
@login_required
@once
def edit_type(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """Change a room type."""
    house = house_of(request, code)
    return _save_type(request, house, get_object_or_404(keeping.types_of(house), pk=pk))


@require_http_methods(_FORM)
@login_required
@once
def new_service(request: HouseRequest, code: str) -> HttpResponse:
    """A service that was not there."""
    return _save_service(request, house_of(request, code), None)


@require_http_methods(_FORM)
@login_required
@once
def edit_service(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """Change a service, or stop offering it."""
    house = house_of(request, code)
    return _save_service(request, house, get_object_or_404(keeping.services_of(house), pk=pk))


def _save_service(request: HouseRequest, house: House, service: ExtraService | None) -> HttpResponse:
    person = person_of(request)
    initial = forms.ServiceForm.of(service) if service else None
    return fill_in(
        request,
        forms.ServiceForm(request.POST or None, initial=initial),
        lambda data: prices.save_service(house, service, by=person, at=request.at, **data),
        house=house,
        title=str(service) if service else _("Layanan baru"),
        done=_("Layanan disimpan."),
        to=reverse("boarding:services", args=[house.unit.code]),
    )


def _save_type(request: HouseRequest, house: House, room_type: RoomType | None) -> HttpResponse:
    person = person_of(request)
    initial = forms.RoomTypeForm.of(room_type) if room_type else None
    return fill_in(
        request,
        forms.RoomTypeForm(request.POST or None, initial=initial),
        lambda data: houses.save_room_type(house, room_type, by=person, at=request.at, **data),
        house=house,
        title=str(room_type) if room_type else _("Tipe kamar baru"),
        done=_("Tipe kamar disimpan."),
        to=reverse("boarding:types", args=[house.unit.code]),
    )


@require_http_methods(_FORM)
@login_required
@once
def publish_service_price(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """A service's price from a day on; the owner's alone."""
    house, person = house_of(request, code), _owner(request)
    service = get_object_or_404(keeping.services_of(house), pk=pk)
    today = clock.day(request.at, house.unit.zone)
    return fill_in(
        request,
        forms.ServicePriceForm(request.POST or None, initial={"valid_from": today}),
        lambda data: prices.publish_service_price(
            service, data["amount"], data["valid_from"], by=person, at=request.at
        ),
        house=house,
        title=_("Terbitkan harga %(service)s") % {"service": service},
        lead=_("Per %(measure)s.") % {"measure": service.measure}
        if service.per_use
        else f"{capfirst(str(Cycle(house.cycle).per))}.",
        done=_("Harga layanan diterbitkan."),
        to=reverse("boarding:services", args=[code]),
        submit=_("Terbitkan harga"),
    )
