"""The SOP sheet of a procedure: the running table written out for people (SYS-09)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock, money, words
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import openings, policies
from tatausaha.core.procedures.models import SopRevision
from tatausaha.core.procedures.spec import Procedure, State, Step
from tatausaha.core.web.parts import Fact

JAKARTA = "Asia/Jakarta"


@dataclass(frozen=True)
class StepLine:
    """A step as the sheet prints it: every sentence comes from the table itself."""

    number: int
    source: str
    label: str
    who: str
    conditions: tuple[str, ...]
    follows: tuple[str, ...]
    evidence: str
    target: str


@dataclass(frozen=True)
class Deadline:
    """How long a case may stay in a state, and what happens then."""

    state: str
    length: str
    then: str


@dataclass(frozen=True)
class Signature:
    """A line of the disposition: what for, who, which post, when."""

    what: str
    name: str
    post: str
    when: str


@dataclass(frozen=True)
class Sheet:
    """The whole sheet, for the page, the PDF and the files in docs."""

    procedure: Procedure
    title: str
    head: tuple[Fact, ...]
    steps: tuple[StepLine, ...]
    deadlines: tuple[Deadline, ...]
    values: tuple[Fact, ...]
    signatures: tuple[Signature, ...]


def procedures_for(person: Person | None) -> tuple[Procedure, ...]:
    """The SOPs that a person may read."""
    return openings.readable(person)


def procedure_for(person: Person | None, code: str) -> Procedure | None:
    """The SOP of that code, if the person may read it."""
    return next((found for found in procedures_for(person) if found.code == code), None)


def sheet_of(procedure: Procedure, revision: SopRevision) -> Sheet:
    """The sheet of a procedure under one of its revisions."""
    return Sheet(
        procedure=procedure,
        title=capfirst(str(procedure.title)),
        head=_head(procedure, revision),
        steps=step_lines(procedure),
        deadlines=deadline_lines(procedure, revision.values),
        values=value_lines(procedure, revision.values),
        signatures=_signatures(revision),
    )


def _head(procedure: Procedure, revision: SopRevision) -> tuple[Fact, ...]:
    number = revision.document_number or procedure.sop.number
    revised = (
        words.long_date(_day(revision.approved_at or revision.made_at))
        if revision.revision
        else _("belum pernah")
    )
    lines = [
        Fact(_("Nomor surat"), number),
        Fact(_("Mulai berlaku"), words.long_date(revision.effective_on)),
        Fact(_("Revisi ke"), str(revision.revision)),
        Fact(_("Tanggal revisi"), revised),
        Fact(_("Tujuan peraturan"), str(procedure.sop.purpose)),
        Fact(_("Penanggung jawab"), str(procedure.sop.responsible)),
        Fact(_("Dokumen penunjang"), str(procedure.sop.documents) or _("tidak ada")),
    ]
    if revision.unit:
        lines.insert(1, Fact(_("Khusus unit"), revision.unit.name))
    return tuple(lines)


def step_lines(procedure: Procedure) -> tuple[StepLine, ...]:
    """The steps, in the order of the table."""
    return tuple(_step_line(procedure, number, step) for number, step in enumerate(procedure.steps, start=1))


def _step_line(procedure: Procedure, number: int, step: Step) -> StepLine:
    return StepLine(
        number=number,
        source=", ".join(state_label(procedure, value) for value in step.sources),
        label=str(step.label),
        who=str(step.who.label),
        conditions=tuple(str(rule.says) for rule in (step.apart, *step.guards) if rule),  # type: ignore[union-attr]
        follows=tuple(str(effect.says) for effect in step.effects),  # type: ignore[attr-defined]
        evidence=str(step.evidence) or _asked(step),
        target=state_label(procedure, step.target) if step.target else _("tetap"),
    )


def _asked(step: Step) -> str:
    """What the step's form asks for: its labels."""
    if step.form is None:
        return ""
    fields = step.form.base_fields.items()
    return ", ".join(str(field.label or capfirst(name.replace("_", " "))) for name, field in fields)


def deadline_lines(procedure: Procedure, values: Mapping[str, Any]) -> tuple[Deadline, ...]:
    """The states that a case may not stay in for ever."""
    return tuple(
        Deadline(
            state=state_label(procedure, state.value),
            length=_length(state, procedure, values),
            then=str(state.then.label) if state.then else _("dicatat terlambat"),
        )
        for state in procedure.states
        if state.until
    )


def _length(state: State, procedure: Procedure, values: Mapping[str, Any]) -> str:
    said = getattr(state.until, "says", None)
    if said is None:
        return _("menurut kasusnya")
    return str(said(policies.typed(procedure, values)))


def value_lines(procedure: Procedure, values: Mapping[str, Any]) -> tuple[Fact, ...]:
    """The numbers of the policy with their units."""
    typed = policies.typed(procedure, values)
    return tuple(
        Fact(str(field.metadata["label"]), said_value(getattr(typed, field.name), field.metadata))
        for field in procedure.policy_fields()
    )


def said_value(value: Any, meta: Mapping[str, Any]) -> str:
    """A policy value as people say it: `7 hari`, `Rp5.000.000`, `10%`, `0 (tidak ada)`; `meta` is its field's."""
    unit, words = str(meta["unit"]), meta["words"]
    if isinstance(value, int) and 0 <= value < len(words):
        return f"{value} ({words[value]})"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if unit.lower() in {"rupiah", "rp"}:
        return money.rupiah(int(value))
    if unit.lower() in {"%", "persen"}:
        return f"{value}%"
    return f"{value} {unit}".strip()


def _signatures(revision: SopRevision) -> tuple[Signature, ...]:
    return (
        _signature(_("Dibuat oleh"), revision.made_by, revision.made_at, revision.unit),
        _signature(_("Diperiksa dan disetujui oleh"), revision.approved_by, revision.approved_at, None),
    )


def _signature(what: str, person: Person | None, at: datetime | None, unit: Unit | None) -> Signature:
    if person is None:
        return Signature(
            what, _("Tatausaha (bawaan)") if at else "", "", words.short_date(_day(at)) if at else ""
        )
    post = _("Pemilik") if roles.is_owner(person) else _("Pengelola")
    if unit and not roles.is_owner(person):
        post = f"{post} {unit.name}"
    return Signature(what, person.name, post, words.short_date(_day(at)) if at else "")


def _day(at: datetime) -> date:
    return clock.day(at, JAKARTA)


def state_label(procedure: Procedure, value: str) -> str:
    """A state's name with a capital."""
    return capfirst(str(procedure.label_of(value)))
