"""The price guard: no rent below the published one but by a request that the owner grants (KOS-19)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding import announcements_prices as announcements
from tatausaha.business.boarding.models import Booking, Discount, DiscountGiven, Purpose, Room, Stay
from tatausaha.business.boarding.queries import discounts as reads
from tatausaha.business.boarding.queries.prices import current_amount
from tatausaha.business.boarding.services import booking as bookings
from tatausaha.core.billing import queries as billed
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock, money
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people import services as people
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Person
from tatausaha.core.people.queries import all_with_address
from tatausaha.core.procedures import services as procedures


@transaction.atomic
def ask(
    *, room: Room, rent: int, reason: str, by: Person, at: datetime, from_period: int = 1,
    periods: int | None = None, for_name: str = "", for_phone: str = "",
) -> Discount:  # fmt: skip
    """Ask the owner for a lower rent: for whoever lives in the room or has booked it, or for a prospect by name.

    `from_period` counts from 1, as people do; a stay is asked for from its first period without a
    bill on. Raises `Refused` for whoever does not manage the house, a rent that is not below the
    price, and a room for which nobody is named.
    """  # fmt: skip
    unit = room.house.unit
    if not roles.has_role(by, unit, "manager"):
        raise Refused(_("Potongan harga diminta oleh pengelola rumah ini."))
    person = _prospect(for_name, for_phone, by=by, at=at)
    case = reads.case_in(room, person)
    if case is None and person is None:
        raise Refused(_("Kamar ini kosong: tulis untuk siapa potongannya."), field="for_name")
    published = _published(room, case, on=clock.day(at, unit.zone))
    if rent >= published:
        sentence = _("Sewa yang diminta harus di bawah harga tertulis %(price)s.")
        raise Refused(sentence % {"price": money.rupiah(published)}, field="rent")
    customer = case.customer if case else person
    assert customer is not None
    begun = from_period - 1
    request = procedures.begin(
        Discount(
            unit=unit, customer=customer, room=room, published=published, asked=rent, reason=reason.strip()[:300],
            headline=f"{unit.name}, {_('kamar')} {room.number}: {money.rupiah(published)} → {money.rupiah(rent)}"[:160],
            booking=case if isinstance(case, Booking) else None, stay=case if isinstance(case, Stay) else None,
            from_period=max(begun, case.next_period) if isinstance(case, Stay) else begun, periods=periods,
            asked_by=by,
        ),
        by=by,
        at=at,
        data={"note": reason, "published": published, "asked": rent},
    )  # fmt: skip
    announcements.asked(request, at=at)
    return request


def _prospect(name: str, phone: str, *, by: Person, at: datetime) -> Person | None:
    known = all_with_address(phone) if phone else []
    if len(known) == 1:
        return known[0]
    return people.create_person(name=name, phone=phone, by=by, at=at) if name else None


def _published(room: Room, case: Booking | Stay | None, *, on: date) -> int:
    amount = case.rent if case else current_amount(room.room_type, on)
    if amount is None:
        raise Refused(_("Harga kamar ini belum diterbitkan."))
    return amount


def find_case(request: Discount) -> None:
    """Whoever booked the room, or moved in, while the owner was deciding is who it was asked for."""
    if request.booking or request.stay:
        return
    case = reads.case_in(request.room, request.customer) if request.customer else None
    request.booking = case if isinstance(case, Booking) else None
    request.stay = case if isinstance(case, Stay) else None
    request.save(update_fields=["booking", "stay"])


def put_in_force(request: Discount, *, by: Actor, at: datetime) -> None:
    """A granted discount has found its booking or stay: bills that nobody paid of yet are asked for anew.

    A stay has it from the first period without a bill on; a bill that is out is not reopened.
    """
    if request.stay:
        _lower(request.stay)
        request.from_period = max(request.from_period, request.stay.next_period)
        request.save(update_fields=["from_period"])
    elif request.booking:
        _lower(request.booking)
        _ask_anew(request.booking, by=by, at=at)


def _lower(case: Booking | Stay) -> None:
    case.lowered = True
    case.save(update_fields=["lowered"])


def _ask_anew(booking: Booking, *, by: Actor, at: datetime) -> None:
    untouched = billed.invoices_of(booking).filter(
        purpose__in=(Purpose.FIRST_RENT, Purpose.MOVE_IN), settled=0, credited=0, voided_at__isnull=True
    )
    for invoice in list(untouched):
        billing.void(invoice, by=by, at=at, reason=_("Potongan harga disetujui pemilik"))
        if invoice.purpose == Purpose.FIRST_RENT:
            bookings.ask_first_payment(booking, by=by, at=at)
        else:
            bookings.ask_move_in_payment(booking, by=by, at=at)


def note_given(rent: reads.Rent, invoice: Invoice, amount: int) -> None:
    """Write down by how much a bill is lower than the published price; once a bill."""
    if rent.discount and amount > 0:
        DiscountGiven.objects.get_or_create(
            invoice=invoice, defaults={"discount": rent.discount, "amount": amount}
        )


def follow_to_stay(booking: Booking, stay: Stay) -> None:
    """Who moves in keeps what was granted for the booking."""
    Discount.objects.filter(booking=booking, stay=None).update(stay=stay)
    if booking.lowered:
        _lower(stay)
