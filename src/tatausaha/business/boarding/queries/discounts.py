"""Reads about discounts: what rent a period costs, and what was given away so far (KOS-19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from tatausaha.business.boarding.models import Booking, Discount, DiscountGiven, Room, Stay
from tatausaha.business.boarding.queries.bookings import LIVE
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit

HERE = ("living", "noticed")
LIVED_IN = (*HERE, "inspection")


@dataclass(frozen=True)
class Rent:
    """What a period costs: by the published price, and less a discount that is in force; rupiah."""

    published: int
    amount: int
    discount: Discount | None = None


def _covering(n: int) -> Q:
    until = Q(periods__isnull=True) | Q(periods__gt=n - F("from_period"))
    return Q(until, status=Discount.Status.IN_FORCE, from_period__lte=n)


def rent_of_stay(stay: Stay, n: int) -> Rent:
    """The rent of period `n` of a stay in the room it is in now."""
    if not stay.lowered:
        return Rent(stay.rent, stay.rent)
    found = Discount.objects.filter(_covering(n), stay=stay, room=stay.room_id).order_by("-pk").first()
    return _lowered(stay.rent, found)


def first_rent_of(booking: Booking) -> Rent:
    """The rent of the first period of a booking."""
    if not booking.lowered:
        return Rent(booking.rent, booking.rent)
    found = (
        Discount.objects.filter(_covering(0), booking=booking, room=booking.room_id).order_by("-pk").first()
    )
    return _lowered(booking.rent, found)


def _lowered(rent: int, found: Discount | None) -> Rent:
    return Rent(rent, found.asked, found) if found and found.asked < rent else Rent(rent, rent)


def waiting_for(booking: Booking) -> QuerySet[Discount]:
    """Discounts that the owner has granted to this person in this room and that nobody has used yet."""
    return Discount.objects.filter(
        room=booking.room_id, customer=booking.customer_id, booking=None, stay=None,
        status=Discount.Status.GRANTED,
    )  # fmt: skip


def in_force_for(case: Booking | Stay) -> list[Discount]:
    """The discounts by which the rent of a booking or a stay is lower; no query where none ever was."""
    return list(case.discounts.filter(status=Discount.Status.IN_FORCE)) if case.lowered else []


def is_over(discount: Discount) -> bool:
    """Whether what it was granted for is over: the stay, its time in this room, or the booking.

    Late money may still revive a booking that has merely run out.
    """
    if discount.stay:
        return discount.stay.room_id != discount.room_id or discount.stay.status not in LIVED_IN
    return discount.booking is not None and discount.booking.status in ("cancelled", "forfeited")


def case_in(room: Room, person: Person | None) -> Booking | Stay | None:
    """Whose rent is meant in a room: the stay of whoever lives there, or a live booking; of `person`, if named."""
    mine = Q(customer=person) if person else Q()
    stay = Stay.objects.filter(mine, room=room, status__in=HERE).first()
    return stay or Booking.objects.filter(mine, room=room, status__in=LIVE).order_by("move_in_on").first()


def who_is_in(rooms: QuerySet[Room]) -> Mapping[int, str]:
    """Whose rent is meant in each of some rooms, by its id: its tenant, or else who has booked it. Two queries."""
    booked = Booking.objects.filter(room__in=rooms, status__in=LIVE).order_by("-move_in_on")
    lived = Stay.objects.filter(room__in=rooms, status__in=HERE)
    return dict(booked.values_list("room", "customer__name")) | dict(
        lived.values_list("room", "customer__name")
    )


def discounts_for(person: Person | None) -> QuerySet[Discount]:
    """The discounts of the houses that a person manages or owns, the newest first, with what they gave."""
    ids = roles.unit_ids(person, "manager")
    mine = Discount.objects.all() if ids is None else Discount.objects.filter(unit__in=ids)
    return (
        mine.select_related("unit", "room", "customer", "asked_by")
        .prefetch_related(Prefetch("given", queryset=_counted(), to_attr="bills"))
        .order_by("-pk")
    )


def _counted() -> QuerySet[DiscountGiven]:
    """What was given on bills that still ask for something."""
    return DiscountGiven.objects.filter(
        invoice__voided_at__isnull=True, invoice__total__gt=F("invoice__credited")
    )


def given_in_all(discounts: Sequence[Discount]) -> Mapping[int, int]:
    """What each discount has given away so far, in rupiah."""
    sums = _counted().filter(discount__in=discounts).values_list("discount").annotate(all=Sum("amount"))
    return dict(sums.order_by())


def given_in_month(units: Sequence[Unit], first: date, last: date) -> list[tuple[Discount, int]]:
    """Each discount with what it gave away on bills that fall due in these days; by manager and room."""
    due = _counted().filter(discount__unit__in=units, invoice__due_on__gte=first, invoice__due_on__lte=last)
    sums = dict(due.values_list("discount").annotate(all=Sum("amount")).order_by())
    rows = Discount.objects.filter(pk__in=sums).select_related("unit", "room", "customer", "asked_by")
    return [
        (row, sums[row.pk]) for row in rows.order_by("asked_by__name", "unit__name", "room__number", "pk")
    ]


def given_in(unit: OuterRef) -> Subquery:
    """For annotating units: what was given away there so far, in rupiah."""
    rows = _counted().filter(discount__unit=unit).order_by().values("discount__unit")
    return Subquery(rows.annotate(all=Sum("amount")).values("all"))


def asked_in(unit: OuterRef) -> Subquery:
    """For annotating units: how many requests wait for the owner."""
    rows = Discount.objects.filter(unit=unit, status=Discount.Status.ASKED).order_by().values("unit")
    return Subquery(rows.annotate(all=Count("pk")).values("all"))
