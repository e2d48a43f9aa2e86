"""What a business adds to its cases in the API: what its panel shows on the case page, as data."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of

Extra = Callable[[Any, Person, datetime], Mapping[str, Any]]

_extras: dict[str, Extra] = {}


def register(procedure_code: str, extra: Extra) -> None:
    """Give the cases of a procedure a `business` part; JSON values only, money in whole rupiah."""
    _extras[procedure_code] = extra


def unregister(procedure_code: str) -> None:
    """Take it away again (tests)."""
    _extras.pop(procedure_code, None)


def of(case: Tracked, person: Person, at: datetime) -> dict[str, Any]:
    """The business's part of a case as this person may see it."""
    extra = _extras.get(procedure_of(case).code)
    return dict(extra(case, person, at)) if extra else {}
