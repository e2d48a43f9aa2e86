"""The reports: which there are, and one month; page, XLSX, CSV, PDF (KOS-15)."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.kernel.charts import Chart, Series
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Chip, FilterSet, Link, Stat, Tone
from tatausaha.core.ledger import months
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, dataset, files, overview, paper, queries, statements
from tatausaha.core.reports.dataset import Bar, MonthData, State
from tatausaha.core.reports.taxes import years
from tatausaha.core.reports.views.doors import ALL, Desk, keepers

TONES = {
    State.RUNNING: Tone.GOING,
    State.PAST: Tone.SOON,
    State.CLOSED: Tone.DONE,
    State.CHANGED: Tone.SOON,
}
LABELS = {
    State.RUNNING: gettext_lazy("Bulan berjalan"),
    State.PAST: gettext_lazy("Sudah lewat, belum ditutup"),
    State.CLOSED: gettext_lazy("Ditutup"),
    State.CHANGED: gettext_lazy("Diubah setelah tutup"),
}


def chip(state: State, version: int = 0) -> Chip:
    """The state of a month in one or two words."""
    return Chip(f"{LABELS[state]}, v{version}" if version else LABELS[state], TONES[state])


@require_safe
@keepers
def reports(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """The months of a year, newest first, of one unit or of all."""
    unit = desk.asked(request.GET.get("unit", "")) or (desk.units[0] if len(desk.units) == 1 else None)
    units = (unit,) if unit else desk.units
    running = max(calendar.running(one, desk.at) for one in units)
    year = _year(request.GET.get("tahun", ""), running // 100)
    to_ym = min(running, year * 100 + 12)
    cells = queries.turnovers(units, year * 100 + 1, to_ym)
    bars = dataset.bars(cells, queries.accounts(), calendar.span(year * 100 + 1, to_ym))
    seals = {seal.ym: seal.version for seal in queries.seals_of(units, year * 100 + 1, to_ym)} if unit else {}
    code = unit.code if unit else ALL
    rows = [
        {
            "bar": bar,
            "month": calendar.said(bar.ym),
            "url": reverse("report_month", args=[code, calendar.slug(bar.ym)]),
            "result": bar.income - bar.expense,
            "chip": _index_chip(bar, seals.get(bar.ym, 0), running) if unit else None,
        }
        for bar in reversed(bars)
    ]
    context = {
        "filters": _index_filters(desk, unit, year, running // 100),
        "unit": unit,
        "year": str(year),
        "rows": rows,
        "year_url": reverse("report_year", args=[code, year]),
        "decade_url": reverse("report_decade", args=[code]),
        "income": sum(bar.income for bar in bars),
        "expense": sum(bar.expense for bar in bars),
        "result": sum(bar.income - bar.expense for bar in bars),
        "terms": _spendable(units, desk) if desk.is_owner else (),
        "owner": desk.is_owner,
    }
    return render(request, "reports/index.html", context)


def _spendable(units: Sequence[Unit], desk: Desk) -> tuple[overview.Line, ...]:
    return overview.spendable(overview.of(units, at=desk.at, due=years.due_soon(units, at=desk.at)))


def _index_chip(bar: Bar, version: int, running: int) -> Chip:
    if version:
        return chip(State.CHANGED if version > 1 else State.CLOSED, version)
    return chip(State.RUNNING if bar.ym == running else State.PAST)


def _year(text: str, running: int) -> int:
    return int(text) if text.isdigit() and 2000 <= int(text) <= running else running


def _index_filters(desk: Desk, unit: Unit | None, year: int, last: int) -> list[FilterSet]:
    here, code = reverse("reports"), unit.code if unit else ""
    years = [
        Link(str(one), f"{here}?tahun={one}&unit={code}", one == year) for one in range(last, last - 4, -1)
    ]
    sets = [FilterSet(_("Tahun"), tuple(years))]
    if len(desk.units) > 1:
        links = [Link(_("Semua unit"), f"{here}?tahun={year}", unit is None)]
        links += [Link(one.name, f"{here}?tahun={year}&unit={one.code}", one == unit) for one in desk.units]
        sets.append(FilterSet(_("Unit"), tuple(links)))
    return sets


@require_safe
@keepers
def month(request: HttpRequest, desk: Desk, code: str, month: str) -> HttpResponseBase:
    """A month: income and expense, cash, chart, versions; `?versi=1` for an older version, `?berkas=` for files."""
    units = desk.units if code == ALL else (desk.unit(code),)
    ym = desk.month(month, units[0])
    unit = units[0] if code != ALL else None
    versions = queries.versions(unit, ym) if unit else []
    wanted, kind = request.GET.get("versi", ""), request.GET.get("berkas", "")
    seal = next((one for one in versions if str(one.version) == wanted), None)
    if wanted and seal is None:
        raise Http404
    with spoken(kind):
        data = (
            dataset.version_data(seal.unit, seal, newest=seal is versions[-1])
            if seal
            else dataset.month_data(units, ym, at=desk.at, together=unit is None, seals=versions)
        )
    if kind:
        return _file(kind, data, desk)
    context = {
        "data": data,
        "unit": unit,
        "chip": chip(data.state, data.mark.version),
        "old": seal is not None and seal is not versions[-1],
        "crumbs": _crumbs(desk, unit, data),
        "near": _near(units, data, desk),
        "tiles": _tiles(data),
        "statement": statements.of(data),
        "bridge": statements.of_both(data.both, unit, ym) if data.both else None,
        "versions": statements.history(versions, wanted, reverse("report_month", args=[code, month])),
        "chart": _chart(data),
        "actions": _buttons([] if wanted else _actions(desk, unit, data, ym), wanted, data),
        "journals": _journals_url(unit, ym),
    }
    return render(request, "reports/month.html", context)


def spoken(kind: str) -> AbstractContextManager[object]:
    """The language of a file: papers are in Indonesian whoever prints them, the others in the reader's."""
    return translation.override("id") if kind == "pdf" else nullcontext()


def _file(kind: str, data: MonthData, desk: Desk) -> HttpResponseBase:
    name = f"laporan-{data.code}-{calendar.slug(data.ym)}" + (
        f"-v{data.mark.version}" if data.mark.version else ""
    )
    if kind == "pdf":
        return pdf_response(paper.print_month(data, by=desk.person, at=desk.at), name)
    if kind == "xlsx":
        return files.xlsx(name, files.month_sheets(data))
    if kind == "csv":
        return files.csv(name, *files.in_a_row(files.month_sheets(data)))
    raise Http404


def file_links(version: str = "") -> list[Link]:
    """The files of the page that is looked at, of a version where one is named."""
    more = f"&versi={version}" if version else ""
    return [
        Link(label, f"?berkas={kind}{more}")
        for label, kind in (("PDF", "pdf"), ("XLSX", "xlsx"), ("CSV", "csv"))
    ]


def _buttons(actions: list[Link], version: str, data: MonthData) -> list[Link]:
    """The main one first: closing what is over and open, else the paper; changing a month is never the main one."""
    files = file_links(version)
    due = actions[:1] if data.state == State.PAST and not version else []
    return [*due, *files, *actions[len(due) :]]


def _crumbs(desk: Desk, unit: Unit | None, data: MonthData) -> list[Link]:
    index = reverse("reports")
    crumbs = [Link(_("Laporan"), index)]
    if len(desk.units) > 1:
        crumbs.append(Link(data.name, f"{index}?unit={unit.code}" if unit else index))
    year = data.ym // 100
    return [*crumbs, Link(str(year), reverse("report_year", args=[data.code, year]))]


def _near(units: tuple[Unit, ...], data: MonthData, desk: Desk) -> list[Link]:
    last = max(calendar.running(unit, desk.at) for unit in units)
    near = [months.before(data.ym), data.ym, months.after(data.ym)]
    return [
        Link(calendar.said(ym), reverse("report_month", args=[data.code, calendar.slug(ym)]), ym == data.ym)
        for ym in near
        if ym <= last
    ]


def _tiles(data: MonthData) -> list[Stat]:
    totals = data.totals["amount"]
    lost = data.result < 0
    opening = format_html('<span class="nowrap">{}</span>', rupiah(data.opening))
    before = format_html(_("awal bulan %(amount)s") % {"amount": "{}"}, opening)
    return [
        Stat(_("Pendapatan"), rupiah(totals.income or 0), url="#pendapatan"),
        Stat(_("Beban"), rupiah(totals.expense or 0), url="#beban"),
        Stat(_("Rugi") if lost else _("Laba"), rupiah(data.result), tone=Tone.LATE if lost else Tone.DONE),
        Stat(
            _("Kas dan bank sekarang") if data.state == State.RUNNING else _("Kas dan bank akhir bulan"),
            rupiah(data.closing), before, url="#kas",
        ),
    ]  # fmt: skip


def _chart(data: MonthData) -> Chart | None:
    if not any(bar.income or bar.expense for bar in data.bars):
        return None
    return Chart(
        _("Pendapatan dan beban, 12 bulan"),
        [calendar.short(bar.ym) for bar in data.bars],
        [
            Series(_("Pendapatan"), [bar.income for bar in data.bars]),
            Series(_("Beban"), [bar.expense for bar in data.bars]),
        ],
    )


def _journals_url(unit: Unit | None, ym: int) -> str:
    return f"{reverse('journals')}?bulan={calendar.slug(ym)}" + (f"&unit={unit.code}" if unit else "")


def _actions(desk: Desk, unit: Unit | None, data: MonthData, ym: int) -> list[Link]:
    """What this person may do to this month; who may not sees nothing of it."""
    if unit is None:
        return []
    place = [unit.code, calendar.slug(ym)]
    actions = []
    if data.state == State.PAST:
        actions.append(Link(_("Tutup bulan ini"), reverse("report_close", args=place)))
    if queries.may_correct(desk.person, unit, ym, desk.at):
        actions.append(Link(_("Catat koreksi"), reverse("report_correct", args=place)))
    elif data.state != State.RUNNING:
        actions.append(Link(_("Minta izin mengubah bulan ini"), reverse("report_ask", args=place)))
    return actions
