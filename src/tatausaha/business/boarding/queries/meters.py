"""Reads about meters: what is to be read, what was used, what is usual."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.db.models import Prefetch, QuerySet, Sum

from tatausaha.business.boarding.models import ExtraService, House, Meter, Reading, Room, Stay, TokenPurchase
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

HISTORY = timedelta(days=120)
"""How far back one looks for what is usual."""

SHORTEST = 7
"""Days of readings from which something usual can be told."""


def meters_of(house: House) -> QuerySet[Meter]:
    """The meters of a house, in use or not."""
    return Meter.objects.filter(room__house=house).select_related("room__house__unit", "service")


def running_in(room: Room) -> list[Meter]:
    """The meters of a room that are in use and are read."""
    found = Meter.objects.filter(room=room, until__isnull=True).exclude(kind=Meter.Kind.TOKEN)
    return list(found.select_related("room", "service").order_by("kind", "pk"))


def rooms_read(rooms: Iterable[int]) -> set[int]:
    """Those of the rooms, by id, in which a meter is in use and is read, billed or not."""
    found = Meter.objects.filter(room__in=rooms, until__isnull=True)
    return set(found.exclude(kind=Meter.Kind.TOKEN).values_list("room", flat=True))


def rooms_with_meters(rooms: Iterable[int]) -> set[int]:
    """Those of the rooms, by id, in which a meter is read and billed."""
    found = Meter.objects.filter(room__in=rooms, until__isnull=True, service__isnull=False)
    return set(found.exclude(kind=Meter.Kind.TOKEN).values_list("room", flat=True))


def rooms_metered_for(service: ExtraService) -> set[int]:
    """Ids of the rooms in which a meter is read for the service: what is used of it there is billed by readings."""
    found = Meter.objects.filter(service=service, until__isnull=True).exclude(kind=Meter.Kind.TOKEN)
    return set(found.values_list("room", flat=True))


def in_force(meter: Meter) -> QuerySet[Reading]:
    """What was read on a meter, the oldest first; what was taken back and what is estimated is left out."""
    read = Reading.objects.filter(meter=meter, taken_back_at__isnull=True).exclude(why=Reading.Why.ESTIMATE)
    return read.order_by("on", "pk")


def readings_of(meter: Meter) -> QuerySet[Reading]:
    """Everything that was noted of a meter, the newest first."""
    return (
        Reading.objects.filter(meter=meter)
        .select_related("by", "use", "stay__customer")
        .order_by("-on", "-pk")
    )


def purchases_of(meter: Meter) -> QuerySet[TokenPurchase]:
    """Token that was bought, the newest first."""
    return TokenPurchase.objects.filter(meter=meter).select_related("by", "use").order_by("-on", "-pk")


def reading_for(person: Person | None, pk: int) -> QuerySet[Reading]:
    """A reading in a house that the person manages or owns, or nothing."""
    ids = roles.unit_ids(person, "manager")
    found = Reading.objects.filter(pk=pk).exclude(photo="")
    return found if ids is None else found.filter(meter__room__house__unit__in=ids)


def used_between(readings: Sequence[Reading]) -> Decimal:
    """What a meter counted from the first of these readings to the last, also across a replaced meter."""
    used = Decimal(0)
    for before, after in pairwise(readings):
        used += (after.value if after.old_value is None else after.old_value) - before.value
    return used


def rate(readings: Iterable[Reading], *, until: date) -> Decimal | None:
    """What is usual: used a day by the readings of the last months; nothing where there are too few."""
    lately = [one for one in readings if until - HISTORY <= one.on <= until]
    if len(lately) < 2 or (days := (lately[-1].on - lately[0].on).days) < SHORTEST:
        return None
    return used_between(lately) / days


def of_stay(readings: Sequence[Reading], stay: Stay) -> list[Reading]:
    """The readings that tell what a stay used: from the one it began with in this room."""
    opened = [
        place
        for place, one in enumerate(readings)
        if one.why == Reading.Why.OPENING and one.stay_id == stay.pk
    ]
    if opened:
        return list(readings[opened[0] :])
    before = [place for place, one in enumerate(readings) if one.on <= stay.anchor_on]
    return list(readings[before[-1] if before else 0 :])


def charged(meter: Meter, stay: Stay) -> Decimal:
    """What a stay was charged for so far, less what was credited."""
    noted = Reading.objects.filter(meter=meter, stay=stay)
    sums = noted.aggregate(used=Sum("use__quantity"), back=Sum("credited"))
    return (sums["used"] or Decimal(0)) - (sums["back"] or Decimal(0))


@dataclass(frozen=True)
class Row:
    """A line of the reading list: a meter, who lives there, and what was read last."""

    meter: Meter
    stay: Stay | None
    readings: list[Reading] = field(default_factory=list)

    @property
    def last(self) -> Reading | None:
        """What was read last."""
        return self.readings[-1] if self.readings else None


def reading_list(house: House) -> list[Row]:
    """Every meter of a house that is read, by room; three queries."""
    read = (
        Reading.objects.filter(taken_back_at__isnull=True)
        .exclude(why=Reading.Why.ESTIMATE)
        .order_by("on", "pk")
    )
    running = meters_of(house).filter(until__isnull=True).exclude(kind=Meter.Kind.TOKEN)
    living = Stay.objects.filter(unit_id=house.unit_id, status__in=("living", "noticed")).select_related(
        "customer"
    )
    stays = {stay.room_id: stay for stay in living}
    rows = [
        Row(meter, stays.get(meter.room_id), list(meter.shown))
        for meter in running.prefetch_related(Prefetch("readings", queryset=read, to_attr="shown"))
    ]
    return sorted(rows, key=lambda row: (len(row.meter.room.number), row.meter.room.number, row.meter.kind))


def token_meters(house: House) -> list[Meter]:
    """The token meters of a house that are in use, by room."""
    found = meters_of(house).filter(until__isnull=True, kind=Meter.Kind.TOKEN)
    return sorted(found, key=lambda meter: (len(meter.room.number), meter.room.number))
