"""In which month a draft is booked, and whether the one who posts may write there (rules 4 to 6)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import months, periods, refusals, store
from tatausaha.core.ledger.drafts import Draft
from tatausaha.core.ledger.models import LockPass, Period
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Person, Unit

CROSS_MONTH = "lintas bulan"
"""Tag of a journal whose event lies in another month than its booking."""
OLDEST_EVENT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Booking:
    """The day that a journal is booked on, its tag, and the pass that it uses, if any."""

    on: date
    tag: str = ""
    lock_pass: int | None = None


@dataclass
class Desk:
    """One posting's view of the months: today per unit, open levels, passes with their rest."""

    by: Actor
    at: datetime
    units: dict[int, Unit]
    scene: store.Scene
    today: dict[int, date]
    wanted: list[int]
    _passes: list[tuple[LockPass, int]] | None = None
    _used: dict[int, int] = field(default_factory=dict)

    def lay_months(self, unit: Unit, ym: int) -> None:
        """Give an older month its row, when somebody who may is about to write there."""
        if months.period_id(unit.pk, ym) not in self.scene.levels:
            self.scene.levels |= periods.add_months(unit, [ym], at=self.at)

    def passes(self) -> list[tuple[LockPass, int]]:
        """Live passes of the acting person with the journals that they still allow."""
        if not isinstance(self.by, Person):
            return []
        if self._passes is None:
            held = LockPass.objects.filter(
                person=self.by,
                revoked_at=None, granted_at__lte=self.at, ends_at__gt=self.at,
            )  # fmt: skip
            self._passes = [
                (one, one.max_journals - one.used) for one in held.annotate(used=Count("journals"))
            ]
        return self._passes

    def take_pass(self, unit: Unit, ym: int) -> int | None:
        """Use up one journal of a live pass for that month, if the person holds one and still works there."""
        if not isinstance(self.by, Person) or not roles.level(self.by, unit):
            return None
        for one, rest in self.passes():
            if one.unit_id == unit.pk and one.from_ym <= ym <= one.to_ym and self._used.get(one.pk, 0) < rest:
                self._used[one.pk] = self._used.get(one.pk, 0) + 1
                return one.pk
        return None


def open_desk(by: Actor, at: datetime, drafts: Sequence[Draft]) -> tuple[Desk, store.Posted]:
    """Lock the books of all units that the drafts touch and look: what is posted already, which months."""
    units = {pk: unit for draft in drafts for pk, unit in draft.units().items()}
    today = {pk: periods.today(unit, at) for pk, unit in units.items()}
    wanted = {months.period_id(pk, months.of(day)) for pk, day in today.items()}
    for draft in drafts:
        ym = months.of(draft.book_on or draft.event_on)
        wanted |= {months.period_id(pk, ym) for pk in draft.units()}
    posted, scene = store.look(units, [draft.key for draft in drafts], sorted(wanted))
    return Desk(by, at, units, scene, today, sorted(wanted)), posted


def settle_months(desk: Desk) -> None:
    """Refuse a clock that was set back; roll the months that time has moved."""
    last = desk.scene.last_recorded
    if last is not None and desk.at < last - clock.TOLERANCE:
        raise Refused(
            _("Jam komputer mundur: catatan terakhir dibuat %(last)s. Perbaiki jam, lalu coba lagi.")
            % {"last": words.moment(last, next(iter(desk.units.values())).zone)}
        )
    levels = desk.scene.levels
    for pk, unit in desk.units.items():
        if levels.get(months.period_id(pk, months.of(desk.today[pk])), Period.FUTURE) == Period.FUTURE:
            periods.roll(unit, at=desk.at)
            levels |= dict(
                Period.objects.filter(pk__in=desk.wanted, unit=unit).values_list("pk", "min_level")
            )


def book(desk: Desk, draft: Draft, level: int) -> Booking:
    """Find the month for one draft or raise `Refused`.

    Left open, the day of booking is the day of the event if its month may be written, else
    today, tagged `lintas bulan`. The owner writes a past month only on giving a reason. A pass
    opens a month for whoever names it by `book_on`; it is not used up by ordinary work.
    """
    today = desk.today[draft.unit.pk]
    if draft.event_on > today or (draft.book_on is not None and draft.book_on > today):
        raise Refused(refusals.FUTURE, field="event_on" if draft.event_on > today else "book_on")
    old = draft.event_on < today - OLDEST_EVENT and not _named_in_window(desk, draft, level)
    if isinstance(desk.by, Person) and level < roles.OWNER and old:
        raise Refused(_("Kejadian lebih dari 60 hari lalu hanya dapat dicatat pemilik."), field="event_on")
    wanted = draft.book_on or draft.event_on
    no, lock_pass = _obstacle(desk, draft, wanted, level)
    if no is None:
        crossed = months.of(wanted) != months.of(draft.event_on)
        return Booking(wanted, CROSS_MONTH if crossed else "", lock_pass)
    if draft.book_on is not None:
        raise no
    no, _pass = _obstacle(desk, draft, today, level)
    if no is not None:
        raise no
    return Booking(today, CROSS_MONTH if months.of(today) != months.of(wanted) else "")


def _obstacle(desk: Desk, draft: Draft, on: date, level: int) -> tuple[Refused | None, int | None]:
    """Why the day cannot be booked on, if so; and the pass that opens it, if one does."""
    start = desk.scene.books_from
    if start is not None and on < start:
        return Refused(_("Pembukuan perusahaan belum mulai pada tanggal ini."), field="book_on"), None
    ym = months.of(on)
    running = {pk: months.of(desk.today[pk]) for pk in draft.units()}
    if ym > min(running.values()):
        return Refused(refusals.FUTURE, field="book_on"), None
    asked = [desk.scene.levels[months.period_id(pk, ym)] for pk, now in running.items() if now == ym]
    if any(level < one for one in asked):
        return Refused(refusals.CLOSED, field="book_on"), None
    return (None, None) if len(asked) == len(running) else _past(desk, draft, ym, level)


def _named_in_window(desk: Desk, draft: Draft, level: int) -> bool:
    """Whether a manager names the month of the event itself, and the owner has opened that month to managers."""
    if level != roles.MANAGER or draft.book_on is None:
        return False
    ym = months.of(draft.event_on)
    return months.of(draft.book_on) == ym and _in_window(desk, draft, ym)


def _in_window(desk: Desk, draft: Draft, ym: int) -> bool:
    """Whether the owner lets managers write this month of the running year, in every unit of the draft."""
    for pk, unit in draft.units().items():
        if ym // 100 != desk.today[pk].year:
            return False
        desk.lay_months(unit, ym)
        if desk.scene.levels[months.period_id(pk, ym)] != Period.YEAR:
            return False
    return True


def _past(desk: Desk, draft: Draft, ym: int, level: int) -> tuple[Refused | None, int | None]:
    """A month that has passed: the owner with a reason, or somebody with a pass for this one unit."""
    lock_pass = None
    if level == roles.MANAGER and _in_window(desk, draft, ym):
        return (None if draft.reason.strip() else Refused(refusals.REASON, field="reason")), None
    if level < roles.OWNER:
        named = draft.book_on is not None and len(draft.units()) == 1
        lock_pass = desk.take_pass(draft.unit, ym) if named else None
        if lock_pass is None:
            return Refused(refusals.CLOSED, field="book_on"), None
    elif not draft.reason.strip():
        return Refused(refusals.REASON, field="reason"), None
    for unit in draft.units().values():
        desk.lay_months(unit, ym)
    return None, lock_pass
