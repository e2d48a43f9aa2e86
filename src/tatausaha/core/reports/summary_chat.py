"""The owner's summary as a short text for WhatsApp, which a person opens and sends (boarding 16.2).

The house sends nothing here: it is written down as opened, never as sent. The text holds figures and a
link alone; who is late and by how much stays behind the sign-in.
"""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices import outbox
from tatausaha.core.notices import queries as notices
from tatausaha.core.people.models import Company, Person
from tatausaha.core.reports import summarising

CHAT = "https://wa.me/"


@dataclass(frozen=True)
class Chat:
    """A text, the address that opens it in WhatsApp, and since when it was opened today; nothing if it was not."""

    text: str
    url: str
    opened_at: datetime | None


def readers(person: Person) -> list[Person]:
    """The other owners that can be written to by their number; anybody else is chosen in WhatsApp."""
    return [one for one in notices.holders(None, "owner") if one.phone and one != person]


def _key(person: Person, on: date) -> str:
    return f"{summarising.KIND}|{person.pk}|{on}"


def _text(person: Person, reader: Person, house: Company, *, at: datetime) -> str:
    """The figures of every part in the reader's language, and where the rest is; empty where nothing is told."""
    with translation.override(reader.language):
        figures = [
            f"{part.title}: {part.figure}" for part in summarising.now(person, at=at).parts if part.figure
        ]
        title = summarising.title_of(clock.day(at, house.zone))
    link = settings.PUBLIC_URL + reverse("summary")
    return "\n".join([house.name, title, *figures, link]) if figures else ""


def chat(person: Person, reader: Person | None, house: Company, *, at: datetime) -> Chat:
    """What is sent to an owner, or to whom the sender chooses in WhatsApp; that one reads the sender's language."""
    text = _text(person, reader or person, house, at=at)
    number = reader.phone.removeprefix("+") if reader and reader.phone else ""
    key = f"{_key(person, clock.day(at, house.zone))}|wa|{reader.pk if reader else ''}"
    opened = next(
        (one for one in notices.sendings(_key(person, clock.day(at, house.zone))) if one.key == key), None
    )
    return Chat(text, f"{CHAT}{number}?text={quote(text)}", opened.created_at if opened else None)


def note_opened(person: Person, reader: Person | None, house: Company, *, at: datetime) -> None:
    """Write down that the text of today was opened for somebody; once a day. Raises `Refused` where nothing is told."""
    if not _text(person, reader or person, house, at=at):
        raise Refused(translation.gettext("Belum ada yang dapat diringkas"))
    outbox.note_opened(
        key=f"{_key(person, clock.day(at, house.zone))}|wa|{reader.pk if reader else ''}",
        address=(reader.phone if reader else "") or "",
        at=at,
        person=reader or person,
    )
