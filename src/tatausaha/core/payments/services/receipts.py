"""Receipts (kuitansi): one for each confirmed payment, numbered without gaps, kept for ever (KOS-10)."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from tatausaha.core.billing import kinds
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.allocation import Part
from tatausaha.core.billing.titles import titled
from tatausaha.core.documents import sheets
from tatausaha.core.documents.numbers import next_number
from tatausaha.core.documents.services import issue_paper, void_paper
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.words import long_date
from tatausaha.core.payments.channels import channel
from tatausaha.core.payments.models import Payment, Receipt
from tatausaha.core.people import businesses, roles
from tatausaha.core.people import queries as people
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Company, Person


def issue_receipt(
    payment: Payment, parts: list[Part], *, rest: str, left: int, by: Actor, at: datetime
) -> Receipt:
    """Number a receipt for a payment that was just confirmed; belongs to that transaction.

    `parts` is what it settled, `rest` says in words what became of money beyond that.
    """
    unit, payer = payment.unit, payment.customer
    assert payer is not None
    on = clock.day(at, unit.zone)
    with translation.override("id"):
        sheet = sheets.Receipt(
            head=sheets.Letterhead.of(_company(), unit), number=next_number(unit, "receipt", on),
            issued_on=on, payer=payer.name, amount=payment.amount, purpose=_purpose(parts, rest),
            lines=_lines(payment, parts, rest), method=_method(payment, on), received_by=_name(by),
            received_role=_role(by, payment), place=businesses.place_of(unit), left=left,
            balance=billing.balance_of(payer, unit),
        )  # fmt: skip
    paper = issue_paper(
        sheet, kind="receipt", unit=unit, holder=payer.name, amount=payment.amount, by=by, at=at
    )
    return Receipt.objects.create(
        payment=payment, unit=unit, number=sheet.number, payer=payer, amount=payment.amount,
        issued_at=at, paper=paper, said=_kept(sheet),
    )  # fmt: skip


def _company() -> Company:
    company = people.company()
    assert company is not None, "nobody pays a company that is not there"
    return company


def _purpose(parts: list[Part], rest: str) -> str:
    """What was paid for, in the titles of the bills."""
    named = titled({line.invoice_id: line.invoice for line, _amount in parts}.values())
    return "; ".join(title for _bill, title in named) or rest


def _lines(payment: Payment, parts: list[Part], rest: str) -> list[sheets.Line]:
    rows = [
        sheets.Line(
            line.description, amount, note=kinds.beside(line.kind, line.description, line.invoice.number)
        )
        for line, amount in parts
    ]
    beyond = payment.amount - sum(amount for _line, amount in parts)
    return [*rows, sheets.Line(rest, beyond)] if beyond else rows


def _method(payment: Payment, written_on: date) -> str:
    """How it was paid, and when, if that was not the day of the receipt (rules/boarding 10)."""
    said = str(channel(payment.method).label)
    said = f"{said} ({payment.bank})" if payment.bank else said
    if payment.occurred_on in {None, written_on}:
        return said
    return _("%(how)s, dibayar %(day)s") % {"how": said, "day": long_date(payment.occurred_on)}


def _name(by: Actor) -> str:
    person = person_or_none(by)
    return person.name if person else _company().name


def _role(by: Actor, payment: Payment) -> str:
    if not isinstance(by, Person):
        return str(_("Sistem"))
    if roles.is_owner(by):
        return str(_("Pemilik"))
    return str(_("Pengelola")) if roles.has_role(by, payment.unit, "manager") else str(_("Petugas"))


def _kept(sheet: sheets.Receipt) -> dict[str, Any]:
    said = asdict(sheet)
    for beside in ("proof", "printed", "void_reason"):
        said.pop(beside)
    return said | {"issued_on": sheet.issued_on.isoformat()}


def sheet_of(receipt: Receipt, *, printed: str = "") -> sheets.Receipt:
    """What the receipt says, word for word as on the first day; BATAL once its payment was reversed."""
    said = dict(receipt.said)
    said["head"] = sheets.Letterhead(**said["head"])
    said["lines"] = [sheets.Line(**line) for line in said["lines"]]
    said["issued_on"] = date.fromisoformat(said["issued_on"])
    sheet = sheets.Receipt(**said, printed=printed, void_reason=receipt.paper.void_reason)
    return sheets.with_proof(sheet, receipt.paper.token)


@transaction.atomic
def print_receipt(receipt: Receipt, *, form: str, by: Person, at: datetime) -> bytes:
    """The PDF in one of its forms (a5, a4, 80mm, 58mm). Every print is counted; from the second on
    it says that it is a copy. The number never changes.
    """  # fmt: skip
    Receipt.objects.filter(pk=receipt.pk).update(prints=F("prints") + 1)
    receipt = Receipt.objects.select_related("unit", "paper").get(pk=receipt.pk)
    note = sheets.printed_note(at, receipt.unit.zone, by.name)
    if receipt.prints > 1:
        note = f"{note} · cetakan ke-{receipt.prints}"
    return sheets.print_sheet(sheet_of(receipt, printed=note), form=form)


def void_receipt(payment: Payment, *, reason: str, by: Actor, at: datetime) -> None:
    """Mark the receipt of a reversed payment BATAL; its number stays."""
    receipt = Receipt.objects.select_related("paper").get(payment=payment)
    void_paper(receipt.paper, reason=reason, by=by, at=at)
    receipt.voided_at = at
    receipt.save(update_fields=["voided_at"])
