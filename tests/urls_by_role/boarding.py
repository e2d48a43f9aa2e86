"""Boarding houses: what everybody sees, what is booked, what the manager reports."""

from tests.business.boarding.makers import make_house, make_rooms, make_type
from tests.urls_by_role.cast import Cast


def house(cast: Cast) -> str:
    """The unit's house, with one free room `A1`."""
    made = make_house(cast.unit, cast.at)
    make_rooms(make_type(made), "A1")
    return cast.unit.code


THINGS = {"house": house}

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "kos/": ["GET /kos/ ?"],
    "kos/gambar/rumah/<slug:name>.svg": ["GET /kos/gambar/rumah/melati.svg ?"],
    "kos/gambar/kamar/<slug:name>.svg": ["GET /kos/gambar/kamar/melati-a1.svg ?"],
    "kos/<slug:code>/": ["GET /kos/{house}/ ?", "GET /kos/tidak-ada/ ?"],
    "kos/<slug:code>/<str:number>/": ["GET /kos/{house}/A1/ ?", "GET /kos/{house}/Z9/ ?"],
    "kos/<slug:code>/<str:number>/pesan/": ["GET /kos/{house}/A1/pesan/ ?"],
    "kos/<slug:code>/lapor/": ["GET /kos/{house}/lapor/ ?"],
    "kos/lapor/<int:pk>/": ["GET /kos/lapor/999/ ?"],
    "kos/lapor/<int:pk>/serah/": ["POST /kos/lapor/999/serah/ ?"],
    "robots.txt": ["GET /robots.txt ?"],
    "sitemap.xml": ["GET /sitemap.xml ?"],
}
