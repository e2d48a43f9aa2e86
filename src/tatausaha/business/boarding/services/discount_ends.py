"""A discount ends with what it was granted for (KOS-19; rules/boarding 16.4)."""

from datetime import datetime

from tatausaha.business.boarding.models import Booking, Stay
from tatausaha.business.boarding.queries import discounts as reads
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures import services as procedures


def end_with(case: Booking | Stay, *, at: datetime) -> None:
    """The booking or the stay is over, or its tenant has another room: what was granted for it reads so too."""
    for discount in reads.in_force_for(case):
        procedures.advance(discount, at=at, cause=Machine.CASE)
