"""The report of new and departed tenants to the RT or kelurahan (KOS-07)."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tatausaha.business.boarding import queries
from tatausaha.business.boarding.models import ResidentReport
from tatausaha.business.boarding.queries import residents
from tatausaha.business.boarding.services import letters, registration
from tatausaha.business.boarding.views.keep import crumbs
from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import DateField
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Link
from tatausaha.core.web.requests import HouseRequest


class HandInForm(forms.Form):
    """To whom the report was given, and when."""

    received_by = forms.CharField(label=_("Diterima oleh"), max_length=120, help_text=_("Nama dan jabatan."))
    on = DateField(label=_("Diserahkan pada"))


@login_required
@once
def house_moves(request: HouseRequest, code: str) -> HttpResponse:
    """Moves that wait for a report, and the reports so far; a POST makes the next one."""
    house = get_object_or_404(queries.house_for(request.person, code))
    waiting = residents.unreported(house)
    if request.method == "POST":
        assert request.person is not None
        try:
            report = registration.make_report(house.unit, list(waiting), by=request.person, at=request.at)
        except Refused as no:
            messages.error(request, str(no))
            return redirect("boarding:residents", code=code)
        return redirect("boarding:resident_report", pk=report.pk)
    context = {
        "house": house,
        "crumbs": crumbs(house),
        "lines": residents.lines(waiting),
        "reports": residents.reports_for(request.person).filter(unit_id=house.unit_id)[:24],
    }
    return render(request, "boarding/residents.html", context)


@login_required
@require_safe
def report(request: HouseRequest, pk: int) -> HttpResponse:
    """A report on screen: identity numbers masked, and what is still to be done with it."""
    letter = get_object_or_404(residents.reports_for(request.person), pk=pk)
    context = {
        "report": letter,
        "crumbs": _way(letter),
        "lines": residents.of_report(letter),
        "form": HandInForm(),
    }
    return render(request, "boarding/resident_report.html", context)


def _way(letter: ResidentReport) -> list[Link]:
    return [Link(_now("Lapor penghuni"), reverse("boarding:residents", args=[letter.unit.code]))]


@login_required
@require_POST
def letter(request: HouseRequest, pk: int) -> HttpResponse:
    """The letter as PDF with full numbers; printing is seeing, so it is a POST and is written down."""
    found = get_object_or_404(residents.reports_for(request.person), pk=pk)
    assert request.person is not None
    content = letters.print_letter(found, by=request.person, at=request.at)
    return pdf_response(content, found.number)


@login_required
@once
def hand_in(request: HouseRequest, pk: int) -> HttpResponse:
    """Note that the letter was given to somebody."""
    letter = get_object_or_404(residents.reports_for(request.person), pk=pk)
    form = HandInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and request.person:
        try:
            registration.hand_in(letter, **form.cleaned_data, by=request.person, at=request.at)
        except Refused as no:
            if no.field not in form.fields:
                messages.error(request, str(no))
                return redirect("boarding:resident_report", pk=letter.pk)
            form.add_error(no.field, str(no))
        else:
            messages.success(request, _now("Laporan dicatat sudah diserahkan."))
            return redirect("boarding:resident_report", pk=letter.pk)
    context = {"report": letter, "crumbs": _way(letter), "lines": residents.of_report(letter), "form": form}
    return render(request, "boarding/resident_report.html", context, status=422 if form.errors else 200)
