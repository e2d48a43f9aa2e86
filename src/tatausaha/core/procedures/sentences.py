"""What happened in a case, said in words: for the timeline, for arrivals, for who comes second."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.core.kernel import words
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import registry
from tatausaha.core.procedures.models import Passage, Tracked
from tatausaha.core.procedures.spec import Procedure, Step, Text

MACHINES: dict[str, Text] = {
    Machine.CLOCK: gettext_lazy("Waktu"),
    Machine.MONEY: gettext_lazy("Uang masuk"),
    Machine.CASE: gettext_lazy("Kasus lain"),
}
"""How the machines are called when one of them has moved a case."""


def actor(passage: Passage) -> str:
    """Who or what took the step."""
    return str(passage.person) if passage.person else str(MACHINES.get(passage.actor, passage.actor))


def actor_and_program(passage: Passage) -> str:
    """Who took the step, and by which program where one acted for the person."""
    if passage.token_name is None:
        return actor(passage)
    return _("%(who)s lewat program “%(program)s”") % {"who": actor(passage), "program": passage.token_name}


def step_label(passage: Passage) -> str:
    """What was done, as the button said it; the step's code if the table no longer has it."""
    procedure = registry.by_code(passage.procedure)
    if passage.step == "open" and not passage.source:
        opening = procedure.opening if procedure else None
        return str(opening.label) if opening else _("Kasus dibuka")
    step = procedure.step(passage.step) if procedure else None
    return str(step.label) if step else passage.step


def news(passage: Passage) -> str:
    """The same among the news of many cases, where a case that was only opened is told by its procedure."""
    procedure = registry.by_code(passage.procedure)
    plain = passage.step == "open" and not passage.source and procedure and not procedure.opening
    return str(procedure.title) if plain and procedure else step_label(passage)


def state_label(passage: Passage) -> str:
    """The state in which the step left the case."""
    procedure = registry.by_code(passage.procedure)
    return str(procedure.label_of(passage.target)) if procedure else passage.target


def too_late(procedure: Procedure, step: Step, subject: Tracked, by: Any) -> str:
    """Why a step that was possible a moment ago is not: who took which step instead, and when."""
    last = (
        Passage.objects.filter(procedure=procedure.code, subject_id=subject.pk)
        .select_related("person")
        .order_by("pk")
        .last()
    )
    said = {
        "step": step.label,
        "number": subject.number,
        "status": procedure.label_of(subject.status),
    }
    standing = _("“%(step)s” tidak bisa dilakukan lagi: %(number)s sekarang berstatus %(status)s.") % said
    if last is None:
        return standing
    said |= {
        "what": step_label(last),
        "who": actor(last),
        "when": words.moment(last.recorded_at, subject.unit.zone),
    }
    if last.person_id and isinstance(by, Person) and last.person_id == by.pk:
        told = _("Anda sudah melakukan “%(what)s” pada %(when)s.") % said
    elif last.person_id:
        told = _("%(who)s sudah melakukan “%(what)s” pada %(when)s.") % said
    else:
        told = _("“%(what)s” sudah terjadi sendiri (%(who)s) pada %(when)s.") % said
    return f"{standing} {told}"
