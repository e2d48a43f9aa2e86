"""The manager's and owner's pages: the houses, and what each says of itself (KOS-13, KOS-20)."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.business.boarding import forms, queries, roles
from tatausaha.business.boarding.models import House
from tatausaha.business.boarding.queries import keeping, residents, tickets, waiting
from tatausaha.business.boarding.services import houses
from tatausaha.core.kernel import clock, export
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles as people_roles
from tatausaha.core.people.models import Person, Zone
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Chip, Column, Kind, Link, Row, Table, Tone
from tatausaha.core.web.requests import HouseRequest

A_PAGE = 50
Text = str | Promise


def person_of(request: HouseRequest) -> Person:
    """Who is signed in, and keeps houses; to everybody else these pages are not there."""
    if request.person is None or not roles.keeps_houses(request.person):
        raise Http404
    return request.person


def house_of(request: HouseRequest, code: str) -> House:
    """A house that this person keeps; any other is not there."""
    return get_object_or_404(queries.house_for(person_of(request), code))


def crumbs(house: House | None = None) -> list[Link]:
    """The way to a house's pages."""
    way = [Link(_("Rumah kos"), reverse("boarding:houses"))]
    return [*way, Link(str(house), reverse("boarding:keep", args=[house.unit.code]))] if house else way


def tabs(house: House, here: str) -> list[Link]:
    """The pages of a house."""
    pages = [
        ("keep", _("Ringkasan")),
        ("floor_plan", _("Denah")),
        ("rooms", pgettext("halaman rumah", "Kamar")),
        ("tenants", pgettext("halaman rumah", "Penghuni")),
        ("types", _("Tipe dan harga")),
        ("services", _("Layanan")),
        ("meters", _("Meter")),
        ("photos", _("Foto")),
        ("history", _("Riwayat")),
    ]
    code = house.unit.code
    return [
        Link(label, reverse(f"boarding:{name}", args=[code]), current=name == here) for name, label in pages
    ]


def fill_in(
    request: HouseRequest,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    house: House | None,
    title: Text,
    done: Text,
    to: str,
    lead: Text = "",
    submit: Text = "",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; when it is sent and right, do the one thing that it is for and go on.

    `more` is what the page shows besides the form.
    A refusal is shown beside its field; nothing that was typed is lost.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, str(done))
            return redirect(to)
    context = {
        "form": form,
        "house": house,
        "title": title,
        "lead": lead,
        "submit": submit or _("Simpan"),
        "crumbs": crumbs(house),
        "back": to,
        **(more or {}),
    }
    return render(request, "boarding/keep/form.html", context)


@require_safe
@login_required
def house_list(request: HouseRequest) -> HttpResponseBase:
    """All houses of this person with their occupancy, or the list as a file."""
    person = person_of(request)
    zone = request.company.zone if request.company else Zone.WIB
    on = clock.day(request.at, zone)
    text = request.GET.get("q", "").strip()[:100]
    found = queries.houses_for(person).filter(unit__name__icontains=text)
    if request.GET.get("berkas") == "csv":
        return _houses_file(list(found), request, on)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    filled = keeping.occupancy(page, request.at, on)
    columns = [
        Column(_("Rumah"), rank=1),
        Column(_("Daerah")),
        Column(_("Kamar"), Kind.NUMBER),
        Column(_("Terisi"), Kind.NUMBER),
        Column(_("Dipesan"), Kind.NUMBER),
        Column(_("Kosong"), Kind.NUMBER),
        Column(_("Tampil"), Kind.CHIP),
    ]
    rows = [
        Row(
            [str(house), house.district, o.rooms, o.occupied, o.promised, o.free, _shown(house)],
            url=reverse("boarding:keep", args=[house.unit.code]),
        )
        for house in page
        for o in [filled[house.pk]]
    ]
    context = {
        "table": Table(columns, rows),
        "page": page,
        "query": text,
        "is_owner": people_roles.is_owner(person),
    }
    return render(request, "boarding/keep/houses.html", context)


def _shown(house: House) -> Chip:
    return Chip(_("Ya"), Tone.DONE) if house.is_published else Chip(_("Belum"), Tone.SOON)


def _houses_file(found: list[House], request: HouseRequest, on: Any) -> HttpResponseBase:
    filled = keeping.occupancy(found, request.at, on)
    head = [_("Rumah"), _("Kota"), _("Kecamatan"), _("Untuk"), _("Kamar"), _("Terisi"), _("Kosong")]
    rows = (
        [str(h), h.city, h.district, str(h.get_gender_display()), o.rooms, o.occupied, o.free]
        for h in found
        for o in [filled[h.pk]]
    )
    return export.csv_file("rumah-kos", head, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def new_house(request: HouseRequest) -> HttpResponse:
    """Open a house; the owner's alone."""
    person = person_of(request)
    if not people_roles.is_owner(person):
        raise Http404
    zone = request.company.zone if request.company else Zone.WIB
    form = forms.NewHouseForm(request.POST or None, initial={"zone": zone})
    return fill_in(
        request,
        form,
        lambda data: houses.open_house(by=person, at=request.at, **data),
        house=None,
        title=_("Rumah kos baru"),
        done=_("Rumah kos dibuat. Lanjutkan dengan tipe kamar, harga, dan foto, lalu tampilkan untuk umum."),
        to=reverse("boarding:houses"),
        submit=_("Buat rumah kos"),
    )


@require_safe
@login_required
def keep(request: HouseRequest, code: str) -> HttpResponse:
    """A house at a glance: how full it is, and what is still to be done before it can be let."""
    house = house_of(request, code)
    on = clock.day(request.at, house.unit.zone)
    filled = keeping.occupancy([house], request.at, on)[house.pk]
    context = {
        "house": house,
        "crumbs": crumbs(),
        "tabs": tabs(house, "keep"),
        "filled": filled,
        "chip": Chip(_("Tampil untuk umum"), Tone.DONE)
        if house.is_published
        else Chip(_("Belum tampil"), Tone.SOON),
        "todo": _todo(house, filled, on),
        "waiting": waiting.waiting_in(house, request.at),
        "broken": tickets.counts(tickets.of_house(house)),
        "unreported": residents.unreported(house).count(),
        "report_link": Link(_("Lapor penghuni"), reverse("boarding:residents", args=[code])),
    }
    return render(request, "boarding/keep/house.html", context)


def _todo(house: House, filled: keeping.Occupancy, on: Any) -> list[Link]:
    """What keeps the house from being found and booked."""
    code = house.unit.code
    types = list(keeping.kept_types(house, on))
    wanted = [
        (not types, _("Buat tipe kamar"), reverse("boarding:new_type", args=[code])),
        (
            any(t.amount is None for t in types),
            _("Terbitkan harga sewa"),
            reverse("boarding:types", args=[code]),
        ),
        (not filled.rooms, _("Tambahkan kamar"), reverse("boarding:add_rooms", args=[code])),
        (house.latitude is None, _("Isi letak rumah"), reverse("boarding:edit_house", args=[code])),
        (not keeping.kept_photos(house).exists(), _("Pasang foto"), reverse("boarding:photos", args=[code])),
        (not house.is_published, _("Tampilkan untuk umum"), reverse("boarding:edit_house", args=[code])),
    ]
    return [Link(label, url) for missing, label, url in wanted if missing]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def edit_house(request: HouseRequest, code: str) -> HttpResponse:
    """Change what a house says of itself."""
    house = house_of(request, code)
    person = person_of(request)
    form = forms.HouseForm(
        request.POST or None, initial=forms.HouseForm.of(house), owner=people_roles.is_owner(person)
    )
    return fill_in(
        request,
        form,
        lambda data: houses.update_house(house, by=person, at=request.at, **data),
        house=house,
        title=_("Ubah keterangan rumah"),
        done=_("Keterangan rumah disimpan."),
        to=reverse("boarding:keep", args=[code]),
    )
