"""What an owner sees of each boarding house on Hari ini: empty rooms, and who is late."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Room
from tatausaha.business.boarding.queries.rooms import rooms_free
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.queries import OPEN
from tatausaha.core.kernel import clock
from tatausaha.core.people.models import Unit
from tatausaha.core.web.unit_lines import Cell, Column

BUSINESS = "boarding"


def empty_rooms(units: Sequence[Unit], at: datetime) -> Mapping[int, Cell]:
    """Free rooms of all rooms that are let."""
    houses = [unit for unit in units if unit.business == BUSINESS]
    rooms = Room.objects.filter(house__unit__in=houses).exclude(out_of_service=Room.OutOfService.RETIRED)
    empty = Q(pk__in=[])
    for zone in sorted({unit.zone for unit in houses}):
        here = [unit for unit in houses if unit.zone == zone]
        empty |= Q(house__unit__in=here, pk__in=rooms_free(at, clock.day(at, zone)).values("pk"))
    counted = list(
        rooms.values_list("house__unit").annotate(n=Count("pk"), free=Count("pk", filter=empty)).order_by()
    )
    let = {unit: number for unit, number, _free in counted}
    free = {unit: number for unit, _let, number in counted}
    return {
        unit.pk: Cell(
            _said(free.get(unit.pk, 0), let[unit.pk]), reverse("boarding:house", args=[unit.code]),
            tone="soon" if free.get(unit.pk) else "done",
        )
        for unit in houses
        if unit.pk in let
    }  # fmt: skip


def _said(free: int, let: int) -> str:
    return str(_("%(free)d dari %(let)d")) % {"free": free, "let": let}


def late_payers(units: Sequence[Unit], at: datetime) -> Mapping[int, Cell]:
    """How many tenants have a bill that is past its due date."""
    houses = [unit for unit in units if unit.business == BUSINESS]
    late = Q(pk__in=[])
    for unit in houses:
        late |= Q(unit=unit, due_on__lt=clock.day(at, unit.zone))
    counts = dict(
        Invoice.objects.filter(OPEN, late).values_list("unit").annotate(n=Count("payer", distinct=True))
    )
    return {
        unit.pk: Cell(
            str(_("%(n)d orang")) % {"n": counts[unit.pk]}, f"{reverse('bills')}?keadaan=telat&unit={unit.code}",
            tone="late",
        )
        if unit.pk in counts
        else Cell(str(_("tidak ada")), tone="done")
        for unit in houses
    }  # fmt: skip


COLUMNS = (
    Column("boarding.empty", _("Kamar kosong"), empty_rooms, order=40),
    Column("boarding.late", _("Telat bayar"), late_payers, order=50),
)
