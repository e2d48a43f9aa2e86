"""The asset report of any day, per unit and for all, on the page and as files; and the labels (KOS-14)."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.core.assets import queries, sheets
from tatausaha.core.assets.dataset import HEAD, AssetReport, report_on, title_of
from tatausaha.core.assets.models import Asset
from tatausaha.core.assets.views.doors import Desk, crumbs, keepers, sums_said, unit_links
from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.documents.sheets import print_sheet
from tatausaha.core.kernel import export, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import parse_date
from tatausaha.core.kernel.parts import Column, FilterSet, Kind, Link, Row, Table
from tatausaha.core.ledger import chain, months
from tatausaha.core.people.models import Unit

MOST_LABELS = 480
"""Labels of one print, twenty pages."""


@require_safe
@keepers
def report(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What was owned at the end of a day."""
    unit = desk.asked(request) or (desk.units[0] if len(desk.units) == 1 else None)
    on, wrong = _day(request.GET.get("per", ""), desk.today(unit))
    made = report_on(desk.units, on, one=unit)
    name = f"aset-{unit.code if unit else 'semua'}-{on:%Y-%m-%d}"
    wanted = request.GET.get("berkas")
    if wanted in {"csv", "xlsx"}:
        write = export.csv_file if wanted == "csv" else export.xlsx_file
        return write(name, HEAD, made.lines())
    if wanted == "pdf":
        return _pdf(request, desk, made, name)
    context = {
        "crumbs": crumbs(), "whose": title_of(made), "on": on, "wrong": wrong,
        "typed": request.GET.get("per", "") if wrong else f"{on:%d/%m/%Y}",
        "filters": _filters(desk, unit, on), "unit": unit, "blocks": _blocks(made),
        "sums": sums_said(made.totals),
        "files": {kind: _address(unit, on, berkas=kind) for kind in ("pdf", "xlsx", "csv")},
    }  # fmt: skip
    return render(request, "assets/report.html", context)


def _day(typed: str, today: date) -> tuple[date, str]:
    """The day that was asked for; today for none, for one that is no day (with the sentence), or is still to come."""
    if not typed.strip():
        return today, ""
    try:
        return min(parse_date(typed), today), ""
    except Refused as no:
        return today, str(no)


def _address(unit: Unit | None, on: date, **more: str) -> str:
    said = {"unit": unit.code if unit else "", "per": f"{on:%Y-%m-%d}"} | more
    return f"{reverse('asset_report')}?{urlencode({name: value for name, value in said.items() if value})}"


def _filters(desk: Desk, unit: Unit | None, on: date) -> list[FilterSet]:
    """Ends of the last months and years to choose from, and the units."""
    today = desk.today(unit)
    ends = [today, _end_before(today), _end_before(_end_before(today)), date(today.year - 1, 12, 31)]
    days = dict.fromkeys(sorted(ends, reverse=True))
    sets = [
        FilterSet(
            _("Per tanggal"),
            tuple(Link(words.long_date(day), _address(unit, day), day == on) for day in days),
        )
    ]
    if len(desk.units) > 1:
        by_code = {one.code: one for one in desk.units}
        sets.append(
            unit_links(desk, _("Unit"), _("Semua unit"), unit, lambda code: _address(by_code.get(code), on))
        )
    return sets


def _end_before(on: date) -> date:
    return date.fromordinal(months.first_day(months.of(on)).toordinal() - 1)


def _blocks(made: AssetReport) -> list[Table]:
    """A table for every class of every unit, its sum last."""
    several = len({block.unit.pk for block in made.blocks}) > 1
    columns = [
        Column(_("Aset"), rank=1), Column(_("Nilai buku"), Kind.MONEY, rank=2), Column(_("Tempat")),
        Column(_("Dibeli"), Kind.DATE), Column(_("Harga perolehan"), Kind.MONEY), Column(_("Disusutkan"), Kind.MONEY),
    ]  # fmt: skip
    tables = []
    for block in made.blocks:
        rows = [
            Row(
                [
                    one.asset.name, one.book_value, made.where[one.asset.pk], one.asset.bought_on, one.asset.cost,
                    one.accumulated,
                ],
                url=one.asset.get_absolute_url(),
            )
            for one in block.rows
        ]  # fmt: skip
        sums = block.totals
        rows.append(Row([_("Jumlah"), sums.book_value, "", None, sums.cost, sums.accumulated], total=True))
        caption = f"{block.unit.name}: {block.label}" if several else block.label
        tables.append(Table(columns, rows, caption))
    return tables


def _pdf(request: HttpRequest, desk: Desk, made: AssetReport, name: str) -> HttpResponseBase:
    with translation.override("id"):
        zone = (made.unit or desk.units[0]).zone
        printed = f"Dicetak {words.moment(desk.at, zone)} oleh {desk.person.name} · segel {chain.head()[:10]}"
        sheet = sheets.report_sheet(made, request.company, printed=printed)  # type: ignore[attr-defined]
        return pdf_response(print_sheet(sheet), name)


@require_safe
@keepers
def labels(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Labels to stick on things: of one asset (`nomor`), or of all that a unit owns."""
    rows = queries.assets_for(desk.person).filter(status__in=Asset.HELD).order_by("unit", "number")
    if number := request.GET.get("nomor", ""):
        rows = rows.filter(number=number.upper()[:30])
    elif unit := desk.asked(request):
        rows = rows.filter(unit=unit)
    found = list(rows[:MOST_LABELS])
    if not found:
        raise Http404
    with translation.override("id"):
        sheet = sheets.label_sheet(found, request.company, printed="")  # type: ignore[attr-defined]
        return pdf_response(print_sheet(sheet), "label-aset")
