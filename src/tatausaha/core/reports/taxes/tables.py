"""Tax years and turnover as rows for pages and files."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Chip, Column, Kind, Link, Row, Stat, Table, Tone
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar
from tatausaha.core.reports.models import LocalTaxRate, TaxRule
from tatausaha.core.reports.taxes import rules
from tatausaha.core.reports.taxes.turnover import ByUnit
from tatausaha.core.reports.taxes.years import Month, Year

STATE = 6
"""Where in a row it is said how the month stands."""


def _state(month: Month) -> str:
    if month.tax is None:
        return ""
    if not month.tracked:
        return _("sebelum dicatat di sini")
    if month.running:
        return _("bulan berjalan")
    if not month.left:
        return _("lunas") if month.deposited else _("nihil")
    return _("belum disetor") if not month.deposited else _("kurang setor")


def _chip(month: Month, today: date) -> Chip | None:
    """How a month stands: red once its day is over, so that it is found at a glance."""
    if not (said := _state(month)):
        return None
    if month.running or not month.tracked:
        return Chip(said, Tone.NEUTRAL)
    if not month.left:
        return Chip(said, Tone.DONE)
    return Chip(said, Tone.LATE if month.due_on < today else Tone.SOON)


def to_pay(told: Year) -> Link | None:
    """The way to the oldest month that is over and not paid."""
    owed = next((month for month in told.months if month.left and not month.running), None)
    if owed is None:
        return None
    label = _("Catat setoran %(month)s") % {"month": calendar.said(owed.ym)}
    return Link(label, reverse("tax_deposit", args=[calendar.slug(owed.ym)]))


def heads(told: Year) -> list[Column]:
    """The columns of the months of a year."""
    vat = [Column(_("PPN"), Kind.MONEY)] if told.vat else []
    return [
        Column(_("Bulan"), rank=1), Column(_("Dasar"), Kind.MONEY), Column(_("Bebas pajak"), Kind.MONEY),
        Column(_("PPh final"), Kind.MONEY, rank=2), Column(_("Jatuh tempo"), Kind.DATE),
        Column(_("Disetor"), Kind.MONEY), Column(_("Keadaan"), Kind.CHIP), *vat,
    ]  # fmt: skip


def _cells(told: Year, month: Month) -> list[Any]:
    name = calendar.said(month.ym)
    if month.version:
        name = _("%(month)s (laporan v%(n)d)") % {"month": name, "n": month.version}
    vat = [month.vat] if told.vat else []
    return [name, month.base, month.exempt, month.tax, month.due_on, month.deposited, _state(month), *vat]


def year_table(told: Year, *, today: date) -> Table:
    """Months with base, exempt part, tax, day, what was paid; the year last."""
    rows = [
        Row(
            [*(cells := _cells(told, month))[:STATE], _chip(month, today), *cells[STATE + 1 :]],
            url="" if month.tax is None else reverse("tax_deposit", args=[calendar.slug(month.ym)]),
        )
        for month in told.months
    ]
    vat = [sum(one.vat for one in told.months)] if told.vat else []
    paid = sum(one.deposited for one in told.months)
    whole = [_("Tahun %(year)s") % {"year": told.year}, told.base, told.exempt]
    whole += [None if told.why_not else told.tax, None, paid, "", *vat]
    return Table(heads(told), [*rows, Row(whole, total=True)], _("Dasar dan pajak tiap bulan"))


def year_lines(told: Year) -> list[tuple[Any, ...]]:
    """The same for files."""
    return [
        (*_cells(told, month)[:4], month.due_on.isoformat(), *_cells(told, month)[5:])
        for month in told.months
    ]


def tiles(told: Year) -> list[Stat]:
    """The year in four figures."""
    owed = sum(one.left for one in told.months)
    cap = told.rule.cap if told.rule else 0
    near = {"near": Tone.SOON, "crossed": Tone.LATE}.get(told.limit, Tone.NEUTRAL)
    found = [
        Stat(
            _("Omzet menurut hak"), rupiah(told.turnover),
            _("batas setahun %(cap)s") % {"cap": rupiah(cap)} if cap else "", near,
        ),
        Stat(_("Dasar pajak"), rupiah(told.base)),
    ]  # fmt: skip
    if told.rule is not None and told.rule.exempt and not told.why_not:
        rest = _("sisa %(left)s") % {"left": rupiah(told.rule.exempt - told.exempt)}
        found.append(Stat(_("Bagian bebas pajak terpakai"), rupiah(told.exempt), rest))
    if not told.why_not:
        note = (
            _("belum disetor %(left)s") % {"left": rupiah(owed)}
            if owed
            else _("tidak ada yang belum disetor")
        )
        found.append(Stat(_("PPh final setahun"), rupiah(told.tax), note, Tone.SOON if owed else Tone.DONE))
    return found


def rule_table(found: Sequence[TaxRule]) -> Table:
    """The rules of the law, one row each."""
    columns = [
        Column(_("Pajak"), rank=1), Column(_("Bentuk hukum"), rank=2), Column(_("Mulai"), Kind.DATE),
        Column(_("Sampai"), Kind.DATE), Column(_("Tarif")), Column(_("Bebas pajak setahun"), Kind.MONEY),
        Column(_("Batas omzet"), Kind.MONEY), Column(_("Paling lama")), Column(_("Dasar hukum")),
    ]  # fmt: skip
    rows = [
        Row([
            one.get_tax_display(), one.get_legal_form_display() if one.legal_form else _("semua"), one.starts_on,
            one.ends_on, rules.rate_said(one.rate), one.exempt or None, one.cap or None,
            _("%(n)d tahun pajak") % {"n": one.years} if one.years else "", one.source,
        ])
        for one in found
    ]  # fmt: skip
    return Table(columns, rows, _("Aturan pajak"))


# Turnover of units, and the local tax where one was set


def rate_in(rates: Sequence[LocalTaxRate], unit: Unit, ym: int) -> int:
    """The local tax of a unit in a month, in hundredths of a per cent; 0 where none was set."""
    known = [one for one in rates if one.unit_id == unit.pk and one.from_ym <= ym]
    return max(known, key=lambda one: one.from_ym).rate if known else 0


def turnover_lines(
    units: Sequence[Unit], by_unit: ByUnit, rates: Sequence[LocalTaxRate], yms: Sequence[int]
) -> list[tuple[Unit, int, int, int, int]]:
    """Unit, month, turnover, rate of the local tax, and the local tax on it."""
    lines = []
    for unit in units:
        for ym in yms:
            gross, rate = by_unit.get(unit.pk, {}).get(ym, 0), rate_in(rates, unit, ym)
            lines.append((unit, ym, gross, rate, max(0, gross) * rate // rules.WHOLE))
    return lines


def turnover_table(lines: Sequence[tuple[Unit, int, int, int, int]], *, several: bool) -> Table:
    """Months of one unit, or the units of a year; the column of the local tax only where one has a rate."""
    taxed = any(rate for _unit, _ym, _gross, rate, _tax in lines)
    columns = [Column(_("Unit") if several else _("Bulan"), rank=1), Column(_("Omzet"), Kind.MONEY, rank=2)]
    if taxed:
        columns += [] if several else [Column(_("Tarif"))]
        columns.append(Column(_("Pajak daerah"), Kind.MONEY))
    sums: dict[str, list[Any]] = {}
    for unit, ym, gross, rate, tax in lines:
        name = unit.name if several else calendar.said(ym)
        row = sums.setdefault(name, [0, 0, rate])
        row[0] += gross
        row[1] += tax
    rows = [_turnover_row(name, row, taxed=taxed, several=several) for name, row in sums.items()]
    whole = [sum(row[0] for row in sums.values()), sum(row[1] for row in sums.values()), 0]
    total = _turnover_row(_("Jumlah"), whole, taxed=taxed, several=several)
    return Table(columns, [*rows, Row(total.cells, total=True)], _("Omzet"))


def _turnover_row(name: str, row: list[Any], *, taxed: bool, several: bool) -> Row:
    rate = [] if several or not taxed else [rules.rate_said(row[2]) if row[2] else ""]
    return Row([name, row[0], *rate, *([row[1]] if taxed else [])])
