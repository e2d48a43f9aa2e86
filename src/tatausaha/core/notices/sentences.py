"""What is told, and how it is said in a person's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from django.utils import translation
from django.utils.functional import Promise

from tatausaha.core.kernel import words
from tatausaha.core.people.models import Person, Unit, Zone

Value: TypeAlias = str | int | Promise | date | datetime | Callable[[], str]
"""Dates and moments are written out in the reader's language; a function is asked in it."""


@dataclass(frozen=True)
class Note:
    """A notice before it is told: lazy sentences with `%(name)s` places, and their values.

    `kind` is one of `kinds`. `link` is a path of this house, `about` the number of a case.
    """

    kind: str
    title: str | Promise
    text: str | Promise = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    link: str = ""
    about: str = ""


@dataclass(frozen=True)
class Telling:
    """A note for one person; `key` names it, so that it is told once. `unit`: where it is from."""

    person: Person
    note: Note
    key: str
    unit: Unit | None = None


@dataclass(frozen=True)
class Said:
    """A note in one person's language."""

    title: str
    text: str


def say(note: Note, *, to: Person, unit: Unit | None) -> Said:
    """The note's sentences in the person's language, moments in the unit's zone."""
    zone = unit.zone if unit else Zone.WIB
    with translation.override(to.language):
        values = {name: _written(value, zone) for name, value in note.values.items()}
        return Said(title=_filled(note.title, values), text=_filled(note.text, values))


def _filled(sentence: str | Promise, values: Mapping[str, str]) -> str:
    return str(sentence) % values if values else str(sentence)


def _written(value: Value, zone: str) -> str:
    if isinstance(value, datetime):
        return words.moment(value, zone)
    if isinstance(value, date):
        return words.long_date(value)
    if callable(value):
        return value()
    return str(value)
