"""Water meters of a house: hung two months ago, read twice, one of them not yet this time."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.timeline import Timeline, moment
from tatausaha.business.boarding.models import ExtraService, House, Meter
from tatausaha.business.boarding.services import meter_places, meters, prices

ROOMS = {"A1": 412, "A2": 388, "A3": 530, "A6": 275}
"""What the meters showed on the first day, in m³."""


def water_meters(timeline: Timeline, site: Site, present: date) -> None:
    """The owner publishes the price of water, the manager hangs the meters and reads them every month."""
    zone = site.zone
    timeline.plan(moment(present - timedelta(days=65), "09.10", zone), lambda at: _hang(site, at))
    for turn, ago in enumerate((35, 5), 1):
        rooms = list(ROOMS)[: 5 - turn]
        on = moment(present - timedelta(days=ago), "16.20", zone)
        timeline.plan(on, lambda at, rooms=rooms, turn=turn: _read(site, rooms, turn, at))  # type: ignore[misc]


def _hang(site: Site, at: datetime) -> None:
    house = House.objects.select_related("unit").get(pk=site.house.pk)
    water: ExtraService = prices.save_service(
        house,
        None,
        by=site.owner,
        at=at,
        name="Air",
        per_use=True,
        measure="m³",
        description="Menurut meter kamar.",
    )
    prices.publish_service_price(water, 9_000, site.day(at), by=site.owner, at=at)
    rows = [(site.rooms[number], Decimal(value)) for number, value in ROOMS.items()]
    meter_places.install(
        house, rows, kind=Meter.Kind.WATER, service=water, on=site.day(at), by=site.manager, at=at
    )


def _read(site: Site, rooms: list[str], turn: int, at: datetime) -> None:
    for number in rooms:
        meter = Meter.objects.select_related("room__house__unit", "service").get(
            room=site.rooms[number], until=None
        )
        value = Decimal(ROOMS[number] + turn * (4 + len(number) + ROOMS[number] % 3))
        meters.read(meter, meters.Read(value), on=site.day(at), by=site.manager, at=at)
