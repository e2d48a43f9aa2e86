"""Reads about payments, receipts, and what may be paid now.

A person sees payments, receipts and refunds of their own (or of an organisation for which
they act), and managers and the owner those of their units.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.allocation import oldest_first
from tatausaha.core.billing.models import Holding, Invoice
from tatausaha.core.billing.titles import titles
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Account
from tatausaha.core.payments.models import (
    BankAccount,
    BankAccountChange,
    Expense,
    Payment,
    Receipt,
    Refund,
    Suspense,
)
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import by_code, procedure_of

MOST_AT_ONCE = 50
"""Bills that are paid in one go."""


def bank_account(unit: Unit) -> BankAccount | None:
    """The account to which money for a unit is transferred: its own, else the company's."""
    open_ones = BankAccount.objects.filter(closed_on__isnull=True)
    own = open_ones.filter(unit=unit).order_by("pk").first()
    return own or open_ones.filter(unit__isnull=True).order_by("pk").first()


def bank_accounts(unit: Unit) -> QuerySet[BankAccount]:
    """Every open account that a unit's money may go through."""
    return BankAccount.objects.filter(Q(unit=unit) | Q(unit__isnull=True), closed_on__isnull=True).order_by(
        "pk"
    )


def accounts_for(person: Person | None) -> QuerySet[BankAccount]:
    """The company's bank accounts, open ones first; the owner's alone to see in settings."""
    rows = BankAccount.objects.select_related("unit").order_by(
        F("closed_on").asc(nulls_first=True), "unit", "pk"
    )
    return rows if roles.is_owner(person) else rows.none()


def account_changes(person: Person | None) -> QuerySet[BankAccountChange]:
    """Who opened and closed bank accounts, newest first; the owner's alone to see."""
    rows = BankAccountChange.objects.select_related("bank_account__unit", "by").order_by("-at", "-pk")
    return rows if roles.is_owner(person) else rows.none()


def ways_in(units: Iterable[Unit]) -> list[tuple[Unit, BankAccount]]:
    """Every open account of each unit, the company's included: where money may have come in."""
    open_ones = list(BankAccount.objects.filter(closed_on__isnull=True).order_by("pk"))
    return [(unit, account) for unit in units for account in open_ones if account.unit_id in {None, unit.pk}]


def suspense_for(person: Person | None) -> QuerySet[Suspense]:
    """Titipan of the units that the person manages, the longest waiting first."""
    units = roles.unit_ids(person, "manager")
    rows = Suspense.objects.select_related("unit", "customer", "origin").order_by("since", "pk")
    return rows if units is None else rows.filter(unit__in=units)


def pending(subject: Tracked) -> int:
    """Money that was said to be paid for the case and waits for confirmation, in rupiah.

    While it is not nothing, the clock of the case should stand still (rules/boarding 3).
    """
    return to_verify(subject).aggregate(sum=Sum("amount"))["sum"] or 0


def to_verify(subject: Tracked) -> QuerySet[Payment]:
    """Payments for the case that wait for somebody to look at the bank account, oldest first."""
    bills = Invoice.objects.filter(procedure=procedure_of(subject).code, subject_id=subject.pk)
    return Payment.objects.filter(status__in=Payment.PENDING, pk__in=bills.values("payments")).order_by("pk")


def left_on(invoices: Iterable[Invoice]) -> dict[int, int]:
    """What is left to pay on each bill after the money that waits for confirmation, by the bill's id, in rupiah.

    Pending money is laid on the bills as it would be once confirmed, the oldest first, so nobody
    pays twice. One query, however many bills are handed in.
    """
    asked = {invoice.pk: invoice for invoice in invoices}
    left = {pk: 0 if invoice.voided_at else invoice.remaining for pk, invoice in asked.items()}
    pending = Payment.objects.filter(status__in=Payment.PENDING, invoices__in=asked.values())
    claimed: dict[Payment, list[Invoice]] = {}
    links = Payment.invoices.through._default_manager.filter(payment__in=pending)  # noqa: SLF001
    for link in links.select_related("payment", "invoice").order_by("payment"):
        claimed.setdefault(link.payment, []).append(link.invoice)
        left.setdefault(link.invoice.pk, 0 if link.invoice.voided_at else link.invoice.remaining)
    for claim, chosen in claimed.items():
        amount = claim.amount
        for invoice in oldest_first(chosen):
            part = min(amount, left[invoice.pk])
            left[invoice.pk] -= part
            amount -= part
    return {pk: left[pk] for pk in asked}


def offered(invoices: Iterable[Invoice]) -> int:
    """What is left to pay on these bills together, as they are by now; see `left_on`. In rupiah."""
    as_they_are = Invoice.objects.filter(pk__in=[invoice.pk for invoice in invoices])
    return sum(left_on(as_they_are).values())


def cases_of(invoices: Iterable[Invoice]) -> list[Tracked]:
    """The cases that bills belong to, each once, in one fixed order: what a payment must lock."""
    keys = sorted({(invoice.procedure, invoice.subject_id) for invoice in invoices})
    found = []
    for code, pk in keys:
        procedure = by_code(code)
        assert procedure is not None, code
        case: Tracked = procedure.model._default_manager.get(pk=pk)  # noqa: SLF001
        found.append(case)
    return found


def payments_for(person: Person | None) -> QuerySet[Payment]:
    """Every payment that the person may know of."""
    rows = Payment.objects.select_related("unit", "customer", "bank")
    if person is None:
        return rows.none()
    units = roles.unit_ids(person, "manager")
    return rows if units is None else rows.filter(Q(customer__in=roles.acts_for(person)) | Q(unit__in=units))


def receipts_for(person: Person | None) -> QuerySet[Receipt]:
    """Every receipt that the person may know of: their own, or those of the units they manage."""
    rows = Receipt.objects.select_related("unit", "payer", "payment", "paper")
    if person is None:
        return rows.none()
    units = roles.unit_ids(person, "manager")
    return rows if units is None else rows.filter(Q(payer__in=roles.acts_for(person)) | Q(unit__in=units))


def own_receipts(person: Person | None) -> QuerySet[Receipt]:
    """The person's own receipts, newest first."""
    return (
        Receipt.objects.filter(payer__in=roles.acts_for(person))
        .select_related("unit", "payment")
        .order_by("-pk")
    )


def receipt_titles(receipts: Iterable[Receipt]) -> dict[int, str]:
    """What each receipt is for, by its id: the titles of the bills that were paid, else its own words."""
    shown = list(receipts)
    links = Payment.invoices.through.objects.filter(payment__in=[one.payment_id for one in shown])
    pairs = list(links.order_by("invoice__due_on", "invoice").values_list("payment_id", "invoice_id"))
    named = titles(Invoice.objects.filter(pk__in={invoice for _payment, invoice in pairs}))
    said: dict[int, str] = {}
    for receipt in shown:
        of_it = [named[invoice] for payment, invoice in pairs if payment == receipt.payment_id]
        said[receipt.pk] = "; ".join(of_it) or str(receipt.said["purpose"])
    return said


def balances_of(person: Person | None) -> QuerySet[Holding]:
    """The person's balances (saldo) in units where there is one."""
    return Holding.objects.filter(
        person__in=roles.acts_for(person), kind=Holding.Kind.BALANCE, balance__gt=0
    ).select_related("unit")


def cash_by_key(person: Person | None, key: str) -> Payment | None:
    """The cash that the person took with this form before, if the form was sent already."""
    if not key or person is None:
        return None
    return Payment.objects.filter(key=key, received_by=person).select_related("receipt").first()


def cost_accounts() -> dict[str, str]:
    """Accounts that daily expenses may be booked on, by their id, which stays when a code is renamed, with names."""
    return {str(row.pk): row.name for row in cost_account_rows()}


def cost_account_rows() -> QuerySet[Account]:
    """Accounts that daily expenses may be booked on: those of operating costs."""
    return Account.objects.filter(code__startswith="61", is_detail=True, closed_on__isnull=True).order_by(
        "code"
    )


def chosen_bills(person: Person | None, numbers: Iterable[str]) -> list[Invoice]:
    """Open bills of these numbers that the person may know of, the oldest first; unknown ones are left out."""
    wanted = [number.upper() for number in numbers][:MOST_AT_ONCE]
    rows = billing.invoices_for(person).filter(billing.OPEN, number__in=wanted)
    return list(rows.order_by("due_on", "pk"))


def open_with(invoice: Invoice) -> QuerySet[Invoice]:
    """Every open bill of the same payer in the same unit, the bill itself included, oldest first."""
    return open_bills_of(invoice.payer, invoice.unit).select_related("unit", "payer")


def open_bills_of(payer: Person, unit: Unit) -> QuerySet[Invoice]:
    """What the person still has to pay in the unit, oldest first."""
    return Invoice.objects.filter(billing.OPEN, payer=payer, unit=unit).order_by("due_on", "pk")


def receipt_for(person: Person | None, number: str) -> Receipt | None:
    """The receipt of that number, if the person may know of it."""
    return receipts_for(person).filter(number=number.upper()).first()


def receipt_of(payment: Payment) -> Receipt | None:
    """The receipt of a payment, once it was confirmed."""
    return Receipt.objects.filter(payment=payment).first()


def payments_of(invoice: Invoice) -> QuerySet[Payment]:
    """The payments that were made or announced for a bill, newest first."""
    return invoice.payments.select_related("receipt", "customer").order_by("-pk")


def unproven(invoice: Invoice) -> Payment | None:
    """The last announced transfer of the bill's payer without a proof, although its time may be over:
    a page that was open for days loses nothing.
    """  # fmt: skip
    rows = invoice.payments.filter(customer=invoice.payer, method="transfer")
    waiting = rows.filter(status__in=[Payment.Status.EXPECTED, Payment.Status.LAPSED])
    return waiting.select_related("bank", "unit").order_by("-pk").first()


def live_transfer(invoice: Invoice) -> Payment | None:
    """The transfer that its payer has announced for the bill and not yet proven."""
    mine = invoice.payments.filter(customer=invoice.payer, status=Payment.Status.EXPECTED)
    return mine.select_related("bank", "unit").order_by("-pk").first()


def transfer_of(invoice: Invoice, number: str) -> Payment | None:
    """The transfer for the bill that a form was made for, whatever has become of it meanwhile."""
    return (
        invoice.payments.filter(number=number[:30], method="transfer").select_related("bank", "unit").first()
    )


def expenses_for(person: Person | None) -> QuerySet[Expense]:
    """Expenses of the units that the person manages."""
    units = roles.unit_ids(person, "manager")
    rows = Expense.objects.select_related("unit", "spent_by", "bank")
    return rows if units is None else rows.filter(unit__in=units)


def counted_on(expense: Expense) -> date:
    """The day in the books by which an expense is reported; the note's own day while it is not booked."""
    return ledger.in_force(expense.journal).book_on if expense.journal else expense.occurred_on


def titipan_of(subject: Tracked) -> QuerySet[Suspense]:
    """Titipan that came as money for a bill of this case, and still waits for a decision."""
    code = procedure_of(subject).code
    came = Payment.objects.filter(invoices__procedure=code, invoices__subject_id=subject.pk)
    return Suspense.objects.filter(status=Suspense.Status.HELD, origin__in=came).order_by("pk")


def came_from(subject: Tracked) -> str:
    """The account from which money for a case came last, as far as it is known: where a refund goes."""
    bills = Invoice.objects.filter(procedure=procedure_of(subject).code, subject_id=subject.pk)
    last = (
        Payment.objects.filter(pk__in=bills.values("payments"), status=Payment.Status.CONFIRMED)
        .exclude(sender="")
        .order_by("-pk")
        .first()
    )
    return last.sender if last else ""


def refunds_of(subject: Tracked) -> QuerySet[Refund]:
    """The refunds of a case, oldest first."""
    return Refund.objects.filter(
        subject_procedure=procedure_of(subject).code, subject_id=subject.pk
    ).order_by("pk")


def open_invoices_in_charge(person: Person | None, unit: Unit | None = None) -> QuerySet[Invoice]:
    """Bills that still want something, in units that the person manages: what cash may be taken for."""
    rows = billing.invoices_in_charge(person).filter(billing.OPEN)
    return rows.filter(unit=unit) if unit else rows
