"""The owner's summary is put together, kept and sent: once a day, and one for all the days that were missed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.words import long_date, moment
from tatausaha.core.ledger.queries import books_for, last_settled
from tatausaha.core.notices import queries as notices
from tatausaha.core.notices import services as telling
from tatausaha.core.notices.sentences import Note
from tatausaha.core.people.models import Company, Person
from tatausaha.core.people.queries import company
from tatausaha.core.reports import summary_parts
from tatausaha.core.reports.models import Summary, SummaryChoice
from tatausaha.core.reports.summary_parts import Asking, Told

KIND = "summary"
Rhythm = SummaryChoice.Rhythm
USUAL = SummaryChoice(rhythm=Rhythm.WEEKLY, hour=7, weekday=0)
"""What holds for an owner who has chosen nothing: every Monday at seven."""
LONGEST = timedelta(days=62)
"""A summary reaches back no further, however long nothing was sent."""
SHOWN = 14
"""Summaries of former days that the page leads to."""


@dataclass(frozen=True)
class Sheet:
    """A summary as it is read: since when, at which moment, and its parts."""

    begins_at: datetime
    at: datetime
    parts: tuple[Told, ...]


def choice_of(person: Person) -> SummaryChoice:
    """How often the owner wants it."""
    return SummaryChoice.objects.filter(person=person).first() or USUAL


def last_of(person: Person) -> Summary | None:
    """The newest summary that was sent to the person."""
    return Summary.objects.filter(person=person).order_by("-on").first()


def former(person: Person) -> list[date]:
    """The days on which a summary was sent, newest first."""
    return list(Summary.objects.filter(person=person).order_by("-on").values_list("on", flat=True)[:SHOWN])


def sent_on(person: Person, on: date) -> Sheet | None:
    """The summary of a day, word for word as it was sent."""
    found = Summary.objects.filter(person=person, on=on).first()
    return Sheet(found.begins_at, found.at, summary_parts.kept(found.said)) if found else None


def now(person: Person, *, at: datetime) -> Sheet:
    """The summary as it stands at this moment, since the one before; one sent just now is passed over."""
    choice = choice_of(person)
    settled = Summary.objects.filter(person=person, at__lte=at - _usual(choice) / 2)
    return _put_together(person, settled.order_by("-on").first(), choice, at=at)


def _usual(choice: SummaryChoice) -> timedelta:
    return timedelta(days=7 if choice.rhythm == Rhythm.WEEKLY else 1)


def _put_together(
    person: Person, last: Summary | None, choice: SummaryChoice, *, at: datetime, upto: int | None = None
) -> Sheet:
    begins_at = max(last.at, at - LONGEST) if last else at - _usual(choice)
    after = last.upto if last and last.at >= begins_at else None
    asking = Asking(person, tuple(books_for(person)), begins_at, after, at, upto)
    return Sheet(begins_at, at, summary_parts.told(asking) if asking.units else ())


@transaction.atomic
def choose(person: Person, *, rhythm: str, hour: int, weekday: int, at: datetime) -> SummaryChoice:
    """Keep how often, at which hour and on which day of the week (0 is Monday) the owner wants the summary."""
    return SummaryChoice.objects.update_or_create(
        person=person, defaults={"rhythm": rhythm, "hour": hour, "weekday": weekday, "changed_at": at}
    )[0]


def send_due(at: datetime) -> int:
    """Send the summary to every owner whose hour has come and who has none since; how many were sent.

    After a standstill one summary tells of all the days that were missed.
    """
    house = company()
    if house is None:
        return 0
    return sum(
        _send(person, house, at=at) for person in notices.holders(None, "owner") if _is_due(person, house, at)
    )


def _is_due(person: Person, house: Company, at: datetime) -> bool:
    choice = choice_of(person)
    wall = clock.local(at, house.zone)
    if choice.rhythm == Rhythm.NEVER or wall.hour < choice.hour:
        return False
    back = (wall.weekday() - choice.weekday) % 7 if choice.rhythm == Rhythm.WEEKLY else 0
    wanted = wall.replace(hour=choice.hour, minute=0, second=0, microsecond=0) - timedelta(days=back)
    if choice.changed_at is not None and choice.changed_at > wanted:
        return False
    last = last_of(person)
    return last is None or last.on < wanted.date()


def _send(person: Person, house: Company, *, at: datetime) -> bool:
    upto = last_settled()
    with transaction.atomic(), translation.override(person.language):
        last = last_of(person)
        sheet = _put_together(person, last, choice_of(person), at=at, upto=upto)
        if not sheet.parts:
            return False
        on = clock.day(at, house.zone)
        _kept, new = Summary.objects.get_or_create(
            person=person, on=on,
            defaults={
                "at": at, "begins_at": sheet.begins_at, "upto": upto,
                "said": summary_parts.to_keep(sheet.parts),
            },
        )  # fmt: skip
        if new:
            note = Note(
                KIND, title_of(on), _headline(sheet), link=reverse("summary_of", args=[on.isoformat()])
            )
            telling.send(
                person, note, mail=mail_of(sheet, person, house, on), key=f"summary|{person.pk}|{on}", at=at
            )
    return new


def title_of(on: date) -> str:
    """What the summary of a day is called."""
    return _("Ringkasan %(day)s") % {"day": long_date(on)}


def _headline(sheet: Sheet) -> str:
    """The figures of the first lines, for a short text."""
    return "; ".join(f"{part.title} {part.figure}" for part in sheet.parts if part.figure)


def mail_of(sheet: Sheet, person: Person, house: Company, on: date) -> dict[str, str]:
    """The summary as a mail: subject, text, HTML; everything in the mail itself, nothing attached."""
    values: dict[str, Any] = {
        "title": title_of(on), "person": person, "company": house, "house": settings.PUBLIC_URL,
        "parts": sheet.parts, "span": span_of(sheet, house),
        "link": settings.PUBLIC_URL + reverse("summary_of", args=[on.isoformat()]),
    }  # fmt: skip
    return {
        "subject": values["title"],
        "text": render_to_string("reports/summary_mail.txt", values),
        "html": render_to_string("reports/summary_mail.html", values),
    }


def span_of(sheet: Sheet, house: Company) -> str:
    """Since when and until when."""
    said = {"begin": moment(sheet.begins_at, house.zone), "end": moment(sheet.at, house.zone)}
    return _("Uang sejak %(begin)s; selebihnya keadaan %(end)s.") % said
