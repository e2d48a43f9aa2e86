"""Work of *Hari ini* that is no step of a case: each business brings its own from its `apps.py`."""

from collections.abc import Callable, Mapping
from datetime import datetime

from tatausaha.core.people.models import Person, Unit
from tatausaha.core.web.parts import Work
from tatausaha.core.web.unit_lines import Look

Source = Callable[..., list[Work]]
_sources: dict[Source, Look | None] = {}


def register(source: Source, *, look: Look | None = None) -> None:
    """`source(person, units, at)` gives the work of a person in the units that are looked at. Twice is once.

    With a `look`, what it found of these units is the source's fourth argument; a column of
    `unit_lines` with the same look has asked for both.
    """
    _sources.setdefault(source, look)


def of(
    person: Person, units: dict[int, Unit], at: datetime, seen: Mapping[Look, object] | None = None
) -> list[Work]:
    """Every such work of the person now; `seen` is what was looked at already."""
    found = dict(seen or {})
    for look in filter(None, _sources.values()):
        if look not in found:
            found[look] = look(tuple(units.values()), at)
    return [
        work
        for source, look in _sources.items()
        for work in source(person, units, at, *([found[look]] if look else []))
    ]
