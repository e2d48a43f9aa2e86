"""Rows of generated histories: written in bulk with ids and numbers given beforehand, journals by the ledger's door."""

from collections import Counter, defaultdict
from datetime import datetime
from itertools import count
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from tatausaha.business.boarding.models import (
    BookedService,
    Booking,
    Registration,
    ResidentMove,
    RoomClaim,
    Stay,
    Subscription,
)
from tatausaha.core.billing.models import Allocation, Holding, HoldingEntry, Invoice, InvoiceLine
from tatausaha.core.documents.models import Paper
from tatausaha.core.ledger.services import Draft, post_many
from tatausaha.core.payments.models import Expense, Payment, Receipt, Refund
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import NumberSeries, Person, Unit
from tatausaha.core.procedures.models import Passage

PAID_FOR = Payment.invoices.through
ORDER: tuple[Any, ...] = (
    Person, RoomClaim, Booking, BookedService, Registration, Stay, Subscription, ResidentMove, Invoice, InvoiceLine,
    Payment, PAID_FOR, Allocation, Holding, HoldingEntry, Paper, Receipt, Refund, Expense, Passage,
)  # fmt: skip
"""Every table that is filled in bulk; what others point to comes first."""


class Rows:
    """What waits to be written. Each row has its id from the beginning, so that journals can name it."""

    def __init__(self) -> None:
        self.waiting: dict[Any, list[Any]] = defaultdict(list)
        self.drafts: dict[int, list[tuple[Draft, tuple[Any, ...]]]] = defaultdict(list)
        self.made: Counter[str] = Counter()
        self._ids = {model: count(self._last(model) + 1) for model in ORDER}
        self._numbers: Counter[tuple[str, int | None, int]] = Counter()

    @staticmethod
    def _last(model: Any) -> int:
        return int(model.objects.aggregate(last=Max("pk"))["last"] or 0)

    def add(self, model: Any, **fields: Any) -> Any:
        """A row that will be written with the next `write`."""
        row = model(id=next(self._ids[model]), **fields)
        self.waiting[model].append(row)
        return row

    def case_number(self, prefix: str, at: datetime) -> str:
        """Such as `BK-26-00012`, counted as the engine counts."""
        self._numbers[prefix, None, at.year] += 1
        return f"{prefix}-{at.year % 100:02d}-{self._numbers[prefix, None, at.year]:05d}"

    def paper_number(self, prefix: str, unit: Unit, at: datetime) -> str:
        """Such as `TG/KOS-01/2026/00012`, counted as the papers are."""
        self._numbers[prefix, unit.pk, at.year] += 1
        return f"{prefix}/{unit.code.upper()}/{at.year}/{self._numbers[prefix, unit.pk, at.year]:05d}"

    def book(self, draft: Draft, *rows: Any) -> None:
        """A journal to be posted with the month; `rows` will point to it."""
        self.drafts[draft.unit.pk].append((draft, rows))

    @transaction.atomic
    def write(self, at: datetime) -> None:
        """Post what waits, a unit after the other, then write the rows."""
        for waiting in self.drafts.values():
            waiting.sort(key=lambda one: one[0].event_on)
            journals = post_many([draft for draft, _rows in waiting], by=Machine.CLOCK, at=at)
            for journal, (_draft, rows) in zip(journals, waiting, strict=True):
                for row in rows:
                    row.journal = journal
            self.made["journals"] += len(journals)
        self.drafts.clear()
        for model in ORDER:
            if rows := self.waiting.pop(model, []):
                model.objects.bulk_create(rows, batch_size=2000)
                self.made[model.__name__] += len(rows)

    def finish(self) -> None:
        """Leave counters and sequences where the generated rows ended, so that the house goes on from there."""
        NumberSeries.objects.bulk_create(
            NumberSeries(series=series, unit_id=unit, year=year, last=last)
            for (series, unit, year), last in self._numbers.items()
        )
        tables: list[type[models.Model]] = [model for model in ORDER if model is not PAID_FOR]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [*tables, PAID_FOR]):
                cursor.execute(statement)
            cursor.execute("ANALYZE")
