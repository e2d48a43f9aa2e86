"""Reads about moving in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Q, Sum

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal, PartyTotal, Total
from tatausaha.core.openings.models import CutOver, Opening
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit


def units_for(person: Person | None) -> list[Unit]:
    """Units that can move in: all of them for the owner, none for anybody else."""
    return list(Unit.objects.order_by("name")) if roles.is_owner(person) else []


def cut_overs(units: Iterable[int] | None = None) -> dict[int, date]:
    """The day of moving in by unit."""
    rows = CutOver.objects.all() if units is None else CutOver.objects.filter(unit__in=units)
    return dict(rows.values_list("unit_id", "on"))


def cut_over_of(unit: Unit) -> date | None:
    """The day of moving in, where it is set."""
    return CutOver.objects.filter(unit=unit).values_list("on", flat=True).first()


def has_figures(unit: Unit) -> bool:
    """Whether anything was brought along already, so that the day of moving in stands."""
    return (
        Opening.objects.filter(unit=unit).exists()
        or Journal.objects.filter(unit=unit, kind="opening").exists()
    )


def remainders(units: Iterable[int] | None = None) -> dict[int, int]:
    """What stands on the opening equity by unit, debit positive, where it is not nothing."""
    rows = Total.objects.filter(account=int(chart.OPENING_EQUITY))
    if units is not None:
        rows = rows.filter(unit__in=units)
    return {row.unit_id: row.net for row in rows if row.net}


@dataclass(frozen=True)
class Brought:
    """How many figures of a kind a unit brought, and the months that they span."""

    count: int
    first: int
    last: int


def brought(kind: str) -> dict[int, Brought]:
    """What units brought along of a kind."""
    rows = Opening.objects.filter(kind=kind).values("unit").annotate(n=Count("pk"), a=Min("ym"), b=Max("ym"))
    return {row["unit"]: Brought(row["n"], row["a"], row["b"]) for row in rows.order_by()}


def party_sums(account: str, units: Iterable[int]) -> dict[tuple[int, int], int]:
    """What the books say of an account by unit and person, debit positive."""
    rows = PartyTotal.objects.filter(account=int(account), unit__in=units)
    return {(row.unit_id, row.party_id): row.net for row in rows if row.net}


def persons_called(name: str) -> list[Person]:
    """Persons of that name who are themselves, whatever its capitals; at most two."""
    rows = Person.objects.filter(name__iexact=name, merged_into=None, anonymised_at=None)
    return list(rows.order_by("pk")[:2])


def person_with_phone(phone: str) -> Person | None:
    """The first person with a number in its stored form."""
    return Person.objects.filter(phone=phone, merged_into=None, anonymised_at=None).order_by("pk").first()


def opening_sum(unit: Unit) -> int:
    """The sum of the opening balances that were brought, debit positive (for a control)."""
    wanted = Q(unit=unit, kind=Opening.Kind.BALANCE)
    return Opening.objects.filter(wanted).aggregate(sum=Sum("amount"))["sum"] or 0
