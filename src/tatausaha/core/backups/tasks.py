"""What runs by itself, in a thread beside the worker: the nightly backup, the look every few seconds, the drill."""

import logging
from datetime import datetime, timedelta

from django.conf import settings

from tatausaha.core.backups import drills, exporting, places, queries, services, telling
from tatausaha.core.backups.models import BackupRun
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Company
from tatausaha.core.people.queries import company

QUIET = timedelta(seconds=40)
"""After a start nothing is backed up for so long: whoever started the system wants to see it first."""
AGAIN = timedelta(hours=1)
"""After a failure."""

log = logging.getLogger(__name__)
_started: list[datetime] = []


def _quiet(at: datetime) -> bool:
    if not _started or at < _started[0]:
        _started[:] = [at]
    return at - _started[0] < QUIET


def nightly(at: datetime) -> list[BackupRun]:
    """Back up once a day from the set hour on, at once where there is none yet, an hour after a failure."""
    house = company()
    if house is None or not places.addresses() or _quiet(at) or not is_due(house, at):
        return []
    runs = services.back_up(now=clock.now, patience=0)
    telling.tell_of(runs, at)
    return runs


def is_due(house: Company, at: datetime) -> bool:
    """Whether any place needs a backup now."""
    local = clock.local(at, house.zone)
    tonight = clock.start_of(local.date(), house.zone) + timedelta(hours=settings.BACKUP_HOUR)
    turn = tonight if at >= tonight else tonight - timedelta(days=1)
    for one in queries.at_places():
        if one.last is None or (not one.last.ok and at - one.last.finished_at >= AGAIN):
            return True
        if one.last.ok and one.last.finished_at < turn:
            return True
    return False


def catch(at: datetime) -> None:  # noqa: ARG001
    """Every second is a moment that one can go back to."""
    services.catch()


def look(at: datetime) -> bool:
    """Bring the last seconds to every place; the owner hears of it when that stands still."""
    if company() is None or not places.addresses() or _quiet(at):
        return False
    try:
        return services.follow(now=clock.now)
    except Refused as no:
        log.warning("following the database failed: %s", no)
    if trouble := queries.standstill(at):
        telling.tell_behind(trouble, at)
    return False


def weekly(at: datetime) -> list[BackupRun]:
    """Drill when the last one is a week old, failed yesterday, or never was; only after a good backup."""
    if company() is None or not places.addresses() or _quiet(at):
        return []
    for one in queries.at_places():
        if one.good is None:
            return []
        last = one.drill
        if last is None or at - last.finished_at >= (queries.DRILL_EVERY if last.ok else timedelta(days=1)):
            runs = drills.drill(now=clock.now)
            telling.tell_of(runs, at)
            return runs
    return []


def asked(at: datetime) -> list[BackupRun]:
    """What the owner asked for by the page."""
    runs: list[BackupRun] = []
    if queries.waiting(BackupRun.Kind.BACKUP):
        runs += services.back_up(now=clock.now)
    if queries.waiting(BackupRun.Kind.DRILL):
        runs += drills.drill(now=clock.now)
    if queries.waiting(BackupRun.Kind.EXPORT):
        runs.append(exporting.make(now=clock.now))
    telling.tell_of(runs, at)
    return runs
