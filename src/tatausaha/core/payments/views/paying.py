"""Paying a bill: by transfer from anywhere, or in cash at the manager's desk (KOS-05, KOS-06, KOS-11)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.titles import title, titled
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.kernel.words import short_date
from tatausaha.core.payments import queries, services
from tatausaha.core.payments.forms import CashForm, ProofForm
from tatausaha.core.payments.models import Payment
from tatausaha.core.payments.views.asking import asker, key_of, put
from tatausaha.core.people import queries as people
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def pay_several(request: HttpRequest) -> HttpResponse:
    """Several bills of one unit in one transfer: chosen by ticks, added up, then announced (KOS-11)."""
    person, at = asker(request)
    asked = request.POST if request.method == "POST" else request.GET
    bills = queries.chosen_bills(person, asked.getlist("tagihan"))
    if not bills:
        messages.error(request, _("Pilih tagihan yang dibayar."))
        return redirect("my_bills")
    if len(bills) == 1:
        return redirect("pay", number=bills[0].number)
    if len({bill.payer_id for bill in bills}) > 1:
        raise Http404
    if request.method == "POST":
        try:
            services.open_transfer(payer=bills[0].payer, invoices=bills, by=person, at=at)
        except Refused as no:
            messages.error(request, str(no))
        else:
            return redirect("pay", number=bills[0].number)
    context = {
        "bills": bills,
        "sums": [Sum(title, bill.remaining, _due(bill)) for bill, title in titled(bills)],
        "unit": bills[0].unit,
        "offered": queries.offered(bills),
        "bank": queries.bank_account(bills[0].unit),
        **_without_account(person, bills[0].unit),
    }
    return render(request, "payments/pay_several.html", context)


def _without_account(person: Person, unit: Unit) -> dict[str, object]:
    """What `no_account.html` says to whom where nobody can transfer: the owner, a manager, a payer."""
    company = people.company()
    return {
        "is_owner": roles.is_owner(person),
        "manages": roles.has_role(person, unit, "manager"),
        "call": unit.phone or (company.phone if company else ""),
    }


def _due(bill: Invoice) -> str:
    return _("jatuh tempo %(on)s") % {"on": short_date(bill.due_on)}


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
        "code": payment.asked - payment.amount if payment else 0,
        "bank": queries.bank_account(invoice.unit),
        "title": title(invoice),
        "bills": titled(payment.invoices.order_by("due_on", "pk")) if payment else [],
        **_without_account(person, invoice.unit),
    }
    return render(request, "payments/pay.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def receive_cash(request: HttpRequest) -> HttpResponse:
    """The manager takes cash for a bill; afterwards the receipt stands ready to be printed."""
    person, _at = asker(request)
    bills = queries.open_invoices_in_charge(person)
    if not roles.works_here(person):
        raise Http404
    asked = (request.POST if request.method == "POST" else request.GET).getlist("tagihan")
    numbers = [number.upper() for number in asked if number][: queries.MOST_AT_ONCE]
    chosen = list(bills.filter(number__in=numbers).order_by("due_on", "pk"))
    done = queries.cash_by_key(person, key_of(request)) if request.method == "POST" else None
    if done is not None:
        return redirect(done.receipt)
    if not chosen:
        if numbers:
            messages.error(request, _("Tagihan itu tidak ada atau sudah lunas."))
        choices = bills.order_by("due_on", "pk")[:50]
        return render(request, "payments/choose_bill.html", {"bills": titled(choices)})
    return _take_cash(request, [bill for bill in chosen if _same_payer(bill, chosen[0])])


def _same_payer(bill: Invoice, first: Invoice) -> bool:
    return (bill.payer_id, bill.unit_id) == (first.payer_id, first.unit_id)


def _take_cash(request: HttpRequest, bills: list[Invoice]) -> HttpResponse:
    person, at = asker(request)
    first, total = bills[0], sum(bill.remaining for bill in bills)
    form = CashForm(request.POST if request.method == "POST" else None, initial={"amount": total})
    if request.method == "POST" and form.is_valid():
        try:
            payment = services.receive_cash(
                unit=first.unit, payer=first.payer, invoices=bills, by=person, at=at,
                key=key_of(request), **form.cleaned_data,
            )  # fmt: skip
        except Refused as no:
            put(form, no)
        else:
            messages.success(request, _("%(amount)s diterima tunai.") % {"amount": rupiah(payment.amount)})
            return redirect(payment.receipt)
    chosen = {bill.pk for bill in bills}
    context = {
        "bills": bills,
        "invoice": first,
        "title": title(first),
        "total": total,
        "others": [
            (one, name, one.pk in chosen)
            for one, name in titled(queries.open_with(first)[: queries.MOST_AT_ONCE])
        ],
        "form": form,
    }
    return render(request, "payments/receive_cash.html", context, status=422 if form.errors else 200)
