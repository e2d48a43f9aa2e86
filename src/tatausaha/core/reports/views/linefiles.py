"""Journal lines as files: asked for on a page, written by the worker, fetched when ready (delight 12)."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.core.kernel import clock, export
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Link
from tatausaha.core.reports import forms, linefiles
from tatausaha.core.reports.models import LineFile
from tatausaha.core.reports.views.doors import Desk, keepers


def _crumbs() -> list[Link]:
    return [Link(_("Buku"), reverse("books")), Link(_("Jurnal"), reverse("journals"))]


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def line_files(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Ask for lines between two days: as a CSV at once, or as a workbook; and the workbooks that there are."""
    today = clock.day(desk.at, desk.units[0].zone)
    form = forms.LineFileForm(
        request.POST if request.method == "POST" else None, units=desk.units,
        initial={"first_on": today.replace(month=1, day=1), "last_on": today},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.values()
        if request.POST.get("berkas") == "csv":
            units = [given["unit"]] if given["unit"] else desk.units
            found = linefiles.entries(units, given["first_on"], given["last_on"])
            return export.csv_file("baris-jurnal", linefiles.head(), linefiles.rows_of(found))
        try:
            wanted = linefiles.ask(**given, by=desk.person, at=desk.at)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            return redirect("line_file", wanted.pk)
    context = {"form": form, "files": linefiles.files_for(desk.person)[:20], "crumbs": _crumbs()}
    return render(request, "reports/line_files.html", context, status=422 if form.errors else 200)


def _file(desk: Desk, pk: int) -> LineFile:
    found = linefiles.files_for(desk.person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
@keepers
def line_file(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """How far a workbook is; the page looks again by itself until it is ready."""
    found = _file(desk, pk)
    context = {
        "one": found,
        "making": found.status == LineFile.Status.ASKED,
        "crumbs": [*_crumbs(), Link(_("Baris jurnal sebagai berkas"), reverse("line_files"))],
    }
    return render(request, "reports/line_file.html", context)


@require_safe
@keepers
def fetch(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """The workbook itself."""
    found = _file(desk, pk)
    if not found.file:
        messages.info(request, _("Berkas ini masih dibuat."))
        return redirect("line_file", found.pk)
    name = f"baris-jurnal-{found.first_on}-{found.last_on}.xlsx"
    return FileResponse(
        default_storage.open(found.file), as_attachment=True, filename=name, content_type=export.XLSX
    )
