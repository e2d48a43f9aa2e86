"""Where an asset can stand: places that a business registers (a room of a boarding house), or a few words.

The core knows no boarding house. A place is a pair of kind and id, like the reference to a
subject; the business that registered the kind answers for its places. A place that is gone
keeps its pair and has no name any more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from tatausaha.core.people.models import Unit


@dataclass(frozen=True)
class Place:
    """One place: its kind and id, what it is called, and the page on which its own room keeps it."""

    kind: str
    pk: int
    name: str
    url: str = ""

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.pk}"


@dataclass(frozen=True)
class Kind:
    """A kind of place. `of_unit` lists those of a unit in their order; `named` finds places by their ids."""

    code: str
    label: str | Promise
    of_unit: Callable[[Unit], Sequence[Place]]
    named: Callable[[Iterable[int]], Mapping[int, Place]]


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds of places known; called from `apps.py` of the business that has them. The same code replaces."""
    _kinds.update({kind.code: kind for kind in kinds})


def unregister(code: str) -> None:
    """Take a kind away again (tests)."""
    _kinds.pop(code, None)


def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of registration."""
    return tuple(_kinds.values())


def kind_of(code: str) -> Kind | None:
    """The kind of that code, if a business brought it."""
    return _kinds.get(code)


def of_unit(unit: Unit) -> list[tuple[Kind, list[Place]]]:
    """Every place of a unit, kind by kind; kinds without any are left out."""
    return [(kind, found) for kind in _kinds.values() if (found := list(kind.of_unit(unit)))]


def place_of(unit: Unit, value: str) -> Place | None:
    """The place of that name in a form, if the unit has it."""
    return next((one for _kind, found in of_unit(unit) for one in found if one.value == value), None)


def names(pairs: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int], Place]:
    """Places by kind and id; one question a kind, however many are asked for."""
    asked: dict[str, set[int]] = {}
    for kind, pk in pairs:
        if kind and pk is not None:
            asked.setdefault(kind, set()).add(pk)
    found: dict[tuple[str, int], Place] = {}
    for code, ids in asked.items():
        if code in _kinds:
            found |= {(code, pk): place for pk, place in _kinds[code].named(ids).items()}
    return found
