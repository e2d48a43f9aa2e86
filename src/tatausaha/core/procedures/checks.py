"""Every table is read at start-up; a faulty one stops the house before anybody meets it."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error

from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures import registry
from tatausaha.core.procedures.spec import Procedure


def all_procedures(**_kwargs: Any) -> list[CheckMessage]:
    """Django's system check over every registered procedure."""
    return [
        Error(f"{procedure.code}: {problem}", id="procedures.E001")
        for procedure in registry.procedures()
        for problem in problems(procedure)
    ]


def problems(procedure: Procedure) -> list[str]:
    """What is wrong with a table, in plain sentences; nothing when it can run."""
    return [
        *_states(procedure),
        *_steps(procedure),
        *_people(procedure),
        *_deadlines(procedure),
        *_reach(procedure),
    ]


def _states(procedure: Procedure) -> Iterator[str]:
    declared = [state.value for state in procedure.states]
    if len(set(declared)) != len(declared):
        yield "a state is declared twice"
    labelled = dict(procedure.model._meta.get_field("status").flatchoices)  # noqa: SLF001
    for value in declared:
        if value not in labelled:
            yield f"state {value} has no name for people (choices of the model's status)"
    for value in labelled:
        if value not in declared:
            yield f"state {value} of the model is not in the table"
    if procedure.initial not in declared:
        yield f"the first state {procedure.initial} is not in the table"


def _steps(procedure: Procedure) -> Iterator[str]:
    declared = {state.value for state in procedure.states}
    names = [step.name for step in procedure.steps]
    if len(set(names)) != len(names):
        yield "a step name is used twice"
    for step in procedure.steps:
        for value in (*step.sources, *([step.target] if step.target else [])):
            if value not in declared:
                yield f"step {step.name} names the unknown state {value}"
        for function in (*step.guards, *step.effects):
            if not getattr(function, "says", ""):
                yield f"step {step.name}: {function.__name__} has no sentence for the SOP sheet"
        if step.who.machine and step.form:
            yield f"step {step.name} is taken by a machine and asks for a form"
        if step.who.machine and step.preview:
            yield f"step {step.name} is taken by a machine, which looks at no preview"
        if step.reckon and (step.preview or not step.form):
            yield f"step {step.name} reckons with what is handed in: it needs a form, and no preview beside"


def _people(procedure: Procedure) -> Iterator[str]:
    """Fields in which a step looks for persons must be there."""
    fields = {field.name for field in procedure.model._meta.get_fields()}  # noqa: SLF001
    for step in procedure.steps:
        for field in (*step.who.parties, *(step.apart.fields if step.apart else ())):
            if field not in fields:
                yield f"step {step.name} looks for a person in {field}, which the case does not have"


def _deadlines(procedure: Procedure) -> Iterator[str]:
    ends = {id(state.then) for state in procedure.states if state.then}
    for state in procedure.states:
        if state.then is None:
            continue
        if state.until is None:
            yield f"state {state.value} has a step for the clock and no deadline"
        if state.then not in procedure.steps:
            yield f"the deadline of {state.value} takes a step that is not in the table"
        elif state.value not in state.then.sources:
            yield f"the deadline of {state.value} takes {state.then.name}, which does not start there"
        elif state.then.who.machine != Machine.CLOCK:
            yield f"the deadline of {state.value} takes {state.then.name}, which the clock may not take"
        elif state.then.target in (None, state.value):
            yield f"the deadline of {state.value} takes {state.then.name}, which leaves it there for ever"
    for step in procedure.steps:
        if step.who.machine == Machine.CLOCK and id(step) not in ends:
            yield f"step {step.name} belongs to the clock, but no deadline takes it"


def _reach(procedure: Procedure) -> Iterator[str]:
    reached, todo = {procedure.initial}, [procedure.initial]
    while todo:
        here = todo.pop()
        for step in procedure.steps:
            if here in step.sources and step.target and step.target not in reached:
                reached.add(step.target)
                todo.append(step.target)
    for state in procedure.states:
        if state.value not in reached:
            yield f"state {state.value} cannot be reached"
