"""Bills: one, mine, and those of the units that somebody manages (KOS-09, KOS-21)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.core.billing import kinds
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.titles import title, titled
from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.kernel import export
from tatausaha.core.kernel.parts import Fact, Link, Sum
from tatausaha.core.kernel.words import long_date, short_date
from tatausaha.core.payments import billlist, queries
from tatausaha.core.payments.services import bills as paper
from tatausaha.core.payments.services import lowering
from tatausaha.core.payments.views.asking import asker
from tatausaha.core.people import roles
from tatausaha.core.people.queries import units_for

A_PAGE = 50
A_FILE = 50_000
MINE = 100


def _bill(request: HttpRequest, number: str) -> Invoice:
    person, _at = asker(request)
    if (invoice := billing.invoice_for(person, number)) is None:
        raise Http404
    return invoice


@require_safe
@login_required
def bill(request: HttpRequest, number: str) -> HttpResponse:
    """One bill: what for, what has come in, what is left, and how to pay it."""
    person, at = asker(request)
    invoice = _bill(request, number)
    payments = list(queries.payments_of(invoice)[:MINE])
    manages = roles.has_role(person, invoice.unit, "manager")
    context = {
        "invoice": invoice,
        "title": title(invoice),
        "chip": billlist.chip(invoice, at=at),
        "sums": _sums(invoice),
        "offered": queries.offered([invoice]),
        "facts": _facts(invoice, manages=manages),
        "payments": payments,
        "manages": manages,
        "notes": billing.credit_notes_of(invoice) if manages else [],
        "owners": _owners(invoice) if roles.is_owner(person) else [],
        "files": [
            Link(_("PDF A4"), f"/tagihan/{invoice.number}.pdf"),
            Link(_("PDF A5"), f"/tagihan/{invoice.number}.pdf?kertas=a5"),
        ],
    }
    return render(request, "payments/bill.html", context)


def _owners(invoice: Invoice) -> list[Link]:
    """What the owner alone may do about the bill."""
    if lowering.could_write_off(invoice):
        return [Link(_("Hapus piutang"), reverse("bill_write_off", args=[invoice.number]))]
    if lowering.most_credit(invoice):
        return [Link(_("Nota kredit"), reverse("bill_credit_note", args=[invoice.number]))]
    return []


def _sums(invoice: Invoice) -> list[Sum]:
    sums = [
        Sum(line.description, line.amount, kinds.beside(line.kind, line.description))
        for line in billing.lines_of(invoice)
    ]
    sums.append(Sum(_("Jumlah tagihan"), invoice.total, total=True))
    if invoice.settled:
        sums.append(Sum(_("Sudah dibayar"), -invoice.settled))
    if invoice.credited:
        sums.append(Sum(_("Nota kredit"), -invoice.credited))
    if invoice.remaining != invoice.total:
        sums.append(Sum(_("Sisa"), invoice.remaining, total=True))
    return sums


def _facts(invoice: Invoice, *, manages: bool) -> list[Fact]:
    facts = [Fact(_("Jatuh tempo"), long_date(invoice.due_on)), Fact(_("Kepada"), invoice.payer.name)]
    if invoice.period_start and invoice.period_end:
        facts.append(
            Fact(_("Untuk masa"), f"{short_date(invoice.period_start)} – {short_date(invoice.period_end)}")
        )
    facts.append(Fact(_("Kasus"), invoice.case_number))
    if invoice.void_reason and manages:
        facts.append(Fact(_("Dibatalkan karena"), invoice.void_reason))
    return facts


@require_safe
@login_required
def bill_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The bill on paper."""
    person, at = asker(request)
    invoice = _bill(request, number)
    form = request.GET.get("kertas", "")
    content = paper.print_bill(invoice, form=form if form in {"a4", "a5"} else "", by=person, at=at)
    return pdf_response(content, invoice.number)


@require_safe
@login_required
def bills(request: HttpRequest) -> HttpResponseBase:
    """Bills of the units that the person manages: filters, search, files. Customers have none of it."""
    person, at = asker(request)
    units = tuple(units_for(person, "manager"))
    if not units:
        raise Http404
    wish = billlist.read(request.GET, units)
    rows = billlist.found(person, wish, at=at)
    if (wanted := request.GET.get("berkas")) in {"csv", "xlsx"}:
        write = export.csv_file if wanted == "csv" else export.xlsx_file
        return write("tagihan", billlist.HEAD, billlist.file_rows(rows[:A_FILE]))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    join = "&" if "?" in wish.url() else "?"
    context = {
        "filters": billlist.filters(wish, units, at=at),
        "wish": wish,
        "keep": {"keadaan": wish.state, "unit": wish.unit.code if wish.unit else ""},
        "page": page,
        "table": billlist.table(page, at=at, units=len(units) > 1),
        "files": {kind: f"{wish.url()}{join}berkas={kind}" for kind in ("csv", "xlsx")},
    }
    return render(request, "payments/bills.html", context)


def _together(open_ones: list[Invoice]) -> list[tuple[str, list[tuple[Invoice, str]]]]:
    """Units with several open bills of mine: those can be paid in one transfer."""
    units = {invoice.unit_id: invoice.unit.name for invoice in open_ones}
    grouped = [(name, [one for one in open_ones if one.unit_id == pk]) for pk, name in units.items()]
    return [(name, titled(group)) for name, group in grouped if len(group) > 1]


@require_safe
@login_required
def my_bills(request: HttpRequest) -> HttpResponse:
    """My bills: what is open, what is paid, and my receipts (KOS-10, KOS-11)."""
    person, at = asker(request)
    mine = billing.own_invoices(person).filter(voided_at__isnull=True)
    open_ones = list(mine.filter(billing.OPEN).order_by("due_on", "pk")[:MINE])
    paid = list(mine.exclude(billing.OPEN).order_by("-due_on", "-pk")[:MINE])
    receipts = list(queries.own_receipts(person)[:MINE])
    named = queries.receipt_titles(receipts)
    context = {
        "open": open_ones,
        "together": _together(open_ones),
        "open_table": billlist.own_table(open_ones, at=at),
        "paid_table": billlist.own_table(paid, at=at, paid=True),
        "paid": paid,
        "owed": sum(invoice.remaining for invoice in open_ones),
        "receipts": [(receipt, named[receipt.pk]) for receipt in receipts],
        "balances": list(queries.balances_of(person)),
    }
    return render(request, "payments/my_bills.html", context)
