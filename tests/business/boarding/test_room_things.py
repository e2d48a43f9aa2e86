"""What stands in a room: shown where the room is kept, brought there by whoever keeps the house (KOS-13)."""

from datetime import date

import pytest
from django.test import Client

from tatausaha.business.boarding import room_places
from tatausaha.core.assets import places, queries, services
from tatausaha.core.ledger.services import install_chart
from tatausaha.core.procedures import policies
from tests.business.boarding.makers import make_house, make_rooms, make_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def rooms(unit, at):
    install_chart()
    policies.install(at=at, on=date(2025, 1, 1))
    return make_rooms(make_type(make_house(unit, at)), "101", "102", "9")


@pytest.fixture
def bed(rooms, unit, hadi, at):
    return services.record_opening(
        unit=unit,
        name="Tempat tidur",
        asset_class="light",
        cost=1_800_000,
        bought_on=date(2025, 5, 1),
        by=hadi,
        at=at,
    )


def browse(person):
    client = Client()
    client.force_login(person.login)
    return client


def test_rooms_are_places_of_their_house_in_the_order_of_their_numbers(rooms, unit, unit_wita):
    assert [one.name for one in room_places.of_unit(unit)] == ["Kamar 9", "Kamar 101", "Kamar 102"]
    assert room_places.of_unit(unit_wita) == []
    assert places.kind_of(room_places.CODE) is room_places.ROOMS


@pytest.mark.req("KOS-13")
def test_the_page_of_a_room_shows_what_stands_in_it_and_leads_to_placing_it(rooms, bed, sari):
    room, browser = rooms[0], browse(sari)
    page = f"/kos-kelola/rumah/melati/kamar/{room.pk}/"
    assert "Belum ada aset yang tercatat di kamar ini" in browser.get(page).content.decode()

    way = f"/aset/tempat/boarding-room/{room.pk}/"
    assert way in browser.get(page).content.decode()
    browser.post(way, {"asset": bed.number, "note": ""})

    assert bed.get_absolute_url() in browser.get(page).content.decode()
    bed.refresh_from_db()
    assert queries.place_names([bed])[bed.pk] == f"Kamar {room.number}"
    browser.post(f"/aset/tempat/boarding-room/{rooms[1].pk}/", {"asset": bed.number, "note": "Tukar kamar"})
    assert bed.get_absolute_url() not in browser.get(page).content.decode()


def test_nobody_puts_a_thing_into_a_room_of_a_house_that_they_do_not_keep(rooms, bed, budi, rini):
    for person in (budi, rini):
        answer = browse(person).post(f"/aset/tempat/boarding-room/{rooms[0].pk}/", {"asset": bed.number})
        assert answer.status_code == 404
    assert list(queries.standing_in(room_places.CODE, rooms[0].pk)) == []
