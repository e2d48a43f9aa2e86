"""What was planned beside what became of it: budget, actual and variance over the tree of accounts (rules/ledger 19).

Only months of an account that have a budget are compared; what moved without one is told by itself,
so that the actual figures add up to the report and nothing is hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Subquery, Sum
from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import percent
from tatausaha.core.ledger.models import PERIOD_BASE, Account, Balance
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.reports import calendar, queries
from tatausaha.core.reports.models import Budget

SIGN = {"R": -1, "X": 1}
BETTER = {"R": 1, "X": -1}
"""Which way a figure above its budget goes: more income is better, more expense is worse."""

Budgets = Mapping[tuple[int, int], int]
"""Rupiah by (account, month)."""


@dataclass(frozen=True)
class PlanRow:
    """A line: an account, a parent, or a sum (`total`). Nothing in `budget` means that there is none.

    `variance` is above zero where things went better than planned: more income, less expense.
    `of` says of which kind (`R`, `X`, the result `RX`) an account or a sum is; a parent has none.
    """

    name: str
    budget: int | None
    actual: int
    variance: int | None
    level: int = 0
    total: bool = False
    code: str = ""
    of: str = ""


@dataclass(frozen=True)
class Beside:
    """What stands beside a figure of a statement: its budget, and how much better than it things went.

    `part` where the figure holds more than the variance: months, units or accounts without a budget.
    """

    budget: int | None = None
    variance: int | None = None
    part: bool = False


NONE = Beside()


def of(units: Sequence[Unit], from_ym: int, to_ym: int) -> dict[tuple[int, int], int]:
    """Budgets of all these units together, in one query."""
    rows = Budget.objects.filter(unit__in=units, ym__gte=from_ym, ym__lte=to_ym).order_by()
    return {
        (account, ym): amount
        for account, ym, amount in rows.values_list("account_id", "ym").annotate(sum=Sum("amount"))
    }


def beside(plan: Sequence[PlanRow]) -> dict[str, Beside]:
    """What stands beside each account, by its number, and beside the sums, by `R`, `X` and `RX`."""
    rest = [row for row in plan if row.budget is None]
    without = {row.code for row in rest} | {row.of for row in rest} | ({"RX"} if rest else set())
    told = ((row.of if row.total else row.code, row) for row in plan if row.of and row.budget is not None)
    return {key: Beside(row.budget, row.variance, key in without) for key, row in told}


def unmoved(plan: Sequence[PlanRow], kind: str, known: Iterable[str]) -> list[PlanRow]:
    """Accounts of a kind that were planned for and have no line yet."""
    seen = set(known)
    return [
        row
        for row in plan
        if row.of == kind and not row.total and row.budget is not None and row.code not in seen
    ]


def _where_planned(units: Sequence[Unit], yms: Iterable[int]) -> dict[tuple[int, int], int]:
    """What moved (debit less credit) where its own unit had a budget, by (account, month)."""
    here = Balance.objects.filter(
        account=OuterRef("account"), period=OuterRef("unit") * PERIOD_BASE + OuterRef("ym")
    )
    moved = Subquery(here.values(net=F("debit") - F("credit")))
    rows = Budget.objects.filter(unit__in=units, ym__in=yms).values_list("account_id", "ym", moved)
    sums: dict[tuple[int, int], int] = defaultdict(int)
    for account, ym, net in rows:
        sums[account, ym] += int(net or 0)
    return sums


def plan(
    span: queries.Span, yms: Sequence[int], *, units: Sequence[Unit], chart: Mapping[int, Account]
) -> tuple[PlanRow, ...]:
    """Budget against actual of some months of a span; nothing where they have no budget at all.

    Of several units together those are compared that have a budget; one question more finds them.
    """
    wanted, cells = set(yms), span.cells
    budgets = {key: amount for key, amount in span.budgets.items() if key[1] in wanted}
    if not budgets:
        return ()
    nets = {key: debit - credit for key, (debit, credit) in cells.items()}
    own = _where_planned(units, wanted) if len(units) > 1 else nets
    actual: dict[int, int] = defaultdict(int)
    beside: dict[int, int] = defaultdict(int)
    for (pk, ym), net in nets.items():
        if ym in wanted and chart[pk].type in SIGN:
            part = own.get((pk, ym), 0) if (pk, ym) in budgets else 0
            actual[pk] += SIGN[chart[pk].type] * part
            beside[pk] += SIGN[chart[pk].type] * (net - part)
    planned: dict[int, int] = defaultdict(int)
    for (pk, _ym), amount in budgets.items():
        planned[pk] += amount
    return _told(chart, planned, actual, beside)


def _told(
    chart: Mapping[int, Account],
    planned: Mapping[int, int],
    actual: Mapping[int, int],
    beside: Mapping[int, int],
) -> tuple[PlanRow, ...]:
    rows: list[PlanRow] = []
    sums: dict[str, tuple[int, int]] = {}
    for kind, name in (("R", _("Jumlah pendapatan")), ("X", _("Jumlah beban"))):
        mine = {pk: amount for pk, amount in planned.items() if chart[pk].type == kind}
        rows += _tree(chart, mine, actual, kind)
        sums[kind] = (sum(mine.values()), sum(actual.get(pk, 0) for pk in mine))
        if mine:
            rows.append(_row(name, *sums[kind], kind, total=True, of=kind))
    if {chart[pk].type for pk in planned} == set(SIGN):
        result = [sums["R"][side] - sums["X"][side] for side in (0, 1)]
        rows.append(_row(_("Laba (rugi)"), result[0], result[1], "R", total=True, of="RX"))
    rest = sorted((pk for pk, amount in beside.items() if amount), key=lambda pk: chart[pk].code)
    said = _("%(account)s, tanpa anggaran")
    rows += [
        PlanRow(
            said % {"account": chart[pk].name}, None, beside[pk], None, code=chart[pk].code, of=chart[pk].type
        )
        for pk in rest
    ]
    return tuple(rows)


def _tree(
    chart: Mapping[int, Account], mine: Mapping[int, int], actual: Mapping[int, int], kind: str
) -> list[PlanRow]:
    """Parents before their children, each with the sum of all below it."""
    sums: dict[int, tuple[int, int]] = {}
    below: dict[int | None, set[int]] = defaultdict(set)
    for pk, budget in mine.items():
        at: int | None = pk
        while at is not None:
            was = sums.get(at, (0, 0))
            sums[at] = (was[0] + budget, was[1] + actual.get(pk, 0))
            above = chart[at].parent_id
            below[above].add(at)
            at = above

    def walk(parent: int | None, level: int) -> Iterable[PlanRow]:
        for pk in sorted(below.get(parent, ()), key=lambda one: chart[one].code):
            of = kind if pk in mine else ""
            yield _row(chart[pk].name, *sums[pk], kind, level=level, code=chart[pk].code, of=of)
            yield from walk(pk, level + 1)

    return list(walk(None, 0))


def _row(
    name: str,
    budget: int,
    actual: int,
    kind: str,
    *,
    level: int = 0,
    total: bool = False,
    code: str = "",
    of: str = "",
) -> PlanRow:
    return PlanRow(name, budget, actual, BETTER[kind] * (actual - budget), level, total, code, of)


# Entering


def _owner(by: Person) -> None:
    if not roles.is_owner(by):
        raise Refused(_("Anggaran ditulis oleh pemilik."))


@transaction.atomic
def enter(unit: Unit, amounts: Mapping[tuple[int, int], int | None], *, by: Person, at: datetime) -> int:
    """Set budgets by (account, month); nothing takes one away. Says how many changed."""
    _owner(by)
    known = {(row.account_id, row.ym): row for row in _rows(unit, amounts)}
    gone, changed, fresh = [], [], []
    for (pk, ym), amount in amounts.items():
        row = known.get((pk, ym))
        if amount is None and row is not None:
            gone.append(row.pk)
        elif row is None and amount is not None:
            fresh.append(Budget(unit=unit, account_id=pk, ym=ym, amount=amount, set_by=by, set_at=at))
        elif row is not None and amount is not None and row.amount != amount:
            row.amount, row.set_by, row.set_at = amount, by, at
            changed.append(row)
    Budget.objects.filter(pk__in=gone).delete()
    Budget.objects.bulk_update(changed, ["amount", "set_by", "set_at"])
    Budget.objects.bulk_create(fresh)
    return len(gone) + len(changed) + len(fresh)


def _rows(unit: Unit, amounts: Mapping[tuple[int, int], object]) -> list[Budget]:
    yms = {ym for _pk, ym in amounts}
    return list(Budget.objects.filter(unit=unit, ym__in=yms)) if yms else []


def copy(unit: Unit, year: int, more: int, *, by: Person, at: datetime) -> int:
    """Plan a year as the one before it went, so many per cent more or less; what is planned already stays.

    Says how many months of accounts were filled. Raises `Refused` where the year before has no figures.
    """
    _owner(by)
    chart = queries.accounts()
    first = (year - 1) * 100
    cells = queries.turnovers([unit], first + 1, first + 12)
    earned = {
        (pk, ym + 100): SIGN[chart[pk].type] * (debit - credit)
        for (pk, ym), (debit, credit) in cells.items()
        if chart[pk].type in SIGN
    }
    if not earned:
        raise Refused(_("Tahun %(year)s tidak punya angka untuk disalin.") % {"year": year - 1})
    known = of([unit], year * 100 + 1, year * 100 + 12)
    fresh = {
        key: percent(amount, 100 + more) for key, amount in earned.items() if amount > 0 and key not in known
    }
    return enter(unit, fresh, by=by, at=at)


def accounts_of(unit: Unit, year: int) -> list[Account]:
    """Accounts that are shown for a year: planned, or moved in it or the year before; income first, by number."""
    chart = queries.accounts()
    moved = {pk for pk, _ym in queries.turnovers([unit], (year - 1) * 100 + 1, year * 100 + 12)}
    planned = {pk for pk, _ym in of([unit], year * 100 + 1, year * 100 + 12)}
    wanted = (chart[pk] for pk in moved | planned if chart[pk].type in SIGN)
    return sorted((one for one in wanted if one.closed_on is None), key=lambda one: one.code)


def all_accounts() -> list[Account]:
    """Every account that can have a budget, by number."""
    rows = Account.objects.filter(type__in=list(SIGN), is_detail=True, closed_on=None)
    return list(rows.order_by("code"))


def months_of(year: int) -> list[int]:
    """The twelve months of a year."""
    return calendar.span(year * 100 + 1, year * 100 + 12)
