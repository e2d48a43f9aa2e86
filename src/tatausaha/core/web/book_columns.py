"""Columns of Hari ini from the books, which lie below the page kit and cannot register them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.money import short_rupiah
from tatausaha.core.payments import drawers
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, overview
from tatausaha.core.web import cash_chores
from tatausaha.core.web.unit_lines import Cell, Column

Moved = Mapping[int, tuple[int, int]]
"""What came and what went this month, by unit."""


def _moved(side: int) -> Callable[[Sequence[Unit], datetime, Moved], Mapping[int, Cell]]:
    def cells(units: Sequence[Unit], at: datetime, moved: Moved) -> Mapping[int, Cell]:
        return {
            unit.pk: Cell(
                short_rupiah(moved.get(unit.pk, (0, 0))[side]),
                reverse("report_month", args=[unit.code, calendar.slug(calendar.running(unit, at))]) + "#kas",
            )
            for unit in units
        }

    return cells


def in_hand(units: Sequence[Unit], _at: datetime, held: Sequence[drawers.Drawer]) -> Mapping[int, Cell]:
    """Cash in the drawers of each unit; marked where some of it lies longer than the SOP allows."""
    url = reverse("drawers")
    return {
        unit.pk: Cell(
            short_rupiah(sum(one.balance for one in held if one.unit.pk == unit.pk)), f"{url}?unit={unit.code}",
            tone="late" if any(one.is_old for one in held if one.unit.pk == unit.pk) else "",
        )
        for unit in units
    }  # fmt: skip


COLUMNS = (
    Column("books.in", _("Uang masuk bulan ini"), _moved(0), order=10, look=overview.moved_this_month),
    Column("books.out", _("Uang keluar bulan ini"), _moved(1), order=20, look=overview.moved_this_month),
    Column("books.cash", _("Kas di tangan"), in_hand, order=30, look=cash_chores.look),
)
