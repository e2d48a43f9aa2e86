"""What the first page of the books says: in hand, held for others, owed, and what may be spent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.ledger import chart
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, queries
from tatausaha.core.reports.causes import address

HELD = (chart.DEPOSITS, chart.CUSTOMER_ADVANCES, chart.CUSTOMER_BALANCE, chart.UNIDENTIFIED)
"""Money that is in the till and not ours, in the order in which it is shown."""


@dataclass(frozen=True)
class Line:
    """A name, an amount, where it comes from."""

    label: str
    amount: int
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Overview:
    """Four lists and what follows from them."""

    drawers: tuple[Line, ...]
    banks: tuple[Line, ...]
    held: tuple[Line, ...]
    receivables: tuple[Line, ...]
    free: int

    @property
    def money(self) -> int:
        """All cash and bank."""
        return sum(line.amount for line in (*self.drawers, *self.banks))

    @property
    def owed(self) -> int:
        """All that is owed on bills that are due."""
        return sum(line.amount for line in self.receivables)

    @property
    def held_sum(self) -> int:
        """All that is held for others."""
        return sum(line.amount for line in self.held)


def of(units: Sequence[Unit], *, at: datetime) -> Overview:
    """Gather it for these units, in a fixed number of queries."""
    accounts = queries.accounts()
    banks = [pk for pk, one in accounts.items() if one.code.startswith("112") and one.is_detail]
    now = queries.standing(units, [*banks, *map(int, HELD)])
    several = len(units) > 1
    month = calendar.slug(max(calendar.running(unit, at) for unit in units))

    def card(pk: int, unit: Unit, party: int | None = None) -> str:
        who = f"&orang={party}" if party else ""
        return f"{reverse('account_card', args=[accounts[pk].code])}?unit={unit.code}&bulan={month}{who}"

    def name(label: str, unit: Unit) -> str:
        return f"{label}, {unit.name}" if several else label

    drawers = tuple(
        Line(name(row.party.name, row.unit), row.net, card(int(chart.CASH_DRAWER), row.unit, row.party_id))
        for row in queries.drawers(units)
    )
    bank_lines = tuple(
        Line(name(accounts[pk].name, unit), amount, card(pk, unit))
        for pk in banks
        for unit in units
        if (amount := now.get((unit.pk, pk), 0))
    )
    held = tuple(
        Line(accounts[int(code)].name, -sum(now.get((unit.pk, int(code)), 0) for unit in units),
             card(int(code), units[0]) if not several else reverse("account_card", args=[accounts[int(code)].code]))
        for code in HELD
        if int(code) in accounts
    )  # fmt: skip
    money = sum(line.amount for line in (*drawers, *bank_lines))
    return Overview(drawers, bank_lines, held, _owed(units, at), money - sum(line.amount for line in held))


def moved_this_month(units: Sequence[Unit], at: datetime) -> Mapping[int, tuple[int, int]]:
    """Money that came and went through cash and bank of each unit in its running month."""
    return queries.money_moved({unit.pk: calendar.running(unit, at) for unit in units})


def _owed(units: Sequence[Unit], at: datetime) -> tuple[Line, ...]:
    names = {
        0: _("Sampai 30 hari"),
        31: _("31 sampai 60 hari"),
        61: _("Lebih dari 60 hari"),
    }
    rows = queries.ages_of_receivables(units, clock.day(at, units[0].zone))
    late = address("bills")
    url = f"{late}?keadaan=telat" + (f"&unit={units[0].code}" if len(units) == 1 else "") if late else ""
    return tuple(Line(names[age], left, url, _("%(n)d tagihan") % {"n": n}) for age, n, left in rows)
