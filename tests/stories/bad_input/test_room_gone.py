"""A booking for a room that has just gone: said beside the form, and nothing typed is lost."""

import re

import pytest

from tatausaha.business.boarding.models import Booking, RoomClaim
from tests.stories.bad_input.conftest import WISH, flat, hidden

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-02"), pytest.mark.req("SYS-07")]

GONE = "Kamar 101 baru saja dipesan orang lain. Pilih kamar lain yang masih kosong."


def test_on_the_stale_page_of_another_tab(rooms, laundry, rini, budi, browse):
    stale, address = browse(budi), "/kos/melati/101/pesan/"
    form = hidden(flat(stale.get(address)))
    browse(rini).post(address, WISH)

    page = stale.post(address, form | WISH | {"services": str(laundry.pk)})

    assert page.status_code == 422
    assert GONE in flat(page)
    assert 'value="12/03/2026"' in flat(page)
    assert re.search(rf'name="services" value="{laundry.pk}"[^>]* checked', flat(page))
    assert Booking.objects.get().customer == rini
    assert RoomClaim.objects.filter(live=True).count() == 1
    assert '"/kos/melati/"' in flat(page)


def test_for_a_program(rooms, rini, budi, program):
    wish = {"procedure": "boarding.booking", "input": {**WISH, "room": rooms[0].pk}}
    program(rini).post("/cases", wish)

    answer = program(budi).post("/cases", wish, key="kunci-budi")

    assert (answer.status_code, answer.json()["detail"]) == (409, GONE)
    other = {**wish, "input": {**wish["input"], "room": rooms[1].pk}}
    assert program(budi).post("/cases", other).status_code == 201
    assert Booking.objects.count() == 2


def test_the_room_page_says_so_and_offers_no_button(booking, browse):
    page = flat(browse().get("/kos/melati/101/"))

    assert "/kos/melati/101/pesan/" not in page


def test_a_room_that_was_taken_out_of_service_meanwhile(rooms, rini, browse):
    browser, address = browse(rini), "/kos/melati/101/pesan/"
    form = hidden(flat(browser.get(address)))
    type(rooms[0]).objects.filter(pk=rooms[0].pk).update(out_of_service="perbaikan", out_reason="Atap bocor")

    page = browser.post(address, form | WISH)

    assert page.status_code in {404, 422}
    assert not Booking.objects.exists()


def test_a_house_that_was_hidden_meanwhile(house, rooms, rini, browse, program):
    browser, address = browse(rini), "/kos/melati/101/pesan/"
    form = hidden(flat(browser.get(address)))
    house.is_published = False
    house.save()

    page = browser.post(address, form | WISH)
    answer = program(rini).post(
        "/cases", {"procedure": "boarding.booking", "input": {**WISH, "room": rooms[0].pk}}
    )

    assert page.status_code == 404
    assert answer.status_code == 422
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "room", ["0", "-1", "99999999999999999999", "abc", "1; DROP TABLE boarding_room", ""]
)
def test_a_room_that_there_is_not(rooms, rini, program, room):
    answer = program(rini).post("/cases", {"procedure": "boarding.booking", "input": {**WISH, "room": room}})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["room"]
    assert not Booking.objects.exists()
