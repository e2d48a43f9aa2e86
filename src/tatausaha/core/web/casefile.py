"""All that the case page shows of one case to one person, gathered from its procedure's table."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries, sentences, services
from tatausaha.core.procedures.models import Message, Passage, Tracked
from tatausaha.core.procedures.queries import File
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import Option
from tatausaha.core.procedures.spec import Procedure
from tatausaha.core.web import panels, readable, route
from tatausaha.core.web.parts import Chip, Event, Link, NextStep, Note

AT_ONCE = 5
"""So many quiet buttons are taken in at a glance; where there are more, those with a topic are folded away."""


@dataclass(frozen=True)
class Topic:
    """Quiet steps that are about one thing."""

    title: str
    steps: tuple[NextStep, ...]


@dataclass(frozen=True)
class Next:
    """What can be done now: one main button, the quiet others, and the blocked with their reasons.

    `more` holds those of the quiet that are folded away, topic by topic.
    """

    main: NextStep | None = None
    note: str = ""
    quiet: tuple[NextStep, ...] = ()
    more: tuple[Topic, ...] = ()
    blocked: tuple[NextStep, ...] = ()
    waits: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to press and nothing to wait for."""
        return not (self.main or self.quiet or self.blocked or self.waits)


@dataclass(frozen=True)
class CaseFile:
    """The page of a case."""

    case: Tracked
    procedure: Procedure
    chip: Chip
    clock_says: str
    afterwards: str
    next: Next
    route: route.Route
    events: tuple[Event, ...]
    notes: tuple[Note, ...]
    papers: tuple[Link, ...]
    panel: panels.Panel | None
    staff: bool


def open_for(person: Person, case: Tracked, at: datetime) -> CaseFile:
    """Gather the page. The case is one that the person may know of (`queries.case_for`)."""
    procedure = procedure_of(case)
    staff = queries.is_staff_of(person, case)
    passages = queries.with_files(queries.passages_of(case))
    messages = queries.with_files(queries.messages_of(case, internal=staff))
    panel = panels.panel_of(case, person, at)
    late = case.deadline_at is not None and at >= case.deadline_at
    return CaseFile(
        case=case,
        procedure=procedure,
        chip=Chip(
            capfirst(str(procedure.label_of(case.status))), route.tone_of(procedure, case.status, late=late)
        ),
        clock_says=_clock_says(case),
        afterwards=_afterwards(procedure, case),
        next=_next(procedure, case, person, at, panel=panel, staff=staff),
        route=route.route_of(procedure, case, [passage for passage, _files in passages]),
        events=tuple(
            _event(passage, files, case, person, staff=staff) for passage, files in reversed(passages)
        ),
        notes=tuple(_note(message, files, person) for message, files in messages),
        papers=_papers(panel, [file for _passage, files in passages for file in files]),
        panel=panel,
        staff=staff,
    )


def step_url(number: str, step: str) -> str:
    """Where a step of a case is taken."""
    return reverse("case_step", args=[number, step])


def _clock_says(case: Tracked) -> str:
    return _("Batas waktu") if case.deadline_at else ""


def _afterwards(procedure: Procedure, case: Tracked) -> str:
    """What the clock does once the time is over."""
    step = procedure.state(case.status).then if case.deadline_at else None
    return _("Sesudah itu: %(step)s.") % {"step": step.label} if step else ""


def _next(
    procedure: Procedure,
    case: Tracked,
    person: Person,
    at: datetime,
    *,
    panel: panels.Panel | None,
    staff: bool,
) -> Next:
    options = services.options(case, by=person, at=at)
    free = [option for option in options if option.refusal is None]
    asked = [option for option in free if queries.waits_for(case, option.step)]
    steps = [(_button(case, option), _leaves(option)) for option in asked]
    actions = [
        (NextStep(action.label, action.url, opens=True), str(action.note))
        for action in (panel.actions if panel else ())
    ]
    first = [*steps, *actions] if staff else [*actions, *steps]
    main, note = first[0] if first else (None, "")
    beside = [button for button, _note in first[1:]]
    quiet, more = _folded([o for o in free if o not in asked], case, room=AT_ONCE - len(beside))
    return Next(
        main=main,
        note=note,
        quiet=(*beside, *quiet),
        more=more,
        blocked=tuple(_button(case, option) for option in options if option.refusal),
        waits="" if main else _waits(procedure, case),
    )


def _folded(
    options: list[Option], case: Tracked, *, room: int
) -> tuple[tuple[NextStep, ...], tuple[Topic, ...]]:
    """The quiet steps that are shown, and, where they are too many, those that are folded away by topic."""
    topics: dict[str, list[NextStep]] = {}
    for option in options:
        topic = str(option.step.topic) if len(options) > room else ""
        topics.setdefault(topic, []).append(_button(case, option, again=True))
    shown = topics.pop("", [])
    return tuple(shown), tuple(Topic(title, tuple(steps)) for title, steps in topics.items())


def _leaves(option: Option) -> str:
    """What the step leaves behind, said beside its button."""
    evidence = str(option.step.evidence)
    return _("Bukti: %(evidence)s") % {"evidence": evidence[0].lower() + evidence[1:]} if evidence else ""


def _button(case: Tracked, option: Option, *, again: bool = False) -> NextStep:
    return NextStep(
        (option.step.again if again else "") or option.step.label,
        step_url(case.number, option.step.name),
        opens=option.step.opens,
        danger=option.step.danger,
        blocked=str(option.refusal) if option.refusal else "",
    )


def _waits(procedure: Procedure, case: Tracked) -> str:
    """Whom or what the case waits for, when it is not this person."""
    if procedure.is_over(case.status):
        return _("Kasus ini sudah selesai. Tidak ada lagi yang perlu dilakukan.")
    awaited = [step for step in procedure.steps if case.status in step.sources and not step.quiet]
    asked = [step for step in awaited if step.due is not None and queries.waits_for(case, step)]
    if not asked and (awaits := str(procedure.state(case.status).awaits)):
        return awaits
    for step in (*asked, *(step for step in awaited if step.due is None)):
        return _("Menunggu %(who)s: %(step)s.") % {"who": step.who.label, "step": step.label}
    return ""


def _event(passage: Passage, files: list[File], case: Tracked, person: Person, *, staff: bool) -> Event:
    """A line of the timeline. A customer sees what they handed in, and the word and papers of the others."""
    own = staff or passage.person_id in roles.acts_for(person)
    what = sentences.step_label(passage)
    if passage.source != passage.target and what.lower() != str(sentences.state_label(passage)).lower():
        what = _("%(step)s: %(state)s") % {"step": what, "state": sentences.state_label(passage)}
    return Event(
        what=what,
        who=sentences.actor_and_program(passage) if own else sentences.actor(passage),
        at=passage.at,
        note=passage.note,
        facts=readable.facts_of(passage, case.unit.zone) if own else (),
        papers=tuple(_file(file) for file in files),
        by_machine=passage.person is None,
    )


def _note(message: Message, files: list[File], person: Person) -> Note:
    return Note(
        who=str(message.person),
        text=message.text,
        at=message.at,
        mine=message.person_id == person.pk,
        internal=message.internal,
        papers=tuple(_file(file) for file in files),
    )


def _file(file: File) -> Link:
    return Link(file.name, reverse("attachment", args=[file.pk]))


def _papers(panel: panels.Panel | None, files: list[File]) -> tuple[Link, ...]:
    made = [
        Link(f"{paper.label} {paper.note}".strip(), paper.url) for paper in (panel.papers if panel else ())
    ]
    return (*made, *(_file(file) for file in files))
