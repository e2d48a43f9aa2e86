"""The owner's way from paper: the day, the steps, and what is left on the opening equity."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Link
from tatausaha.core.ledger import chart
from tatausaha.core.openings import forms, queries, services, steps
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit


@dataclass(frozen=True)
class Shown:
    """A step as the page shows it; the day of moving in is one without an import."""

    number: int
    step: steps.Step | None = None
    progress: steps.Progress | None = None
    url: str = ""


@dataclass(frozen=True)
class Rest:
    """What is left on the opening equity of a unit, and what that says."""

    unit: Unit
    amount: int
    on: date | None
    form: forms.RestForm

    @property
    def figure(self) -> int:
        """The amount without its sign, in rupiah."""
        return abs(self.amount)


def _owner(request: HttpRequest) -> Person:
    person: Person | None = request.person  # type: ignore[attr-defined]
    if person is None or not roles.is_owner(person):
        raise Http404
    return person


@require_safe
@login_required
def moving_in(request: HttpRequest) -> HttpResponse:
    """The steps in their order, what each has brought, and what is still open."""
    return _page(request, _owner(request))


def _page(request: HttpRequest, person: Person, cut_over: forms.CutOverForm | None = None) -> HttpResponse:
    units = queries.units_for(person)
    days = queries.cut_overs()
    lacking = [unit for unit in units if unit.pk not in days]
    rests = queries.remainders()
    context: dict[str, Any] = {
        "crumbs": [Link(_("Setelan"), reverse("settings"))],
        "days": [(unit, days[unit.pk]) for unit in units if unit.pk in days],
        "lacking": lacking,
        "units": units,
        "form": cut_over or _cut_over_form(request, units, lacking),
        "open_form": cut_over is not None or bool(lacking),
        "steps": _shown(units),
        "rests": [_rest(unit, rests[unit.pk], days.get(unit.pk)) for unit in units if unit.pk in rests],
        "even": [unit for unit in units if unit.pk in days and unit.pk not in rests],
        "last": len(steps.registry) + 2,
    }
    return render(request, "openings/moving_in.html", context, status=422 if cut_over else 200)


def _shown(units: list[Unit]) -> list[Shown]:
    """What makes units comes first, then their day, then what stands on it."""
    way: list[steps.Step | None] = [step for step in steps.registry if step.order < steps.DAY]
    way += [None, *(step for step in steps.registry if step.order >= steps.DAY)]
    return [
        Shown(number, step, step.progress(units), reverse("import_new", args=[step.kind]))
        if step
        else Shown(number)
        for number, step in enumerate(way, 1)
    ]


def _cut_over_form(request: HttpRequest, units: list[Unit], lacking: list[Unit]) -> forms.CutOverForm:
    at = request.at  # type: ignore[attr-defined]
    zone = units[0].zone if units else "Asia/Jakarta"
    initial = {"on": clock.day(at, zone).replace(day=1), "units": [unit.code for unit in lacking]}
    return forms.CutOverForm(units=_choices(units), initial=initial)


def _choices(units: list[Unit]) -> list[tuple[str, str]]:
    return [(unit.code, unit.name) for unit in units]


def _rest(unit: Unit, amount: int, on: date | None) -> Rest:
    account = chart.CAPITAL if amount < 0 else chart.DRAWINGS
    return Rest(unit, amount, on, forms.RestForm(initial={"account": account}, auto_id=f"id_{unit.code}_%s"))


@require_POST
@login_required
def cut_over(request: HttpRequest) -> HttpResponse:
    """Set the day of moving in for some units."""
    person = _owner(request)
    units = queries.units_for(person)
    form = forms.CutOverForm(request.POST, units=_choices(units))
    if form.is_valid():
        wanted = [unit for unit in units if unit.code in form.cleaned_data["units"]]
        try:
            services.set_cut_over(wanted, form.cleaned_data["on"], by=person, at=request.at)  # type: ignore[attr-defined]
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Tanggal pindah disimpan. Lanjutkan dengan langkah berikutnya."))
            return redirect("moving_in")
    return _page(request, person, form)


@require_POST
@login_required
def carry_rest(request: HttpRequest, code: str) -> HttpResponse:
    """Carry the rest of a unit's opening equity to where it belongs."""
    person = _owner(request)
    unit = next((unit for unit in queries.units_for(person) if unit.code == code), None)
    if unit is None:
        raise Http404
    form = forms.RestForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Pilih modal, prive, atau laba ditahan."))
        return redirect("moving_in")
    try:
        services.carry_rest(unit, form.cleaned_data["account"], by=person, at=request.at)  # type: ignore[attr-defined]
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Ekuitas saldo awal %(unit)s sekarang nol.") % {"unit": unit.name})
    return redirect("moving_in")
