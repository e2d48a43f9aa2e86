"""What the houses own: bought before the books or along the year, placed in rooms, one sold again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from tatausaha.business.boarding import room_places
from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.houses import JIMBARAN, MELATI
from tatausaha.business.boarding.demonstration.money import take
from tatausaha.business.boarding.demonstration.timeline import Timeline, moment
from tatausaha.core.assets import services as assets
from tatausaha.core.assets.models import Asset
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.payments import services as payments
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Thing:
    """What is owned: `ago` days before the present it was bought; before the books, if `old`."""

    name: str
    asset_class: str
    cost: int
    ago: int
    room: str = ""
    where: str = ""
    details: str = ""
    drawing: str = ""
    old: bool = False
    sold: tuple[int, int] | None = None
    """Days before the present on which it was sold, and for how much."""


THINGS = {
    MELATI.name: (
        Thing("Pompa air", "durable", 2_350_000, 900, where="Sumur belakang", details="Shimizu PC-260", drawing="pump",
              old=True),
        Thing("Tempat tidur jati", "light", 1_800_000, 700, room="201", details="120 x 200 cm", drawing="bed",
              old=True),
        Thing("Lemari dua pintu", "light", 1_450_000, 700, room="201", old=True),
        Thing("AC setengah PK", "durable", 3_950_000, 160, room="201", details="Sharp AH-A5", drawing="ac"),
        Thing("Kasur busa", "light", 480_000, 75, room="202", details="Inoac 100 x 200", drawing="bed"),
        Thing("Mesin cuci dua tabung", "light", 1_650_000, 800, where="Dapur bersama", old=True, sold=(35, 600_000)),
    ),
    JIMBARAN.name: (
        Thing("Pompa air", "durable", 3_100_000, 600, where="Rumah pompa", details="Grundfos", drawing="pump",
              old=True),
        Thing("AC satu PK", "durable", 4_750_000, 120, room="A2", details="Daikin", drawing="ac"),
        Thing("Kipas angin dinding", "light", 320_000, 4, drawing=""),
    ),
}  # fmt: skip


class Things:
    """The register of a house along the timeline."""

    def __init__(self, timeline: Timeline, site: Site, first: date, present: date) -> None:
        self.timeline, self.site, self.first, self.present = timeline, site, first, present

    def plan(self, things: tuple[Thing, ...]) -> None:
        """Let everything be bought, placed and sold."""
        for number, thing in enumerate(things):
            on = self.first if thing.old else self.present - timedelta(days=thing.ago)
            at = moment(on, "16.10", self.site.zone) + timedelta(minutes=number)
            self.timeline.plan(at, lambda at, thing=thing: self._own(thing, at))  # type: ignore[misc]

    def _own(self, thing: Thing, at: datetime) -> None:
        asset = self._opened(thing, at) if thing.old else self._bought(thing, at)
        if thing.drawing or thing.details:
            photo = (
                Upload(draw(thing.drawing), "image/jpeg", f"{thing.drawing}.jpg") if thing.drawing else None
            )
            self._describe(asset, {"name": thing.name, "details": thing.details, "photo": photo}, at)
        if thing.room or thing.where:
            place = f"{room_places.CODE}:{self.site.rooms[thing.room].pk}" if thing.room else ""
            take(
                self._fresh(asset), "place", by=self.site.manager, at=at, place=place, location=thing.where,
                custodian=self.site.manager,
            )  # fmt: skip
        if thing.sold:
            ago, price = thing.sold
            gone = moment(self.present - timedelta(days=ago), "11.20", self.site.zone)
            self.timeline.plan(gone, lambda on: self._sell(asset, price, on))

    def _describe(self, asset: Asset, said: dict[str, Any], at: datetime) -> None:
        step = procedure_of(asset).step("describe")
        assert step is not None
        perform(asset, step, by=self.site.manager, at=at, data=said)

    def _opened(self, thing: Thing, at: datetime) -> Asset:
        return assets.record_opening(
            unit=self.site.house.unit, name=thing.name, asset_class=thing.asset_class, cost=thing.cost,
            bought_on=self.present - timedelta(days=thing.ago), by=self.site.owner, at=at,
        )  # fmt: skip

    def _bought(self, thing: Thing, at: datetime) -> Asset:
        spent = payments.record_expense(
            unit=self.site.house.unit, category="", amount=thing.cost, paid_from="transfer",
            occurred_on=self.site.day(at), by=self.site.owner if thing.cost > 500_000 else self.site.manager, at=at,
            note=thing.name, no_note="Kuitansi toko disimpan di map", asset_class=thing.asset_class,
        )  # fmt: skip
        return Asset.objects.select_related("unit").get(
            source_procedure="payments.expense", source_id=spent.pk
        )

    def _sell(self, asset: Asset, price: int, at: datetime) -> None:
        take(
            self._fresh(asset), "dispose", by=self.site.owner, at=at, kind="sold", proceeds=price, into="transfer",
            note="Diganti layanan cuci luar",
        )  # fmt: skip

    @staticmethod
    def _fresh(asset: Asset) -> Asset:
        return Asset.objects.select_related("unit").get(pk=asset.pk)


def _depreciate(at: datetime) -> None:
    assets.depreciate_due(at)


def depreciate_monthly(timeline: Timeline, first: date, last: date, zone: str) -> None:
    """What the worker does by itself towards the end of every month."""
    month = first.replace(day=1)
    while month <= last:
        timeline.plan(moment(month.replace(day=28), "02.10", zone), _depreciate)
        month = (month + timedelta(days=32)).replace(day=1)


_SHAPES: dict[str, tuple[tuple[Box, str], ...]] = {
    "ac": (
        ((90, 120, 550, 270), "#fbfbf7"), ((90, 120, 550, 150), "#ecece6"), ((110, 235, 530, 255), "#c9d2ce"),
        ((470, 165, 525, 185), "#0b5a4f"), ((120, 165, 220, 173), "#d5dad7"),
    ),
    "bed": (
        ((80, 150, 120, 400), "#7d4a2c"), ((110, 250, 580, 330), "#f4efe4"), ((110, 300, 580, 350), "#5f8f86"),
        ((125, 215, 240, 262), "#ffffff"), ((100, 345, 590, 372), "#8c5b2e"), ((560, 330, 590, 415), "#7d4a2c"),
        ((100, 372, 125, 415), "#7d4a2c"),
    ),
    "pump": (
        ((120, 300, 520, 330), "#5c6763"), ((170, 190, 360, 300), "#2f6f9f"), ((360, 210, 450, 300), "#9aa5a0"),
        ((395, 110, 425, 215), "#7f8b86"), ((450, 240, 560, 270), "#7f8b86"), ((200, 170, 320, 192), "#3f4a46"),
    ),
}  # fmt: skip


def draw(what: str) -> bytes:
    """A plain drawing of a thing as JPEG, for the photo that its manager took."""
    picture = Image.new("RGB", (640, 480), "#e9e4d8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 400, 640, 480), fill="#c9b899")
    for box, colour in _SHAPES[what]:
        pen.rounded_rectangle(box, radius=10, fill=colour)
    made = BytesIO()
    picture.save(made, "JPEG", quality=82)
    return made.getvalue()
