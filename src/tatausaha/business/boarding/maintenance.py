"""What reports of something broken bring: their procedure, their panel and what programs are told (KOS-13)."""

from tatausaha.business.boarding import panels_tickets
from tatausaha.business.boarding.procedure.ticket import TICKET
from tatausaha.core.api import extras
from tatausaha.core.procedures import registry
from tatausaha.core.web import panels


def register() -> None:
    """Make it known; called once at start-up."""
    registry.register(TICKET)
    panels.register(TICKET.code, "boarding/panels/ticket.html", panels_tickets.ticket)
    extras.register(TICKET.code, panels_tickets.ticket_data)
