"""What the components are given: small frozen records, so that a view says everything and a template only draws.

Tones are the same everywhere: `""` neutral, `going` in progress, `soon` running out or a
draft, `late` overdue or lost, `done` settled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString

Text = str | Promise


class Tone(StrEnum):
    """What a colour means; never said by colour alone."""

    NEUTRAL = ""
    GOING = "going"
    SOON = "soon"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True)
class Link:
    """Somewhere to go: a crumb, a tab, a filter, a quiet button."""

    label: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Chip:
    """A state in one or two words."""

    label: Text
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True)
class Stat:
    """One figure with its name, and where it comes from (`url`)."""

    label: Text
    figure: Text
    note: Text = ""
    tone: Tone = Tone.NEUTRAL
    url: str = ""


@dataclass(frozen=True)
class Stage:
    """A stage of the stepper: `past`, `now`, `ahead` or `lost`; `note` says when or by when."""

    label: Text
    place: str = "ahead"
    note: Text = ""


@dataclass(frozen=True)
class NextStep:
    """A step that can be taken, or (with `blocked`) the sentence that says why not yet.

    `url` is posted to, or opened when the step asks for something first (`opens`).
    `name` and `value` go with the button, for forms that tell several steps apart by them.
    """

    label: Text
    url: str
    opens: bool = False
    danger: bool = False
    blocked: Text = ""
    name: str = "step"
    value: str = ""


@dataclass(frozen=True)
class Fact:
    """A line of a definition list; `value` may be safe HTML."""

    label: Text
    value: Any


@dataclass(frozen=True)
class Sum:
    """A line of a money panel, in rupiah; the total is ruled off."""

    label: Text
    amount: int
    note: Text = ""
    total: bool = False


@dataclass(frozen=True)
class Event:
    """A line of the timeline: who or what did what, when, with which evidence."""

    what: Text
    who: Text
    at: datetime
    note: Text = ""
    facts: tuple[Fact, ...] = ()
    papers: tuple[Link, ...] = ()
    by_machine: bool = False


@dataclass(frozen=True)
class Note:
    """One message of a conversation; an internal one is marked, its files are below it."""

    who: Text
    text: str
    at: datetime
    mine: bool = False
    internal: bool = False
    papers: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Work:
    """A line of a worklist with its one next step.

    `when` is the deadline in words; `meta` are further short facts.
    """

    title: Text
    url: str
    when: Text = ""
    meta: tuple[Text, ...] = ()
    tone: Tone = Tone.NEUTRAL
    step: NextStep | None = None


@dataclass(frozen=True)
class Photo:
    """A picture with its real width and height in pixels, and what is to be seen on it."""

    url: str
    alt: Text
    width: int
    height: int
    caption: Text = ""


@dataclass(frozen=True)
class Listing:
    """Something on offer as a public tile: what it looks like, where, for how much.

    `picture` is the markup of an image; `price` is in rupiah, `per` says for how long; `note`
    is one more line (how far), `has` are single words.
    """

    title: Text
    url: str
    picture: SafeString
    price: int
    per: Text
    chip: Chip | None = None
    kind: Text = ""
    where: Text = ""
    note: Text = ""
    has: tuple[Text, ...] = ()


class Kind(StrEnum):
    """How a column's values are written; money, numbers and ends stand at the right."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    CHIP = "chip"


@dataclass(frozen=True)
class Column:
    """A column. `rank` 1 and 2 are the two that head the card on a phone."""

    label: Text
    kind: Kind = Kind.TEXT
    rank: int = 0

    @property
    def css(self) -> str:
        """Classes of its cells."""
        words = {1: ["first"], 2: ["second"]}.get(self.rank, [])
        written = {Kind.MONEY: ["end"], Kind.NUMBER: ["end"], Kind.DATE: ["date"]}.get(self.kind, [])
        return " ".join(words + written)


@dataclass(frozen=True)
class Row:
    """A row: values in the order of the columns. `url` makes a link of the value that heads the card, or the first."""

    cells: Sequence[Any]
    url: str = ""
    total: bool = False


BROAD = 6
"""Columns from which a table is too wide for 1024 pixels beside the rail."""


@dataclass(frozen=True)
class Table:
    """Columns and rows; on a phone each row becomes a card, with many columns on a small laptop too."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: Text = ""

    @property
    def broad(self) -> bool:
        """Whether the rows are cards on small laptops: they would be cut there."""
        return len(self.columns) >= BROAD

    @property
    def linked(self) -> int:
        """The column whose values are links: the first of rank 1, else the first of all."""
        return next((place for place, column in enumerate(self.columns) if column.rank == 1), 0)

    def filled(self) -> "Table":
        """The same table without the columns in which nothing stands; those that head a card stay."""
        kept = [
            place
            for place, column in enumerate(self.columns)
            if column.rank or any(row.cells[place] not in (None, "") for row in self.rows)
        ]
        rows = [replace(row, cells=[row.cells[place] for place in kept]) for row in self.rows]
        return replace(self, columns=[self.columns[place] for place in kept], rows=rows)

    def lines(self) -> list[tuple[Row, list[tuple[Column, Any]]]]:
        """Every row with its values beside their columns; all rows are as long as the head."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]


@dataclass(frozen=True)
class FilterSet:
    """One question of a filter bar, answered by links that can be shared."""

    label: Text
    links: tuple[Link, ...]
