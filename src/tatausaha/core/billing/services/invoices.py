"""Bills go out, and are taken back: issue, void, release, credit, write off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tatausaha.core.billing import queries
from tatausaha.core.billing.kinds import HELD_AS
from tatausaha.core.billing.models import Holding, Invoice, InvoiceLine
from tatausaha.core.billing.services import held, settling
from tatausaha.core.billing.services.using import use_balance
from tatausaha.core.documents.numbers import next_number
from tatausaha.core.documents.queries import paper_numbered
from tatausaha.core.documents.services import void_paper
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of


@dataclass(frozen=True)
class NewLine:
    """A line of a bill to be issued: kind (`billing.kinds`), account, words, rupiah (over 0)."""

    kind: str
    account: str
    description: str
    amount: int


Period = tuple[date, date]
"""First and last day that a bill is for."""
Key = tuple[str, int, str, date | None]
"""Procedure, case, purpose and first day: a bill that is not void is the only one of them."""


@dataclass(frozen=True)
class NewBill:
    """A bill to be issued for a case: see `issue`."""

    subject: Tracked
    purpose: str
    lines: Sequence[NewLine]
    due_on: date
    period: Period | None = None
    payer: Person | None = None

    @property
    def paid_by(self) -> Person:
        """Who is to pay: the one named, else the case's customer."""
        payer = self.payer or self.subject.customer
        assert payer is not None, f"{self.subject.number} has nobody to pay"
        return payer

    @property
    def key(self) -> Key:
        """What a bill that is not void is unique by."""
        return procedure_of(self.subject).code, self.subject.pk, self.purpose, self.period and self.period[0]


@transaction.atomic
def issue(
    subject: Tracked,
    *,
    purpose: str,
    lines: Sequence[NewLine],
    due_on: date,
    by: Actor,
    at: datetime,
    period: Period | None = None,
    payer: Person | None = None,
) -> Invoice:
    """Issue a bill for a case (KOS-21); its number is gapless per unit and year.

    The payer is the case's customer unless another is named. A bill for the same case, purpose
    and period that is not void is returned instead: issuing again never bills twice. The
    payer's balance (saldo) in the unit is used at once, so look at `remaining` afterwards.
    Nothing is booked before the due date (`recognise`).
    """  # fmt: skip
    bill = NewBill(subject, purpose, lines, due_on, period, payer)
    if known := _issued([bill]):
        return known[bill.key]
    settling.open_books(subject.unit)
    try:
        with transaction.atomic():
            (invoice,) = _write([bill], by=by, at=at)
    except IntegrityError:
        if known := _issued([bill]):
            return known[bill.key]
        raise
    if use_balance(invoice, by=by, at=at):
        invoice.refresh_from_db()
    return invoice


@transaction.atomic
def issue_many(bills: Sequence[NewBill], *, by: Actor, at: datetime) -> list[Invoice]:
    """Issue bills for cases of one unit, each as by `issue`, with few questions to the database.

    Raises `IntegrityError` where another writer issues one of them at the same moment: nothing
    is issued then, and the caller goes on one by one.
    """
    (unit,) = {bill.subject.unit for bill in bills}
    settling.open_books(unit)
    known = _issued(bills)
    fresh = [bill for bill in bills if bill.key not in known]
    written = dict(zip((bill.key for bill in fresh), _write(fresh, by=by, at=at), strict=True))
    holders = queries.have_balance(unit)
    for invoice in written.values():
        if (invoice.payer.merged_into_id or invoice.payer_id) in holders and use_balance(
            invoice, by=by, at=at
        ):
            invoice.refresh_from_db()
    return [(written | known)[bill.key] for bill in bills]


def _issued(bills: Sequence[NewBill]) -> dict[Key, Invoice]:
    """The bills that are out already, by what they are unique by."""
    wanted = {bill.key for bill in bills}
    procedures, subjects, purposes, starts = (set(part) for part in zip(*wanted, strict=True))
    begun = Q(period_start__in=starts - {None})
    rows = Invoice.objects.filter(
        begun | Q(period_start=None) if None in starts else begun,
        procedure__in=procedures, subject_id__in=subjects, purpose__in=purposes, voided_at__isnull=True,
    )  # fmt: skip
    found = {(one.procedure, one.subject_id, one.purpose, one.period_start): one for one in rows}
    return {key: invoice for key, invoice in found.items() if key in wanted}


def _write(bills: Sequence[NewBill], *, by: Actor, at: datetime) -> list[Invoice]:
    """Bills of one unit, with numbers that follow each other."""
    invoices = Invoice.objects.bulk_create(_invoice(bill, by=by, at=at) for bill in bills)
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice, position=position, kind=line.kind, account=line.account,
            description=line.description, amount=line.amount,
        )
        for bill, invoice in zip(bills, invoices, strict=True)
        for position, line in enumerate(bill.lines, 1)
    )  # fmt: skip
    return invoices


def _invoice(bill: NewBill, *, by: Actor, at: datetime) -> Invoice:
    assert bill.lines, "a bill says what it is for"
    assert all(type(line.amount) is int and line.amount > 0 for line in bill.lines), bill.lines
    unit = bill.subject.unit
    return Invoice(
        unit=unit,
        number=next_number(unit, "invoice", clock.day(at, unit.zone)),
        payer=bill.paid_by,
        procedure=procedure_of(bill.subject).code,
        subject_id=bill.subject.pk,
        case_number=bill.subject.number,
        purpose=bill.purpose,
        issued_at=at,
        issued_by=person_or_none(by),
        due_on=bill.due_on,
        period_start=bill.period[0] if bill.period else None,
        period_end=bill.period[1] if bill.period else None,
        total=sum(line.amount for line in bill.lines),
        income=sum(line.amount for line in bill.lines if line.account not in HELD_AS),
    )


@transaction.atomic
def void(invoice: Invoice, *, by: Actor, at: datetime, reason: str) -> Invoice:
    """Take back a bill for which nothing was paid and nothing booked; its number stays.

    Raises `Refused` otherwise: then a credit note (`credit`) or `release` is the way.
    """
    invoice = settling.read_anew(invoice)
    if invoice.voided_at:
        return invoice
    if invoice.settled or invoice.recognised_on or invoice.credited:
        raise Refused(
            _("Tagihan %(number)s sudah dibayar atau dibukukan; pakai nota kredit.")
            % {"number": invoice.number}
        )
    return _close(invoice, by=by, at=at, reason=reason)


@transaction.atomic
def release(invoice: Invoice, *, by: Actor, at: datetime, reason: str) -> Invoice:
    """Take back a bill that is not due yet, although money came for it: the money stays, as an advance.

    What was paid for income becomes an advance held for the same case, free to be forfeited,
    refunded or used; advances and deposits that were paid stay held as they are. Raises
    `Refused` once the bill is booked.
    """
    invoice = settling.read_anew(invoice)
    if invoice.voided_at:
        return invoice
    if invoice.recognised_on:
        raise Refused(
            _("Tagihan %(number)s sudah dibukukan; pakai nota kredit.") % {"number": invoice.number}
        )
    paid = [
        (line, line.settled)
        for line in settling.lines_of([invoice])
        if line.account not in HELD_AS and line.settled
    ]
    if paid:
        amount = sum(part for _line, part in paid)
        taken = settling.held_for(paid[0][0])
        assert taken is not None
        kept = held.Place(
            taken.unit,
            Holding.Kind.ADVANCE,
            taken.person,
            taken.procedure,
            taken.subject_id,
            taken.case_number,
        )
        on = clock.day(at, invoice.unit.zone)
        settling.forget(paid, settling.Origin("release", None, on), at=at)
        moved = [
            held.Change(taken, -amount, held.Move.MOVED, invoice.number),
            held.Change(kept, amount, held.Move.MOVED, invoice.number),
        ]
        held.record(moved, journal=None, by=by, at=at)
    invoice.refresh_from_db()
    return _close(invoice, by=by, at=at, reason=reason)


def _close(invoice: Invoice, *, by: Actor, at: datetime, reason: str) -> Invoice:
    if not reason.strip():
        raise Refused(_("Tulis alasan pembatalan tagihan."), field="reason")
    invoice.voided_at, invoice.voided_by = at, person_or_none(by)
    invoice.void_reason = reason.strip()[:200]
    invoice.save(update_fields=["voided_at", "voided_by", "void_reason"])
    if (paper := paper_numbered("invoice", invoice.number)) is not None:
        void_paper(paper, reason=invoice.void_reason, by=by, at=at)
    return invoice
