"""The pages of an import: what there is, upload, preview, agree, watch, and read what was refused."""

import time
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tatausaha.core.imports import blanks, queries, services
from tatausaha.core.imports.kinds import Kind, Outcome, kind_of
from tatausaha.core.imports.models import ImportRun
from tatausaha.core.imports.services import Preview
from tatausaha.core.kernel import export, parts
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import DateField
from tatausaha.core.kernel.parts import Chip, Link, Row, Table, Tone
from tatausaha.core.kernel.words import long_date
from tatausaha.core.people.models import Person

PATIENCE = 1.0
"""Seconds of work that one request gives to a run; the worker and the next request do the rest."""

LOOKED_AT = 1000
"""Rows of a file that the preview on the page understands; the others are counted."""

_TONES = {Outcome.CREATED: Tone.DONE, Outcome.UPDATED: Tone.SOON, Outcome.UNCHANGED: Tone.NEUTRAL}


def _person(request: HttpRequest) -> Person:
    person: Person | None = request.person  # type: ignore[attr-defined]
    if person is None or not queries.kinds_for(person):
        raise Http404
    return person


def _kind(request: HttpRequest, code: str) -> Kind:
    kind = next((one for one in queries.kinds_for(_person(request)) if one.code == code), None)
    if kind is None:
        raise Http404
    return kind


def _run(request: HttpRequest, pk: int) -> ImportRun:
    return get_object_or_404(queries.runs_for(_person(request)), pk=pk)


def _crumbs(kind: Kind | None = None) -> list[Link]:
    way = [Link(_("Impor berkas"), reverse("imports"))]
    return [*way, Link(kind.title, reverse("import_new", args=[kind.code]))] if kind else way


@require_safe
@login_required
def kinds(request: HttpRequest) -> HttpResponse:
    """What can be brought in, and what was."""
    person = _person(request)
    works = [
        (kind, reverse("import_new", args=[kind.code]))
        for kind in sorted(queries.kinds_for(person), key=lambda one: str(one.title))
    ]
    context = {
        "kinds": works,
        "runs": queries.runs_for(person)[:20],
        "crumbs": [Link(_("Setelan"), reverse("settings"))],
    }
    return render(request, "imports/kinds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Upload a file; see the earlier ones."""
    kind, person = _kind(request, code), _person(request)
    initial = {name: request.GET[name] for name in kind.form.asked() if name in request.GET}
    form = kind.form(request.POST or None, request.FILES or None, initial=initial)
    form.offer(person)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.receive(
                kind, file.name or "berkas.csv", file.file, by=person,
                at=request.at, options=form.options(),  # type: ignore[attr-defined]
            )  # fmt: skip
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else "file", str(no))
        else:
            return redirect("import_run", made.pk)
    context = {
        "form": form, "kind": kind, "crumbs": _crumbs(),
        "runs": queries.runs_for(person).filter(kind=kind.code)[:20],
        "templates": [(ending.upper(), reverse("import_template", args=[code, ending])) for ending in ("xlsx", "csv")],
    }  # fmt: skip
    return render(request, "imports/upload.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def template(request: HttpRequest, code: str, ending: str) -> HttpResponseBase:
    """The empty table, with what belongs into each column."""
    kind = _kind(request, code)
    if ending not in {"csv", "xlsx"}:
        raise Http404
    return blanks.csv_template(kind) if ending == "csv" else blanks.xlsx_template(kind)


@require_safe
@login_required
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would do, how far it is, or what it did."""
    run = _run(request, pk)
    kind = kind_of(run)
    context: dict[str, Any] = {
        "run": run, "kind": kind, "crumbs": _crumbs(kind), "running": run.state == ImportRun.State.RUNNING,
        "finished": run.state == ImportRun.State.DONE,
        "asked": ", ".join(_asked(run, kind)),
        "after": Link(kind.after[0], reverse(kind.after[1])) if kind.after else None,
    }  # fmt: skip
    if run.state == ImportRun.State.PREVIEWED:
        seen = services.preview(run, at=request.at, most=LOOKED_AT)  # type: ignore[attr-defined]
        context |= {"preview": seen, "problems": _problems(seen), "samples": _samples(kind, seen)}
    else:
        answers = run.rows.order_by("-refused", "number")
        page = Paginator(answers, 50).get_page(request.GET.get("page"))
        context |= {"page": page, "answers": [(row, row.original.get(kind.subject, "")) for row in page]}
    return render(request, "imports/run.html", context)


def _asked(run: ImportRun, kind: Kind) -> list[str]:
    """The further answers as they were given; days in words, what was left empty is left out."""
    said = []
    for name, field in kind.form.asked().items():
        if answer := run.options.get(name, ""):
            shown = long_date(date.fromisoformat(answer)) if isinstance(field, DateField) else answer
            said.append(f"{field.label}: {shown}")
    return said


def _problems(seen: Preview) -> Table:
    columns = [
        parts.Column(_("Isi"), rank=1),
        parts.Column(_("Alasan")),
        parts.Column(_("Baris"), rank=2),
    ]
    rows = [
        Row([one.subject or "–", one.reason, _("baris %(line)d") % {"line": one.line}])
        for one in seen.problems
    ]
    return Table(columns, rows, _("Yang akan ditolak"))


def _samples(kind: Kind, seen: Preview) -> Table:
    columns = [*kind.shown, parts.Column(_("Hasil"), parts.Kind.CHIP), parts.Column(_("Catatan"))]
    said = {
        Outcome.CREATED: _("baru"),
        Outcome.UPDATED: _("diperbarui"),
        Outcome.UNCHANGED: _("tidak berubah"),
    }
    rows = [
        Row([*item.shown, Chip(said[outcome], _TONES[outcome]), " ".join(item.remarks)])
        for item, outcome in seen.samples
    ]
    return Table(columns, rows, _("Begini isinya terbaca")).filled()


@require_POST
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to the preview, or drop it; small files are through before the answer."""
    run, person = _run(request, pk), _person(request)
    at = request.at  # type: ignore[attr-defined]
    try:
        if request.POST.get("aksi") == "batal":
            services.drop(run, by=person, at=at)
            messages.info(request, _("Impor dibatalkan. Tidak ada yang diubah."))
            return redirect("import_new", run.kind)
        run = services.start(run, by=person)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("import_run", run.pk)
    until = time.monotonic() + PATIENCE
    for _progress in services.go_on(run, at=at):
        if time.monotonic() > until:
            break
    return redirect("import_run", run.pk)


@require_safe
@login_required
def refused_rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Refused rows and remarks with the original cells, to be mended and sent again."""
    run = _run(request, pk)
    columns = [str(name) for name in run.columns]
    rows = (
        [row.line, row.reason, *(row.original.get(name, "") for name in columns)]
        for row in run.rows.order_by("number").iterator(chunk_size=500)
    )
    return export.csv_file(f"impor-{run.pk}", [_("Baris"), _("Alasan"), *columns], rows)
