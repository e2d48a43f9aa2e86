"""Months side by side, or years: the dataset of a yearly report and of ten years (KOS-15)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.core.kernel import words
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Account
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import budgets, calendar, cash, queries, sections
from tatausaha.core.reports.budgets import PlanRow
from tatausaha.core.reports.cash import CashView
from tatausaha.core.reports.dataset import SIGN
from tatausaha.core.reports.proof import HEAD_SHOWN, checked_said, proof

STANDING = ("A", "L", "Q")
A_YEAR = 100
"""From a month to the same one a year later, as months are numbered."""


@dataclass(frozen=True)
class SpanRow:
    """An account, or whatever else is told, over the columns of the span.

    `whole` stands for the span where it is not the sum: a balance ends with its last figure, an
    occupancy has its mean. `before` is the same of the year before; `beside` its budget.
    """

    code: str
    name: str
    amounts: tuple[int, ...]
    whole: int | None = None
    before: int | None = None
    suffix: str = ""
    beside: budgets.Beside = budgets.NONE

    @property
    def total(self) -> int:
        """Over the whole span."""
        return sum(self.amounts) if self.whole is None else self.whole


@dataclass(frozen=True)
class SpanData:
    """Months side by side, for any span, with the year before, cash, what stood open, what a business adds."""

    code: str
    name: str
    zone: str
    yms: tuple[int, ...]
    income: tuple[SpanRow, ...]
    expense: tuple[SpanRow, ...]
    at: datetime
    head: str
    checked_at: datetime | None = None
    eliminated: int = 0
    changed: tuple[int, ...] = ()
    before: tuple[int, int] | None = None
    """The first and last month that the figures `before` are of."""
    both: CashView | None = None
    bridge: tuple[SpanRow, ...] = ()
    standing: tuple[SpanRow, ...] = ()
    strips: tuple[SpanRow, ...] = ()
    plan: tuple[PlanRow, ...] = ()
    """Budget against actual of the months that have a budget."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The heads of the columns, in full."""
        return tuple(calendar.said(ym) for ym in self.yms)

    @property
    def short_labels(self) -> tuple[str, ...]:
        """The heads of the columns, for axes and narrow columns."""
        return tuple(calendar.short(ym) for ym in self.yms)

    @property
    def standing_title(self) -> str:
        """What the last block is called."""
        return _("Keadaan akhir bulan")

    @property
    def before_label(self) -> str:
        """What the figures of the year before are of; nothing where there are none."""
        if self.before is None:
            return ""
        first, last = self.before
        year = str(last // A_YEAR)
        if last % A_YEAR == 12 and first % A_YEAR == 1:
            return year
        return f"{calendar.short(first).split()[0]}–{calendar.short(last).split()[0]} {year}"

    def foot(self) -> list[str]:
        """As of when, which head, which months were changed after their closing, and whether the books were even."""
        said = [
            _("Per %(at)s") % {"at": words.moment(self.at, self.zone)},
            _("segel %(head)s") % {"head": self.head},
        ]
        if self.changed:
            names = ", ".join(calendar.said(ym) for ym in self.changed)
            said.append(_("diubah setelah tutup: %(months)s") % {"months": names})
        return [*said, *checked_said(self.checked_at, self.zone)]

    def _sum(self, name: str, rows: Sequence[SpanRow], kind: str) -> SpanRow:
        before = None if self.before is None else sum(row.before or 0 for row in rows)
        amounts = tuple(sum(row.amounts[i] for row in rows) for i in range(len(self.yms)))
        return SpanRow("", name, amounts, before=before, beside=self._beside(kind))

    def _beside(self, kind: str) -> budgets.Beside:
        return budgets.beside(self.plan).get(kind, budgets.NONE)

    @property
    def income_total(self) -> SpanRow:
        """All income."""
        return self._sum(_("Jumlah pendapatan"), self.income, "R")

    @property
    def expense_total(self) -> SpanRow:
        """All expense."""
        return self._sum(_("Jumlah beban"), self.expense, "X")

    @property
    def result(self) -> SpanRow:
        """Profit or loss of each column."""
        earned, spent = self.income_total, self.expense_total
        amounts = tuple(one - other for one, other in zip(earned.amounts, spent.amounts, strict=True))
        before = None if self.before is None else (earned.before or 0) - (spent.before or 0)
        return SpanRow("", _("Laba (rugi)"), amounts, before=before, beside=self._beside("RX"))


class Decade(SpanData):
    """Years side by side; `yms` holds the years."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The years."""
        return tuple(str(year) for year in self.yms)

    @property
    def short_labels(self) -> tuple[str, ...]:
        """The years."""
        return self.labels

    @property
    def standing_title(self) -> str:
        """What the last block is called."""
        return _("Saldo akhir tahun")


def span_data(
    units: Sequence[Unit], from_ym: int, to_ym: int, *, at: datetime, together: bool = False
) -> SpanData:
    """A span of months, from month rows, in a fixed number of queries; beside it the same months a year before."""
    chart_of = queries.accounts()
    span = queries.span(units, from_ym - A_YEAR, to_ym)
    yms = tuple(calendar.span(from_ym, to_ym))
    known = any(from_ym - A_YEAR <= ym < from_ym for _pk, ym in span.cells)
    figures = cash.figures(units, from_ym, to_ym, chart=chart_of, cells=span.cells)
    own, signed = None if together else units[0], proof()
    plan = budgets.plan(span, yms, units=units, chart=chart_of)
    return SpanData(
        code=own.code if own else "semua",
        name=own.name if own else _("Semua unit usaha"),
        zone=units[0].zone,
        yms=yms,
        income=_planned(_part("R", span.cells, chart_of, yms, compared=known), "R", plan, yms),
        expense=_planned(_part("X", span.cells, chart_of, yms, compared=known), "X", plan, yms),
        at=at,
        head=signed.head[:HEAD_SHOWN],
        checked_at=signed.checked_at,
        changed=tuple(
            sorted({seal.ym for seal in queries.seals_of(units, from_ym, to_ym) if seal.version > 1})
        ),
        eliminated=sum(span.cells.get((int(chart.BETWEEN_UNITS), ym), (0, 0))[0] for ym in yms)
        if together
        else 0,
        before=(from_ym - A_YEAR, to_ym - A_YEAR) if known else None,
        both=cash.view(figures, yms, chart=chart_of, cells=span.cells),
        bridge=_bridge(figures, yms, chart_of, span.cells),
        standing=_open(span, yms, chart_of),
        strips=_strips(units, yms, at),
        plan=plan,
    )


def _part(
    kind: str, cells: queries.Cells, chart_of: Mapping[int, Account], yms: Sequence[int], *, compared: bool
) -> tuple[SpanRow, ...]:
    """Accounts of a kind that moved in the span or in the same months a year before."""

    def amounts(pk: int, wanted: Iterable[int]) -> tuple[int, ...]:
        moved = (cells.get((pk, ym), (0, 0)) for ym in wanted)
        return tuple(SIGN[kind] * (debit - credit) for debit, credit in moved)

    earlier = [ym - A_YEAR for ym in yms]
    rows = [
        SpanRow(
            chart_of[pk].code, chart_of[pk].name, amounts(pk, yms),
            before=sum(amounts(pk, earlier)) if compared else None,
        )
        for pk in {pk for pk, _ym in cells}
        if chart_of[pk].type == kind
    ]  # fmt: skip
    return tuple(sorted((row for row in rows if any(row.amounts) or row.before), key=lambda row: row.code))


def _planned(
    rows: tuple[SpanRow, ...], kind: str, plan: Sequence[PlanRow], yms: Sequence[int]
) -> tuple[SpanRow, ...]:
    """The same rows with their budgets, and those that were planned for and did not move."""
    told, nothing = budgets.beside(plan), (0,) * len(yms)
    missing = budgets.unmoved(plan, kind, [row.code for row in rows])
    all_rows = (*rows, *(SpanRow(one.code, one.name, nothing) for one in missing))
    found = (replace(row, beside=told.get(row.code, budgets.NONE)) for row in all_rows)
    return tuple(sorted(found, key=lambda row: row.code))


def _bridge(
    figures: cash.Figures, yms: Sequence[int], chart_of: Mapping[int, Account], cells: queries.Cells
) -> tuple[SpanRow, ...]:
    """The steps from profit by right to profit by cash, month by month; cash last."""
    views = [cash.view(figures, [ym], chart=chart_of, cells=cells) for ym in yms]
    steps = [
        SpanRow(name, cash.short_label(name), amounts)
        for name in cash.ORDER
        if any(amounts := tuple(figures.steps.get((ym, name), 0) for ym in yms))
    ]
    return (*steps, SpanRow("", _("Laba menurut kas"), tuple(one.cash for one in views)))


def _open(span: queries.Span, yms: Sequence[int], chart_of: Mapping[int, Account]) -> tuple[SpanRow, ...]:
    """What customers owed and what was in hand when each month ended."""
    rows = []
    owed = int(chart.RECEIVABLES)
    if owed in chart_of and any(amounts := tuple(span.closing(owed, ym) for ym in yms)):
        rows.append(SpanRow(chart_of[owed].code, _("Tunggakan, akhir bulan"), amounts, whole=amounts[-1]))
    money = [pk for pk, one in chart_of.items() if one.is_detail and one.code.startswith(queries.MONEY)]
    amounts = tuple(sum(span.closing(pk, ym) for pk in money) for ym in yms)
    return (*rows, SpanRow("", _("Kas dan bank, akhir bulan"), amounts, whole=amounts[-1]))


def _strips(units: Sequence[Unit], yms: Sequence[int], at: datetime) -> tuple[SpanRow, ...]:
    return tuple(
        SpanRow("", str(one.label), tuple(one.amounts), whole=one.whole, suffix=one.suffix)
        for one in sections.strips(units, yms, at)
    )


def decade(
    units: Sequence[Unit], from_year: int, to_year: int, *, at: datetime, together: bool = False
) -> Decade:
    """Accounts by years, up to the running one: what was earned and spent, and what stood at each year's end.

    Years before the books began are left out.
    """
    chart_of, rows = queries.accounts(), queries.by_year(units, to_year)
    begun = min((year for _account, year, _debit, _credit in rows), default=to_year)
    years = tuple(range(max(from_year, begun), to_year + 1))
    moved: dict[int, dict[int, int]] = defaultdict(dict)
    for account, year, debit, credit in rows:
        moved[account][year] = chart_of[account].sign * (debit - credit)
    between = int(chart.BETWEEN_UNITS)
    own, signed = None if together else units[0], proof()

    def row(pk: int) -> SpanRow:
        account = chart_of[pk]
        if account.type not in STANDING:
            return SpanRow(account.code, account.name, tuple(moved[pk].get(year, 0) for year in years))
        ends = tuple(sum(n for at_year, n in moved[pk].items() if at_year <= year) for year in years)
        return SpanRow(account.code, account.name, ends, whole=ends[-1])

    def part(*types: str) -> tuple[SpanRow, ...]:
        told = (row(pk) for pk in moved if chart_of[pk].type in types and not (together and pk == between))
        return tuple(sorted((one for one in told if any(one.amounts)), key=lambda one: one.code))

    return Decade(
        code=own.code if own else "semua",
        name=own.name if own else _("Semua unit usaha"),
        zone=units[0].zone,
        yms=years,
        income=part("R"),
        expense=part("X"),
        standing=part(*STANDING),
        at=at,
        head=signed.head[:HEAD_SHOWN],
        checked_at=signed.checked_at,
    )


@dataclass(frozen=True)
class Seasons:
    """One account over years: a row a year, a column a month, so that the seasons stand below each other."""

    account: Account
    years: tuple[int, ...]
    rows: Mapping[int, tuple[int | None, ...]]

    @property
    def yms(self) -> list[int]:
        """Every month that is told, in order."""
        return [
            year * A_YEAR + month
            for year in self.years
            for month, amount in enumerate(self.rows[year], 1)
            if amount is not None
        ]

    @property
    def amounts(self) -> list[int]:
        """The figures of these months."""
        return [amount for year in self.years for amount in self.rows[year] if amount is not None]


def seasons(units: Sequence[Unit], account: Account, from_year: int, to_ym: int) -> Seasons:
    """An account month by month: what moved where it is earned or spent, else what stood at the month's end."""
    found = queries.of_account(units, account.pk, to_ym)
    begun = min(found, default=to_ym) // A_YEAR
    years = tuple(range(max(from_year, begun), to_ym // A_YEAR + 1))
    stands = account.type in STANDING
    left = account.sign * sum(net for ym, net in found.items() if ym < from_year * A_YEAR)
    rows: dict[int, tuple[int | None, ...]] = {}
    for year in years:
        line: list[int | None] = []
        for month in range(1, 13):
            ym = year * A_YEAR + month
            amount = account.sign * found.get(ym, 0)
            left += amount
            line.append(None if ym > to_ym else left if stands else amount)
        rows[year] = tuple(line)
    return Seasons(account, years, rows)
