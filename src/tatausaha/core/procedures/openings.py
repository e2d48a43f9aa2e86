"""Beginning a case: the same door for pages and API.

The opening's form holds all that its service needs besides `by` and `at`: the service is
called with the form's cleaned data as keywords.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import registry
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.spec import Procedure


def may_open(procedure: Procedure, person: Person | None) -> bool:
    """Whether this person may begin such a case at all; the service decides about this very one."""
    opening = procedure.opening
    if opening is None or person is None:
        return False
    return opening.who is None or roles.unit_ids(person, *opening.who.roles) != set()


def open_case(procedure: Procedure, *, by: Person, at: datetime, data: Mapping[str, Any]) -> Tracked:
    """Begin a case by the procedure's own service. Raises `Refused`."""
    if procedure.opening is None:
        raise Refused(_("Kasus %(title)s tidak dibuka dengan formulir.") % {"title": procedure.title})
    if not may_open(procedure, by):
        assert procedure.opening.who is not None
        raise Refused(
            _("“%(label)s” dilakukan oleh %(who)s.")
            % {"label": procedure.opening.label, "who": procedure.opening.who.label}
        )
    return procedure.opening.service(by=by, at=at, **data)


def openable(person: Person | None) -> tuple[Procedure, ...]:
    """The procedures of which this person may begin a case."""
    return tuple(procedure for procedure in registry.procedures() if may_open(procedure, person))


def readable(person: Person | None) -> tuple[Procedure, ...]:
    """The SOPs that a person may read: all of them who works here, a customer those that are for customers."""
    everything = registry.procedures()
    if roles.works_here(person):
        return everything
    if person is None:
        return ()
    return tuple(
        found
        for found in everything
        if may_open(found, person) or any(step.who.parties for step in found.steps)
    )
