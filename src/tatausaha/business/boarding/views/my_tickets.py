"""A tenant's own pages of what is broken: report it, see how it stands (KOS-13)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.business.boarding.procedure.forms_ticket import TicketForm
from tatausaha.business.boarding.queries import tickets as reads
from tatausaha.business.boarding.services import tickets
from tatausaha.business.boarding.views.keep_tickets import chip
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Column, Kind, Link, Row, Table
from tatausaha.core.web.requests import HouseRequest

A_PAGE = 20


@require_safe
@login_required
def own_tickets(request: HouseRequest) -> HttpResponse:
    """What I reported, the newest first."""
    page = Paginator(reads.own_tickets(request.person), A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column(_("Apa yang rusak"), rank=1), Column(_("Di mana")), Column(_("Dilaporkan"), Kind.DATE),
        Column(_("Dikerjakan"), Kind.DATE), Column(_("Keadaan"), Kind.CHIP, rank=2),
    ]  # fmt: skip
    rows = [
        Row(
            [
                one.what, f"{one.unit.name} {one.room.number if one.room else ''}".strip(),
                clock.day(one.opened_at, one.unit.zone), one.planned_on, chip(one),
            ],
            url=one.get_absolute_url(),
        )
        for one in page
    ]  # fmt: skip
    context = {"table": Table(columns, rows), "page": page, "lives": bool(reads.spots_for(request.person))}
    return render(request, "boarding/my_tickets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def report(request: HouseRequest) -> HttpResponse:
    """Report something broken in my room or in the house; to whoever lives nowhere here it does not exist."""
    person = request.person
    if person is None or not reads.spots_for(person):
        raise Http404
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {"place": request.GET.get("tempat", "")[:30]}
    form = TicketForm(*given, initial=initial, by=person, at=request.at)
    if request.method == "POST" and form.is_valid():
        try:
            ticket = tickets.report(by=person, at=request.at, **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Laporan terkirim. Pengelola diberi tahu sekarang."))
            return redirect(ticket)
    back = reverse("boarding:my_tickets")
    context = {
        "form": form, "house": None, "title": _("Laporkan kerusakan"), "back": back, "submit": _("Kirim laporan"),
        "lead": _("Pengelola langsung diberi tahu. Anda melihat di sini siapa yang memperbaiki dan kapan."),
        "crumbs": [Link(_("Perbaikan"), back)],
    }  # fmt: skip
    return render(request, "boarding/keep/form.html", context)
