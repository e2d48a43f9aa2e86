"""The budget of a year: a table that the owner fills, copies from the year before, or brings in from a file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Link
from tatausaha.core.ledger.models import Account
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import budgets, calendar
from tatausaha.core.reports.budgetforms import AddForm, BudgetForm, CopyForm
from tatausaha.core.reports.views.doors import Desk, keepers

OLDEST, YEARS_AHEAD = 2000, 2


def _place(desk: Desk, code: str, year: int) -> Unit:
    unit = desk.unit(code)
    if not desk.is_owner or not OLDEST <= year <= calendar.running(unit, desk.at) // 100 + YEARS_AHEAD:
        raise Http404
    return unit


def _accounts(unit: Unit, year: int, wanted: str) -> tuple[list[Account], list[Account]]:
    """The accounts of the table, with the ones that were asked for; and those that could be added."""
    shown = budgets.accounts_of(unit, year)
    asked = {int(part) for part in wanted.split(",") if part.isdigit() and len(part) < 6}
    others = [one for one in budgets.all_accounts() if one not in shown]
    shown += [one for one in others if one.pk in asked]
    return sorted(shown, key=lambda one: one.code), [one for one in others if one.pk not in asked]


def _changed(count: int) -> str:
    return ngettext("%(n)d angka berubah.", "%(n)d angka berubah.", count) % {"n": count}


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def budget(request: HttpRequest, desk: Desk, code: str, year: int) -> HttpResponseBase:
    """Accounts by months; `?akun=61301` adds a row for an account that has not moved yet."""
    unit = _place(desk, code, year)
    yms = budgets.months_of(year)
    wanted = request.GET.get("akun", "")
    shown, others = _accounts(unit, year, wanted)
    known = budgets.of([unit], yms[0], yms[-1])
    form = BudgetForm(
        request.POST if request.method == "POST" else None, accounts=shown, yms=yms, known=known
    )
    if request.method == "POST" and form.is_valid():
        count = budgets.enter(unit, form.values(), by=desk.person, at=desk.at)
        messages.success(request, _("Anggaran disimpan. %(changed)s") % {"changed": _changed(count)})
        return redirect("report_budget", code, year)
    context = {
        "form": form, "unit": unit, "year": str(year), "wanted": wanted,
        "here": reverse("report_budget", args=[code, year]),
        "heads": [calendar.short(ym).split()[0] for ym in yms],
        "copy": CopyForm(), "add": AddForm(accounts=others), "before": str(year - 1),
        "near": [
            Link(str(one), reverse("report_budget", args=[code, one]), one == year)
            for one in range(year - 1, calendar.running(unit, desk.at) // 100 + YEARS_AHEAD)
        ],
        "crumbs": [Link(_("Laporan"), reverse("reports")), Link(unit.name, f"{reverse('reports')}?unit={unit.code}")],
    }  # fmt: skip
    return render(request, "reports/budget.html", context, status=422 if form.errors else 200)


@require_POST
@keepers
def budget_copy(request: HttpRequest, desk: Desk, code: str, year: int) -> HttpResponseBase:
    """Fill empty months from the year before, so many per cent more or less."""
    unit = _place(desk, code, year)
    form = CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Tulis persennya sebagai angka dari -90 sampai 900."))
        return redirect("report_budget", code, year)
    try:
        count = budgets.copy(unit, year, form.cleaned_data["more"], by=desk.person, at=desk.at)
    except Refused as no:
        messages.error(request, str(no))
    else:
        said = {"year": year - 1, "changed": _changed(count)}
        messages.success(request, _("Disalin dari tahun %(year)s. %(changed)s") % said)
    return redirect("report_budget", code, year)
