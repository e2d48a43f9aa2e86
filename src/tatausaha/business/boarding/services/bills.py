"""The bills of a stay: one a period, counted from the anchor, issued a week ahead, never twice (KOS-08, KOS-09)."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tatausaha.business.boarding import accounts, announcements
from tatausaha.business.boarding.models import Purpose, ServiceUse, Stay
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.queries import cycles
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

TOGETHER = 20
"""Stays that are billed in one transaction: what a crash undoes, and the next run does again."""


def bill_day(stay: Stay, n: int) -> date:
    """The day on which the bill of period `n` is issued: a week before it falls due."""
    return cycles.start_of(stay, n) - timedelta(days=stay.policy.bill_days_before)


def issue_due_bills(*, at: datetime) -> int:
    """Issue every bill that is due to be issued, also those missed while the system stood still.

    Runs any number of times: a period is billed once. A stay that fails is logged and never
    blocks the others. Returns how many bills were issued.
    """
    latest = max(clock.day(at, zone) for zone in Zone.values)
    due = reads.stays_to_bill(latest).select_related("unit", "room", "customer", "revision")
    return sum(_of_some(stays, at=at) for stays in _some_of_a_house(due))


def _some_of_a_house(stays: Iterable[Stay]) -> Iterator[list[Stay]]:
    """At most `TOGETHER` of one house at a time, so that a transaction holds the books of one unit alone."""
    houses: dict[int, list[Stay]] = {}
    for stay in stays:
        houses.setdefault(stay.unit_id, []).append(stay)
    for mine in houses.values():
        for first in range(0, len(mine), TOGETHER):
            yield mine[first : first + TOGETHER]


def _of_some(stays: Sequence[Stay], *, at: datetime) -> int:
    """The bills of some stays together; where that fails, of each by itself, and one that fails is logged."""
    try:
        return catch_up(stays, at=at)
    except Exception as no:  # which of them it was shows when each goes by itself
        if len(stays) > 1:
            log.info("%d stays from %s on are billed one by one", len(stays), stays[0].number, exc_info=no)
            return sum(_of_some([stay], at=at) for stay in stays)
        if isinstance(no, Refused):
            log.warning("no bill for %s: %s", stays[0].number, no)
        else:
            log.exception("no bill for %s", stays[0].number)
    return 0


@transaction.atomic
def catch_up(read: Sequence[Stay], *, at: datetime) -> int:
    """Issue every bill that is due to be issued of stays in one house; how many they were.

    Relations that were read with the stays are not read again.
    """
    stays = procedures.lock_all(read)
    for stay, known in zip(stays, read, strict=True):
        stay.unit, stay.customer, stay.revision = known.unit, known.customer, known.revision
        if stay.room_id == known.room_id:
            stay.room = known.room
    issued = 0
    while due := [stay for stay in stays if _is_due(stay, at)]:
        _bill(due, at=at)
        issued += len(due)
    for stay in stays:
        stay.save(update_fields=_MOVED_ON)
    return issued


_MOVED_ON = ("next_period", "next_bill_on", "deposit_due", "rent", "next_rent", "next_rent_from")


def _is_due(stay: Stay, at: datetime) -> bool:
    today = clock.day(at, stay.unit.zone)
    return bool(stay.next_bill_on and stay.next_bill_on <= today and stay.status in ("living", "noticed"))


def _bill(stays: Sequence[Stay], *, at: datetime) -> None:
    """Issue the next bill of each of these stays and tell the tenants. The caller saves."""
    metered = metering.rooms_with_meters([stay.room_id for stay in stays])
    used = with_unbilled_uses(stays)
    drafts = []
    for stay in stays:
        take_new_rent(stay, stay.next_period)
        draft = draft_period(
            stay,
            stay.next_period,
            by=Machine.CLOCK,
            at=at,
            metered=stay.room_id in metered,
            used=stay.pk in used,
        )
        drafts.append(draft)
    invoices = billing.issue_many([draft.bill for draft in drafts], by=Machine.CLOCK, at=at)
    for stay, draft, invoice in zip(stays, drafts, invoices, strict=True):
        note_issued(draft, invoice)
        stay.next_period += 1
        stay.next_bill_on = next_bill_day(stay)
    announcements.all_billed(zip(stays, invoices, strict=True), at=at)


def take_new_rent(stay: Stay, n: int) -> None:
    """From the first period that begins on the announced day or later the new rent counts. The caller saves."""
    start = cycles.start_of(stay, n)
    if stay.next_rent is not None and stay.next_rent_from is not None and start >= stay.next_rent_from:
        stay.rent, stay.next_rent, stay.next_rent_from = stay.next_rent, None, None


def next_bill_day(stay: Stay) -> date | None:
    """When the next bill is issued; never, once the tenant is gone before its period begins."""
    start = cycles.start_of(stay, stay.next_period)
    if stay.leave_on and start >= stay.leave_on:
        return None
    return bill_day(stay, stay.next_period)


@dataclass(frozen=True)
class Draft:
    """The bill of a period before it is issued, and what it takes along: uses, and what the discount takes off."""

    bill: billing.NewBill
    uses: Sequence[ServiceUse]
    rent: discounted.Rent
    less: int


def issue_period(stay: Stay, n: int, *, by: Actor, at: datetime) -> Invoice:
    """Issue the bill of one period: see `draft_period`. The caller saves the stay."""
    draft = draft_period(stay, n, by=by, at=at)
    bill = draft.bill
    invoice = billing.issue(
        stay, purpose=bill.purpose, lines=bill.lines, due_on=bill.due_on, period=bill.period, by=by, at=at
    )
    note_issued(draft, invoice)
    return invoice


def note_issued(draft: Draft, invoice: Invoice) -> None:
    """Remember what stands on the bill that came of a draft."""
    if draft.uses:
        mark_billed(draft.uses, invoice)
    discounts.note_given(draft.rent, invoice, draft.less)


def draft_period(
    stay: Stay,
    n: int,
    *,
    by: Actor,
    at: datetime,
    metered: bool = True,
    used: bool = True,
    priced_on: date | None = None,
) -> Draft:
    """The bill of one period: rent, running services, what was used since the bill before, and what is
    missing of the deposit since a move to a dearer room.

    What was used after the day on which the bill is due to go out stands on the next one, also
    when the bill goes out late. `metered`: whether there may be a meter in the room; `used`:
    whether something may have been used that stands on no bill; `priced_on`: the day whose prices hold, for a
    period that is paid ahead.

    A tenant who leaves inside the period pays by the day (rules/boarding 8).
    """  # fmt: skip
    start, end = cycles.period_of(stay, n)
    rent = discounted.rent_of_stay(stay, n)
    published, amount = rent.published, rent.amount
    if stay.leave_on and start < stay.leave_on <= end:
        end = stay.leave_on - timedelta(days=1)
        published, amount = by_the_day(stay, published, start, end), by_the_day(stay, amount, start, end)
    lines = [NewLine("rent", accounts.ROOM_RENT, _rent_text(start, end, rent), amount)]
    lines += usage.subscription_lines(stay, n, priced_on=priced_on)
    uses = uses_until_bill(stay, n, by=by, at=at, metered=metered) if used or metered else []
    lines += use_lines(uses) + deposit_lines(stay)
    bill = billing.NewBill(stay, Purpose.RENT, lines, start, (start, end))
    return Draft(bill, uses, rent, published - amount)


def uses_until_bill(stay: Stay, n: int, *, by: Actor, at: datetime, metered: bool = True) -> list[ServiceUse]:
    """What was used until the bill of a period goes out and stands on no bill; what nobody read is reckoned."""
    until = min(clock.day(at, stay.unit.zone), bill_day(stay, n))
    if n and metered:
        meters.estimate(stay, first=max(bill_day(stay, n - 1), stay.anchor_on), on=until, by=by, at=at)
    return unbilled_uses(stay, on=until)


def deposit_lines(stay: Stay) -> list[NewLine]:
    """What is missing of the deposit, asked once. The caller saves the stay."""
    missing, stay.deposit_due = stay.deposit_due, 0
    return [NewLine("deposit", chart.DEPOSITS, _("Tambahan deposit"), missing)] if missing else []


def issue_rest_of_period(stay: Stay, *, by: Actor, at: datetime) -> Invoice | None:
    """Bill what is left of the period that the last billed day lies in, if anything is; up to a day of leaving.

    The period costs the whole rent in the end, whatever the days before were rounded to; its
    services stand on the bill before.
    """
    if (after := reads.last_billed_day(stay)) is None:
        return None
    n, first = cycles.number_in(stay, after), after + timedelta(days=1)
    start, end = cycles.period_of(stay, n)
    whole = discounted.rent_of_stay(stay, n)
    before = billed.invoices_of(stay).filter(
        purpose=Purpose.RENT, period_start__range=(start, after), total__gt=F("credited")
    )
    lines = [line for invoice in before for line in billed.lines_of(invoice) if line.kind == "rent"]
    rest = whole.amount - sum(line.amount for line in lines)
    if stay.room_moves.filter(moved_on__range=(start, end)).exists():
        rest = cycles.share(stay, whole.amount, first, end)  # another rent since a day of this period
    if stay.leave_on and stay.leave_on <= end:
        end = stay.leave_on - timedelta(days=1)
        rest = min(rest, by_the_day(stay, whole.amount, first, end))
    if after >= end or rest <= 0:  # single days are rounded up, at most to the whole rent
        return None
    line = NewLine("rent", accounts.ROOM_RENT, _rent_text(first, end, whole), rest)
    invoice = billing.issue(
        stay, purpose=Purpose.RENT, lines=[line], due_on=max(first, clock.day(at, stay.unit.zone)),
        period=(first, end), by=by, at=at,
    )  # fmt: skip
    discounts.note_given(whole, invoice, by_the_day(stay, whole.published - whole.amount, first, end))
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
    whole = cycles.begins_on_or_after(
        stay, invoice.period_start
    )  # a bill of the rest of a period is no whole one
    stay.next_period = min(stay.next_period, whole)


def with_unbilled_uses(stays: Iterable[Stay]) -> set[int]:
    """The ids of those of the stays in which something was used that stands on no bill yet."""
    waiting = ServiceUse.objects.filter(stay__in=stays, invoice_number="")
    return set(waiting.values_list("stay", flat=True))


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


def by_the_day(stay: Stay, rent: int, first: date, last: date) -> int:
    """What single days of a rent cost: `R x d / 30` (or the days of the month), rounded up as the policy says."""
    return money.round_up(cycles.share(stay, rent, first, last), stay.policy.round_up_to)


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
