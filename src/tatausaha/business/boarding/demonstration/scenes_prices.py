"""What an owner meets of the price guard: a discount that runs, and a request that waits for the phone."""

from datetime import date, datetime, timedelta
from typing import Any

from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.money import take
from tatausaha.business.boarding.demonstration.timeline import Timeline, moment
from tatausaha.business.boarding.models import Room, Stay
from tatausaha.business.boarding.services import discounts


def discount_granted(timeline: Timeline, site: Site, room: str, on: date, less: int, reason: str) -> None:
    """The manager asked for whoever lives in the room; the owner said yes the same evening."""

    def ask_for(at: datetime) -> None:
        stay = Stay.objects.get(room=site.rooms[room], status="living")
        request = discounts.ask(
            room=_room(site, room), rent=stay.rent - less, reason=reason, by=site.manager, at=at
        )
        timeline.plan(at + timedelta(hours=6), lambda later: _grant(site, request, later))

    timeline.plan(moment(on, "13.10", site.zone), ask_for)


def _grant(site: Site, request: Any, at: datetime) -> None:
    request.refresh_from_db()
    take(request, "grant", by=site.owner, at=at)


def discount_asked(timeline: Timeline, site: Site, room: str, less: int, periods: int, reason: str) -> None:
    """A request of this morning, still open."""

    def ask_for(at: datetime) -> None:
        stay = Stay.objects.get(room=site.rooms[room], status="living")
        discounts.ask(
            room=_room(site, room), rent=stay.rent - less, periods=periods, reason=reason, by=site.manager, at=at,
        )  # fmt: skip

    timeline.plan(timeline.ends - timedelta(hours=5), ask_for)


def _room(site: Site, number: str) -> Room:
    return Room.objects.select_related("house__unit", "room_type").get(pk=site.rooms[number].pk)
