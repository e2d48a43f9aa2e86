"""Who or what acts: a person, the clock, money that arrived, or another case."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from tatausaha.core.people.models import Person


class Machine(StrEnum):
    """What moves a case without a person."""

    CLOCK = "clock"
    MONEY = "money"
    CASE = "case"


Actor: TypeAlias = Person | Machine


@dataclass(frozen=True)
class Token:
    """The key by which a program acts as a person: its id, and its name as it was then."""

    id: int
    name: str


def through(person: Person, token: Token) -> Person:
    """The person, acting by a program in this request; whoever writes down what was done can tell."""
    person._token = token  # type: ignore[attr-defined]  # noqa: SLF001 - kept for the request
    return person


def token_of(by: Actor) -> Token | None:
    """The key of the program that acts as this person; nothing where the person or a machine acts."""
    return getattr(by, "_token", None)


def person_or_none(by: Actor) -> Person | None:
    """The person who acted; nobody where a machine did."""
    return by if isinstance(by, Person) else None
