"""Moving in: a booking becomes a stay (KOS-06, KOS-08)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from tatausaha.business.boarding import announcements_dates
from tatausaha.business.boarding.models import Booking, RoomClaim, Stay, Subscription
from tatausaha.business.boarding.services import bills, claims, discounts, registration
from tatausaha.core.billing import services as billing
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures import services as procedures


def move_in(booking: Booking, *, on: date, by: Actor, at: datetime) -> Stay:
    """Begin the stay: the day `on` is the anchor of all due dates.

    The first period's rent and services are invoiced and paid out of the advance; the
    deposit moves to the stay; the move is to be reported. Raises `Refused` for a day that
    is still to come.
    """
    if on > clock.day(at, booking.unit.zone):
        raise Refused(_("Tanggal mulai menempati tidak boleh di masa depan."), field="on")
    assert booking.claim is not None
    stay = procedures.begin(
        Stay(
            unit=booking.unit, customer=booking.customer, headline=booking.headline, booking=booking,
            room=booking.room, anchor_on=on, rent=booking.rent, cycle=booking.cycle,
        ),
        by=by,
        at=at,
        data={"booking": booking.number, "anchor_on": on, "rent": booking.rent, "cycle": booking.cycle},
    )  # fmt: skip
    stay.claim = claims.change(
        booking.claim, at=at, kind=RoomClaim.Kind.OCCUPIED, from_on=min(on, booking.claim.from_on),
        until_on=None, expires_at=None, holder=stay.number,
    )  # fmt: skip
    stay.next_bill_on = bills.bill_day(stay, 1)
    stay.save(update_fields=["claim", "next_bill_on"])
    for service in booking.services.filter(per_use=False):
        Subscription.objects.create(
            stay=stay, service_id=service.service_id, name=service.name, amount=service.amount, from_on=on
        )
    discounts.follow_to_stay(booking, stay)
    invoice = bills.issue_period(stay, 0, by=by, at=at)
    billing.recognise(invoice, by=by, at=at)
    billing.apply_advances(invoice, from_subjects=[booking], by=by, at=at)
    billing.to_balance(booking, by=by, at=at)  # what the tenant's own balance had already paid of this bill
    billing.move_holding("deposit", from_subject=booking, to_subject=stay, by=by, at=at)
    registration.note_move(stay, "in", on=on, at=at)
    announcements_dates.moved_in(stay, at=at)
    return stay
