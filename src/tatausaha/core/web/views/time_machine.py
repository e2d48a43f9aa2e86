"""The time machine of a demonstration: its clock is moved forward, and one sees what happened because of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel import clock, money, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import WholeField
from tatausaha.core.notices import queries as notices
from tatausaha.core.people import roles, timemachine
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries, sentences
from tatausaha.core.web.once import once
from tatausaha.core.web.requests import HouseRequest

SHOWN = 100
"""Happenings on one page."""
UNITS = (("h", _("jam")), ("d", _("hari")))
FARTHEST_BY_PAGE = timedelta(days=62)
"""How far one click moves the clock; the command line goes further."""


class StepForm(forms.Form):
    """How far forward."""

    number = WholeField(label=_("Maju"), min_value=1, max_value=1488)
    unit = forms.ChoiceField(label=_("Satuan"), choices=UNITS, initial="d")

    def clean(self) -> dict[str, object]:
        """Within what one click may do."""
        cleaned = super().clean() or {}
        if not self.errors and self.step > FARTHEST_BY_PAGE:
            self.add_error("number", _("Sekali maju paling jauh 62 hari."))
        return cleaned

    @property
    def step(self) -> timedelta:
        """What was asked for."""
        number = self.cleaned_data["number"]
        return timedelta(hours=number) if self.cleaned_data["unit"] == "h" else timedelta(days=number)


@dataclass(frozen=True)
class Happening:
    """Something that happened: when, what, by whom or what, and where to look."""

    at: datetime
    what: str
    who: str
    url: str
    place: str
    zone: str


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def time_machine(request: HouseRequest) -> HttpResponse:
    """Move the clock, then show what happened since. Not there on a real company."""
    if request.company is None or not request.company.is_demonstration:
        raise Http404
    form = StepForm(request.POST or None, initial={"number": 1})
    if request.method == "POST" and form.is_valid():
        try:
            timemachine.live_through(form.step, now=clock.now)
        except Refused as no:
            form.add_error("number", str(no))
        else:
            said = gettext("Waktu maju %(span)s. Yang jatuh tempo di antaranya sudah dikerjakan.")
            messages.success(request, said % {"span": words.span(form.step)})
            return redirect(f"{reverse('time_machine')}?sejak={request.at.timestamp():.0f}")
    since = _since(request)
    happenings = _happened(request.person, since) if since else []
    context = {
        "form": form, "since": since, "happenings": happenings, "more": len(happenings) >= SHOWN,
        "jumps": _jumps(),
    }  # fmt: skip
    return render(request, "web/time_machine.html", context, status=422 if form.errors else 200)


def _jumps() -> list[dict[str, object]]:
    hours = ngettext("%(count)d jam", "%(count)d jam", 1) % {"count": 1}
    days = [(n, ngettext("%(count)d hari", "%(count)d hari", n) % {"count": n}) for n in (1, 3, 7, 30)]
    return [
        {"number": 1, "unit": "h", "label": hours},
        *({"number": number, "unit": "d", "label": label} for number, label in days),
    ]


def _since(request: HouseRequest) -> datetime | None:
    """The moment in the address; nothing for anything else, or a moment that is still to come."""
    text = request.GET.get("sejak", "")
    if not text.isdecimal() or len(text) > 11:
        return None
    moment = datetime.fromtimestamp(int(text), request.at.tzinfo)
    return moment if moment <= request.at else None


def _happened(person: Person | None, since: datetime) -> list[Happening]:
    """For who works here: every step in the own units and every bill; for customers what they were told."""
    if person is None:
        return []
    if not roles.works_here(person):
        told = notices.notices_for(person).filter(at__gte=since)[:SHOWN]
        return [
            Happening(
                one.at, one.title, one.text, one.link, one.unit.name if one.unit else "",
                one.unit.zone if one.unit else "Asia/Jakarta",
            )
            for one in told
        ]  # fmt: skip
    steps = [
        Happening(
            passage.recorded_at, f"{passage.number}: {sentences.step_label(passage)}", sentences.actor(passage),
            f"/kasus/{passage.number}/", passage.unit.name, passage.unit.zone,
        )
        for passage in queries.happened(person, since=since, limit=SHOWN)
    ]  # fmt: skip
    bills = [
        Happening(
            bill.issued_at,
            gettext("Tagihan %(number)s %(amount)s terbit")
            % {"number": bill.number, "amount": money.rupiah(bill.total)},
            str(bill.payer), bill.get_absolute_url(), bill.unit.name, bill.unit.zone,
        )
        for bill in billing.invoices_for(person).filter(issued_at__gte=since).order_by("-issued_at", "-pk")[:SHOWN]
    ]  # fmt: skip
    return sorted([*steps, *bills], key=lambda one: one.at, reverse=True)[:SHOWN]
