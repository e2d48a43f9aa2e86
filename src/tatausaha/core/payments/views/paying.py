"""Paying a bill: by transfer from anywhere, or in cash at the manager's desk (KOS-05, KOS-06, KOS-11)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.payments import queries, services
from tatausaha.core.payments.forms import CashForm, ProofForm
from tatausaha.core.payments.models import Payment
from tatausaha.core.payments.views.asking import asker, key_of, put
from tatausaha.core.people import roles
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform, settle


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """The amount to transfer, to which account, and where the proof goes; the way to pay is chosen first."""
    person, at = asker(request)
    invoice = billing.invoice_for(person, number)
    if invoice is None:
        raise Http404
    payment = queries.live_transfer(invoice)
    payment = settle(payment, at=at) if payment else None
    if payment and payment.status != Payment.Status.EXPECTED:
        payment = None
    if request.method == "POST" and "proof_form" in request.POST:
        named = request.POST.get("payment", "")
        meant = queries.transfer_of(invoice, named) if named else queries.unproven(invoice)
        if meant is not None:
            return _prove(request, invoice, meant)
    if request.method == "POST":
        return _announce(request, invoice)
    return _page(request, invoice, payment, ProofForm() if payment else None)


def _announce(request: HttpRequest, invoice: Invoice) -> HttpResponse:
    person, at = asker(request)
    try:
        services.open_transfer(payer=invoice.payer, invoices=[invoice], by=person, at=at)
    except Refused as no:
        messages.error(request, str(no))
    return redirect("pay", number=invoice.number)


def _prove(request: HttpRequest, invoice: Invoice, payment: Payment) -> HttpResponse:
    person, at = asker(request)
    form = ProofForm(request.POST, request.FILES)
    step = procedure_of(payment).step("submit")
    assert step is not None
    if form.is_valid():
        try:
            perform(payment, step, by=person, at=at, data=form.cleaned_data)
        except Refused as no:
            put(form, no)
        else:
            messages.success(request, str(step.done))
            return redirect("bill", number=invoice.number)
    return _page(request, invoice, payment, form, status=422)


def _page(
    request: HttpRequest, invoice: Invoice, payment: Payment | None, form: ProofForm | None, status: int = 200
) -> HttpResponse:
    person, _at = asker(request)
    offered = queries.offered([invoice])
    context = {
        "invoice": invoice,
        "payment": payment,
        "waits": payment is not None and payment.status == Payment.Status.EXPECTED,
        "form": form,
        "offered": offered,
        "pending": invoice.remaining - offered,
        "code": (payment.expected_amount or 0) - payment.amount if payment else 0,
        "bank": queries.bank_account(invoice.unit),
        "manages": roles.has_role(person, invoice.unit, "manager"),
    }
    return render(request, "payments/pay.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def receive_cash(request: HttpRequest) -> HttpResponse:
    """The manager takes cash for a bill; afterwards the receipt stands ready to be printed."""
    person, at = asker(request)
    bills = queries.open_invoices_in_charge(person)
    if not roles.works_here(person):
        raise Http404
    number = request.POST.get("tagihan", request.GET.get("tagihan", ""))
    invoice = bills.filter(number=number.upper()).first() if number else None
    done = queries.cash_by_key(person, key_of(request)) if request.method == "POST" else None
    if done is not None:
        return redirect(done.receipt)
    if invoice is None:
        if number:
            messages.error(request, _("Tagihan itu tidak ada atau sudah lunas."))
        choices = bills.order_by("due_on", "pk")[:50]
        return render(request, "payments/choose_bill.html", {"bills": choices})
    form = CashForm(request.POST if request.method == "POST" else None, initial={"amount": invoice.remaining})
    if request.method == "POST" and form.is_valid():
        try:
            payment = services.receive_cash(
                unit=invoice.unit, payer=invoice.payer, invoices=[invoice], by=person, at=at,
                key=key_of(request), **form.cleaned_data,
            )  # fmt: skip
        except Refused as no:
            put(form, no)
        else:
            messages.success(request, _("%(amount)s diterima tunai.") % {"amount": rupiah(payment.amount)})
            return redirect(payment.receipt)
    status = 422 if form.errors else 200
    return render(request, "payments/receive_cash.html", {"invoice": invoice, "form": form}, status=status)
