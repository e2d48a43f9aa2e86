"""The owner's settings: the company and its units."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import chapters, queries, services
from tatausaha.core.people.forms_people import CompanyForm, NewUnitForm, UnitForm
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import owner_only
from tatausaha.core.people.views.refusals import refuse


@owner_only
def index(request: PersonRequest) -> HttpResponse:
    """What can be set."""
    return render(request, "people/settings.html", {"chapters": chapters.present()})


@owner_only
def company(request: PersonRequest) -> HttpResponse:
    """What the company says about itself on pages and papers."""
    if request.company is None:
        raise Http404
    form = CompanyForm(request.POST or None, initial=CompanyForm.initial_of(request.company))
    if request.method == "POST" and form.is_valid():
        try:
            services.update_company(by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Data perusahaan sudah disimpan."))
            return redirect("settings")
    return render(request, "people/form_page.html", {"form": form, "title": _("Perusahaan")})


@owner_only
def units(request: PersonRequest) -> HttpResponse:
    """All units, open and closed."""
    return render(request, "people/units.html", {"units": queries.units_with_managers(request.person)})


@owner_only
def new_unit(request: PersonRequest) -> HttpResponse:
    """A new unit."""
    form = NewUnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unit = services.create_unit(by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("%(name)s sudah dibuat.") % {"name": unit})
            return redirect("settings_unit", unit.code)
    title = _("Unit usaha baru")
    return render(request, "people/form_page.html", {"form": form, "title": title, "back": "settings_units"})


@owner_only
def unit(request: PersonRequest, code: str) -> HttpResponse:
    """One unit: its data, and who works in it."""
    found = queries.unit_for(request.person, code)
    if found is None:
        raise Http404
    form = UnitForm(request.POST or None, initial=UnitForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.update_unit(found, by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("%(name)s sudah disimpan.") % {"name": form.cleaned_data["name"]})
            return redirect("settings_unit", code)
    shown = {"unit": found, "form": form, "held": queries.roles_in(found)}
    return render(request, "people/unit.html", shown)
