"""The one writer of held money: every movement leaves an entry, and no balance goes below zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.billing.kinds import ACCOUNT_OF
from tatausaha.core.billing.models import Holding, HoldingEntry
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.models import Journal
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Person, Unit

Move = HoldingEntry.Move


@dataclass(frozen=True)
class Place:
    """Where money is held: as what, for whom, for which case (none for the person's balance)."""

    unit: Unit
    kind: str
    person: Person
    procedure: str = ""
    subject_id: int = 0
    case_number: str = ""

    @property
    def account(self) -> str:
        """The liability account of the books."""
        return ACCOUNT_OF[self.kind]


@dataclass(frozen=True)
class Change:
    """A signed amount, in rupiah, that goes into or out of a place."""

    place: Place
    amount: int
    move: str
    note: str = ""


def balance_of(unit: Unit, person: Person) -> Place:
    """The person's balance (saldo) in a unit."""
    return Place(unit, Holding.Kind.BALANCE, person)


def place_of(holding: Holding) -> Place:
    """Where a stored holding is."""
    return Place(
        holding.unit, holding.kind, holding.person, holding.procedure, holding.subject_id, holding.case_number
    )


def record(changes: Sequence[Change], *, journal: Journal | None, by: Actor, at: datetime) -> None:
    """Write the movements. Raises `Refused` when more would go out than is held.

    Belongs to the caller's transaction, which holds the unit's lock.
    """
    for change in changes:
        if change.amount:
            _write(change, journal=journal, by=by, at=at)


def _write(change: Change, *, journal: Journal | None, by: Actor, at: datetime) -> None:
    holding = _locked(change.place)
    holding.balance += change.amount
    holding.moves += 1
    if holding.balance < 0:
        raise Refused(
            _("%(kind)s atas nama %(person)s tidak cukup.")
            % {"kind": str(Holding.Kind(holding.kind).label).capitalize(), "person": change.place.person.name}
        )
    holding.save(update_fields=["balance", "moves"])
    HoldingEntry.objects.create(
        holding=holding,
        seq=holding.moves,
        move=change.move,
        amount=change.amount,
        balance_after=holding.balance,
        journal=journal,
        note=change.note[:200],
        by=person_or_none(by),
        at=at,
    )


def _locked(place: Place) -> Holding:
    key = {
        "unit": place.unit,
        "kind": place.kind,
        "person": place.person,
        "procedure": place.procedure,
        "subject_id": place.subject_id,
    }
    rows = Holding.objects.select_for_update()
    if (found := rows.filter(**key).first()) is not None:
        return found
    try:
        with transaction.atomic():
            return Holding.objects.create(**key, case_number=place.case_number)
    except IntegrityError:
        return rows.get(**key)
