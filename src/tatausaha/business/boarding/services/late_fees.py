"""The late fee goes on a bill of its own, once for each rent bill, and comes off again where it was not due.

The day on which money came decides, not the day on which it was written down (rules/boarding 6, 10).
"""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding import announcements_late_fees as announcements
from tatausaha.business.boarding.models import Purpose, Stay
from tatausaha.business.boarding.queries import late_fees as reads
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.services import NewLine
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.payments import queries as payments
from tatausaha.core.people.actors import Actor, Machine
from tatausaha.core.procedures import services as procedures

log = logging.getLogger(__name__)


def look_at_all(*, at: datetime) -> int:
    """Charge every late fee that is due, also of days when the system stood still, and put right what a payment
    written down later made too high; how many bills and credit notes that made.

    Runs any number of times. A stay that fails is logged and never blocks the others.
    """  # fmt: skip
    late = reads.bills_without_fee(at=at).values_list("subject_id", flat=True)
    doubtful = reads.fees_to_look_at(at=at).values_list("subject_id", flat=True)
    ids = {*late, *doubtful}
    done = 0
    for stay in Stay.objects.filter(pk__in=ids).select_related("unit", "revision").order_by("unit", "pk"):
        try:
            done += _look_at(stay, at=at)
        except Refused as no:
            log.warning("no late fee for %s: %s", stay.number, no)
        except Exception:
            log.exception("no late fee for %s", stay.number)
    return done


@transaction.atomic
def _look_at(stay: Stay, *, at: datetime) -> int:
    locked = procedures.lock(stay)
    return charge(locked, by=Machine.CLOCK, at=at) + put_right(locked, by=Machine.CLOCK, at=at)


def charge(stay: Stay, *, by: Actor, at: datetime, last: bool = False) -> int:
    """Bill the late fees of a locked stay that grow no more, or (`last`) all of them as they are now; how many.

    Nothing is charged while a proof of payment waits to be looked at: its day decides.
    """
    if stay.policy.late_fee == reads.OFF:
        return 0
    today = clock.day(at, stay.unit.zone)
    fees = reads.fees_of(stay, reads.bills_without_fee(at=at, stay=stay), until=today)
    due = [fee for fee in fees if fee.amount and (fee.final or last)]
    if not due or (payments.pending(stay) and not last):
        return 0
    for fee in due:
        _bill(stay, fee, by=by, at=at)
    return len(due)


def _bill(stay: Stay, fee: reads.Fee, *, by: Actor, at: datetime) -> None:
    start, end = fee.bill.period_start, fee.bill.period_end
    assert start is not None
    assert end is not None
    said = _("Denda terlambat membayar tagihan %(number)s, %(days)d hari") % {
        "number": fee.bill.number, "days": fee.days,
    }  # fmt: skip
    if stay.policy.late_fee == reads.FLAT:
        said = _("Denda terlambat membayar tagihan %(number)s") % {"number": fee.bill.number}
    invoice = billing.issue(
        stay, purpose=Purpose.LATE_FEE, lines=[NewLine("fee", chart.LATE_FEE_INCOME, said, fee.amount)],
        due_on=clock.day(at, stay.unit.zone), period=(start, end), by=by, at=at,
    )  # fmt: skip
    invoice = billing.recognise(invoice, by=by, at=at)
    announcements.charged(stay, invoice, fee.bill, at=at)


def put_right(stay: Stay, *, by: Actor, at: datetime) -> int:
    """Take off the late fees of a locked stay what the payments known by now do not bear out; how many were too high.

    What was paid of it becomes balance. A fee is never raised.
    """
    wrong = reads.too_high(stay, at=at)
    for fee, over in wrong:
        reason = _("Tanggal pembayaran sewa yang menentukan: dendanya tidak sebesar itu.")
        billing.credit(fee, amount=over, by=by, at=at, reason=reason)
        announcements.lowered(stay, fee, over, at=at)
    return len(wrong)


def waive(stay: Stay, fee: Invoice, *, by: Actor, at: datetime, reason: str) -> None:
    """The owner lets a late fee go: a credit note for all of it; what was paid of it becomes balance.

    Raises `Refused` for a bill that is none of the stay's late fees.
    """
    if fee.pk not in {one.pk for one in reads.charged(stay)}:
        raise Refused(_("Denda itu tidak ada atau sudah dibebaskan."), field="bill")
    billing.credit(fee, amount=fee.total - fee.credited, by=by, at=at, reason=reason)
    announcements.waived(stay, fee, reason, at=at)


def said_of(fee: reads.Fee) -> str:
    """`Denda tagihan 29 Nov – 28 Des 2026, 4 hari`."""
    bill = fee.bill
    assert bill.period_start is not None
    assert bill.period_end is not None
    about = {"period": words.period(bill.period_start, bill.period_end), "days": fee.days}
    return _("Denda sewa %(period)s, terlambat %(days)d hari") % about
