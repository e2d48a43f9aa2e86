"""The owner's summary: as it stands now, as it was sent on a day, and how often it is sent (boarding 16.2)."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Link
from tatausaha.core.kernel.words import short_date
from tatausaha.core.people.models import Company
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import owner_only
from tatausaha.core.reports import summarising, summary_chat
from tatausaha.core.reports.forms import ChatForm, SummaryForm
from tatausaha.core.reports.models import SummaryChoice
from tatausaha.core.reports.summarising import Rhythm, Sheet


@require_safe
@owner_only
def summary(request: PersonRequest) -> HttpResponse:
    """How things stand now, and what was booked since the last summary."""
    house = _company(request)
    sheet = summarising.now(request.person, at=request.at)
    return _page(request, house, sheet, clock.day(request.at, house.zone), live=True)


@require_safe
@owner_only
def summary_of(request: PersonRequest, day: str) -> HttpResponse:
    """The summary of a day, as it was sent; 404 where none was."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if (sheet := summarising.sent_on(request.person, on)) is None:
        raise Http404
    return _page(request, _company(request), sheet, on, live=False)


def _company(request: PersonRequest) -> Company:
    if request.company is None:
        raise Http404
    return request.company


def _page(request: PersonRequest, house: Company, sheet: Sheet, on: date, *, live: bool) -> HttpResponse:
    days = summarising.former(request.person)
    context = {
        "title": summarising.title_of(on),
        "span": summarising.span_of(sheet, house),
        "parts": sheet.parts,
        "live": live,
        "crumbs": [] if live else [Link(_("Ringkasan"), reverse("summary"))],
        "former": [
            Link(short_date(day), reverse("summary_of", args=[day.isoformat()]), day == on and not live) for day in days
        ],
        "schedule": _schedule(summarising.choice_of(request.person)),
    }  # fmt: skip
    return render(request, "reports/summary.html", context)


def _schedule(choice: SummaryChoice) -> str:
    if choice.rhythm == Rhythm.NEVER:
        return _("Ringkasan tidak dikirim.")
    hour = f"{choice.hour:02d}.00"
    if choice.rhythm == Rhythm.DAILY:
        return _("Dikirim setiap hari pukul %(hour)s.") % {"hour": hour}
    days = dict(SummaryForm().fields["weekday"].choices)  # type: ignore[attr-defined]
    return _("Dikirim setiap %(day)s pukul %(hour)s.") % {"day": days[choice.weekday], "hour": hour}


@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def chat(request: PersonRequest) -> HttpResponse:
    """The summary as a text for WhatsApp: written down as opened first, then its address is shown."""
    house = _company(request)
    people = summary_chat.readers(request.person)
    asked = request.GET.get("untuk", "")
    form = ChatForm(
        request.POST if request.method == "POST" else None, initial={"untuk": asked}, people=people
    )
    if request.method == "POST" and form.is_valid():
        reader = form.cleaned_data["untuk"]
        try:
            summary_chat.note_opened(request.person, reader, house, at=request.at)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            return redirect(f"{reverse('summary_chat')}?untuk={reader.pk if reader else ''}")
    reader = next((one for one in people if str(one.pk) == asked), None)
    context = {
        "chat": summary_chat.chat(request.person, reader, house, at=request.at), "reader": reader, "form": form,
        "crumbs": [Link(_("Ringkasan"), reverse("summary"))],
    }  # fmt: skip
    return render(request, "reports/summary_chat.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def choice(request: PersonRequest) -> HttpResponse:
    """How often and when; the owner's own wish."""
    now = summarising.choice_of(request.person)
    chosen = {"rhythm": now.rhythm, "hour": now.hour, "weekday": now.weekday}
    form = SummaryForm(request.POST if request.method == "POST" else None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        summarising.choose(request.person, at=request.at, **form.cleaned_data)
        messages.success(request, _("Pilihan Anda disimpan."))
        return redirect("summary")
    context = {"form": form, "address": request.person.email}
    return render(request, "reports/summary_choice.html", context, status=422 if form.errors else 200)
