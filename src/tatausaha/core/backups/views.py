"""The owner's page about backups: how they stand, one now, a drill now, the recovery key, the export file."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows import reauthentication
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tatausaha.core.backups import crypt, drawing, exporting, queries, services
from tatausaha.core.backups.models import BackupRun
from tatausaha.core.kernel import words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Chip, Column, Fact, Kind, Link, Row, Table, Tone
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import owner_only

A_PAGE = 20
UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB"))


def _zone(request: PersonRequest) -> str:
    return request.company.zone if request.company else "Asia/Jakarta"


def _crumbs() -> list[Link]:
    return [Link(_("Setelan"), reverse("settings"))]


@require_safe
@owner_only
def overview(request: PersonRequest) -> HttpResponse:
    """How the backups stand, and what was done."""
    zone, found = _zone(request), queries.at_places()
    page = Paginator(queries.runs(), A_PAGE).get_page(request.GET.get("page"))
    waiting = [kind for kind in BackupRun.Kind if queries.waiting(kind)]
    there = exporting.newest(request.at)
    context: dict[str, Any] = {
        "crumbs": _crumbs(),
        "light": queries.light(found, at=request.at, zone=zone),
        "places": [{"one": one, "facts": _facts(one, zone)} for one in found],
        "until": queries.protected_until(request.at),
        "key_kept": queries.key_kept(),
        "waiting": [kind.label for kind in waiting],
        "exporting": BackupRun.Kind.EXPORT in waiting,
        "export": queries.last_export(),
        "export_there": there,
        "export_size": said_size(there.run.size) if there else "",
        "page": page,
        "table": _table(page, zone),
        "zone": zone,
    }
    return render(request, "backups/overview.html", context)


def _facts(one: queries.AtPlace, zone: str) -> list[Fact]:
    facts = [Fact(_("Tempat"), one.label)]
    if good := one.good:
        facts += [
            Fact(_("Cadangan terakhir"), words.moment(good.finished_at, zone)),
            Fact(_("Isinya"), f"{said_size(good.size)}, {_files(good.files)}"),
        ]
    if proven := one.good_drill:
        facts.append(Fact(_("Uji pulih terakhir yang berhasil"), words.moment(proven.finished_at, zone)))
        facts.append(Fact(_("Yang dibandingkan"), _compared(proven)))
    return facts


def said_size(size: int) -> str:
    """Bytes as people say them."""
    for step, name in UNITS:
        if size >= step:
            return f"{size / step:.1f} {name}".replace(".", ",")
    return f"{size} B"


def _files(number: int) -> str:
    return ngettext("%(n)d berkas", "%(n)d berkas", number) % {"n": number}


def _compared(run: BackupRun) -> str:
    return _("%(journals)d jurnal, %(seals)d segel bulan, %(files)d berkas: semua sama") % {
        "journals": run.figures.get("journals", 0), "seals": run.figures.get("seals", 0), "files": run.files,
    }  # fmt: skip


def _table(runs: Any, zone: str) -> Table:
    columns = [
        Column(_("Selesai"), rank=1), Column(_("Apa"), rank=2), Column(_("Hasil"), Kind.CHIP),
        Column(_("Tempat")), Column(_("Keterangan")),
    ]  # fmt: skip
    rows = [
        Row([
            words.moment(run.finished_at, zone), run.get_kind_display(),
            Chip(_("berhasil"), Tone.DONE) if run.ok else Chip(_("gagal"), Tone.LATE), run.place, _note(run),
        ])
        for run in runs
    ]  # fmt: skip
    return Table(columns, rows, _("Yang sudah dijalankan"))


def _note(run: BackupRun) -> str:
    if not run.ok:
        return run.reason
    return (
        _compared(run) if run.kind == BackupRun.Kind.DRILL else f"{said_size(run.size)}, {_files(run.files)}"
    )


@require_POST
@owner_only
def ask(request: PersonRequest) -> HttpResponse:
    """A backup, a drill or an export file now; the worker takes it up within seconds."""
    what = request.POST.get("what")
    wanted = BackupRun.Kind(what) if what in BackupRun.Kind.values else BackupRun.Kind.BACKUP
    try:
        services.ask_for(wanted, by=request.person, at=request.at)
    except Refused as no:
        messages.error(request, str(no))
    else:
        messages.success(
            request, _("Sedang dikerjakan. Muat ulang halaman ini sebentar lagi untuk melihat hasilnya.")
        )
    return redirect("backups")


def _password_first(then: str) -> HttpResponse:
    here = urlencode({REDIRECT_FIELD_NAME: reverse(then)})
    return redirect(f"{reverse('account_reauthenticate')}?{here}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def key(request: PersonRequest) -> HttpResponse:
    """The recovery key on a page to print, after the password; and that the owner has kept it."""
    if reauthentication.is_reauthentication_required(request, app="account"):
        return _password_first("backups_key")
    own = crypt.own_key()
    if request.method == "POST":
        services.note_key_kept(by=request.person, at=request.at, mark=own.mark)
        messages.success(request, _("Dicatat: kunci pemulihan sudah Anda simpan di luar komputer ini."))
        return redirect("backups")
    context = {
        "crumbs": [*_crumbs(), Link(_("Cadangan data"), reverse("backups"))],
        "groups": own.groups(),
        "picture": drawing.picture(own.text),
        "mark": own.mark,
        "kept": queries.key_kept(),
        "zone": _zone(request),
    }
    return render(request, "backups/key.html", context)


@never_cache
@require_safe
@owner_only
def exported(request: PersonRequest) -> HttpResponse:
    """The export file that is there, after the password: when, how large, what is inside, and its download."""
    if reauthentication.is_reauthentication_required(request, app="account"):
        return _password_first("backups_export")
    found = exporting.newest(request.at)
    if found is None:
        return _no_export(request)
    run, zone = found.run, _zone(request)
    count = run.figures["rows"]
    said = f"{count:,}".replace(",", ".")
    rows = ngettext("%(n)s baris data", "%(n)s baris data", count) % {"n": said}
    facts = [
        Fact(_("Dibuat"), words.moment(run.finished_at, zone)),
        Fact(_("Ukuran"), said_size(run.size)),
        Fact(_("Isinya"), f"{rows}, {_files(run.files)}"),
        Fact(_("Dihapus sendiri"), words.moment(found.until, zone)),
    ]
    crumbs = [*_crumbs(), Link(_("Cadangan data"), reverse("backups"))]
    return render(request, "backups/export.html", {"crumbs": crumbs, "facts": facts})


@never_cache
@require_safe
@owner_only
def download(request: PersonRequest) -> HttpResponseBase:
    """The export file itself; the page before it asks for the password."""
    if reauthentication.is_reauthentication_required(request, app="account"):
        return _password_first("backups_export")
    found = exporting.newest(request.at)
    if found is None:
        return _no_export(request)
    return FileResponse(found.path.open("rb"), as_attachment=True, filename=found.path.name)


def _no_export(request: PersonRequest) -> HttpResponse:
    messages.info(request, _("Tidak ada berkas ekspor sekarang. Buat yang baru."))
    return redirect("backups")
