"""A statement is uploaded or pasted, looked at, and taken in."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tatausaha.core.banking import queries, services
from tatausaha.core.banking.forms import BringForm
from tatausaha.core.banking.models import Statement
from tatausaha.core.banking.services.statements import Sifted, form_name, in_rupiah
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Column, Kind, Link, Row, Table
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import signed_in

SHOWN = 20


def crumbs(account: BankAccount) -> list[Link]:
    """The way to an account's own pages."""
    return [
        Link(_("Mutasi bank"), reverse("bank_accounts")),
        Link(f"{account.bank} {account.number}", reverse("bank_month", args=[account.pk])),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def bring(request: PersonRequest, account: int) -> HttpResponse:
    """Take a file or a paste; what it would do is shown on the next page."""
    into = get_object_or_404(queries.accounts_for(request.person), pk=account)
    sent = request.method == "POST"
    form = BringForm(request.POST if sent else None, request.FILES if sent else None)
    if request.method == "POST" and form.is_valid():
        name, content = form.content()
        try:
            made = services.receive(into, name, content, by=request.person, at=request.at)
        except Refused as no:
            given = "file" if form.cleaned_data["file"] else "pasted"
            form.add_error(given, str(no))
        else:
            return redirect("bank_statement", made.pk)
    context = {
        "form": form,
        "account": into,
        "crumbs": crumbs(into),
        "earlier": _earlier(queries.statements_for(request.person).filter(bank_account=into)[:SHOWN]),
    }
    return render(request, "banking/bring.html", context, status=422 if form.errors else 200)


def _earlier(statements: QuerySet[Statement]) -> Table:
    columns = [
        Column(_("Berkas"), rank=1), Column(_("Keadaan"), rank=2), Column(_("Dari"), Kind.DATE),
        Column(_("Sampai"), Kind.DATE), Column(_("Baris baru"), Kind.NUMBER), Column(_("Oleh")),
    ]  # fmt: skip
    rows = [
        Row(
            [one.name, one.get_state_display(), one.first_on, one.last_on, one.fresh, one.brought_by.name],
            url=reverse("bank_statement", args=[one.pk]),
        )
        for one in statements
    ]
    return Table(columns, rows, _("Yang pernah diimpor"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def statement(request: PersonRequest, pk: int) -> HttpResponse:
    """What a statement would do; agreed to it goes in at once."""
    shown = get_object_or_404(queries.statements_for(request.person), pk=pk)
    if request.method == "POST":
        return _answer(request, shown)
    context: dict[str, object] = {
        "statement": shown,
        "form_name": form_name(shown.layout),
        "account": shown.bank_account,
        "crumbs": crumbs(shown.bank_account),
    }
    if shown.state == Statement.State.PREVIEWED:
        try:
            sifted = services.sift(shown, at=request.at)
        except Refused as no:
            context["refusal"] = str(no)
        else:
            context |= {"sifted": sifted, "table": _sample(sifted), "more": len(sifted.fresh) - SHOWN}
    return render(request, "banking/statement.html", context)


def _answer(request: PersonRequest, shown: Statement) -> HttpResponse:
    account = shown.bank_account_id
    try:
        if request.POST.get("aksi") == "batal":
            services.drop(shown, by=request.person)
            messages.info(request, _("Impor dibatalkan. Tidak ada yang diubah."))
            return redirect("bank_import", account)
        taken = services.take(shown, by=request.person, at=request.at)
    except Refused as no:
        messages.error(request, str(no))
        return redirect("bank_statement", shown.pk)
    said = ngettext("%(n)d baris baru dimasukkan.", "%(n)d baris baru dimasukkan.", taken.fresh or 0)
    messages.success(request, said % {"n": taken.fresh or 0})
    return redirect(f"{reverse('bank_month', args=[account])}?bulan={taken.last_on:%Y-%m}")


def _sample(sifted: Sifted) -> Table:
    columns = [
        Column(_("Keterangan"), rank=1), Column(_("Jumlah"), Kind.MONEY, rank=2), Column(_("Tanggal"), Kind.DATE),
        Column(_("Baris"), Kind.NUMBER),
    ]  # fmt: skip
    rows = [Row([row.text, in_rupiah(row), row.on, row.line]) for row, _turn in sifted.fresh[:SHOWN]]
    return Table(columns, rows, _("Begini isinya terbaca"))
