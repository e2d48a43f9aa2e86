"""The owner's two pages about a bill: a credit note, and giving up a debt (KOS-21; rules/boarding 7 and 9)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.titles import title
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import RupiahField
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Link, Sum
from tatausaha.core.payments.forms import ReasonForm
from tatausaha.core.payments.services import lowering
from tatausaha.core.payments.views.asking import put
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import owner_only

FORM = require_http_methods(["GET", "HEAD", "POST"])


class CreditForm(ReasonForm):
    """How much, why; `seen` is the amount whose figures were looked at."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ("amount", "note")

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = RupiahField(
            label=gettext_lazy("Dikurangi"),
            most=most,
            help_text=_("Paling banyak %(most)s.") % {"most": rupiah(most)},
        )
        self.order_fields(self.field_order)


def _bill(request: PersonRequest, number: str) -> Invoice:
    if (invoice := billing.invoice_for(request.person, number)) is None:
        raise Http404
    return invoice


@FORM
@owner_only
def write_off(request: PersonRequest, number: str) -> HttpResponse:
    """What is given up, with the reason."""
    invoice = _bill(request, number)
    if not (amount := lowering.could_write_off(invoice)):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            lowering.write_off(invoice, by=request.person, at=request.at, reason=form.cleaned_data["note"])
        except Refused as no:
            put(form, no)
        else:
            said = _("Piutang %(amount)s dihapus. %(name)s tidak berutang lagi atas tagihan ini.")
            messages.success(request, said % {"amount": rupiah(amount), "name": invoice.payer.name})
            return redirect(invoice)
    lead = _(
        "%(name)s masih berutang %(amount)s. Bila dihapus, jumlah itu menjadi beban piutang tak tertagih dan tidak "
        "ditagih lagi; %(name)s boleh memesan lagi. Tidak dapat dibatalkan."
    ) % {"name": invoice.payer.name, "amount": rupiah(amount)}  # fmt: skip
    sums = [Sum(_("Piutang yang dihapus"), amount, total=True)]
    return _page(request, invoice, form, heading=_("Hapus piutang"), lead=lead, sums=sums, danger=True)


@FORM
@owner_only
def credit_note(request: PersonRequest, number: str) -> HttpResponse:
    """How much is taken off and why; the figures are shown before it happens."""
    invoice = _bill(request, number)
    if not (most := lowering.most_credit(invoice)):
        raise Http404
    form = CreditForm(request.POST if request.method == "POST" else None, most=most)
    sums: list[Sum] = []
    if request.method == "POST" and form.is_valid():
        amount = form.cleaned_data["amount"]
        if form.cleaned_data["seen"] == amount:
            try:
                note = lowering.give_credit(
                    invoice, amount=amount, by=request.person, at=request.at, reason=form.cleaned_data["note"]
                )
            except Refused as no:
                put(form, no)
            else:
                said = _("Nota kredit %(number)s dibuat dan %(name)s diberi tahu.")
                messages.success(request, said % {"number": note.number, "name": invoice.payer.name})
                return redirect(invoice)
        else:
            sums = _figures(invoice, amount)
            form = CreditForm(initial=form.cleaned_data | {"seen": amount}, most=most)
    lead = _("Tagihan yang sudah terbit tidak diubah; yang salah ditagih dikurangi dengan nota kredit.")
    heading = _("Buat nota kredit") if sums else _("Nota kredit")
    return _page(request, invoice, form, heading=heading, lead=lead, sums=sums)


def _figures(invoice: Invoice, amount: int) -> list[Sum]:
    back = lowering.to_balance(invoice, amount)
    name = {"name": invoice.payer.name}
    rows = [
        Sum(_("Nota kredit"), -amount),
        Sum(_("Sudah dibayar, menjadi saldo %(name)s") % name, back),
        Sum(_("Sisa tagihan sesudah ini"), invoice.remaining - (amount - back), total=True),
    ]
    return [row for row in rows if row.amount or row.total]


def _page(
    request: PersonRequest, invoice: Invoice, form: forms.Form, *, heading: str, lead: str, sums: list[Sum],
    danger: bool = False,
) -> HttpResponse:  # fmt: skip
    context = {
        "invoice": invoice, "form": form, "heading": heading, "lead": lead, "sums": sums, "danger": danger,
        "button": heading if danger or sums else _("Lihat hitungannya"),
        "crumbs": [Link(title(invoice), invoice.get_absolute_url())],
    }  # fmt: skip
    return render(request, "payments/lower_bill.html", context, status=422 if form.errors else 200)
