"""The columns of *Hari ini* that tell an owner or manager how each unit does.

Whoever knows a figure (the books: money in; a business: empty rooms) registers a column from
its `apps.py`. A column answers for all units at once, with a fixed number of queries.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tatausaha.core.people.models import Unit
from tatausaha.core.procedures.spec import Text


@dataclass(frozen=True)
class Cell:
    """What a column says of one unit: a short text, a page behind it, and a tone (late, soon, done)."""

    text: str
    url: str = ""
    tone: str = ""


Answers = Callable[..., Mapping[int, Cell]]
Look = Callable[[Sequence[Unit], datetime], object]


@dataclass(frozen=True)
class Column:
    """A figure for every unit (by its id); a unit without the figure has none.

    `cells` is asked with the units and the moment. Columns that tell of the same thing name one
    `look`, which reads it once for all of them; what it found is then their third argument.
    """

    code: str
    label: Text
    cells: Answers
    order: int = 50
    look: Look | None = None


_columns: dict[str, Column] = {}


def register(*columns: Column) -> None:
    """Add columns; the same code again replaces."""
    _columns.update({column.code: column for column in columns})


def unregister(code: str) -> None:
    """Take a column away again (tests)."""
    _columns.pop(code, None)


@dataclass(frozen=True)
class Line:
    """One unit with its figures, in the order of the columns."""

    unit: Unit
    cells: tuple[tuple[Text, Cell | None], ...]


def looks(units: Iterable[Unit], at: datetime) -> dict[Look, object]:
    """What the columns need to know of these units, each look once."""
    chosen = tuple(units)
    asked = dict.fromkeys(
        column.look for column in sorted(_columns.values(), key=lambda column: column.order)
    )
    return {look: look(chosen, at) for look in asked if look} if chosen else {}


def table(units: Iterable[Unit], at: datetime, seen: Mapping[Look, object] | None = None) -> tuple[Line, ...]:
    """A line for every unit; nothing where no column is registered. `seen` is what `looks` found of them.

    A column that says nothing of any unit is left out.
    """
    chosen = tuple(units)
    columns = sorted(_columns.values(), key=lambda column: column.order)
    if not chosen or not columns:
        return ()
    seen = looks(chosen, at) if seen is None else seen
    answers = [
        (column.label, column.cells(chosen, at, *([seen[column.look]] if column.look else [])))
        for column in columns
    ]
    filled = [(label, cells) for label, cells in answers if any(unit.pk in cells for unit in chosen)]
    return tuple(Line(unit, tuple((label, cells.get(unit.pk)) for label, cells in filled)) for unit in chosen)
