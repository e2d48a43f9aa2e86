"""What a manager does at the desk, in a line each: receive money, take a step, see what is held."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from tatausaha.business.boarding.models import Booking, ConditionItem, ConditionSheet, Stay
from tatausaha.business.boarding.services import sheets
from tatausaha.core.billing import queries as billing
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.payments import services as payments
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform


def picture() -> ContentFile:  # type: ignore[type-arg]  # no generic at run time
    """A small photo of a card."""
    made = BytesIO()
    Image.new("RGB", (85, 54), "lightblue").save(made, "PNG")
    return ContentFile(made.getvalue(), "ktp.png")


PAPER = {
    "origin": "Kediri", "purpose": "kuliah", "occupation": "Universitas", "emergency_name": "Bu Ratna",
    "emergency_phone": "+6281333444555", "paper_kind": "ktp", "paper_number": "3506042602660001",
    "paper_file": picture(), "waived_because": "",
}  # fmt: skip


@dataclass
class Desk:
    """A manager and the moment; `at` moves on by `wait`."""

    manager: Person
    at: datetime

    def wait(self, **span: float) -> "Desk":
        self.at += timedelta(**span)
        return self

    def cash(self, case: Any, amount: int | None = None) -> Any:
        """The customer pays what is open on the case (or so much of it) in cash."""
        bills = list(billing.invoices_of(case).filter(billing.OPEN))
        total = sum(bill.remaining for bill in bills)
        payment = payments.receive_cash(
            unit=case.unit, payer=case.customer, amount=amount or total, invoices=bills, by=self.manager, at=self.at,
            sure=True,
        )  # fmt: skip
        case.refresh_from_db()
        return payment

    def step(self, case: Any, name: str, *, by: Person | None = None, **data: Any) -> Any:
        step = procedure_of(case).step(name)
        assert step is not None, name
        return perform(case, step, by=by or self.manager, at=self.at, data=data)

    def move_in(self, booking: Booking, *, on: date | None = None) -> Stay:
        """Everything from the down payment to the key."""
        self.cash(booking)
        self.step(booking, "register", **PAPER)
        self.cash(booking)
        self.step(booking, "check_in", on=on or self.at.date(), key="101")
        return Stay.objects.get(booking=booking)

    def damage(self, stay: Stay, what: str, amount: int, reason: str = "Patah") -> None:
        """Something got broken: it was good on the in-sheet, the out-sheet shows it, the tenant agrees.

        What else is noted after that points to the spare line of the same sheet.
        """
        spare = ConditionItem.objects.filter(sheet__stay=stay, sheet__kind="out", name="Barang lain").first()
        if spare is None:
            self._both_sheets(stay, what, "Barang lain")
        item = spare or ConditionItem.objects.get(sheet__stay=stay, sheet__kind="out", name=what)
        self.step(stay, "note_damage", item=item, description=what, amount=amount, reason=reason, photo=None)

    def _both_sheets(self, stay: Stay, *things: str) -> None:
        before = ConditionSheet.objects.create(
            unit=stay.unit, stay=stay, room=stay.room, kind="in", made_by=self.manager, made_at=stay.opened_at
        )
        for place, name in enumerate(things):
            ConditionItem.objects.create(sheet=before, position=place, name=name, state="good")
        sheets.hand_over(before, by=self.manager, at=stay.opened_at)
        sheets.seal(before, at=stay.opened_at)
        after = sheets.begin(Stay.objects.get(pk=stay.pk), "out", by=self.manager, at=self.at)
        for item in after.items.all():
            sheets.fill_line(item, state="broken", photo=picture(), by=self.manager)
        self.step(stay, "sheet_out")
        self.step(stay, "agree", by=stay.customer)

    def balance(self, account: str, unit: Any) -> int:
        return ledger.balance_now(account, unit)
