"""Reads about what is broken: where somebody may report it, what is open, what it cost (KOS-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import House, Room, Stay, Ticket, TicketCost
from tatausaha.business.boarding.queries.discounts import HERE
from tatausaha.business.boarding.queries.houses import houses_for
from tatausaha.core.payments.models import Expense
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

BOOKED = Q(costs__expense__status=Expense.Status.POSTED)


@dataclass(frozen=True)
class Spot:
    """Where something may be broken: a room, with whoever lives in it, or the house itself."""

    house: House
    room: Room | None = None
    stay: Stay | None = None

    @property
    def key(self) -> str:
        """Its name in forms and in the API."""
        return f"kamar-{self.room.pk}" if self.room else f"rumah-{self.house.pk}"

    @property
    def label(self) -> str:
        """Its name for people."""
        if self.room:
            return _("Kamar %(room)s, %(house)s") % {"room": self.room.number, "house": self.house}
        return _("Di luar kamar: dapur, lorong, halaman, … %(house)s") % {"house": self.house}


def spots_for(person: Person | None, house: House | None = None) -> list[Spot]:
    """Where this person may report something: where he lives, and what he manages (`house`: there alone).

    Rooms before the house itself; four queries at most.
    """
    if person is None:
        return []
    spots = {} if house else _lived_in(person)
    kept = House.objects.filter(pk=house.pk).select_related("unit") if house else houses_for(person)
    kept_ones = [one for one in kept if roles.has_role(person, one.unit, "manager")]
    spots |= _managed(kept_ones)
    return list(spots.values())


def _lived_in(person: Person) -> dict[str, Spot]:
    lives = Stay.objects.filter(customer__in=roles.acts_for(person), status__in=HERE).order_by("-pk")
    stays = list(lives.select_related("room__house__unit", "customer"))
    rooms = [Spot(stay.room.house, stay.room, stay) for stay in stays]
    houses = [Spot(stay.room.house, None, stay) for stay in stays]
    return {spot.key: spot for spot in (*rooms, *houses)}


def _managed(houses: Sequence[House]) -> dict[str, Spot]:
    if not houses:
        return {}
    by_id = {house.pk: house for house in houses}
    stays = {
        stay.room_id: stay
        for stay in Stay.objects.filter(room__house__in=by_id, status__in=HERE).select_related("customer")
    }
    rooms = Room.objects.filter(house__in=by_id).exclude(out_of_service=Room.OutOfService.RETIRED)
    ordered = sorted(rooms, key=lambda room: (by_id[room.house_id].unit.name, len(room.number), room.number))
    spots = [Spot(by_id[room.house_id], room, stays.get(room.pk)) for room in ordered]
    return {spot.key: spot for spot in (*spots, *(Spot(house) for house in houses))}


def open_of(person: Person) -> int:
    """How many reports of a person are still to be repaired."""
    return Ticket.objects.filter(reported_by=person, status__in=Ticket.OPEN).count()


def tickets_for(person: Person | None) -> QuerySet[Ticket]:
    """The reports of the houses that a person manages or owns, the newest first, with `spent`, what is booked."""
    ids = roles.unit_ids(person, "manager")
    mine = Ticket.objects.all() if ids is None else Ticket.objects.filter(unit__in=ids)
    named = mine.select_related("unit", "room", "customer", "handler").order_by("-pk")
    return named.annotate(spent=Sum("costs__expense__amount", filter=BOOKED))


def own_tickets(person: Person | None) -> QuerySet[Ticket]:
    """What a tenant reported, and what the house reported for him, the newest first."""
    mine = Ticket.objects.filter(customer__in=roles.acts_for(person) if person else ())
    return mine.select_related("unit", "room").order_by("-pk")


@dataclass(frozen=True)
class Counts:
    """How many reports wait to be taken, are in hand, and wait for the tenant."""

    untaken: int
    in_hand: int
    done: int

    @property
    def open(self) -> int:
        """What is still to be repaired."""
        return self.untaken + self.in_hand


def counts(tickets: QuerySet[Ticket]) -> Counts:
    """The counts over some reports, in one query."""
    found = dict(tickets.order_by().values("status").annotate(n=Count("pk")).values_list("status", "n"))
    in_hand = found.get(Ticket.Status.TAKEN, 0) + found.get(Ticket.Status.SCHEDULED, 0)
    untaken = sum(found.get(status, 0) for status in Ticket.UNTAKEN)
    return Counts(untaken, in_hand, found.get(Ticket.Status.DONE, 0))


def of_house(house: House) -> QuerySet[Ticket]:
    """The reports of a house."""
    return Ticket.objects.filter(unit=house.unit_id)


def spent_since(tickets: QuerySet[Ticket], day: date) -> int:
    """What was booked for some reports since a day, in rupiah."""
    costs = TicketCost.objects.filter(
        ticket__in=tickets.order_by().values("pk"), expense__status=Expense.Status.POSTED,
        expense__occurred_on__gte=day,
    )  # fmt: skip
    return costs.aggregate(all=Sum("expense__amount"))["all"] or 0


def costs_of(ticket: Ticket) -> list[TicketCost]:
    """The expenses of a repair, the first first."""
    return list(TicketCost.objects.filter(ticket=ticket).select_related("expense").order_by("pk"))


def open_in(unit: OuterRef) -> Subquery:
    """For annotating units: how many reports are still to be repaired."""
    return _count(unit, Ticket.OPEN)


def overdue_in(unit: OuterRef) -> Subquery:
    """For annotating units: how many reports nobody took in time."""
    return _count(unit, (Ticket.Status.OVERDUE,))


def _count(unit: OuterRef, states: tuple[Ticket.Status, ...]) -> Subquery:
    rows = Ticket.objects.filter(unit=unit, status__in=states).order_by().values("unit")
    return Subquery(rows.annotate(n=Count("pk")).values("n"))


def untaken() -> QuerySet[Ticket]:
    """Reports that nobody has taken yet, of every house."""
    return Ticket.objects.filter(status__in=Ticket.UNTAKEN).select_related("unit", "room").order_by("pk")


def planned_by(at: datetime) -> QuerySet[Ticket]:
    """Repairs whose day may be over (days of the easternmost zone), of every house."""
    planned = Ticket.objects.filter(
        status=Ticket.Status.SCHEDULED, planned_on__lte=(at + timedelta(days=1)).date()
    )
    return planned.select_related("unit", "room").order_by("planned_on", "pk")


def repairers(house_unit: int) -> list[str]:
    """Who has repaired something in a house before, the last first."""
    named = Ticket.objects.filter(unit=house_unit).exclude(repairer="").values("repairer")
    return [row["repairer"] for row in named.annotate(last=Max("pk")).order_by("-last")[:10]]
