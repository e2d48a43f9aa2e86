"""Whose turn it is: which cases of a procedure wait for a person, and for which step."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, CharField, Func, Q, Value, When

from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.spec import Apart, Procedure, Step, Who


def is_party(person: Person | None, parties: Iterable[str]) -> Q:
    """The cases in which the person, or an organisation that the person acts for, is one of these parties."""
    named = _named(person, parties)
    return reduce(or_, named) if named else Q(pk__in=[])


def _named(person: Person | None, parties: Iterable[str]) -> list[Q]:
    mine = roles.acts_for(person)
    return [Q(**{f"{party}_id__in": mine}) for party in parties]


def _may(who: Who, person: Person) -> Q | None:
    """The cases in which this person is one of those; nothing where there can be none."""
    if who.machine:
        return None
    units = roles.unit_ids(person, *who.roles) if who.roles else set()
    if units is None:
        return Q()
    ways = [Q(unit_id__in=units)] if units else []
    ways += _named(person, who.parties)
    return reduce(or_, ways) if ways else None


def _not_apart(step: Step, person: Person) -> Q:
    """Not the cases in which the person stands on the other side of the step."""
    return ~is_party(person, step.apart.fields) if step.apart else Q()


def due_steps(procedure: Procedure) -> Iterable[tuple[str, Step]]:
    """For each state the steps that it waits for, in table order."""
    for state in procedure.states:
        for step in procedure.steps:
            if not step.quiet and not step.who.machine and state.value in step.sources:
                yield state.value, step


def of(procedure: Procedure, person: Person) -> tuple[Q, Case] | None:
    """The cases of a procedure that wait for the person, and for which step: the first in table order.

    Nothing where none of its steps is the person's to take.

    Steps that ask the same of a case are asked once, with all their states: composing the statement
    takes longer than its answer.
    """
    alike: dict[tuple[Who, Apart | None, int], tuple[Q, list[str]]] = {}
    whens = []
    for step in procedure.steps:
        mine = None if step.quiet or step.who.machine else _may(step.who, person)
        if mine is None:
            continue
        asked = mine & (step.due or Q()) & _not_apart(step, person)
        states = [state.value for state in procedure.states if state.value in step.sources]
        whens.append(When(asked, status__in=states, then=Value(step.name)))
        alike.setdefault((step.who, step.apart, id(step.due)), (asked, []))[1].extend(states)
    if not whens:
        return None
    waits = [Q(asked, status__in=sorted({*states})) for asked, states in alike.values()]
    waiting = sorted({state for _asked, states in alike.values() for state in states})
    turn = Case(*whens, default=Value(""), output_field=CharField())
    return reduce(or_, waits) & Q(_Few(Q(status__in=waiting))), turn


class _Few(Func):
    """A condition that few rows meet, said to SQLite: of a column it knows only how many values there are.

    Of ten years of cases nearly all are over, so it would read them all rather than look for those that wait.
    """

    function = "unlikely"
    output_field = BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ARG002 - Django's signature
        """PostgreSQL counts the values themselves."""
        return compiler.compile(self.get_source_expressions()[0])
