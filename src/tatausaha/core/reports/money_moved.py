"""What came in and went out, unit by unit: from the lines on cash and bank (KOS-15)."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet, Sum

from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Account, Entry, Journal
from tatausaha.core.reports.queries import MONEY


def so_far(running: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """What came in and went out by unit, in the month that is given for each unit's id.

    Read from the lines of the running month, as what only moved between drawer and bank is neither.
    """
    return came_and_went(money_lines(running)) if running else {}


def came_and_went(moved: Iterable[tuple[int, int, int]]) -> dict[int, tuple[int, int]]:
    """What came in and what went out by unit, of (unit, journal, rupiah): a journal beside its reversal is neither."""
    lines = list(moved)
    undone = _undone_among({journal for _unit, journal, _net in lines})
    sums: dict[int, tuple[int, int]] = {}
    for unit, journal, net in lines:
        if journal not in undone:
            came, went = sums.get(unit, (0, 0))
            sums[unit] = (came + max(net, 0), went + max(-net, 0))
    return sums


def money_lines(running: Mapping[int, int]) -> QuerySet[Entry, tuple[int, int, int]]:
    """Unit, journal and rupiah that a journal moved on cash and bank, since each unit's month began.

    Nothing is joined, so that the index by account, unit and day is enough, whatever lies before.
    """
    first = {ym: months.first_day(ym) for ym in running.values()}
    here = Q(unit__in=list(running), book_on__gte=min(first.values()))
    if len(first) > 1:  # around midnight of the 1st the zones are in different months
        here &= reduce(
            or_,
            (
                Q(unit__in=[unit for unit, month in running.items() if month == ym], book_on__gte=day)
                for ym, day in first.items()
            ),
        )
    money = Account.objects.filter(code__startswith=MONEY, is_detail=True).values("pk")
    return net_by_journal(Entry.objects.filter(here, account__in=money))


def net_by_journal(rows: QuerySet[Entry]) -> QuerySet[Entry, tuple[int, int, int]]:
    """Unit, journal and rupiah that a journal moved in the unit on these lines together."""
    return rows.order_by().values_list("unit_id", "journal_id").annotate(net=Sum("amount"))


def _undone_among(journals: set[int]) -> set[int]:
    """Those of the journals that another of them took back, and what took them back.

    Asked for by their first and last number: there may be more than a query can name one by one.
    """
    if not journals:
        return set()
    rows = Journal.objects.filter(reverses__isnull=False, pk__gte=min(journals), pk__lte=max(journals))
    return {pk for pair in rows.values_list("pk", "reverses_id") if journals.issuperset(pair) for pk in pair}
