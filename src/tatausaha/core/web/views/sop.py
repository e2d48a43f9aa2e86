"""SOP pages: the list, and the sheet of each procedure with its diagram."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.core.procedures import policies
from tatausaha.core.procedures.spec import Procedure
from tatausaha.core.web import scope, sopsheet
from tatausaha.core.web.parts import Link


def asked_procedure(request: HttpRequest, code: str) -> Procedure:
    """The procedure of that code, if this person may read its SOP."""
    procedure = sopsheet.procedure_for(request.person, code)  # type: ignore[attr-defined]
    if procedure is None:
        raise Http404
    return procedure


@require_safe
@login_required
def sops(request: HttpRequest) -> HttpResponse:
    """All SOPs that this person may read, with number and revision in force."""
    at = request.at  # type: ignore[attr-defined]
    lines = [
        (procedure, policies.in_force(procedure, None, at=at))
        for procedure in sopsheet.procedures_for(request.person)  # type: ignore[attr-defined]
    ]
    return render(request, "web/sop/list.html", {"lines": lines})


@require_safe
@login_required
def sop_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The SOP sheet in force, for the chosen unit or the company (SYS-09)."""
    procedure = asked_procedure(request, code)
    revision = policies.in_force(procedure, scope.chosen(request), at=request.at)  # type: ignore[attr-defined]
    context = {
        "sheet": sopsheet.sheet_of(procedure, revision),
        "crumbs": (Link(_("SOP"), reverse("sop")),),
    }
    return render(request, "web/sop/sheet.html", context)
