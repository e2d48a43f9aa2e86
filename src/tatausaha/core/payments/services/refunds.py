"""Held money goes back to its owner: asked for, due on a working day, paid, booked (KOS-12)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.core.billing import queries as bills
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Holding
from tatausaha.core.billing.services import held, moving, settling
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger.services import Line, NotEnough
from tatausaha.core.payments import queries
from tatausaha.core.payments.channels import channel
from tatausaha.core.payments.models import BankAccount, Refund
from tatausaha.core.payments.services import telling
from tatausaha.core.payments.services.days import check_day
from tatausaha.core.payments.workdays import add_working_days
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import by_code, procedure_of
from tatausaha.core.procedures.services import begin

if TYPE_CHECKING:
    from tatausaha.core.payments.policy import RefundPolicy


@transaction.atomic
def request_refund(
    subject: Tracked, *, kind: str, amount: int, payee: Person, reason: str, working_days: int,
    by: Actor, at: datetime,
) -> Refund | None:  # fmt: skip
    """Ask for held money of a case to be given back, at the latest after so many working days.

    Less than the SOP's smallest refund (a unique code of a transfer) is work for nobody: it
    becomes, or stays, the payee's balance, and there is no refund.

    From now on it is held under the refund, so nothing else can use it; cancelling gives it
    back to the case. For the balance (saldo) `subject` is the case that it came up in. Raises
    `Refused` when less is held for the payee.
    """
    settling.open_books(subject.unit)
    held_for = _held_for(subject, kind, payee, amount)
    if amount < smallest_refund(subject.unit, at=at):
        if kind != Holding.Kind.BALANCE:
            billing.to_balance(subject, kind=kind, amount=amount, by=by, at=at)
        return None
    case = _begin(subject.unit, subject, kind, amount, payee, reason, working_days, by=by, at=at)
    for place, part in held_for:
        _move(place, moving.at_case(case, place), part, case.number, by=by, at=at)
    return case


def smallest_refund(unit: Unit, *, at: datetime) -> int:
    """The smallest amount, in rupiah, that is given back by itself: a number of the SOP of refunds."""
    procedure = by_code("payments.refund")
    assert procedure is not None
    numbers: RefundPolicy = policies.values_in_force(procedure, unit, at=at)
    return numbers.smallest


def refund_day(unit: Unit, working_days: int, *, at: datetime) -> date:
    """The last day for a refund that is asked for now."""
    return add_working_days(clock.day(at, unit.zone), working_days)


def _begin(
    unit: Unit, subject: Tracked, kind: str, amount: int, payee: Person, reason: str, working_days: int, *,
    by: Actor, at: datetime,
) -> Refund:  # fmt: skip
    due_on = refund_day(unit, working_days, at=at)
    return begin(
        Refund(
            unit=unit, customer=payee, kind=kind, amount=amount, reason=reason[:200],
            subject_procedure=procedure_of(subject).code, subject_id=subject.pk, subject_number=subject.number,
            due_on=due_on, due_at=clock.start_of(due_on + timedelta(days=1), unit.zone),
            destination=queries.came_from(subject),
            headline=_("Kembalikan %(amount)s kepada %(name)s") % {"amount": rupiah(amount), "name": payee.name},
        ),
        by=by, at=at,
    )  # fmt: skip


def _held_for(subject: Tracked, kind: str, payee: Person, amount: int) -> list[tuple[held.Place, int]]:
    """Where so much is held for the payee, under whichever of their records, the oldest first."""
    if kind == Holding.Kind.BALANCE:
        rows = bills.balances(payee, subject.unit)
    else:
        mine = {"procedure": procedure_of(subject).code, "subject_id": subject.pk, "kind": kind}
        rows = Holding.objects.filter(bills.whose(payee), **mine)
    found: list[tuple[held.Place, int]] = []
    left = amount
    for row in rows.filter(balance__gt=0).select_related("unit", "person").order_by("pk"):
        if part := min(left, row.balance):
            found.append((held.place_of(row), part))
            left -= part
    if left > 0:
        raise Refused(
            _("Yang dipegang atas nama %(name)s hanya %(held)s.")
            % {"name": payee.name, "held": rupiah(amount - left)},
            field="amount",
        )
    return found


def _move(source: held.Place, target: held.Place, amount: int, note: str, *, by: Actor, at: datetime) -> None:
    changes = [
        held.Change(source, -amount, held.Move.MOVED, note), held.Change(target, amount, held.Move.MOVED, note)
    ]  # fmt: skip
    held.record(changes, journal=None, by=by, at=at)


def pay_back(
    case: Refund, *, method: str, bank: BankAccount | None, occurred_on: date, reference: str,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Book a refund whose money has gone out: Dr liability / Cr bank or cash."""
    settling.open_books(case.unit)
    on = check_day(occurred_on, case.unit, by=by, at=at, oldest_days=case.policy.backdate_days)
    case.method, case.bank, case.occurred_on, case.reference = method, bank, on, reference[:80]
    case.paid_by = person_or_none(by)
    if not channel(method).by_hand and bank is None:
        raise Refused(_("Pilih rekening asal transfer."), field="bank")
    reserved = moving.draw(case, case.kind, case.amount)
    owed = [Line(place.account, part, party=place.person) for place, part in reserved]
    try:
        journal = settling.book(
            case.unit, [*owed, channel(method).line(case, -case.amount)],
            key=f"{case.unit_id}|refund|{case.pk}|pay|0", kind="refund", event_on=on,
            source=(procedure_of(case).code, case.pk), memo=case.number, by=by, at=at,
        )  # fmt: skip
    except NotEnough as no:
        raise Refused(str(no), field="method") from no
    changes = [held.Change(place, -part, held.Move.RETURNED, case.number) for place, part in reserved]
    held.record(changes, journal=journal, by=by, at=at)
    case.journal = journal
    case.save(update_fields=["method", "bank", "occurred_on", "reference", "paid_by", "journal"])
    assert case.customer is not None
    telling.paid_back(case, case.customer, at=at)


def give_back_to_case(case: Refund, *, by: Actor, at: datetime) -> None:
    """A refund that does not happen: the money is held for the case again."""
    for place, part in moving.draw(case, case.kind, case.amount):
        home = replace(
            place,
            procedure=case.subject_procedure,
            subject_id=case.subject_id,
            case_number=case.subject_number,
        )
        if case.kind == Holding.Kind.BALANCE:
            home = held.balance_of(place.unit, place.person)
        _move(place, home, part, case.number, by=by, at=at)


def subject_of(case: Refund) -> Tracked | None:
    """The case that the refund belongs to."""
    procedure = by_code(case.subject_procedure)
    if procedure is None:
        return None
    found: Tracked | None = procedure.model._default_manager.filter(pk=case.subject_id).first()  # noqa: SLF001
    return found
