"""The other cycle for who lives here already: offered by the owner, with the tenant's consent (rules/boarding 6)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from tatausaha.business.boarding import announcements_dates as announcements
from tatausaha.business.boarding.models import Cycle, Stay
from tatausaha.business.boarding.queries import cycles
from tatausaha.core.kernel.errors import Moot

SHOWN = 3
"""Due dates of the other cycle that are shown before somebody agrees to it."""


def check_offerable(stay: Stay) -> None:
    """Raises `Moot` unless the house has another cycle by now than this tenant, who was not asked before."""
    if stay.switch_offered or stay.switch_period is not None or stay.room.house.cycle == stay.cycle:
        raise Moot(_("Siklus tagihan hunian ini sama dengan siklus rumahnya, atau sudah ditawarkan."))


def first_period(stay: Stay) -> int:
    """The first period that the other cycle can begin with: the next one without a bill, and never the very first."""
    return max(stay.next_period, 1)


def dates(stay: Stay) -> tuple[Cycle, list[date]]:
    """The other cycle, and the first due dates that it would have."""
    other, begins = Cycle(stay.cycle).other, cycles.start_of(stay, first_period(stay))
    return other, [cycles.start(begins, n, other) for n in range(SHOWN)]


def offer(stay: Stay, *, at: datetime) -> None:
    """Ask the tenant; nothing changes by asking."""
    stay.switch_offered = True
    stay.save(update_fields=["switch_offered"])
    other, days = dates(stay)
    announcements.cycle_offered(stay, to=other, begins=days[0], at=at)


def drop(stay: Stay) -> None:
    """The offer is off: the cycle stays as it is."""
    stay.switch_offered = False
    stay.save(update_fields=["switch_offered"])


def agree(stay: Stay, *, at: datetime) -> None:
    """From the first period without a bill on the other cycle holds; what is billed or paid ahead stays as it is.

    The day on which the next bill is issued is the same in both.
    """
    other, days = dates(stay)
    stay.switch_period, stay.switch_offered = first_period(stay), False
    stay.save(update_fields=["switch_period", "switch_offered"])
    announcements.cycle_switched(stay, to=other, begins=days[0], at=at)
