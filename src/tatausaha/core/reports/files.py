"""The reports as files for other programs, from the same dataset as the page: XLSX, CSV (KOS-15).

No cell can act as a formula; amounts are numbers. A workbook is written to a file on disk and
sent from there.
"""

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tatausaha.core.kernel import export
from tatausaha.core.reports import calendar
from tatausaha.core.reports.budgets import NONE, Beside, PlanRow, beside
from tatausaha.core.reports.cash import CashView
from tatausaha.core.reports.dataset import MonthData
from tatausaha.core.reports.spans import SpanData

Lines = list[tuple[Any, ...]]
Sheet = tuple[str, Sequence[str], Lines]

ACCOUNT_DIGITS = 5
MONEY_FORMAT = "#,##0;[Red]-#,##0"


def month_lines(data: MonthData) -> Lines:
    """Income, expense and result: part, code, account, month, month before, year so far; budgets where there are."""
    lines: Lines = []
    told = beside(data.plan)
    for name, rows in ((_("Pendapatan"), data.income), (_("Beban"), data.expense)):
        for row in rows:
            more = _planned(row.beside) if told else ()
            lines.append((name, row.code, row.name, row.amount, row.before, row.year, *more))
    for name, part, kind in (
        (_("Jumlah pendapatan"), "income", "R"),
        (_("Jumlah beban"), "expense", "X"),
        (_("Laba (rugi)"), "result", "RX"),
    ):
        sums = [getattr(data.totals[column], part) for column in ("amount", "before", "year")]
        lines.append((name, "", "", *sums, *(_planned(told.get(kind, NONE)) if told else ())))
    return lines


def _planned(one: Beside) -> tuple[int | None, int | None]:
    return one.budget, one.variance


def _plan_heads(plan: Sequence[PlanRow]) -> list[str]:
    return [_("Anggaran"), _("Selisih")] if plan else []


def cash_lines(data: MonthData) -> Lines:
    """Cash and bank: code, account, opening, in, out, closing."""
    lines: Lines = [
        (one.code, one.name, one.opening, one.debit, one.credit, one.closing) for one in data.cash
    ]
    moved = (sum(one.debit for one in data.cash), sum(one.credit for one in data.cash))
    return [*lines, ("", _("Jumlah"), data.opening, *moved, data.closing)]


def bridge_sheets(both: CashView | None) -> list[Sheet]:
    """Accounts by right and by cash, and what explains the gap."""
    if both is None:
        return []
    lines: Lines = []
    for name, rows in ((_("Pendapatan"), both.income), (_("Beban"), both.expense)):
        lines += [(name, one.code, one.name, one.accrual, one.cash, one.gap) for one in rows]
    result = both.result
    lines.append((result.name, "", "", result.accrual, result.cash, result.gap))
    head = [_("Bagian"), _("Kode"), _("Akun"), _("Menurut hak"), _("Menurut kas"), _("Selisih")]
    steps: Lines = [(_("Laba menurut hak"), both.accrual), *((one.label, one.amount) for one in both.steps)]
    steps.append((_("Laba menurut kas"), both.cash))
    return [(_("Hak dan kas"), head, lines), (_("Mengapa berbeda"), [_("Langkah"), _("Jumlah")], steps)]


def plan_sheets(plan: Sequence[PlanRow]) -> list[Sheet]:
    """Budget against actual, where there is a budget."""
    if not plan:
        return []
    head = [_("Kode"), _("Akun"), _("Anggaran"), _("Realisasi"), _("Selisih")]
    lines: Lines = [
        (one.code, "  " * one.level + one.name, one.budget, one.actual, one.variance) for one in plan
    ]
    return [(_("Anggaran dan realisasi"), head, lines)]


def month_sheets(data: MonthData) -> list[Sheet]:
    """Every table of a month's report with its head."""
    sheets: list[Sheet] = [
        (
            _("Laba rugi"),
            [
                _("Bagian"),
                _("Kode"),
                _("Akun"),
                data.month,
                _("Bulan sebelumnya"),
                _("Tahun berjalan"),
                *_plan_heads(data.plan),
            ],
            month_lines(data),
        ),
        (
            _("Kas dan bank"),
            [
                _("Kode"),
                _("Akun"),
                _("Saldo awal"),
                pgettext("uang", "Masuk"),
                pgettext("uang", "Keluar"),
                _("Saldo akhir"),
            ],
            cash_lines(data),
        ),
    ]
    sheets += plan_sheets(data.plan)
    sheets += bridge_sheets(data.both)
    if data.position:
        standing: Lines = [(row.code, row.name, row.amount) for row in data.position]
        sheets.append((_("Piutang dan titipan"), [_("Kode"), _("Akun"), _("Saldo akhir")], standing))
    if data.bars:
        bars: Lines = [
            (calendar.said(one.ym), one.income, one.expense, one.income - one.expense) for one in data.bars
        ]
        sheets.append((_("12 bulan"), [_("Bulan"), _("Pendapatan"), _("Beban"), _("Laba (rugi)")], bars))
    extra: Lines = [
        (str(one.title), str(line.label), line.text if line.amount is None else line.amount, str(line.note))
        for one in data.sections
        for line in one.lines
    ]
    if extra:
        sheets.append((_("Usaha"), [_("Bagian"), _("Hal"), _("Angka"), _("Keterangan")], extra))
    about: Lines = [(data.name, data.month), *((said, "") for said in data.foot())]
    if data.mark.reason:
        about.append((_("Alasan perubahan"), data.mark.reason))
    return [*sheets, (_("Tentang"), [_("Laporan"), ""], about)]


def span_lines(data: SpanData) -> Lines:
    """Part, code, account, one column a month or year, total (none of balances), the year before, the budget."""
    lines: Lines = []
    parts = (
        (_("Pendapatan"), data.income), (_("Beban"), data.expense),
        ("", (data.income_total, data.expense_total, data.result)),
        (_("Hak dan kas"), data.bridge), (data.standing_title, data.standing), (_("Usaha"), data.strips),
    )  # fmt: skip
    for name, rows in parts:
        for row in rows:
            code = row.code if len(row.code) == ACCOUNT_DIGITS else ""
            label = f"{row.name} ({row.suffix.strip()})" if row.suffix else row.name
            before = [row.before] if data.before else []
            whole = None if rows is data.standing else row.total
            more = _planned(row.beside) if data.plan else ()
            lines.append((name or row.name, code, label if name else "", *row.amounts, whole, *before, *more))
    return lines


def span_head(data: SpanData) -> list[str]:
    """The head of `span_lines`."""
    before = [data.before_label] if data.before else []
    return [_("Bagian"), _("Kode"), _("Akun"), *data.labels, _("Jumlah"), *before, *_plan_heads(data.plan)]


def span_sheets(data: SpanData, title: str) -> list[Sheet]:
    """The table of a span of months or years, profit by right and by cash, and what it is."""
    about: Lines = [(data.name, title), *((said, "") for said in data.foot())]
    return [
        (title, span_head(data), span_lines(data)),
        *plan_sheets(data.plan),
        *bridge_sheets(data.both),
        (_("Tentang"), [_("Laporan"), ""], about),
    ]


def in_a_row(sheets: Sequence[Sheet]) -> tuple[Sequence[str], Lines]:
    """Every table of a workbook below the first, for a file that has one sheet only: its head, and all lines."""
    (_first, head, lines), *others = sheets
    rows = list(lines)
    for title, names, more in others:
        rows += [(), (title,), tuple(names), *more]
    return head, rows


def csv(name: str, head: Sequence[str], lines: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A CSV, streamed."""
    return export.csv_file(name, head, lines)


def xlsx(name: str, sheets: Sequence[Sheet]) -> FileResponse:
    """A workbook with one sheet a table, written row by row to a file on disk and sent from there."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    money = book.add_format({"num_format": MONEY_FORMAT})
    for title, head, lines in sheets:
        page = book.add_worksheet(title[:31])
        page.freeze_panes(1, 0)
        for column, width in enumerate(_widths(head, lines)):
            page.set_column(column, column, width)
        for column, cell in enumerate(head):
            page.write_string(0, column, str(cell), bold)
        for number, line in enumerate(lines, start=1):
            for column, cell in enumerate(line):
                if isinstance(cell, int) and not isinstance(cell, bool):
                    page.write_number(number, column, cell, money)
                elif cell is not None:
                    page.write_string(number, column, str(cell))
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=export.XLSX)


def _widths(head: Sequence[str], lines: Lines) -> list[int]:
    longest = [len(str(cell)) for cell in head]
    for line in lines[:500]:
        for column, cell in enumerate(line):
            length = len(f"{cell:,}") if isinstance(cell, int) else len(str(cell or ""))
            longest[column] = max(longest[column], length)
    return [min(60, length + 2) for length in longest]
