"""What is broken in the houses: the list with what repairs cost, and a report by the house itself (KOS-13, KOS-14)."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.business.boarding.models import House, Ticket
from tatausaha.business.boarding.procedure.forms_ticket import TicketForm
from tatausaha.business.boarding.queries import houses_for
from tatausaha.business.boarding.queries import tickets as reads
from tatausaha.business.boarding.services import tickets
from tatausaha.business.boarding.views.keep import crumbs, fill_in, house_of, person_of
from tatausaha.core.kernel import clock, export, money
from tatausaha.core.people.models import Zone
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Chip, Column, FilterSet, Kind, Link, Row, Stat, Table, Tone
from tatausaha.core.web.requests import HouseRequest

A_PAGE = 50
A_YEAR = timedelta(days=365)
TONES = {
    Ticket.Status.REPORTED: Tone.SOON,
    Ticket.Status.OVERDUE: Tone.LATE,
    Ticket.Status.TAKEN: Tone.GOING,
    Ticket.Status.SCHEDULED: Tone.GOING,
    Ticket.Status.DONE: Tone.SOON,
    Ticket.Status.CLOSED: Tone.DONE,
}
STATES: dict[str, tuple[Ticket.Status, ...]] = {
    "berjalan": Ticket.OPEN,
    "belum-diambil": Ticket.UNTAKEN,
    "menunggu-penghuni": (Ticket.Status.DONE,),
}


@require_safe
@login_required
def ticket_list(request: HouseRequest) -> HttpResponseBase:
    """What is broken, of all houses of this person or of one, with who repairs it and what it cost; or as a file."""
    person, code = person_of(request), request.GET.get("rumah", "")[:60]
    every = reads.tickets_for(person)
    if code:
        every = every.filter(unit__code=code)
    houses = list(houses_for(person))
    one = code or (houses[0].unit.code if len(houses) == 1 else "")
    wanted = request.GET.get("keadaan", "berjalan")
    found = every.filter(status__in=STATES[wanted]) if wanted in STATES else every
    if (file := request.GET.get("berkas")) in {"csv", "xlsx"}:
        write = export.csv_file if file == "csv" else export.xlsx_file
        return write("perbaikan", _head(), map(_cells, found))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [Row(_shown(ticket), url=ticket.get_absolute_url()) for ticket in page]
    counted = reads.counts(every)
    context = {
        "title": _("Perbaikan"),
        "lead": _(
            "Yang rusak di kamar dan rumah: siapa yang menangani, kapan dikerjakan, dan berapa biayanya."
        ),
        "act": Link(_("Laporkan kerusakan"), reverse("boarding:report_in_house", args=[one]))
        if one
        else None,
        "none": (
            _("Tidak ada laporan di sini"),
            _(
                "Laporan penghuni dan pengelola tampil di sini. Untuk melapor, buka rumahnya lalu "
                "“Laporan kerusakan”."
            ),
        ),
        "table": Table(_seen_columns(), rows).filled(),
        "page": page,
        "crumbs": crumbs(),
        "stats": _stats(request, every, counted),
        "sets": _filters(request, houses, code, wanted, counted),
        "file": f"{request.path}?rumah={code}&keadaan={wanted[:20]}&berkas=",
    }
    return render(request, "boarding/keep/listing.html", context)


def _stats(request: HouseRequest, every: QuerySet[Ticket], counted: reads.Counts) -> list[Stat]:
    zone = request.company.zone if request.company else Zone.WIB
    since = clock.day(request.at, zone) - A_YEAR
    late = Tone.LATE if counted.untaken else Tone.DONE
    return [
        Stat(_("Belum diambil"), str(counted.untaken), tone=late),
        Stat(_("Sedang ditangani"), str(counted.in_hand)),
        Stat(_("Menunggu penghuni"), str(counted.done)),
        Stat(
            _("Biaya perbaikan"), money.short_rupiah(reads.spent_since(every, since)), _("12 bulan terakhir")
        ),
    ]


def _filters(
    request: HouseRequest, houses: list[House], code: str, wanted: str, counted: reads.Counts
) -> list[FilterSet]:
    def link(label: str, state: str, house: str, *, current: bool, count: int | None = None) -> Link:
        return Link(label, f"{request.path}?rumah={house}&keadaan={state}", current=current, count=count)

    states = [
        (_("Berjalan"), "berjalan", counted.open),
        (_("Belum diambil"), "belum-diambil", counted.untaken),
        (_("Menunggu penghuni"), "menunggu-penghuni", counted.done),
        (_("Semua"), "semua", None),
    ]
    sets = [
        FilterSet(
            _("Keadaan"),
            tuple(link(label, key, code, current=wanted == key, count=count) for label, key, count in states),
        )
    ]
    units = [(house.unit.code, str(house)) for house in houses]
    if len(units) > 1:
        places = [("", _("Semua rumah")), *units]
        links = tuple(link(name, wanted[:20], one, current=one == code) for one, name in places)
        sets.append(FilterSet(_("Rumah"), links))
    return sets


def _seen_columns() -> list[Column]:
    return [
        Column(_("Apa yang rusak"), rank=1), Column(_("Keadaan"), Kind.CHIP, rank=2), Column(_("Di mana")),
        Column(_("Dilaporkan"), Kind.DATE), Column(_("Penghuni")), Column(_("Yang memperbaiki")),
        Column(_("Dikerjakan"), Kind.DATE), Column(_("Biaya"), Kind.MONEY),
    ]  # fmt: skip


def _shown(one: Any) -> list[Any]:
    where = f"{one.unit.name}, {one.room.number}" if one.room else one.unit.name
    opened = clock.day(one.opened_at, one.unit.zone)
    tenant = str(one.customer or "")
    return [one.what, chip(one), where, opened, tenant, one.repairer, one.planned_on, one.spent]


def _head() -> list[str]:
    return [
        _("Apa yang rusak"), _("Rumah"), _("Kamar"), _("Dilaporkan"), _("Penghuni"), _("Ditangani oleh"),
        _("Yang memperbaiki"), _("Dikerjakan"), _("Biaya"), _("Keadaan"),
    ]  # fmt: skip


def _cells(one: Any) -> list[Any]:
    return [
        one.what, one.unit.name, one.room.number if one.room else "", clock.day(one.opened_at, one.unit.zone),
        str(one.customer or ""), str(one.handler or ""), one.repairer, one.planned_on, one.spent,
        str(one.get_status_display()),
    ]  # fmt: skip


def chip(one: Ticket) -> Chip:
    """How a report stands."""
    return Chip(str(one.get_status_display()), TONES.get(Ticket.Status(one.status), Tone.NEUTRAL))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def report_in_house(request: HouseRequest, code: str) -> HttpResponse:
    """The house writes down what is broken in a room or outside of the rooms."""
    house, person = house_of(request, code), person_of(request)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {"place": request.GET.get("tempat", "")[:30]}
    form = TicketForm(*given, initial=initial, house=house, by=person, at=request.at)
    return fill_in(
        request,
        form,
        lambda data: tickets.report(by=person, at=request.at, **data),
        house=house,
        title=_("Laporkan kerusakan"),
        lead=_("Bila kamarnya dihuni, penghuninya yang memastikan bahwa perbaikannya beres."),
        done=_("Laporan dicatat."),
        to=f"{reverse('boarding:tickets')}?rumah={code}",
        submit=_("Simpan laporan"),
    )
