"""What was billed too much, or will never be paid: credit notes and debts written off."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tatausaha.core.billing.allocation import Part
from tatausaha.core.billing.kinds import HELD_AS
from tatausaha.core.billing.models import CreditNote, CreditNoteLine, Invoice, InvoiceLine
from tatausaha.core.billing.services import held, settling
from tatausaha.core.billing.services.recognition import recognise
from tatausaha.core.documents import numbers
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import Line
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, Machine, person_or_none
from tatausaha.core.people.models import Person


@transaction.atomic
def credit(
    invoice: Invoice, *, amount: int, by: Actor, at: datetime, reason: str,
    lines: Sequence[InvoiceLine] | None = None,
) -> CreditNote:  # fmt: skip
    """Take an amount off an issued bill by a credit note, from its last line upwards, or off `lines` alone.

    What is still unpaid goes first; what was paid beyond the new amount becomes the payer's
    balance (saldo). Booked against the income once the bill is recognised. Raises `Refused`
    without a reason, for more than the bill asks, and for paid advances and deposits: those
    are held, and leave by a refund.
    """
    invoice = settling.read_anew(invoice)
    _check(invoice, amount, by=by, reason=reason)
    unpaid, paid = _split(invoice, amount, {line.pk for line in lines} if lines is not None else None)
    refund = sum(part for _line, part in paid)
    books = [Line(chart.CUSTOMER_BALANCE, -refund, party=invoice.payer)] if refund else []
    if invoice.recognised_on:
        books += [Line(line.account, part) for line, part in (*unpaid, *paid) if line.account not in HELD_AS]
        owed = sum(part for line, part in unpaid if line.account not in HELD_AS)
        books.append(Line(chart.RECEIVABLES, -owed, party=invoice.payer))
    elif refund:
        books.append(Line(chart.CUSTOMER_ADVANCES, refund, party=invoice.payer))
    note = _note(
        invoice, CreditNote.Kind.CREDIT, amount, refund, [*unpaid, *paid], books, reason=reason, by=by, at=at
    )
    if paid:
        on = settling.booked_on(note.journal, invoice.unit, at)
        changes = []
        for line, part in paid:
            if place := settling.held_for(line):
                changes.append(held.Change(place, -part, held.Move.MOVED, note.number))
        settling.forget(paid, settling.Origin("credit", note.journal, on), at=at)
        mine = held.balance_of(invoice.unit, invoice.payer)
        changes.append(held.Change(mine, refund, held.Move.RECEIVED, note.number))
        held.record(changes, journal=note.journal, by=by, at=at)
    _lower(invoice, [*unpaid, *paid])
    return note


@transaction.atomic
def write_off(invoice: Invoice, *, by: Person, at: datetime, reason: str) -> CreditNote:
    """Give up what is still owed on a bill: Dr bad debts / Cr receivable. Only the owner, with a reason."""
    if not roles.is_owner(by):
        raise Refused(_("Piutang dihapuskan oleh pemilik."))
    invoice = recognise(invoice, by=by, at=at)
    lines_open = (line for line in settling.lines_of([invoice]) if line.account not in HELD_AS)
    rest = [(line, line.remaining) for line in lines_open if line.remaining]
    amount = sum(part for _line, part in rest)
    if not amount:
        raise Refused(_("Tidak ada piutang pada tagihan %(number)s.") % {"number": invoice.number})
    _check(invoice, amount, by=by, reason=reason)
    lines = [Line(chart.BAD_DEBTS, amount), Line(chart.RECEIVABLES, -amount, party=invoice.payer)]
    note = _note(invoice, CreditNote.Kind.WRITE_OFF, amount, 0, rest, lines, reason=reason, by=by, at=at)
    _lower(invoice, rest)
    return note


def _check(invoice: Invoice, amount: int, *, by: Actor, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Tulis alasannya."), field="reason")
    if invoice.voided_at:
        raise Refused(_("Tagihan %(number)s sudah dibatalkan.") % {"number": invoice.number})
    if not isinstance(by, Machine) and not roles.has_role(by, invoice.unit, "manager"):
        raise Refused(_("Nota kredit dibuat oleh pengelola atau pemilik."))
    if not 0 < amount <= invoice.total - invoice.credited:
        raise Refused(
            _("Nota kredit paling banyak %(amount)s.") % {"amount": rupiah(invoice.total - invoice.credited)},
            field="amount",
        )


def _split(invoice: Invoice, amount: int, only: set[int] | None) -> tuple[list[Part], list[Part]]:
    """The parts taken off what is unpaid, and those taken off what was paid; the last line first."""
    unpaid: list[Part] = []
    paid: list[Part] = []
    known = settling.lines_of([invoice])
    lines = sorted((one for one in known if only is None or one.pk in only), key=lambda one: -one.position)
    for line in lines:
        if part := min(amount, line.remaining):
            unpaid.append((line, part))
            amount -= part
    for line in lines:
        if line.account not in HELD_AS and (part := min(amount, line.settled)):
            paid.append((line, part))
            amount -= part
    if amount:
        raise Refused(_("Uang muka dan deposit yang sudah dibayar dikembalikan lewat pengembalian dana."))
    return unpaid, paid


def _note(
    invoice: Invoice, kind: str, amount: int, to_balance: int, parts: list[Part], lines: list[Line], *,
    reason: str, by: Actor, at: datetime,
) -> CreditNote:  # fmt: skip
    number = numbers.next_number(invoice.unit, "credit_note", clock.day(at, invoice.unit.zone))
    journal = settling.book(
        invoice.unit, lines, key=f"{invoice.unit_id}|{kind}|{invoice.pk}|{number}|0", kind=kind,
        source=("billing.invoice", invoice.pk), memo=number, reason=reason, by=by, at=at,
    )  # fmt: skip
    note = CreditNote.objects.create(
        invoice=invoice, number=number, kind=kind, amount=amount, to_balance=to_balance,
        reason=reason.strip()[:200], journal=journal, by=person_or_none(by), at=at,
    )  # fmt: skip
    sums: dict[int, Part] = {}
    for line, part in parts:
        sums[line.pk] = (line, part + (sums[line.pk][1] if line.pk in sums else 0))
    CreditNoteLine.objects.bulk_create(
        CreditNoteLine(note=note, line=line, amount=part) for line, part in sums.values()
    )
    return note


def _lower(invoice: Invoice, parts: list[Part]) -> None:
    for line, part in parts:
        InvoiceLine.objects.filter(pk=line.pk).update(credited=F("credited") + part)
    amount = sum(part for _line, part in parts)
    Invoice.objects.filter(pk=invoice.pk).update(credited=F("credited") + amount)
