"""A confirmed payment is taken back: everything it did is undone by opposite rows; nothing is deleted."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.core.billing.models import Allocation, Holding, HoldingEntry, InvoiceLine
from tatausaha.core.billing.services import held, settling
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.services import Line, reverse
from tatausaha.core.payments import queries
from tatausaha.core.payments.models import Payment
from tatausaha.core.payments.services import suspense
from tatausaha.core.payments.services.days import crosses_months
from tatausaha.core.payments.services.receipts import void_receipt
from tatausaha.core.payments.services.receiving import tell
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.registry import procedure_of


def may_reverse(payment: Payment, *, by: Actor, at: datetime) -> None:
    """Raises `Refused` where it is not for this person: past months are the owner's (KOS-17)."""
    if payment.journal is None or (isinstance(by, Person) and roles.is_owner(by)):
        return
    if crosses_months(ledger.in_force(payment.journal).book_on, payment.unit, at):
        raise Refused(_("Pembayaran bulan yang sudah lewat hanya dapat dibatalkan oleh pemilik."))


def take_back(payment: Payment, *, reason: str, by: Actor, at: datetime) -> None:
    """Undo a confirmed payment: its journal mirrored, its allocations opposed, its receipt BATAL.

    Raises `Refused` when its money was used further (an advance that paid a bill, a balance
    that was spent), or left its bill by a credit note or a release: it is given back then.
    """
    settling.open_books(payment.unit)
    payment = Payment.objects.select_related("unit", "customer", "journal").get(pk=payment.pk)
    journal = payment.journal
    assert journal is not None, f"{payment.number} was never booked"
    bills = list(payment.invoices.select_related("unit", "payer"))
    laid = _laid(payment)
    _check_still_there(laid)
    _reopen(payment, laid, by=by, at=at)
    mirror = reverse(ledger.in_force(journal), by=by, at=at, reason=reason)
    for entry in HoldingEntry.objects.filter(journal=journal).select_related(
        "holding__unit", "holding__person"
    ):
        back = held.Change(held.place_of(entry.holding), -entry.amount, held.Move.UNDONE, reason)
        held.record([back], journal=mirror, by=by, at=at)
    origin = settling.Origin(Allocation.Source.PAYMENT, mirror, mirror.book_on, payment.pk)
    settling.forget([(row.line, row.amount) for row in laid], origin, at=at)
    suspense.end_with(payment, reason=reason, at=at)
    void_receipt(payment, reason=reason, by=by, at=at)
    tell(queries.cases_of(bills), at=at)


def _laid(payment: Payment) -> list[Allocation]:
    """Where the payment's money went, line by line."""
    rows = Allocation.objects.filter(source=Allocation.Source.PAYMENT, payment_id=payment.pk)
    return list(rows.select_related("line__invoice__unit", "line__invoice__payer").order_by("pk"))


def _check_still_there(laid: Iterable[Allocation]) -> None:
    """Raises `Refused` where a line no longer has what this payment laid on it."""
    sums: dict[InvoiceLine, int] = {}
    for row in laid:
        sums[row.line] = sums.get(row.line, 0) + row.amount
    for line, amount in sums.items():
        if line.settled < amount:
            raise Refused(
                _(
                    "Uang ini sudah lepas dari tagihan %(number)s, karena nota kredit atau tagihannya dibatalkan. "
                    "Kembalikan lewat pengembalian dana."
                )
                % {"number": line.invoice.number}
            )


def _reopen(payment: Payment, laid: Iterable[Allocation], *, by: Actor, at: datetime) -> None:
    """Money that was paid before its bill was booked was an advance, and that advance is used up:
    give it back (Dr receivable / Cr advance), so that the mirror finds what it takes away.
    """  # fmt: skip
    for row in laid:
        line, amount, bill = row.line, row.amount, row.line.invoice
        if not row.prepaid or bill.recognised_on is None:
            continue
        journal = settling.book(
            payment.unit,
            [
                Line(chart.RECEIVABLES, amount, party=bill.payer),
                Line(chart.CUSTOMER_ADVANCES, -amount, party=bill.payer),
            ],
            key=f"{payment.unit_id}|payment|{payment.pk}|reopen|{line.pk}", kind="reopen",
            source=(procedure_of(payment).code, payment.pk), memo=bill.number, by=by, at=at,
        )  # fmt: skip
        place = held.Place(
            bill.unit, Holding.Kind.PREPAID, bill.payer, bill.procedure, bill.subject_id, bill.case_number
        )
        held.record(
            [held.Change(place, amount, held.Move.UNDONE, bill.number)], journal=journal, by=by, at=at
        )
