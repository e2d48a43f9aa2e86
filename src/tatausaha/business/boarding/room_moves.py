"""What moves to another room bring: their procedure, panel and paper (rules/boarding 11)."""

from tatausaha.business.boarding import panels as own
from tatausaha.business.boarding.procedure.room_move import ROOM_MOVE
from tatausaha.business.boarding.services import move_paper
from tatausaha.core.api import extras
from tatausaha.core.documents import numbers
from tatausaha.core.procedures import registry
from tatausaha.core.web import panels


def register() -> None:
    """Make it known; called once at start-up."""
    registry.register(ROOM_MOVE)
    panels.register(ROOM_MOVE.code, "boarding/panels/room_move.html", own.room_move)
    extras.register(ROOM_MOVE.code, own.room_move_data)
    numbers.register(move_paper.KIND)
