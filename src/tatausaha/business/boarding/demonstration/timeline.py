"""Time passes in the demonstration: what was planned happens in the order of its moments."""

import heapq
import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.db import transaction

from tatausaha.business.boarding import announcements
from tatausaha.business.boarding.services import bills
from tatausaha.core.billing import services as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.procedures import services as procedures

log = logging.getLogger(__name__)

Act = Callable[[datetime], None]


class Timeline:
    """A queue of acts. Each is given its own moment; what lies after `ends` never happens.

    What somebody is refused is noted in `refused` and stops nobody else, as in life.
    """

    def __init__(self, ends: datetime) -> None:
        self.ends = ends
        self.refused: list[str] = []
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def plan(self, moment: datetime, act: Act) -> None:
        """Let something happen at a moment."""
        if moment <= self.ends:
            heapq.heappush(self._waiting, (moment, next(self._order), act))

    def run(self) -> int:
        """Live through everything that was planned and what follows from it; how many acts there were."""
        done = 0
        while self._waiting:
            moment, _order, act = heapq.heappop(self._waiting)
            try:
                with transaction.atomic():
                    act(moment)
            except Refused as no:
                name = getattr(act, "__qualname__", repr(act))
                self.refused.append(f"{moment:%Y-%m-%d %H:%M} {name}: {no}")
                log.warning("refused in the demonstration: %s", self.refused[-1])
            done += 1
        return done


def moment(on: date, clock_time: str, zone: str) -> datetime:
    """A day and a time such as `09.30` on the wall clock of a zone."""
    hour, minute = clock_time.split(".")
    return datetime.combine(on, time(int(hour), int(minute)), tzinfo=ZoneInfo(zone))


NIGHT = "01.05"
"""When the day's own work is done: every zone of the demonstration has the new day by then."""


def let_days_pass(timeline: Timeline, first: date, last: date, zone: str) -> None:
    """Plan the work that time itself does at night: deadlines, bills, income that is due, reminders.

    Long ago every second or third night is enough, as each catches up with what was missed;
    the nights around the turn of a month are never left out.
    """
    for days in range((last - first).days + 1):
        on = first + timedelta(days=days)
        night = moment(on, NIGHT, zone)
        lately = night > timeline.ends - timedelta(days=45)
        if lately or days % 2 == 0 or (on + timedelta(days=1)).day <= 2:
            timeline.plan(night, _work_of_the_night)
        if lately or days % 3 == 0:
            timeline.plan(night, _deadlines)


def _deadlines(at: datetime) -> None:
    procedures.sweep(at=at)


def _work_of_the_night(at: datetime) -> None:
    bills.issue_due_bills(at=at)
    billing.recognise_due(at)
    announcements.remind_everybody(at)
