"""The books by cash beside the books by right, and the bridge between the two (rules/ledger 15, delight 8).

By right (akrual) income counts when it falls due; by cash when its money came. Deposits and down
payments are outside both until they are earned: used for a bill, or kept. What explains the gap is
what changed between: receivables, money paid ahead, debts, stock, depreciation.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tatausaha.core.kernel.money import spread
from tatausaha.core.ledger.models import Account
from tatausaha.core.ledger.queries import RESULT_TYPES
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, queries, receipts
from tatausaha.core.reports.receipts import EQUITY, FIXED, OPERATING, OWN, Mixed, Reach, Sums, group

RECEIVABLE = "12"
AHEAD = "prepaid"
"""The step of the bridge that is money paid for bills before they were booked."""


@dataclass(frozen=True)
class Pair:
    """An account by right and by cash, in rupiah; income positive, expense as it is spent."""

    code: str
    name: str
    accrual: int
    cash: int

    @property
    def gap(self) -> int:
        """By right, less by cash."""
        return self.accrual - self.cash


@dataclass(frozen=True)
class Step:
    """A step of the bridge from profit by right to profit by cash: what is added or taken off."""

    name: str
    label: str
    amount: int


@dataclass(frozen=True)
class CashView:
    """A month, or months together: accounts both ways, and the bridge."""

    income: tuple[Pair, ...]
    expense: tuple[Pair, ...]
    steps: tuple[Step, ...]

    @property
    def accrual(self) -> int:
        """Profit by right."""
        return sum(one.accrual for one in self.income) - sum(one.accrual for one in self.expense)

    @property
    def cash(self) -> int:
        """Profit by cash."""
        return sum(one.cash for one in self.income) - sum(one.cash for one in self.expense)

    @property
    def unexplained(self) -> int:
        """What the bridge does not explain, in rupiah; nothing while bills and books agree."""
        return self.accrual + sum(one.amount for one in self.steps) - self.cash

    def total(self, part: str) -> Pair:
        """The sum of `income` or of `expense`."""
        rows: Sequence[Pair] = getattr(self, part)
        return Pair("", "", sum(one.accrual for one in rows), sum(one.cash for one in rows))

    @property
    def result(self) -> Pair:
        """Profit both ways."""
        return Pair("", _("Laba (rugi)"), self.accrual, self.cash)

    def to_keep(self) -> dict[str, Any]:
        """Plain data, as a version of a month keeps it."""
        pairs = {
            part: [[one.code, one.name, one.accrual, one.cash] for one in getattr(self, part)]
            for part in ("income", "expense")
        }
        return pairs | {"steps": [[one.name, one.amount] for one in self.steps]}

    @classmethod
    def kept(cls, said: Mapping[str, Any]) -> "CashView":
        """What a version keeps."""
        return cls(
            tuple(Pair(*row) for row in said["income"]),
            tuple(Pair(*row) for row in said["expense"]),
            tuple(Step(name, label_of(name, amount), amount) for name, amount in said["steps"]),
        )


def label_of(name: str, amount: int) -> str:
    """What a step of the bridge is called; receivables and money paid ahead by the way they went."""
    if name == RECEIVABLE:
        return (
            _("Piutang bertambah: hak yang uangnya belum masuk")
            if amount < 0
            else _("Piutang berkurang: uang masuk dari hak sebelumnya")
        )
    if name == AHEAD:
        return (
            _("Uang masuk untuk tagihan yang belum jatuh tempo")
            if amount > 0
            else _("Tagihan yang jatuh tempo, uangnya sudah masuk sebelumnya")
        )
    return {
        "13": _("Persediaan bertambah atau berkurang"),
        "14": _("Uang muka dan pajak yang kita bayar di muka"),
        "21": _("Utang usaha bertambah atau berkurang"),
        "25": _("Utang pajak bertambah atau berkurang"),
        "26": _("Utang kurir bertambah atau berkurang"),
        "27": _("Utang gaji bertambah atau berkurang"),
        FIXED: _("Penyusutan: beban tanpa uang keluar"),
    }[name]


def short_label(name: str) -> str:
    """The same, whichever way it went: for a row of many months."""
    return {
        RECEIVABLE: _("Piutang"), AHEAD: _("Dibayar sebelum jatuh tempo"), "13": _("Persediaan"),
        "14": _("Yang kita bayar di muka"), "21": _("Utang usaha"), "25": _("Utang pajak"),
        "26": _("Utang kurir"), "27": _("Utang gaji"), FIXED: _("Penyusutan"),
    }[name]  # fmt: skip


ORDER = (RECEIVABLE, AHEAD, "13", "14", "21", "25", "26", "27", FIXED)


@dataclass(frozen=True)
class Figures:
    """Cash by (month, account), and the steps of the bridge by (month, name)."""

    cash: Mapping[tuple[int, int], int]
    steps: Mapping[tuple[int, str], int]


def figures(
    units: Sequence[Unit], from_ym: int, to_ym: int, *, chart: Mapping[int, Account], cells: queries.Cells
) -> Figures:
    """Both for every month of a span. `cells` are the turnovers of these units over these months."""
    reach = Reach(units, from_ym, to_ym)
    gathered = receipts.gather(reach, chart)
    cash = gathered.cash
    steps: dict[tuple[int, str], int] = defaultdict(int)
    for (account, ym), (debit, credit) in cells.items():
        if reach.holds(ym) and group(account) in OPERATING:
            steps[ym, group(account)] -= debit - credit
    for ym, amount in gathered.ahead.items():
        steps[ym, AHEAD] += amount
    for one in gathered.mixed:
        _take(one, chart, cash, steps)
    return Figures(cash, steps)


def _take(one: Mixed, chart: Mapping[int, Account], cash: Sums, steps: dict[tuple[int, str], int]) -> None:
    """Put a journal beside bills where it belongs: into cash, into the bridge, or outside both."""
    result = [(account, amount) for account, amount in one.lines if chart[account].type in RESULT_TYPES]
    earned = -sum(amount for _account, amount in result)
    if one.has(EQUITY) or (not result and not _is_settlement(one)):
        for account, amount in one.lines:
            if group(account) in OPERATING:  # opening balances, an asset on credit: neither earned nor paid
                steps[one.ym, group(account)] += amount
        between = 0
    else:
        between = one.of(*OPERATING)
        if not one.has(*OWN):
            steps[one.ym, FIXED] -= one.of(FIXED)
            between += one.of(FIXED)
    paid = earned - between
    if not paid:
        return
    if result:
        parts = spread(abs(paid), [abs(amount) for _account, amount in result])
        signs = paid // abs(paid)
        if paid == earned:
            parts, signs = [-amount for _account, amount in result], 1
        for (account, _amount), part in zip(result, parts, strict=True):
            cash[one.ym, account] += signs * part
    else:
        first = next(account for account, _amount in one.lines if group(account) in OPERATING)
        cash[one.ym, first] += paid


def _is_settlement(one: Mixed) -> bool:
    """Whether money alone met what was owed: nothing but cash, held money and debts."""
    return all(group(account) in (*OWN, *OPERATING) for account, _amount in one.lines)


def view(
    found: Figures, yms: Iterable[int], *, chart: Mapping[int, Account], cells: queries.Cells
) -> CashView:
    """Some of the months of the figures, added up."""
    wanted = set(yms)
    accrual: dict[int, int] = defaultdict(int)
    cash: dict[int, int] = defaultdict(int)
    for (account, ym), (debit, credit) in cells.items():
        if ym in wanted and chart[account].type in RESULT_TYPES:
            accrual[account] += credit - debit
    for (ym, account), amount in found.cash.items():
        if ym in wanted:
            cash[account] += amount
    steps = [
        Step(name, label_of(name, amount), amount)
        for name in ORDER
        if (amount := sum(found.steps.get((ym, name), 0) for ym in wanted))
    ]
    rows = sorted(
        (pk for pk in accrual.keys() | cash.keys() if accrual[pk] or cash[pk]), key=lambda pk: chart[pk].code
    )
    income = [pk for pk in rows if chart[pk].type == "R" or group(pk) == RECEIVABLE]
    expense = [pk for pk in rows if pk not in income]
    return CashView(
        tuple(Pair(chart[pk].code, _told(chart[pk]), accrual[pk], cash[pk]) for pk in income),
        tuple(Pair(chart[pk].code, _told(chart[pk]), -accrual[pk], -cash[pk]) for pk in expense),
        tuple(steps),
    )


def _told(account: Account) -> str:
    if account.type in {Account.Type.REVENUE, Account.Type.EXPENSE}:
        return account.name
    return _("%(account)s, dilunasi") % {"account": account.name}


def of_month(units: Sequence[Unit], ym: int) -> CashView:
    """One month, everything that it needs read now."""
    chart, cells = queries.accounts(), queries.turnovers(units, ym, ym)
    return view(figures(units, ym, ym, chart=chart, cells=cells), [ym], chart=chart, cells=cells)


def to_keep(unit: Unit, ym: int, _at: datetime) -> dict[str, Any]:
    """The month as a version of it keeps it, with names in Indonesian."""
    with translation.override("id"):
        return of_month([unit], ym).to_keep()


def open_bridges(units: Sequence[Unit], from_ym: int, to_ym: int) -> Iterator[tuple[Unit, int, int]]:
    """Months of units in which the bridge does not close: unit, month, rupiah."""
    chart = queries.accounts()
    for unit in units:
        cells = queries.turnovers([unit], from_ym, to_ym)
        found = figures([unit], from_ym, to_ym, chart=chart, cells=cells)
        for ym in calendar.span(from_ym, to_ym):
            if rest := view(found, [ym], chart=chart, cells=cells).unexplained:
                yield unit, ym, rest
