"""What the owner's summary is put together from: each room and each business brings its part from `apps.py`.

A part answers for all units at once, with a fixed number of queries, in the reader's language; it
says nothing where it has nothing to say (boarding 16.2).
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from tatausaha.core.people.models import Person, Unit

MOST = 4
"""Lines of a part; what is more stands behind its link."""


@dataclass(frozen=True)
class Asking:
    """Who wants to know what of which units: what was booked after the journal `after`, and how things stand at `at`.

    Without `after` (a first summary) what was booked since `begins_at`. What came after the journal
    `upto` is left to the next one; without it nothing is.
    """

    person: Person
    units: tuple[Unit, ...]
    begins_at: datetime
    after: int | None
    at: datetime
    upto: int | None = None

    @property
    def several(self) -> bool:
        """Whether a line must say of which unit it is."""
        return len(self.units) > 1


@dataclass(frozen=True)
class Line:
    """One line: a name, a short figure, one small sentence, a page of the house, and a tone (late, soon, done)."""

    label: str
    figure: str = ""
    note: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Told:
    """What a part says: its title, the figure beside it, its lines, and where the rest (`more`) is."""

    title: str
    figure: str = ""
    note: str = ""
    lines: tuple[Line, ...] = field(default=())
    more: str = ""
    url: str = ""
    tone: str = ""


Tell = Callable[[Asking], Told | None]


@dataclass(frozen=True)
class Part:
    """A part of the summary, in the order of all of them."""

    code: str
    tell: Tell
    order: int = 50


_parts: dict[str, Part] = {}


def register(*parts: Part) -> None:
    """Add parts; the same code again replaces."""
    _parts.update({part.code: part for part in parts})


def unregister(code: str) -> None:
    """Take a part away again (tests)."""
    _parts.pop(code, None)


def told(asking: Asking) -> tuple[Told, ...]:
    """Every part that has something to say, in order."""
    answers = (part.tell(asking) for part in sorted(_parts.values(), key=lambda one: one.order))
    return tuple(answer for answer in answers if answer is not None)


def to_keep(parts: Sequence[Told]) -> list[dict[str, Any]]:
    """What was told, as plain data."""
    return [asdict(part) for part in parts]


def kept(said: Sequence[dict[str, Any]]) -> tuple[Told, ...]:
    """What was told once."""
    return tuple(Told(**{**part, "lines": tuple(Line(**line) for line in part["lines"])}) for part in said)
