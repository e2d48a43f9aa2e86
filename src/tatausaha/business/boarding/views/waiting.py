"""The waiting list: a prospect joins it, the house and the owner look at it (KOS-01, KOS-02)."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.business.boarding import queries
from tatausaha.business.boarding.models import House, Wish
from tatausaha.business.boarding.procedure.forms_waiting import WishForm
from tatausaha.business.boarding.queries import houses_for
from tatausaha.business.boarding.queries import waiting as reads
from tatausaha.business.boarding.services import waiting
from tatausaha.business.boarding.views.keep import crumbs, person_of
from tatausaha.core.kernel import clock, export, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.identity import shown_phone
from tatausaha.core.people.queries import has_proven_phone
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Chip, Column, FilterSet, Kind, Link, Row, Stat, Table, Tone
from tatausaha.core.web.requests import HouseRequest

A_PAGE = 50
HOW = _lazy(
    "Begitu ada kamar yang cocok, yang menunggu diberi tahu berurutan. Kamar tidak ditahan: yang lebih dulu memesan "
    "yang mendapat."
)
A_QUARTER = timedelta(days=90)
TONES = {Wish.Status.WAITING: Tone.GOING, Wish.Status.BOOKED: Tone.DONE}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def join(request: HouseRequest, code: str) -> HttpResponse:
    """Wait for a room of a house that is full; its manager puts a guest on the list."""
    person = request.person
    house = queries.public_house(code).first() or queries.house_for(person, code).first()
    if person is None or house is None:
        raise Http404
    counter = roles.has_role(person, house.unit, "manager")
    initial = {"want": request.GET.get("tunggu", "")[:30]}
    given = (request.POST,) if request.method == "POST" else ()
    form = WishForm(*given, initial=initial, house=house, counter=counter, by=person, at=request.at)
    if request.method == "POST" and form.is_valid():
        try:
            wish = waiting.join(by=person, at=request.at, **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Tercatat di daftar tunggu."))
            return redirect(wish)
    context = {
        "form": form, "house": house, "back": f"/kos/{code}/",
        "title": _("Catatkan calon penghuni") if counter else _("Masuk daftar tunggu"),
        "submit": _("Catat di daftar tunggu") if counter else _("Masuk daftar tunggu"),
        "crumbs": [Link(str(house), f"/kos/{code}/")],
        "lead": HOW if counter or has_proven_phone(person) else waiting.NEEDS_PHONE,
    }  # fmt: skip
    return render(request, "boarding/keep/form.html", context)


@require_safe
@login_required
def waiting_list(request: HouseRequest) -> HttpResponseBase:
    """Who waits for which room and how long already, of all houses of this person or of one; or as a file."""
    person, code = person_of(request), request.GET.get("rumah", "")[:60]
    every = reads.wishes_for(person)
    if code:
        every = every.filter(unit__code=code)
    houses = list(houses_for(person))
    one = code or (houses[0].unit.code if len(houses) == 1 else "")
    ended = request.GET.get("keadaan") == "semua"
    found = every if ended else every.filter(status=Wish.Status.WAITING, deadline_at__gt=request.at)
    if (file := request.GET.get("berkas")) in {"csv", "xlsx"}:
        write = export.csv_file if file == "csv" else export.xlsx_file
        lines = ([*_cells(wish, request.at)[:-1], str(wish.get_status_display())] for wish in found)
        return write("daftar-tunggu", [column.label for column in _columns()], lines)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = len(_columns()) - (not ended)  # all of those who wait are in one state
    rows = [Row(_cells(wish, request.at)[:shown], url=wish.get_absolute_url()) for wish in page]
    demand = reads.demand(every, at=request.at, since=request.at - A_QUARTER)
    context = {
        "title": _("Daftar tunggu"),
        "lead": _("Siapa yang menunggu kamar dan sudah berapa lama: permintaan yang belum bisa dilayani."),
        "act": Link(_("Catatkan calon penghuni"), f"/kos/{one}/tunggu/") if one else None,
        "none": (
            _("Tidak ada yang menunggu"),
            _(
                "Calon penghuni masuk daftar tunggu di halaman rumah yang penuh; pengelola mencatatkan "
                "yang menelepon."
            ),
        ),
        "table": Table(_columns()[:shown], rows).filled(),
        "page": page,
        "crumbs": crumbs(),
        "stats": [
            Stat(
                _("Menunggu sekarang"),
                str(demand.waiting),
                tone=Tone.SOON if demand.waiting else Tone.NEUTRAL,
            ),
            Stat(_("Menjadi pesanan"), str(demand.booked), _("90 hari terakhir"), tone=Tone.DONE),
            Stat(_("Tidak terlayani"), str(demand.unserved), _("90 hari terakhir")),
        ],
        "sets": _filters(request, houses, code, ended=ended),
        "file": f"{request.path}?rumah={code}&keadaan={'semua' if ended else ''}&berkas=",
    }
    return render(request, "boarding/keep/listing.html", context)


def _filters(request: HouseRequest, houses: list[House], code: str, *, ended: bool) -> list[FilterSet]:
    states = (
        Link(_("Menunggu"), f"{request.path}?rumah={code}", current=not ended),
        Link(_("Semua"), f"{request.path}?rumah={code}&keadaan=semua", current=ended),
    )
    sets = [FilterSet(_("Keadaan"), states)]
    units = [(house.unit.code, str(house)) for house in houses]
    if len(units) > 1:
        kept = "&keadaan=semua" if ended else ""
        places = [("", _("Semua rumah")), *units]
        links = tuple(
            Link(name, f"{request.path}?rumah={one}{kept}", current=one == code) for one, name in places
        )
        sets.append(FilterSet(_("Rumah"), links))
    return sets


def _columns() -> list[Column]:
    return [
        Column(_("Siapa"), rank=1), Column(_("Nomor HP")), Column(_("Rumah")), Column(_("Yang ditunggu")),
        Column(_("Menunggu selama"), rank=2), Column(_("Paling lambat"), Kind.DATE),
        Column(_("Sewa paling tinggi"), Kind.MONEY), Column(_("Diberi tahu"), Kind.NUMBER),
        Column(_("Keadaan"), Kind.CHIP),
    ]  # fmt: skip


def _cells(one: Any, at: datetime) -> list[Any]:
    end = at if one.status == Wish.Status.WAITING else one.since
    days = (clock.day(end, one.unit.zone) - clock.day(one.opened_at, one.unit.zone)).days
    return [
        str(one.customer or ""), shown_phone(one.customer.phone) if one.customer else "", one.unit.name, _wanted(one),
        words.span(timedelta(days=days)) if days else _("sejak hari ini"), one.latest_on, one.budget,
        one.times or None, Chip(str(one.get_status_display()), TONES.get(Wish.Status(one.status), Tone.NEUTRAL)),
    ]  # fmt: skip


def _wanted(one: Wish) -> str:
    if one.room:
        return _("kamar %(room)s") % {"room": one.room.number}
    return str(one.room_type) if one.room_type else _("kamar mana pun")
