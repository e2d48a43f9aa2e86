"""A full house whose manager writes down those who call: they wait for a room, the longest first."""

from datetime import datetime, timedelta

from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.timeline import Timeline
from tatausaha.business.boarding.services import waiting


def callers(timeline: Timeline, site: Site, room: str) -> None:
    """One wants the room of a friend who may leave and called long ago; one wants any room, and called today."""
    house, one = f"rumah-{site.house.pk}", f"kamar-{site.rooms[room].pk}"
    _call(timeline, site, timedelta(days=9), "Dewi Anggraini", "+6281255500101", one, 1_600_000)
    _call(timeline, site, timedelta(hours=6), "Putri Maharani", "+6281255500102", house, None)


def _call(
    timeline: Timeline, site: Site, ago: timedelta, name: str, phone: str, want: str, budget: int | None
) -> None:
    def call(at: datetime) -> None:
        waiting.join(
            want=want, latest_on=site.day(at + timedelta(days=42)), occupant="wanita", by=site.manager, at=at,
            budget=budget, for_name=name, for_phone=phone,
        )  # fmt: skip

    timeline.plan(timeline.ends - ago, call)
