"""The inbox inside the house."""

from datetime import datetime

from tatausaha.core.notices.kinds import kinds
from tatausaha.core.notices.models import Notice
from tatausaha.core.notices.sentences import Note, say
from tatausaha.core.people.models import Person, Unit


def write(person: Person, note: Note, *, key: str, at: datetime, unit: Unit | None = None) -> Notice | None:
    """Put a note in a person's inbox, in the person's language; nothing if the key was told before."""
    assert note.kind in kinds, note.kind
    assert not note.link or (note.link.startswith("/") and not note.link.startswith("//")), note.link
    said = say(note, to=person, unit=unit)
    notice, new = Notice.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "unit": unit,
            "kind": note.kind,
            "at": at,
            "title": said.title[:200],
            "text": said.text,
            "link": note.link,
            "about": note.about,
        },
    )
    return notice if new else None
