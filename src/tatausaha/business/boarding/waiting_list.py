"""What the waiting list brings: its procedure, its panel and what programs are told (KOS-02)."""

from tatausaha.business.boarding import panels_waiting
from tatausaha.business.boarding.procedure.waiting import WAITING
from tatausaha.core.api import extras
from tatausaha.core.procedures import registry
from tatausaha.core.web import panels


def register() -> None:
    """Make it known; called once at start-up."""
    registry.register(WAITING)
    panels.register(WAITING.code, "boarding/panels/wish.html", panels_waiting.wish)
    extras.register(WAITING.code, panels_waiting.wish_data)
