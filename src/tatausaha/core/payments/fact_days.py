"""On which day what was paid was paid: the day it happened, not the day it was written down (rules/boarding 10)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models.functions import Coalesce

from tatausaha.core.billing.models import Allocation, HoldingEntry, InvoiceLine
from tatausaha.core.payments.models import Payment, Suspense

Paid = list[tuple[date, int]]
"""Days, each with what was paid on it in rupiah; what was undone stands against its own day."""


def paid_on_days(lines: Iterable[InvoiceLine]) -> Mapping[int, Paid]:
    """What was paid for each bill line on which day, by the line's id; three queries at most, two without titipan.

    A payment counts from the day on which it happened, titipan from the day on which it came in,
    and everything else (balance, deposit) from the day on which it was used.
    """
    paid: dict[int, Paid] = {line.pk: [] for line in lines}
    rows = list(Allocation.objects.filter(line__in=paid).order_by("pk"))
    payments = dict(
        Payment.objects.filter(pk__in={row.payment_id for row in rows if row.payment_id}).values_list(
            "pk", "occurred_on"
        )
    )
    titipan = _titipan_days({row.journal_id for row in rows if row.source == Allocation.Source.UNIDENTIFIED})
    for row in rows:
        happened = payments.get(row.payment_id or 0) or titipan.get(row.journal_id or 0) or row.booked_on
        paid[row.line_id].append((happened, row.amount))
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
