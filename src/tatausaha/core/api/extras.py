"""What a business adds to the API: what its panel shows on the case page, as data, and where its records stand."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of

Extra = Callable[[Any, Person, datetime], Mapping[str, Any]]

_extras: dict[str, Extra] = {}
_places: dict[type[Model], str] = {}


def register(procedure_code: str, extra: Extra) -> None:
    """Give the cases of a procedure a `business` part; JSON values only, money in whole rupiah."""
    _extras[procedure_code] = extra


def unregister(procedure_code: str) -> None:
    """Take it away again (tests)."""
    _extras.pop(procedure_code, None)


def register_place(kind: type[Model], where: str) -> None:
    """Say where a program reads the ids of records that inputs name: `GET /boarding/houses/{code}: free_rooms[].id`."""
    _places[kind] = where


def place_of(kind: type[Model]) -> str:
    """Where the ids of these records are read; empty if nobody said."""
    return _places.get(kind, "")


def of(case: Tracked, person: Person, at: datetime) -> dict[str, Any]:
    """The business's part of a case as this person may see it."""
    extra = _extras.get(procedure_of(case).code)
    return dict(extra(case, person, at)) if extra else {}
