"""Oneself, and the owner's settings: whoever else is signed in learns not even that a page is there."""

from tatausaha.core.people import merging
from tatausaha.core.people.models import Person
from tests.urls_by_role.cast import Cast


def person(cast: Cast) -> str:
    """The customer."""
    return str(cast.customer.pk)


def role(cast: Cast) -> str:
    """The running role of the unit's manager."""
    return str(cast.manager.roles.get().pk)


def other(cast: Cast) -> str:
    """The stranger, as somebody who might be the same person."""
    stranger = cast.people["stranger"]
    assert stranger is not None
    return str(stranger.pk)


def merge(cast: Cast) -> str:
    """The customer, written down twice and joined."""
    twin = Person.objects.create(name="Rini lagi", created_at=cast.at)
    made = merging.merge(cast.customer, twin, by=cast.owner, at=cast.at, reason="Orang yang sama")
    return str(made.pk)


THINGS = {"person": person, "role": role, "other_person": other, "merge": merge}

ROWS = {
    # address                                         anonymous stranger customer staff manager other owner
    "akun/saya/": ["GET /akun/saya/ login 200 200 200 200 200 200"],
    "akun/saya/data/": ["POST /akun/saya/data/ login 200 200 200 200 200 200"],
    "akun/saya/identitas/": ["POST /akun/saya/identitas/ login 200 200 200 200 200 200"],
    "identitas/<int:pk>/": ["GET /identitas/999/ login 404 404 404 404 404 404"],
    "setelan/": ["GET /setelan/ login 404 404 404 404 404 200"],
    "setelan/perusahaan/": ["GET /setelan/perusahaan/ login 404 404 404 404 404 200"],
    "setelan/unit/": ["GET /setelan/unit/ login 404 404 404 404 404 200"],
    "setelan/unit/baru/": ["GET /setelan/unit/baru/ login 404 404 404 404 404 200"],
    "setelan/unit/<slug:code>/": ["GET /setelan/unit/melati/ login 404 404 404 404 404 200"],
    "setelan/orang/": ["GET /setelan/orang/ login 404 404 404 404 404 200"],
    "setelan/orang/baru/": ["GET /setelan/orang/baru/ login 404 404 404 404 404 200"],
    "setelan/orang/ganda/": ["GET /setelan/orang/ganda/ login 404 404 404 404 404 200"],
    "setelan/orang/<int:keep>/sama/<int:drop>/": [
        "GET /setelan/orang/{person}/sama/{other_person}/ login 404 404 404 404 404 200"
    ],
    "setelan/orang/<int:pk>/": [
        "GET /setelan/orang/{person}/ login 404 404 404 404 404 200",
        "GET /setelan/orang/999999/ login 404 404 404 404 404 404",
    ],
    "setelan/orang/<int:pk>/ubah/": ["GET /setelan/orang/{person}/ubah/ login 404 404 404 404 404 200"],
    "setelan/orang/<int:pk>/peran/": ["POST /setelan/orang/{person}/peran/ login 404 404 404 404 404 422"],
    "setelan/orang/<int:pk>/anggota/": [
        "POST /setelan/orang/{person}/anggota/ login 404 404 404 404 404 422"
    ],
    "setelan/orang/<int:pk>/identitas/": [
        "POST /setelan/orang/{person}/identitas/ login 404 404 404 404 404 200"
    ],
    "setelan/orang/<int:pk>/tutup-akun/": [
        "POST /setelan/orang/{person}/tutup-akun/ login 404 404 404 404 404 302"
    ],
    "setelan/orang/<int:pk>/buka-akun/": [
        "POST /setelan/orang/{person}/buka-akun/ login 404 404 404 404 404 302"
    ],
    "setelan/orang/gabungan/<int:pk>/batal/": [
        "GET /setelan/orang/gabungan/{merge}/batal/ login 404 404 404 404 404 200",
        "POST /setelan/orang/gabungan/{merge}/batal/ login 404 404 404 404 404 302",
    ],
    "setelan/peran/<int:pk>/akhiri/": ["POST /setelan/peran/{role}/akhiri/ login 404 404 404 404 404 302"],
}

BODIES = {"POST /setelan/orang/gabungan/{merge}/batal/": {"reason": "Ternyata dua orang"}}
