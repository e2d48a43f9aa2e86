"""What a move to another room comes to, before it is made (rules/boarding 11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from tatausaha.business.boarding.models import (
    ExtraService,
    Purpose,
    Room,
    RoomMove,
    RoomPrice,
    Stay,
    Subscription,
)
from tatausaha.business.boarding.queries import cycles, discounts
from tatausaha.business.boarding.queries.prices import current_amount, priced_services
from tatausaha.business.boarding.queries.rooms import claims_against
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice, InvoiceLine
from tatausaha.core.kernel import clock, money
from tatausaha.core.ledger import chart
from tatausaha.core.people.models import Unit
from tatausaha.core.procedures import policies, registry

if TYPE_CHECKING:
    from tatausaha.business.boarding.policy import BookingPolicy

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """A service by the day: what it is, its price for a period, and what its days come to, in rupiah."""

    service: ExtraService
    name: str
    price: int
    amount: int


@dataclass(frozen=True)
class Terms:
    """The figures of a move, in rupiah. The day of moving counts as the new room's.

    `days` are left of the running period, by whose `days_in_all` prices are divided.
    """

    moved_on: date
    days: int
    days_in_all: int
    rent_before: int
    rent_after: int
    published: int
    on_paper: bool
    services_on_paper: int
    stopped: tuple[Part, ...]
    started: tuple[Part, ...]
    deposit_asked: bool
    deposit_held: int
    deposit_target: int

    def share(self, price: int) -> int:
        """What the days that are left cost of a price for a period."""
        return money.share(price, self.days, self.days_in_all)

    @property
    def difference(self) -> int:
        """The rent for the days that are left, new less old: rounded once (rules/boarding 11)."""
        return self.share(self.rent_after - self.rent_before)

    @property
    def charged(self) -> int:
        """What is billed at once."""
        return max(self.difference, 0) + sum(part.amount for part in self.started)

    @property
    def paid_on_paper(self) -> int:
        """What becomes balance though no bill is here to be credited: the period was paid before these books."""
        return max(-self.difference, 0) + self.services_on_paper if self.on_paper else 0

    @property
    def deposit_short(self) -> int:
        """What the next bill asks on top of the deposit."""
        return max(self.deposit_target - self.deposit_held, 0) if self.deposit_asked else 0


def rooms_to_move_to(stay: Stay, *, at: datetime, on: date) -> QuerySet[Room]:
    """Free rooms of the house for as long as the tenant stays, each with `amount`, the rent of the day."""
    taken = claims_against(at, on, stay.leave_on if stay.leave_on and stay.leave_on > on else None)
    rents = RoomPrice.objects.filter(room_type=OuterRef("room_type"), valid_from__lte=on).order_by(
        "-valid_from"
    )
    rooms = Room.objects.filter(
        ~Exists(taken.filter(room=OuterRef("pk"))), house=stay.room.house, out_of_service=""
    )
    return (
        rooms.exclude(pk=stay.room_id)
        .annotate(amount=Subquery(rents.values("amount")[:1]))
        .filter(amount__isnull=False)
        .select_related("room_type", "house__unit")
        .order_by("number")
    )


def neighbours(stay: Stay) -> QuerySet[Stay]:
    """Other tenants of the house, with whom rooms can be swapped."""
    living = Stay.objects.filter(unit_id=stay.unit_id, status__in=("living", "noticed"))
    return living.exclude(pk=stay.pk).select_related("room__room_type", "customer").order_by("room__number")


def running_bills(stay: Stay, *, on: date) -> list[Invoice]:
    """The rent bills whose days reach beyond a day within the period that it lies in, the last first."""
    _start, end = running_period(stay, on)
    rents = billing.invoices_of(stay).filter(purpose=Purpose.RENT, period_end__gte=on, period_start__lte=end)
    return list(rents.order_by("-period_start"))


def running_period(stay: Stay, on: date) -> tuple[date, date]:
    """First and last day of the period that a day lies in."""
    return cycles.period_with(stay, on)


def rent_in_force(stay: Stay, bills: Iterable[Invoice], *, on: date) -> int:
    """The rent of the period that a day lies in: since a move within it as agreed then, else as it was billed.

    The rent of the stay may be that of the next period already, once its bill is out. `bills` are the
    running ones.
    """
    start, end = running_period(stay, on)
    moves = [one for one in moves_of(stay) if one.moved_on >= start]
    if moves:
        return moves[-1].rent_after
    whole = [bill for bill in bills if (bill.period_start, bill.period_end) == (start, end)]
    lines = [line.amount for bill in whole for line in billing.lines_of(bill) if line.kind == "rent"]
    return sum(lines) or discounts.rent_of_stay(stay, cycles.number_in(stay, on)).amount


def terms(
    stay: Stay, *, published: int, rent: int, on: date, services: Iterable[ExtraService], at: datetime
) -> Terms:
    """What it comes to if the tenant moves on that day to a room at that rent, with these services of the room.

    The rent before is what the running period costs, less a discount; that ends with the move.
    """
    bills = running_bills(stay, on=on)
    last = max((bill.period_end for bill in bills if bill.period_end), default=on - A_DAY)
    paper = None if bills else stay.billed_on_paper_to
    if paper is not None:
        last = max(last, min(paper, running_period(stay, on)[1]))
    days = max(0, (last - on).days + 1)
    stops = _with_service(stay.subscriptions.filter(until_on=None, from_on__lte=on, service__of_room=True))
    whole = cycles.days_with(stay, on)
    stopped = [(one, _part(one.service, one.name, one.amount, days, whole)) for one in stops]
    begun = {one.pk: one.amount for one in priced_services(stay.room.house, on)}
    procedure = registry.by_code("boarding.booking")
    assert procedure is not None
    numbers: BookingPolicy = (
        stay.booking.policy if stay.booking else policies.values_in_force(procedure, stay.unit, at=at)
    )
    return Terms(
        moved_on=on,
        days=days,
        days_in_all=whole,
        rent_before=rent_in_force(stay, bills, on=on),
        rent_after=rent,
        published=published,
        on_paper=paper is not None,
        services_on_paper=sum(part.amount for one, part in stopped if one.from_on == stay.anchor_on),
        stopped=tuple(part for _one, part in stopped),
        started=tuple(_part(one, one.name, begun[one.pk], days, whole) for one in services),
        deposit_asked=not stay.deposit_never_collected,
        deposit_held=billing.held(stay, "deposit") + _asked_deposit(stay),
        deposit_target=money.percent(published, numbers.deposit_percent),
    )


def _with_service(rows: QuerySet[Subscription]) -> QuerySet[Subscription]:
    return rows.select_related("service").order_by("pk")


def _part(service: ExtraService, name: str, price: int, days: int, whole: int) -> Part:
    return Part(service, name, price, money.share(price, days, whole))


def _asked_deposit(stay: Stay) -> int:
    """What was asked on top of the deposit and is not paid yet."""
    waiting = billing.invoices_of(stay).filter(billing.OPEN)
    lines = InvoiceLine.objects.filter(invoice__in=waiting, account=chart.DEPOSITS)
    return stay.deposit_due + sum(line.remaining for line in lines)


def credits_of(stay: Stay, figures: Terms) -> list[tuple[InvoiceLine, int]]:
    """Which lines of the running period's bills become smaller by how much: rent, and what stops with the room.

    What began with a move within the period stands on the bill of that move.
    """
    on = figures.moved_on
    lines = [line for bill in running_bills(stay, on=on) for line in billing.lines_of(bill)]
    found = _off((line for line in lines if line.kind == "rent"), max(-figures.difference, 0))
    if figures.stopped:
        moved = billing.invoices_of(stay).filter(purpose=Purpose.MOVE, period_end__gte=on)
        lines += [line for bill in moved for line in billing.lines_of(bill)]
    for part in figures.stopped:
        mine = (line for line in lines if line.kind == "service" and _says(line, part.name))
        found += _off(mine, part.amount)
    return found


def _says(line: InvoiceLine, name: str) -> bool:
    return line.description == name or line.description.startswith((f"{name} ", f"{name}, "))


def _off(lines: Iterable[InvoiceLine], amount: int) -> list[tuple[InvoiceLine, int]]:
    found = []
    for line in lines:
        if part := min(amount, line.amount - line.credited):
            found.append((line, part))
            amount -= part
    return found


def awaiting_inspection(room: Room) -> RoomMove | None:
    """The move out of a room that is not looked at yet, if there is one."""
    waiting = RoomMove.objects.filter(from_room=room, status=RoomMove.Status.INSPECTION, swapped_with=None)
    return waiting.first()


def published_rent(room: Room, on: date) -> int | None:
    """The published rent of a room on a day."""
    return current_amount(room.room_type, on)


def moves_of(stay: Stay) -> list[RoomMove]:
    """The moves of a stay, oldest first; no query while the tenant has the claim with which he came."""
    if stay.booking and stay.booking.claim_id == stay.claim_id:
        return []
    rows = RoomMove.objects.filter(stay=stay).select_related("from_room", "to_room", "unit")
    return list(rows.order_by("moved_on", "pk"))


@dataclass(frozen=True)
class Lived:
    """A stay in one of its rooms: from which day, and until which it moved to another room of the house."""

    room: Room
    stay: Stay
    since: date
    until: date | None


def who_lived_where(unit: Unit) -> list[Lived]:
    """Every stay of a house in every room that it had, the last to come first; the day of a move is the new room's.

    A room that was left on the day of coming was never lived in.
    """
    moves: dict[int, list[RoomMove]] = {}
    for move in RoomMove.objects.filter(unit=unit).select_related("from_room").order_by("moved_on", "pk"):
        moves.setdefault(move.stay_id, []).append(move)
    found = []
    for stay in Stay.objects.filter(unit=unit).select_related("room", "customer", "unit", "revision"):
        since = stay.anchor_on
        for move in moves.get(stay.pk, ()):
            if since < move.moved_on:
                found.append(Lived(move.from_room, stay, since, move.moved_on))
            since = move.moved_on
        found.append(Lived(stay.room, stay, since, None))
    return sorted(found, key=lambda one: one.since, reverse=True)


def today_of(stay: Stay, at: datetime) -> date:
    """The day in the zone of the house."""
    return clock.day(at, stay.unit.zone)
