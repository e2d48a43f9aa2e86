"""A line gets its place in the books: by the very step that a person takes, on the day of the bank, once."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.core.banking import matching, queries
from tatausaha.core.banking.models import BankLine, Match
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.services import settling
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.words import short_date
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Entry, Journal
from tatausaha.core.ledger.services import Line
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import Expense, Handover, Payment, Refund
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import constraints
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import lock_row, perform

PATIENCE = 8.0
"""Seconds that one request gives to confirming many; the next request goes on."""
SHORTEST_NOTE = 5


@dataclass
class Said:
    """What became of many: how many were confirmed, how many are left, and who was refused why."""

    done: int = 0
    left: int = 0
    refused: list[tuple[BankLine, str]] = field(default_factory=list)


def confirm(line: BankLine, kind: str, pk: int, *, by: Person, at: datetime, why: str = "") -> Match:
    """Say what a line is: `kind` and `pk` as in `matching.Proposal`.

    What waits is confirmed by its own step, with the amount and the day of the bank; what is booked
    already is tied to it. One transaction. Raises `Refused` for a line that is taken, for whatever
    the step refuses, and for another account's money.
    """
    take = _WAYS.get(kind)
    if take is None:
        raise Refused(_("Pilih dulu milik siapa baris ini."))
    return _settle(line, lambda fresh: take(fresh, pk, by, at), by=by, at=at, why=why)


def _settle(
    line: BankLine, find: Callable[[BankLine], Journal], *, by: Person, at: datetime, why: str = ""
) -> Match:
    with constraints.named(), transaction.atomic():
        line = _open_line(line, by=by, at=at)
        journal = ledger.in_force(find(line))
        net = sum(
            Entry.objects.filter(journal=journal, account=int(line.bank_account.account)).values_list(
                "amount", flat=True
            )
        )
        if net != line.amount:
            raise Refused(_("Yang dibukukan bukan jumlah baris ini, atau lewat rekening lain."))
        return Match.objects.create(
            line=line, bank_account=line.bank_account, journal=journal, why=why[:200], by=by, at=at
        )


def _open_line(line: BankLine, *, by: Person, at: datetime) -> BankLine:
    """The line, locked, if it is open; a match whose journal was reversed ends here."""
    fresh: BankLine = lock_row(line)
    if not queries.accounts_for(by).filter(pk=fresh.bank_account_id).exists():
        raise Refused(_("Mutasi rekening ini dicocokkan oleh pengelola unitnya atau pemilik."))
    if queries.matches_of([fresh]):
        raise Refused(_("Baris ini sudah dicocokkan."))
    fresh.matches.filter(undone_at__isnull=True).update(undone_at=at, undone_by=by)
    return fresh


def _step(case: Tracked, names: tuple[str, ...], data: dict[str, Any], by: Person, at: datetime) -> Journal:
    """Take the one of these steps that the case's state allows; the journal that it posted."""
    steps = [step for name in names if (step := procedure_of(case).step(name)) is not None]
    step = next((one for one in steps if case.status in one.sources), steps[0])
    done: Any = perform(case, step, by=by, at=at, data=data)
    done.refresh_from_db()
    if done.journal is None:
        raise Refused(
            _("%(number)s belum dibukukan; selesaikan dulu di halamannya.") % {"number": done.number}
        )
    journal: Journal = done.journal
    return journal


def _told(line: BankLine) -> str:
    return _("Mutasi %(bank)s %(day)s, baris %(row)d") % {
        "bank": line.bank_account.bank, "day": short_date(line.on), "row": line.row,
    }  # fmt: skip


def _get(model: Any, pk: int, line: BankLine, by: Person) -> Any:
    mine = queries.served(line.bank_account, by)
    case = model.objects.select_related("unit").filter(pk=pk, unit__in=mine).first()
    if case is None:
        raise Refused(_("Catatan itu tidak ada di unit rekening ini."))
    return case


def _payment(line: BankLine, pk: int, by: Person, at: datetime) -> Journal:
    payment = _get(Payment, pk, line, by)
    if payment.bank_id != line.bank_account_id:
        raise Refused(_("Pembayaran itu ditunggu di rekening lain."))
    if line.amount <= 0:
        raise Refused(_("Baris ini uang keluar."))
    data = {"amount": line.amount, "occurred_on": line.on, "sure": True, "note": _told(line)}
    return _step(payment, ("confirm", "match"), data | _reference(line), by, at)


def _reference(line: BankLine) -> dict[str, str]:
    return {"reference": line.reference} if line.reference else {}


def _bill(line: BankLine, pk: int, by: Person, at: datetime) -> Journal:
    bill = _get(Invoice, pk, line, by)
    if line.amount <= 0:
        raise Refused(_("Baris ini uang keluar."))
    payment = payments.receive_transfer(
        invoice=bill, bank=line.bank_account, amount=line.amount, occurred_on=line.on, reference=line.reference,
        note=_told(line), by=by, at=at,
    )  # fmt: skip
    assert payment.journal is not None
    return payment.journal


def _journal(line: BankLine, pk: int, by: Person, at: datetime) -> Journal:  # noqa: ARG001 - all ways are asked alike
    near = matching.unmatched_journals(
        line.bank_account, line.on - matching.WAITED, line.on + matching.WAITED
    )
    journal = near.filter(pk=pk).first()
    if journal is None:
        raise Refused(_("Catatan ini sudah dicocokkan dengan baris mutasi lain."))
    return journal


def _refund(line: BankLine, pk: int, by: Person, at: datetime) -> Journal:
    reference = line.reference or _told(line)[:80]
    data = {"method": "transfer", "occurred_on": line.on, "reference": reference, "note": _told(line)}
    return _step(_get(Refund, pk, line, by), ("pay",), data, by, at)


def _expense(line: BankLine, pk: int, by: Person, at: datetime) -> Journal:
    return _step(
        _get(Expense, pk, line, by), ("spend",), {"occurred_on": line.on, "note": _told(line)}, by, at
    )


def _handover(line: BankLine, pk: int, by: Person, at: datetime) -> Journal:
    return _step(_get(Handover, pk, line, by), ("receive",), {"note": _told(line)}, by, at)


_WAYS: dict[str, Callable[[BankLine, int, Person, datetime], Journal]] = {
    "payment": _payment, "bill": _bill, "journal": _journal, "refund": _refund, "expense": _expense,
    "handover": _handover,
}  # fmt: skip


def confirm_sure(
    pairs: list[tuple[BankLine, matching.Proposal]], *, by: Person, at: datetime, patience: float = PATIENCE
) -> Said:
    """Confirm sure proposals one by one, each in a transaction of its own; who is refused hinders nobody else."""
    said, until = Said(), time.monotonic() + patience
    for place, (line, proposal) in enumerate(pairs):
        if time.monotonic() > until:
            said.left = len(pairs) - place
            break
        try:
            confirm(line, proposal.kind, proposal.pk, by=by, at=at, why=proposal.why)
        except Refused as no:
            said.refused.append((line, str(no)))
        else:
            said.done += 1
    return said


def to_titipan(line: BankLine, unit: Unit, *, by: Person, at: datetime) -> Match:
    """Money whose owner nobody knows becomes titipan of a unit, with its case for the manager. Raises `Refused`."""

    def receive(fresh: BankLine) -> Journal:
        case = payments.receive_unknown(
            unit=unit, amount=fresh.amount, occurred_on=fresh.on, sender=fresh.text[:120], bank=fresh.bank_account,
            key=f"bank-line-{fresh.pk}-{fresh.matches.count()}", sure=True, by=by, at=at,
        )  # fmt: skip
        return ledger.journals_of(procedure_of(case).code, case.pk)[0]

    if line.amount <= 0:
        raise Refused(_("Baris ini uang keluar."))
    return _settle(line, receive, by=by, at=at, why=_("Dicatat sebagai titipan."))


def spend(line: BankLine, unit: Unit, category: str, what: str, *, by: Person, at: datetime) -> Match | None:
    """Money that went out becomes an expense of a unit; nothing is matched yet where the owner must agree first."""
    if line.amount >= 0:
        raise Refused(_("Baris ini uang masuk."))
    with transaction.atomic():
        fresh = _open_line(line, by=by, at=at)
        case = payments.record_expense(
            unit=unit, category=category, amount=-fresh.amount, paid_from="transfer", occurred_on=fresh.on,
            note=what or fresh.text[:120], no_note=_told(fresh), by=by, at=at,
            key=f"bank-line-{fresh.pk}-{fresh.matches.count()}",
        )  # fmt: skip
        if case.journal is None:
            return None
        journal = case.journal
        return _settle(fresh, lambda _line: journal, by=by, at=at, why=_("Dicatat sebagai pengeluaran."))


def earn(line: BankLine, unit: Unit, *, by: Person, at: datetime) -> Match:
    """Money that nobody paid, as the bank's interest: other income of a unit. The owner's alone, because a
    customer's money must never end there (ADR 29). Raises `Refused`.
    """  # fmt: skip
    if not roles.is_owner(by):
        raise Refused(_("Pendapatan dari bank dicatat oleh pemilik."))
    if line.amount <= 0:
        raise Refused(_("Baris ini uang keluar."))

    def book(fresh: BankLine) -> Journal:
        journal = settling.book(
            unit, [Line(fresh.bank_account.account, fresh.amount), Line(chart.OTHER_INCOME, -fresh.amount)],
            key=f"{unit.pk}|bank-line|{fresh.pk}|earn|{fresh.matches.count()}", kind="bank_income",
            source=("banking.line", fresh.pk), memo=fresh.text[:120], event_on=fresh.on, by=by, at=at,
        )  # fmt: skip
        assert journal is not None
        return journal

    return _settle(line, book, by=by, at=at, why=_("Dicatat sebagai pendapatan lain."))


def note(line: BankLine, text: str, *, by: Person, at: datetime) -> Match:
    """Say why a line is not booked here; it stays a part of what explains the difference. Raises `Refused`."""
    said = " ".join(text.split())
    if len(said) < SHORTEST_NOTE:
        raise Refused(_("Tulis sebabnya, paling sedikit lima huruf."), field="note")
    with constraints.named(), transaction.atomic():
        line = _open_line(line, by=by, at=at)
        return Match.objects.create(line=line, bank_account=line.bank_account, note=said[:200], by=by, at=at)


def undo(line: BankLine, *, by: Person, at: datetime) -> None:
    """Take back what was said of a line; the books stay as they are. In past months it is the owner's alone."""
    with transaction.atomic():
        line = lock_row(line)
        if not queries.accounts_for(by).filter(pk=line.bank_account_id).exists():
            raise Refused(_("Mutasi rekening ini dicocokkan oleh pengelola unitnya atau pemilik."))
        today = queries.today(line.bank_account, at)
        if (line.on.year, line.on.month) != (today.year, today.month) and not roles.is_owner(by):
            raise Refused(_("Baris bulan yang sudah lewat hanya dilepas oleh pemilik."))
        line.matches.filter(undone_at__isnull=True).update(undone_at=at, undone_by=by)
