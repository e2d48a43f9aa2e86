"""A poster for a room to let: what the source's wet brochure could not do (rules/boarding 16.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import ClassVar
from urllib.parse import quote

import segno
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation
from PIL import Image

from tatausaha.business.boarding import drawings, geometry
from tatausaha.business.boarding.models import Cycle, Photo, Room
from tatausaha.business.boarding.queries import pages
from tatausaha.business.boarding.services.photos import path_of
from tatausaha.core.documents import sheets
from tatausaha.core.documents.pictures import in_svg
from tatausaha.core.kernel import clock
from tatausaha.core.people import identity, queries
from tatausaha.core.people.models import Person

EDGE = 1200
"""The longer side, in pixels, of the photo on the poster."""
MOST_FACTS = 12


@dataclass(frozen=True, kw_only=True)
class Poster(sheets.Sheet):
    """Kamar disewakan. `picture` and `qr` are SVG; `ways` are label and value of how to reach the house."""

    template: ClassVar[str] = "boarding/poster.typ"

    house: str
    town: str
    gender: str
    room_type: str
    price: int
    per: str
    size: str
    facilities: Sequence[str]
    near: Sequence[str]
    picture: str
    qr: str
    link: str
    phone: str
    chat: str


def print_poster(room: Room, *, by: Person, at: datetime) -> bytes:
    """The PDF of a room's poster, as things stand now."""
    return sheets.print_sheet(poster_of(room, by=by, at=at))


def poster_of(room: Room, *, by: Person, at: datetime) -> Poster:
    """What the poster says."""
    house, unit = room.house, room.house.unit
    on = clock.day(at, unit.zone)
    page = pages.room_page(room, at=at, on=on)
    company = queries.company()
    assert company is not None
    address = settings.PUBLIC_URL + reverse("boarding:room", args=[unit.code, room.number])
    phone = unit.phone or company.phone
    asked = quote(f"Halo, kamar {room.number} di {unit.name} masih kosong? {address}")
    with translation.override("id"):
        return Poster(
            head=sheets.Letterhead.of(company, unit), number="", issued_on=on,
            printed=sheets.printed_note(at, unit.zone, by.name), house=unit.name,
            town=", ".join(filter(None, (house.district, house.city))), gender=str(house.get_gender_display()),
            room_type=room.room_type.name, price=page.amount or 0, per=str(Cycle(house.cycle).per),
            size=room.room_type.size,
            facilities=[name for _scope, names in page.facilities for name in names][:MOST_FACTS],
            near=[f"{one.name} ({geometry.far(one.distance_m)})" for one in pages.nearby_of(house)[:4]],
            picture=_picture(page.photos, room), qr=_qr(address), link=address.split("://", 1)[1],
            phone=identity.shown_phone(phone) if phone else "",
            chat=f"https://wa.me/{phone.removeprefix('+')}?text={asked}" if phone else "",
        )  # fmt: skip


def _qr(address: str) -> str:
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", xmldecl=False, border=0)
    return out.getvalue().decode()


def _picture(photos: Sequence[Photo], room: Room) -> str:
    """The first photo, as JPEG inside an SVG; a drawing where there is none."""
    if not photos:
        return drawings.interior(f"{room.house.unit.code}-{room.number}")
    photo = photos[0]
    with default_storage.open(path_of(photo, photo.edges[0])) as kept, Image.open(kept) as image:
        image.thumbnail((EDGE, EDGE))
        out = BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=82)
        width, height = image.size
    return in_svg(out.getvalue(), width, height)
