"""Boarding houses: what everybody sees, what is booked, what the manager reports."""

from tatausaha.business.boarding.models import Meter
from tests.business.boarding.makers import make_house, make_rooms, make_service, make_type
from tests.urls_by_role.cast import Cast


def house(cast: Cast) -> str:
    """The unit's house, with one free room `A1`."""
    made = make_house(cast.unit, cast.at)
    make_rooms(make_type(made), "A1")
    return cast.unit.code


def room(cast: Cast) -> str:
    """The way to a room of the unit's house."""
    return f"{cast.unit.code}/kamar/{make_rooms(make_type(make_house(cast.unit, cast.at)), 'A1')[0].pk}"


def room_type(cast: Cast) -> str:
    """The way to a room type of the unit's house."""
    return f"{cast.unit.code}/tipe/{make_type(make_house(cast.unit, cast.at)).pk}"


def service(cast: Cast) -> str:
    """The way to a service of the unit's house."""
    return f"{cast.unit.code}/layanan/{make_service(make_house(cast.unit, cast.at)).pk}"


def measured(cast: Cast) -> str:
    """The way to a service of the unit's house that is charged by use."""
    made = make_service(make_house(cast.unit, cast.at), "Cuci kiloan", per_use=True, measure="kg")
    return f"{cast.unit.code}/layanan/{made.pk}"


def meter(cast: Cast) -> str:
    """The way to a meter in a room of the unit's house."""
    (room,) = make_rooms(make_type(make_house(cast.unit, cast.at)), "A1")
    return f"{cast.unit.code}/meter/{Meter.objects.create(room=room, kind='air', since=cast.at.date()).pk}"


THINGS = {
    "house": house,
    "meter": meter,
    "room": room,
    "room_type": room_type,
    "service": service,
    "measured": measured,
}

_KEEPERS = "login 404 404 404 200 404 200"
_OWNERS = "login 404 404 404 404 404 200"
_KEPT = "kos-kelola/rumah/<slug:code>/"


def _kept(rest: str, answers: str = _KEEPERS) -> tuple[str, list[str]]:
    return f"{_KEPT}{rest}", [f"GET /kos-kelola/rumah/{{house}}/{rest} {answers}"]


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
    "kos/lapor/<int:pk>/surat.pdf": ["POST /kos/lapor/999/surat.pdf login 404 404 404 404 404 404"],
    "kos/lapor/<int:pk>/serah/": ["POST /kos/lapor/999/serah/ login 404 404 404 404 404 404"],
    "hunian/<str:number>/lembar/<slug:kind>/": [
        "GET /hunian/HUN-26-99999/lembar/masuk/ login 404 404 404 404 404 404"
    ],
    "hunian/<str:number>/lembar/<slug:kind>/<int:pk>/": [
        "GET /hunian/HUN-26-99999/lembar/masuk/1/ login 404 404 404 404 404 404"
    ],
    "hunian/<str:number>/lembar/<slug:kind>/lembar.pdf": [
        "GET /hunian/HUN-26-99999/lembar/masuk/lembar.pdf login 404 404 404 404 404 404"
    ],
    "hunian/<str:number>/jatuh-tempo.ics": [
        "GET /hunian/HUN-26-99999/jatuh-tempo.ics login 404 404 404 404 404 404"
    ],
    "hunian/<str:number>/surat/": [
        "GET /hunian/HUN-26-99999/surat/ login 404 404 404 404 404 404",
        "POST /hunian/HUN-26-99999/surat/ login 404 404 404 404 404 404",
    ],
    "hunian/<str:number>/surat/<slug:kind>.pdf": [
        "GET /hunian/HUN-26-99999/surat/perjanjian.pdf login 404 404 404 404 404 404"
    ],
    "hunian/<str:number>/surat/nota/<int:pk>.pdf": [
        "GET /hunian/HUN-26-99999/surat/nota/1.pdf login 404 404 404 404 404 404"
    ],
    "hunian/foto/<slug:token>/<int:edge>.jpg": [
        "GET /hunian/foto/TIDAKADA/400.jpg login 404 404 404 404 404 404"
    ],
    "kos/pindah/<str:number>/berita-acara.pdf": [
        "GET /kos/pindah/PDK-26-99999/berita-acara.pdf login 404 404 404 404 404 404",
    ],
    "robots.txt": ["GET /robots.txt 200"],
    "sitemap.xml": ["GET /sitemap.xml 200"],
    "kos/foto/<slug:token>/<int:edge>.webp": ["GET /kos/foto/TIDAKADA/400.webp 404"],
    "kos-kelola/": ["GET /kos-kelola/ login 404 404 404 200 200 200"],
    "kos-kelola/baru/": [f"GET /kos-kelola/baru/ {_OWNERS}"],
    "saya/perbaikan/": ["GET /saya/perbaikan/ login 200 200 200 200 200 200"],
    "saya/perbaikan/lapor/": ["GET /saya/perbaikan/lapor/ login 404 404 404 404 404 404"],
    "perbaikan/": ["GET /perbaikan/ login 404 404 404 200 200 200"],
    "daftar-tunggu/": ["GET /daftar-tunggu/ login 404 404 404 200 200 200"],
    "kos/<slug:code>/tunggu/": ["GET /kos/{house}/tunggu/ login 200 200 200 200 200 200"],
    "kos-kelola/potongan/": ["GET /kos-kelola/potongan/ login 404 404 404 200 200 200"],
    **dict(
        map(
            _kept,
            (
                "",
                "potongan/minta/",
                "perbaikan/lapor/",
                "meter/",
                "meter/pasang/",
                "ubah/",
                "denah/",
                "kamar/",
                "kamar/tambah/",
                "tipe/",
                "tipe/baru/",
                "layanan/",
                "layanan/baru/",
                "foto/",
                "penghuni/",
                "riwayat/",
            ),
        )
    ),
    f"{_KEPT}kamar/<int:pk>/poster.pdf": [f"GET /kos-kelola/rumah/{{room}}/poster.pdf {_KEEPERS}"],
    f"{_KEPT}kamar/<int:pk>/": [f"GET /kos-kelola/rumah/{{room}}/ {_KEEPERS}"],
    f"{_KEPT}tipe/<int:pk>/": [f"GET /kos-kelola/rumah/{{room_type}}/ {_KEEPERS}"],
    f"{_KEPT}tipe/<int:pk>/periksa/": [f"GET /kos-kelola/rumah/{{room_type}}/periksa/ {_KEEPERS}"],
    f"{_KEPT}tipe/<int:pk>/harga/": [f"GET /kos-kelola/rumah/{{room_type}}/harga/ {_OWNERS}"],
    f"{_KEPT}layanan/<int:pk>/": [f"GET /kos-kelola/rumah/{{service}}/ {_KEEPERS}"],
    f"{_KEPT}layanan/<int:pk>/harga/": [f"GET /kos-kelola/rumah/{{service}}/harga/ {_OWNERS}"],
    f"{_KEPT}layanan/<int:pk>/pemakaian/": [f"GET /kos-kelola/rumah/{{measured}}/pemakaian/ {_KEEPERS}"],
    f"{_KEPT}meter/<int:pk>/": [f"GET /kos-kelola/rumah/{{meter}}/ {_KEEPERS}"],
    f"{_KEPT}meter/<int:pk>/ubah/": [
        "POST /kos-kelola/rumah/{house}/meter/999/ubah/ login 404 404 404 404 404 404"
    ],
    f"{_KEPT}meter/foto/<int:pk>/": [
        "GET /kos-kelola/rumah/{house}/meter/foto/999/ login 404 404 404 404 404 404"
    ],
    f"{_KEPT}foto/<slug:token>/": [
        "POST /kos-kelola/rumah/{house}/foto/TIDAKADA/ login 404 404 404 404 404 404"
    ],
    "api/v1/boarding/stays/<number>/sheets/<kind>": [
        "GET /api/v1/boarding/stays/HUN-26-99999/sheets/in 401 404 404 404 404 404 404"
    ],
    "api/v1/boarding/houses": ["GET /api/v1/boarding/houses 401 200 200 200 200 200 200"],
    "api/v1/boarding/houses/<code>": ["GET /api/v1/boarding/houses/{house} 401 200 200 200 200 200 200"],
    "api/v1/boarding/houses/<code>/rooms/<number>/quote": [
        "GET /api/v1/boarding/houses/{house}/rooms/A1/quote 401 200 200 200 200 200 200"
    ],
}
