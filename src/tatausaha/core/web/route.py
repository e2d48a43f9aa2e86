"""Where a case came from and where it can go: the stepper, read from the procedure's table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from tatausaha.core.kernel import clock, words
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures.models import Passage, Tracked
from tatausaha.core.procedures.spec import Procedure
from tatausaha.core.web.parts import Stage, Tone


@dataclass(frozen=True)
class Route:
    """The stages from the first to the last that is planned, and the other states that can be reached now."""

    stages: tuple[Stage, ...]
    leads: tuple[str, ...]


def ahead(procedure: Procedure, status: str) -> list[str]:
    """The states that follow when all goes as meant: by steps that are neither quiet nor the clock's."""
    found: list[str] = []
    here = status
    while (target := _meant(procedure, here)) and target not in (*found, status):
        found.append(target)
        here = target
    return found


def _meant(procedure: Procedure, status: str) -> str | None:
    for step in procedure.steps:
        moves = status in step.sources and step.target not in (None, status)
        if moves and not step.quiet and not step.danger and step.who.machine != Machine.CLOCK:
            return step.target
    return None


def tone_of(procedure: Procedure, status: str, *, late: bool = False) -> Tone:
    """The tone of a state's chip."""
    if procedure.is_lost(status):
        return Tone.NEUTRAL
    if procedure.is_over(status):
        return Tone.DONE
    return Tone.LATE if late else Tone.GOING


def _travelled(passages: Iterable[Passage]) -> list[Passage]:
    """The passages that led here, without the loops that were walked on the way."""
    way: list[Passage] = []
    for passage in passages:
        if passage.source == passage.target:
            continue
        known = [former.target for former in way]
        if passage.target in known:
            del way[known.index(passage.target) :]
        way.append(passage)
    return way


def route_of(procedure: Procedure, case: Tracked, passages: Sequence[Passage]) -> Route:
    """The stepper of a case."""
    zone = case.unit.zone

    def label(value: str) -> str:
        return capfirst(str(procedure.label_of(value)))

    way = _travelled(passages)
    past = [
        Stage(label(passage.target), "past", words.short_date(clock.day(passage.at, zone)))
        for passage in way
        if passage.target != case.status
    ]
    place = "now"
    if procedure.is_over(case.status):
        place = "lost" if procedure.is_lost(case.status) else "past"
    now = Stage(label(case.status), place, words.short_date(clock.day(case.since, zone)))
    planned = [] if procedure.is_over(case.status) else ahead(procedure, case.status)
    others = [
        label(step.target)
        for step in procedure.steps
        if case.status in step.sources
        and step.target
        and step.target not in (*planned[:1], case.status)
        and not procedure.is_over(case.status)
    ]
    return Route((*past, now, *(Stage(label(value)) for value in planned)), tuple(dict.fromkeys(others)))
