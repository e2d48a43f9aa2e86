"""Daily expenses: the list of a month, and a new one with the photo of its note (KOS-14)."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.core.kernel import clock, export
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Chip, Column, FilterSet, Kind, Link, Row, Table, Tone
from tatausaha.core.kernel.words import month as month_words
from tatausaha.core.payments import purchases, queries, services, spending
from tatausaha.core.payments.billlist import month_of
from tatausaha.core.payments.forms import ExpenseForm
from tatausaha.core.payments.models import Expense
from tatausaha.core.payments.views.asking import asker, key_of, put
from tatausaha.core.people.models import Unit
from tatausaha.core.people.queries import units_for

Booked = dict[int, spending.Booked]

A_PAGE = 50
A_FILE = 50_000
TONES = {"posted": Tone.DONE, "requested": Tone.SOON, "approved": Tone.GOING, "rejected": Tone.LATE}
HEAD = (
    _lazy("Nomor"), _lazy("Tanggal"), _lazy("Tanggal buku"),
    _lazy("Keterangan"), _lazy("Akun"), _lazy("Jumlah"), _lazy("Dibayar dari"),
    _lazy("Oleh"), _lazy("Unit"), _lazy("Keadaan"),
)  # fmt: skip


def _units(request: HttpRequest) -> tuple[Unit, ...]:
    person, _at = asker(request)
    if not (units := tuple(units_for(person, "manager"))):
        raise Http404
    return units


@require_safe
@login_required
def expenses(request: HttpRequest) -> HttpResponseBase:
    """What was spent in a month, per unit; with files."""
    person, at = asker(request)
    units = _units(request)
    unit = next((unit for unit in units if unit.code == request.GET.get("unit")), None)
    running = clock.day(at, (unit or units[0]).zone).replace(day=1)
    month = month_of(request.GET.get("bulan", "")) or running
    after = (month + timedelta(days=32)).replace(day=1)
    shown = (unit,) if unit else units
    booked = spending.booked_in(shown, month)
    rows = spending.expenses_in(person, shown, month, booked)
    if (wanted := request.GET.get("berkas")) in {"csv", "xlsx"}:
        write = export.csv_file if wanted == "csv" else export.xlsx_file
        return write(f"pengeluaran-{month:%Y-%m}", HEAD, (_file_row(row, booked) for row in rows[:A_FILE]))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    total = sum(one.amount for one in booked.values())
    before = (month - timedelta(days=1)).replace(day=1)
    code = unit.code if unit else ""
    months = [
        Link(month_words(one), _address(code, f"{one:%Y-%m}"), one == month)
        for one in (before, month, after)
        if one <= max(month, running)
    ]
    sets = [FilterSet(_("Bulan"), tuple(months))]
    if len(units) > 1:
        links = [Link(_("Semua unit"), _address("", f"{month:%Y-%m}"), unit is None)]
        links += [Link(one.name, _address(one.code, f"{month:%Y-%m}"), one == unit) for one in units]
        sets.append(FilterSet(_("Unit"), tuple(links)))
    context = {
        "filters": sets, "page": page, "table": _table(page.object_list, booked, units=len(units) > 1),
        "total": total, "month": month,
        "files": {kind: f"{_address(code, f'{month:%Y-%m}')}&berkas={kind}" for kind in ("csv", "xlsx")},
    }  # fmt: skip
    return render(request, "payments/expenses.html", context)


def _address(unit: str, month: str) -> str:
    return f"{reverse('expenses')}?bulan={month}" + (f"&unit={unit}" if unit else "")


def _amount(row: Expense, booked: Booked) -> int:
    """What the month's books say of it; where they say nothing, or all was taken back, what it was."""
    said = booked.get(row.pk)
    return said.amount if said and said.amount else row.amount


def _said(row: Expense, booked: Booked) -> str:
    """What it was for; and that the month books what happened in another, where it does."""
    said = row.note or row.headline
    across = row.pk in booked and booked[row.pk].on.replace(day=1) != row.occurred_on.replace(day=1)
    return _("%(note)s (lintas bulan)") % {"note": said} if across else said


def _table(rows: Iterable[Expense], booked: Booked, *, units: bool) -> Table:
    names = queries.cost_accounts()
    columns = [
        Column(_("Keterangan"), rank=1), Column(_("Jumlah"), Kind.MONEY, rank=2), Column(_("Tanggal nota"), Kind.DATE),
        Column(_("Keadaan"), Kind.CHIP), Column(_("Jenis")), Column(_("Oleh")),
        *([Column(_("Unit"))] if units else []),
    ]  # fmt: skip
    return Table(
        columns,
        [
            Row(
                [
                    _said(row, booked), _amount(row, booked), row.occurred_on,
                    Chip(row.get_status_display(), TONES.get(row.status, Tone.NEUTRAL)),
                    purchases.kind_of(row, names), row.spent_by.name,
                    *([row.unit.name] if units else []),
                ],
                url=row.get_absolute_url(),
            )
            for row in rows
        ],
    )  # fmt: skip


def _file_row(row: Expense, booked: Booked) -> tuple[object, ...]:
    on = booked[row.pk].on if row.pk in booked else None
    return (
        row.number, row.occurred_on, on, row.note, row.category, _amount(row, booked), row.paid_from,
        row.spent_by.name, row.unit.name, row.get_status_display(),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_expense(request: HttpRequest) -> HttpResponse:
    """Write one down, with the photo of its note; sent twice it counts once."""
    person, at = asker(request)
    units = _units(request)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    today = clock.day(at, units[0].zone)
    initial = {"occurred_on": today, "category": request.GET.get("jenis", "")[:20]}
    form = ExpenseForm(*given, units=units, accounts=queries.cost_accounts(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            expense = services.record_expense(by=person, at=at, key=key_of(request), **form.values())
        except Refused as no:
            put(form, no)
        else:
            booked = expense.status == Expense.Status.POSTED
            said = _("Pengeluaran dibukukan.") if booked else _("Menunggu persetujuan pemilik.")
            messages.success(request, said)
            bought = purchases.assets_of(expense)
            return redirect(bought[0] if len(bought) == 1 else expense)
    status = 422 if form.errors else 200
    return render(request, "payments/new_expense.html", {"form": form}, status=status)
