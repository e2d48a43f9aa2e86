"""The time machine of a demonstration company: its clock can be moved forward, never back."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock, tasks
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Company, Unit

FARTHEST = timedelta(days=3660)
"""How far ahead of the machine's clock a demonstration may run: ten years."""

_STEP = re.compile(r"(?P<number>\d{1,6})\s*(?P<unit>[dhms])")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def parse_step(text: str) -> timedelta:
    """Read `7d`, `3h`, `10m`, `30s`, or several together (`1d12h`). Raises `Refused`."""
    typed = text.strip().lower()
    found = list(_STEP.finditer(typed))
    if not found or "".join(part.group() for part in found).replace(" ", "") != typed.replace(" ", ""):
        raise Refused(_("Tulis lama waktu dengan satuannya, misalnya 7d, 3h, 10m atau 30s."), field="step")
    return sum((timedelta(**{_UNITS[part["unit"]]: int(part["number"])}) for part in found), timedelta())


def live_through(step: timedelta, *, now: Callable[[], datetime]) -> int:
    """Move the clock forward by `step` and live through the time between; how often the work of time was done.

    `now` tells the time, which the moved clock changes.

    The clock stops at every midnight of the zones in which there are units, and in the end.
    At each stop every registered task is run once, so that deadlines, bills and reminders of
    each day come in their order, whether or not a worker runs beside it. Raises `Refused` as
    `advance` does, before anything has moved.
    """
    _ahead(Company.objects.first(), step)
    zones = sorted(set(Unit.objects.values_list("zone", flat=True)))
    left, stops = step, 0
    while left > timedelta():
        at = now()
        midnights = [clock.start_of(clock.day(at, zone) + timedelta(days=1), zone) for zone in zones]
        part = min([left, *(midnight - at for midnight in midnights)])
        advance(part)
        left -= part
        stops += 1
        for task in tasks.all_of(aside=False):
            task.run(now())
    return stops


def _ahead(company: Company | None, step: timedelta) -> timedelta:
    """How far the clock would run ahead after the step, or `Refused`."""
    if company is None or not company.is_demonstration:
        raise Refused(_("Hanya perusahaan peragaan yang punya mesin waktu."))
    if step <= timedelta():
        raise Refused(_("Waktu hanya dapat dimajukan."), field="step")
    if company.clock_offset + step > FARTHEST:
        raise Refused(_("Waktu peragaan paling jauh sepuluh tahun ke depan."), field="step")
    return company.clock_offset + step


@transaction.atomic
def advance(step: timedelta) -> timedelta:
    """Move the company's clock forward by `step`; returns how far it runs ahead now.

    The clock of this process follows at once, those of others with their next request or
    turn. Raises `Refused` outside demonstrations, for a step that is not forward, and
    beyond `FARTHEST`.
    """
    company = Company.objects.select_for_update().first()
    ahead = _ahead(company, step)
    assert company is not None
    company.clock_offset = ahead
    company.save(update_fields=["clock_offset"])
    clock.set_offset(company.clock_offset)
    return clock.offset()
