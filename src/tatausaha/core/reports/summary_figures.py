"""What was booked since the owner's last summary (boarding 16.2)."""

from django.db.models import Q

from tatausaha.core.kernel import clock
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Account, Entry, Journal
from tatausaha.core.reports.money_moved import came_and_went, net_by_journal
from tatausaha.core.reports.queries import MONEY
from tatausaha.core.reports.summary_parts import Asking


def _told_now(asking: Asking, number: str) -> Q:
    """The journals that this summary tells of, by the name of the field that holds their number."""
    told = Q() if asking.after is None else Q(**{f"{number}__gt": asking.after})
    return told if asking.upto is None else told & Q(**{f"{number}__lte": asking.upto})


def money_since(asking: Asking) -> dict[int, tuple[int, int]]:
    """What came in and went out by unit: in journals since the last summary, else in those of its days.

    What only moved between drawers and banks is neither, nor is a journal taken back since.
    """
    money = Account.objects.filter(code__startswith=MONEY, is_detail=True).values("pk")
    rows = Entry.objects.filter(_told_now(asking, "journal"), unit__in=asking.units, account__in=money)
    rows = rows.filter(book_on__gte=asking.begins_at.date()) if asking.after is None else rows
    return came_and_went(net_by_journal(rows))


def changed_months(asking: Asking) -> list[Journal]:
    """Journals since then in months that were over when they were recorded, newest first (KOS-18)."""
    rows = Journal.objects.filter(_told_now(asking, "pk"), unit__in=asking.units)
    rows = rows.filter(recorded_at__gte=asking.begins_at) if asking.after is None else rows
    running = max(months.of(clock.day(asking.at, unit.zone)) for unit in asking.units)
    return [
        one
        for one in rows.filter(ym__lt=running).select_related("unit", "actor").order_by("-pk")
        if one.ym < months.of(clock.day(one.recorded_at, one.unit.zone))
    ]
