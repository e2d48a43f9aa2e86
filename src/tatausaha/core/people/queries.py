"""Reads about persons, units and the company."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Prefetch, Q, QuerySet

from tatausaha.core.people import access, identity, roles
from tatausaha.core.people.models import (
    Company,
    Event,
    IdentityPaper,
    Login,
    Membership,
    PaperView,
    Person,
    PersonChange,
    Role,
    Unit,
)

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


def units_of_ids(ids: Iterable[int]) -> dict[int, Unit]:
    """Units by their id: the places of cases that somebody may already see."""
    return Unit.objects.in_bulk(set(ids))


def units_for(person: Person | None, *names: str) -> QuerySet[Unit]:
    """Units in which the person holds one of the roles (any role, if none is named)."""
    ids = roles.unit_ids(person, *names)
    units = Unit.objects.order_by("name")
    return units if ids is None else units.filter(pk__in=ids)


def people_for(viewer: Person | None, text: str = "") -> QuerySet[Person]:
    """Persons whom the owner may list, by name, e-mail or phone as typed; nobody for others.

    Merged duplicates are found under the person who stays.
    """
    if not roles.is_owner(viewer):
        return Person.objects.none()
    persons = Person.objects.filter(merged_into__isnull=True).order_by("name", "pk")
    if digits := identity.phone_digits(text):
        return persons.filter(phone__contains=digits)
    for word in text.split():
        persons = persons.filter(Q(name__icontains=word) | Q(email__icontains=word.lower()))
    return persons


def person_for(viewer: Person | None, pk: int) -> Person | None:
    """The person, if the viewer may know him: himself, the owner, a manager with business with him."""
    person = Person.objects.select_related("merged_into").filter(pk=pk).first()
    return person if person and access.may_know(viewer, person) else None


def paper_for(viewer: Person | None, pk: int) -> IdentityPaper | None:
    """An identity paper of somebody whom the viewer may know."""
    paper = IdentityPaper.objects.select_related("person").filter(pk=pk).first()
    return paper if paper and access.may_know(viewer, paper.person) else None


def papers_of(person: Person) -> QuerySet[IdentityPaper]:
    """Identity papers of a person and his duplicates, newest first."""
    return IdentityPaper.objects.filter(person__in=same_person(person)).order_by("-added_at", "-pk")


def roles_of(person: Person) -> QuerySet[Role]:
    """Roles that a person holds or held; running ones first."""
    return (
        Role.objects.filter(person__in=same_person(person))
        .select_related("unit", "given_by")
        .order_by(F("until").desc(nulls_first=True), "name", "pk")
    )


def role_for(viewer: Person | None, pk: int) -> Role | None:
    """A role, for the owner."""
    return Role.objects.select_related("person").filter(pk=pk).first() if roles.is_owner(viewer) else None


def members_of(organisation: Person) -> QuerySet[Membership]:
    """Who acts for an organisation now."""
    running = Membership.objects.filter(organisation=organisation, until__isnull=True)
    return running.select_related("person").order_by("since", "pk")


def changes_of(person: Person) -> QuerySet[PersonChange]:
    """What was changed in a person's data, newest first."""
    changes = PersonChange.objects.filter(person__in=same_person(person))
    return changes.select_related("by").order_by("-at", "-pk")


def events_of(person: Person) -> QuerySet[Event]:
    """What was done to a person, newest first."""
    events = Event.objects.filter(person__in=same_person(person)).select_related("by", "unit")
    return events.order_by("-at", "-pk")


def login_of(person: Person) -> Login | None:
    """The key of a person, if he has one."""
    return Login.objects.filter(person=person).first()


def has_proven_phone(person: Person) -> bool:
    """Whether the person signs in with his phone number and has typed a code that only it received."""
    return (
        bool(person.phone)
        and Login.objects.filter(person=person, phone=person.phone, phone_verified=True).exists()
    )


def unit_for(viewer: Person | None, code: str) -> Unit | None:
    """A unit by its code, for the owner."""
    return Unit.objects.filter(code=code).first() if roles.is_owner(viewer) else None


def looks_at(paper: IdentityPaper) -> QuerySet[PaperView]:
    """Who saw a paper's number or file, newest first."""
    return PaperView.objects.filter(paper=paper).select_related("by").order_by("-at", "-pk")


def known_by_address(viewer: Person | None, contact: str) -> Person | None:
    """The one person with this e-mail or phone, for the owner; nobody when there are several."""
    email, number = identity.address_of_login(contact)
    same = Q(email=email) if email else Q(phone=number)
    found = list(people_for(viewer).filter(same, kind=Person.Kind.NATURAL)[:2])
    return found[0] if len(found) == 1 else None


def all_with_address(contact: str) -> list[Person]:
    """Everybody who is written down with this e-mail or phone, as typed: one, several (never guess), or nobody."""
    email, number = identity.address_of_login(contact)
    same = Q(email=email) if email else Q(phone=number)
    return list(
        Person.objects.filter(same, merged_into__isnull=True, anonymised_at__isnull=True).order_by("pk")[:2]
    )


def people_with_roles(viewer: Person | None, text: str = "", group: str = "") -> QuerySet[Person]:
    """`people_for`, with running roles and login read along; forgotten people have no name to be found by.

    `group`: `work` (who holds a role), `legal` (organisations), `closed` (whose login is closed), or all.
    """
    running = Role.objects.filter(until__isnull=True).select_related("unit")
    persons = people_for(viewer, text).filter(anonymised_at__isnull=True).select_related("login")
    if group == "work":
        persons = persons.filter(pk__in=running.values("person"))
    elif group == "legal":
        persons = persons.filter(kind=Person.Kind.LEGAL)
    elif group == "closed":
        persons = persons.filter(login__is_active=False)
    return persons.prefetch_related(Prefetch("roles", queryset=running, to_attr="running_roles"))


def units_with_managers(viewer: Person | None) -> QuerySet[Unit]:
    """`units_for`, with who works there read along."""
    running = Role.objects.filter(until__isnull=True).select_related("person")
    return units_for(viewer).prefetch_related(Prefetch("roles", queryset=running, to_attr="running_roles"))


def roles_in(unit: Unit) -> QuerySet[Role]:
    """Running roles in a unit."""
    return (
        Role.objects.filter(unit=unit, until__isnull=True)
        .select_related("person")
        .order_by("person__name", "pk")
    )


def workers_in(unit: Unit) -> QuerySet[Person]:
    """Who works in a unit now, by name: holders of a role there, and the owners."""
    running = Role.objects.filter(Q(unit=unit) | Q(unit=None), until__isnull=True)
    return Person.objects.filter(pk__in=running.values("person")).order_by("name", "pk")


def side_of(person: Person) -> dict[str, Any]:
    """What tells two records apart, for looking at them side by side."""
    return {
        "person": person,
        "phone": identity.shown_phone(person.phone),
        "papers": list(papers_of(person)),
        "roles": list(roles_of(person)),
        "login": login_of(person),
        "events": events_of(person).count(),
    }
