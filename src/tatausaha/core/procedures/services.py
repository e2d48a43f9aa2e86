"""The engine: the only writer of a case's status.

Every step is one transaction: lock, look, record, follow up. Rows are locked in one order
everywhere (what `locks` names, then the case), so that a person, the clock and money can
reach for the same case at once and one of them simply comes second.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.errors import Moot, Refused
from tatausaha.core.people import numbering
from tatausaha.core.people.actors import Actor, Machine, token_of
from tatausaha.core.procedures import constraints, evidence, policies, registry, sentences
from tatausaha.core.procedures.models import Passage, Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.spec import Act, Procedure, Step

log = logging.getLogger(__name__)

T = TypeVar("T", bound=Tracked)
R = TypeVar("R", bound=Model)

RETRY = timedelta(minutes=5)
"""How far ahead the sweep pushes a case that it could not move."""


OPEN = "open"
"""What the first passage of every case calls its step."""


@dataclass(frozen=True)
class Option:
    """A step that this person may take in this case, or the reason why it cannot be taken now."""

    step: Step
    refusal: Refused | None


def begin(subject: T, *, by: Actor, at: datetime, data: Mapping[str, Any] | None = None) -> T:
    """Save a new case in its first state: number, SOP revision, deadline, first passage.

    Raises `Refused` with a constraint's own sentence when the database says no.
    """
    procedure = procedure_of(subject)
    with constraints.named(), transaction.atomic():
        year = clock.day(at, subject.unit.zone).year
        count = numbering.allocate(procedure.prefix, unit_id=None, year=year)
        subject.number = f"{procedure.prefix}-{year % 100:02d}-{count:05d}"
        subject.revision = policies.in_force(procedure, subject.unit, at=at)
        subject.status, subject.since, subject.opened_at = procedure.initial, at, at
        subject.deadline_at = _deadline(procedure, subject)
        subject.save()
        _record(procedure, subject, Act(OPEN, by, at, data or {}), source="")
    return subject


def perform(subject: T, step: Step, *, by: Actor, at: datetime, data: Mapping[str, Any] | None = None) -> T:
    """Take one step, or raise `Refused` and change nothing.

    A deadline that has passed takes its own step first, so nobody acts on a state that time
    has already ended.
    """
    procedure = procedure_of(subject)
    assert step in procedure.steps, step.name
    settle(subject, at=at)
    act = Act(step.name, by, at, data or {})
    with constraints.named(), transaction.atomic():
        subject = lock(subject, also=step.locks(subject, act.data))
        if no := why_not(subject, step, by=by, at=at, data=act.data):
            raise no
        _take(procedure, step, subject, act)
    return subject


def advance(subject: T, *, at: datetime, cause: Machine) -> T:
    """Take the automatic steps whose guards now hold, one after the other; table order decides.

    A step that is refused on its way leaves the fact that nudged the case (a payment that
    was received) untouched.
    """
    procedure = procedure_of(subject)
    with transaction.atomic():
        subject = _settled(lock(subject), at=at)
        for _turn in procedure.states:
            if not any(
                _try(procedure, step, subject, cause, at)
                for step in procedure.steps
                if step.who.machine == cause
            ):
                break
    return subject


def _try(procedure: Procedure, step: Step, subject: Tracked, cause: Machine, at: datetime) -> bool:
    act = Act(step.name, cause, at)
    if refusal(procedure, step, subject, act):
        return False
    before = subject.status
    try:
        with constraints.named(), transaction.atomic():
            _take(procedure, step, subject, act)
    except Refused:
        subject.refresh_from_db()
        return False
    return subject.status != before


def settle(subject: T, *, at: datetime) -> T:
    """Let every deadline that has passed take its step, each at its own instant."""
    if not _overdue(procedure_of(subject), subject, at):
        return subject
    with transaction.atomic():
        return _settled(lock(subject), at=at)


def _settled(subject: T, *, at: datetime) -> T:
    procedure = procedure_of(subject)
    for _turn in procedure.states:
        if not (step := _overdue(procedure, subject, at)):
            break
        assert subject.deadline_at is not None
        act = Act(step.name, Machine.CLOCK, at, deadline=subject.deadline_at)
        if refusal(procedure, step, subject, act):
            break
        with constraints.named(), transaction.atomic():
            _take(procedure, step, subject, act)
    return subject


def _overdue(procedure: Procedure, subject: Tracked, at: datetime) -> Step | None:
    if subject.deadline_at is None or at < subject.deadline_at:
        return None
    return procedure.state(subject.status).then


def sweep(*, at: datetime, limit: int = 200) -> int:
    """Let the clock move every overdue case; return how many it moved.

    A case that fails is logged and pushed ahead, and never blocks the others.
    """
    moved = 0
    for procedure in registry.procedures():
        timed = [state.value for state in procedure.states if state.then]
        due = procedure.model._default_manager.filter(  # noqa: SLF001
            Q(retry_at__isnull=True) | Q(retry_at__lte=at), status__in=timed, deadline_at__lte=at
        )
        for subject in due.order_by("deadline_at", "pk")[:limit]:
            moved += _swept(subject, at=at)
    return moved


def _swept(subject: Tracked, *, at: datetime) -> bool:
    before = subject.status
    try:
        if settle(subject, at=at).status != before:
            return True
        log.warning("the clock may not move %s out of %s", subject.number, before)
    except Exception:
        log.exception("the clock could not move %s out of %s", subject.number, before)
    type(subject)._default_manager.filter(pk=subject.pk).update(retry_at=at + RETRY)  # noqa: SLF001
    return False


def lock(subject: T, *, also: Iterable[Any] = ()) -> T:
    """Lock what the procedure and the step name, then the case, and return it as it is now.

    Kinds in the order in which they are named, rows of a kind by id, so that two cases which
    name the same two rooms the other way round do not wait for each other. What the case names
    only since somebody else changed it is locked as well.
    """
    return lock_all([subject], also=also)[0]


def lock_all(subjects: Sequence[T], *, also: Iterable[Any] = ()) -> list[T]:
    """Lock several cases of one kind, as `lock` does one: what they name before any of them."""
    known = _lock_named([*(row for one in subjects for row in procedure_of(one).locks(one)), *also])
    found = lock_rows(type(subjects[0]), [one.pk for one in subjects])
    locked = [found[one.pk] for one in subjects]
    named = (row for one in locked for row in procedure_of(one).locks(one))
    _lock_named(row for row in named if _name(row) not in known)
    return locked


def _lock_named(rows: Iterable[Any]) -> set[tuple[type[Model], Any]]:
    named = {_name(row): row for row in rows}
    for kind in dict.fromkeys(kind for kind, _pk in named):
        some = [row for (one, _pk), row in named.items() if one is kind]
        lock_all(some) if issubclass(kind, Tracked) else lock_rows(kind, [row.pk for row in some])
    return set(named)


def _name(row: Any) -> tuple[type[Model], Any]:
    return type(row), row.pk


def lock_row(row: Any) -> Any:
    """Lock one row until the end of the transaction and read it anew (no-op lock on SQLite)."""
    rows = type(row)._default_manager.filter(pk=row.pk)  # noqa: SLF001
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return rows.get()


def lock_rows(kind: type[R], ids: Iterable[int]) -> dict[int, R]:
    """Lock rows of one kind in the order of their ids until the end of the transaction, as they are now, by id."""
    rows = kind._default_manager.filter(pk__in=set(ids)).order_by("pk")  # noqa: SLF001
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return {row.pk: row for row in rows}


def refusal(procedure: Procedure, step: Step, subject: Tracked, act: Act) -> Refused | None:
    """Why the step cannot be taken: state, who, deadline, guards, in this order; nothing if it can."""
    if subject.status not in step.sources:
        return Refused(
            _("“%(step)s” tidak bisa dilakukan lagi: %(number)s sekarang berstatus %(status)s.")
            % {"step": step.label, "number": subject.number, "status": procedure.label_of(subject.status)}
        )
    if not step.who.allows(act.by, subject):
        return Refused(_("“%(step)s” dilakukan oleh %(who)s.") % {"step": step.label, "who": step.who.label})
    if step.apart and step.apart.keeps_out(act.by, subject):
        return Refused(str(step.apart.refusal))
    if (due := _overdue(procedure, subject, act.at)) and due is not step:
        return Refused(_("Batas waktunya sudah lewat."))
    for guard in step.guards:
        try:
            guard(subject, act)
        except Refused as no:
            return no
    return None


def why_not(
    subject: Tracked, step: Step, *, by: Actor, at: datetime, data: Mapping[str, Any] | None = None
) -> Refused | None:
    """Why this actor cannot take the step now; who comes second is told who was first, with what and when."""
    procedure = procedure_of(subject)
    if subject.status not in step.sources:
        return Refused(sentences.too_late(procedure, step, subject, by))
    return refusal(procedure, step, subject, Act(step.name, by, at, data or {}))


def options(subject: Tracked, *, by: Actor, at: datetime) -> list[Option]:
    """The steps that this actor may take from here, in table order, blocked ones with their reason.

    A step for which there is nothing to do (`Moot`) is not among them.
    """
    procedure = procedure_of(subject)
    looked_at = (
        Option(step, refusal(procedure, step, subject, Act(step.name, by, at)))
        for step in procedure.steps
        if subject.status in step.sources and step.who.allows(by, subject)
    )
    return [option for option in looked_at if not isinstance(option.refusal, Moot)]


def _take(procedure: Procedure, step: Step, subject: Tracked, act: Act) -> None:
    source = subject.status
    if step.target not in (None, source):
        subject.status, subject.since = step.target, act.holds_from
        subject.save(update_fields=["status", "since"])
    _record(procedure, subject, act, source=source)
    for effect in step.effects:
        effect(subject, act)
    subject.deadline_at, subject.retry_at = _deadline(procedure, subject), None
    subject.save(update_fields=["deadline_at", "retry_at"])
    if others := list(procedure.nudges(subject)):
        for other in others:
            with suppress(Refused):
                advance(other, at=act.at, cause=Machine.CASE)
        subject.refresh_from_db(fields=["status", "since", "deadline_at"])


def _deadline(procedure: Procedure, subject: Tracked) -> datetime | None:
    until = procedure.state(subject.status).until
    return until(subject, subject.since) if until else None


def _check_clock(subject: Tracked, at: datetime) -> None:
    """Refuse a clock that was set back: nothing is noted before what the unit has noted already."""
    noted = Passage.objects.filter(unit=subject.unit_id).order_by("-recorded_at")
    last = noted.values_list("recorded_at", flat=True).first()
    if last is not None and at < last - clock.TOLERANCE:
        raise Refused(
            _("Jam komputer mundur: catatan terakhir dibuat %(last)s. Perbaiki jam, lalu coba lagi.")
            % {"last": words.moment(last, subject.unit.zone)}
        )


def _record(procedure: Procedure, subject: Tracked, act: Act, *, source: str) -> None:
    _check_clock(subject, act.at)
    token, secret = token_of(act.by), _secrets(procedure, act)
    passage = Passage.objects.create(
        procedure=procedure.code,
        subject_id=subject.pk,
        number=subject.number,
        unit_id=subject.unit_id,
        step=act.step,
        source=source,
        target=subject.status,
        actor=act.by if isinstance(act.by, Machine) else "person",
        person=None if isinstance(act.by, Machine) else act.by,
        at=act.holds_from,
        recorded_at=act.at,
        note=str(act.data.get("note", "")),
        evidence=evidence.plain(act.data, secret=secret),
        token_id=token.id if token else None,
        token_name=token.name if token else None,
    )
    evidence.keep_files(procedure, subject, passage, act, secret=secret)


def _secrets(procedure: Procedure, act: Act) -> frozenset[str]:
    """Names of what was handed in and must not be kept, by the form of the step, or of the opening."""
    step = procedure.step(act.step)
    if step is None and act.step == OPEN and procedure.opening:
        return frozenset(getattr(procedure.opening.form, "secret", ()))
    return frozenset(getattr(step.form, "secret", ())) if step and step.form else frozenset()
