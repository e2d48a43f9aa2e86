"""What the use of a deposit brings: its procedure, its panel and what programs are told (KOS-12)."""

from tatausaha.business.boarding import panels_deposits
from tatausaha.business.boarding.procedure.deposit_use import DEPOSIT_USE
from tatausaha.core.api import extras
from tatausaha.core.procedures import registry
from tatausaha.core.web import panels


def register() -> None:
    """Make it known; called once at start-up."""
    registry.register(DEPOSIT_USE)
    panels.register(DEPOSIT_USE.code, "boarding/panels/deposit_use.html", panels_deposits.deposit_use)
    extras.register(DEPOSIT_USE.code, panels_deposits.deposit_use_data)
