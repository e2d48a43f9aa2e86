"""What a person may ask of the house under UU PDP 27/2022: a copy of his data, and its erasure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import history, papers, queries
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Event, IdentityPaper, Login, Person, PersonChange, Role

type_of_section = Callable[[QuerySet[Person]], Any]
_sections: dict[str, type_of_section] = {}
_duties: list[Callable[[Person], str | None]] = []


def register_section(name: str, read: type_of_section) -> None:
    """Add what another app knows to the copy of a person's data; `read(persons)` gives plain values."""
    _sections[name] = read


def register_duty(asked: Callable[[Person], str | None]) -> None:
    """`asked(person)` gives the sentence of why his data must still be kept, or nothing."""
    if asked not in _duties:
        _duties.append(asked)


def own_data(person: Person, *, at: datetime) -> dict[str, Any]:
    """Everything that the house holds about a person, as plain values for JSON (UU PDP article 30)."""
    persons = queries.same_person(person)
    copy: dict[str, Any] = {
        "dibuat": at.isoformat(),
        "orang": list(
            persons.values(
                "id", "kind", "name", "phone", "email", "address", "tax_number", "born_on", "language", "created_at"
            )
        ),
        "peran": list(Role.objects.filter(person__in=persons).values("name", "unit__name", "since", "until")),
        "identitas": [
            {"jenis": paper.get_kind_display(), "nomor": paper.number_masked, "dicatat": paper.added_at,
             "dilihat": list(paper.views.order_by("at").values("by__name", "what", "reason", "at"))}
            for paper in IdentityPaper.objects.filter(person__in=persons).prefetch_related("views").order_by("pk")
        ],
        "perubahan": list(
            PersonChange.objects.filter(person__in=persons).order_by("at", "pk").values("field", "old", "new", "at")
        ),
        "kejadian": [
            {"kejadian": event.get_kind_display(), "pada": event.at}
            for event in Event.objects.filter(person__in=persons).order_by("at", "pk")
        ],
    }  # fmt: skip
    return copy | {name: read(persons) for name, read in _sections.items()}


@transaction.atomic
def hand_over(person: Person, *, at: datetime) -> dict[str, Any]:
    """`own_data`, written down as handed over."""
    copy = own_data(person, at=at)
    history.record(Event.Kind.EXPORTED, person=person, by=person, at=at)
    return copy


@transaction.atomic
def anonymise(person: Person, *, by: Actor, at: datetime, reason: str) -> None:
    """Forget who this was, in every record of him; what happened stays, without a name.

    The caller knows that the retention is over. Raises `Refused` for a record that was merged
    into another (its history belongs to the one who stays), and while he works here or a
    registered duty (a running stay, an open bill) holds. Cannot be undone.
    """
    if person.merged_into_id:
        raise Refused(gettext_lazy("Data ini sudah digabung. Mintalah penghapusan dari data yang dipakai."))
    if Role.objects.filter(person__in=queries.same_person(person), until__isnull=True).exists():
        raise Refused(gettext_lazy("Orang ini masih memegang peran. Akhiri dulu perannya."))
    for asked in _duties:
        if sentence := asked(person):
            raise Refused(sentence)
    everyone = list(queries.same_person(person).select_for_update().order_by("pk"))
    for one in everyone:
        if one.anonymised_at:
            continue
        for paper in IdentityPaper.objects.filter(person=one, erased_at__isnull=True):
            papers.erase_paper(paper, by=by, at=at, reason=reason)
        one.name = _("Data dihapus")
        one.phone = one.email = one.address = one.tax_number = ""
        one.born_on, one.anonymised_at = None, at
        one.save()
        PersonChange.objects.filter(person=one).delete()
        Login.objects.filter(person=one).delete()
        history.record(Event.Kind.ANONYMISED, person=one, by=by, at=at, reason=reason)
