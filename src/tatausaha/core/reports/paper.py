"""The month's report on paper: the same dataset, set in type, with the seal and its QR (KOS-15, KOS-18)."""

from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tatausaha.core.documents import sheets
from tatausaha.core.documents.office import (
    Bars,
    BothRow,
    CashRow,
    ChangeRow,
    MonthReport,
    PlanSums,
    ReportRow,
    SpanRow,
    YearReport,
)
from tatausaha.core.documents.queries import paper_numbered
from tatausaha.core.documents.services import issue_paper
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.people import businesses, roles
from tatausaha.core.people import queries as people
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.reports import calendar, spans
from tatausaha.core.reports.budgets import NONE, beside
from tatausaha.core.reports.cash import CashView
from tatausaha.core.reports.dataset import MonthData, Row
from tatausaha.core.reports.sections import Filled

SHORT_MONTH = 3


def print_month(data: MonthData, *, by: Person, at: datetime) -> bytes:
    """The PDF of a report. The QR of a closed month answers for what was sealed, whatever came later.

    Its number names unit, month and version, and a version never changes: a new letterhead does
    not make it another paper.
    """
    unit = data.units[0] if data.code != "semua" else None
    with translation.override("id"):
        sheet = _sheet(data, unit)
        if data.mark.version and unit is not None:
            sealed = replace(
                sheet,
                months=(),
                remarks=(),
                both=(),
                bridge=(),
                plan=None,
                income=_bare(data.income),
                expense=_bare(data.expense),
            )
            paper = paper_numbered("month_report", sheet.number) or issue_paper(
                sealed, kind="month_report", unit=unit, holder=data.name, amount=None, by=by, at=at
            )
            sheet = sheets.with_proof(sheet, paper.token)
        return sheets.print_sheet(replace(sheet, printed=sheets.printed_note(at, data.zone, by.name)))


def print_year(data: spans.SpanData, year: str, *, unit: Unit | None, by: Person) -> bytes:
    """The PDF of a year, or of several: its columns side by side, as they stand in the books now."""
    company = people.company()
    assert company is not None
    with translation.override("id"):
        remarks = [
            _(
                "Angka menurut buku saat ini; laporan tiap bulan yang ditutup punya versi dan segelnya sendiri."
            )
        ]
        if data.changed:
            names = ", ".join(calendar.said(ym) for ym in data.changed)
            remarks.append(_("Diubah setelah tutup: %(months)s.") % {"months": names})
        if data.eliminated:
            remarks.append(
                _("R/K antarunit %(amount)s saling hapus dan tidak dihitung.")
                % {"amount": rupiah(data.eliminated)}
            )
        return sheets.print_sheet(
            YearReport(
                head=sheets.Letterhead.of(company, unit), number=f"LT/{data.code.upper()}/{year}",
                issued_on=clock.day(data.at, data.zone), year=year,
                months=_columns(data), before=data.before_label,
                income=[_span_row(row) for row in data.income], expense=[_span_row(row) for row in data.expense],
                income_total=_span_row(data.income_total), expense_total=_span_row(data.expense_total),
                result=_span_row(data.result), cash=[_span_row(row) for row in data.bridge],
                standing_title=data.standing_title,
                standing=[_span_row(row) for row in data.standing], strips=[_span_row(row) for row in data.strips],
                planned=bool(data.plan),
                remarks=remarks, seal=data.head,
                as_of=f"Per {words.moment(data.at, data.zone)}",
                printed=sheets.printed_note(data.at, data.zone, by.name),
            )
        )  # fmt: skip


def _plan(data: MonthData) -> PlanSums | None:
    if not data.plan:
        return None
    told = beside(data.plan)
    sums = [(one.budget, one.variance) for one in (told.get(kind, NONE) for kind in ("R", "X", "RX"))]
    return PlanSums(*sums)


def _span_row(row: spans.SpanRow) -> SpanRow:
    plan = row.beside
    return SpanRow(row.name, row.amounts, row.total, row.before, row.suffix, plan.budget, plan.variance)


def _columns(data: spans.SpanData) -> list[str]:
    """Heads of narrow columns: a month in three letters, a year in full."""
    return [label.split()[0] for label in data.short_labels]


def _sheet(data: MonthData, unit: Unit | None) -> MonthReport:
    company = people.company()
    assert company is not None
    version = f"v{data.mark.version}" if data.mark.version else "gabungan" if unit is None else "sementara"
    signer = data.mark.person
    return MonthReport(
        head=sheets.Letterhead.of(company, unit),
        number=f"LB/{data.code.upper()}/{calendar.slug(data.ym)}/{version}",
        issued_on=clock.day(data.mark.at, data.zone),
        month=data.month,
        income=[_row(row) for row in data.income if _tells(row)],
        expense=[_row(row) for row in data.expense if _tells(row)],
        cash=_cash(data),
        both=_both(data.both),
        bridge=_bridge(data.both),
        plan=_plan(data),
        months=[Bars(calendar.short(one.ym)[:SHORT_MONTH], one.income, one.expense) for one in data.bars],
        remarks=_remarks(data),
        as_of=f"per {words.moment(data.mark.at, data.zone)}",
        seal=data.head,
        version=data.mark.version,
        changed=data.mark.reason,
        changes=[ChangeRow(one.label, one.before, one.after) for one in data.mark.changes],
        prepared_by=data.mark.by,
        prepared_as=_("Pemilik") if signer is not None and roles.is_owner(signer) else _("Pengelola"),
        place=businesses.place_of(unit) if unit else "",
    )


def _tells(row: Row) -> bool:
    return bool(row.amount or row.before or row.year) or row.beside.budget is not None


def _row(row: Row) -> ReportRow:
    plan = row.beside
    return ReportRow(row.name, row.amount, row.before, row.year, plan.budget, plan.variance)


def _bare(rows: tuple[Row, ...]) -> list[ReportRow]:
    return [ReportRow(row.name, row.amount) for row in rows if row.amount]


def _cash(data: MonthData) -> list[CashRow]:
    lines = [CashRow(_("Saldo awal"), data.opening, total=True)]
    for one in data.cash:
        lines.append(CashRow(_("%(account)s, masuk") % {"account": one.name}, one.debit))
        lines.append(CashRow(_("%(account)s, keluar") % {"account": one.name}, -one.credit))
    return [
        *[line for line in lines if line.amount or line.total],
        CashRow(_("Saldo akhir"), data.closing, total=True),
    ]


def _both(both: CashView | None) -> list[BothRow]:
    """Accounts that differ by right and by cash, and the result; nothing where none does."""
    if both is None:
        return []
    rows = [BothRow(one.name, one.accrual, one.cash) for one in (*both.income, *both.expense) if one.gap]
    return rows and [*rows, BothRow(both.result.name, both.accrual, both.cash, total=True)]


def _bridge(both: CashView | None) -> list[CashRow]:
    if both is None:
        return []
    return [
        CashRow(_("Laba menurut hak"), both.accrual, total=True),
        *(CashRow(one.label, one.amount) for one in both.steps),
        CashRow(_("Laba menurut kas"), both.cash, total=True),
    ]


def _title(section: Filled) -> str:
    return (
        _("%(title)s (dihitung hari ini)") % {"title": section.title} if section.live else str(section.title)
    )


def _remarks(data: MonthData) -> list[str]:
    remarks = [
        f"{_title(one)}, {line.label}: {line.text if line.amount is None else rupiah(line.amount)}"
        for one in data.sections
        for line in one.lines
    ]
    if data.eliminated:
        remarks.append(
            _("R/K antarunit %(amount)s saling hapus dan tidak dihitung.")
            % {"amount": rupiah(data.eliminated)}
        )
    if data.carried:
        said = dict(zip(("opening", "closing"), map(rupiah, data.carried), strict=True))
        remarks.append(
            _(
                "Saldo berubah sejak ditutup: bulan sebelumnya dikoreksi. Kini awal %(opening)s, akhir %(closing)s."
            )
            % said
        )
    if data.code == "semua":
        remarks.append(_("Gabungan semua unit. Yang ditutup dan disegel adalah laporan tiap unit."))
    elif not data.mark.version:
        remarks.append(_("Sementara: bulan ini belum ditutup, angkanya masih dapat berubah."))
    return [*remarks, capfirst(data.foot()[-1])] if data.checked_at else remarks
