"""A full house whose manager writes down those who call: they wait for a room, the longest first."""

from datetime import datetime, timedelta

from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.timeline import Timeline
from tatausaha.business.boarding.services import waiting

CALLERS = (("Dewi Anggraini", "+6281255500101", 9, 1_600_000), ("Putri Maharani", "+6281255500102", 3, None))
"""Name, phone, how many days ago they called, and the highest rent that they named."""


def callers(timeline: Timeline, site: Site) -> None:
    """Each is written down at her call and wants to move in within six weeks."""
    for name, phone, ago, budget in CALLERS:

        def call(at: datetime, name: str = name, phone: str = phone, budget: int | None = budget) -> None:
            waiting.join(
                want=f"rumah-{site.house.pk}", latest_on=site.day(at + timedelta(days=42)), occupant="wanita",
                by=site.manager, at=at, budget=budget, for_name=name, for_phone=phone,
            )  # fmt: skip

        timeline.plan(timeline.ends - timedelta(days=ago, hours=4), call)
