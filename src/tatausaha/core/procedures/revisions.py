"""Reads of SOP revisions: their history, what each changed, and who may write one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from tatausaha.core.people import queries as people
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.models import SopRevision
from tatausaha.core.procedures.spec import Procedure


@dataclass(frozen=True)
class Change:
    """A number that a revision sets: the policy's field, what it was (nothing: new), what it is."""

    field: Any
    before: Any
    after: Any


@dataclass(frozen=True)
class Entry:
    """A revision in the history, with its differences to the one before it."""

    revision: SopRevision
    changes: tuple[Change, ...]


def may_write(person: Person | None) -> bool:
    """Whether this person writes revisions at all: managers of a unit, and the owner."""
    return roles.unit_ids(person, "manager") != set()


def units_of_writer(person: Person | None) -> QuerySet[Unit]:
    """The units for which this person may write a revision."""
    return people.units_for(person, "manager")


def known_to(person: Person | None, procedure: Procedure) -> QuerySet[SopRevision]:
    """The company's revisions and those of the person's own units; all for the owner, newest first."""
    found = SopRevision.objects.filter(procedure=procedure.code).select_related(
        "unit", "made_by", "approved_by"
    )
    units = roles.unit_ids(person, "manager")
    if units is not None:
        found = found.filter(Q(unit=None) | Q(unit_id__in=units))
    return found.order_by("-made_at", "-pk")


def history(person: Person | None, procedure: Procedure) -> list[Entry]:
    """Every revision that the person may know, newest first, with what it changed."""
    revisions = list(known_to(person, procedure))
    return [Entry(one, tuple(_changes(procedure, one, _former(one, revisions)))) for one in revisions]


def _former(one: SopRevision, revisions: list[SopRevision]) -> SopRevision | None:
    """The revision before it: of the same unit, else the company's that it started from."""
    settled = [
        former
        for former in revisions
        if former.pk != one.pk and former.stage != SopRevision.Stage.DRAFT and former.made_at <= one.made_at
        and former.pk < one.pk
    ]  # fmt: skip
    own = (former for former in settled if former.unit_id == one.unit_id)
    company = (former for former in settled if former.unit_id is None)
    return next(own, None) or next(company, None)


def _changes(procedure: Procedure, one: SopRevision, former: SopRevision | None) -> list[Change]:
    before = former.values if former else {}
    return [
        Change(field, before.get(field.name), one.values.get(field.name, field.default))
        for field in procedure.policy_fields()
        if former and before.get(field.name) != one.values.get(field.name, field.default)
    ]


def waiting_for(person: Person | None) -> QuerySet[SopRevision]:
    """Drafts of others that the owner has still to approve, oldest first; nothing for anybody else."""
    if person is None or not roles.is_owner(person):
        return SopRevision.objects.none()
    drafts = SopRevision.objects.filter(stage=SopRevision.Stage.DRAFT).exclude(made_by=person)
    return drafts.select_related("unit", "made_by").order_by("made_at", "pk")
