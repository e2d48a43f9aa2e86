"""The one dataset of a monthly and of a yearly report: page, XLSX, CSV and PDF say the same (KOS-15).

Income is positive where it was earned, expense where it was spent; whole rupiah.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from tatausaha.core.kernel import words
from tatausaha.core.ledger import chart, months
from tatausaha.core.ledger.models import Account, Seal
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.reports import budgets, calendar, cash, queries
from tatausaha.core.reports.budgets import PlanRow
from tatausaha.core.reports.cash import CashView
from tatausaha.core.reports.changes import Change, changes_of
from tatausaha.core.reports.proof import HEAD_SHOWN, checked_said, proof
from tatausaha.core.reports.sections import Filled, filled, kept

CHART_MONTHS = 12
SIGN = {"R": -1, "X": 1}
POSITION = tuple(
    int(code)
    for code in (
        chart.RECEIVABLES, chart.DEPOSITS, chart.CUSTOMER_ADVANCES, chart.CUSTOMER_BALANCE, chart.UNIDENTIFIED,
    )
)  # fmt: skip
"""What is owed to the unit, and what it holds for others, when the month ends."""


class State(StrEnum):
    """How far a month is."""

    RUNNING = "running"
    PAST = "past"
    CLOSED = "closed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Row:
    """An account in the month, the month before, and the year so far, and its budget; nothing where it is not told."""

    code: str
    name: str
    amount: int
    before: int | None = None
    year: int | None = None
    beside: budgets.Beside = budgets.NONE


@dataclass(frozen=True)
class Cash:
    """A cash or bank account: what it began with, what came, what went."""

    code: str
    name: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """What it ended with."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True)
class Bar:
    """A month of the chart."""

    ym: int
    income: int
    expense: int


@dataclass(frozen=True)
class Mark:
    """What the footer says: the version (0: never closed), the head of the books, why and how it was changed."""

    version: int
    head: str
    at: datetime
    reason: str = ""
    by: str = ""
    person: Person | None = None
    changes: tuple[Change, ...] = ()


def _sum(rows: Sequence[Row], name: str) -> int | None:
    figures = [getattr(row, name) for row in rows]
    return None if any(one is None for one in figures) else sum(figures)


@dataclass(frozen=True)
class Totals:
    """Sums of income and expense and their difference, for one column of the report."""

    income: int | None
    expense: int | None

    @property
    def result(self) -> int | None:
        """Profit, or loss where negative."""
        return None if self.income is None or self.expense is None else self.income - self.expense


@dataclass(frozen=True)
class MonthData:
    """A month of a unit, or of several together (`code` is `semua` then)."""

    code: str
    name: str
    zone: str
    ym: int
    income: tuple[Row, ...]
    expense: tuple[Row, ...]
    cash: tuple[Cash, ...]
    mark: Mark
    state: State
    bars: tuple[Bar, ...] = ()
    position: tuple[Row, ...] = ()
    sections: tuple[Filled, ...] = ()
    eliminated: int = 0
    checked_at: datetime | None = None
    both: CashView | None = None
    """By right and by cash side by side; nothing where a version was sealed without it."""
    carried: tuple[int, int] | None = None
    """Cash and bank at the month's begin and end by the books of today, where an earlier month was
    changed since this one was sealed."""
    plan: tuple[PlanRow, ...] = ()
    """Budget against actual, where the month has a budget; older versions do not tell it."""
    units: tuple[Unit, ...] = field(default=(), compare=False)

    @property
    def month(self) -> str:
        """`Maret 2026`."""
        return calendar.said(self.ym)

    @property
    def totals(self) -> dict[str, Totals]:
        """The sums of the columns `amount`, `before` and `year`."""
        return {
            name: Totals(_sum(self.income, name), _sum(self.expense, name))
            for name in ("amount", "before", "year")
        }

    @property
    def result(self) -> int:
        """Income less expense of the month."""
        return self.totals["amount"].result or 0

    @property
    def opening(self) -> int:
        """Cash and bank when the month began."""
        return sum(one.opening for one in self.cash)

    @property
    def closing(self) -> int:
        """Cash and bank when it ended, or now."""
        return sum(one.closing for one in self.cash)

    @property
    def head(self) -> str:
        """The first characters of the head of the books."""
        return self.mark.head[:HEAD_SHOWN]

    def foot(self) -> list[str]:
        """As of when, which version, which head, changed or not, and whether the books were found even."""
        version = _("versi %(n)d") % {"n": self.mark.version} if self.mark.version else _("belum ditutup")
        said = [_("Per %(at)s") % {"at": words.moment(self.mark.at, self.zone)}, version]
        said.append(_("segel %(head)s") % {"head": self.head})
        if self.state == State.CHANGED:
            said.append(_("diubah setelah tutup"))
        if self.carried:
            said.append(_("saldo berubah sejak v%(n)d") % {"n": self.mark.version})
        return [*said, *checked_said(self.checked_at, self.zone)]


# A month


def month_data(
    units: Sequence[Unit], ym: int, *, at: datetime, together: bool = False, seals: Sequence[Seal] = ()
) -> MonthData:
    """The report of a month: of one unit, or of several with what they owe each other left out.

    A closed month says what its newest version says; the month before, the year and the chart
    come from month rows. `seals` are the month's versions, from the first.
    """
    chart_of, year = queries.accounts(), ym // 100 * 100 + 1
    first = min(year, calendar.back(ym, CHART_MONTHS - 1), months.before(ym))
    span = queries.span(units, first, ym)
    cells = span.cells
    own, signed = None if together else units[0], proof()
    facts = _of_seal(seals[-1]) if seals else _of_rows(ym, chart_of, span)
    plan = budgets.plan(span, [ym], units=units, chart=chart_of)
    compared = {
        kind: _planned(_compared(facts[kind], kind, ym, chart_of, cells), kind, plan) for kind in SIGN
    }
    return MonthData(
        code=own.code if own else "semua",
        name=own.name if own else _("Semua unit usaha"),
        zone=units[0].zone,
        ym=ym,
        income=compared["R"],
        expense=compared["X"],
        cash=facts["cash"],
        position=facts["position"],
        mark=_mark_of(seals[-1]) if seals else Mark(0, signed.head, at),
        state=_state(units, ym, seals, at),
        bars=bars(cells, chart_of, calendar.span(calendar.back(ym, CHART_MONTHS - 1), ym)),
        sections=_sections(units, ym, seals, at, {pk for pk, month in cells if month == ym}),
        eliminated=cells.get((int(chart.BETWEEN_UNITS), ym), (0, 0))[0] if together else 0,
        checked_at=signed.checked_at,
        both=_both(units, ym, seals, chart_of, cells),
        carried=_carried(facts, _of_rows(ym, chart_of, span)) if seals else None,
        plan=plan,
        units=tuple(units),
    )


def version_data(unit: Unit, seal: Seal, *, newest: bool) -> MonthData:
    """A version of a closed month as it was sealed: nothing of it is worked out anew."""
    facts = _of_seal(seal)
    return MonthData(
        code=unit.code, name=unit.name, zone=unit.zone, ym=seal.ym, income=facts["R"], expense=facts["X"],
        cash=facts["cash"], mark=_mark_of(seal), units=(unit,),
        state=State.CHANGED if seal.version > 1 or not newest else State.CLOSED,
        sections=kept(seal.report.get("sections", ())), both=_kept_both(seal),
    )  # fmt: skip


def _both(
    units: Sequence[Unit],
    ym: int,
    seals: Sequence[Seal],
    chart_of: Mapping[int, Account],
    cells: queries.Cells,
) -> CashView:
    if seals and (said := _kept_both(seals[-1])) is not None:
        return said
    found = cash.figures(units, ym, ym, chart=chart_of, cells=cells)
    return cash.view(found, [ym], chart=chart_of, cells=cells)


def _kept_both(seal: Seal) -> CashView | None:
    said = seal.report.get("cash")
    return CashView.kept(said) if said else None


def _carried(sealed: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[int, int] | None:
    """What cash and bank begin and end with now, if balances are not what they were at the sealing."""
    if sealed["cash"] == now["cash"] and sealed["position"] == now["position"]:
        return None
    return sum(one.opening for one in now["cash"]), sum(one.closing for one in now["cash"])


def _sections(
    units: Sequence[Unit], ym: int, seals: Sequence[Seal], at: datetime, moved: set[int]
) -> tuple[Filled, ...]:
    """As the newest version keeps them; of a month that is over and keeps none, marked as counted today."""
    if seals and (said := seals[-1].report.get("sections")) is not None:
        return kept(said)
    over = any(ym < calendar.running(unit, at) for unit in units)
    return tuple(replace(one, live=over) for one in filled(units, ym, at, moved=moved))


def _state(units: Sequence[Unit], ym: int, seals: Sequence[Seal], at: datetime) -> State:
    if seals:
        return State.CHANGED if seals[-1].version > 1 else State.CLOSED
    return State.RUNNING if any(ym >= calendar.running(unit, at) for unit in units) else State.PAST


def _mark_of(seal: Seal) -> Mark:
    by = seal.by.name if seal.by else ""
    return Mark(seal.version, seal.head, seal.at, seal.reason, by, seal.by, changes_of(seal))


def _of_seal(seal: Seal) -> dict[str, Any]:
    report: Mapping[str, Any] = seal.report
    cash = tuple(
        Cash(one["account"], one["name"], one["opening"], one["debit"], one["credit"])
        for one in report["balances"]
        if one["account"].startswith(queries.MONEY)
    )
    income, expense = (
        tuple(Row(one["account"], one["name"], one["amount"]) for one in report[part])
        for part in ("income", "expense")
    )
    standing = {one["account"]: one for one in report["balances"]}
    position = tuple(
        Row(str(pk), one["name"], one["closing"] * (1 if one["type"] == "A" else -1))
        for pk in POSITION
        if (one := standing.get(str(pk))) and one["closing"]
    )
    return {"R": income, "X": expense, "cash": cash, "position": position}


def _of_rows(ym: int, chart_of: Mapping[int, Account], span: queries.Span) -> dict[str, Any]:
    money = [
        pk for pk, account in chart_of.items() if account.is_detail and account.code.startswith(queries.MONEY)
    ]
    lines = (
        Cash(chart_of[pk].code, chart_of[pk].name, span.opening(pk, ym), *span.cells.get((pk, ym), (0, 0)))
        for pk in sorted(money, key=lambda one: chart_of[one].code)
    )
    standing = (
        Row(chart_of[pk].code, chart_of[pk].name, chart_of[pk].sign * span.closing(pk, ym))
        for pk in POSITION
        if pk in chart_of
    )
    return {
        "R": _rows("R", ym, chart_of, span.cells),
        "X": _rows("X", ym, chart_of, span.cells),
        "cash": tuple(one for one in lines if one.opening or one.debit or one.credit),
        "position": tuple(one for one in standing if one.amount),
    }


def _rows(kind: str, ym: int, chart_of: Mapping[int, Account], cells: queries.Cells) -> tuple[Row, ...]:
    found = [
        Row(chart_of[pk].code, chart_of[pk].name, SIGN[kind] * (debit - credit))
        for (pk, month), (debit, credit) in cells.items()
        if month == ym and chart_of[pk].type == kind and debit != credit
    ]
    return tuple(sorted(found, key=lambda row: row.code))


def _compared(
    rows: Sequence[Row], kind: str, ym: int, chart_of: Mapping[int, Account], cells: queries.Cells
) -> tuple[Row, ...]:
    """The same rows beside the month before and the year so far, and those that only had these."""
    year, last = ym // 100 * 100 + 1, months.before(ym)
    now = {row.code: row for row in rows}
    before: dict[str, int] = {}
    sums: dict[str, int] = {code: row.amount for code, row in now.items()}
    names = {row.code: row.name for row in rows}
    for (pk, month), (debit, credit) in cells.items():
        account, amount = chart_of[pk], SIGN[kind] * (debit - credit) if chart_of[pk].type == kind else 0
        if not amount:
            continue
        if month == last:
            before[account.code] = amount
        if year <= month < ym:
            sums[account.code] = sums.get(account.code, 0) + amount
        if month == last or year <= month < ym:
            names.setdefault(account.code, account.name)
    return tuple(
        Row(code, names[code], now[code].amount if code in now else 0, before.get(code, 0), sums.get(code, 0))
        for code in sorted(names)
    )


def _planned(rows: tuple[Row, ...], kind: str, plan: Sequence[PlanRow]) -> tuple[Row, ...]:
    """The same rows with their budgets, and those that were planned for and did not move."""
    told = budgets.beside(plan)
    missing = budgets.unmoved(plan, kind, [row.code for row in rows])
    all_rows = (*rows, *(Row(one.code, one.name, 0, 0, 0) for one in missing))
    found = (replace(row, beside=told.get(row.code, budgets.NONE)) for row in all_rows)
    return tuple(sorted(found, key=lambda row: row.code))


def bars(cells: queries.Cells, chart_of: Mapping[int, Account], yms: Sequence[int]) -> tuple[Bar, ...]:
    """Income and expense of each month."""
    sums = {ym: {"R": 0, "X": 0} for ym in yms}
    for (pk, ym), (debit, credit) in cells.items():
        kind = chart_of[pk].type
        if ym in sums and kind in SIGN:
            sums[ym][kind] += SIGN[kind] * (debit - credit)
    return tuple(Bar(ym, one["R"], one["X"]) for ym, one in sums.items())
