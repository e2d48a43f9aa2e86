"""The turnover on which tax is due: what was earned, or what came in, without deposits and money paid ahead."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import F, Sum, Value

from tatausaha.core.ledger.models import PERIOD_BASE, Account, Balance
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import cash, queries
from tatausaha.core.reports.cash import RECEIVABLE
from tatausaha.core.reports.models import TaxOutside
from tatausaha.core.reports.receipts import group

ByUnit = Mapping[int, Mapping[int, int]]
"""Rupiah by unit and month."""


def outside() -> set[int]:
    """Accounts of income that do not belong to the base."""
    return set(TaxOutside.objects.values_list("account_id", flat=True))


def earned(from_ym: int, to_ym: int) -> ByUnit:
    """Turnover by right of every unit, month by month, in one query.

    Deposits and money paid ahead stand on accounts of debts and are no turnover before they are earned.
    """
    rows = (
        Balance.objects.filter(account__type=Account.Type.REVENUE)
        .exclude(account__in=TaxOutside.objects.values("account"))
        .annotate(ym=F("period_id") % Value(PERIOD_BASE))
        .filter(ym__gte=from_ym, ym__lte=to_ym)
        .order_by()
        .values_list("unit_id", "ym")
        .annotate(gross=Sum(F("credit") - F("debit")))
    )
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for unit, ym, gross in rows:
        found[unit][ym] = int(gross)
    return found


def received(units: Sequence[Unit], from_ym: int, to_ym: int) -> dict[int, int]:
    """Turnover by cash of all these units together: what came in for income, month by month."""
    chart, cells = queries.accounts(), queries.turnovers(units, from_ym, to_ym)
    left_out, sums = outside(), dict[int, int]()
    for (ym, account), amount in cash.figures(units, from_ym, to_ym, chart=chart, cells=cells).cash.items():
        income = chart[account].type == Account.Type.REVENUE or group(account) == RECEIVABLE
        if income and account not in left_out:
            sums[ym] = sums.get(ym, 0) + amount
    return sums


def together(by_unit: ByUnit) -> dict[int, int]:
    """All units of the company added up, by month."""
    sums: dict[int, int] = defaultdict(int)
    for rows in by_unit.values():
        for ym, gross in rows.items():
            sums[ym] += gross
    return sums
