"""The paper on which a tenant and the house agree what remains when he leaves (KOS-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from tatausaha.core.documents import sheets
from tatausaha.core.documents.numbers import Kind

KIND = Kind("settlement", "PK", _("Perhitungan keluar"))


@dataclass(frozen=True, kw_only=True)
class Settlement(sheets.Sheet):
    """Perhitungan keluar (KOS-12): what is still due, less balance and deposit, and what remains.

    `owed` are open bills, damage and late fees, each with its ground in `note`; `balance_used`,
    `deposit` and `advance` (rent paid ahead) are what is held for the tenant. A positive rest goes back by `pay_by`, a
    negative one is a last bill.
    """

    template: ClassVar[str] = "boarding/settlement.typ"

    tenant: str
    room: str
    moved_in_on: date
    left_on: date
    owed: Sequence[sheets.Line]
    balance_used: int = 0
    deposit: int = 0
    advance: int = 0
    pay_by: date | None = None
    refund_to: str = ""
    note: str = ""
    manager: str
    place: str

    def content(self) -> dict[str, Any]:
        """Adds the sums: all that is owed, all that is held, the rest and its words; and whether a stamp is due,
        because so much is set off here.
        """  # fmt: skip
        owed = sum(line.amount for line in self.owed)
        held = self.balance_used + self.deposit + self.advance
        return super().content() | {
            "owed_sum": owed,
            "rest": held - owed,
            "in_words": sheets.amount_said(abs(held - owed)),
            "needs_stamp": max(owed, held) > sheets.STAMP_DUTY_ABOVE,
        }
