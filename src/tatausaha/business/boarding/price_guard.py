"""What the price guard brings: its procedure, its panel, the notice that an owner decides by (KOS-19)."""

from tatausaha.business.boarding import announcements_prices, panels_prices
from tatausaha.business.boarding.procedure.discount import DISCOUNT
from tatausaha.core.api import extras
from tatausaha.core.notices import kinds
from tatausaha.core.procedures import registry
from tatausaha.core.web import panels


def register() -> None:
    """Make it known; called once at start-up."""
    registry.register(DISCOUNT)
    panels.register(DISCOUNT.code, "boarding/panels/discount.html", panels_prices.discount)
    kinds.register(announcements_prices.DECISION)
    extras.register(DISCOUNT.code, panels_prices.discount_data)
