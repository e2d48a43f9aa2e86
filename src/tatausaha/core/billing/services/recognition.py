"""Income is booked on the day it is due, not when the bill goes out and not when money comes."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tatausaha.core.billing.kinds import HELD_AS
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.services import held, settling
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import Draft, Line, post
from tatausaha.core.people.actors import Actor, Machine

log = logging.getLogger(__name__)


@transaction.atomic
def recognise(
    invoice: Invoice, *, at: datetime, by: Actor = Machine.CLOCK, on: date | None = None, reason: str = ""
) -> Invoice:
    """Book the income of a bill now: Dr receivable / Cr income, and Dr advance / Cr receivable for
    what was paid for it before. Happens on the due date, or today if that is still ahead; or on the day
    that is named (with a reason where its month has passed).

    A bill that was recognised already, or holds no income, is left as it is. Raises `Refused`
    for a void one.
    """  # fmt: skip
    invoice = settling.read_anew(invoice)
    if invoice.voided_at:
        raise Refused(_("Tagihan %(number)s sudah dibatalkan.") % {"number": invoice.number})
    if invoice.recognised_on or not invoice.income:
        return invoice
    lines = [line for line in settling.lines_of([invoice]) if line.account not in HELD_AS]
    earned = sum(line.amount - line.credited for line in lines)
    paid = sum(line.settled for line in lines)
    on = on or min(invoice.due_on, clock.day(at, invoice.unit.zone))
    journal = None
    if earned:
        books = [Line(chart.RECEIVABLES, earned, party=invoice.payer)]
        books += settling.netted(Line(line.account, line.credited - line.amount) for line in lines)
        if paid:
            books.append(Line(chart.CUSTOMER_ADVANCES, paid, party=invoice.payer))
            books.append(Line(chart.RECEIVABLES, -paid, party=invoice.payer))
        draft = Draft(
            key=f"{invoice.unit_id}|invoice|{invoice.pk}|recognise|0", unit=invoice.unit, kind="invoice",
            lines=tuple(books), event_on=on, source=("billing.invoice", invoice.pk), memo=invoice.number,
            reason=reason,
        )  # fmt: skip
        journal = post(draft, by=by, at=at)
    if paid:
        place = settling.held_for(lines[0])
        assert place is not None
        changes = [held.Change(place, -paid, held.Move.APPLIED, invoice.number)]
        held.record(changes, journal=journal, by=by, at=at)
    invoice.recognised_on = journal.book_on if journal else on
    invoice.save(update_fields=["recognised_on"])
    return invoice


def recognise_due(at: datetime, *, limit: int = 1000) -> int:
    """Recognise every bill whose due date has come in its unit's zone; how many it booked.

    Safe to repeat and to run late: each bill is booked on its own due date, or where that
    month is closed, today. One that fails is logged and does not hold up the others.
    """
    latest = (at + timedelta(hours=14)).date()
    due = Invoice.objects.filter(
        recognised_on__isnull=True, voided_at__isnull=True, income__gt=0, due_on__lte=latest,
        total__gt=F("credited"),
    ).select_related("unit")  # fmt: skip
    done = 0
    for invoice in due.order_by("due_on", "pk")[:limit]:
        if invoice.due_on > clock.day(at, invoice.unit.zone):
            continue
        try:
            recognise(invoice, at=at)
        except Refused:
            log.exception("could not recognise %s", invoice.number)
        else:
            done += 1
    return done
