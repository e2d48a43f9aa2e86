"""Audit events of the books: written once, chained like journals (SYS-10)."""

from datetime import datetime
from typing import Any

from tatausaha.core.ledger.drafts import event_hash
from tatausaha.core.ledger.models import Event
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Unit

Facts = dict[str, Any] | None


def record(
    what: str, ref: str, *, by: Actor | None, at: datetime, unit: Unit | int | None = None,
    before: Facts = None, after: Facts = None,
) -> Event:  # fmt: skip
    """Write down that something happened to the books; `before` and `after` are plain JSON values."""
    actor = None if by is None else person_or_none(by)
    event = Event(
        at=at,
        actor=actor,
        unit_id=unit.pk if isinstance(unit, Unit) else unit,
        what=what,
        ref=ref,
        before=before,
        after=after,
    )
    event.hash = event_hash(contents(event))
    event.save(force_insert=True)
    return event


def contents(event: Event) -> tuple[object, ...]:
    """What the fingerprint of an event covers."""
    return (event.at, event.actor_id, event.unit_id, event.what, event.ref, event.before, event.after)
