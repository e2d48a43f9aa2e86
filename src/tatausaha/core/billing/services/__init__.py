"""Writes of billing. Every one is a single transaction and raises `Refused` for a business no."""

from tatausaha.core.billing.services.credits import credit, write_off
from tatausaha.core.billing.services.invoices import NewBill, NewLine, issue, issue_many, release, void
from tatausaha.core.billing.services.moving import (
    forfeit,
    move_holding,
    to_advance,
    to_balance,
    to_unidentified,
)
from tatausaha.core.billing.services.recognition import recognise, recognise_due
from tatausaha.core.billing.services.using import (
    apply_advances,
    deduct_deposit,
    use_balance,
    use_unidentified,
)

__all__ = [
    "NewBill", "NewLine", "apply_advances", "credit", "deduct_deposit", "forfeit", "issue", "issue_many",
    "move_holding", "recognise", "recognise_due", "release", "to_advance", "to_balance", "to_unidentified",
    "use_balance", "use_unidentified", "void", "write_off",
]  # fmt: skip
