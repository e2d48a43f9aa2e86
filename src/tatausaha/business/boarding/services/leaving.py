"""Leaving a room: notice, inspection, damage, settlement (KOS-12; rules/boarding 8, 9)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from tatausaha.business.boarding import accounts, announcements_dates
from tatausaha.business.boarding.models import Damage, Purpose, RoomClaim, ServiceUse, Stay
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.queries import cycles, moving
from tatausaha.business.boarding.queries import discounts as discounted
from tatausaha.business.boarding.services import bills, claims, discount_ends, late_fees, registration
from tatausaha.business.boarding.services.far_days import refuse_far
from tatausaha.core.billing import queries as billed
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Invoice, InvoiceLine
from tatausaha.core.billing.services import NewLine
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.payments import services as payments
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, person_or_none

YEARS_AHEAD = 3
"""No contract of a room is longer, and nobody knows sooner that he will leave."""


def plan(stay: Stay, *, leave_on: date, by: Actor, at: datetime) -> None:
    """Note the day of leaving: from then on the room can be booked by somebody else.

    A shorter notice than the policy asks for is the owner's or manager's to accept. Bills
    for periods that begin on that day or later are taken back unless they are booked already;
    those are credited when the key comes back. A whole bill that nobody has paid of, for a period
    that is still to begin and ends after that day, is issued anew for its days.
    """
    today = clock.day(at, stay.unit.zone)
    earliest = today + timedelta(days=stay.policy.notice_days)
    person = person_or_none(by)
    if leave_on < today:
        raise Refused(_("Tanggal pergi tidak boleh sebelum hari ini."), field="leave_on")
    refuse_far(leave_on, stay.unit, at=at, field="leave_on", years=YEARS_AHEAD)
    if stay.fixed_term and stay.leave_on and today <= stay.leave_on <= leave_on:
        said = _(
            "Kontraknya sampai %(date)s. Sesudah itu penghuni pergi tanpa memberi tahu, atau diperpanjang."
        )
        raise Refused(said % {"date": words.long_date(stay.leave_on)}, field="leave_on")
    if leave_on < earliest and not roles.has_role(person, stay.unit, "manager"):
        raise Refused(
            _("Pemberitahuan paling lambat %(days)d hari sebelumnya: tanggal paling awal %(date)s. "
                "Hubungi pengelola untuk tanggal lebih awal.")
            % {"days": stay.policy.notice_days, "date": words.long_date(earliest)},
            field="leave_on",
        )  # fmt: skip
    stay.leave_on = leave_on
    for invoice in not_begun(stay, on=leave_on):
        if not invoice.recognised_on:
            _take_back(stay, invoice, by=by, at=at)
    for invoice in _too_long(stay, leave_on, after=today):
        bills.take_back(stay, invoice, by=by, at=at, reason=_("Penghuni pergi dalam masa sewa ini."))
    stay.next_bill_on = bills.next_bill_day(stay)
    stay.save(update_fields=["leave_on", "next_period", "next_bill_on", "deposit_due"])
    _occupy_until(stay, leave_on, at=at)
    announcements_dates.changed(stay, at=at)
    if stay.next_bill_on:
        bills.catch_up([stay], at=at)
        stay.refresh_from_db(fields=["next_period", "next_bill_on", "deposit_due"])


def _too_long(stay: Stay, leave_on: date, *, after: date) -> list[Invoice]:
    """Unpaid rent bills of periods that begin after a day, and within which the tenant leaves."""
    rents = billed.invoices_of(stay).filter(purpose=Purpose.RENT, settled=0, credited=0, recognised_on=None)
    return list(rents.filter(period_start__gt=after, period_start__lt=leave_on, period_end__gte=leave_on))


def not_begun(stay: Stay, *, on: date) -> list[Invoice]:
    """Rent bills of periods that begin on a day or later, which whoever leaves on that day does not owe.

    The first period begins with the key: it is always owed.
    """
    rents = billed.invoices_of(stay).filter(
        purpose=Purpose.RENT, period_start__gte=on, total__gt=F("credited")
    )
    return list(rents.filter(period_start__gt=stay.anchor_on))


def _take_back(stay: Stay, invoice: Invoice, *, by: Actor, at: datetime) -> None:
    bills.take_back(stay, invoice, by=by, at=at, reason=_("Penghuni pergi sebelum masa sewa ini."))


def _occupy_until(stay: Stay, until_on: date | None, *, at: datetime) -> None:
    assert stay.claim is not None
    if until_on is not None:
        until_on = max(until_on, stay.claim.from_on + timedelta(days=1))
    claims.change(
        stay.claim,
        at=at,
        kind=RoomClaim.Kind.OCCUPIED,
        from_on=stay.claim.from_on,
        until_on=until_on,
        expires_at=None,
    )


def drop_plan(stay: Stay, *, by: Actor, at: datetime) -> None:
    """The tenant stays on. Raises `Refused` when somebody else has booked the room meanwhile.

    A period that was billed only up to the day of leaving is billed to its end.
    """
    put_off(stay, None, by=by, at=at)
    stay.fixed_term = stay.asked_to_leave = False
    stay.save(update_fields=["fixed_term", "asked_to_leave"])


def put_off(stay: Stay, until: date | None, *, by: Actor, at: datetime) -> None:
    """Leave later, or not at all: same anchor, no gap. Raises `Refused` when somebody else has the room by then,
    with the rooms that are free instead (rules/boarding 8).
    """  # fmt: skip
    assert stay.claim is not None
    following = claims.next_begins(stay.claim, at=at)
    if following is not None and (until is None or until > following):
        raise Refused(_already_promised(stay, following, at=at), field="leave_on")
    _occupy_until(stay, until, at=at)
    stay.leave_on = until
    bills.issue_rest_of_period(stay, by=by, at=at)
    stay.next_bill_on = bills.next_bill_day(stay)
    stay.save(update_fields=["leave_on", "next_bill_on"])
    announcements_dates.changed(stay, at=at)
    if stay.next_bill_on:
        bills.catch_up([stay], at=at)
        stay.refresh_from_db(fields=["next_period", "next_bill_on", "deposit_due"])


def _already_promised(stay: Stay, following: date, *, at: datetime) -> str:
    free = moving.rooms_to_move_to(stay, at=at, on=following)[:5]
    said = _("Kamar %(room)s sudah dipesan orang lain mulai %(day)s.") % {
        "room": stay.room.number, "day": words.long_date(following),
    }  # fmt: skip
    if not free:
        return said
    return f"{said} " + _("Kamar lain yang kosong: %(rooms)s.") % {
        "rooms": ", ".join(one.number for one in free)
    }


def left_over(stay: Stay) -> tuple[int, int]:
    """Days of the running period that are billed beyond the day of leaving, and their rent in rupiah."""
    on = stay.moved_out_on
    if on is None:
        return 0, 0
    running = moving.running_bills(stay, on=on)
    last = max((bill.period_end for bill in running if bill.period_end), default=on)
    days = (last - on).days + 1 if running else 0
    rent = moving.rent_in_force(stay, running, on=on)
    asked = sum(line.amount - line.credited for line in _rent_of(running))
    return days, min(cycles.share(stay, rent, on, last), asked)


def _rent_of(running: list[Invoice]) -> list[InvoiceLine]:
    return [line for bill in running for line in billed.lines_of(bill) if line.kind == "rent"]


def grant_rest(stay: Stay, *, by: Actor, at: datetime, reason: str) -> None:
    """The owner gives the days after leaving back: off the bill, and what was paid of it becomes balance."""
    _days, amount = left_over(stay)
    if not amount:
        raise Refused(_("Tidak ada sisa hari yang sudah ditagih."))
    stay.rest_granted = amount
    stay.save(update_fields=["rest_granted"])
    assert stay.moved_out_on is not None
    for line in _rent_of(moving.running_bills(stay, on=stay.moved_out_on)):
        if part := min(amount, line.amount - line.credited):
            billing.credit(line.invoice, amount=part, lines=[line], by=by, at=at, reason=reason)
            amount -= part


def move_out(stay: Stay, *, on: date, by: Actor, at: datetime) -> None:
    """The key is back: charge the days after the last billed one, take back what is billed for periods that
    begin later, bill the late fees as they are, and inspect the room.
    """  # fmt: skip
    today = clock.day(at, stay.unit.zone)
    if not max(stay.anchor_on, _last_move(stay)) <= on <= today:
        raise Refused(_("Tanggal pergi harus antara tanggal masuk dan hari ini."), field="on")
    for invoice in not_begun(stay, on=on):
        _take_back(stay, invoice, by=by, at=at)
    late_fees.put_right(stay, by=by, at=at)
    late_fees.charge(stay, by=by, at=at, last=True)
    over, amount = overstay(stay, on=on)
    if over:
        said = _("Kelebihan %(days)d hari") % {"days": over}
        line = NewLine("rent", accounts.ROOM_RENT, said, amount)
        billing.recognise(
            billing.issue(stay, purpose=Purpose.OVERSTAY, lines=[line], due_on=today, by=by, at=at),
            by=by,
            at=at,
        )
    _drop_asked_deposit(stay, by=by, at=at)
    stay.moved_out_on, stay.next_bill_on, stay.deposit_due = on, None, 0
    stay.leave_on = stay.leave_on or on
    stay.save(update_fields=["moved_out_on", "next_bill_on", "leave_on", "deposit_due"])
    stay.subscriptions.filter(until_on=None).update(until_on=on)
    assert stay.claim is not None
    claims.change(
        stay.claim, at=at, kind=RoomClaim.Kind.INSPECTION, from_on=stay.claim.from_on,
        until_on=claims.next_begins(stay.claim, at=at), expires_at=None,
    )  # fmt: skip
    registration.note_move(stay, "out", on=on, at=at)


def _last_move(stay: Stay) -> date:
    moves = moving.moves_of(stay)
    return moves[-1].moved_on if moves else stay.anchor_on


def _drop_asked_deposit(stay: Stay, *, by: Actor, at: datetime) -> None:
    """What was asked on top of the deposit and not paid is not collected from whoever leaves (rules/boarding 9)."""
    for invoice in billed.invoices_of(stay).filter(billed.OPEN, total__gt=F("income")):
        lines = [one for one in billed.lines_of(invoice) if one.account == chart.DEPOSITS and one.remaining]
        if missing := sum(line.remaining for line in lines):
            reason = _("Penghuni pergi: deposit tidak ditambah lagi.")
            billing.credit(invoice, amount=missing, lines=lines, by=by, at=at, reason=reason)


def overstay(stay: Stay, *, on: date) -> tuple[int, int]:
    """Days lived in after the last billed one if the key comes back on that day, and their rent in rupiah."""
    billed_to = reads.last_billed_day(stay) or stay.anchor_on - timedelta(days=1)
    first, last = billed_to + timedelta(days=1), on - timedelta(days=1)
    over = max(0, (last - first).days + 1)
    rent = discounted.rent_of_stay(stay, stay.next_period).amount
    return over, bills.by_the_day(stay, rent, first, last) if over else 0


def settle(stay: Stay, *, by: Actor, at: datetime) -> None:
    """Bill damage and late uses, pay open bills from the balance and then from the deposit, return the rest.

    What neither covers stays owed by the tenant (never a negative deposit). The room is
    free again.
    """
    today = clock.day(at, stay.unit.zone)
    damages = [
        NewLine("damage", chart.DAMAGE_INCOME, one.description, one.amount)
        for one in stay.damages.filter(move=None).order_by("pk")
    ]
    if damages:
        billing.issue(stay, purpose=Purpose.DAMAGE, lines=damages, due_on=today, by=by, at=at)
    if lines := bills.use_lines(uses := bills.unbilled_uses(stay, on=today)):
        last = billing.issue(stay, purpose=Purpose.USES, lines=lines, due_on=today, by=by, at=at)
        bills.mark_billed(uses, last)
    for invoice in billed.invoices_of(stay).filter(billed.OPEN):
        billing.recognise(invoice, by=by, at=at)
        billing.use_balance(invoice, by=by, at=at)
        billing.deduct_deposit(stay, invoice=invoice, by=by, at=at)
    assert stay.customer is not None
    if billed.balance_of(stay.customer, stay.unit) and not _lives_on(stay):
        _into_one_sum(stay, by=by, at=at)
    for kind in ("deposit", "advance"):
        if left := billed.held(stay, kind):
            payments.request_refund(
                stay, kind=kind, amount=left, payee=stay.customer, reason=_("Perhitungan keluar"),
                working_days=stay.policy.refund_working_days, by=by, at=at,
            )  # fmt: skip
    _return_balance(stay, by=by, at=at)
    assert stay.claim is not None
    claims.release(stay.claim, at=at)
    discount_ends.end_with(stay, at=at)


def _into_one_sum(stay: Stay, *, by: Actor, at: datetime) -> None:
    """Deposit and balance go back in one transfer, not the last hundred rupiah of a unique code by themselves."""
    for kind in ("deposit", "advance"):
        billing.to_balance(stay, kind=kind, by=by, at=at)


def _lives_on(stay: Stay) -> bool:
    others = Stay.objects.filter(unit=stay.unit, customer=stay.customer, status__in=("living", "noticed"))
    return others.exists()


def _return_balance(stay: Stay, *, by: Actor, at: datetime) -> None:
    """The tenant's balance goes back too, unless another stay in the house can still use it."""
    assert stay.customer is not None
    left = billed.balance_of(stay.customer, stay.unit)
    if left and not _lives_on(stay):
        payments.request_refund(
            stay, kind="balance", amount=left, payee=stay.customer, reason=_("Perhitungan keluar"),
            working_days=stay.policy.refund_working_days, by=by, at=at,
        )  # fmt: skip


def settlement(stay: Stay) -> dict[str, int]:
    """The sum as it would be now, in rupiah; see `sum_up`."""
    on_hand = billed.on_hand(stay)
    return sum_up(
        bills=billed.invoices_of(stay), uses=stay.uses.filter(invoice_number=""),
        damages=stay.damages.filter(move=None), on_hand=on_hand, balance_stays=balance_stays(stay, on_hand),
    )  # fmt: skip


def balance_stays(stay: Stay, on_hand: Mapping[str, int]) -> bool:
    """Whether what is left of the balance does not go back: another stay in the house can still use it."""
    return bool(on_hand["balance"]) and _lives_on(stay)


def sum_up(
    *,
    bills: Iterable[Invoice],
    uses: Iterable[ServiceUse],
    damages: Iterable[Damage],
    on_hand: Mapping[str, int],
    balance_stays: bool = False,
) -> dict[str, int]:
    """Open bills (with what was used since), damage, what is held and used for them (the balance first, then
    the deposit), what goes back, what stays owed: in rupiah.
    """  # fmt: skip
    open_bills = sum(invoice.remaining for invoice in bills) + sum(use.amount for use in uses)
    damage = sum(one.amount for one in damages)
    owed = open_bills + damage
    from_balance = min(on_hand["balance"], owed)
    from_deposit = min(on_hand["deposit"], owed - from_balance)
    left = 0 if balance_stays else on_hand["balance"] - from_balance
    return {
        "open_bills": open_bills,
        "damage": damage,
        "held": on_hand["deposit"] + on_hand["balance"] + on_hand["advance"],
        "deposit": on_hand["deposit"],
        "balance": from_balance + left,
        "advance": on_hand["advance"],
        "to_return": left + on_hand["deposit"] - from_deposit + on_hand["advance"],
        "still_owed": owed - from_balance - from_deposit,
    }
