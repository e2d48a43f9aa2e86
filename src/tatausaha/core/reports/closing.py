"""The closing journal of a year (jurnal penutup), as paper only: the year ends by itself (rules/ledger 13).

Month 13 is printed, never posted: its lines are what the books say now, so that a correction of the
year needs no reversal here and no statement has to leave anything out (ADR 25).
"""

from dataclasses import dataclass
from datetime import datetime

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Account
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import queries
from tatausaha.core.reports.proof import HEAD_SHOWN, proof

RESULT = (Account.Type.REVENUE, Account.Type.EXPENSE)
MONTH = 13
"""The month that is none: after December, before January."""


@dataclass(frozen=True)
class ClosingLine:
    """An account with what empties it, in rupiah; one of the two is zero."""

    code: str
    name: str
    debit: int
    credit: int


@dataclass(frozen=True)
class Closing:
    """What carries the result of a unit's year to retained earnings.

    `result` is the profit in rupiah, a loss below zero; `head` the end of the chain of the books.
    """

    unit: Unit
    year: int
    lines: tuple[ClosingLine, ...]
    result: int
    at: datetime
    head: str
    checked_at: datetime | None

    @property
    def number(self) -> str:
        """Unit, year and month 13."""
        return f"JP/{self.unit.code.upper()}/{self.year}-{MONTH}"

    @property
    def debit(self) -> int:
        """The sum of the debits, which is that of the credits."""
        return sum(line.debit for line in self.lines)


def of_year(unit: Unit, year: int, *, at: datetime) -> Closing:
    """The closing journal of a year as its books stand now; without lines where nothing was earned or spent."""
    chart_of = queries.accounts()
    left: dict[int, int] = {}
    for (account, _ym), (debit, credit) in queries.turnovers(
        (unit,), year * 100 + 1, year * 100 + 12
    ).items():
        if chart_of[account].type in RESULT:
            left[account] = left.get(account, 0) + debit - credit
    lines = [_line(chart_of[pk], -net) for pk, net in left.items() if net]
    result = -sum(left.values())
    if result:
        lines.append(_line(chart_of[int(chart.RETAINED_EARNINGS)], -result))
    signed = proof()
    return Closing(
        unit, year, tuple(sorted(lines, key=_order)), result, at, signed.head[:HEAD_SHOWN], signed.checked_at
    )


def _line(account: Account, amount: int) -> ClosingLine:
    return ClosingLine(account.code, account.name, max(amount, 0), max(-amount, 0))


def _order(line: ClosingLine) -> tuple[bool, str]:
    """Debits before credits, as a journal is written."""
    return (not line.debit, line.code)
