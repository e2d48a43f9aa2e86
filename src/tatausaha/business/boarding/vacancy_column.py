"""What a house's empty rooms have cost so far, on Hari ini (rules/boarding 16.9)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.queries.vacancy import vacancies
from tatausaha.core.kernel.money import short_rupiah
from tatausaha.core.people.models import Unit
from tatausaha.core.web.unit_lines import Cell, Column


def lost(units: Sequence[Unit], at: datetime) -> Mapping[int, Cell]:
    """A thirtieth of the rent a day for every room that nobody has taken; it leads to the floor plan."""
    houses = [unit for unit in units if unit.business == "boarding"]
    sums: dict[int, int] = {}
    for one in vacancies(houses, at):
        sums[one.unit_id] = sums.get(one.unit_id, 0) + one.lost
    return {
        unit.pk: Cell(
            short_rupiah(sums[unit.pk]), reverse("boarding:floor_plan", args=[unit.code]),
            tone="late" if sums[unit.pk] else "done",
        )
        for unit in houses
        if unit.pk in sums
    }  # fmt: skip


COLUMN = Column("boarding.lost", _("Rugi kamar kosong"), lost, order=42)
