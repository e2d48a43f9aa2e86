"""A generated house as a whole: what the lives of its tenants have in common, and what it spends."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tatausaha.business.boarding.models import (
    ExtraService,
    House,
    Room,
)
from tatausaha.core.documents import sheets
from tatausaha.core.kernel import clock
from tatausaha.core.ledger import chart, months
from tatausaha.core.ledger.services import Draft, Line
from tatausaha.core.payments.models import BankAccount, Expense
from tatausaha.core.people.models import Company, Person, Unit
from tatausaha.core.procedures import policies, registry
from tatausaha.core.procedures.models import Passage, SopRevision
from tools.generate_rows import Rows

DAY = timedelta(days=1)
PASSAGES = timedelta(days=100)
"""How far back passages are written: what people still look at."""
EXPENSES = (("61301", "Listrik bersama"), ("61501", "Internet"), ("61901", "Kebersihan"))
BOOKING, STAY, PAYMENT = "boarding.booking", "boarding.stay", "payments.payment"


@dataclass
class Desk:
    """A house with what its lives have in common."""

    number: int
    house: House
    rooms: list[tuple[Room, int]]
    services: list[tuple[ExtraService, int]]
    bank: BankAccount
    manager: Person
    today: date = date.min
    at: datetime | None = None
    head: sheets.Letterhead | None = None
    revisions: dict[str, SopRevision] = field(default_factory=dict)
    code: int = 0

    @property
    def unit(self) -> Unit:
        """The unit of the house."""
        return self.house.unit

    def prepare(self, begun: datetime, at: datetime) -> None:
        """Look up once what every row needs."""
        self.at, self.today = at, clock.day(at, self.unit.zone)
        self.head = sheets.Letterhead.of(Company.objects.get(), self.unit)
        for procedure in registry.procedures():
            self.revisions[procedure.code] = policies.in_force(procedure, self.unit, at=begun)

    def moment(self, on: date, hour: int = 10) -> datetime:
        """An hour of a day in the house, not after the present."""
        assert self.at is not None
        return min(clock.start_of(on, self.unit.zone) + timedelta(hours=hour), self.at)

    def case(self, rows: Rows, model: Any, code: str, prefix: str, at: datetime, **fields: Any) -> Any:
        """A case that was opened at a moment; it stands as `fields` say."""
        return rows.add(
            model, number=rows.case_number(prefix, at), unit=self.unit, opened_at=at, revision=self.revisions[code],
            **{"since": at} | fields,
        )  # fmt: skip

    def passage(
        self, rows: Rows, code: str, case: Any, step: str, source: str, target: str, at: datetime
    ) -> None:
        """A step of a case, if it is not long ago."""
        assert self.at is not None
        if at > self.at - PASSAGES:
            rows.add(
                Passage, procedure=code, subject_id=case.pk, number=case.number, unit=self.unit, step=step,
                source=source, target=target, actor="person", person=self.manager, at=at, recorded_at=at,
            )  # fmt: skip

    def expense_days(self, first: date) -> Iterator[date]:
        """The 5th of every month."""
        month = months.of(first)
        while (on := months.first_day(month) + 4 * DAY) <= self.today:
            if on > first:
                yield on
            month = months.after(month)

    def spend(self, rows: Rows, on: date, _at: datetime) -> None:
        """What a month costs."""
        for category, note in EXPENSES:
            at, amount = self.moment(on), 150_000 + (on.toordinal() * 7919 + int(category)) % 40 * 10_000
            expense = self.case(
                rows, Expense, "payments.expense", "PLR", at, headline=note, status="posted", category=category,
                amount=amount, paid_from="transfer", bank=self.bank, spent_by=self.manager, occurred_on=on, note=note,
            )  # fmt: skip
            lines = (Line(category, amount), Line(chart.BANK, -amount))
            rows.book(
                self.draft("expense", expense, "post", lines, on, ("payments.expense", expense.pk)), expense
            )

    def draft(
        self, kind: str, row: Any, event: str, lines: tuple[Line, ...], on: date, source: tuple[str, int]
    ) -> Draft:
        """A journal about a row."""
        return Draft(
            key=f"{self.unit.pk}|{kind}|{row.pk}|{event}|0", unit=self.unit, kind=kind, lines=lines, event_on=on,
            source=source, memo=row.number,
        )  # fmt: skip
