"""Titipan: what waits for a decision, the oldest first, and money from nobody known written down (TTP)."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.core.kernel import clock, export
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Chip, Column, FilterSet, Kind, Link, Row, Table, Tone
from tatausaha.core.payments import queries, services
from tatausaha.core.payments.forms import TitipanForm
from tatausaha.core.payments.models import Suspense
from tatausaha.core.payments.views.asking import asker, key_of, put
from tatausaha.core.people.models import Unit
from tatausaha.core.people.queries import units_for

A_PAGE = 50
A_FILE = 50_000
OLD_DAYS = 7
"""After so many days titipan is late: money of others that nobody decided about."""

TONES = {"used": Tone.DONE, "returned": Tone.DONE}
HEAD = (
    _lazy("Nomor"), _lazy("Dari"), _lazy("Jumlah"), _lazy("Sejak"), _lazy("Umur (hari)"), _lazy("Sebab"), _lazy("Unit"),
    _lazy("Keadaan"),
)  # fmt: skip


def _units(request: HttpRequest) -> tuple[Unit, ...]:
    person, _at = asker(request)
    if not (units := tuple(units_for(person, "manager"))):
        raise Http404
    return units


@require_safe
@login_required
def titipan(request: HttpRequest) -> HttpResponseBase:
    """The list by age, with what it adds up to; and as a file."""
    person, at = asker(request)
    units = _units(request)
    unit = next((unit for unit in units if unit.code == request.GET.get("unit")), None)
    decided = request.GET.get("keadaan") == "selesai"
    held = Suspense.Status.HELD
    rows = queries.suspense_for(person)
    rows = rows.exclude(status=held).order_by("-since", "-pk") if decided else rows.filter(status=held)
    rows = rows.filter(unit=unit) if unit else rows
    if request.GET.get("berkas") == "csv":
        return export.csv_file("titipan", HEAD, (_file_row(row, at) for row in rows[:A_FILE]))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": _filters(units, unit, decided=decided),
        "page": page,
        "table": _table(page.object_list, at, units=len(units) > 1),
        "total": rows.aggregate(sum=Sum("amount"))["sum"] or 0,
        "decided": decided,
        "file": _address(unit.code if unit else "", decided=decided, file=True),
    }
    return render(request, "payments/titipan.html", context)


def _address(code: str, *, decided: bool, file: bool = False) -> str:
    asked = [f"unit={code}"] * bool(code) + ["keadaan=selesai"] * decided + ["berkas=csv"] * file
    return reverse("titipan") + (f"?{'&'.join(asked)}" if asked else "")


def _filters(units: tuple[Unit, ...], unit: Unit | None, *, decided: bool) -> list[FilterSet]:
    code = unit.code if unit else ""
    states = (
        Link(_("Menunggu keputusan"), _address(code, decided=False), not decided),
        Link(_("Sudah diputuskan"), _address(code, decided=True), decided),
    )
    sets = [FilterSet(_("Keadaan"), states)]
    if len(units) > 1:
        links = [Link(_("Semua unit"), _address("", decided=decided), unit is None)]
        links += [Link(one.name, _address(one.code, decided=decided), one == unit) for one in units]
        sets.append(FilterSet(_("Unit"), tuple(links)))
    return sets


def _days(case: Suspense, at: datetime) -> int:
    return (clock.day(at, case.unit.zone) - clock.day(case.since, case.unit.zone)).days


def _sender(case: Suspense) -> str:
    name = case.customer.name if case.customer else ""
    return f"{name} ({case.sender})" if case.sender else name


def _table(rows: Iterable[Suspense], at: datetime, *, units: bool) -> Table:
    columns = [
        Column(_("Dari"), rank=1), Column(_("Jumlah"), Kind.MONEY, rank=2), Column(_("Keadaan"), Kind.CHIP),
        Column(_("Sejak"), Kind.DATE), Column(_("Sebab")), *([Column(_("Unit"))] if units else []),
        Column(_("Nomor")),
    ]  # fmt: skip
    lines = [
        Row(
            [
                _sender(row), row.amount, _chip(row, at), clock.day(row.since, row.unit.zone), row.reason,
                *([row.unit.name] if units else []), row.number,
            ],
            url=row.get_absolute_url(),
        )
        for row in rows
    ]  # fmt: skip
    return Table(columns, lines)


def _chip(row: Suspense, at: datetime) -> Chip:
    if row.status != Suspense.Status.HELD:
        return Chip(row.get_status_display(), TONES.get(row.status, Tone.NEUTRAL))
    days = _days(row, at)
    said = ngettext("%(days)d hari", "%(days)d hari", days) % {"days": days} if days else _("hari ini")
    return Chip(said, Tone.LATE if days >= OLD_DAYS else Tone.SOON)


def _file_row(row: Suspense, at: datetime) -> tuple[object, ...]:
    return (
        row.number, _sender(row), row.amount, clock.day(row.since, row.unit.zone), _days(row, at), row.reason,
        row.unit.name, row.get_status_display(),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_titipan(request: HttpRequest) -> HttpResponse:
    """Write down money from nobody known; sent twice it counts once."""
    person, at = asker(request)
    units = _units(request)
    ways = queries.ways_in(units)
    today = clock.day(at, units[0].zone)
    given = request.POST if request.method == "POST" else None
    form = TitipanForm(given, ways=ways, initial={"occurred_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            case = services.receive_unknown(by=person, at=at, key=key_of(request), **form.values())
        except Refused as no:
            put(form, no)
        else:
            said = _("%(amount)s dicatat sebagai titipan. Bila pengirimnya dikenal, catat di sini.")
            messages.success(request, said % {"amount": rupiah(case.amount)})
            return redirect(case)
    context = {"form": form, "ways": ways}
    return render(request, "payments/titipan_new.html", context, status=422 if form.errors else 200)
