"""The months of the books: which one runs, who may write which, and how it moves by itself (KOS-17, KOS-18)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import audit, chain, months, store, windows
from tatausaha.core.ledger.models import Period, Window
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Person, Unit


def today(unit: Unit, at: datetime) -> date:
    """The calendar day in the unit's zone."""
    return clock.day(at, unit.zone)


def level_of(by: Actor, units: Iterable[Unit]) -> int:
    """The level in the books of all these units (rule 4).

    Machines and persons without a role in a unit (a tenant who cancels) act at level 1: what
    they set off is allowed or not by the step that they took; the ledger only holds the months.
    """
    if not isinstance(by, Person):
        return roles.STAFF
    return min(max(roles.level(by, unit), roles.STAFF) for unit in units)


def expected_level(ym: int, running: int) -> int:
    """The level that a month asks for while `running` is the month that runs."""
    if ym == running:
        return Period.RUNNING
    return Period.PAST if ym < running else Period.FUTURE


def add_months(unit: Unit, yms: Iterable[int], *, at: datetime) -> dict[int, int]:
    """Lay rows for months that have none; returns the level by the month's id."""
    running, wanted = months.of(today(unit, at)), sorted(set(yms))
    rows, still_open = [], windows.still_open(unit, wanted, running)
    for ym in wanted:
        starts_at, ends_at = months.instants(ym, unit.zone)
        rows.append(
            Period(
                id=months.period_id(unit.pk, ym),
                unit=unit,
                ym=ym,
                starts_at=starts_at,
                ends_at=ends_at,
                min_level=Period.YEAR if ym in still_open else expected_level(ym, running),
            )
        )
    Period.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.pk: row.min_level for row in rows}


def roll(unit: Unit, *, at: datetime) -> int:
    """Open the month that runs now and lock all before it; returns the id of the running month.

    Called by the first posting of a new month; nothing has to be run at midnight.
    """
    running = months.of(today(unit, at))
    add_months(unit, [running], at=at)
    Period.objects.filter(unit=unit, ym=running, min_level=Period.FUTURE).update(min_level=Period.RUNNING)
    locked = Period.objects.filter(unit=unit, ym__lt=running, min_level__lt=Period.PAST)
    before = list(locked.values_list("ym", flat=True))
    still_open = windows.still_open(unit, before, running)
    locked.exclude(ym__in=still_open).update(min_level=Period.PAST)
    locked.filter(ym__in=still_open).update(min_level=Period.YEAR)
    audit.record(
        "period.rolled",
        f"{unit.code} {running}",
        by=None,
        at=at,
        unit=unit,
        before={"open": before},
        after={"open": [running]},
    )
    return months.period_id(unit.pk, running)


def pass_on(unit: Unit, ym: int, *, at: datetime) -> None:
    """Make sure that a month that is over is locked, also where nothing was posted after it (KOS-17).

    For whoever holds the lock of the unit's books. A posting that was asked for in the last
    second of the month and comes later finds it locked.
    """
    running = months.of(today(unit, at))
    now = Period.objects.filter(pk=months.period_id(unit.pk, running)).first()
    if now is None or now.min_level == Period.FUTURE:
        roll(unit, at=at)
    add_months(unit, [ym], at=at)
    Period.objects.filter(pk=months.period_id(unit.pk, ym), min_level__lt=Period.PAST).update(
        min_level=Period.PAST
    )


def lock_month(unit: Unit, ym: int, *, by: Person, at: datetime, reason: str) -> None:
    """Raise a month to the owner's level before it ends; the owner may do so, with a reason."""
    _move(unit, ym, Period.PAST, by=by, at=at, reason=reason, what="period.locked")


def reopen_month(unit: Unit, ym: int, *, by: Person, at: datetime, reason: str) -> None:
    """Give the running month back to staff after it was locked early. Past months stay locked."""
    if ym != months.of(today(unit, at)):
        raise Refused(_("Hanya bulan berjalan yang dapat dibuka kembali. Untuk bulan lewat, beri izin."))
    _move(unit, ym, Period.RUNNING, by=by, at=at, reason=reason, what="period.reopened")


def _move(unit: Unit, ym: int, level: int, *, by: Person, at: datetime, reason: str, what: str) -> None:
    if not roles.is_owner(by):
        raise Refused(_("Hanya pemilik yang dapat mengunci atau membuka bulan."))
    if not reason.strip():
        raise Refused(_("Tulis alasannya."), field="reason")
    with transaction.atomic():
        store.lock_units([unit.pk])
        running = months.of(today(unit, at))
        if ym > running:
            raise Refused(_("Bulan ini belum mulai."))
        if not Period.objects.filter(pk=months.period_id(unit.pk, running)).exists():
            roll(unit, at=at)
        add_months(unit, [ym], at=at)
        period = Period.objects.select_for_update().get(pk=months.period_id(unit.pk, ym))
        if period.min_level == level:
            return
        before, period.min_level = period.min_level, level
        period.save(update_fields=["min_level"])
        audit.record(
            what, f"{unit.code} {ym}", by=by, at=at, unit=unit,
            before={"level": before}, after={"level": level, "reason": reason},
        )  # fmt: skip
        chain.forge_on_commit()


def set_window(unit: Unit | None, reach: str, *, by: Person, at: datetime) -> None:
    """How far back managers may write in a unit, or (without one) in all units that have no word of their own.

    Months of the running year that are over open or close at once; what was closed or locked stays so.
    """
    if not roles.is_owner(by):
        raise Refused(_("Hanya pemilik yang dapat mengatur jangkauan pengelola."))
    scope = Window.COMPANY if unit is None else unit.pk
    with transaction.atomic():
        own = Window.objects.exclude(scope=Window.COMPANY).values("scope")
        units = [unit] if unit else list(Unit.objects.exclude(pk__in=own).order_by("pk"))
        store.lock_units([one.pk for one in units])
        before = Window.objects.filter(pk=scope).values_list("reach", flat=True).first()
        if reach:
            Window.objects.update_or_create(
                scope=scope, defaults={"reach": reach, "set_by": by, "set_at": at}
            )
        else:
            Window.objects.filter(pk=scope).delete()
        for one in units:
            _open_or_close(one, at=at)
        audit.record(
            "period.window", f"window {scope}", by=by, at=at, unit=unit,
            before={"reach": before}, after={"reach": reach},
        )  # fmt: skip
        chain.forge_on_commit()


def _open_or_close(unit: Unit, *, at: datetime) -> None:
    """Bring months that are over to the level that the owner's word asks for now."""
    running = months.of(today(unit, at))
    if not Period.objects.filter(pk=months.period_id(unit.pk, running), min_level__lt=Period.FUTURE).exists():
        roll(unit, at=at)
    past = Period.objects.filter(unit=unit, ym__lt=running)
    still_open = windows.still_open(unit, past.values_list("ym", flat=True), running)
    past.filter(ym__in=still_open).update(min_level=Period.YEAR)
    past.exclude(ym__in=still_open).update(min_level=Period.PAST)
