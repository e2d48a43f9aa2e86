"""How much the public pages ask of the database, whoever looks."""

from contextlib import AbstractContextManager
from typing import Protocol

import pytest
from django.test import Client

from tatausaha.business.boarding.models import ExtraService, House, Room
from tatausaha.core.people.models import Person
from tests.business.boarding.makers import make_facility, make_near, make_photo, make_place

MOST = 15
"""Queries that a page may ask."""


class AtMost(Protocol):
    def __call__(self, most: int) -> AbstractContextManager[object]: ...


@pytest.fixture
def lived_in(house: House, rooms: list[Room], laundry: ExtraService) -> House:
    """A house with everything that a page has to ask for."""
    house.latitude, house.longitude = -8.8, 115.17
    house.save()
    rooms[0].room_type.facilities.add(make_facility("AC"))
    house.facilities.add(make_facility("WiFi"))
    make_near(house, make_place("Fakultas Teknik", -8.797, 115.171), 350)
    make_photo(house)
    return house


@pytest.mark.parametrize("path", ["/", "/kos/", "/kos/melati/", "/kos/melati/102/?layanan=1"])
@pytest.mark.parametrize("who", ["nobody", "rini", "sari", "hadi"])
def test_a_public_page_asks_little_of_the_database_whoever_looks(
    client: Client, lived_in: House, rini: Person, sari: Person, hadi: Person,
    django_assert_max_num_queries: AtMost, path: str, who: str,
) -> None:  # fmt: skip
    known = {"rini": rini, "sari": sari, "hadi": hadi}
    if who in known:
        client.force_login(known[who].login, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(path)

    with django_assert_max_num_queries(MOST):
        answer = client.get(path)

    assert answer.status_code == 200
    assert ("Halaman saya" in answer.text, "Ruang kerja" in answer.text) == (
        who == "rini", who in {"sari", "hadi"},
    )  # fmt: skip
