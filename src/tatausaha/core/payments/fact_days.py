"""On which day what was paid was paid: the day it happened, not the day it was written down (rules/boarding 10)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from tatausaha.core.billing.models import Allocation, HoldingEntry, InvoiceLine
from tatausaha.core.payments.models import Payment, Suspense

Paid = list[tuple[date, int]]
"""Days, each with what was paid on it in rupiah; what was undone stands against its own day."""


def paid_on_days(lines: Sequence[InvoiceLine]) -> Mapping[int, Paid]:
    """What was paid for each bill line on which day, by the line's id; one query, two more for titipan.

    A payment counts from the day on which it happened, titipan from the day on which it came in,
    and everything else (balance, deposit) from the day on which it was used.
    """
    paid: dict[int, Paid] = {line.pk: [] for line in lines}
    with_money = [line.pk for line in lines if line.settled]
    happened = Subquery(Payment.objects.filter(pk=OuterRef("payment_id")).values("occurred_on")[:1])
    rows = (
        list(Allocation.objects.filter(line__in=with_money).annotate(happened=happened)) if with_money else []
    )
    titipan = _titipan_days({row.journal_id for row in rows if row.source == Allocation.Source.UNIDENTIFIED})
    for row in rows:
        on = row.happened or titipan.get(row.journal_id or 0) or row.booked_on
        paid[row.line_id].append((on, row.amount))
    return paid


def _titipan_days(journals: set[int | None]) -> dict[int, date]:
    """When the titipan that each journal used came in."""
    if not journals:
        return {}
    used = HoldingEntry.objects.filter(
        journal__in=journals,
        amount__lt=0,
        holding__kind="unidentified",
        holding__procedure="payments.suspense",
    )
    cases = dict(used.values_list("journal_id", "holding__subject_id"))
    came = Suspense.objects.filter(pk__in=cases.values()).annotate(
        came=Coalesce("origin__occurred_on", "occurred_on")
    )
    days = dict(came.values_list("pk", "came"))
    return {journal: days[case] for journal, case in cases.items() if journal and days.get(case)}
