"""Papers of a stay on one page, each in the sizes of the house's printers (rules/boarding 16.10)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.business.boarding import panel_sheets
from tatausaha.business.boarding.models import Stay, StayPaper
from tatausaha.business.boarding.queries import bill_titles, moving
from tatausaha.business.boarding.queries import papers as reads
from tatausaha.business.boarding.queries import sheets as stays
from tatausaha.business.boarding.services import due_calendar, stay_papers
from tatausaha.business.boarding.services.agreement_paper import Agreement
from tatausaha.business.boarding.services.settlement_paper import Settlement
from tatausaha.core.documents import sheets
from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Link, Text
from tatausaha.core.web.requests import HouseRequest

KINDS = {
    "perjanjian": StayPaper.Kind.AGREEMENT,
    "deposit": StayPaper.Kind.DEPOSIT,
    "perhitungan": StayPaper.Kind.SETTLEMENT,
}
FORMS = {
    StayPaper.Kind.AGREEMENT: Agreement.forms,
    StayPaper.Kind.DEPOSIT: sheets.DepositReceipt.forms,
    StayPaper.Kind.SETTLEMENT: Settlement.forms,
}
_SLUGS = {kind: slug for slug, kind in KINDS.items()}
_SIZES = {"a4": "A4", "a5": "A5", "80mm": "80 mm", "58mm": "58 mm"}


def _stay(request: HouseRequest, number: str) -> Stay:
    stay = stays.stay_for(request.person, number)
    if stay is None:
        raise Http404
    return stay


def _sizes(url: str, forms: tuple[str, ...]) -> list[Link]:
    return [Link(_SIZES[form], f"{url}?bentuk={form}") for form in forms]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def papers(request: HouseRequest, number: str) -> HttpResponse:
    """Every paper of a stay; what was not made yet is made here, because that takes a number."""
    stay = _stay(request, number)
    if request.method == "POST":
        return _make(request, stay)
    found = reads.papers_of(stay)
    unmade = [(kind.label, _SLUGS[kind]) for kind, made in found.kinds if made is None]
    listed: list[tuple[Text, Text, list[Link]]] = [
        (
            kind.label,
            made.number,
            _sizes(reverse("boarding:stay_paper", args=[stay.number, _SLUGS[kind]]), FORMS[kind]),
        )
        for kind, made in found.kinds
        if made
    ]
    listed += [(paper.label, paper.note, [Link("A4", paper.url)]) for paper in panel_sheets.papers(stay)]
    listed += [
        (_("Berita acara pindah kamar"), move.paper_number,
         [Link("A4", reverse("boarding:move_paper", args=[move.number]))])
        for move in moving.moves_of(stay)
    ]  # fmt: skip
    notes = [
        (title, bill.number, _sizes(reverse("boarding:service_note", args=[stay.number, bill.pk]),
                                    sheets.ServiceNote.forms))
        for bill, title in bill_titles.of_room(list(found.bills), stay.room.number)
    ]  # fmt: skip
    context = {
        "stay": stay, "title": _("Surat kamar %(room)s") % {"room": stay.room.number}, "papers": listed, "notes": notes,
        "unmade": unmade,
        "crumbs": [Link(stay.number, stay.get_absolute_url())],
    }  # fmt: skip
    return render(request, "boarding/papers.html", context)


def _make(request: HouseRequest, stay: Stay) -> HttpResponse:
    kind = KINDS.get(request.POST.get("surat", ""))
    assert request.person is not None
    if kind is None or stay_papers.given_at_move_in(stay, kind, by=request.person, at=request.at) is None:
        raise Http404
    return redirect("boarding:stay_papers", stay.number)


@require_safe
@login_required
def stay_paper(request: HouseRequest, number: str, kind: str) -> HttpResponse:
    """One of the papers as PDF, once it was made."""
    stay, known = _stay(request, number), KINDS.get(kind)
    if known is None:
        raise Http404
    assert request.person is not None
    form = request.GET.get("bentuk") or FORMS[known][0]
    if form not in FORMS[known]:
        raise Http404
    kept = reads.paper_of(stay, known)
    if kept is None:
        raise Http404
    return pdf_response(
        stay_papers.print_paper(kept, form=form, by=request.person, at=request.at), kept.number
    )


@require_safe
@login_required
def service_note(request: HouseRequest, number: str, pk: int) -> HttpResponse:
    """The services on one bill as PDF."""
    stay = _stay(request, number)
    bill, form = reads.bill_of(stay, pk), request.GET.get("bentuk") or sheets.ServiceNote.forms[0]
    if bill is None or form not in sheets.ServiceNote.forms:
        raise Http404
    assert request.person is not None
    content = stay_papers.service_note(stay, bill, by=request.person, at=request.at, form=form)
    if content is None:
        raise Http404
    return pdf_response(content, f"nota-layanan-{bill.number}")


@require_safe
@login_required
def due_dates(request: HouseRequest, number: str) -> HttpResponse:
    """The next twelve due dates for the calendar of a phone."""
    stay = _stay(request, number)
    content = due_calendar.calendar_of(stay, at=request.at)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="jatuh-tempo-{stay.number}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
