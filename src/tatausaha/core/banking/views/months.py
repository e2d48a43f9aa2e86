"""Accounts, and an account in a month: what is open, what it may be, and how bank and books stand."""

import re
from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tatausaha.core.banking import matching, queries, reconciling, services
from tatausaha.core.banking.models import BankLine, Match
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Chip, Column, FilterSet, Kind, Link, NextStep, Row, Table, Tone, Work
from tatausaha.core.kernel.words import month as month_name
from tatausaha.core.kernel.words import short_date
from tatausaha.core.ledger import months as calendar
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.people import roles
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.people.views.guards import signed_in

A_PAGE = 25
MONTHS = 6


@require_safe
@signed_in
def accounts(request: PersonRequest) -> HttpResponse:
    """Every account that one may look at: until when its statement is known, how many lines are open."""
    if roles.unit_ids(request.person, "manager") == set():
        raise Http404
    mine = list(queries.accounts_for(request.person))
    stand = queries.standing(mine)
    columns = [
        Column(_("Rekening"), rank=1), Column(_("Keadaan"), Kind.CHIP, rank=2), Column(_("Unit")),
        Column(_("Mutasi sampai"), Kind.DATE), Column(_("Baris"), Kind.NUMBER),
    ]  # fmt: skip
    rows = []
    for account in mine:
        told = stand.get(account.pk, {})
        left = told.get("open")
        said = _("belum ada mutasi") if left is None else _("%(n)d belum dicocokkan") % {"n": left}
        tone = Tone.NEUTRAL if left is None else Tone.SOON if left else Tone.DONE
        unit = account.unit.name if account.unit else _("Seluruh perusahaan")
        shown = Chip(_("cocok semua") if left == 0 else said, tone)
        rows.append(
            Row(
                [f"{account.bank} {account.number}", shown, unit, told.get("last"), told.get("lines")],
                url=reverse("bank_month", args=[account.pk]),
            )
        )
    return render(request, "banking/accounts.html", {"table": Table(columns, rows)})


def _asked(request: PersonRequest, account: BankAccount) -> int:
    typed = request.GET.get("bulan", "")
    if re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", typed, re.ASCII):
        return int(typed.replace("-", ""))
    return calendar.of(queries.last_day(account) or queries.today(account, request.at))


@require_safe
@signed_in
def month(request: PersonRequest, account: int) -> HttpResponse:
    """One month: progress, open lines with what they may be, both balances and what explains the difference."""
    shown = get_object_or_404(queries.accounts_for(request.person), pk=account)
    ym = _asked(request, shown)
    everything = request.GET.get("lihat") == "semua"
    rows = _lines(request, shown, ym)
    open_lines = list(queries.unmatched(rows))
    found = matching.propose(open_lines, shown, request.person)
    page = Paginator(list(rows) if everything else open_lines, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "account": shown,
        "month": calendar.first_day(ym),
        "ym": f"{calendar.first_day(ym):%Y-%m}",
        "crumbs": [Link(_("Mutasi bank"), reverse("bank_accounts"))],
        "filters": _filters(shown, ym, queries.today(shown, request.at), everything=everything),
        "picture": reconciling.picture(shown, ym),
        "sure": len(matching.sure_ones(found, open_lines)),
        "page": page,
        "everything": everything,
        "works": [] if everything else [_work(line, found.get(line.pk, [])) for line in page],
        "table": _table(page.object_list) if everything else None,
    }
    return render(request, "banking/month.html", context)


def _lines(request: PersonRequest, account: BankAccount, ym: int) -> QuerySet[BankLine]:
    first, after = calendar.first_day(ym), calendar.first_day(calendar.after(ym))
    return queries.lines_for(request.person).filter(bank_account=account, on__gte=first, on__lt=after)


def _filters(account: BankAccount, ym: int, today: date, *, everything: bool) -> list[FilterSet]:
    here = reverse("bank_month", args=[account.pk])
    shown, told = [], ym
    for _turn in range(MONTHS):
        shown.append(told)
        told = calendar.before(told)
    later = calendar.after(ym)
    links = [
        Link(month_name(first), f"{here}?bulan={first:%Y-%m}", one == ym)
        for one in ([later] if later <= calendar.of(today) else []) + shown
        if (first := calendar.first_day(one))
    ]
    what = f"{here}?bulan={calendar.first_day(ym):%Y-%m}"
    kinds = (
        Link(_("Belum dicocokkan"), what, not everything),
        Link(_("Semua baris"), f"{what}&lihat=semua", everything),
    )
    return [FilterSet(_("Baris"), kinds), FilterSet(_("Bulan"), tuple(links))]


def _work(line: BankLine, proposals: list[matching.Proposal]) -> Work:
    url = reverse("bank_line", args=[line.pk])
    title = (_("%(amount)s masuk") if line.amount > 0 else _("%(amount)s keluar")) % {
        "amount": rupiah(abs(line.amount))
    }
    if not proposals:
        return Work(
            title,
            url,
            when=short_date(line.on),
            meta=(line.text,),
            step=NextStep(_("Tentukan"), url, opens=True),
        )
    best = proposals[0]
    said = (line.text, best.label, best.why)
    if not best.sure:
        return Work(title, url, short_date(line.on), said, Tone.SOON, NextStep(_("Periksa"), url, opens=True))
    return Work(
        title,
        url,
        short_date(line.on),
        said,
        Tone.GOING,
        NextStep(_("Ya, cocok"), url, name="milik", value=best.key),
    )


def _table(lines: Iterable[BankLine]) -> Table:
    shown = list(lines)
    known = queries.matches_of(shown)
    columns = [
        Column(_("Keterangan"), rank=1), Column(_("Jumlah"), Kind.MONEY, rank=2), Column(_("Tanggal"), Kind.DATE),
        Column(_("Cocok dengan"), Kind.CHIP),
    ]  # fmt: skip
    rows = [
        Row(
            [line.text, line.amount, line.on, _chip(line, known.get(line.pk))],
            reverse("bank_line", args=[line.pk]),
        )
        for line in shown
    ]
    return Table(columns, rows)


def _chip(line: BankLine, match: Match | None) -> Chip:
    if match is None:
        return Chip(_("belum dicocokkan"), Tone.SOON) if line.amount else Chip(_("pembulatan"), Tone.DONE)
    if match.journal is None:
        return Chip(_("dicatat saja"), Tone.NEUTRAL)
    return Chip(match.journal.memo[:40] or _("jurnal #%(number)d") % {"number": match.journal_id}, Tone.DONE)


@require_POST
@signed_in
def confirm_sure(request: PersonRequest, account: int) -> HttpResponse:
    """Confirm everything that is sure in the month, each as if it were confirmed alone."""
    shown = get_object_or_404(queries.accounts_for(request.person), pk=account)
    ym = _asked(request, shown)
    lines = list(queries.unmatched(_lines(request, shown, ym)))
    pairs = matching.sure_ones(matching.propose(lines, shown, request.person), lines)
    said = services.confirm_sure(pairs, by=request.person, at=request.at)
    told = ngettext("%(n)d baris cocok dan dibukukan.", "%(n)d baris cocok dan dibukukan.", said.done)
    messages.success(request, told % {"n": said.done})
    if said.left:
        messages.info(
            request, _("Masih ada %(n)d lagi. Tekan sekali lagi untuk melanjutkan.") % {"n": said.left}
        )
    for line, why in said.refused[:3]:
        messages.error(request, f"{rupiah(line.amount)}, {short_date(line.on)}: {why}")
    return redirect(f"{reverse('bank_month', args=[shown.pk])}?bulan={calendar.first_day(ym):%Y-%m}")
