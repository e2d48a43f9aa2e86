"""Reads about bookings and stays that rules ask for."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tatausaha.business.boarding.models import (
    Booking,
    Cycle,
    House,
    Purpose,
    Room,
    RoomClaim,
    RoomMove,
    Stay,
)
from tatausaha.business.boarding.queries import cycles
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.people.models import Person
from tatausaha.core.people.queries import has_proven_phone
from tatausaha.core.procedures.models import Passage

LIVE = ("held", "verifying", "secured", "paid_up")
"""States in which a booking holds its room."""


def run_out(room: Room, prospect: Person, *, at: datetime) -> QuerySet[Booking]:
    """Held bookings of the room or of the prospect whose time is over though nobody has noted it yet."""
    mine = Q(room=room) | Q(customer=prospect)
    return Booking.objects.filter(mine, status=Booking.Status.HELD, deadline_at__lte=at)


def paid_to_move_in() -> Q:
    """Bookings of which no bill wants anything: in a state after the first payment, the key may be handed over."""
    owing = Invoice.objects.filter(billing.OPEN, procedure="boarding.booking", subject_id=OuterRef("pk"))
    return Q(~Exists(owing))


def unpaid_booking_of_phone(prospect: Person) -> Booking | None:
    """A live unpaid booking of anybody with the same phone number: the same person in the eyes of the rule.

    Whoever has proven the number as his own (a code went to that phone) is stopped by his own
    bookings alone, not by those of people who merely typed it.
    """
    if not prospect.phone:
        return None
    return Booking.objects.filter(_same_person(prospect), status__in=("held", "verifying")).first()


def _same_person(prospect: Person) -> Q:
    """Bookings or stays of the prospect, or of anybody with the same number unless he has proven it as his own."""
    if not prospect.phone or has_proven_phone(prospect):
        return Q(customer=prospect)
    return Q(customer=prospect) | Q(customer__phone=prospect.phone)


def last_unpaid_hold(room: Room, prospect: Person) -> Booking | None:
    """The same person's latest hold of this room that ran out or was given up before anything secured it.

    What the house itself withdrew does not count against the person.
    """
    withdrawn = Passage.objects.filter(
        procedure="boarding.booking", subject_id=OuterRef("pk"), step="withdraw"
    )
    ended = Q(status=Booking.Status.EXPIRED) | Q(
        ~Exists(withdrawn), status=Booking.Status.CANCELLED, claim__kind=RoomClaim.Kind.HOLD
    )
    return Booking.objects.filter(_same_person(prospect), ended, room=room).order_by("-since").first()


def awaited_since_yesterday(at: datetime) -> list[Booking]:
    """Bookings whose prospect was to move in before today and is still waited for."""
    soon = Booking.objects.filter(
        status__in=("secured", "paid_up"), deadline_at__gt=at, deadline_at__lte=at + timedelta(days=31)
    )
    rows = soon.select_related("room", "unit", "customer", "revision").order_by("deadline_at", "pk")
    return [
        row
        for row in rows
        if row.deadline_at and at >= row.deadline_at - timedelta(days=row.policy.no_show_days)
    ]


def owes_from_former_stays(person: Person) -> int:
    """What is still open from stays that have ended (tunggakan), in rupiah; also of a record with the same phone
    number, unless the person has proven it as his own.
    """  # fmt: skip
    ended = Stay.objects.filter(_same_person(person), status__in=("closed", "refunding"))
    return sum(billing.outstanding(stay) for stay in ended)


def due_dates(anchor: date, count: int, cycle: str = Cycle.DAYS_30) -> list[date]:
    """The first `count` due dates of a stay: what the tenant is shown on the first day."""
    return [cycles.start(anchor, n, cycle) for n in range(count)]


def last_billed_day(stay: Stay, *, begun_by: date = date.max) -> date | None:
    """The last day of the last billed period that begins by a day; nothing before the first bill.

    A bill that was credited whole bills nothing. What was billed on paper before these books counts.
    """
    bills = billing.invoices_of(stay).filter(
        purpose=Purpose.RENT, period_end__isnull=False, period_start__lte=begun_by, total__gt=F("credited")
    )
    days = [bill.period_end for bill in bills if bill.period_end]
    if (paper := _billed_on_paper(stay, begun_by)) is not None:
        days.append(paper)
    return max(days, default=None)


def _billed_on_paper(stay: Stay, begun_by: date) -> date | None:
    """The last day of the last period before these books that begins by a day."""
    if stay.billed_on_paper_to is None or begun_by < stay.anchor_on:
        return None
    begun = cycles.number_in(stay, min(begun_by, stay.billed_on_paper_to))
    return min(stay.billed_on_paper_to, cycles.period_of(stay, begun)[1])


def stays_to_bill(on: date) -> QuerySet[Stay]:
    """Stays whose next bill is to be issued on the day or was to be before."""
    return Stay.objects.filter(next_bill_on__lte=on, status__in=("living", "noticed")).order_by(
        "next_bill_on", "pk"
    )


def lives_in(room: Room) -> Stay | None:
    """The stay that has a room now: lived in, or still being looked at."""
    return Stay.objects.filter(room=room, status__in=("living", "noticed", "inspection")).first()


def is_handed_over(room: Room) -> bool:
    """Whether nobody lives in the room, and it is not being looked at."""
    left = RoomMove.objects.filter(from_room=room, status=RoomMove.Status.INSPECTION, swapped_with=None)
    return lives_in(room) is None and not left.exists()


def tenants_of(house: House) -> QuerySet[Stay]:
    """Who lives in a house now, by room (KOS-13)."""
    return (
        Stay.objects.filter(unit_id=house.unit_id, status__in=("living", "noticed"))
        .select_related("room", "customer")
        .order_by("room__number")
    )


def units_with(person: Person) -> QuerySet[Booking, int]:
    """Ids of the units with which a person has business: a booking that money has secured, or a stay, now or once.

    A booking alone is no business: a manager could make one at the counter for anybody
    whose number he knows, and look into the papers of another house's tenant.
    """
    secured = Booking.objects.filter(customer=person, status__in=("secured", "paid_up"))
    booked = secured.values_list("unit_id", flat=True)
    lived = Stay.objects.filter(customer=person).values_list("unit_id", flat=True)
    return booked.union(lived)
