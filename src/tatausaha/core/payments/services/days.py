"""On which day money may be said to have come or gone (rules/boarding 10)."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of

A_YEAR = timedelta(days=366)


def check_day(on: date, unit: Unit, *, by: Actor, at: datetime, oldest_days: int) -> date:
    """The day itself. Raises `Refused` for one that is still to come, one of before the
    unit, or one so old that only the owner may name it.
    """
    today = clock.day(at, unit.zone)
    if on > today:
        raise Refused(_("Tanggal itu belum tiba."), field="occurred_on")
    if on < min(unit.opened_on, today - A_YEAR):
        raise Refused(
            _("Tanggal itu sebelum %(unit)s mulai. Periksa tahunnya.") % {"unit": unit}, field="occurred_on"
        )
    owner = isinstance(by, Person) and roles.is_owner(by)
    if on < today - timedelta(days=oldest_days) and not owner:
        raise Refused(
            _("Tanggal itu lebih dari %(days)d hari yang lalu; hanya pemilik yang dapat mencatatnya.")
            % {"days": oldest_days},
            field="occurred_on",
        )
    return on


def check_new_day(on: date, kind: type[Tracked], unit: Unit, *, by: Actor, at: datetime) -> date:
    """Like `check_day`, for a case that is about to begin: by the numbers that it would run by."""
    rules = policies.values_in_force(procedure_of(kind()), unit, at=at)
    return check_day(on, unit, by=by, at=at, oldest_days=rules.backdate_days)


def crosses_months(on: date, unit: Unit, at: datetime) -> bool:
    """Whether it happened in an earlier month than it is written down in (lintas bulan)."""
    today = clock.day(at, unit.zone)
    return (on.year, on.month) != (today.year, today.month)
