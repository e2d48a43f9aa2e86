"""Titipan: money that came too late or from nobody known waits for the manager's decision (rules/boarding 3)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Holding, HoldingEntry, Invoice
from tatausaha.core.billing.services import held, moving, openings, settling
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Line
from tatausaha.core.payments import queries
from tatausaha.core.payments.asking import AskFirst
from tatausaha.core.payments.models import BankAccount, Payment, Suspense
from tatausaha.core.payments.services import telling
from tatausaha.core.payments.services.days import check_new_day
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, Machine
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import begin, perform

UNKNOWN = "Pengirim belum dikenal"
"""The name under which the books keep money from nobody known."""


def place_of(case: Suspense) -> held.Place:
    """Where the books hold this titipan."""
    assert case.customer is not None
    return held.Place(
        case.unit, Holding.Kind.UNIDENTIFIED, case.customer, procedure_of(case).code, case.pk, case.number
    )


def hold(payment: Payment, amount: int, *, reason: str, by: Actor, at: datetime) -> Suspense:
    """Keep money of a payment as titipan, with a case for the manager. The payment's journal booked it."""
    assert payment.customer is not None
    case = begin(
        Suspense(
            unit=payment.unit, customer=payment.customer, amount=amount, origin=payment, reason=reason,
            sender=payment.sender, headline=_headline(payment.customer.name, amount),
        ),
        by=by, at=at,
    )  # fmt: skip
    change = held.Change(place_of(case), amount, held.Move.RECEIVED, payment.number)
    held.record([change], journal=payment.journal, by=by, at=at)
    telling.held_back(case, at=at)
    return case


def _headline(name: str, amount: int) -> str:
    return str(_("Titipan %(amount)s dari %(name)s") % {"amount": rupiah(amount), "name": name})


@transaction.atomic
def set_aside(subject: Tracked, *, kind: str, reason: str, by: Actor, at: datetime) -> Suspense | None:
    """Turn what is held for a case that can no longer use it into titipan; nothing if nothing is held.

    For money that came for a booking whose room is gone: the manager offers another room or
    returns it; nothing is forfeited by itself.
    """
    from_holdings = Holding.objects.filter(
        procedure=procedure_of(subject).code, subject_id=subject.pk, kind=kind, balance__gt=0
    )
    amount = sum(holding.balance for holding in from_holdings)
    if not amount:
        return None
    assert subject.customer is not None
    case = begin(
        Suspense(
            unit=subject.unit, customer=subject.customer, amount=amount, reason=reason[:200],
            headline=_headline(subject.customer.name, amount),
        ),
        by=by, at=at,
    )  # fmt: skip
    billing.to_unidentified(subject, target=case, kind=kind, by=by, at=at)
    telling.held_back(case, at=at)
    return case


def use(case: Suspense, invoice: Invoice | None, *, by: Actor, at: datetime) -> None:
    """Use the titipan for a bill, and what the bill does not want for the person's balance.

    Without a bill all of it becomes the person's balance. Raises `Refused` for another unit's
    bill and for money whose sender is still unknown.
    """
    assert case.customer is not None
    if case.customer.name == UNKNOWN:
        raise Refused(_("Pengirimnya belum dikenal: catat dulu siapa dia."))
    if invoice is not None:
        if invoice.unit_id != case.unit_id:
            raise Refused(_("Tagihan itu milik unit lain."), field="invoice")
        if not billing.use_unidentified(case, invoice=invoice, by=by, at=at):
            raise Refused(
                _("Tagihan %(number)s sudah tidak perlu dibayar.") % {"number": invoice.number},
                field="invoice",
            )
    billing.to_balance(case, kind=Holding.Kind.UNIDENTIFIED, by=by, at=at)


def use_titipan(subject: Tracked, invoice: Invoice, *, at: datetime) -> int:
    """Use the titipan that came for a case, which goes on after all, for its new bill; how many rupiah.

    What the bill does not want becomes the person's balance.
    """
    used = 0
    for case in queries.titipan_of(subject):
        step = procedure_of(case).step("go_on")
        assert step is not None
        said = _("Tagihan %(number)s") % {"number": invoice.number}
        perform(case, step, by=Machine.CASE, at=at, data={"invoice": invoice.number, "note": said})
        used += case.amount
    return used


def end_with(payment: Payment, *, reason: str, at: datetime) -> None:
    """The payment is taken back, and with it the titipan that it brought: there is nothing to decide any more."""
    for case in Suspense.objects.filter(origin=payment, status=Suspense.Status.HELD).order_by("pk"):
        step = procedure_of(case).step("undo")
        assert step is not None
        perform(case, step, by=Machine.MONEY, at=at, data={"note": reason})


def identify(case: Suspense, person: Person, *, by: Actor, at: datetime) -> None:
    """Say whose money it is: the books move it from the unknown sender to that person."""
    if case.customer_id == person.pk:
        return
    case.customer = person
    case.headline = _headline(person.name, case.amount)
    case.save(update_fields=["customer", "headline"])
    for former, part in moving.draw(case, Holding.Kind.UNIDENTIFIED, case.amount):
        _rename(case, former, part, person, by=by, at=at)


def _rename(
    case: Suspense, former: held.Place, amount: int, person: Person, *, by: Actor, at: datetime
) -> None:
    turn = HoldingEntry.objects.filter(
        holding__procedure=former.procedure, holding__subject_id=former.subject_id
    ).count()
    changes = [
        held.Change(former, -amount, held.Move.MOVED, person.name),
        held.Change(place_of(case), amount, held.Move.MOVED, person.name),
    ]
    journal = settling.book(
        case.unit,
        [Line(former.account, amount, party=former.person), Line(former.account, -amount, party=person)],
        key=f"{case.unit_id}|suspense|{case.pk}|rename|{turn}", kind="move_held",
        source=(procedure_of(case).code, case.pk), memo=case.number, by=by, at=at,
    )  # fmt: skip
    held.record(changes, journal=journal, by=by, at=at)


def receive_unknown(
    *, unit: Unit, amount: int, occurred_on: date, sender: str, bank: BankAccount | None, by: Actor, at: datetime,
    key: str = "", sure: bool = False,
) -> Suspense:  # fmt: skip
    """Write down a transfer from nobody known: booked as titipan, with a case for the manager.

    `key` is the form's own: sent twice, the first titipan is returned. `sure` overrules the
    warning about money that looks the same (`AskFirst`). Raises `Refused` for whoever does not
    manage the unit, for a closed account, and for a day that is still to come.
    """
    if key and (known := Suspense.objects.filter(key=key).first()) is not None:
        return known
    try:
        with transaction.atomic():
            return _receive(unit, amount, occurred_on, sender, bank, key, sure, by=by, at=at)
    except IntegrityError:  # the same form, a moment earlier, in another hand
        if key and (known := Suspense.objects.filter(key=key).first()) is not None:
            return known
        raise


def _receive(
    unit: Unit, amount: int, occurred_on: date, sender: str, bank: BankAccount | None, key: str, sure: bool, *,
    by: Actor, at: datetime,
) -> Suspense:  # fmt: skip
    if isinstance(by, Person) and not roles.has_role(by, unit, "manager"):
        raise Refused(_("Uang masuk dicatat oleh pengelola unit atau pemilik."))
    check_new_day(occurred_on, Suspense, unit, by=by, at=at)
    if bank is None:
        raise Refused(_("Rekening bank unit ini belum dicatat di setelan."), field="bank")
    if bank.closed_on is not None or bank.unit_id not in {None, unit.pk}:
        raise Refused(_("Rekening ini bukan rekening unit ini, atau sudah ditutup."), field="account")
    sender = " ".join(sender.split())[:120]
    if not sure and _looks_known(unit, amount, occurred_on, sender):
        raise AskFirst(
            _(
                "Uang sejumlah ini dari pengirim dan tanggal yang sama sudah dicatat. Benar ada dua kali di mutasi?"
            )
        )
    case = begin(
        Suspense(
            unit=unit, customer=_nobody(at), amount=amount, sender=sender, occurred_on=occurred_on, key=key or None,
            reason=_("Pengirim belum dikenal."), headline=_headline(sender or UNKNOWN, amount)[:160],
        ),
        by=by, at=at,
    )  # fmt: skip
    place = place_of(case)
    journal = settling.book(
        unit,
        [Line(bank.account, amount), Line(place.account, -amount, party=place.person)],
        key=f"{unit.pk}|suspense|{case.pk}|receive|0", kind="payment", event_on=occurred_on,
        source=(procedure_of(case).code, case.pk), memo=sender, by=by, at=at,
    )  # fmt: skip
    held.record([held.Change(place, amount, held.Move.RECEIVED, sender)], journal=journal, by=by, at=at)
    return case


@transaction.atomic
def take_over(
    unit: Unit, person: Person, amount: int, *, on: date, reason: str, key: str, by: Actor, at: datetime
) -> Journal:
    """Titipan that was held before these books began: a case for the manager, booked against the opening equity."""
    case = begin(
        Suspense(
            unit=unit, customer=person, amount=amount, sender=person.name[:120], occurred_on=on, reason=reason[:200],
            headline=_headline(person.name, amount)[:160],
        ),
        by=by, at=at,
    )  # fmt: skip
    return openings.take_over_held(
        place_of(case), amount, on=on, note=case.number, reason=reason, key=key, by=by, at=at
    )


def _looks_known(unit: Unit, amount: int, occurred_on: date, sender: str) -> bool:
    same = Suspense.objects.filter(unit=unit, amount=amount, occurred_on=occurred_on, sender__iexact=sender)
    return same.exists()


def _nobody(at: datetime) -> Person:
    """The one person who stands in the books for all whom nobody knows."""
    known = (
        Person.objects.filter(name=UNKNOWN, kind=Person.Kind.LEGAL, phone="", email="").order_by("pk").first()
    )
    return known or Person.objects.create(name=UNKNOWN, kind=Person.Kind.LEGAL, created_at=at)
