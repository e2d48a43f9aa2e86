"""The owner's page of the bank accounts to which customers transfer, with who changed them (KOS-05, SYS-10)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Event
from tatausaha.core.kernel.words import long_date
from tatausaha.core.payments import queries, services
from tatausaha.core.payments.forms import BankAccountForm
from tatausaha.core.payments.models import BankAccountChange
from tatausaha.core.payments.views.asking import put
from tatausaha.core.people.queries import units_for
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import owner_only

SHOWN = 100


@require_safe
@owner_only
def accounts(request: PersonRequest) -> HttpResponse:
    """Every account, open and closed, and what was done to them."""
    rows = list(queries.accounts_for(request.person))
    context = {
        "open": [account for account in rows if account.closed_on is None],
        "closed": [account for account in rows if account.closed_on is not None],
        "without": _without(request, {account.unit_id for account in rows if account.closed_on is None}),
        "events": [_event(change) for change in queries.account_changes(request.person)[:SHOWN]],
        "zone": request.company.zone if request.company else "Asia/Jakarta",
    }
    return render(request, "payments/bank_accounts.html", context)


def _without(request: PersonRequest, served: set[int | None]) -> list[str]:
    """Units to which nobody can transfer: no account of their own, and none of the company's."""
    if None in served:
        return []
    return [unit.name for unit in units_for(request.person) if unit.pk not in served and not unit.closed_on]


def _event(change: BankAccountChange) -> Event:
    account = change.bank_account
    where = account.unit.name if account.unit else _("seluruh perusahaan")
    return Event(f"{capfirst(change.get_what_display())}: {account}", change.by.name, change.at, where)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def new_account(request: PersonRequest) -> HttpResponse:
    """Open an account; its number is typed twice."""
    units = [unit for unit in units_for(request.person) if not unit.closed_on]
    form = BankAccountForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            account = services.open_bank_account(by=request.person, at=request.at, **form.values())
        except Refused as no:
            put(form, no)
        else:
            said = _("%(account)s sudah dicatat. Semua pemilik diberi tahu.") % {"account": account}
            messages.success(request, said)
            return redirect("settings_bank_accounts")
    status = 422 if form.errors else 200
    return render(request, "payments/bank_account_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@owner_only
def close(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what happens, then close the account."""
    account = queries.accounts_for(request.person).filter(pk=pk).first()
    if account is None:
        raise Http404
    if request.method == "POST":
        closed = services.close_bank_account(account, by=request.person, at=request.at)
        assert closed.closed_on is not None
        said = _("%(account)s ditutup pada %(on)s. Semua pemilik diberi tahu.")
        messages.success(request, said % {"account": closed, "on": long_date(closed.closed_on)})
        return redirect("settings_bank_accounts")
    return render(request, "payments/bank_account_close.html", {"account": account})
