"""Held money changes its place or becomes ours: forfeited, moved between cases, given to the balance."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.core.billing.models import Holding
from tatausaha.core.billing.services import held, settling
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Line
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of


@transaction.atomic
def forfeit(
    subject: Tracked, *, amount: int, account: str, by: Actor, at: datetime, reason: str
) -> list[Journal]:
    """Keep part of a case's advance as income: Dr advance / Cr `account`, on the day it happens.

    Raises `Refused` when less is held.
    """
    journals = []
    for place, part in draw(subject, Holding.Kind.ADVANCE, amount):
        journal = settling.book(
            subject.unit, [Line(place.account, part, party=place.person), Line(account, -part)],
            key=_key(subject, place, "forfeit"), kind="forfeit", source=source_of(subject), memo=reason,
            by=by, at=at,
        )  # fmt: skip
        held.record([held.Change(place, -part, held.Move.FORFEITED, reason)], journal=journal, by=by, at=at)
        assert journal is not None
        journals.append(journal)
    return journals


@transaction.atomic
def move_holding(kind: str, *, from_subject: Tracked, to_subject: Tracked, by: Actor, at: datetime) -> int:
    """Hold for another case of the same unit what is held for this one; how many rupiah moved.

    It stays the same person's money on the same account, so nothing is booked.
    """
    assert from_subject.unit_id == to_subject.unit_id, "held money stays in its unit"
    moved = 0
    for place, part in draw(from_subject, kind, None):
        target = at_case(to_subject, place)
        note = f"{from_subject.number} → {to_subject.number}"
        changes = [
            held.Change(place, -part, held.Move.MOVED, note),
            held.Change(target, part, held.Move.MOVED, note),
        ]
        held.record(changes, journal=None, by=by, at=at)
        moved += part
    return moved


@transaction.atomic
def to_balance(
    subject: Tracked, *, by: Actor, at: datetime, kind: str = Holding.Kind.ADVANCE, amount: int | None = None
) -> int:
    """Turn held money of a case into the person's balance (saldo); all of it unless an amount is given."""
    return _turn(subject, kind, Holding.Kind.BALANCE, amount, by=by, at=at)


@transaction.atomic
def to_advance(subject: Tracked, *, by: Actor, at: datetime, kind: str = Holding.Kind.DEPOSIT) -> int:
    """Turn held money of a case into its advance, so that all of it can go back in one sum."""
    return _turn(subject, kind, Holding.Kind.ADVANCE, None, target=subject, by=by, at=at)


@transaction.atomic
def to_unidentified(subject: Tracked, *, target: Tracked, kind: str, by: Actor, at: datetime) -> int:
    """Turn held money of a case into titipan of another case (of the one that will decide about it)."""
    return _turn(subject, kind, Holding.Kind.UNIDENTIFIED, None, target=target, by=by, at=at)


def _turn(
    subject: Tracked, kind: str, into: str, amount: int | None, *, by: Actor, at: datetime,
    target: Tracked | None = None,
) -> int:  # fmt: skip
    turned = 0
    for place, part in draw(subject, kind, amount):
        new = (
            replace(at_case(target, place), kind=into)
            if target
            else held.balance_of(place.unit, place.person)
        )
        journal = settling.book(
            place.unit,
            [Line(place.account, part, party=place.person), Line(new.account, -part, party=new.person)],
            key=_key(subject, place, into), kind="move_held", source=source_of(subject), by=by, at=at,
        )  # fmt: skip
        changes = [held.Change(place, -part, held.Move.MOVED), held.Change(new, part, held.Move.MOVED)]
        held.record(changes, journal=journal, by=by, at=at)
        turned += part
    return turned


def at_case(subject: Tracked, place: held.Place) -> held.Place:
    """The same kind of money of the same person, for another case."""
    return replace(
        place, procedure=procedure_of(subject).code, subject_id=subject.pk, case_number=subject.number
    )


def source_of(subject: Tracked) -> tuple[str, int]:
    """What a journal names as its cause."""
    return procedure_of(subject).code, subject.pk


def draw(subject: Tracked, kind: str, amount: int | None) -> Sequence[tuple[held.Place, int]]:
    """Where so much is held for the case, oldest first; everything when no amount is given."""
    settling.open_books(subject.unit)
    rows = Holding.objects.filter(
        procedure=procedure_of(subject).code, subject_id=subject.pk, kind=kind, balance__gt=0
    ).select_related("unit", "person")
    found: list[tuple[held.Place, int]] = []
    left = amount
    for holding in rows.order_by("pk"):
        part = holding.balance if left is None else min(left, holding.balance)
        if part > 0:
            found.append((held.place_of(holding), part))
        left = None if left is None else left - part
    if left:
        raise Refused(
            _("Yang dipegang untuk %(number)s kurang %(amount)s.")
            % {"number": subject.number, "amount": rupiah(left)}
        )
    return found


def _key(subject: Tracked, place: held.Place, event: str) -> str:
    holding = Holding.objects.get(
        unit=place.unit,
        kind=place.kind,
        procedure=place.procedure,
        subject_id=place.subject_id,
        person=place.person,
    )
    return f"{subject.unit_id}|holding|{holding.pk}|{event}|{holding.moves + 1}"
