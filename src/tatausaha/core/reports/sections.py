"""What a business adds to the report of a month: occupancy, what was billed, what was earned by the day.

A business registers from its `apps.py`. A section answers for all units at once, with a fixed
number of queries; it gives nothing for units that are not of its business.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation

from tatausaha.core.kernel.parts import Text
from tatausaha.core.people.models import Unit


@dataclass(frozen=True)
class Line:
    """One figure: an amount in rupiah, or a short text; `note` is one small sentence below it."""

    label: Text
    amount: int | None = None
    text: str = ""
    note: Text = ""
    url: str = ""


@dataclass(frozen=True)
class Strip:
    """A figure for each of some months, and the one that stands for all of them; `suffix` is a unit such as ` %`."""

    label: Text
    amounts: Sequence[int]
    whole: int
    suffix: str = ""


Answers = Callable[[Sequence[Unit], int, datetime], Sequence[Line]]
Months = Callable[[Sequence[Unit], Sequence[int], datetime], Sequence[Strip]]


@dataclass(frozen=True)
class Section:
    """A block of the report below income and expense; `lines` is given units, month, moment.

    `by_month` answers for a yearly report: units, months, moment. Where `accounts` are named, it is
    asked only for a month in which one of them moved.
    """

    code: str
    title: Text
    lines: Answers
    order: int = 50
    by_month: Months | None = None
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filled:
    """A section with its figures. `live`: of a month that is over, yet counted as things stand today."""

    title: Text
    lines: tuple[Line, ...]
    live: bool = False


_sections: dict[str, Section] = {}


def register(*sections: Section) -> None:
    """Add sections; the same code again replaces."""
    _sections.update({section.code: section for section in sections})


def unregister(code: str) -> None:
    """Take a section away again (tests)."""
    _sections.pop(code, None)


def filled(
    units: Sequence[Unit], ym: int, at: datetime, *, moved: Collection[int] | None = None
) -> tuple[Filled, ...]:
    """Every section that has something to say of these units in this month.

    `moved` are the accounts that moved in it, where the caller knows them.
    """
    answers = (
        Filled(section.title, tuple(section.lines(units, ym, at)))
        for section in sorted(_sections.values(), key=lambda one: one.order)
        if moved is None or not section.accounts or any(int(one) in moved for one in section.accounts)
    )
    return tuple(one for one in answers if one.lines)


def strips(units: Sequence[Unit], yms: Sequence[int], at: datetime) -> list[Strip]:
    """What every section tells of these months, one after the other."""
    ordered = sorted(_sections.values(), key=lambda one: one.order)
    return [strip for one in ordered if one.by_month for strip in one.by_month(units, yms, at)]


def to_keep(unit: Unit, ym: int, at: datetime) -> list[dict[str, Any]]:
    """The sections of a month as its version keeps them: in words and figures, in Indonesian, without links."""
    with translation.override("id"):
        return [
            {
                "title": str(one.title),
                "lines": [
                    {
                        "label": str(line.label),
                        "amount": line.amount,
                        "text": line.text,
                        "note": str(line.note),
                    }
                    for line in one.lines
                ],
            }
            for one in filled([unit], ym, at)
        ]


def kept(said: Sequence[Mapping[str, Any]]) -> tuple[Filled, ...]:
    """The sections that a version keeps."""
    return tuple(Filled(one["title"], tuple(Line(**line) for line in one["lines"])) for one in said)
