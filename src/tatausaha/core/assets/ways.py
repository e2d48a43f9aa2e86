"""Where the money of a sale goes: ways that the room of payments registers, each with its place in the books."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from tatausaha.core.ledger.services import Line
from tatausaha.core.people.models import Person, Unit


@dataclass(frozen=True)
class Way:
    """A way by which money comes in: `line` gives its journal line for so many rupiah of a unit, taken by a person.

    It raises `Refused` where the unit has no such place.
    """

    code: str
    label: str | Promise
    line: Callable[[Unit, Person, int], Line]


_ways: dict[str, Way] = {}


def register(*ways: Way) -> None:
    """Make ways known; called from `apps.py` of the room that has them. The same code replaces."""
    _ways.update({way.code: way for way in ways})


def ways() -> tuple[Way, ...]:
    """Every way, in the order of registration."""
    return tuple(_ways.values())


def way(code: str) -> Way | None:
    """The way of that code."""
    return _ways.get(code)


def label_of(code: str) -> str | Promise:
    """Its name for people; the code itself where nobody knows it any more."""
    return _ways[code].label if code in _ways else code
