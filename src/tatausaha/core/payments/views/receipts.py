"""Receipts on the screen and on paper (KOS-10)."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.kernel.money import in_words
from tatausaha.core.kernel.parts import Chip, Fact, Link, Sum, Tone
from tatausaha.core.kernel.words import long_date
from tatausaha.core.payments import queries
from tatausaha.core.payments.models import Receipt
from tatausaha.core.payments.services import receipts
from tatausaha.core.payments.views.asking import asker

FORMS = {"a5": "a5", "a4": "a4", "80": "80mm", "58": "58mm"}


def _receipt(request: HttpRequest, number: str) -> Receipt:
    person, _at = asker(request)
    if (found := queries.receipt_for(person, number)) is None:
        raise Http404
    return found


@require_safe
@login_required
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """One receipt, as it was issued; BATAL once its payment was reversed."""
    found = _receipt(request, number)
    sheet = receipts.sheet_of(found)
    address = f"/kuitansi/{found.number}.pdf"
    context = {
        "receipt": found,
        "title": queries.receipt_titles([found])[found.pk],
        "sheet": sheet,
        "chip": Chip(_("BATAL"), Tone.LATE) if found.voided_at else Chip(_("sah"), Tone.DONE),
        "in_words": in_words(found.amount).capitalize(),
        "sums": [Sum(line.text, line.amount, line.note) for line in sheet.lines]
        + [Sum(_("Jumlah"), found.amount, total=True)],
        "facts": [
            Fact(_("Dari"), sheet.payer),
            Fact(_("Tanggal"), long_date(sheet.issued_on)),
            Fact(_("Cara bayar"), sheet.method),
            Fact(_("Diterima oleh"), f"{sheet.received_by} ({sheet.received_role})"),
        ],
        "cases": [
            Link(case.headline, case.get_absolute_url())
            for case in queries.cases_of(found.payment.invoices.all())
        ],
        "files": [
            Link(_("PDF A5"), address),
            Link(_("A4 rangkap dua"), f"{address}?kertas=a4"),
            Link(_("Struk 80 mm"), f"{address}?kertas=80"),
            Link(_("Struk 58 mm"), f"{address}?kertas=58"),
        ],
    }
    return render(request, "payments/receipt.html", context)


@require_safe
@login_required
def receipt_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The receipt on paper; every print is counted."""
    person, at = asker(request)
    found = _receipt(request, number)
    form = FORMS.get(request.GET.get("kertas", "a5"), "a5")
    return pdf_response(receipts.print_receipt(found, form=form, by=person, at=at), found.number)
