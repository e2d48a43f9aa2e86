"""What was booked since the owner's last summary (boarding 16.2)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, Sum

from tatausaha.core.kernel import clock
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Account, Entry, Journal
from tatausaha.core.people.models import Unit
from tatausaha.core.reports.queries import MONEY


def booked_since(units: Iterable[Unit], after: int | None, begins_at: datetime) -> Q:
    """Lines of journals that came after this one; without one, of those booked from that day on."""
    here = Q(unit__in=[unit.pk for unit in units])
    return here & (Q(book_on__gte=begins_at.date()) if after is None else Q(journal__gt=after))


def money_since(units: Sequence[Unit], after: int | None, begins_at: datetime) -> dict[int, tuple[int, int]]:
    """What came in and went out by unit, in journals booked since; see `booked_since`.

    What only moved between drawers and banks is neither, nor is a journal taken back since.
    """
    money = Account.objects.filter(code__startswith=MONEY, is_detail=True).values("pk")
    rows = Entry.objects.filter(booked_since(units, after, begins_at), account__in=money).order_by()
    moved = list(rows.values_list("unit_id", "journal_id").annotate(net=Sum("amount")))
    pairs = Journal.objects.filter(reverses__isnull=False, pk__in={pk for _unit, pk, _net in moved})
    known = {pk for _unit, pk, _net in moved}
    undone = {pk for pair in pairs.values_list("pk", "reverses_id") if pair[1] in known for pk in pair}
    sums: dict[int, tuple[int, int]] = {}
    for unit, journal, net in moved:
        if journal not in undone:
            came, went = sums.get(unit, (0, 0))
            sums[unit] = (came + max(net, 0), went + max(-net, 0))
    return sums


def changed_months(
    units: Sequence[Unit], after: int | None, begins_at: datetime, at: datetime
) -> list[Journal]:  # fmt: skip
    """Journals since then in months that were over when they were recorded, newest first (KOS-18)."""
    rows = Journal.objects.filter(unit__in=units).select_related("unit", "actor")
    rows = rows.filter(recorded_at__gte=begins_at) if after is None else rows.filter(pk__gt=after)
    running = max(months.of(clock.day(at, unit.zone)) for unit in units)
    return [
        one
        for one in rows.filter(ym__lt=running).order_by("-pk")
        if one.ym < months.of(clock.day(one.recorded_at, one.unit.zone))
    ]


def last_journal() -> int:
    """The number of the newest journal; 0 in empty books."""
    newest = Journal.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0
