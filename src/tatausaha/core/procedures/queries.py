"""Reads over all procedures at once: worklists, cases, their history.

A person sees a case as its party (or for an organisation that the person acts for) or as
holder of a reading role in its unit; anything else does not exist for that person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import registry, turns
from tatausaha.core.procedures.models import Attachment, Message, Passage, Tracked
from tatausaha.core.procedures.spec import Procedure, Step, Who

RUNNING = "running"
"""The wish for cases that are not over, in place of a state."""

_COLUMNS = (
    "pk",
    "number",
    "headline",
    "status",
    "since",
    "deadline_at",
    "who",
    "unit_id",
    "opened_at",
    "code",
    "turn",
)


@dataclass(frozen=True)
class Item:
    """A line of a worklist: the case, its state and clock, and the one next step, if it is a step."""

    procedure: Procedure
    subject_id: int
    number: str
    headline: str
    status: str
    since: datetime
    deadline_at: datetime | None
    unit_id: int
    opened_at: datetime
    who: str
    step: Step | None

    @property
    def state_label(self) -> Any:
        """The state's name for people."""
        return self.procedure.label_of(self.status)

    @property
    def url(self) -> str:
        """The case page."""
        return f"/kasus/{self.number}/"

    def is_late(self, at: datetime) -> bool:
        """Whether the deadline has passed."""
        return self.deadline_at is not None and at >= self.deadline_at


def cases_for(person: Person | None, procedure: Procedure) -> QuerySet[Any]:
    """The cases of one procedure that the person may know of."""
    rows = procedure.model._default_manager.all()  # noqa: SLF001
    units = roles.unit_ids(person, *procedure.readers)
    if units is None:
        return rows
    return rows.filter(Q(unit_id__in=units) | turns.is_party(person, procedure.parties))


def listed(
    person: Person | None,
    procedure: Procedure,
    *,
    at: datetime,
    status: str = "",
    units: Iterable[int] | None = None,
    late: bool = False,
    text: str = "",
) -> QuerySet[Any]:
    """The cases of a procedure that answer to all wishes, newest first.

    `status` is a state, "running" (not over) or empty for all; `text` is looked for in the
    number, the headline and the customer's name.
    """
    rows = cases_for(person, procedure).select_related("unit", "customer").order_by("-opened_at", "-pk")
    if status == RUNNING:
        rows = rows.filter(status__in=_running(procedure))
    elif status:
        rows = rows.filter(status=status)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    if late:
        rows = rows.filter(deadline_at__lte=at, status__in=_waiting(procedure))
    if text:
        rows = rows.filter(
            Q(number__icontains=text) | Q(headline__icontains=text) | Q(customer__name__icontains=text)
        )
    return rows


def page_of(
    person: Person | None,
    kinds: Iterable[Procedure],
    *,
    at: datetime,
    status: str = "",
    unit: str = "",
    late: bool = False,
    text: str = "",
    limit: int,
    offset: int = 0,
) -> tuple[list[Tracked], int]:
    """A part of the cases of several procedures together, newest first, and how many there are in all."""
    selects = []
    for procedure in kinds:
        rows = listed(person, procedure, at=at, status=status, late=late, text=text)
        selects.append(_lines(rows.filter(unit__code=unit) if unit else rows, procedure))
    if not selects:
        return [], 0
    union = selects[0].union(*selects[1:], all=True) if len(selects) > 1 else selects[0]
    wanted = list(union.order_by("-opened_at", "-number")[offset : offset + limit])
    found: dict[str, Tracked] = {}
    for procedure in registry.procedures():
        if pks := [line["pk"] for line in wanted if line["code"] == procedure.code]:
            cases = procedure.model._default_manager.select_related("unit", "customer")  # noqa: SLF001
            found |= {case.number: case for case in cases.filter(pk__in=pks)}
    return [found[line["number"]] for line in wanted], union.count()


def seen_by(person: Person | None) -> list[tuple[Procedure, int]]:
    """The procedures of which the person may know cases, or may open one, with how many are running."""
    counted = {
        procedure.code: cases_for(person, procedure).filter(status__in=_running(procedure)).count()
        for procedure in registry.procedures()
    }
    return [
        (procedure, counted[procedure.code])
        for procedure in registry.procedures()
        if counted[procedure.code]
        or roles.unit_ids(person, *procedure.readers) != set()
        or cases_for(person, procedure).exists()
    ]


def case_for(person: Person | None, number: str) -> Tracked | None:
    """The case of that number, if the person may know of it."""
    procedure = registry.by_number(number)
    if person is None or procedure is None:
        return None
    case: Tracked | None = (
        cases_for(person, procedure)
        .select_related("unit", "customer", "revision", *procedure.model.shown_with)
        .filter(number=number.upper())
        .first()
    )
    return case


def status_now(case: Tracked) -> str:
    """The state in which the case is by now, whatever the object in hand says."""
    status: str = type(case)._default_manager.values_list("status", flat=True).get(pk=case.pk)  # noqa: SLF001
    return status


def is_staff_of(person: Person | None, case: Tracked) -> bool:
    """Whether the person sees the case as one who works there, not as its customer."""
    return roles.has_role(person, case.unit_id, *registry.procedure_of(case).readers)


def worklist(person: Person | None, *, limit: int = 50, units: Iterable[int] | None = None) -> list[Item]:
    """What is due from this person, over all procedures in one query, oldest deadline first."""
    if person is None:
        return []
    selects = []
    for procedure in registry.procedures():
        if (mine := turns.of(procedure, person)) is None:
            continue
        waits, turn = mine
        rows = procedure.model._default_manager.filter(waits)  # noqa: SLF001
        selects.append(_lines(rows.filter(unit_id__in=units) if units is not None else rows, procedure, turn))
    return _items(selects, person, limit)


def waits_for(case: Tracked, step: Step) -> bool:
    """Whether the case waits for the step, and does not only allow it."""
    if step.quiet or step.due is None:
        return not step.quiet
    return type(case)._default_manager.filter(step.due, pk=case.pk).exists()  # noqa: SLF001


def own_open(person: Person | None, *, limit: int = 50) -> list[Item]:
    """The cases that run for this person (as a party), nearest deadline first."""
    if person is None:
        return []
    selects = [
        _lines(
            procedure.model._default_manager.filter(  # noqa: SLF001
                turns.is_party(person, procedure.parties), status__in=_running(procedure)
            ),
            procedure,
        )
        for procedure in registry.procedures()
    ]
    return _items(selects, person, limit)


def _running(procedure: Procedure) -> list[str]:
    return [state.value for state in procedure.states if not procedure.is_over(state.value)]


def late(person: Person | None, *, at: datetime, limit: int = 20) -> list[Item]:
    """Cases of the person's units whose deadline has passed without a step of the clock to end it."""
    if not roles.works_here(person):
        return []
    selects = [
        _lines(
            cases_for(person, procedure).filter(deadline_at__lte=at, status__in=waiting),
            procedure,
        )
        for procedure in registry.procedures()
        if (waiting := _waiting(procedure))
    ]
    return _items(selects, person, limit)


def _waiting(procedure: Procedure) -> list[str]:
    return [state.value for state in procedure.states if state.until and not state.then]


def _lines(
    rows: QuerySet[Any], procedure: Procedure, turn: Case | None = None
) -> QuerySet[Any, dict[str, Any]]:
    tagged = rows.annotate(
        code=Value(procedure.code, output_field=CharField()),
        turn=turn or Value("", output_field=CharField()),
        who=Coalesce("customer__name", Value("")),
    )
    lines: QuerySet[Any, dict[str, Any]] = tagged.order_by().values(*_COLUMNS)
    return lines


def _items(selects: list[QuerySet[Any, dict[str, Any]]], person: Person | None, limit: int) -> list[Item]:
    if not selects:
        return []
    union = selects[0].union(*selects[1:], all=True) if len(selects) > 1 else selects[0]
    lines = union.order_by(F("deadline_at").asc(nulls_last=True), "since")[:limit]
    return [_item(line, person) for line in lines]


def _item(line: dict[str, Any], person: Person | None) -> Item:
    code, pk, turn = line.pop("code"), line.pop("pk"), line.pop("turn")
    procedure = registry.by_code(code)
    assert procedure is not None
    if turn:
        return Item(procedure=procedure, subject_id=pk, step=procedure.step(turn), **line)
    steps = (step for status, step in turns.due_steps(procedure) if status == line["status"])
    mine = next(
        (s for s in steps if person and (s.who.parties or _role_in(s.who, person, line["unit_id"]))), None
    )
    return Item(procedure=procedure, subject_id=pk, step=mine, **line)


def _role_in(who: Who, person: Person, unit_id: int) -> bool:
    return bool(who.roles) and roles.has_role(person, unit_id, *who.roles)


def arrivals(person: Person | None, *, at: datetime, days: int = 3, limit: int = 15) -> QuerySet[Passage]:
    """What happened lately in the person's units by others' hands, newest first."""
    return _noted(person, at - timedelta(days=days)).exclude(person=person)[:limit]


def happened(person: Person | None, *, since: datetime, limit: int = 100) -> QuerySet[Passage]:
    """What was noted in the units where the person works since a moment, by whomever, newest first."""
    return _noted(person, since)[:limit]


def _noted(person: Person | None, since: datetime) -> QuerySet[Passage]:
    units = roles.unit_ids(person)
    rows = Passage.objects.filter(recorded_at__gte=since)
    rows = rows if units is None else rows.filter(unit_id__in=units)
    return rows.select_related("person", "unit").order_by("-recorded_at", "-pk")


def passages_of(case: Tracked) -> QuerySet[Passage]:
    """The whole history of a case, oldest first."""
    code = registry.procedure_of(case).code
    return (
        Passage.objects.filter(procedure=code, subject_id=case.pk)
        .select_related("person")
        .prefetch_related("attachments")
        .order_by("pk")
    )


def messages_of(case: Tracked, *, internal: bool) -> QuerySet[Message]:
    """The conversation of a case; internal sentences only for those who work there."""
    code = registry.procedure_of(case).code
    rows = (
        Message.objects.filter(procedure=code, subject_id=case.pk)
        .select_related("person")
        .prefetch_related("attachments")
        .order_by("pk")
    )
    return rows if internal else rows.filter(internal=False)


@dataclass(frozen=True)
class File:
    """A file of a case as a page names it."""

    pk: int
    name: str


def with_files(rows: QuerySet[Any]) -> list[tuple[Any, list[File]]]:
    """Passages or messages in their order, each with the files that came with it, in one query."""
    joined = rows.prefetch_related(None).annotate(
        file_pk=F("attachments__pk"), file_name=F("attachments__name")
    )
    found: dict[int, tuple[Any, list[File]]] = {}
    for row in joined.order_by("pk", "file_pk"):
        _row, files = found.setdefault(row.pk, (row, []))
        if row.file_pk is not None:
            files.append(File(row.file_pk, row.file_name))
    return list(found.values())


def attachment_for(person: Person | None, pk: int) -> Attachment | None:
    """A file of a case that the person may know of; one of an internal note only for those who work there."""
    found = Attachment.objects.select_related("message").filter(pk=pk).first()
    procedure = registry.by_code(found.procedure) if found else None
    if found is None or procedure is None or person is None:
        return None
    case = cases_for(person, procedure).filter(pk=found.subject_id).first()
    if case is None or (found.message and found.message.internal and not is_staff_of(person, case)):
        return None
    return found


def time_in(case: Tracked, *states: str, at: datetime) -> timedelta:
    """How long the case has been in any of the states so far: what a paused clock must leave out."""
    total, entered = timedelta(), None
    for passage in passages_of(case):
        if entered is not None and passage.source != passage.target:
            total += passage.at - entered
            entered = None
        if passage.target in states and passage.source != passage.target:
            entered = passage.at
    return total + (at - entered if entered is not None else timedelta())
