"""Taxes: the year and its months, deposits, turnover of units, what the owner says about them; the owner's alone."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Column, Fact, FilterSet, Kind, Link, Row, Table
from tatausaha.core.kernel.words import long_date
from tatausaha.core.ledger.queries import books_for
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import owner_only
from tatausaha.core.reports import calendar, files, queries, taxforms
from tatausaha.core.reports.taxes import rules as law
from tatausaha.core.reports.taxes import services, tables, years
from tatausaha.core.reports.taxes import turnover as gross

FORM = require_http_methods(["GET", "HEAD", "POST"])
OLDEST = 2000


def _today(request: PersonRequest) -> date:
    return clock.day(request.at, request.company.zone if request.company else "Asia/Jakarta")


def _year(request: PersonRequest) -> tuple[int, int]:
    """The year that is asked for, and the one that runs."""
    running = _today(request).year
    text = request.GET.get("tahun", "")
    return (int(text) if text.isdigit() and OLDEST <= int(text) <= running else running), running


def _file(kind: str, name: str, head: list[str], lines: list[tuple[Any, ...]]) -> HttpResponseBase:
    if kind == "xlsx":
        return files.xlsx(name, [(_("Pajak"), head, lines)])
    if kind == "csv":
        return files.csv(name, head, lines)
    raise Http404


def _files(year: int, more: str = "") -> list[Link]:
    return [
        Link(name, f"?tahun={year}{more}&berkas={kind}") for name, kind in (("XLSX", "xlsx"), ("CSV", "csv"))
    ]


def _years(year: int, running: int, more: str = "") -> list[Link]:
    return [
        Link(str(one), f"?tahun={one}{more}", one == year)
        for one in range(max(OLDEST, running - 3), running + 1)
    ]


@require_safe
@owner_only
def tax_year(request: PersonRequest) -> HttpResponseBase:
    """Month by month: base, what of it is free, tax, by when, what was paid (rules/ledger 16)."""
    year, running = _year(request)
    told = years.of(year, at=request.at)
    if kind := request.GET.get("berkas", ""):
        head = [str(column.label) for column in tables.heads(told)]
        return _file(kind, f"pajak-{year}", head, tables.year_lines(told))
    context = {
        "told": told,
        "year": str(year),
        "near": _years(year, running),
        "tiles": tables.tiles(told),
        "table": tables.year_table(told, today=_today(request)),
        "pay": tables.to_pay(told),
        "files": _files(year),
        "cap": rupiah(told.rule.cap) if told.rule else "",
        "crumbs": [Link(_("Laporan"), reverse("reports"))],
    }
    return render(request, "reports/taxes.html", context)


@require_safe
@owner_only
def turnover(request: PersonRequest) -> HttpResponseBase:
    """Turnover of each unit, and the local tax where the owner has set one (rules/boarding 14)."""
    year, running = _year(request)
    units = list(books_for(request.person))
    unit = next((one for one in units if one.code == request.GET.get("unit", "")), None)
    last = (
        min(year * 100 + 12, max(calendar.running(one, request.at) for one in units)) if units else year * 100
    )
    yms = calendar.span(year * 100 + 1, last)
    lines = tables.turnover_lines(
        [unit] if unit else units, gross.earned(year * 100 + 1, year * 100 + 12), queries.local_rates(), yms
    )
    more = f"&unit={unit.code}" if unit else ""
    if kind := request.GET.get("berkas", ""):
        head = [_("Unit"), _("Bulan"), _("Omzet"), _("Tarif"), _("Pajak daerah")]
        rows = [
            (one.name, calendar.slug(ym), amount, law.rate_said(rate) if rate else "", tax if rate else None)
            for one, ym, amount, rate, tax in lines
        ]
        return _file(kind, f"omzet-{year}", head, rows)
    links = [Link(_("Semua unit"), f"?tahun={year}", unit is None)]
    links += [Link(one.name, f"?tahun={year}&unit={one.code}", one == unit) for one in units]
    context = {
        "year": str(year),
        "near": _years(year, running, more),
        "filters": [FilterSet(_("Unit"), tuple(links))] if len(units) > 1 else [],
        "table": tables.turnover_table(lines, several=unit is None),
        "files": _files(year, more),
        "crumbs": [Link(_("Laporan"), reverse("reports")), Link(_("Pajak"), reverse("taxes"))],
    }
    return render(request, "reports/tax_turnover.html", context)


@FORM
@owner_only
def deposit(request: PersonRequest, month: str) -> HttpResponse:
    """A month: what is due, what was paid, and the form for what was paid now."""
    ym = calendar.parse(month)
    told = years.of(ym // 100, at=request.at) if ym else None
    found = next((one for one in told.months if one.ym == ym), None) if told else None
    if told is None or found is None or found.tax is None:
        raise Http404
    form = taxforms.DepositForm(
        request.POST if request.method == "POST" else None, banks=queries.banks_in_use(books_for(request.person)),
        left=found.left, initial={"amount": found.left or None, "paid_on": _today(request)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            services.deposit(ym=found.ym, by=request.person, at=request.at, **form.values())
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            said = {"month": calendar.said(found.ym)}
            messages.success(request, _("Setoran PPh final %(month)s dicatat dan dibukukan.") % said)
            return redirect("tax_deposit", month)
    context = {
        "form": form, "month": calendar.said(found.ym), "found": found, "facts": _facts(found, told),
        "deposits": found.deposits,
        "crumbs": [Link(_("Laporan"), reverse("reports")), Link(_("Pajak"), f"{reverse('taxes')}?tahun={told.year}")],
    }  # fmt: skip
    return render(request, "reports/tax_deposit.html", context, status=422 if form.errors else 200)


def _facts(month: years.Month, told: years.Year) -> list[Fact]:
    rate = law.rate_said(told.rule.rate) if told.rule else ""
    free = [Fact(_("Bebas pajak"), rupiah(month.exempt))] if told.rule and told.rule.exempt else []
    return [
        Fact(_("Dasar"), rupiah(month.base)), *free,
        Fact(_("PPh final %(rate)s") % {"rate": rate}, rupiah(month.tax or 0)),
        Fact(_("Jatuh tempo"), long_date(month.due_on)), Fact(_("Sudah disetor"), rupiah(month.deposited)),
        Fact(_("Belum disetor"), rupiah(month.left)),
    ]  # fmt: skip


@FORM
@owner_only
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back a deposit that was written down wrongly."""
    made = queries.tax_deposit_for(request.person, pk)
    if made is None:
        raise Http404
    form = taxforms.CancelForm(request.POST if request.method == "POST" else None)
    month = calendar.slug(made.ym)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel(made, by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Setoran dibatalkan dan jurnalnya dibalik."))
            return redirect("tax_deposit", month)
    said = {"amount": rupiah(made.amount), "ntpn": made.ntpn}
    crumbs = [
        Link(_("Pajak"), reverse("taxes")),
        Link(calendar.said(made.ym), reverse("tax_deposit", args=[month])),
    ]
    return _form(
        request, form, title=_("Batalkan setoran %(amount)s") % said, button=_("Batalkan setoran"), crumbs=crumbs,
        lead=_("NTPN %(ntpn)s. Jurnalnya dibalik hari ini; catatannya tetap tersimpan.") % said,
    )  # fmt: skip


# Settings


def _form(request: PersonRequest, form: Form, **context: Any) -> HttpResponse:
    context = {
        "tabs": [],
        "button": _("Simpan"),
        "heading": "",
        "crumbs": [Link(_("Setelan"), reverse("settings"))],
        **context,
    }
    return render(
        request, "reports/tax_form.html", {"form": form, **context}, status=422 if form.errors else 200
    )


def _tabs(current: str) -> list[Link]:
    pages = (
        ("settings_tax", _("Profil")), ("settings_tax_outside", _("Akun di luar omzet")),
        ("settings_tax_local", _("Pajak daerah")), ("settings_tax_rules", _("Aturan")),
    )  # fmt: skip
    return [Link(label, reverse(name), name == current) for name, label in pages]


@FORM
@owner_only
def profile(request: PersonRequest) -> HttpResponse:
    """What the company is for its taxes, from a year on."""
    today = _today(request)
    now = years.profile_of(today.year)
    initial = taxforms.profile_as_typed(now, today)
    form = taxforms.ProfileForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_profile(by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
        else:
            messages.success(request, _("Profil pajak disimpan."))
            return redirect("taxes")
    lead = _(
        "Dari sini laporan pajak dihitung. Ubah tahun mulai bila keadaan berubah; tahun sebelumnya tetap."
    )
    return _form(request, form, title=_("Pajak"), lead=lead, tabs=_tabs("settings_tax"))


@FORM
@owner_only
def outside(request: PersonRequest) -> HttpResponse:
    """Accounts of income that do not count as turnover."""
    accounts = queries.income_accounts()
    form = taxforms.OutsideForm(
        request.POST if request.method == "POST" else None,
        accounts=accounts,
        initial={"accounts": gross.outside()},
    )
    if request.method == "POST" and form.is_valid():
        services.set_outside(form.cleaned_data["accounts"], by=request.person, at=request.at)
        messages.success(request, _("Akun di luar omzet disimpan."))
        return redirect("settings_tax_outside")
    lead = _(
        "Potongan harga tidak mengurangi omzet; bunga bank sudah dipotong pajak; laba penjualan aset bukan omzet."
    )
    return _form(request, form, title=_("Pajak"), lead=lead, tabs=_tabs("settings_tax_outside"))


@FORM
@owner_only
def local(request: PersonRequest) -> HttpResponse:
    """The local tax of each unit; none unless the owner says so."""
    units = list(books_for(request.person))
    known = {one.code: one for one in units}
    form = taxforms.LocalRateForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        unit = known[form.cleaned_data.pop("unit")]
        services.set_local_rate(unit, by=request.person, at=request.at, **form.cleaned_data)
        messages.success(request, _("Tarif pajak daerah %(unit)s disimpan.") % {"unit": unit.name})
        return redirect("settings_tax_local")
    rows = [
        Row([one.unit.name, calendar.said(one.from_ym), law.rate_said(one.rate)])
        for one in queries.local_rates()
    ]
    columns = [Column(_("Unit"), rank=1), Column(_("Mulai bulan")), Column(_("Tarif"), Kind.TEXT, rank=2)]
    lead = _(
        "Usaha mana yang kena pajak daerah (PBJT jasa perhotelan) masih diperdebatkan dan ditentukan perda tiap daerah."
        " Tanyakan ke dinas pendapatan; tanpa tarif di sini, tidak ada yang dihitung."
    )
    return _form(
        request, form, title=_("Pajak"), lead=lead, tabs=_tabs("settings_tax_local"),
        table=Table(columns, rows, _("Tarif yang berlaku")) if rows else None,
    )  # fmt: skip


@FORM
@owner_only
def rules(request: PersonRequest) -> HttpResponse:
    """The table of rules, and the form for a new law."""
    form = taxforms.RuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_rule(by=request.person, at=request.at, **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else "starts_on", str(no))
        else:
            messages.success(request, _("Aturan baru disimpan."))
            return redirect("settings_tax_rules")
    lead = _(
        "Undang-undang berubah: tulis aturan barunya dengan tanggal mulainya. Bulan sebelum tanggal itu tetap."
    )
    return _form(
        request, form, title=_("Pajak"), lead=lead, tabs=_tabs("settings_tax_rules"),
        heading=_("Aturan baru"), button=_("Tambah aturan"), table=tables.rule_table(law.every()),
    )  # fmt: skip
