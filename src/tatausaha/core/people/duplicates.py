"""Pairs of records that may be one person, with the reasons why (SYS-07)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import combinations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import history
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Event, IdentityPaper, Person

SIMILAR = 0.82
"""From this share of equal letters on, two names are alike."""
LARGEST_GROUP = 12
"""More records than this with one number are not twelve times one person (an office's phone)."""


@dataclass(frozen=True)
class Pair:
    """Two records and what speaks for their being one person; the older one first."""

    keep: Person
    drop: Person
    reasons: tuple[str | Promise, ...]


def possible_duplicates(among: QuerySet[Person] | None = None, *, most: int = 100) -> list[Pair]:
    """Pairs with the same phone, e-mail or identity number, or a like name and one birth date.

    Pairs that the owner called different people are left out. Strongest reasons first.
    """
    persons = Person.objects.all() if among is None else among
    persons = persons.filter(merged_into__isnull=True, anonymised_at__isnull=True)
    found: dict[tuple[int, int], list[str | Promise]] = defaultdict(list)
    for reason, groups in (
        (_("nomor identitas sama"), _same_number(persons)),
        (_("nomor HP sama"), _same(persons, "phone")),
        (_("surel sama"), _same(persons, "email")),
        (_("nama mirip dan tanggal lahir sama"), _alike(persons)),
    ):
        for group in groups:
            for pair in combinations(sorted(set(group)), 2):
                found[pair].append(reason)
    different = _told_apart()
    pairs = [pair for pair in found if pair not in different]
    pairs.sort(key=lambda pair: (-len(found[pair]), pair))
    known = persons.in_bulk({pk for pair in pairs[:most] for pk in pair})
    return [
        Pair(known[a], known[b], tuple(found[a, b]))
        for a, b in pairs[:most]
        if known[a].kind == known[b].kind
    ]


def _groups(rows: Iterable[tuple[str, int]]) -> list[list[int]]:
    by_value: dict[str, list[int]] = defaultdict(list)
    for value, pk in rows:
        by_value[value].append(pk)
    return [group for group in by_value.values() if 1 < len(group) <= LARGEST_GROUP]


def _same(persons: QuerySet[Person], field: str) -> list[list[int]]:
    return _groups(persons.exclude(**{field: ""}).values_list(field, "pk"))


def _same_number(persons: QuerySet[Person]) -> list[list[int]]:
    papers = IdentityPaper.objects.filter(person__in=persons).exclude(number_hash="")
    return _groups(papers.values_list("number_hash", "person_id"))


def _alike(persons: QuerySet[Person]) -> list[list[int]]:
    born: dict[object, list[tuple[int, str]]] = defaultdict(list)
    for pk, name, born_on in persons.filter(born_on__isnull=False).values_list("pk", "name", "born_on"):
        born[born_on].append((pk, name.casefold()))
    return [
        [first[0], second[0]]
        for same_day in born.values()
        for first, second in combinations(same_day, 2)
        if alike(first[1], second[1])
    ]


def alike(one: str, other: str) -> bool:
    """Whether two names may be one: equal but for order and a few letters."""
    first, second = (" ".join(sorted(name.casefold().replace(".", " ").split())) for name in (one, other))
    return SequenceMatcher(None, first, second).ratio() >= SIMILAR


def _told_apart() -> set[tuple[int, int]]:
    rows = Event.objects.filter(kind=Event.Kind.NOT_SAME).values_list("person_id", "details")
    return {(min(pk, details["other"]), max(pk, details["other"])) for pk, details in rows if pk}


@transaction.atomic
def tell_apart(one: Person, other: Person, *, by: Actor, at: datetime, reason: str) -> None:
    """Two people who only look alike: the pair is not offered again."""
    if one.pk == other.pk:
        raise Refused(_("Pilih dua orang yang berbeda."))
    history.record(Event.Kind.NOT_SAME, person=one, by=by, at=at, other=other.pk, reason=reason)
