"""Booking a room and winding a booking up (KOS-02 to KOS-06; rules/boarding 1 to 5)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding import announcements
from tatausaha.business.boarding.models import (
    BookedService,
    Booking,
    Cycle,
    ExtraService,
    Gender,
    Occupant,
    Purpose,
    Room,
    RoomClaim,
)
from tatausaha.business.boarding.policy import BookingPolicy
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.queries import discounts
from tatausaha.business.boarding.queries.quotes import Quote, quote, terms_of
from tatausaha.business.boarding.services import claims, discount_ends, waiting
from tatausaha.core.billing import queries as billed
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.services import NewLine
from tatausaha.core.kernel import clock, money, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.payments import services as payments
from tatausaha.core.people import roles
from tatausaha.core.people import services as people
from tatausaha.core.people.actors import Actor, Machine
from tatausaha.core.people.models import Person
from tatausaha.core.people.queries import all_with_address
from tatausaha.core.procedures import policies, registry
from tatausaha.core.procedures import services as procedures

_SUITS = {Gender.MEN: Occupant.MAN, Gender.WOMEN: Occupant.WOMAN}


def book(
    *,
    room: Room,
    prospect: Person,
    services: Iterable[ExtraService],
    move_in_on: date,
    occupant: str,
    plan: str,
    by: Actor,
    at: datetime,
) -> Booking:
    """Hold a free room for a prospect and ask for the down payment (or the whole first rent).

    The first booking wins, not the first payment. Raises `Refused` with the reason: the room
    is taken or not for this person, the date is out of range, another booking is unpaid.
    """
    unit = room.house.unit
    procedure = registry.by_code("boarding.booking")
    assert procedure is not None
    terms: BookingPolicy = policies.values_in_force(procedure, unit, at=at)
    _check(room, prospect, move_in_on, occupant, terms, at=at)
    for stale in reads.run_out(room, prospect, at=at):
        procedures.settle(stale, at=at)
    if reads.unpaid_booking_of_phone(prospect):
        raise Refused(
            _(
                "Nomor HP ini masih punya satu pesanan yang belum dibayar. Bayar atau batalkan dulu pesanan itu."
            )
        )
    offer = quote(room, services, terms_of(room.house, at=at), clock.day(at, unit.zone))
    hold_until = at + timedelta(days=terms.hold_days)
    with transaction.atomic():
        procedures.lock_row(room)
        booking = procedures.begin(
            Booking(
                unit=unit, customer=prospect, headline=_headline(room, prospect), room=room, occupant=occupant,
                move_in_on=move_in_on, hold_until=hold_until, plan=plan, rent=offer.rent,
                down_payment=offer.down_payment, deposit=offer.deposit, cycle=room.house.cycle,
            ),
            by=by,
            at=at,
            data={"room": room, "move_in_on": move_in_on, "plan": plan, "services": [s.name for s in offer.services]},
        )  # fmt: skip
        booking.claim = claims.claim(room, move_in_on, None, booking.number, hold_until, at=at)
        booking.save(update_fields=["claim"])
        _keep_services(booking, offer)
        _use_discounts(booking, at=at)
        ask_first_payment(booking, by=by, at=at)
        announcements.booked(booking, at=at)
        waiting.fulfil(booking, at=at)
        # what the prospect's balance paid at once is money that is in: it secures the room like any other
        return procedures.advance(booking, at=at, cause=Machine.MONEY)


def book_by(
    *,
    room: Room,
    services: Iterable[ExtraService],
    move_in_on: date,
    occupant: str,
    plan: str,
    by: Person,
    at: datetime,
    for_name: str = "",
    for_phone: str = "",
) -> Booking:
    """Book for oneself, or as the house's manager for somebody at the counter (found by phone, or made)."""
    prospect = by
    if for_name or for_phone:
        if not roles.has_role(by, room.house.unit, "manager"):
            raise Refused(_("Hanya pengelola yang memesan untuk orang lain."), field="for_name")
        known = all_with_address(for_phone) if for_phone else []
        prospect = (
            known[0]
            if len(known) == 1
            else people.create_person(name=for_name, phone=for_phone, by=by, at=at)
        )
    return book(
        room=room, prospect=prospect, services=services, move_in_on=move_in_on, occupant=occupant, plan=plan,
        by=by, at=at,
    )  # fmt: skip


def _headline(room: Room, prospect: Person) -> str:
    return f"{room.house.unit.name}, {_('kamar')} {room.number}: {prospect.name}"[:160]


def _check(
    room: Room, prospect: Person, move_in_on: date, occupant: str, terms: BookingPolicy, *, at: datetime
) -> None:
    house, today = room.house, clock.day(at, room.house.unit.zone)
    if _SUITS.get(Gender(house.gender), occupant) != occupant:
        raise Refused(
            _("%(house)s khusus %(gender)s.")
            % {"house": house, "gender": Gender(house.gender).label.lower()},
            field="occupant",
        )
    last = today + timedelta(days=terms.planned_within_days)
    if not today <= move_in_on <= last:
        raise Refused(
            _("Rencana masuk paling lambat %(last)s.") % {"last": words.long_date(last)}
            if move_in_on > last
            else _("Rencana masuk tidak boleh sebelum hari ini."),
            field="move_in_on",
        )
    former = reads.last_unpaid_hold(room, prospect)
    if former and at < (again := former.since + timedelta(hours=terms.rebook_hours)):
        raise Refused(
            _(
                "Pesanan Anda untuk kamar ini baru saja kedaluwarsa atau dibatalkan. "
                "Kamar yang sama bisa Anda pesan lagi mulai %(again)s."
            )
            % {"again": words.moment(again, house.unit.zone)}
        )
    if debt := reads.owes_from_former_stays(prospect):
        raise Refused(
            _("Masih ada tunggakan %(debt)s dari hunian sebelumnya. Lunasi dulu sebelum memesan.")
            % {"debt": money.rupiah(debt)}
        )


def _keep_services(booking: Booking, offer: Quote) -> None:
    BookedService.objects.bulk_create(
        BookedService(
            booking=booking, service_id=one.service_id, name=one.name, amount=one.amount,
            per_use=one.per_use, measure=one.measure,
        )
        for one in offer.services
    )  # fmt: skip


def _use_discounts(booking: Booking, *, at: datetime) -> None:
    """What the owner granted to this person for this room is used by this booking."""
    for request in discounts.waiting_for(booking):
        request.booking = booking
        request.save(update_fields=["booking"])
        procedures.advance(request, at=at, cause=Machine.CASE)
    booking.refresh_from_db(fields=["lowered"])


def ask_first_payment(booking: Booking, *, by: Actor, at: datetime) -> None:
    """Issue what secures the room: the down payment, or the first rent in full."""
    due = clock.day(booking.hold_until, booking.unit.zone)
    if booking.plan == Booking.Plan.FULL:
        rent = discounts.first_rent_of(booking).amount
        line = NewLine("rent", chart.CUSTOMER_ADVANCES, str(Cycle(booking.cycle).first_rent), rent)
        billing.issue(booking, purpose=Purpose.FIRST_RENT, lines=[line], due_on=due, by=by, at=at)
        return
    line = NewLine("advance", chart.CUSTOMER_ADVANCES, _("Uang muka"), booking.down_payment)
    billing.issue(booking, purpose=Purpose.DOWN_PAYMENT, lines=[line], due_on=due, by=by, at=at)


def ask_move_in_payment(booking: Booking, *, by: Actor, at: datetime) -> None:
    """Issue what is due at move-in: the rest of the rent, the first period's services, the deposit."""
    lines = []
    if booking.plan == Booking.Plan.DOWN_PAYMENT:
        rest = max(0, discounts.first_rent_of(booking).amount - booking.down_payment)
        said = str(Cycle(booking.cycle).rest_of_first_rent)
        lines.append(NewLine("rent", chart.CUSTOMER_ADVANCES, said, rest))
    fixed = booking.services.filter(per_use=False)
    lines += [NewLine("service", chart.CUSTOMER_ADVANCES, one.name, one.amount) for one in fixed]
    lines.append(NewLine("deposit", chart.DEPOSITS, _("Deposit, dikembalikan saat pindah"), booking.deposit))
    lines = [line for line in lines if line.amount]
    billing.issue(booking, purpose=Purpose.MOVE_IN, lines=lines, due_on=booking.move_in_on, by=by, at=at)


def wind_up(booking: Booking, *, keep: int, by: Actor, at: datetime, reason: str) -> None:
    """Give the room up and settle the money: `keep` rupiah of the advance stay with the house, the rest goes back.

    The deposit goes back whole. No bill of the booking stays open.
    """
    if booking.claim:
        claims.release(booking.claim, at=at)
    for invoice in billed.invoices_of(booking):
        billing.release(invoice, by=by, at=at, reason=reason)
    discount_ends.end_with(booking, at=at)
    advance = billed.held(booking, "advance")
    kept = min(keep, advance)
    if kept:
        billing.forfeit(booking, amount=kept, account=chart.CANCELLATION_INCOME, by=by, at=at, reason=reason)
    if advance > kept:
        billing.to_advance(booking, by=by, at=at)  # rent and deposit go back in one transfer
    for kind in ("advance", "deposit"):
        if amount := billed.held(booking, kind):
            assert booking.customer is not None
            payments.request_refund(
                booking, kind=kind, amount=amount, payee=booking.customer, reason=reason,
                working_days=booking.policy.refund_working_days, by=by, at=at,
            )  # fmt: skip


def cancellation_percent(booking: Booking, *, at: datetime) -> tuple[int, int]:
    """Days before the planned move-in, and what per cent of the down payment is kept by the table of the SOP."""
    terms: BookingPolicy = booking.policy
    ahead = (booking.move_in_on - clock.day(at, booking.unit.zone)).days
    rows = (
        (terms.earliest_cancel_days, terms.kept_percent_earliest),
        (terms.early_cancel_days, terms.kept_percent_early),
    )
    return ahead, next((kept for days, kept in rows if days and ahead >= days), terms.kept_percent)


def is_secured(booking: Booking) -> bool:
    """Whether the down payment, or the first rent, is in: from then on there is a contract."""
    return any(billed.is_paid(booking, purpose) for purpose in (Purpose.DOWN_PAYMENT, Purpose.FIRST_RENT))


def kept_on_cancellation(booking: Booking, *, at: datetime) -> int:
    """What the house keeps when the prospect cancels now, in rupiah (rules/boarding 5).

    Nothing before the down payment is in: no contract was made.
    """
    if not is_secured(booking):
        return 0
    _ahead, percent = cancellation_percent(booking, at=at)
    return money.percent(booking.down_payment, percent)


def hold_again(booking: Booking, *, kind: str, at: datetime) -> None:
    """Claim the room anew for a booking whose hold had run out. Raises `Refused` when it is taken."""
    booking.move_in_on = max(booking.move_in_on, clock.day(at, booking.unit.zone))
    booking.claim = claims.claim(
        booking.room, booking.move_in_on, None, booking.number, None, at=at, kind=RoomClaim.Kind(kind)
    )
    booking.save(update_fields=["claim", "move_in_on"])


def mark_claim(booking: Booking, *, kind: str, expires_at: datetime | None, at: datetime) -> None:
    """Let the booking's claim stand as another kind, until a moment or without end."""
    assert booking.claim is not None
    claims.change(
        booking.claim, at=at, kind=RoomClaim.Kind(kind), from_on=booking.claim.from_on,
        until_on=booking.claim.until_on, expires_at=expires_at,
    )  # fmt: skip


def use_late_money(booking: Booking, *, by: Actor, at: datetime) -> None:
    """Ask for the first payment again and settle it with the money that came too late (titipan)."""
    ask_first_payment(booking, by=by, at=at)
    for invoice in billed.invoices_of(booking).filter(billed.OPEN):
        payments.use_titipan(booking, invoice, at=at)
