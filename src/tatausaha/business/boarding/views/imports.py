"""The owner's page for listings from files: upload, preview, agree, watch, and read what was refused."""

import time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tatausaha.business.boarding import forms
from tatausaha.business.boarding.models import ImportRun
from tatausaha.business.boarding.queries import keeping
from tatausaha.business.boarding.services import listings
from tatausaha.business.boarding.views.keep import crumbs, person_of
from tatausaha.core.kernel import export
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.web.once import once
from tatausaha.core.web.requests import HouseRequest

PATIENCE = 1.0
"""Seconds of work that one request gives to a run; the worker and the next request do the rest."""

LOOKED_AT = 1000
"""Rows of a file that the preview on the page understands; the others are counted."""


def _owner(request: HouseRequest) -> Person:
    person = person_of(request)
    if not roles.is_owner(person):
        raise Http404
    return person


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def imports(request: HouseRequest) -> HttpResponse:
    """Upload a file; see the earlier ones."""
    person = _owner(request)
    form = forms.ListingFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = listings.receive(file.name or "kos.csv", file.file, by=person, at=request.at)
        except Refused as no:
            form.add_error("file", str(no))
        else:
            return redirect("boarding:import", run.pk)
    context = {"form": form, "crumbs": crumbs(), "runs": keeping.import_runs_for(person)[:20]}
    return render(request, "boarding/keep/imports.html", context)


@require_safe
@login_required
def one_import(request: HouseRequest, pk: int) -> HttpResponse:
    """What a file would do, how far it is, or what it did."""
    run = _run(request, pk)
    context: dict[str, Any] = {
        "run": run,
        "crumbs": [*crumbs()],
        "running": run.state == ImportRun.State.RUNNING,
    }
    if run.state == ImportRun.State.PREVIEWED:
        context["preview"] = listings.preview(run, at=request.at, most=LOOKED_AT)
    else:
        answers = run.rows.order_by("-refused", "number")
        context["page"] = Paginator(answers, 50).get_page(request.GET.get("page"))
    return render(request, "boarding/keep/import.html", context)


def _run(request: HouseRequest, pk: int) -> ImportRun:
    return get_object_or_404(keeping.import_runs_for(_owner(request)), pk=pk)


@require_POST
@login_required
@once
def change_import(request: HouseRequest, pk: int) -> HttpResponse:
    """Agree to the preview, or drop it; small files are through before the answer."""
    run, person = _run(request, pk), _owner(request)
    try:
        if request.POST.get("aksi") == "batal":
            listings.drop(run, by=person, at=request.at)
            messages.info(request, _("Impor dibatalkan. Tidak ada yang diubah."))
            return redirect("boarding:imports")
        run = listings.start(run, by=person)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("boarding:import", run.pk)
    until = time.monotonic() + PATIENCE
    for _progress in listings.go_on(run, at=request.at):
        if time.monotonic() > until:
            break
    return redirect("boarding:import", run.pk)


@require_safe
@login_required
def refused_rows(request: HouseRequest, pk: int) -> HttpResponseBase:
    """Refused rows and remarks with the original cells, to be mended and sent again."""
    run = _run(request, pk)
    columns = [str(name) for name in run.columns]
    rows = (
        [row.line, row.reason, *(row.original.get(name, "") for name in columns)]
        for row in run.rows.order_by("number").iterator(chunk_size=500)
    )
    return export.csv_file(f"impor-{run.pk}", [_("Baris"), _("Alasan"), *columns], rows)
