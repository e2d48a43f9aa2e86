"""Two records of one person become one, and no history is lost (KOS-13, SYS-07).

What can change (a booking's prospect, a role, a paper) is repointed to the person who
stays. What is append-only keeps naming the one who was dropped; it is found through
`queries.same_person`. The merge row says what was moved, so that it can be put back
(`parting.part`).
"""

from datetime import datetime
from typing import Any

from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import history, roles
from tatausaha.core.people.actors import Actor, Machine, person_or_none
from tatausaha.core.people.models import (
    Event,
    Login,
    Membership,
    Merge,
    PaperView,
    Person,
    PersonChange,
    Role,
)

FILLED = ("phone", "email", "address", "tax_number", "born_on")
"""What the person who stays takes over where it is empty."""

_history: set[type[models.Model]] = {Event, PersonChange, PaperView, Merge}
_SEALS = ("never changed", "sealed")
"""What the triggers of sealed tables say (`kernel.sealed`, the books, and our own)."""

_own_way: set[type[models.Model]] = {Person, Login, Role, Membership}


def leave_as_history(*tables: type[models.Model]) -> None:
    """Append-only models that keep naming the dropped person; called from `apps.py` of their app."""
    _history.update(tables)


def references() -> list[tuple[type[models.Model], str]]:
    """Every column that says whose something is, outside tables with a way of their own.

    Who did something (`by`, `added_by`) stays as it was written.
    """
    found = []
    for relation in Person._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's documented way
        if not isinstance(relation, models.ManyToOneRel) or not relation.field.concrete:
            continue
        model, column = relation.related_model, relation.field.name
        if (
            isinstance(model, str)
            or model in _history
            or model in _own_way
            or f"_{column}".endswith(("_by", "_actor"))
        ):
            continue
        found.append((model, column))
    return sorted(found, key=lambda one: (one[0]._meta.label, one[1]))  # noqa: SLF001


@transaction.atomic
def merge(keep: Person, drop: Person, *, by: Actor, at: datetime, reason: str) -> Merge:
    """Make `drop` a duplicate of `keep`. All or nothing; both rows are locked in id order.

    If both can sign in, the dropped login is ended; if only the dropped one can, its login
    moves over. Raises `Refused` when both hold something of which one person may have one.
    """
    if keep.pk == drop.pk:
        raise Refused(_("Pilih dua orang yang berbeda."))
    if not (reason := reason.strip()):
        raise Refused(_("Tulis alasannya."), field="reason")
    locked = {
        p.pk: p for p in Person.objects.select_for_update().filter(pk__in=(keep.pk, drop.pk)).order_by("pk")
    }
    keep, drop = locked[keep.pk], locked[drop.pk]
    if keep.kind != drop.kind:
        raise Refused(_("Orang dan badan usaha tidak bisa digabung."))
    if keep.merged_into_id or drop.merged_into_id or keep.anonymised_at or drop.anonymised_at:
        raise Refused(_("Salah satunya sudah digabung atau datanya sudah dihapus."))
    moved: dict[str, Any] = {
        "filled": _fill(keep, drop, by=by, at=at),
        "login": _join_logins(keep, drop, by=by, at=at),
        "merged": list(drop.merged.values_list("pk", flat=True)),
        "roles": _join_roles(keep, drop, at=at),
        "members": _join_members(keep, drop, at=at),
        "rows": _repoint(keep, drop),
    }
    drop.merged.update(merged_into=keep)
    Person.objects.filter(pk=drop.pk).update(merged_into=keep)
    roles.forget(keep)
    history.record(Event.Kind.MERGED, person=keep, by=by, at=at, dropped=drop.pk)
    return Merge.objects.create(
        keep=keep,
        drop=drop,
        by=person_or_none(by),
        machine=by.value if isinstance(by, Machine) else "",
        at=at,
        reason=reason,
        moved=moved,
    )


def _fill(keep: Person, drop: Person, *, by: Actor, at: datetime) -> list[str]:
    """Fields that `keep` lacks come from `drop`; the change is written down like any other."""
    before = history.snapshot(keep, *FILLED)
    for field in FILLED:
        if not getattr(keep, field) and getattr(drop, field):
            setattr(keep, field, getattr(drop, field))
    filled = history.record_changes(keep, before, by=by, at=at)
    if filled:
        keep.save(update_fields=filled)
    return filled


def _join_logins(keep: Person, drop: Person, *, by: Actor, at: datetime) -> dict[str, Any]:
    dropped = Login.objects.filter(person=drop).first()
    if dropped is None:
        return {}
    if not Login.objects.filter(person=keep).exists():
        Login.objects.filter(pk=dropped.pk).update(person=keep)
        return {"moved": dropped.pk}
    if not dropped.is_active:
        return {}
    Login.objects.filter(pk=dropped.pk).update(is_active=False)
    history.record(Event.Kind.LOGIN_ENDED, person=drop, by=by, at=at, merged_into=keep.pk)
    return {"ended": dropped.pk}


def _join_roles(keep: Person, drop: Person, *, at: datetime) -> dict[str, list[int]]:
    """Running roles go over, unless held already: then the dropped one's ends. Ended ones are history."""
    moved, ended = [], []
    mine = set(Role.objects.filter(person=keep, until__isnull=True).values_list("unit_id", "name"))
    for role in Role.objects.filter(person=drop, until__isnull=True):
        if (role.unit_id, role.name) in mine:
            Role.objects.filter(pk=role.pk).update(until=at)
            ended.append(role.pk)
        else:
            Role.objects.filter(pk=role.pk).update(person=keep)
            moved.append(role.pk)
    return {"moved": moved, "ended": ended}


def _join_members(keep: Person, drop: Person, *, at: datetime) -> dict[str, list[int]]:
    moved, ended = [], []
    for column, other in (("person", "organisation_id"), ("organisation", "person_id")):
        mine = set(
            Membership.objects.filter(until__isnull=True, **{column: keep}).values_list(other, "capacity"),
        )
        for member in Membership.objects.filter(until__isnull=True, **{column: drop}):
            same = Membership.objects.filter(pk=member.pk)
            if (getattr(member, other), member.capacity) in mine or getattr(member, other) == keep.pk:
                same.update(until=at.date())
                ended.append(member.pk)
            else:
                same.update(**{column: keep})
                moved.append(member.pk)
    return {"moved": moved, "ended": ended}


def _repoint(keep: Person, drop: Person) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {}
    for model, column in references():
        found = model._default_manager.filter(**{column: drop})  # noqa: SLF001 - any model
        if not (keys := list(found.values_list("pk", flat=True))):
            continue
        try:
            with transaction.atomic():
                found.update(**{column: keep})
        except DatabaseError as clash:
            if _is_sealed(clash):  # it stays
                continue
            if not isinstance(clash, IntegrityError):
                raise
            raise Refused(
                _("Keduanya sama-sama punya %(thing)s yang hanya boleh satu. Selesaikan dulu salah satunya.")
                % {"thing": model._meta.verbose_name},  # noqa: SLF001
            ) from clash
        rows[f"{model._meta.label}.{column}"] = keys  # noqa: SLF001
    return rows


def _is_sealed(no: DatabaseError) -> bool:
    """History by its own seal, or because the application's role may not change it at all."""
    forbidden = getattr(no.__cause__, "sqlstate", None) == "42501"
    return forbidden or any(seal in str(no) for seal in _SEALS)
