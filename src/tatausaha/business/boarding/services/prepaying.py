"""Rent paid ahead: the bills of periods to come go out now, at the prices of today (rules/boarding 7).

What is paid for them is an advance until each period's due day. Bills ahead that nobody pays are taken
back after a few days, so that nobody keeps a price by asking alone.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from tatausaha.business.boarding import announcements
from tatausaha.business.boarding import announcements_prepaying as telling
from tatausaha.business.boarding.models import Purpose, Stay
from tatausaha.business.boarding.queries import cycles
from tatausaha.business.boarding.queries import discounts as discounted
from tatausaha.business.boarding.services import bills, usage
from tatausaha.core.billing import queries as billed
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments.models import Payment
from tatausaha.core.people.actors import Actor, Machine
from tatausaha.core.procedures import services as procedures

log = logging.getLogger(__name__)

LEAST = 2
"""Periods: a single one is billed soon enough."""


@dataclass(frozen=True)
class Ahead:
    """A period that could be paid ahead: its days and what it costs at the prices of today, in rupiah."""

    first: date
    last: date
    amount: int


def offered(stay: Stay, *, at: datetime) -> list[Ahead]:
    """What each period costs that can be paid ahead now, the next one first; see `offered_periods`."""
    today = clock.day(at, stay.unit.zone)
    return [_ahead(stay, n, today) for n in offered_periods(stay, at=at)]


def offered_periods(stay: Stay, *, at: datetime) -> list[int]:
    """The periods that can be paid ahead now, the next one first; none where there are fewer than two. No query.

    As many as the SOP says from today on, and none within which the tenant leaves, or later.
    """
    today = clock.day(at, stay.unit.zone)
    begun = max(0, cycles.number_in(stay, today))
    last = min(begun + stay.policy.prepay_periods, stay.next_period + stay.policy.prepay_periods - 1)
    periods = [n for n in range(stay.next_period, last + 1) if not _leaves_within(stay, n)]
    return periods if stay.next_bill_on and len(periods) >= LEAST else []


def _leaves_within(stay: Stay, n: int) -> bool:
    return stay.leave_on is not None and cycles.period_of(stay, n)[1] >= stay.leave_on


def _ahead(stay: Stay, n: int, today: date) -> Ahead:
    first, last = cycles.period_of(stay, n)
    services = usage.subscription_lines(stay, n, priced_on=today, keep=False)
    rent = discounted.rent_of_stay(stay, n).amount
    return Ahead(first, last, rent + sum(line.amount for line in services))


def prepay(stay: Stay, periods: int, *, by: Actor, at: datetime) -> list[Invoice]:
    """Issue the bills of the next periods of a locked stay now, at the prices of today.

    A rent that was announced for later holds from the first period after them. Raises `Refused` for fewer than
    two or more than are offered, and while earlier bills ahead are not paid.
    """  # fmt: skip
    most = len(offered_periods(stay, at=at))
    if unpaid(stay, at=at):
        raise Refused(_("Masih ada tagihan di muka yang belum dibayar. Bayar dulu yang itu."))
    if not LEAST <= periods <= most:
        about = {"least": LEAST, "most": most}
        said = _("Sekarang bisa dibayar di muka %(least)d sampai %(most)d masa sewa.") % about
        raise Refused(said if most else _("Sekarang tidak bisa membayar di muka."), field="periods")
    today, made = clock.day(at, stay.unit.zone), []
    stay.next_uses_on = stay.next_uses_on or stay.next_bill_on
    for n in range(stay.next_period, stay.next_period + periods):
        draft = bills.draft_period(stay, n, by=by, at=at, metered=False, used=False, priced_on=today)
        bill = draft.bill
        invoice = billing.issue(
            stay, purpose=bill.purpose, lines=bill.lines, due_on=bill.due_on, period=bill.period, by=by, at=at
        )
        bills.note_issued(draft, invoice)
        made.append(invoice)
    stay.next_period += periods
    _save(stay)
    telling.billed_ahead(stay, made, until=today + timedelta(days=stay.policy.prepay_days), at=at)
    return made


def _save(stay: Stay) -> None:
    stay.next_bill_on = bills.next_bill_day(stay)
    if stay.next_uses_on and stay.next_bill_on and stay.next_uses_on >= stay.next_bill_on:
        stay.next_uses_on = None
    stay.save(update_fields=["next_period", "next_bill_on", "next_uses_on", "deposit_due"])


def unpaid(stay: Stay, *, at: datetime) -> list[Invoice]:
    """Bills ahead of which nothing is paid, the last first: those that would not be out yet, up to one that is paid."""
    today = clock.day(at, stay.unit.zone)
    first = today + timedelta(days=stay.policy.bill_days_before + 1)
    rents = billed.invoices_of(stay).filter(
        purpose=Purpose.RENT, period_start__gte=first, total__gt=F("credited")
    )
    found = []
    for bill in rents.order_by("-period_start"):
        if bill.settled or bill.recognised_on:
            break
        found.append(bill)
    return found


# What the clock does meanwhile


def look_after_all(*, at: datetime) -> int:
    """Take back bills ahead that were not paid in time, and bill what was used in periods that are paid ahead; how
    many bills that made or took.

    Runs any number of times. A stay that fails is logged and never blocks the others.
    """  # fmt: skip
    done = 0
    ahead = Stay.objects.filter(next_uses_on__isnull=False, status__in=("living", "noticed"))
    for what, stays in ((_drop, ahead), (_bill_uses, _to_bill(ahead, at))):
        for stay in stays.select_related("unit", "revision").order_by("unit", "pk"):
            done += _one(what, stay, at=at)
    return done


def _to_bill(ahead: QuerySet[Stay], at: datetime) -> QuerySet[Stay]:
    latest = max(clock.day(at, zone) for zone in words.ZONES)
    return ahead.filter(Q(next_uses_on__lte=latest) | Q(next_uses_on__gte=F("next_bill_on")))


def _one(what: Callable[..., int], stay: Stay, *, at: datetime) -> int:
    try:
        with transaction.atomic():
            return what(procedures.lock(stay), at=at)
    except Refused as no:
        log.warning("rent paid ahead of %s: %s", stay.number, no)
    except Exception:
        log.exception("rent paid ahead of %s", stay.number)
    return 0


def _drop(stay: Stay, *, at: datetime) -> int:
    """Bills ahead that nobody has paid of for so long as the SOP says; not while money for one is on its way."""
    old = at - timedelta(days=stay.policy.prepay_days)
    late = [bill for bill in unpaid(stay, at=at) if bill.issued_at <= old]
    if not late or Payment.objects.filter(status__in=Payment.LIVE, invoices__in=late).exists():
        return 0
    for bill in late:
        bills.take_back(stay, bill, by=Machine.CLOCK, at=at, reason=_("Tidak dibayar di muka pada waktunya."))
    _save(stay)
    telling.taken_back(stay, late, at=at)
    return len(late)


def _bill_uses(stay: Stay, *, at: datetime) -> int:
    """What was used, and what is missing of the deposit, on the days on which the bill of the period would go out."""
    today, made = clock.day(at, stay.unit.zone), 0
    while stay.next_uses_on and stay.next_uses_on <= today and not _is_gone(stay):
        n = cycles.number_in(stay, stay.next_uses_on + timedelta(days=stay.policy.bill_days_before))
        start, end = cycles.period_of(stay, n)
        uses = bills.uses_until_bill(stay, n, by=Machine.CLOCK, at=at)
        if lines := bills.use_lines(uses) + bills.deposit_lines(stay):
            invoice = billing.issue(
                stay,
                purpose=Purpose.USES,
                lines=lines,
                due_on=start,
                period=(start, end),
                by=Machine.CLOCK,
                at=at,
            )
            bills.mark_billed(uses, invoice)
            announcements.billed(stay, invoice, at=at)
            made += 1
        stay.next_uses_on = bills.bill_day(stay, n + 1)
        _save(stay)
    _save(stay)
    return made


def _is_gone(stay: Stay) -> bool:
    """Whether nothing is used any more in what comes next: the rest stands in the settlement."""
    if stay.next_bill_on and stay.next_uses_on and stay.next_uses_on >= stay.next_bill_on:
        return True
    assert stay.next_uses_on is not None
    begins = stay.next_uses_on + timedelta(days=stay.policy.bill_days_before)
    return stay.leave_on is not None and begins >= stay.leave_on
