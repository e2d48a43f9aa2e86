"""Reads about persons, units and the company."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from tatausaha.core.people import roles
from tatausaha.core.people.models import Company, Login, Person, Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def company() -> Company | None:
    """The company of this installation; nothing before `init`."""
    return Company.objects.first()


def offset_of(company: Company | None) -> timedelta:
    """How far the time machine has moved the clock; zero outside demonstrations."""
    return company.clock_offset if company and company.is_demonstration else timedelta()


def person_of(user: "Login | AnonymousUser | None") -> Person | None:
    """The person behind a login; nobody behind an anonymous visitor."""
    return user.person if isinstance(user, Login) else None


def same_person(person: Person) -> QuerySet[Person]:
    """The person and all duplicates merged into it, whose history is read together."""
    return Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person))


def units_for(person: Person | None, *names: str) -> QuerySet[Unit]:
    """Units in which the person holds one of the roles (any role, if none is named)."""
    ids = roles.unit_ids(person, *names)
    units = Unit.objects.order_by("name")
    return units if ids is None else units.filter(pk__in=ids)
