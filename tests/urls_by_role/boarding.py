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
    "kos/": ["GET /kos/ 200"],
    "kos/gambar/rumah/<slug:name>.svg": ["GET /kos/gambar/rumah/melati.svg 200"],
    "kos/gambar/kamar/<slug:name>.svg": ["GET /kos/gambar/kamar/melati-a1.svg 200"],
    "kos/<slug:code>/": ["GET /kos/{house}/ 200", "GET /kos/tidak-ada/ 404"],
    "kos/<slug:code>/<str:number>/": ["GET /kos/{house}/A1/ 200", "GET /kos/{house}/Z9/ 404"],
    "kos/<slug:code>/<str:number>/pesan/": ["GET /kos/{house}/A1/pesan/ login 200 200 200 200 200 200"],
    "kos/<slug:code>/lapor/": ["GET /kos/{house}/lapor/ login 404 404 404 200 404 200"],
    "kos/lapor/<int:pk>/": ["GET /kos/lapor/999/ login 404 404 404 404 404 404"],
    "kos/lapor/<int:pk>/serah/": ["POST /kos/lapor/999/serah/ login 404 404 404 404 404 404"],
    "robots.txt": ["GET /robots.txt 200"],
    "sitemap.xml": ["GET /sitemap.xml 200"],
}
