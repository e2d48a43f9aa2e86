"""Bills, transfers, cash and receipts: what a program needs to pay, beside the steps of a payment (KOS-11, KOS-21)."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from ninja import P, QueryEx, Router, Schema
from pydantic import Field

from tatausaha.core.api import idempotency
from tatausaha.core.api.auth import person_of
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel.money import LARGEST
from tatausaha.core.payments import queries
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import Payment

router = Router()


class InvoiceLineOut(Schema):
    """A line of a bill, in rupiah."""

    description: str
    amount: int
    settled: int


class InvoiceOut(Schema):
    """A bill, in rupiah."""

    number: str
    case: str
    purpose: str
    due_on: date
    total: int
    remaining: int
    lines: list[InvoiceLineOut]


class InvoicePage(Schema):
    """A page of bills."""

    items: list[InvoiceOut]
    count: int


class TransferOut(Schema):
    """A transfer that is waited for: send exactly `amount`, then take the step `submit` of case `payment`."""

    payment: str
    amount: int
    bank: str
    account_number: str
    account_holder: str
    until: datetime | None


class InvoiceNumber(Schema):
    """Which bill."""

    invoice: str = Field(max_length=80, pattern=r"^[^\x00]*$")


class CashIn(Schema):
    """Cash that a manager received for a bill, in rupiah."""

    invoice: str = Field(max_length=80, pattern=r"^[^\x00]*$")
    amount: int = Field(ge=1, le=LARGEST, strict=True)
    occurred_on: date | None = None
    sure: bool = False


class PaymentOut(Schema):
    """A payment and its receipt."""

    payment: str
    status: str
    amount: int
    receipt: str


def _invoice(request: HttpRequest, number: str) -> Invoice:
    found = billing.invoice_for(person_of(request), number)
    if found is None:
        raise Http404
    return found


def _told(invoice: Invoice) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "case": invoice.case_number,
        "purpose": invoice.purpose,
        "due_on": invoice.due_on,
        "total": invoice.total,
        "remaining": invoice.remaining,
        "lines": list(billing.lines_of(invoice)),
    }


@router.get("/invoices", response=InvoicePage, url_name="invoices")
def invoices(
    request: HttpRequest,
    case: QueryEx[str, P(max_length=30, description="Number of a case; empty: all.")] = "",
    open_only: bool = False,
    limit: QueryEx[int, P(ge=1, le=100)] = 25,
    offset: QueryEx[int, P(ge=0, le=1_000_000)] = 0,
) -> Any:
    """The bills that this person may know of, the latest due first."""
    rows = billing.invoices_for(person_of(request))
    rows = rows.filter(case_number=case) if case else rows
    rows = rows.filter(billing.OPEN) if open_only else rows
    page = rows.order_by("-due_on", "-pk")[offset : offset + limit]
    return {"items": [_told(one) for one in page], "count": rows.count()}


@router.get("/invoice", response=InvoiceOut, url_name="invoice")
def invoice(request: HttpRequest, number: QueryEx[str, P(max_length=80)]) -> Any:
    """One bill, by its number (`TG/…`)."""
    return _told(_invoice(request, number))


@router.post("/transfers", response={201: TransferOut}, url_name="open_transfer")
def open_transfer(request: HttpRequest, asked: InvoiceNumber) -> JsonResponse:
    """Announce a transfer for a bill: the exact amount, with its unique code, and the account."""
    if again := idempotency.kept(request):
        return again
    bill = _invoice(request, asked.invoice)

    def act() -> idempotency.Answer:
        person = person_of(request)
        payment = payments.open_transfer(payer=bill.payer, invoices=[bill], by=person, at=request.at)  # type: ignore[attr-defined]
        bank = payment.bank
        assert bank is not None
        return 201, {
            "payment": payment.number,
            "amount": payment.asked,
            "bank": bank.bank,
            "account_number": bank.number,
            "account_holder": bank.holder,
            "until": payment.deadline_at.isoformat() if payment.deadline_at else None,
        }

    return idempotency.once(request, act)


@router.post("/cash", response={201: PaymentOut}, url_name="receive_cash")
def receive_cash(request: HttpRequest, received: CashIn) -> JsonResponse:
    """A manager received cash for a bill: booked, receipted, and the case goes on."""
    if again := idempotency.kept(request):
        return again
    bill = _invoice(request, received.invoice)

    def act() -> idempotency.Answer:
        payment = payments.receive_cash(
            unit=bill.unit, payer=bill.payer, amount=received.amount, invoices=[bill], by=person_of(request),
            at=request.at, occurred_on=received.occurred_on, sure=received.sure,  # type: ignore[attr-defined]
        )  # fmt: skip
        return 201, _paid(request, payment)

    return idempotency.once(request, act)


def _paid(request: HttpRequest, payment: Payment) -> dict[str, Any]:
    receipt = queries.receipts_for(person_of(request)).filter(payment=payment).first()
    return {
        "payment": payment.number,
        "status": payment.status,
        "amount": payment.amount,
        "receipt": receipt.number if receipt else "",
    }


@router.get("/payments/{number}", response=PaymentOut, url_name="payment")
def payment(request: HttpRequest, number: str) -> Any:
    """A payment, and the number of its receipt once it is confirmed."""
    found = queries.payments_for(person_of(request)).filter(number=number.upper()).first()
    if found is None:
        raise Http404
    return _paid(request, found)
