"""The people of the demonstration company: its owner, four managers, and who can sign in as a customer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.demonstration import Chapter
from tatausaha.core.people import accounts, services
from tatausaha.core.people.models import Company, Person

COMPANY = "CV Karya Anugerah Bersama"
OWNER = "Hadi Santoso"
OWNER_EMAIL = "pemilik@contoh.id"
PASSWORD = "peragaan-2026"  # noqa: S105 - it stands in the README and on the page of a demonstration


@dataclass(frozen=True)
class Guest:
    """Somebody who can sign in to the demonstration, and as what."""

    name: str
    email: str
    phone: str
    what: str | Promise


GUESTS = (
    Guest(OWNER, OWNER_EMAIL, "0811-2200-1100", _("pemilik, semua rumah")),
    Guest("Sari Rahayu", "sari@contoh.id", "0812-2100-1101", _("pengelola Kos Putri Melati")),
    Guest("I Wayan Suarta", "wayan@contoh.id", "0812-3600-2202", _("pengelola Kos Jimbaran Asri")),
    Guest("Ayu Kusumawati", "ayu@contoh.id", "0812-3600-2203", _("pengelola Kos Jimbaran Asri")),
    Guest("Dedi Kurniadi", "dedi@contoh.id", "0813-2200-3303", _("pengelola Kos Putra Merpati")),
    Guest("Rini Wulandari", "rini@contoh.id", "0857-1100-4401", _("penghuni Kos Putri Melati")),
    Guest("I Made Aditya Pratama", "aditya@contoh.id", "0878-1100-4402", _("penghuni Kos Jimbaran Asri")),
    Guest("Nadia Safitri", "nadia@contoh.id", "0821-1100-4403", _("calon penghuni, menahan satu kamar")),
)
"""In the order in which the sign-in page shows them; the password is the same for all."""


def person_known_as(email: str) -> Person:
    """The person of the demonstration with that e-mail."""
    return Person.objects.get(email=email)


def build(_at: datetime) -> None:
    """Say who the company is, and give everybody of the cast a login, in the days of the founding."""
    owner = person_known_as(OWNER_EMAIL)
    at = owner.created_at + timedelta(hours=1)
    services.update_company(
        by=owner, at=at, legal_form="CV", phone="0811-2200-1100", email="halo@contoh.id",
        address="Jl. Ir. H. Juanda No. 210, Bandung 40135",
    )  # fmt: skip
    services.update_person(owner, by=owner, at=at, phone=GUESTS[0].phone)
    for guest in GUESTS[1:]:
        person = services.create_person(
            name=guest.name, email=guest.email, phone=guest.phone, by=owner, at=at
        )
        accounts.create_login(person, password=PASSWORD, by=owner, at=at, proven=True)
    assert Company.objects.filter(is_demonstration=True).exists()


CHAPTER = Chapter("people", 10, build)
