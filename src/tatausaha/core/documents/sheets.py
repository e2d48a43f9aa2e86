"""What each paper says: typed, frozen facts that a template sets in type.

Papers are written in Indonesian whoever prints them, so that one number has one content.
Amounts are whole rupiah. `fingerprint` is the SHA-256 of what a paper says.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import Any, ClassVar, TypeVar

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from tatausaha.core.documents.typesetting import render_pdf
from tatausaha.core.kernel import money, words
from tatausaha.core.people import identity
from tatausaha.core.people.models import Company, Unit

STAMP_DUTY_ABOVE = 5_000_000
"""Receipts over this amount need a meterai of Rp10.000 (UU 10/2020, article 3)."""


@dataclass(frozen=True)
class Letterhead:
    """Who writes: the unit, and the company that it belongs to."""

    company: str
    unit: str
    address: str
    phone: str = ""
    email: str = ""
    tax_number: str = ""

    @classmethod
    def of(cls, company: Company, unit: Unit | None = None) -> "Letterhead":
        """The letterhead of a unit; of the company itself without one."""
        known = f"{company.name} ".lower().startswith(f"{company.legal_form} ".lower())
        name = company.name if known else f"{company.legal_form} {company.name}".strip()
        return cls(
            company=name,
            unit=unit.name if unit else name,
            address=" ".join(((unit and unit.address) or company.address).split()),
            phone=(unit and unit.phone) or company.phone,
            email=company.email,
            tax_number=company.tax_number,
        )


@dataclass(frozen=True)
class Proof:
    """How a reader finds out whether the paper is genuine: address, short code, QR (SVG)."""

    address: str
    place: str
    code: str
    qr: str

    @classmethod
    def of(cls, token: str) -> "Proof":
        """The proof printed on the paper that bears this public token."""
        address = settings.PUBLIC_URL + reverse("paper", args=[token])
        form = settings.PUBLIC_URL + reverse("genuine")
        picture = BytesIO()
        segno.make(address, error="m", micro=False).save(picture, kind="svg", xmldecl=False, border=0)
        return cls(address, form.split("://", 1)[1], spelled(token), picture.getvalue().decode())


def amount_said(amount: int) -> str:
    """Rupiah in words, as a sentence begins: `Satu juta rupiah`."""
    words_of_it = money.in_words(amount)
    return words_of_it[0].upper() + words_of_it[1:]


def spelled(token: str) -> str:
    """A token in groups of four, as people copy it."""
    return "-".join(token[i : i + 4] for i in range(0, len(token), 4))


@dataclass(frozen=True)
class Line:
    """One row of text and money; `note` is set small below it."""

    text: str
    amount: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What every paper has. `printed` says when and by whom this print was made, in words."""

    template: ClassVar[str]
    forms: ClassVar[tuple[str, ...]] = ("a4",)

    head: Letterhead
    number: str
    issued_on: date
    proof: Proof | None = None
    printed: str = ""

    def content(self) -> dict[str, Any]:
        """What the template reads: the facts, and what follows from them."""
        facts = asdict(self)
        facts["head"]["phone"] = identity.shown_phone(self.head.phone)
        facts["head"]["tax_number"] = self.head.tax_number and identity.shown_npwp(self.head.tax_number)
        return facts

    def public(self) -> dict[str, Any]:
        """What the public page may show besides number, day and amount, as plain JSON; no names."""
        return {}


def _rows(lines: "Sequence[Line]") -> list[list[str | int]]:
    return [[line.text, line.amount] for line in lines]


AnySheet = TypeVar("AnySheet", bound=Sheet)


@dataclass(frozen=True, kw_only=True)
class Receipt(Sheet):
    """Kuitansi: money came in (KOS-05, KOS-10). Lines sum to `amount`.

    `left` is what the touched bills still want, `balance` the payer's balance
    after this payment. A `void_reason` stamps it BATAL. `a4` is original and copy on one page.
    """

    template: ClassVar[str] = "documents/receipt.typ"
    forms: ClassVar[tuple[str, ...]] = ("a5", "a4", "80mm", "58mm")

    payer: str
    amount: int
    purpose: str
    lines: Sequence[Line]
    method: str
    received_by: str
    received_role: str
    place: str
    left: int = 0
    balance: int = 0
    void_reason: str = ""

    def public(self) -> dict[str, Any]:
        """What it was for, line by line, and what was left to pay."""
        return {"lines": _rows(self.lines), "left": self.left}

    def content(self) -> dict[str, Any]:
        """Adds the amount in words and whether a stamp is due."""
        return super().content() | {
            "in_words": amount_said(self.amount),
            "needs_stamp": self.amount > STAMP_DUTY_ABOVE,
        }


@dataclass(frozen=True, kw_only=True)
class Invoice(Sheet):
    """Tagihan (KOS-09, KOS-21). Lines sum to `total`; `settled` is what has come in on it,
    `credited` what credit notes took off.

    `period` is said in words. `pay_to` are label and value of the ways to pay (bank, account, name).
    """

    template: ClassVar[str] = "documents/invoice.typ"
    forms: ClassVar[tuple[str, ...]] = ("a4", "a5")

    payer: str
    payer_address: str = ""
    subject: str
    due_on: date
    period: str = ""
    lines: Sequence[Line]
    total: int
    settled: int = 0
    credited: int = 0
    pay_to: Sequence[tuple[str, str]] = ()
    note: str = ""
    void_reason: str = ""

    def public(self) -> dict[str, Any]:
        """What was billed, line by line, for which days, and by when it is due."""
        return {"lines": _rows(self.lines), "period": self.period, "due_on": self.due_on.isoformat()}

    def content(self) -> dict[str, Any]:
        """Adds what is left to pay, also in words: nothing of a bill that was taken back."""
        left = 0 if self.void_reason else max(0, self.total - self.settled - self.credited)
        return super().content() | {"left": left, "in_words": amount_said(left)}


@dataclass(frozen=True)
class Usage:
    """One use of a service. `quantity` is said in words (`4,5 kg x Rp8.000`); an estimate is marked."""

    text: str
    amount: int
    on: date | None = None
    quantity: str = ""
    estimated: bool = False


@dataclass(frozen=True, kw_only=True)
class ServiceNote(Sheet):
    """Nota layanan: what a tenant used in a period, as collected from the providers (KOS-09)."""

    template: ClassVar[str] = "documents/service_note.typ"
    forms: ClassVar[tuple[str, ...]] = ("a5", "a4", "80mm", "58mm")

    payer: str
    place_used: str
    period: str
    uses: Sequence[Usage]
    total: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DepositReceipt(Sheet):
    """Tanda terima deposit: money that stays the tenant's (KOS-06, KOS-12). `terms` say when it returns."""

    template: ClassVar[str] = "documents/deposit_receipt.typ"
    forms: ClassVar[tuple[str, ...]] = ("a5", "a4", "80mm", "58mm")

    payer: str
    held_for: str
    amount: int
    method: str
    terms: Sequence[str]
    received_by: str
    received_role: str
    place: str
    void_reason: str = ""

    def content(self) -> dict[str, Any]:
        """Adds the amount in words and whether a stamp is due."""
        return super().content() | {
            "in_words": amount_said(self.amount),
            "needs_stamp": self.amount > STAMP_DUTY_ABOVE,
        }


@dataclass(frozen=True, kw_only=True)
class HandoverSlip(Sheet):
    """Tanda terima setoran: cash went from its holder to the owner or into a bank account (boarding 16.3).

    `lines` lead from what the books said to what was handed over and what is left, `amount` is
    what changed hands; `reason` explains a difference.
    """

    template: ClassVar[str] = "documents/handover.typ"
    forms: ClassVar[tuple[str, ...]] = ("a5", "80mm")

    holder: str
    amount: int
    destination: str
    handed_on: date
    lines: Sequence[Line]
    left: int
    reason: str = ""
    received_by: str
    received_role: str
    place: str
    void_reason: str = ""

    def public(self) -> dict[str, Any]:
        """What was counted and handed over, line by line."""
        return {"lines": _rows(self.lines)}

    def content(self) -> dict[str, Any]:
        """Adds the amount in words."""
        return super().content() | {"in_words": amount_said(self.amount)}


@dataclass(frozen=True, kw_only=True)
class CashSlip(Sheet):
    """Tanda terima, or bukti kas keluar: cash that goes out, to be signed by who takes it (rules/boarding 5, 16.10).

    It bears the number of its case. A `payee` that nobody wrote down is signed in by hand.
    """

    template: ClassVar[str] = "documents/cash_slip.typ"
    forms: ClassVar[tuple[str, ...]] = ("a5", "80mm", "58mm")

    title: str
    payee: str
    amount: int
    purpose: str
    paid_by: str
    place: str

    def content(self) -> dict[str, Any]:
        """Adds the amount in words and whether a stamp is due."""
        return super().content() | {
            "in_words": amount_said(self.amount),
            "needs_stamp": self.amount > STAMP_DUTY_ABOVE,
        }


def print_sheet(sheet: Sheet, *, form: str = "") -> bytes:
    """The PDF of a paper in one of its forms (the first one, if none is named).

    Raises `ValueError` for a form that the paper does not have.
    """
    if form and form not in sheet.forms:
        raise ValueError(form)
    with translation.override("id"):
        return render_pdf(sheet.template, sheet.content(), form=form or sheet.forms[0])


def fingerprint(sheet: Sheet) -> str:
    """SHA-256 of what the paper says: everything but the print's own date and the proof.

    A paper that is voided later keeps its fingerprint.
    """
    content = asdict(sheet)
    for beside in ("printed", "proof", "void_reason"):
        content.pop(beside, None)
    text = json.dumps([sheet.template, content], default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def with_proof(sheet: AnySheet, token: str) -> AnySheet:
    """The same paper, bearing the QR of its public token."""
    return replace(sheet, proof=Proof.of(token))


def printed_note(at: datetime, zone: str, by: str) -> str:
    """`Dicetak Sabtu, 21 November 2026 14.05 WIB oleh Sari`."""
    with translation.override("id"):
        return f"Dicetak {words.moment(at, zone)} oleh {by}"
