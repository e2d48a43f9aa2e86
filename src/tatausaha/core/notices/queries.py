"""Reads about notices."""

from django.db.models import Count, Q, QuerySet, Subquery

from tatausaha.core.notices.kinds import Kind, kinds
from tatausaha.core.notices.models import Choice, Notice, Outgoing
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.people.queries import same_person


def notices_for(person: Person) -> QuerySet[Notice]:
    """The person's inbox, newest first."""
    return Notice.objects.filter(person__in=same_person(person)).select_related("unit").order_by("-at", "-pk")


def unread_count(person: Person | None) -> int:
    """How many notices the person has not read: one query over a partial index."""
    if person is None:
        return 0
    return _unread(person).count()


def _unread(person: Person) -> QuerySet[Notice]:
    return Notice.objects.filter(person__in=same_person(person), read_at=None)


def unread_for(person: Person) -> Subquery:
    """The same as a part of another question; nothing where there is none."""
    return Subquery(_unread(person).order_by().values("read_at").annotate(n=Count("pk")).values("n"))


def wants(person: Person, kind: Kind, channel: str) -> bool:
    """Whether a kind of notice goes out to the person by a channel."""
    if kind.must:
        return True
    own = Choice.objects.filter(person=person, kind=kind.code, channel=channel).values_list(
        "wanted", flat=True
    )
    return next(iter(own), kind.email)


def choices_for(person: Person) -> list[tuple[Kind, bool]]:
    """Every kind that may be told to the person, with the wish for e-mail."""
    own = dict(Choice.objects.filter(person=person, channel="email").values_list("kind", "wanted"))
    works = roles.works_here(person)
    return [
        (kind, kind.must or own.get(kind.code, kind.email))
        for kind in kinds.values()
        if works or not kind.staff
    ]


def holders(unit: Unit | None, *names: str) -> list[Person]:
    """Who holds one of the roles in the unit now; owners of the company where `owner` is named."""
    place = Q(roles__unit=unit) if unit else Q(pk__in=[])
    if "owner" in names:
        place |= Q(roles__unit=None, roles__name="owner")
    return list(
        Person.objects.filter(place, roles__name__in=names, roles__until=None).order_by("pk").distinct()
    )


def sendings(key: str) -> QuerySet[Outgoing]:
    """What went out for a notice's key, by every channel: sent, failed, opened or still due."""
    return Outgoing.objects.filter(key__startswith=f"{key}|").order_by("pk")


def failed_for(person: Person | None) -> QuerySet[Outgoing]:
    """Messages that could not be sent; only owners see them."""
    failed = Outgoing.objects.filter(state=Outgoing.State.FAILED).select_related("person", "unit")
    return failed.order_by("-failed_at", "-pk") if roles.is_owner(person) else failed.none()
