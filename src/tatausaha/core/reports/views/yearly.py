"""A year month by month, ten years year by year, one account through the seasons (KOS-15)."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.kernel.charts import Chart, Series
from tatausaha.core.kernel.parts import FilterSet, Link
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, files, paper, queries, spans, statements
from tatausaha.core.reports.files import Sheet
from tatausaha.core.reports.spans import A_YEAR, SpanData, SpanRow
from tatausaha.core.reports.views.doors import ALL, Desk, keepers
from tatausaha.core.reports.views.monthly import file_links, spoken

OLDEST = 2000
DECADE = 10
CODE = 5
"""Digits of an account."""


def _units(desk: Desk, code: str) -> tuple[tuple[Unit, ...], Unit | None, int]:
    """The units that are told of, the one of them if it is one, and the month that runs."""
    units = desk.units if code == ALL else (desk.unit(code),)
    return units, None if code == ALL else units[0], max(calendar.running(unit, desk.at) for unit in units)


@require_safe
@keepers
def year(request: HttpRequest, desk: Desk, code: str, year: int) -> HttpResponseBase:
    """Twelve months side by side, of one unit or of all together."""
    units, unit, running = _units(desk, code)
    if not OLDEST <= year <= running // A_YEAR:
        raise Http404
    to_ym = min(running, year * A_YEAR + 12)
    kind = request.GET.get("berkas", "")
    with spoken(kind):
        data = spans.span_data(units, year * A_YEAR + 1, to_ym, at=desk.at, together=unit is None)
    if kind:
        sheets = files.span_sheets(data, _("Tahun %(year)d") % {"year": year})
        printed = paper.print_year(data, str(year), unit=unit, by=desk.person) if kind == "pdf" else b""
        return _file(kind, f"laporan-{data.code}-{year}", sheets, printed)

    def link(row: SpanRow, ym: int) -> str:
        return statements.card_url(row.code, unit, ym) if len(row.code) == CODE else ""

    context = {
        "data": data,
        "title": _("Laporan tahun %(year)d") % {"year": year},
        "head": [
            Link(calendar.short(ym).split()[0], reverse("report_month", args=[code, calendar.slug(ym)]))
            for ym in data.yms
        ],
        "parts": statements.of_span(data, link),
        "plan_heads": statements.plan_heads() if data.plan else [],
        "crumbs": [
            Link(_("Laporan"), reverse("reports")),
            Link(_("Sepuluh tahun"), reverse("report_decade", args=[code])),
        ],
        "near": [
            Link(str(one), reverse("report_year", args=[code, one]), one == year)
            for one in (year - 1, year, year + 1)
            if one <= running // A_YEAR
        ],
        "filters": _unit_filters(desk, unit, lambda other: reverse("report_year", args=[other, year])),
        "files": file_links(),
        "swipe": _("Geser tabel ke samping untuk bulan berikutnya."),
        "budget_url": reverse("report_budget", args=[code, year]) if unit and desk.is_owner else "",
        "closing_url": reverse("report_closing", args=[code, year])
        if unit and year < running // A_YEAR
        else "",
        "charts": [_two_bars(data), *_way_of_cash(data)],
    }
    return render(request, "reports/year.html", context)


def _two_bars(data: SpanData) -> tuple[Chart, str]:
    series = [
        Series(_("Pendapatan"), data.income_total.amounts), Series(_("Beban"), data.expense_total.amounts),
    ]  # fmt: skip
    return Chart(_("Pendapatan dan beban"), data.short_labels, series), "bars"


def _way_of_cash(data: SpanData) -> list[tuple[Chart, str]]:
    """Profit by right beside profit by cash, where they differ."""
    if not data.bridge or data.bridge[-1].amounts == data.result.amounts:
        return []
    series = [
        Series(_("Menurut hak"), data.result.amounts),
        Series(_("Menurut kas"), data.bridge[-1].amounts),
    ]
    return [(Chart(_("Laba menurut hak dan menurut kas"), data.short_labels, series), "lines")]


def _unit_filters(desk: Desk, unit: Unit | None, address: Callable[[str], str]) -> list[FilterSet]:
    if len(desk.units) < 2:
        return []
    links = [Link(_("Semua unit"), address(ALL), unit is None)]
    links += [Link(one.name, address(one.code), one == unit) for one in desk.units]
    return [FilterSet(_("Unit"), tuple(links))]


@require_safe
@keepers
def decade(request: HttpRequest, desk: Desk, code: str) -> HttpResponseBase:
    """Accounts by years: a year leads to its months, an account to its seasons; `?sampai=` for earlier ones."""
    units, unit, running = _units(desk, code)
    last = _last_year(request.GET.get("sampai", ""), running // A_YEAR)
    kind = request.GET.get("berkas", "")
    with spoken(kind):
        data = spans.decade(units, last - DECADE + 1, last, at=desk.at, together=unit is None)
    span = f"{data.yms[0]}–{data.yms[-1]}"
    if kind:
        printed = paper.print_year(data, span, unit=unit, by=desk.person) if kind == "pdf" else b""
        return _file(
            kind, f"laporan-{data.code}-{data.yms[0]}-{last}", files.span_sheets(data, span), printed
        )

    def link(row: SpanRow, year: int) -> str:
        if row in data.standing:
            return f"{reverse('report_seasons', args=[code, row.code])}#tahun-{year}"
        return f"{reverse('report_year', args=[code, year])}#akun-{row.code}"

    context = {
        "data": data,
        "title": _("Sepuluh tahun, %(span)s") % {"span": span},
        "lead": _("Ketuk tahun atau angka untuk bulan-bulannya, nama akun untuk musimnya."),
        "head": [Link(str(one), reverse("report_year", args=[code, one])) for one in data.yms],
        "parts": statements.of_span(data, link),
        "accounts": reverse("report_seasons", args=[code, "00000"]).replace("00000/", ""),
        "crumbs": [Link(_("Laporan"), reverse("reports"))],
        "near": [],
        "filters": _unit_filters(desk, unit, lambda other: reverse("report_decade", args=[other])),
        "files": file_links(),
        "swipe": _("Geser tabel ke samping untuk tahun berikutnya."),
        "charts": [_two_bars(data)],
    }
    return render(request, "reports/year.html", context)


def _last_year(text: str, running: int) -> int:
    return int(text) if text.isdigit() and OLDEST + DECADE <= int(text) <= running else running


@require_safe
@keepers
def seasons(request: HttpRequest, desk: Desk, code: str, account: str) -> HttpResponseBase:
    """One account over ten years: a line, and a table with a row a year and a column a month."""
    units, unit, running = _units(desk, code)
    found = queries.account_of(account)
    if found is None or not found.is_detail:
        raise Http404
    data = spans.seasons(units, found, running // A_YEAR - DECADE + 1, running)
    months = [calendar.short(2001 * A_YEAR + month).split()[0] for month in range(1, 13)]
    if kind := request.GET.get("berkas", ""):
        sheet: Sheet = (
            found.name[:31], [_("Tahun"), *months], [(str(year), *data.rows[year]) for year in data.years]
        )  # fmt: skip
        return _file(kind, f"akun-{found.code}-{code}", [sheet], b"")
    context = {
        "account": found,
        "name": unit.name if unit else _("Semua unit usaha"),
        "months": months,
        "rows": [
            {
                "year": str(year),
                "url": reverse("report_year", args=[code, year]),
                "figures": [
                    statements.Figure(
                        amount, statements.card_url(found.code, unit, year * A_YEAR + month) if amount else ""
                    )
                    for month, amount in enumerate(data.rows[year], 1)
                ],
            }
            for year in reversed(data.years)
        ],
        "stands": found.type in spans.STANDING,
        "crumbs": [
            Link(_("Laporan"), reverse("reports")),
            Link(_("Sepuluh tahun"), reverse("report_decade", args=[code])),
        ],
        "filters": _unit_filters(
            desk, unit, lambda other: reverse("report_seasons", args=[other, found.code])
        ),
        "files": [one for one in file_links() if one.label != "PDF"],
        "chart": Chart(
            found.name, [f"{calendar.short(ym).split()[0]} {ym // A_YEAR}" for ym in data.yms],
            [Series(found.name, data.amounts)],
        ),
    }  # fmt: skip
    return render(request, "reports/seasons.html", context)


def _file(kind: str, name: str, sheets: list[Sheet], printed: bytes) -> HttpResponseBase:
    if kind == "pdf" and printed:
        return pdf_response(printed, name)
    if kind == "xlsx":
        return files.xlsx(name, sheets)
    if kind == "csv":
        return files.csv(name, *files.in_a_row(sheets))
    raise Http404
