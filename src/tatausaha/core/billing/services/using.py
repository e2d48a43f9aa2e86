"""Held money is used for bills: down payments, the person's balance, deposits at the end."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from tatausaha.core.billing import queries
from tatausaha.core.billing.allocation import plan
from tatausaha.core.billing.models import Allocation, Holding, Invoice
from tatausaha.core.billing.services import held, settling
from tatausaha.core.billing.services.recognition import recognise
from tatausaha.core.ledger.services import Line
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of

Source = Allocation.Source


@transaction.atomic
def apply_advances(invoice: Invoice, *, from_subjects: Sequence[Tracked], by: Actor, at: datetime) -> int:
    """Use down payments held for these cases, in their order, for the bill; how many rupiah were used.

    Books Dr advance / Cr receivable; before the bill is recognised the money stays an
    advance, now paid for this bill. Money beyond what the bill wants stays where it is.
    """
    invoice = settling.read_anew(invoice)
    return sum(
        _pay_from(
            _holdings(subject, Holding.Kind.ADVANCE), invoice, Source.ADVANCE, held.Move.APPLIED, by, at
        )
        for subject in from_subjects
    )


@transaction.atomic
def use_balance(invoice: Invoice, *, by: Actor, at: datetime) -> int:
    """Use the payer's balance (saldo) in the unit for the bill; how many rupiah were used."""
    settling.open_books(invoice.unit)
    mine = queries.balances(invoice.payer, invoice.unit).filter(balance__gt=0)
    rows = list(mine.select_related("unit", "person").order_by("pk"))
    if not rows:
        return 0
    return _pay_from(rows, settling.read_anew(invoice), Source.BALANCE, held.Move.APPLIED, by, at)


@transaction.atomic
def deduct_deposit(subject: Tracked, *, invoice: Invoice, by: Actor, at: datetime) -> int:
    """Take the bill out of the deposit of the case, at most what is held; how many rupiah were taken.

    The bill is recognised first: what is taken from a deposit is owed by then. The caller
    gives bills oldest first, and uses a deposit at the end, or before it with consent (rules/boarding 9).
    """
    invoice = recognise(invoice, by=by, at=at)
    return _pay_from(
        _holdings(subject, Holding.Kind.DEPOSIT), invoice, Source.DEPOSIT, held.Move.DEDUCTED, by, at
    )


@transaction.atomic
def use_unidentified(subject: Tracked, *, invoice: Invoice, by: Actor, at: datetime) -> int:
    """Use titipan held for a case for the bill; how many rupiah were used."""
    invoice = settling.read_anew(invoice)
    mine = _holdings(subject, Holding.Kind.UNIDENTIFIED)
    return _pay_from(mine, invoice, Source.UNIDENTIFIED, held.Move.APPLIED, by, at)


def _holdings(subject: Tracked, kind: str) -> Iterable[Holding]:
    settling.open_books(subject.unit)
    rows = Holding.objects.filter(
        procedure=procedure_of(subject).code, subject_id=subject.pk, kind=kind, balance__gt=0
    )
    return rows.select_related("unit", "person").order_by("pk")


def _pay_from(
    holdings: Iterable[Holding], invoice: Invoice, source: str, move: str, by: Actor, at: datetime
) -> int:
    used = 0
    for holding in holdings:
        place = held.place_of(holding)
        lines = [line for line in settling.lines_of([invoice]) if settling.held_for(line) != place]
        parts = plan(holding.balance, lines)
        amount = sum(part for _line, part in parts)
        if not amount:
            continue
        turn = Allocation.objects.filter(invoice=invoice).count()
        journal = settling.book(
            invoice.unit,
            [Line(place.account, amount, party=place.person), *settling.credit_lines(parts)],
            key=f"{invoice.unit_id}|invoice|{invoice.pk}|{source}|{turn}",
            kind=f"use_{source}",
            source=("billing.invoice", invoice.pk),
            memo=invoice.number,
            by=by,
            at=at,
        )
        held.record([held.Change(place, -amount, move, invoice.number)], journal=journal, by=by, at=at)
        on = settling.booked_on(journal, invoice.unit, at)
        settling.remember(parts, settling.Origin(source, journal, on), by=by, at=at)
        used += amount
    return used
