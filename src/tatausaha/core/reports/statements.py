"""A dataset as the page shows it: every figure leads on to its account, every version to what changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.kernel.parts import Link
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Seal
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import budgets, calendar
from tatausaha.core.reports.cash import CashView, Pair
from tatausaha.core.reports.changes import Change, changes_of
from tatausaha.core.reports.dataset import MonthData, Row
from tatausaha.core.reports.spans import SpanData, SpanRow


@dataclass(frozen=True)
class Head:
    """The head of a column: `beside` is a budget or a variance, `less` is left out where it is narrow."""

    label: str
    css: str = ""


@dataclass(frozen=True)
class Figure:
    """An amount and where it comes from; nothing is a dash. `head` names its column where that is not above it."""

    amount: int | None
    url: str = ""
    suffix: str = ""
    css: str = ""
    head: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a statement."""

    label: str
    figures: tuple[Figure, ...]
    total: bool = False
    code: str = ""


@dataclass(frozen=True)
class Part:
    """A block of a statement with its sum; `whole` heads the first column where that holds no sum."""

    anchor: str
    title: str
    lines: tuple[Line, ...]
    total: Line | None
    whole: str = ""


@dataclass(frozen=True)
class Statement:
    """The whole: heads of the columns, parts, the last line, and cash."""

    heads: tuple[Head, ...]
    parts: tuple[Part, ...]
    result: Line
    cash: tuple[Line, ...]
    position: tuple[Line, ...]
    none: str = ""
    """What is said of a part without lines."""


def card_url(code: str, unit: Unit | None, ym: int) -> str:
    """The card of an account in a month."""
    where = f"unit={unit.code}&" if unit else ""
    return f"{reverse('account_card', args=[code])}?{where}bulan={calendar.slug(ym)}"


def plan_heads() -> list[Head]:
    """The heads of what stands beside a figure."""
    return [Head(_("Anggaran"), "beside"), Head(_("Selisih"), "beside")]


def plan_figures(one: budgets.Beside) -> tuple[Figure, Figure]:
    """Budget and variance; a star where the variance does not speak of the whole figure."""
    css = "beside" if one.budget is not None else "beside none"
    return (
        Figure(one.budget, css=css, head=_("anggaran")),
        Figure(one.variance, suffix="*" if one.part else "", css=css, head=_("selisih")),
    )


def of(data: MonthData) -> Statement:
    """The statement of a month."""
    unit = data.units[0] if data.code != "semua" and data.units else None
    compares = any(row.before is not None for row in (*data.income, *data.expense))
    columns = ("amount", "before", "year") if compares else ("amount",)
    css = {"before": "less"}
    names = {"amount": data.month, "before": _("Bulan sebelumnya"), "year": _("Tahun berjalan")}
    heads = [Head(names[name], css.get(name, "")) for name in columns]
    heads[1:1] = plan_heads() if data.plan else []
    told = budgets.beside(data.plan)

    def placed(figures: list[Figure], one: budgets.Beside) -> tuple[Figure, ...]:
        return (figures[0], *(plan_figures(one) if data.plan else ()), *figures[1:])

    def figures(row: Row) -> tuple[Figure, ...]:
        urls = {
            "amount": card_url(row.code, unit, data.ym),
            "before": card_url(row.code, unit, months.before(data.ym)),
        }
        found = [
            Figure(value := getattr(row, name), urls.get(name, "") if value else "", css=css.get(name, ""))
            for name in columns
        ]
        return placed(found, row.beside)

    def total(label: str, name: str, kind: str) -> Line:
        found = [Figure(getattr(data.totals[one], name), css=css.get(one, "")) for one in columns]
        return Line(label, placed(found, told.get(kind, budgets.NONE)), total=True)

    def part(anchor: str, title: str, rows: Sequence[Row], closing: Line) -> Part:
        return Part(anchor, title, tuple(Line(row.name, figures(row)) for row in rows), closing)

    parts = (
        part("pendapatan", _("Pendapatan"), data.income, total(_("Jumlah pendapatan"), "income", "R")),
        part("beban", _("Beban"), data.expense, total(_("Jumlah beban"), "expense", "X")),
    )
    position = tuple(
        Line(row.name, (Figure(row.amount, card_url(row.code, unit, data.ym)),)) for row in data.position
    )
    return Statement(
        tuple(heads),
        parts,
        total(_("Laba (rugi)"), "result", "RX"),
        _cash(data, unit),
        position,
        _("Belum ada."),
    )


def _cash(data: MonthData, unit: Unit | None) -> tuple[Line, ...]:
    lines = [
        Line(
            one.name,
            (
                Figure(one.opening), Figure(one.debit, card_url(one.code, unit, data.ym)),
                Figure(one.credit, card_url(one.code, unit, data.ym)), Figure(one.closing),
            ),
        )
        for one in data.cash
    ]  # fmt: skip
    sums = (
        data.opening,
        sum(one.debit for one in data.cash),
        sum(one.credit for one in data.cash),
        data.closing,
    )
    return (*lines, Line(_("Jumlah"), tuple(Figure(one) for one in sums), total=True))


@dataclass(frozen=True)
class Bridge:
    """Profit by right, the steps, profit by cash; and every account both ways."""

    statement: Statement
    steps: tuple[Line, ...]


def of_both(both: CashView, unit: Unit | None, ym: int | None) -> Bridge:
    """By right and by cash side by side, accounts that differ: each figure by right leads to its card
    where a month is told.
    """

    def line(pair: Pair) -> Line:
        url = card_url(pair.code, unit, ym) if ym and pair.code and pair.accrual else ""
        figures = (Figure(pair.accrual, url), Figure(pair.gap, css="less"), Figure(pair.cash))
        return Line(pair.name, figures, total=not pair.code)

    def part(name: str, title: str, closing: str) -> Part:
        rows = tuple(line(one) for one in getattr(both, name) if one.gap)
        return Part(f"kas-{name}", title, rows, replace(line(both.total(name)), label=closing))

    parts = (
        part("income", _("Pendapatan"), _("Jumlah pendapatan")),
        part("expense", _("Beban"), _("Jumlah beban")),
    )
    statement = Statement(
        (Head(_("Menurut hak")), Head(_("Selisih"), "less"), Head(_("Menurut kas"))),
        parts,
        line(both.result),
        (),
        (),
        _("Sama di keduanya."),
    )
    steps = [
        Line(_("Laba menurut hak"), (Figure(both.accrual),)),
        *(Line(step.label, (Figure(step.amount),)) for step in both.steps),
    ]
    if both.unexplained:
        steps.append(Line(_("Belum dapat dijelaskan"), (Figure(-both.unexplained),)))
    return Bridge(statement, (*steps, Line(_("Laba menurut kas"), (Figure(both.cash),), total=True)))


def of_span(data: SpanData, link: Callable[[SpanRow, int], str]) -> tuple[Part | Line, ...]:
    """Income, expense, and the result: the whole first, then column by column. `link` leads on from a figure."""

    def line(row: SpanRow) -> Line:
        figures = [
            Figure(amount, link(row, ym) if amount and row.code else "", row.suffix)
            for ym, amount in zip(data.yms, row.amounts, strict=True)
        ]
        before = [Figure(row.before)] if data.before else []
        first = Figure(row.total, suffix=row.suffix)
        plan = plan_figures(row.beside) if data.plan else ()
        return Line(row.name, (first, *plan, *before, *figures), not row.code and row.whole is None, row.code)

    def rest(anchor: str, title: str, rows: Sequence[SpanRow], whole: str = "") -> tuple[Part, ...]:
        return (Part(anchor, title, tuple(line(row) for row in rows), None, whole),) if rows else ()

    return (
        Part("pendapatan", _("Pendapatan"), tuple(line(row) for row in data.income), line(data.income_total)),
        Part("beban", _("Beban"), tuple(line(row) for row in data.expense), line(data.expense_total)),
        line(data.result),
        *rest("hak-dan-kas", _("Dari laba menurut hak ke laba menurut kas"), data.bridge),
        *rest("keadaan", data.standing_title, data.standing, _("Terakhir")),
        *rest("usaha", _("Usaha"), data.strips, _("Seluruhnya")),
    )


@dataclass(frozen=True)
class Version:
    """A version of a closed month: what differs from the one before, why, by whom, and where it is shown."""

    number: int
    at: datetime
    by: str
    reason: str
    head: str
    changes: tuple[Change, ...]
    page: Link
    print: str


def history(seals: Sequence[Seal], wanted: str, url: str) -> list[Version]:
    """Every version, the newest first."""
    newest = seals[-1].version if seals else 0
    shown = wanted or str(newest)
    return [
        Version(
            number=seal.version,
            at=seal.at,
            by=seal.by.name if seal.by else "",
            reason=seal.reason,
            head=seal.head[:10],
            changes=changes_of(seal),
            page=Link(
                _("Versi %(n)d") % {"n": seal.version},
                f"{url}?versi={seal.version}",
                str(seal.version) == shown,
            ),
            print=f"{url}?versi={seal.version}&berkas=pdf",
        )
        for seal in reversed(seals)
    ]
