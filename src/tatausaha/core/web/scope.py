"""The unit that a person has chosen to look at, out of those that they work in."""

from django.http import HttpRequest

from tatausaha.core.people import queries, roles
from tatausaha.core.people.models import Person, Unit

KEY = "unit"
"""Where the session keeps the chosen unit's code."""


def units(request: HttpRequest) -> tuple[Unit, ...]:
    """The units of this person, by name; one query a request for owners, none for others."""
    known: tuple[Unit, ...] | None = getattr(request, "_units", None)
    if known is None:
        person: Person | None = getattr(request, "person", None)
        known = _of(person)
        request._units = known  # type: ignore[attr-defined]  # noqa: SLF001 - kept for the request
    return known


def _of(person: Person | None) -> tuple[Unit, ...]:
    if person is None or not roles.works_here(person):
        return ()
    return tuple(queries.units_for(person) if roles.is_owner(person) else roles.held_units(person))


def chosen(request: HttpRequest) -> Unit | None:
    """The unit to look at; nothing means all of this person's units."""
    mine = units(request)
    if len(mine) == 1:
        return mine[0]
    code = request.session.get(KEY, "")
    return next((unit for unit in mine if unit.code == code), None)


def in_view(request: HttpRequest) -> tuple[Unit, ...]:
    """The units that a list of the workspace shows: the chosen one, or all of them."""
    one = chosen(request)
    return (one,) if one else units(request)


def choose(request: HttpRequest, code: str) -> None:
    """Remember a choice; a code that is not one of theirs means all."""
    request.session[KEY] = code if any(unit.code == code for unit in units(request)) else ""
