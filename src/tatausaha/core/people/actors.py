"""Who or what acts: a person, the clock, money that arrived, or another case."""

from enum import StrEnum
from typing import TypeAlias

from tatausaha.core.people.models import Person


class Machine(StrEnum):
    """What moves a case without a person."""

    CLOCK = "clock"
    MONEY = "money"
    CASE = "case"


Actor: TypeAlias = Person | Machine


def person_or_none(by: Actor) -> Person | None:
    """The person who acted; nobody where a machine did."""
    return by if isinstance(by, Person) else None
