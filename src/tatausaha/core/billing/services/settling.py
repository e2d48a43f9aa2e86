"""Money meets invoice lines: what the books say about it, and the rows that remember it.

A line whose account is a liability becomes held money of the case. A line of income settles
the receivable once the bill is recognised; before that the money is held as paid in advance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from tatausaha.core.billing.allocation import Part
from tatausaha.core.billing.kinds import HELD_AS
from tatausaha.core.billing.models import Allocation, Holding, Invoice, InvoiceLine
from tatausaha.core.billing.services import held
from tatausaha.core.kernel import clock
from tatausaha.core.ledger import chart, store
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Draft, Line, post
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Unit


@dataclass(frozen=True)
class Origin:
    """What money came from: the source, its payment if it was one, the journal that moved it."""

    source: str
    journal: Journal | None
    on: date
    payment_id: int | None = None


def open_books(unit: Unit) -> None:
    """Queue for the unit's money before looking at it: all writers of a unit's bills take turns."""
    store.lock_units([unit.pk])


def read_anew(invoice: Invoice) -> Invoice:
    """The invoice as it is now, under the unit's lock."""
    open_books(invoice.unit)
    return Invoice.objects.select_related("unit", "payer").get(pk=invoice.pk)


def lines_of(invoices: Iterable[Invoice]) -> list[InvoiceLine]:
    """The lines of invoices as they are now, each with its invoice."""
    ids = [invoice.pk for invoice in invoices]
    rows = InvoiceLine.objects.filter(invoice__in=ids).select_related("invoice__unit", "invoice__payer")
    return list(rows.order_by("invoice_id", "position"))


def held_for(line: InvoiceLine) -> held.Place | None:
    """Where money for this line is held; nothing when it settles a recognised receivable."""
    invoice = line.invoice
    if line.account in HELD_AS:
        kind = HELD_AS[line.account]
    elif invoice.recognised_on is None:
        kind = Holding.Kind.PREPAID
    else:
        return None
    return held.Place(
        invoice.unit, kind, invoice.payer, invoice.procedure, invoice.subject_id, invoice.case_number
    )


def credit_lines(parts: Sequence[Part]) -> list[Line]:
    """The credit side of a journal that settles these parts, summed by account and person."""
    lines = []
    for line, amount in parts:
        place = held_for(line)
        account = place.account if place else chart.RECEIVABLES
        lines.append(Line(account, -amount, party=line.invoice.payer))
    return netted(lines)


def netted(lines: Iterable[Line]) -> list[Line]:
    """The same journal with one line for each account and person; what cancels out is left out."""
    sums: dict[tuple[str, int | None], Line] = {}
    for line in lines:
        key = (line.account, line.party.pk if line.party else None)
        known = sums.get(key)
        sums[key] = Line(line.account, line.amount + (known.amount if known else 0), party=line.party)
    return [line for line in sums.values() if line.amount]


def remember(parts: Sequence[Part], origin: Origin, *, by: Actor, at: datetime) -> None:
    """Write down what settled which line, and what is held from now on. The journal is posted before."""
    changes = []
    for line, amount in parts:
        if place := held_for(line):
            changes.append(held.Change(place, amount, held.Move.RECEIVED, line.description))
    _allocate(parts, origin, at=at)
    held.record(changes, journal=origin.journal, by=by, at=at)


def forget(parts: Sequence[Part], origin: Origin, *, at: datetime) -> None:
    """Take money off lines again; what is held is the caller's to move."""
    _allocate([(line, -amount) for line, amount in parts], origin, at=at)


def _allocate(parts: Sequence[Part], origin: Origin, *, at: datetime) -> None:
    Allocation.objects.bulk_create(
        Allocation(
            line=line, invoice_id=line.invoice_id, source=origin.source, payment_id=origin.payment_id,
            amount=amount, journal=origin.journal, booked_on=origin.on, prepaid=_is_early(line), at=at,
        )
        for line, amount in parts
    )  # fmt: skip
    sums: dict[int, int] = {}
    for line, amount in parts:
        InvoiceLine.objects.filter(pk=line.pk).update(settled=F("settled") + amount)
        line.settled += amount
        sums[line.invoice_id] = sums.get(line.invoice_id, 0) + amount
    for pk, amount in sorted(sums.items()):
        Invoice.objects.filter(pk=pk).update(settled=F("settled") + amount)


def _is_early(line: InvoiceLine) -> bool:
    place = held_for(line)
    return place is not None and place.kind == Holding.Kind.PREPAID


def book(
    unit: Unit, lines: Iterable[Line], *, key: str, kind: str, source: tuple[str, int], by: Actor, at: datetime,
    event_on: date | None = None, memo: str = "", reason: str = "",
) -> Journal | None:  # fmt: skip
    """Post a journal of these lines, netted; nothing when they cancel out (same account and person)."""
    merged = netted(lines)
    if not merged:
        return None
    draft = Draft(
        key=key, unit=unit, kind=kind, lines=tuple(merged), event_on=event_on or clock.day(at, unit.zone),
        source=source, memo=memo, reason=reason,
    )  # fmt: skip
    return post(draft, by=by, at=at)


def booked_on(journal: Journal | None, unit: Unit, at: datetime) -> date:
    """The book date of a journal; today where nothing had to be posted."""
    return journal.book_on if journal else clock.day(at, unit.zone)
