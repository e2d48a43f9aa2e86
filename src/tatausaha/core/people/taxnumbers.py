"""An NPWP that is a NIK: sealed as an identity paper is, while the person's row keeps what may be seen."""

import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tatausaha.core.people import history, identity, vault
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Event, IdentityPaper, Person

KIND = IdentityPaper.Kind.NPWP
DOCUMENTS = [(code, label) for code, label in IdentityPaper.Kind.choices if code != KIND]
"""The kinds of paper by which a person may identify himself."""


def is_nik(number: str) -> bool:
    """Whether an NPWP in its stored form is a resident's NIK (others begin with 0)."""
    return re.fullmatch(r"[1-9][0-9]{15}", number) is not None


def shown(number: str) -> str:
    """What of an NPWP the person's row keeps: all of it, or the masked form of a NIK."""
    return identity.masked(number) if is_nik(number) else number


def is_unchanged(person: Person, typed: str) -> bool:
    """Whether a form came back with the masked number that it showed."""
    return "•" in person.tax_number and re.sub(r"\s", "", typed) == person.tax_number


def keep(person: Person, number: str, *, by: Actor, at: datetime) -> None:
    """Seal the NIK behind the person's NPWP; what was sealed for another number is erased."""
    digest = vault.search_hash(KIND, number) if is_nik(number) else ""
    sealed = IdentityPaper.objects.filter(person=person, kind=KIND, erased_at__isnull=True)
    for paper in sealed.exclude(number_hash=digest):
        paper.number_sealed = paper.number_hash = ""
        paper.number_masked, paper.erased_at = "•" * 8, at
        paper.save(update_fields=["number_sealed", "number_hash", "number_masked", "erased_at"])
        history.record(
            Event.Kind.PAPER_ERASED, person=person, by=by, at=at, paper=paper.pk, reason=_("NPWP diganti")
        )
    if digest and not sealed.filter(number_hash=digest).exists():
        paper = IdentityPaper.objects.create(
            person=person, added_by=person_or_none(by), added_at=at, **_sealed(number)
        )
        history.record(Event.Kind.PAPER_ADDED, person=person, by=by, at=at, paper=paper.pk, kind=KIND.value)


def _sealed(number: str) -> dict[str, Any]:
    return {
        "kind": KIND.value,
        "number_sealed": vault.seal_text(number),
        "number_masked": identity.masked(number),
        "number_hash": vault.search_hash(KIND, number),
    }
