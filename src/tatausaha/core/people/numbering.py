"""Numbers without gaps: of cases, invoices, receipts and papers (KOS-10, SYS-10)."""

from django.db import transaction
from django.db.models import F

from tatausaha.core.people.models import NumberSeries


def allocate(series: str, *, unit_id: int | None, year: int) -> int:
    """The next number (from 1) of a series in a unit and year, or of the company without a unit.

    Belongs to the caller's transaction: the counter's row stays locked until that commits,
    and a rollback gives the number back. So there is no gap, and none is given twice.
    """
    assert transaction.get_connection().in_atomic_block, "a number belongs to what it numbers"
    counter = NumberSeries.objects.filter(series=series, unit=unit_id, year=year)
    if not counter.update(last=F("last") + 1):
        NumberSeries.objects.bulk_create(
            [NumberSeries(series=series, unit_id=unit_id, year=year)], ignore_conflicts=True
        )
        counter.update(last=F("last") + 1)
    return counter.values_list("last", flat=True).get()
