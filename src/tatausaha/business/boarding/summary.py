"""What the boarding houses say in the owner's summary: which rooms stand empty, and since when (boarding 16.2)."""

from datetime import date

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Room, RoomClaim
from tatausaha.business.boarding.queries.rooms import rooms_free
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.words import short_date
from tatausaha.core.reports.summary_parts import Asking, Line, Part, Told

BUSINESS = "boarding"
LIVED = (RoomClaim.Kind.OCCUPIED, RoomClaim.Kind.INSPECTION)
NAMED = 3
"""Rooms of a house that are named, the longest empty first."""


def empty_rooms(asking: Asking) -> Told | None:
    """House by house: how many of its rooms are free, and the ones that have stood empty the longest."""
    houses = [unit for unit in asking.units if unit.business == BUSINESS]
    let = dict(
        Room.objects.filter(house__unit__in=houses)
        .exclude(out_of_service=Room.OutOfService.RETIRED)
        .values_list("house__unit").annotate(n=Count("pk")).order_by()
    )  # fmt: skip
    if not let:
        return None
    free = Q(pk__in=[])
    for zone in sorted({unit.zone for unit in houses}):
        here = [unit for unit in houses if unit.zone == zone]
        on = clock.day(asking.at, zone)
        free |= Q(house__unit__in=here, pk__in=rooms_free(asking.at, on).values("pk"))
    rooms: dict[int, list[tuple[str, date | None]]] = {}
    zones = {unit.pk: unit.zone for unit in houses}
    rows = Room.objects.filter(free).annotate(
        left=Max("claims__released_at", filter=Q(claims__kind__in=LIVED))
    )  # fmt: skip
    for unit, number, left in rows.values_list("house__unit", "number", "left"):
        rooms.setdefault(unit, []).append((number, clock.day(left, zones[unit]) if left else None))
    lines = tuple(
        Line(
            unit.name, _said(len(rooms.get(unit.pk, ())), let[unit.pk]), _longest(rooms.get(unit.pk, [])),
            reverse("boarding:house", args=[unit.code]), "soon" if unit.pk in rooms else "done",
        )
        for unit in houses
        if unit.pk in let
    )  # fmt: skip
    total = sum(map(len, rooms.values()))
    return Told(_("Kamar kosong"), _said(total, sum(let.values())), "", lines)


def _said(free: int, let: int) -> str:
    return _("%(free)d dari %(let)d") % {"free": free, "let": let}


def _longest(rooms: list[tuple[str, date | None]]) -> str:
    """Those whose last tenant left first; of a new room nothing can be said but that it is new."""
    ordered = sorted(rooms, key=lambda room: (room[1] or date.max, room[0]))
    return ", ".join(
        _("%(room)s sejak %(day)s") % {"room": number, "day": short_date(left)}
        if left
        else _("%(room)s belum pernah dihuni") % {"room": number}
        for number, left in ordered[:NAMED]
    )


PART = Part("boarding.empty", empty_rooms, 40)
