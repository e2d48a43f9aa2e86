"""What an owner meets of the billing cycles: a house that goes over to a fixed date, and a tenant who is asked."""

from datetime import datetime, timedelta

from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.money import take
from tatausaha.business.boarding.demonstration.timeline import Timeline
from tatausaha.business.boarding.models import Cycle, Stay
from tatausaha.business.boarding.services import houses


def fixed_date_from_today(timeline: Timeline, site: Site, room: str) -> None:
    """The owner chose it this morning for new bookings, and offered it to whoever lives in the room."""

    def choose(at: datetime) -> None:
        houses.update_house(site.house, by=site.owner, at=at, cycle=Cycle.FIXED_DATE)
        stay = Stay.objects.select_related("unit", "room__house").get(room=site.rooms[room], status="living")
        take(stay, "offer_cycle", by=site.owner, at=at)

    timeline.plan(timeline.ends - timedelta(hours=3), choose)
