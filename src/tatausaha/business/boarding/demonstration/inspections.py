"""Rooms that were looked at when somebody came and when he left, with drawn photos of what was there."""

from datetime import datetime
from functools import cache
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from tatausaha.business.boarding.demonstration.money import take
from tatausaha.business.boarding.models import ConditionItem, ConditionSheet, Stay
from tatausaha.business.boarding.queries import sheets as reads
from tatausaha.business.boarding.services import sheets
from tatausaha.core.people.models import Person

_WALL, _FLOOR, _WOOD, _CLOTH, _DARK = "#efe6d5", "#c9b79c", "#9a6a3f", "#7fa3a8", "#3d2c1e"
_THINGS = {
    "Kasur": ((60, 170, 340, 230, _CLOTH), (60, 150, 130, 180, "#ffffff")),
    "Lemari": ((130, 40, 270, 250, _WOOD), (196, 40, 204, 250, _DARK)),
    "Meja dan kursi": ((60, 140, 240, 155, _WOOD), (70, 155, 82, 250, _WOOD), (218, 155, 230, 250, _WOOD),
                       (270, 120, 285, 250, _WOOD), (270, 185, 345, 198, _WOOD), (332, 198, 345, 250, _WOOD)),
    "Kunci": ((120, 140, 280, 156, "#b59a3a"), (250, 156, 262, 180, "#b59a3a"), (100, 122, 146, 174, "#b59a3a")),
}  # fmt: skip
"""Rectangles by which a thing is drawn: left, top, right, bottom, colour."""


@cache
def _drawn(name: str, *, broken: bool) -> bytes:
    image = Image.new("RGB", (400, 300), _WALL)
    draw = ImageDraw.Draw(image)
    draw.rectangle([0, 235, 400, 300], fill=_FLOOR)
    for left, top, right, bottom, colour in _THINGS[name]:
        draw.rectangle([left, top, right, bottom], fill=colour)
    if broken:
        draw.line([190, 150, 212, 182, 198, 204, 226, 240], fill="#2a1010", width=5)
        draw.ellipse([180, 190, 240, 226], outline="#a5301f", width=4)
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def came(stay: Stay, *, manager: Person, at: datetime) -> None:
    """Everything is good when somebody moves in; what is dear is photographed. The tenant agrees on his phone."""
    assert stay.customer is not None
    sheet = sheets.begin(stay, ConditionSheet.Kind.IN, by=manager, at=at)
    for line in reads.lines_of(sheet):
        if line.name in _THINGS:
            photo = ContentFile(_drawn(line.name, broken=False), "foto.jpg")
            sheets.fill_line(line, state=ConditionItem.State.GOOD, photo=photo, by=manager)
    sheets.rest_is_good(sheet, by=manager)
    take(_again(stay), "sheet_in", by=manager, at=at)
    take(_again(stay), "agree", by=stay.customer, at=at)


def left(stay: Stay, damage: tuple[str, int, str], *, manager: Person, at: datetime) -> None:
    """One thing is broken or gone: it is noted on its line, and what it costs is taken from the deposit."""
    what, amount, reason = damage
    assert stay.customer is not None
    sheet = sheets.begin(stay, ConditionSheet.Kind.OUT, by=manager, at=at)
    word = what.split()[0].lower()
    lines = list(reads.lines_of(sheet))
    hit = next((one for one in lines if word in one.name.lower()), None) or sheets.add_line(
        sheet, what, by=manager
    )
    gone = "hilang" in what
    state = ConditionItem.State.MISSING if gone else ConditionItem.State.BROKEN
    photo = None if gone else ContentFile(_drawn(hit.name, broken=True), "foto.jpg")
    sheets.fill_line(hit, state=state, note=reason, photo=photo, by=manager)
    sheets.rest_is_good(sheet, by=manager)
    take(_again(stay), "sheet_out", by=manager, at=at)
    hit.refresh_from_db()
    take(
        _again(stay), "note_damage", by=manager, at=at, item=hit, description=what, amount=amount, reason=reason,
    )  # fmt: skip
    take(_again(stay), "agree", by=stay.customer, at=at)


def _again(stay: Stay) -> Stay:
    return Stay.objects.select_related("unit", "customer", "room__room_type").get(pk=stay.pk)
