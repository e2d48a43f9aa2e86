"""Depreciation by hand: what is due in each unit, and booking it now (rules/ledger 7 and 12)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tatausaha.core.assets import queries, services
from tatausaha.core.assets.forms import RunForm
from tatausaha.core.assets.services.depreciation import Share, due_until, owing
from tatausaha.core.assets.views.doors import Desk, crumbs, keepers, put
from tatausaha.core.kernel import words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Column, Kind, Row, Table
from tatausaha.core.ledger import months
from tatausaha.core.people.models import Unit


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def depreciation(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is not booked, unit by unit; booked into the running month, or by the owner where it belongs."""
    waiting = {unit: _waiting(unit, desk) for unit in desk.units}
    late = sorted({share.ym for shares in waiting.values() for share in shares})
    given = request.POST if request.method == "POST" else None
    owed = [unit for unit, shares in waiting.items() if shares]
    form = RunForm(
        given, units=owed, months=late if desk.is_owner else [], initial={"unit": request.GET.get("unit", "")}
    )
    if request.method == "POST" and form.is_valid():
        unit = form.cleaned_data["unit"]
        try:
            journal = services.run_unit(
                unit, by=desk.person, at=desk.at, book_month=form.cleaned_data["book_month"],
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Refused as no:
            put(form, no)
        else:
            said = (
                _("Penyusutan %(unit)s dibukukan: %(amount)s.")
                if journal
                else _("Tidak ada yang harus dibukukan.")
            )
            amount = rupiah(journal.total) if journal else ""
            messages.success(request, said % {"unit": unit.name, "amount": amount} if journal else said)
            return redirect("depreciation")
    elif request.method == "POST" and not owed:
        raise Http404
    context = {"crumbs": crumbs(), "form": form if owed else None, "table": _table(waiting) if owed else None}
    return render(request, "assets/depreciation.html", context, status=422 if form.errors else 200)


def _waiting(unit: Unit, desk: Desk) -> list[Share]:
    return [one for one in owing(queries.held_by(unit), due_until(unit, at=desk.at)) if one.amount]


def _table(waiting: dict[Unit, list[Share]]) -> Table:
    rows = []
    for unit, shares in waiting.items():
        for ym in sorted({one.ym for one in shares}):
            here = [one for one in shares if one.ym == ym]
            amount = sum(one.amount for one in here)
            rows.append(Row([unit.name, amount, words.month(months.first_day(ym)), len(here)]))
    columns = [
        Column(_("Unit"), rank=1), Column(_("Penyusutan"), Kind.MONEY, rank=2), Column(_("Bulan")),
        Column(_("Aset"), Kind.NUMBER),
    ]  # fmt: skip
    return Table(columns, rows)
