"""What the first page of the books says: in hand, held for others, owed, and what may be spent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.ledger import chart
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, money_moved, queries
from tatausaha.core.reports.causes import address

HELD = (chart.DEPOSITS, chart.CUSTOMER_ADVANCES, chart.CUSTOMER_BALANCE, chart.UNIDENTIFIED)
"""Money that is in the till and not ours, in the order in which it is shown."""

TAXES = "25"
"""The first digits of the accounts of tax that is owed: each is due by the next month, within 30 days."""

FINAL_TAX = 25101
"""The account of final tax that is owed; what the months of the tax year ask for stands beside it."""


@dataclass(frozen=True)
class Line:
    """A name, an amount, where it comes from."""

    label: str
    amount: int
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Overview:
    """Five lists and what follows from them."""

    drawers: tuple[Line, ...]
    banks: tuple[Line, ...]
    held: tuple[Line, ...]
    taxes: tuple[Line, ...]
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

    @property
    def tax_sum(self) -> int:
        """All tax that is owed and falls due within 30 days."""
        return sum(line.amount for line in self.taxes)


def of(units: Sequence[Unit], *, at: datetime, due: int = 0) -> Overview:
    """Gather it for these units, in a fixed number of queries.

    `due` is the final tax that falls due within 30 days and is not paid (`taxes.years.due_soon`), for
    the owner; it counts where it is more than what the books show as owed.
    """
    accounts = queries.accounts()
    banks = [pk for pk, one in accounts.items() if one.code.startswith("112") and one.is_detail]
    tax = [pk for pk, one in accounts.items() if one.code.startswith(TAXES) and one.is_detail]
    now = queries.standing(units, [*banks, *tax, *map(int, HELD)])
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

    def owing(pk: int) -> Line:
        url = reverse("account_card", args=[accounts[pk].code]) if several else card(pk, units[0])
        return Line(accounts[pk].name, -sum(now.get((unit.pk, pk), 0) for unit in units), url)

    held = tuple(owing(int(code)) for code in HELD if int(code) in accounts)
    booked = [owing(pk) for pk in tax if pk != FINAL_TAX or not due]
    if due:
        owed = owing(FINAL_TAX) if FINAL_TAX in accounts else Line("", 0)
        booked.append(
            owed if owed.amount >= due else Line(_("PPh final yang belum disetor"), due, reverse("taxes"))
        )
    taxes = tuple(line for line in booked if line.amount > 0)
    free = sum(line.amount for line in (*drawers, *bank_lines)) - sum(line.amount for line in (*held, *taxes))
    return Overview(drawers, bank_lines, held, taxes, _owed(units, at), free)


def spendable(seen: Overview) -> tuple[Line, ...]:
    """*Uang tunai yang boleh dipakai*, term by term with its page, the sum at the end (rules/ledger, delight 9)."""
    taken = tuple(
        Line(line.label, -line.amount, line.url) for line in (*seen.held, *seen.taxes) if line.amount
    )
    return (
        Line(_("Kas dan bank"), seen.money, reverse("books")),
        *taken,
        Line(_("Uang tunai yang boleh dipakai"), seen.free),
    )


def moved_this_month(units: Sequence[Unit], at: datetime) -> Mapping[int, tuple[int, int]]:
    """Money that came and went through cash and bank of each unit in its running month."""
    return money_moved.so_far({unit.pk: calendar.running(unit, at) for unit in units})


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
