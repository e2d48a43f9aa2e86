"""Bills go out, and are taken back: issue, void, release, credit, write off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

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
    payer = payer or subject.customer
    assert payer is not None, f"{subject.number} has nobody to pay"
    assert lines, "a bill says what it is for"
    assert all(type(line.amount) is int and line.amount > 0 for line in lines), lines
    if (known := _issued(subject, purpose, period)) is not None:
        return known
    settling.open_books(subject.unit)
    try:
        with transaction.atomic():
            invoice = _write(subject, purpose, lines, due_on, period, payer, by=by, at=at)
    except IntegrityError:
        if (known := _issued(subject, purpose, period)) is not None:
            return known
        raise
    if use_balance(invoice, by=by, at=at):
        invoice.refresh_from_db()
    return invoice


def _issued(subject: Tracked, purpose: str, period: Period | None) -> Invoice | None:
    return Invoice.objects.filter(
        procedure=procedure_of(subject).code, subject_id=subject.pk, purpose=purpose, voided_at__isnull=True,
        period_start=period[0] if period else None,
    ).first()  # fmt: skip


def _write(
    subject: Tracked, purpose: str, lines: Sequence[NewLine], due_on: date, period: Period | None,
    payer: Person, *, by: Actor, at: datetime,
) -> Invoice:  # fmt: skip
    invoice = Invoice.objects.create(
        unit=subject.unit,
        number=next_number(subject.unit, "invoice", clock.day(at, subject.unit.zone)),
        payer=payer,
        procedure=procedure_of(subject).code,
        subject_id=subject.pk,
        case_number=subject.number,
        purpose=purpose,
        issued_at=at,
        issued_by=person_or_none(by),
        due_on=due_on,
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        total=sum(line.amount for line in lines),
        income=sum(line.amount for line in lines if line.account not in HELD_AS),
    )
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice, position=position, kind=line.kind, account=line.account,
            description=line.description, amount=line.amount,
        )
        for position, line in enumerate(lines, 1)
    )  # fmt: skip
    return invoice


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
