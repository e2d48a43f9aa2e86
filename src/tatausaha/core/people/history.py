"""Who did what to whom, when: the one way to write it down (SYS-10)."""

from datetime import datetime
from typing import Any

from tatausaha.core.people.actors import Actor, Machine, person_or_none
from tatausaha.core.people.models import Event, Person, PersonChange, Unit


def record(
    kind: Event.Kind,
    /,
    *,
    by: Actor,
    at: datetime,
    person: Person | None = None,
    unit: Unit | None = None,
    **details: Any,
) -> Event:
    """Add an event to the caller's transaction. `details` are plain values without personal data."""
    return Event.objects.create(
        kind=kind,
        person=person,
        unit=unit,
        by=person_or_none(by),
        machine=by.value if isinstance(by, Machine) else "",
        at=at,
        details=details,
    )


def record_changes(person: Person, before: dict[str, str], *, by: Actor, at: datetime) -> list[str]:
    """Write a row for every field of `before` that differs from the person's now; returns their names."""
    changed = [field for field, old in before.items() if old != _text(getattr(person, field))]
    PersonChange.objects.bulk_create(
        PersonChange(
            person=person,
            field=field,
            old=before[field],
            new=_text(getattr(person, field)),
            by=person_or_none(by),
            machine=by.value if isinstance(by, Machine) else "",
            at=at,
        )
        for field in changed
    )
    if changed:
        record(Event.Kind.PERSON_CHANGED, person=person, by=by, at=at, fields=changed)
    return changed


def snapshot(person: Person, *fields: str) -> dict[str, str]:
    """The fields as text, to be compared after a change."""
    return {field: _text(getattr(person, field)) for field in fields}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
