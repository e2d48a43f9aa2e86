"""Work of *Hari ini* that is no step of a case: each business brings its own from its `apps.py`."""

from collections.abc import Callable
from datetime import datetime

from tatausaha.core.people.models import Person, Unit
from tatausaha.core.web.parts import Work

Source = Callable[[Person, dict[int, Unit], datetime], list[Work]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(person, units, at)` gives the work of a person in the units that are looked at. Twice is once."""
    if source not in _sources:
        _sources.append(source)


def of(person: Person, units: dict[int, Unit], at: datetime) -> list[Work]:
    """Every such work of the person now."""
    return [work for source in _sources for work in source(person, units, at)]
