"""A purchase becomes an asset in the form of the expense (rules/boarding 14): what the register is told of it;
and by which ways the money of one that is sold comes in.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tatausaha.core.assets import classes
from tatausaha.core.assets.models import Asset
from tatausaha.core.assets.queries import bought_with
from tatausaha.core.assets.services import NewAsset
from tatausaha.core.assets.ways import Way
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.services import Line
from tatausaha.core.payments import queries
from tatausaha.core.payments.channels import CASH, TRANSFER
from tatausaha.core.payments.models import Expense
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.registry import procedure_of


def kind_of(expense: Expense, names: dict[str, str] | None = None) -> str:
    """What the money was spent on: the name of the cost's account, or the class of the assets."""
    if expense.asset_class:
        return str(classes.label_of(expense.asset_class))
    known = queries.cost_accounts() if names is None else names
    return known.get(expense.category, expense.category)


def assets_of(expense: Expense) -> list[Asset]:
    """The assets that an expense has brought; none for a cost."""
    return list(bought_with(procedure_of(expense).code, expense.pk)) if expense.asset_class else []


def as_asset(expense: Expense) -> NewAsset:
    """What the register is told."""
    return NewAsset(
        unit=expense.unit, name=expense.note or kind_of(expense), asset_class=expense.asset_class,
        cost=expense.amount, bought_on=expense.occurred_on, pieces=expense.pieces,
    )  # fmt: skip


@dataclass(frozen=True)
class _Sale:
    """Where the money of a sale lies, as a channel reads it."""

    ledger_account: str
    cash_holder: Person | None


def _in_cash(_unit: Unit, seller: Person, amount: int) -> Line:
    return CASH.line(_Sale("", seller), amount)


def _by_transfer(unit: Unit, _seller: Person, amount: int) -> Line:
    account = queries.bank_account(unit)
    if account is None:
        raise Refused(_("Rekening bank unit ini belum dicatat di setelan."), field="into")
    return TRANSFER.line(_Sale(account.account, None), amount)


WAYS = (Way(CASH.code, CASH.label, _in_cash), Way(TRANSFER.code, TRANSFER.label, _by_transfer))
"""How the money of an asset that is sold comes in."""
