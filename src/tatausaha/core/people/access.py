"""Who may know and change whom: the person himself, the owner, and the manager of a unit he deals with.

People cannot know what a booking or an order is. Each business registers how to find the
units with which a person has business.
"""

from collections.abc import Callable

from django.db.models import QuerySet

from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

type_of_relation = Callable[[Person], QuerySet]  # type: ignore[type-arg]
_relations: list[type_of_relation] = []


def register_relation(units_of: type_of_relation) -> None:
    """`units_of(person)` gives a queryset of unit ids with which he has business; from `apps.py`."""
    if units_of not in _relations:
        _relations.append(units_of)


def related_units(person: Person) -> set[int]:
    """Units with which a person has business, now or once, and those in which he works."""
    found = {unit for unit in roles.held(person) if unit is not None}
    for units_of in _relations:
        found.update(units_of(person))
    return found


def may_know(by: Person | None, person: Person) -> bool:
    """Himself, the owner, or a manager of a unit with which he has business (KOS-13, KOS-16)."""
    if by is None:
        return False
    if by.pk in {person.pk, person.merged_into_id} or roles.is_owner(by):
        return True
    managed = roles.unit_ids(by, "manager")
    return bool(managed) and not related_units(person).isdisjoint(managed or ())


def may_edit(by: Person | None, person: Person) -> bool:
    """Whoever may know him, except that a colleague's data is the owner's and his own to change."""
    if by is None or not may_know(by, person):
        return False
    return by.pk == person.pk or roles.is_owner(by) or not roles.works_here(person)
