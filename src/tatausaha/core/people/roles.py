"""Who may: the roles that exist, their level in the books, and who holds them where (SYS-06).

Held roles are read once per person object and kept on it, so asking is free after the
first question of a request. A role with an end ahead (a delegation) counts until then, for
whoever acts at a known moment (`acting_at`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people.models import Membership, Person, Role, Unit

STAFF, MANAGER, OWNER = 1, 2, 3
"""Levels in the books: which months a person may write (rules/ledger, rule 4)."""


@dataclass(frozen=True)
class RoleName:
    """A role that can be held: its code, its Indonesian name, its level in the books."""

    code: str
    label: str | Promise
    level: int


registry: dict[str, RoleName] = {}


def register(*names: RoleName) -> None:
    """Make roles known; called from `apps.py` of whoever brings them."""
    for name in names:
        registry[name.code] = name


register(
    RoleName("owner", _("Pemilik"), OWNER),
    RoleName("manager", _("Pengelola"), MANAGER),
    RoleName("staff", _("Staf"), STAFF),
)


def acting_at(person: Person, at: datetime) -> Person:
    """The person as of this moment: delegated roles count within their dates. Doors say it, once a request."""
    person._at = at  # type: ignore[attr-defined]  # noqa: SLF001 - kept for the request
    forget(person)
    return person


def _running(person: Person) -> Q:
    """Roles without an end, and those whose dates hold the moment at which the person acts."""
    at: datetime | None = getattr(person, "_at", None)
    return Q(until__isnull=True) | (Q(since__lte=at, until__gt=at) if at else Q(pk__in=[]))


def held(person: Person) -> dict[int | None, frozenset[str]]:
    """The running roles of a person by unit id; `None` holds those over the whole company."""
    known: dict[int | None, frozenset[str]] | None = getattr(person, "_held_roles", None)
    if known is None:
        known, units, others = {}, {}, {person.pk}
        rows = Role.objects.filter(_running(person), person=person).select_related("unit")
        for role in _with_others(rows):
            known[role.unit_id] = known.get(role.unit_id, frozenset()) | {role.name}
            if role.unit:
                units[role.unit_id] = role.unit
            others |= {role.merged, role.organisation, role.merged_there}
        person._held_roles = known  # type: ignore[attr-defined]  # noqa: SLF001 - kept for the request
        person._held_units = units  # type: ignore[attr-defined]  # noqa: SLF001 - kept for the request
        if known:
            person._acts_for = frozenset(others - {None})  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    return known


def _with_others(rows: QuerySet[Role]) -> QuerySet[Any]:
    """Roles, each once for every other record in whose name its person acts: what `acts_for` asks, joined."""
    return rows.annotate(
        running=FilteredRelation("person__memberships", condition=Q(person__memberships__until=None)),
        merged=F("person__merged"),
        organisation=F("running__organisation"),
        merged_there=F("running__organisation__merged"),
    )


def held_units(person: Person) -> list[Unit]:
    """The units in which the person holds a role, by name, as read with the roles; not those of an owner."""
    held(person)
    units: dict[int, Unit] = person._held_units  # type: ignore[attr-defined]  # noqa: SLF001
    return sorted(units.values(), key=lambda unit: unit.name)


def forget(person: Person) -> None:
    """Read the roles anew at the next question (after a change)."""
    for kept in ("_held_roles", "_held_units", "_acts_for"):
        if hasattr(person, kept):
            delattr(person, kept)


def is_owner(person: Person | None) -> bool:
    """Whether the person owns the company: holds every unit, sees everything."""
    return person is not None and "owner" in held(person).get(None, frozenset())


def has_role(person: Person | None, unit: Unit | int | None, *names: str) -> bool:
    """Whether the person holds one of the roles in the unit; the owner holds all of them."""
    if person is None:
        return False
    if is_owner(person):
        return True
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    return unit_id is not None and not held(person).get(unit_id, frozenset()).isdisjoint(names)


def level(person: Person | None, unit: Unit | int) -> int:
    """The level in the unit's books: 0 for outsiders, then staff, manager, owner."""
    if person is None:
        return 0
    if is_owner(person):
        return OWNER
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    return max(
        (registry[name].level for name in held(person).get(unit_id, ()) if name in registry), default=0
    )


def unit_ids(person: Person | None, *names: str) -> set[int] | None:
    """Units in which the person holds one of the roles (any role if none is named); `None`: all units."""
    if person is None:
        return set()
    if is_owner(person):
        return None
    return {
        unit_id
        for unit_id, has in held(person).items()
        if unit_id is not None and (not names or not has.isdisjoint(names))
    }


def acts_for(person: Person | None) -> frozenset[int]:
    """Ids of the person and of the organisations for which the person acts now.

    With them the ids of duplicates that were merged into one of these: what is sealed keeps naming
    the dropped record, and is read with the one that stays.
    """
    if person is None:
        return frozenset()
    held(person)  # whoever holds a role is known by now
    known: frozenset[int] | None = getattr(person, "_acts_for", None)
    if known is None:
        running = Membership.objects.filter(person=person, until__isnull=True).values("organisation_id")
        others = Q(pk__in=running) | Q(merged_into=person) | Q(merged_into__in=running)
        known = frozenset({person.pk, *Person.objects.filter(others).values_list("pk", flat=True)})
        person._acts_for = known  # type: ignore[attr-defined]  # noqa: SLF001 - kept for the request
    return known


def works_here(person: Person | None) -> bool:
    """Whether the person holds any role at all: sees the workspace."""
    return person is not None and bool(held(person))
