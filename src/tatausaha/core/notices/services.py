"""Telling people: in their inbox, and by the channels that they want."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from tatausaha.core.notices import inbox, outbox, queries
from tatausaha.core.notices.channels import addresses
from tatausaha.core.notices.kinds import kinds
from tatausaha.core.notices.models import Choice, Notice
from tatausaha.core.notices.sentences import Note, Telling
from tatausaha.core.people import queries as people
from tatausaha.core.people.models import Person, Unit


@transaction.atomic
def tell(
    person: Person, note: Note, *, key: str, at: datetime, unit: Unit | None = None, email: bool = True
) -> bool:
    """Tell a person something once: `key` names it, such as `invoice|12|H-3`.

    Goes to the inbox now and, unless the person declined or has no address, by e-mail after
    the commit. True if it was told now, False if this key was told before.
    """
    notice = inbox.write(person, note, key=key, at=at, unit=unit)
    if notice is None:
        return False
    if email:
        _mail_too(notice, at)
    return True


@transaction.atomic
def tell_many(tellings: Sequence[Telling], *, at: datetime) -> int:
    """Tell several persons something, each as by `tell`, with few questions to the database; how many now.

    Raises `IntegrityError` where another writer tells one of them at the same moment: nobody is told then.
    """
    notices = inbox.write_many(tellings, at=at)
    for notice in notices:
        _mail_too(notice, at)
    return len(notices)


def _mail_too(notice: Notice, at: datetime) -> None:
    """Send a notice by e-mail as well, to who has an address and did not decline."""
    person = notice.person
    if person.email and queries.wants(person, kinds[notice.kind], "email"):
        outbox.put(
            "email", key=f"{notice.key}|email", address=person.email, payload=_mail(notice), at=at,
            person=person, unit=notice.unit, secret=notice.kind == "security",
        )  # fmt: skip


@transaction.atomic
def tell_holders(unit: Unit | None, *names: str, note: Note, key: str, at: datetime) -> int:
    """Tell everybody who holds one of the roles in the unit (`owner`: of the company); how many now."""
    return sum(
        tell(person, note, key=f"{key}|{person.pk}", at=at, unit=unit)
        for person in queries.holders(unit, *names)
    )


@transaction.atomic
def mail_holders(unit: Unit | None, *names: str, note: Note, key: str, at: datetime) -> int:
    """Like `tell_holders`, but by e-mail alone: for what is to be kept outside and asks for no attention."""
    persons = [
        person
        for person in queries.holders(unit, *names)
        if person.email and queries.wants(person, kinds[note.kind], "email")
    ]
    for person in persons:
        outbox.put(
            "email", key=f"{key}|{person.pk}|email", address=person.email, at=at, person=person, unit=unit,
            payload=_mail(inbox.drawn(person, note, at=at, unit=unit)),
        )  # fmt: skip
    return len(persons)


@transaction.atomic
def send(person: Person, note: Note, *, mail: Mapping[str, str], key: str, at: datetime) -> int:
    """Send something that was written for this person by every channel that reaches them and that they want.

    `mail` (subject, text, html) goes out as it is; a channel for short messages carries the note's
    title, text and link. Whoever no channel reaches finds the note in the inbox. How many channels.
    """
    carried = 0
    for channel, address_of in sorted(addresses.items()):
        address = address_of(person)
        if not address or not queries.wants(person, kinds[note.kind], channel):
            continue
        payload = dict(mail) if channel == "email" else _short(inbox.drawn(person, note, at=at), at)
        outbox.put(channel, key=f"{key}|{channel}", address=address, payload=payload, at=at, person=person)
        carried += 1
    if not carried:
        inbox.write(person, note, key=key, at=at)
    return carried


def _short(notice: Notice, at: datetime) -> dict[str, str]:
    """A notice for a channel of short messages: title, text, and where to read on."""
    link = settings.PUBLIC_URL + notice.link if notice.link else ""
    text = "\n".join(part for part in (notice.title, notice.text, link) if part)
    return {"text": text, "at": at.isoformat()}


def mark_read(notice: Notice, *, at: datetime) -> None:
    """The person has seen it; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


def mark_all_read(person: Person, *, at: datetime) -> int:
    """The person has seen everything; how many were new."""
    return Notice.objects.filter(person__in=people.same_person(person), read_at=None, at__lte=at).update(
        read_at=at
    )


@transaction.atomic
def choose(person: Person, wishes: Mapping[str, bool]) -> None:
    """Keep for each kind whether it also goes out by e-mail; kinds that must go out stay."""
    for code, wanted in wishes.items():
        if not kinds[code].must:
            Choice.objects.update_or_create(
                person=person, kind=code, channel="email", defaults={"wanted": wanted}
            )


def _mail(notice: Notice) -> dict[str, str]:
    company = people.company()
    values = {
        "notice": notice,
        "company": company,
        "link": settings.PUBLIC_URL + notice.link if notice.link else "",
        "house": settings.PUBLIC_URL,
    }
    with translation.override(notice.person.language):
        return {
            "subject": " ".join(notice.title.split()),
            "text": render_to_string("notices/mail.txt", values),
            "html": render_to_string("notices/mail.html", values),
        }
