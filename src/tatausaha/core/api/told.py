"""Cases and procedures as data for the API: one function for each thing."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.encoding import force_str

from tatausaha.core.api import extras, formschemas
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import openings, policies, queries, sentences, services
from tatausaha.core.procedures.models import Attachment, Message, Passage, SopRevision, Tracked
from tatausaha.core.procedures.queries import Item
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import Option
from tatausaha.core.procedures.spec import Procedure, State, Step

Data = dict[str, Any]


def unit(of: Unit) -> Data:
    """A unit."""
    return {"code": of.code, "name": of.name, "zone": of.zone}


def procedure_line(procedure: Procedure, person: Person) -> Data:
    """A procedure in the list."""
    return {
        "code": procedure.code,
        "title": force_str(procedure.title),
        "prefix": procedure.prefix,
        "may_open": openings.may_open(procedure, person),
        "url": reverse("api-1:procedure", args=[procedure.code]),
    }


def procedure(of: Procedure, person: Person, at: datetime) -> Data:
    """A procedure, whole, with the numbers in force for the company."""
    revision = policies.in_force(of, None, at=at)
    values = policies.typed(of, revision.values)
    return procedure_line(of, person) | {
        "sop": sop(of, revision),
        "states": [state(of, one, values) for one in of.states],
        "steps": [step(one) for one in of.steps],
        "policy": [
            {
                "name": field.name,
                "label": force_str(field.metadata["label"]),
                "unit": force_str(field.metadata["unit"]),
                "value": getattr(values, field.name),
            }
            for field in of.policy_fields()
        ],
        "opening": formschemas.schema_of(of.opening.form) if of.opening else None,
    }


def sop(of: Procedure, revision: SopRevision) -> Data:
    """The identity of the SOP sheet."""
    return {
        "number": revision.document_number or of.sop.number,
        "revision": revision.revision,
        "effective_on": revision.effective_on,
        "purpose": force_str(of.sop.purpose),
        "responsible": force_str(of.sop.responsible),
    }


def state(of: Procedure, one: State, values: Any) -> Data:
    """A state of the table."""
    says = getattr(one.until, "says", None)
    return {
        "value": one.value,
        "label": force_str(of.label_of(one.value)),
        "final": of.is_final(one.value),
        "deadline": force_str(says(values)) if says else "",
        "then": one.then.name if one.then else None,
    }


def step(one: Step) -> Data:
    """A step of the table."""
    return {
        "name": one.name,
        "label": force_str(one.label),
        "sources": list(one.sources),
        "target": one.target,
        "who": force_str(one.who.label),
        "by_machine": one.who.machine is not None,
        "conditions": [force_str(guard.says) for guard in one.guards],  # type: ignore[attr-defined]
        "follows": [force_str(effect.says) for effect in one.effects],  # type: ignore[attr-defined]
        "inputs": formschemas.schema_of(one.form),
    }


def case_line(case: Any, at: datetime) -> Data:
    """A case in a list."""
    procedure = procedure_of(case)
    over = procedure.is_over(case.status)
    return {
        "number": case.number,
        "procedure": procedure.code,
        "headline": case.headline,
        "status": case.status,
        "status_label": force_str(procedure.label_of(case.status)),
        "since": case.since,
        "deadline_at": case.deadline_at,
        "late": not over and case.deadline_at is not None and at >= case.deadline_at,
        "opened_at": case.opened_at,
        "unit": unit(case.unit),
        "url": reverse("api-1:case", args=[case.number]),
    }


def case(of: Tracked, person: Person, at: datetime) -> Data:
    """A case, whole, as this person may see it (SYS-10)."""
    staff = queries.is_staff_of(person, of)
    mine = roles.acts_for(person)
    customer = of.customer
    return case_line(of, at) | {
        "customer": {"id": customer.pk, "name": customer.name} if customer else None,
        "revision": of.revision.revision,
        "options": [option(of, one) for one in services.options(of, by=person, at=at)],
        "passages": [passage(one, whole=staff or one.person_id in mine) for one in queries.passages_of(of)],
        "messages": [message(one) for one in queries.messages_of(of, internal=staff)],
        "business": extras.of(of, person, at),
    }


def option(of: Tracked, one: Option) -> Data:
    """A step that this person may take, or why not now."""
    return {
        "step": one.step.name,
        "label": force_str(one.step.label),
        "allowed": one.refusal is None,
        "reason": str(one.refusal) if one.refusal else None,
        "quiet": one.step.quiet,
        "danger": one.step.danger,
        "inputs": formschemas.schema_of(one.step.form),
        "url": reverse("api-1:take_step", args=[of.number, one.step.name]),
    }


def passage(one: Passage, *, whole: bool) -> Data:
    """A step that was taken."""
    return {
        "step": one.step,
        "label": sentences.step_label(one),
        "source": one.source,
        "target": one.target,
        "actor": one.actor,
        "who": sentences.actor(one),
        "program": one.token_name if whole else None,
        "at": one.at,
        "recorded_at": one.recorded_at,
        "note": one.note,
        "evidence": one.evidence if whole else None,
        "files": [file(found) for found in one.attachments.all()],
    }


def message(one: Message) -> Data:
    """A sentence of the conversation."""
    return {
        "who": str(one.person),
        "text": one.text,
        "internal": one.internal,
        "at": one.at,
        "files": [file(found) for found in one.attachments.all()],
    }


def file(one: Attachment) -> Data:
    """A file that was handed in."""
    return {
        "id": one.pk,
        "name": one.name,
        "purpose": one.purpose,
        "content_type": one.content_type,
        "size": one.size,
        "sha256": one.sha256,
        "url": reverse("api-1:file", args=[one.pk]),
    }


def work(item: Item, at: datetime) -> Data:
    """A line of the worklist."""
    return {
        "number": item.number,
        "procedure": item.procedure.code,
        "headline": item.headline,
        "status": item.status,
        "status_label": force_str(item.state_label),
        "since": item.since,
        "deadline_at": item.deadline_at,
        "late": item.is_late(at),
        "step": item.step.name if item.step else None,
        "step_label": force_str(item.step.label) if item.step else None,
        "url": reverse("api-1:case", args=[item.number]),
    }
