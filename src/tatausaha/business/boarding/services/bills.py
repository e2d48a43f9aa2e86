"""The bills of a stay: every 30 days from the anchor, issued a week ahead, never twice (KOS-08, KOS-09)."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tatausaha.business.boarding import accounts, announcements
from tatausaha.business.boarding.models import Purpose, ServiceUse, Stay
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.queries import discounts as discounted
from tatausaha.business.boarding.queries import meters as metering
from tatausaha.business.boarding.services import discounts, meters, usage
from tatausaha.core.billing import queries as billed
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.services import NewLine
from tatausaha.core.kernel import clock, money, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.people.actors import Actor, Machine
from tatausaha.core.people.models import Zone
from tatausaha.core.procedures import services as procedures

log = logging.getLogger(__name__)


def bill_day(stay: Stay, n: int) -> date:
    """The day on which the bill of period `n` is issued: a week before it falls due."""
    start, _end = reads.period(stay.anchor_on, n)
    return start - timedelta(days=stay.policy.bill_days_before)


def issue_due_bills(*, at: datetime) -> int:
    """Issue every bill that is due to be issued, also those missed while the system stood still.

    Runs any number of times: a period is billed once. A stay that fails is logged and never
    blocks the others. Returns how many bills were issued.
    """
    latest = max(clock.day(at, zone) for zone in Zone.values)
    issued, metered = 0, metering.rooms_with_meters()
    for stay in reads.stays_to_bill(latest).select_related("unit", "room", "customer", "revision"):
        try:
            issued += catch_up(stay, at=at, metered=stay.room_id in metered)
        except Refused as no:
            log.warning("no bill for %s: %s", stay.number, no)
        except Exception:
            log.exception("no bill for %s", stay.number)
    return issued


@transaction.atomic
def catch_up(read: Stay, *, at: datetime, metered: bool = True) -> int:
    """Issue every bill of a stay that is due to be issued; how many they were.

    `metered`: whether there may be a meter in the room. Relations that were read with the stay are not read again.
    """
    stay = procedures.lock(read)
    stay.unit, stay.customer, stay.revision = read.unit, read.customer, read.revision
    if stay.room_id == read.room_id:
        stay.room = read.room
    today, issued = clock.day(at, stay.unit.zone), 0
    while stay.next_bill_on and stay.next_bill_on <= today and stay.status in ("living", "noticed"):
        take_new_rent(stay, stay.next_period)
        invoice = issue_period(stay, stay.next_period, by=Machine.CLOCK, at=at, metered=metered)
        announcements.billed(stay, invoice, at=at)
        stay.next_period += 1
        stay.next_bill_on = next_bill_day(stay)
        issued += 1
    stay.save(
        update_fields=["next_period", "next_bill_on", "deposit_due", "rent", "next_rent", "next_rent_from"]
    )
    return issued


def take_new_rent(stay: Stay, n: int) -> None:
    """From the first period that begins on the announced day or later the new rent counts. The caller saves."""
    start, _end = reads.period(stay.anchor_on, n)
    if stay.next_rent is not None and stay.next_rent_from is not None and start >= stay.next_rent_from:
        stay.rent, stay.next_rent, stay.next_rent_from = stay.next_rent, None, None


def next_bill_day(stay: Stay) -> date | None:
    """When the next bill is issued; never, once the tenant is gone before its period begins."""
    start, _end = reads.period(stay.anchor_on, stay.next_period)
    if stay.leave_on and start >= stay.leave_on:
        return None
    return bill_day(stay, stay.next_period)


def issue_period(stay: Stay, n: int, *, by: Actor, at: datetime, metered: bool = True) -> Invoice:
    """The bill of one period: rent, running services, what was used since the bill before, and what is
    missing of the deposit since a move to a dearer room.

    What was used after the day on which the bill is due to go out stands on the next one, also
    when the bill goes out late. `metered`: whether there may be a meter in the room.

    A tenant who leaves inside the period pays by the day (rules/boarding 8).
    """  # fmt: skip
    start, end = reads.period(stay.anchor_on, n)
    rent = discounted.rent_of_stay(stay, n)
    published, amount = rent.published, rent.amount
    if stay.leave_on and start < stay.leave_on <= end:
        days, end = (stay.leave_on - start).days, stay.leave_on - timedelta(days=1)
        published, amount = by_the_day(stay, published, days), by_the_day(stay, amount, days)
    lines = [NewLine("rent", accounts.ROOM_RENT, _rent_text(start, end, rent), amount)]
    lines += usage.subscription_lines(stay, n)
    until = min(clock.day(at, stay.unit.zone), bill_day(stay, n))
    if n and metered:
        meters.estimate(stay, first=max(bill_day(stay, n - 1), stay.anchor_on), on=until, by=by, at=at)
    uses = unbilled_uses(stay, on=until)
    lines += use_lines(uses)
    if stay.deposit_due:
        lines.append(NewLine("deposit", chart.DEPOSITS, _("Tambahan deposit"), stay.deposit_due))
        stay.deposit_due = 0
    invoice = billing.issue(
        stay, purpose=Purpose.RENT, lines=lines, due_on=start, period=(start, end), by=by, at=at
    )
    mark_billed(uses, invoice)
    discounts.note_given(rent, invoice, published - amount)
    return invoice


def issue_rest_of_period(stay: Stay, *, by: Actor, at: datetime) -> Invoice | None:
    """Bill what is left of the period that the last billed day lies in, if anything is; up to a day of leaving.

    The period costs the whole rent in the end, whatever the days before were rounded to; its
    services stand on the bill before.
    """
    if (after := reads.last_billed_day(stay)) is None:
        return None
    n = (after - stay.anchor_on).days // 30
    start, end = reads.period(stay.anchor_on, n)
    whole = discounted.rent_of_stay(stay, n)
    before = billed.invoices_of(stay).filter(
        purpose=Purpose.RENT, period_start__range=(start, after), total__gt=F("credited")
    )
    lines = [line for invoice in before for line in billed.lines_of(invoice) if line.kind == "rent"]
    rest = whole.amount - sum(line.amount for line in lines)
    if stay.room_moves.filter(moved_on__range=(start, end)).exists():
        rest = money.share(whole.amount, (end - after).days, 30)  # another rent since a day of this period
    if stay.leave_on and stay.leave_on <= end:
        end = stay.leave_on - timedelta(days=1)
        rest = min(rest, by_the_day(stay, whole.amount, (end - after).days))
    if after >= end or rest <= 0:  # single days are rounded up, at most to the whole rent
        return None
    first = after + timedelta(days=1)
    line = NewLine("rent", accounts.ROOM_RENT, _rent_text(first, end, whole), rest)
    invoice = billing.issue(
        stay, purpose=Purpose.RENT, lines=[line], due_on=max(first, clock.day(at, stay.unit.zone)),
        period=(first, end), by=by, at=at,
    )  # fmt: skip
    discounts.note_given(whole, invoice, by_the_day(stay, whole.published - whole.amount, (end - after).days))
    announcements.billed(stay, invoice, at=at)
    return invoice


def take_back(stay: Stay, invoice: Invoice, *, by: Actor, at: datetime, reason: str) -> None:
    """Nothing is asked for a period that does not begin so; what was paid for it becomes balance.

    A bill that is not booked yet is issued anew when its day has come. The caller saves the stay.
    """
    unmark_billed(invoice)
    if invoice.recognised_on:
        billing.credit(invoice, amount=invoice.total - invoice.credited, by=by, at=at, reason=reason)
        return
    stay.deposit_due += sum(
        line.remaining for line in billed.lines_of(invoice) if line.account == chart.DEPOSITS
    )
    billing.release(invoice, by=by, at=at, reason=reason)
    billing.to_balance(stay, kind="advance", by=by, at=at)
    assert invoice.period_start is not None
    begun = -(
        -(invoice.period_start - stay.anchor_on).days // 30
    )  # a bill of the rest of a period is no whole one
    stay.next_period = min(stay.next_period, begun)


def unbilled_uses(stay: Stay, *, on: date) -> list[ServiceUse]:
    """What was used until a day and stands on no bill yet, oldest first."""
    waiting = stay.uses.filter(invoice_number="", used_on__lte=on).select_related("service")
    return list(waiting.order_by("used_on", "pk"))


def use_lines(uses: Sequence[ServiceUse]) -> list[NewLine]:
    """The lines of a bill for what was used."""
    return [NewLine("service", chart.SERVICE_INCOME, use_text(use), use.amount) for use in uses if use.amount]


def mark_billed(uses: Sequence[ServiceUse], invoice: Invoice) -> None:
    """Remember on which bill each use stands, so that it stands on no other."""
    ServiceUse.objects.filter(pk__in=[use.pk for use in uses]).update(invoice_number=invoice.number)


def unmark_billed(invoice: Invoice) -> None:
    """What was used stands on no bill again: the one that named it is taken back."""
    ServiceUse.objects.filter(invoice_number=invoice.number).update(invoice_number="")


def by_the_day(stay: Stay, rent: int, days: int) -> int:
    """What single days of a rent cost: `R x d / 30`, rounded up as the policy says."""
    return money.round_up(money.share(rent, days, 30), stay.policy.round_up_to)


def _rent_text(start: date, end: date, rent: discounted.Rent) -> str:
    said = _("Sewa kamar %(start)s sampai %(end)s") % {
        "start": words.short_date(start),
        "end": words.short_date(end),
    }
    if rent.discount is None:
        return said
    less = {"price": money.rupiah(rent.published), "number": rent.discount.number}
    return f"{said}, " + _("harga tertulis %(price)s, potongan %(number)s") % less


def use_text(use: ServiceUse) -> str:
    """What a bill says of one use."""
    if use.description:
        return use.description
    return f"{use.service.name} {use.used_on:%d-%m-%Y}: {use.quantity.normalize():f} {use.service.measure}"
