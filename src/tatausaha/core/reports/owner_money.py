"""The owner takes money out, puts money in, or moves it between accounts and units (rules/ledger 8).

None of it is income or expense: what he takes is prive, what he puts in is capital, and between two units
each has its side against the other (R/K antarunit), which falls away where all are added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal, PartyTotal, Total
from tatausaha.core.ledger.services import Draft, Line, post
from tatausaha.core.payments import queries as money
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit

DRAW, CAPITAL, MOVED = "draw", "contribution", "money_moved"
KINDS = {
    DRAW: gettext_lazy("Prive"), CAPITAL: gettext_lazy("Setoran modal"), MOVED: gettext_lazy("Pindah uang"),
}  # fmt: skip
"""What journals of this page are called; the owner may take each of them back."""

OWNER = "pemilik"
"""Outside of the books: the owner's own pocket."""


@dataclass(frozen=True)
class Place:
    """Where money of a unit lies: its code in the form, a bank account or the owner's own drawer, rupiah there."""

    code: str
    name: str
    unit: Unit
    account: str
    holder: Person | None
    balance: int

    def line(self, amount: int) -> Line:
        """So many rupiah in (positive) or out."""
        return Line(self.account, amount, party=self.holder, unit=self.unit)


def places(owner: Person, units: Sequence[Unit]) -> list[Place]:
    """Every bank account of each unit that is open, and the owner's cash in hand there; a fixed number of queries."""
    open_units = [unit for unit in units if unit.closed_on is None]
    banks = [one for one in money.accounts_for(owner) if one.closed_on is None]
    ids = {int(bank.account) for bank in banks}
    rows = Total.objects.filter(unit__in=open_units, account__in=ids)
    in_bank = {(row.unit_id, row.account_id): row.net for row in rows}
    drawers = PartyTotal.objects.filter(unit__in=open_units, account=int(chart.CASH_DRAWER), party=owner)
    in_hand = {row.unit_id: row.net for row in drawers}
    found = []
    for unit in open_units:
        found += [
            Place(
                f"bank-{bank.pk}-{unit.pk}", f"{bank.bank} {bank.number}, {unit.name}", unit, bank.account, None,
                in_bank.get((unit.pk, int(bank.account)), 0),
            )
            for bank in banks
            if bank.unit_id in {None, unit.pk}
        ]  # fmt: skip
        name = _("Kas di tangan Anda, %(unit)s") % {"unit": unit.name}
        cash = in_hand.get(unit.pk, 0)
        found.append(Place(f"kas-{unit.pk}", name, unit, chart.CASH_DRAWER, owner, cash))
    return found


def kind_of(source: Place | None, target: Place | None) -> str:
    """What it is in the books; nothing stands for the owner's own pocket. Raises `Refused` where nothing moves."""
    if source == target:
        raise Refused(_("Pilih dua tempat yang berbeda."), field="target")
    if target is None:
        return DRAW
    return CAPITAL if source is None else MOVED


def move(
    *,
    source: Place | None,
    target: Place | None,
    amount: int,
    on: date,
    memo: str,
    key: str,
    by: Person,
    at: datetime,
) -> Journal:
    """Book it on the day on which it happened, or today where that month is over. `key` is the form's own.

    Raises `Refused` for anybody but the owner, and as the ledger does (cash that is not there).
    """
    if not roles.is_owner(by):
        raise Refused(_("Uang pemilik dicatat oleh pemilik."))
    kind = kind_of(source, target)
    first = source or target
    assert first is not None
    draft = Draft(
        key=f"{first.unit.pk}|owner_money|{key}|post|0", unit=first.unit, kind=kind, event_on=on, memo=memo,
        lines=tuple(_lines(source, target, amount)),
    )  # fmt: skip
    return post(draft, by=by, at=at)


def _lines(source: Place | None, target: Place | None, amount: int) -> list[Line]:
    if target is None:
        assert source is not None
        return [Line(chart.DRAWINGS, amount, unit=source.unit), source.line(-amount)]
    if source is None:
        return [target.line(amount), Line(chart.CAPITAL, -amount, unit=target.unit)]
    lines = [target.line(amount), source.line(-amount)]
    if source.unit != target.unit:
        lines[1:1] = [
            Line(chart.BETWEEN_UNITS, -amount, unit=target.unit),
            Line(chart.BETWEEN_UNITS, amount, unit=source.unit),
        ]
    return lines


def amount_of(journal: Journal) -> int:
    """What was moved, in rupiah: between two units the journal says it once in each."""
    return journal.total if journal.line_count == 2 else journal.total // 2


def latest(units: Sequence[Unit], count: int = 20) -> list[Journal]:
    """What was moved last, newest first."""
    rows = Journal.objects.filter(unit__in=units, kind__in=KINDS).select_related("unit")
    return list(rows.order_by("-pk")[:count])
