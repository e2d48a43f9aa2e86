"""A discount holds for one booking or stay in one room, and ends with it (KOS-19; rules/boarding 16.4)."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding.models import RoomMove, Stay
from tatausaha.business.boarding.services import bills
from tatausaha.business.boarding.services import discounts as services
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.services import sweep
from tests.business.boarding.desk import PAPER

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-19")]


@pytest.fixture
def granted(booked, rooms, desk, sari, hadi):
    """900.000 instead of 1.000.000 for the booking of room 101."""
    request = services.ask(room=rooms[0], rent=900_000, reason="Adik penghuni", by=sari, at=desk.at)
    return desk.step(request, "grant", by=hadi)


def status(request):
    request.refresh_from_db()
    return request.status


def last_rent(stay):
    return billing.lines_of(billing.invoices_of(stay).filter(purpose="rent").last())[0].amount


def test_with_the_booking_that_is_cancelled(granted, booked, desk):
    assert status(granted) == "in_force"

    desk.step(booked, "withdraw", cause="broken", note="Kamar rusak")

    assert status(granted) == "ended"


def test_not_with_a_hold_that_ran_out_and_that_late_money_revives(granted, booked, desk):
    desk.wait(days=8)
    sweep(at=desk.at)
    booked.refresh_from_db()

    assert (booked.status, status(granted)) == ("expired", "in_force")


def test_with_the_move_to_another_room_and_moving_back_does_not_bring_it_back(granted, booked, desk, rooms):
    stay = desk.move_in(booked)
    desk.wait(days=3).step(stay, "move_room", room=rooms[1], on=desk.at.date())
    assert status(granted) == "ended"
    desk.step(RoomMove.objects.get(), "settle")

    desk.wait(days=3).step(stay, "move_room", room=rooms[0], on=desk.at.date())
    bills.issue_due_bills(at=desk.at + timedelta(days=20))

    assert last_rent(stay) == 1_000_000


def test_of_both_tenants_with_their_swap(granted, booked, desk, rooms, budi):
    stay = desk.move_in(booked)
    theirs = book(room=rooms[1], prospect=budi, services=[], move_in_on=desk.at.date(), occupant="pria",
                  plan="down_payment", by=budi, at=desk.at)  # fmt: skip
    desk.cash(theirs)
    desk.step(theirs, "register", **PAPER | {"paper_number": "3506040602660001"})
    desk.cash(theirs)
    desk.step(theirs, "check_in", on=desk.at.date(), key="102")
    neighbour = Stay.objects.get(booking=theirs)

    desk.wait(days=3).step(neighbour, "swap_rooms", other=stay, on=desk.at.date())

    assert status(granted) == "ended"


def test_with_the_stay_and_not_before_the_sum_is_made(granted, booked, desk):
    stay = desk.move_in(booked)
    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())
    assert status(granted) == "in_force"

    desk.step(stay, "settle")

    assert status(granted) == "ended"


def test_who_books_while_the_owner_is_deciding_has_it_too(rooms, desk, sari, hadi, rini, sops):
    request = services.ask(
        room=rooms[0],
        rent=900_000,
        reason="Teman",
        by=sari,
        at=desk.at,
        for_name="Rini",
        for_phone=rini.phone,
    )
    booking = book(room=rooms[0], prospect=rini, services=[], move_in_on=desk.at.date(), occupant="wanita",
                   plan="full", by=rini, at=desk.at)  # fmt: skip
    assert billing.outstanding(booking) == 1_000_000

    desk.step(request, "grant", by=hadi)

    assert status(request) == "in_force"
    assert (request.booking, billing.outstanding(booking)) == (booking, 900_000)


def test_a_request_that_is_refused_leaves_no_person_behind(rooms, desk, sari, sops):
    with pytest.raises(Refused, match="di bawah harga tertulis"):
        services.ask(room=rooms[0], rent=2_000_000, reason="Teman", by=sari, at=desk.at, for_name="Ani")

    assert not Person.objects.filter(name="Ani").exists()


@pytest.mark.parametrize("code", ["a/b", "tidak-ada"])
def test_the_list_of_a_house_that_is_not_there_is_not_there(rooms, sari, clock_at, at, sops, code):
    clock_at(at)
    client = Client()
    client.force_login(sari.login)

    assert client.get("/kos-kelola/potongan/", {"rumah": code}).status_code == 404
    assert client.get("/kos-kelola/potongan/", {"rumah": "melati"}).status_code == 200
