"""What the cash view is made of: money laid on lines of income, and entries beside bills (rules/ledger 15).

Everything is answered for all units at once, by month, with a fixed number of queries. A journal
that the owner moved to another month takes along what it did.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Cast, ExtractMonth, ExtractYear

from tatausaha.core.billing.kinds import HELD_AS
from tatausaha.core.billing.models import Allocation, Holding, HoldingEntry
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import PERIOD_BASE, Account, Entry, Journal
from tatausaha.core.ledger.queries import RESULT_TYPES
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.people.models import Unit

SETTLED = ("billing.invoice", PAYMENT.code)
"""Causes of journals whose cash is told by the allocations of bills."""
OPERATING = ("12", "13", "14", "21", "25", "26", "27")
"""First digits of accounts that stand between earning and cash: owed, stock, paid ahead, payable."""
FIXED = "15"
OWN = ("11", "22", "23", "24", "91")
"""Cash, money held for others, and what another unit paid: where these move, money moved."""
EQUITY = "31"

Sums = dict[tuple[int, int], int]
"""Rupiah by (month, account)."""


def group(account: int) -> str:
    """The first two digits under which an account was opened: its meaning, which never changes."""
    return str(account)[:2]


def accounts_of(chart: Mapping[int, Account], groups: Iterable[str]) -> list[int]:
    """Accounts of these groups."""
    wanted = set(groups)
    return [pk for pk in chart if group(pk) in wanted]


@dataclass(frozen=True)
class Reach:
    """Units and months that are asked about."""

    units: Sequence[Unit]
    from_ym: int
    to_ym: int

    @property
    def first(self) -> date:
        """The first day."""
        return months.first_day(self.from_ym)

    @property
    def last(self) -> date:
        """The last day."""
        return months.first_day(months.after(self.to_ym)) - timedelta(days=1)

    def holds(self, ym: int) -> bool:
        """Whether the month is one of them."""
        return self.from_ym <= ym <= self.to_ym

    def entries(self, accounts: Iterable[int]) -> QuerySet[Entry]:
        """Lines on these accounts in these units and months."""
        return Entry.objects.filter(
            account__in=list(accounts), unit__in=self.units, book_on__gte=self.first, book_on__lte=self.last
        ).order_by()


LAID, STRAIGHT, AHEAD, MOVED, MIXED, LAID_MOVED, AHEAD_MOVED = range(1, 8)
_YM = F("period_id") % Value(PERIOD_BASE)
_DAY_YM = ExtractYear("booked_on") * 100 + ExtractMonth("booked_on")
_NONE = Value(0, BigIntegerField())
_STAYED = ~Exists(Journal.objects.filter(replaces=OuterRef("journal")))


@dataclass(frozen=True)
class Gathered:
    """Cash of income and expense by (month, account), by how much money paid ahead grew, and journals beside bills."""

    cash: Sums
    ahead: Mapping[int, int]
    mixed: Sequence["Mixed"]


def gather(reach: Reach, chart: Mapping[int, Account]) -> Gathered:
    """All that bills and journals say, in one query."""
    cash: Sums = defaultdict(int)
    ahead: dict[int, int] = defaultdict(int)
    turned: dict[int, tuple[int, int]] = {}
    went_along: list[tuple[int, int, int, int]] = []
    parts: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
    rows = _laid(reach).union(
        _straight(reach, chart), *_ahead(reach), _moved(reach), *_went_along(reach), _mixed(reach, chart),
        all=True,
    )  # fmt: skip
    for told, ym, account, journal, unit, amount in rows:
        if told == MOVED:
            turned[journal] = (int(amount), ym)
        elif told in {LAID_MOVED, AHEAD_MOVED}:
            went_along.append((told, journal, account, int(amount)))
        elif told == MIXED:
            parts[journal, unit, ym].append((account, int(amount)))
        elif told == AHEAD:
            ahead[ym] += int(amount)
        else:
            cash[ym, account] += int(amount)
    now_in = _now_in(turned)
    for told, journal, account, amount in went_along:
        if not reach.holds(ym := now_in[journal]):
            continue
        if told == AHEAD_MOVED:
            ahead[ym] += amount
        else:
            cash[ym, account] += amount
    beside = [Mixed(ym, tuple(lines)) for (_journal, _unit, ym), lines in sorted(parts.items())]
    mixed = [one for one in beside if one.has(*OPERATING, FIXED)]
    _take_off(cash, mixed, chart)
    return Gathered(cash, ahead, mixed)


def _take_off(cash: Sums, mixed: Sequence["Mixed"], chart: Mapping[int, Account]) -> None:
    """Take what of income and expense stands beside debt, stock or asset off what money met at once."""
    for one in mixed:
        for account, amount in one.lines:
            if chart[account].type in RESULT_TYPES:
                cash[one.ym, account] += amount


def _went_along(reach: Reach) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """What journals that the owner moved did to cash and to money paid ahead, line by line."""
    moved = Journal.objects.filter(replaces__isnull=False, unit__in=reach.units).values("replaces_id")
    laid = Allocation.objects.filter(journal__in=moved).exclude(line__account__in=HELD_AS)
    held = HoldingEntry.objects.filter(journal__in=moved, holding__kind=Holding.Kind.PREPAID)
    account = Cast("line__account", BigIntegerField())
    wanted = ("told", "ym_", "account_", "journal_id", "unit_", "amount")
    return (
        laid.order_by()
        .annotate(told=Value(LAID_MOVED), ym_=_NONE, account_=account, unit_=_NONE)
        .values_list(*wanted),
        held.order_by()
        .annotate(told=Value(AHEAD_MOVED), ym_=_NONE, account_=_NONE, unit_=_NONE)
        .values_list(*wanted),
    )


def _now_in(turned: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """The month in which each journal that the owner moved stands now."""
    found = {}
    for old in turned:
        last = old
        while last in turned:
            last, found[old] = turned[last]
    return found


def _told(rows: QuerySet[Any], told: int, *, ym: Any, account: Any, amount: Any) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(told=Value(told), ym_=ym, account_=account, journal_=_NONE, unit_=_NONE)
        .values_list("told", "ym_", "account_", "journal_", "unit_")
        .annotate(amount_=amount)
    )
    return found


def _laid(reach: Reach) -> QuerySet[Any, Any]:
    """Money laid on lines of income, by the month of its cash."""
    rows = Allocation.objects.filter(
        _STAYED, invoice__unit__in=reach.units, booked_on__gte=reach.first, booked_on__lte=reach.last
    ).exclude(line__account__in=HELD_AS)
    account = Cast("line__account", BigIntegerField())
    return _told(rows, LAID, ym=_DAY_YM, account=account, amount=Sum("amount"))


def _straight(reach: Reach, chart: Mapping[int, Account]) -> QuerySet[Any, Any]:
    """Income and expense without a bill: met by money at once, but for what `_mixed` tells of."""
    result = [pk for pk, one in chart.items() if one.type in RESULT_TYPES]
    rows = reach.entries(result).exclude(journal__source_type__in=SETTLED)
    account = Cast("account_id", BigIntegerField())
    return _told(rows, STRAIGHT, ym=_YM, account=account, amount=-Sum("amount"))


def _ahead(reach: Reach) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """By how much the money grew that was paid for bills before they were booked: with a journal, and without."""
    booked = HoldingEntry.objects.filter(
        _STAYED, holding__kind=Holding.Kind.PREPAID, holding__unit__in=reach.units,
        journal__unit__in=reach.units, journal__ym__gte=reach.from_ym, journal__ym__lte=reach.to_ym,
    )  # fmt: skip
    bare = Allocation.objects.filter(
        journal=None, prepaid=True, invoice__unit__in=reach.units,
        booked_on__gte=reach.first, booked_on__lte=reach.last,
    )  # fmt: skip
    return (
        _told(booked, AHEAD, ym=F("journal__ym"), account=_NONE, amount=Sum("amount")),
        _told(bare, AHEAD, ym=_DAY_YM, account=_NONE, amount=Sum("amount")),
    )


def _moved(reach: Reach) -> QuerySet[Any, Any]:
    """Journals that the owner moved: the old number as the journal, the new one as the amount."""
    rows = Journal.objects.filter(replaces__isnull=False, unit__in=reach.units).order_by()
    return rows.annotate(told=Value(MOVED), account_=_NONE).values_list(
        "told", "ym", "account_", "replaces_id", "unit_id", "pk"
    )


def _mixed(reach: Reach, chart: Mapping[int, Account]) -> QuerySet[Any, Any]:
    """Lines of journals beside bills that touch what stands between earning and cash, or assets."""
    touched = reach.entries(accounts_of(chart, (*OPERATING, FIXED))).exclude(journal__source_type__in=SETTLED)
    rows = Entry.objects.filter(
        journal__in=touched.values("journal_id"), unit__in=reach.units,
        book_on__gte=reach.first, book_on__lte=reach.last,
    )  # fmt: skip
    return (
        rows.order_by()
        .annotate(told=Value(MIXED), ym_=_YM)
        .values_list("told", "ym_", "account_id", "journal_id", "unit_id", "amount")
    )


@dataclass(frozen=True)
class Mixed:
    """One unit's part of a journal that touches debt, stock or assets, and that no bill explains."""

    ym: int
    lines: tuple[tuple[int, int], ...]
    """Account and amount, debit positive."""

    def of(self, *groups: str) -> int:
        """The sum of its lines in these groups."""
        return sum(amount for account, amount in self.lines if group(account) in groups)

    def has(self, *groups: str) -> bool:
        """Whether a line is in one of these groups."""
        return any(group(account) in groups for account, _amount in self.lines)
