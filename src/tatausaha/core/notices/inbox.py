"""The inbox inside the house."""

from collections.abc import Sequence
from datetime import datetime

from tatausaha.core.notices.kinds import kinds
from tatausaha.core.notices.models import Notice
from tatausaha.core.notices.sentences import Note, Telling, say
from tatausaha.core.people.models import Person, Unit


def write(person: Person, note: Note, *, key: str, at: datetime, unit: Unit | None = None) -> Notice | None:
    """Put a note in a person's inbox, in the person's language; nothing if the key was told before."""
    said = drawn(person, note, at=at, unit=unit)
    fields = ("person", "unit", "kind", "at", "title", "text", "link", "about")
    notice, new = Notice.objects.get_or_create(
        key=key, defaults={name: getattr(said, name) for name in fields}
    )
    return notice if new else None


def write_many(tellings: Sequence[Telling], *, at: datetime) -> list[Notice]:
    """Put several notes in inboxes, each in its person's language; those whose key was not told before."""
    told = Notice.objects.filter(key__in=[one.key for one in tellings]).values_list("key", flat=True)
    known = set(told)
    new = [one for one in tellings if one.key not in known]
    notices = [drawn(one.person, one.note, at=at, unit=one.unit) for one in new]
    for notice, one in zip(notices, new, strict=True):
        notice.key = one.key
    return Notice.objects.bulk_create(notices)


def drawn(person: Person, note: Note, *, at: datetime, unit: Unit | None = None) -> Notice:
    """A note in a person's language, not put anywhere."""
    assert note.kind in kinds, note.kind
    assert not note.link or (note.link.startswith("/") and not note.link.startswith("//")), note.link
    said = say(note, to=person, unit=unit)
    return Notice(
        person=person, unit=unit, kind=note.kind, at=at, title=said.title[:200], text=said.text, link=note.link,
        about=note.about,
    )  # fmt: skip
