"""What an owner sees of each boarding house on Hari ini: empty rooms, and who is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tatausaha.business.boarding.models import Room
from tatausaha.business.boarding.queries import discounts, tickets
from tatausaha.business.boarding.queries.rooms import rooms_free
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.queries import OPEN
from tatausaha.core.kernel import clock, money
from tatausaha.core.people.models import Unit
from tatausaha.core.web.unit_lines import Cell, Column

BUSINESS = "boarding"


@dataclass(frozen=True)
class Figures:
    """A house in figures: rooms that are let, free ones, rupiah given away, discounts that wait, late payers,
    reports of something broken that are open, and those that nobody took in time.
    """  # fmt: skip

    let: int
    free: int
    given: int
    asked: int
    late: int
    broken: int
    untaken: int


def look(units: Sequence[Unit], at: datetime) -> Mapping[int, Figures]:
    """The figures of the houses among the units, by unit id; one query."""
    houses = [unit for unit in units if unit.business == BUSINESS]
    rooms, let = Room.objects.filter(house__unit__in=houses), ~Q(out_of_service=Room.OutOfService.RETIRED)
    empty = Q(pk__in=[])
    for zone in sorted({unit.zone for unit in houses}):
        here = [unit for unit in houses if unit.zone == zone]
        empty |= Q(house__unit__in=here, pk__in=rooms_free(at, clock.day(at, zone)).values("pk"))
    counted = (
        rooms.values("house__unit")
        .annotate(n=Count("pk", filter=let), free=Count("pk", filter=empty))
        .order_by()
    )
    counted = counted.annotate(
        given=discounts.given_in(OuterRef("house__unit")), asked=discounts.asked_in(OuterRef("house__unit")),
        late=_late_in(houses, at), broken=tickets.open_in(OuterRef("house__unit")),
        untaken=tickets.overdue_in(OuterRef("house__unit")),
    )  # fmt: skip
    rows = counted.values_list("house__unit", "n", "free", "given", "asked", "late", "broken", "untaken")
    return {unit: Figures(*(figure or 0 for figure in figures)) for unit, *figures in rows}


def _late_in(houses: Sequence[Unit], at: datetime) -> Subquery:
    """How many people have a bill of the house that is past its due date."""
    late = Q(pk__in=[])
    for unit in houses:
        late |= Q(unit=unit, due_on__lt=clock.day(at, unit.zone))
    bills = Invoice.objects.filter(OPEN, late, unit=OuterRef("house__unit")).order_by().values("unit")
    return Subquery(bills.annotate(n=Count("payer", distinct=True)).values("n"))


def empty_rooms(units: Sequence[Unit], _at: datetime, seen: Mapping[int, Figures]) -> Mapping[int, Cell]:
    """Free rooms of all rooms that are let."""
    return {
        unit.pk: Cell(
            _said(seen[unit.pk].free, seen[unit.pk].let), reverse("boarding:house", args=[unit.code]),
            tone="soon" if seen[unit.pk].free else "done",
        )
        for unit in units
        if unit.pk in seen and seen[unit.pk].let
    }  # fmt: skip


def _said(free: int, let: int) -> str:
    return str(_("%(free)d dari %(let)d")) % {"free": free, "let": let}


def late_payers(units: Sequence[Unit], _at: datetime, seen: Mapping[int, Figures]) -> Mapping[int, Cell]:
    """How many tenants have a bill that is past its due date."""
    return {
        unit.pk: Cell(
            ngettext("%(n)d orang", "%(n)d orang", one.late) % {"n": one.late},
            f"{reverse('bills')}?keadaan=telat&unit={unit.code}", tone="late",
        )
        if one.late
        else Cell(str(_("tidak ada")), tone="done")
        for unit in units
        if (one := seen.get(unit.pk))
    }  # fmt: skip


def given_away(units: Sequence[Unit], _at: datetime, seen: Mapping[int, Figures]) -> Mapping[int, Cell]:
    """What discounts have cost so far, or how many wait for the owner (KOS-19)."""
    page = reverse("boarding:discounts")
    return {
        unit.pk: Cell(
            str(_("%(n)d menunggu")) % {"n": one.asked} if one.asked else money.short_rupiah(one.given),
            f"{page}?rumah={unit.code}", tone="soon" if one.asked else "",
        )
        for unit in units
        if (one := seen.get(unit.pk)) and (one.asked or one.given)
    }  # fmt: skip


def broken(units: Sequence[Unit], _at: datetime, seen: Mapping[int, Figures]) -> Mapping[int, Cell]:
    """How much is broken and not yet repaired, and how much of it nobody took in time (KOS-13)."""
    page = reverse("boarding:tickets")
    return {
        unit.pk: Cell(
            str(_("%(n)d terlambat") if one.untaken else _("%(n)d berjalan")) % {"n": one.untaken or one.broken},
            f"{page}?rumah={unit.code}", tone="late" if one.untaken else "",
        )
        for unit in units
        if (one := seen.get(unit.pk)) and one.broken
    }  # fmt: skip


COLUMNS = (
    Column("boarding.empty", _("Kamar kosong"), empty_rooms, order=40, look=look),
    Column("boarding.late", _("Telat bayar"), late_payers, order=50, look=look),
    Column("boarding.tickets", _("Perbaikan"), broken, order=65, look=look),
    Column("boarding.discounts", _("Potongan harga"), given_away, order=60, look=look),
)
