"""The books: what is held and owed now, account cards, journals, the trial balance (KOS-18, SYS-10)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.parts import Column, FilterSet, Kind, Link, Row, Table
from tatausaha.core.ledger import months
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Account, Journal
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.reports import calendar, causes, overview, queries, statements
from tatausaha.core.reports.services import BY_HAND
from tatausaha.core.reports.taxes import years
from tatausaha.core.reports.views.doors import Desk, keepers

A_PAGE = 50
CARD_PAGE = 200


def _unit_links(
    desk: Desk, here: str, unit: Unit | None, *, all_too: bool = True, **keep: str
) -> list[FilterSet]:
    if len(desk.units) < 2:
        return []

    def url(code: str) -> str:
        wanted = {name: value for name, value in {**keep, "unit": code}.items() if value}
        return f"{here}?{urlencode(wanted)}" if wanted else here

    links = [Link(_("Semua unit"), url(""), unit is None)] if all_too else []
    links += [Link(one.name, url(one.code), one == unit) for one in desk.units]
    return [FilterSet(_("Unit"), tuple(links))]


@require_safe
@keepers
def books(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """What is in hand, held for others, and owed, now; every figure leads on."""
    unit = desk.asked(request.GET.get("unit", ""))
    units = (unit,) if unit else desk.units
    ym = max(calendar.running(one, desk.at) for one in units)
    due = years.due_soon(units, at=desk.at) if desk.is_owner else 0
    seen = overview.of(units, at=desk.at, due=due)
    context = {
        "filters": _unit_links(desk, reverse("books"), unit),
        "unit": unit,
        "overview": seen,
        "terms": overview.spendable(seen),
        "journals": reverse("journals") + (f"?unit={unit.code}" if unit else ""),
        "trial": reverse("trial_balance", args=[(unit or units[0]).code, calendar.slug(ym)]),
        "waiting": list(queries.open_requests(desk.person)[:20]),
        "check": queries.last_check(),
        "owner_money": reverse("owner_money") if desk.is_owner else "",
    }
    return render(request, "reports/books.html", context)


# One account


@require_safe
@keepers
def card(request: HttpRequest, desk: Desk, code: str) -> HttpResponseBase:
    """An account in a month, line by line with its balance."""
    account = queries.account_of(code)
    if account is None:
        raise Http404
    if not request.GET.get("unit") and len(desk.units) > 1:
        return _card_of_all(request, desk, account)
    unit = desk.unit(request.GET["unit"]) if request.GET.get("unit") else desk.units[0]
    ym = (
        desk.month(request.GET["bulan"], unit)
        if request.GET.get("bulan")
        else calendar.running(unit, desk.at)
    )
    party = _party(request.GET.get("orang", ""), unit)
    first = months.first_day(ym)
    last = months.first_day(months.after(ym)) - timedelta(days=1)
    opening, lines = ledger.account_card(str(account.pk), unit, first, last, party=party)
    page = Paginator(lines, CARD_PAGE).get_page(request.GET.get("page"))
    here = reverse("account_card", args=[account.code])
    context = {
        "account": account, "unit": unit, "party": party, "month": calendar.said(ym), "page": page,
        "sign": account.sign, "opening": opening * account.sign,
        "closing": (lines[-1].balance if lines else opening) * account.sign,
        "rows": [_card_row(line, account.sign) for line in page],
        "filters": _unit_links(desk, here, unit, all_too=False, bulan=calendar.slug(ym)),
        "crumbs": [
            Link(_("Buku"), reverse("books")),
            Link(_("Laporan %(month)s") % {"month": calendar.said(ym)},
                 reverse("report_month", args=[unit.code, calendar.slug(ym)])),
        ],
        "near": _card_months(here, unit, ym, party, desk),
    }  # fmt: skip
    return render(request, "reports/card.html", context)


def _party(text: str, unit: Unit) -> Person | None:
    return queries.party_of(unit, int(text)) if text.isdigit() and len(text) < 12 else None


def _card_row(line: ledger.CardLine, sign: int) -> dict[str, Any]:
    return {
        "url": reverse("journal", args=[line.journal]),
        "on": line.book_on,
        "happened": line.event_on if line.event_on != line.book_on else None,
        "what": line.memo or causes.kind_label(line.kind),
        "kind": causes.kind_label(line.kind),
        "party": line.party,
        "debit": line.amount if line.amount > 0 else None,
        "credit": -line.amount if line.amount < 0 else None,
        "balance": line.balance * sign,
    }


def _card_months(here: str, unit: Unit, ym: int, party: Person | None, desk: Desk) -> list[Link]:
    more = f"&orang={party.pk}" if party else ""
    return [
        Link(calendar.said(one), f"{here}?unit={unit.code}&bulan={calendar.slug(one)}{more}", one == ym)
        for one in (months.before(ym), ym, months.after(ym))
        if one <= calendar.running(unit, desk.at)
    ]


def _card_of_all(request: HttpRequest, desk: Desk, account: Account) -> HttpResponseBase:
    """An account of several units: which of them moved it, each leading to its own card."""
    first = desk.units[0]
    ym = (
        desk.month(request.GET["bulan"], first)
        if request.GET.get("bulan")
        else calendar.running(first, desk.at)
    )
    moved, now = queries.unit_turnovers(desk.units, ym), queries.standing(desk.units, [account.pk])
    rows = [
        Row(
            [
                unit.name,
                *moved.get((unit.pk, account.pk), (0, 0)),
                account.sign * now.get((unit.pk, account.pk), 0),
            ],
            url=statements.card_url(account.code, unit, ym),
        )
        for unit in desk.units
        if (unit.pk, account.pk) in moved or now.get((unit.pk, account.pk))
    ]
    columns = [
        Column(_("Unit"), rank=1), Column(_("Debit bulan ini"), Kind.MONEY), Column(_("Kredit bulan ini"), Kind.MONEY),
        Column(_("Saldo sekarang"), Kind.MONEY, rank=2),
    ]  # fmt: skip
    context = {
        "account": account, "month": calendar.said(ym), "table": Table(columns, rows),
        "crumbs": [Link(_("Buku"), reverse("books"))],
    }  # fmt: skip
    return render(request, "reports/card_units.html", context)


# Journals


@dataclass(frozen=True)
class Wish:
    """What the list of journals is narrowed to."""

    unit: Unit | None
    ym: int | None
    account: Account | None
    kind: str
    who: int | None
    text: str

    def url(self, **other: str) -> str:
        """The address of the list, with something else put in its place."""
        wanted = {
            "unit": self.unit.code if self.unit else "",
            "bulan": calendar.slug(self.ym) if self.ym else "semua",
            "akun": self.account.code if self.account else "",
            "jenis": self.kind,
            "oleh": str(self.who or ""),
            "q": self.text,
        } | other
        return f"{reverse('journals')}?{urlencode({name: value for name, value in wanted.items() if value})}"


def _read(query: QueryDict, desk: Desk) -> Wish:
    unit, month, who = desk.asked(query.get("unit", "")), query.get("bulan", ""), query.get("oleh", "")
    running = max(calendar.running(one, desk.at) for one in desk.units)
    text = query.get("q", "").strip()[:80]
    everywhere = month == "semua" or (text and not month)
    return Wish(
        unit=unit,
        ym=None if everywhere else calendar.parse(month) or running,
        account=queries.account_of(query.get("akun", "")),
        kind=query.get("jenis", "")[:30],
        who=int(who) if who.isdigit() and len(who) < 12 else None,
        text=text,
    )


@require_safe
@keepers
def journals(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Journals, newest first: filters as links, search by number, amount or words."""
    wish = _read(request.GET, desk)
    found = queries.journals_found(
        desk.person,
        unit=wish.unit,
        ym=wish.ym,
        account=wish.account,
        kind=wish.kind,
        who=wish.who,
        text=wish.text,
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "table": _journal_table(list(page), several=len(desk.units) > 1),
        "filters": _journal_filters(wish, desk),
        "query": wish.text,
        "keep": {"unit": wish.unit.code if wish.unit else ""},
        "crumbs": [Link(_("Buku"), reverse("books"))],
        "narrowed": _narrowed(wish),
    }
    return render(request, "reports/journals.html", context)


def _narrowed(wish: Wish) -> list[Link]:
    """What else narrows the list, each with the way to take it off."""
    links = []
    if wish.account:
        links.append(Link(_("Akun %(name)s") % {"name": wish.account.name}, wish.url(akun="")))
    if wish.who:
        links.append(Link(_("Hanya dari satu orang"), wish.url(oleh="")))
    return links


def _journal_filters(wish: Wish, desk: Desk) -> list[FilterSet]:
    running = max(calendar.running(one, desk.at) for one in desk.units)
    near = {running, months.before(running), wish.ym or running}
    month_links = [
        Link(calendar.said(ym), wish.url(bulan=calendar.slug(ym)), ym == wish.ym) for ym in sorted(near)
    ]
    sets = [FilterSet(_("Bulan"), (*month_links, Link(_("Semua"), wish.url(bulan="semua"), wish.ym is None)))]
    if len(desk.units) > 1:
        links = [Link(_("Semua unit"), wish.url(unit=""), wish.unit is None)]
        links += [Link(one.name, wish.url(unit=one.code), one == wish.unit) for one in desk.units]
        sets.append(FilterSet(_("Unit"), tuple(links)))
    kinds = queries.kinds_used((wish.unit,) if wish.unit else desk.units, wish.ym)
    if kinds or wish.kind:
        links = [Link(_("Semua jenis"), wish.url(jenis=""), not wish.kind)]
        links += [Link(causes.kind_label(kind), wish.url(jenis=kind), kind == wish.kind) for kind in kinds]
        sets.append(FilterSet(_("Jenis"), tuple(links)))
    return sets


def _journal_table(rows: list[Journal], *, several: bool) -> Table:
    columns = [
        Column(_("Jurnal"), rank=1), Column(_("Tanggal buku"), Kind.DATE), Column(_("Keterangan")),
        Column(_("Jenis")), Column(_("Oleh")), *([Column(_("Unit"))] if several else []),
        Column(_("Jumlah"), Kind.MONEY, rank=2),
    ]  # fmt: skip
    return Table(
        columns,
        [
            Row(
                [
                    f"#{row.pk}", row.book_on, row.memo or row.reason, causes.kind_label(row.kind), _who(row),
                    *([row.unit.name] if several else []), row.total,
                ],
                url=reverse("journal", args=[row.pk]),
            )
            for row in rows
        ],
    )  # fmt: skip


def _who(row: Journal) -> str:
    return row.actor.name if row.actor else str(row.get_actor_kind_display())


@require_safe
@keepers
def journal(request: HttpRequest, desk: Desk, pk: int) -> HttpResponseBase:
    """One journal: its lines, who, when, by which pass, what it undoes, its seal, and what caused it."""
    found = queries.journal_for(desk.person, pk)
    if found is None:
        raise Http404
    lines = queries.lines_of(found)
    reversal = getattr(found, "reversal", None)
    owner = roles.is_owner(desk.person)
    context = {
        "journal": found,
        "kind": causes.kind_label(found.kind),
        "who": _who(found),
        "lines": [
            {
                "url": statements.card_url(line.account.code, line.unit, found.ym),
                "line": line,
                "debit": line.amount if line.amount > 0 else None,
                "credit": -line.amount if line.amount < 0 else None,
            }
            for line in lines
        ],
        "total": found.total,
        "causes": causes.of(found),
        "reversal": reversal,
        "replacements": list(found.replacements.order_by("pk")),
        "head": found.link.hash[:10] if hasattr(found, "link") else "",
        "may_move": owner and found.reverses_id is None and reversal is None,
        "may_undo": owner and found.kind in BY_HAND and reversal is None,
        "month": calendar.said(found.ym),
        "crumbs": [
            Link(_("Buku"), reverse("books")),
            Link(
                _("Jurnal"), f"{reverse('journals')}?bulan={calendar.slug(found.ym)}&unit={found.unit.code}"
            ),
        ],
    }
    return render(request, "reports/journal.html", context)


@require_safe
@keepers
def trial_balance(request: HttpRequest, desk: Desk, code: str, month: str) -> HttpResponseBase:
    """Every account of a unit in a month: opening, debit, credit, closing; the closings sum to zero."""
    unit = desk.unit(code)
    ym = desk.month(month, unit)
    figures = ledger.trial_balance(unit, ym)
    here = reverse("trial_balance", args=[unit.code, calendar.slug(ym)])
    context = {
        "unit": unit,
        "month": calendar.said(ym),
        "rows": [{"figure": one, "url": statements.card_url(one.code, unit, ym)} for one in figures],
        "debit": sum(one.debit for one in figures),
        "credit": sum(one.credit for one in figures),
        "closing_debit": sum(one.closing for one in figures if one.closing > 0),
        "closing_credit": -sum(one.closing for one in figures if one.closing < 0),
        "near": [
            Link(
                calendar.said(one), reverse("trial_balance", args=[unit.code, calendar.slug(one)]), one == ym
            )
            for one in (months.before(ym), ym, months.after(ym))
            if one <= calendar.running(unit, desk.at)
        ],
        "units": [
            Link(one.name, reverse("trial_balance", args=[one.code, calendar.slug(ym)]), one == unit)
            for one in desk.units
        ],
        "crumbs": [Link(_("Buku"), reverse("books"))],
        "here": here,
        "today": clock.day(desk.at, unit.zone),
    }
    return render(request, "reports/trial_balance.html", context)
