"""The floor plan and the poster: every room with its state in a word, what empty ones cost, and how to let them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding import vacancy_column
from tatausaha.business.boarding.models import Room, RoomMove
from tatausaha.business.boarding.queries.vacancy import empty_since, vacancies
from tatausaha.business.boarding.services.bills import issue_due_bills
from tatausaha.business.boarding.services.poster import poster_of, print_poster
from tatausaha.core.documents.sheets import print_sheet
from tests.business.boarding.makers import make_facility, make_rooms
from tests.core.documents.test_office import pages_of
from tests.core.documents.test_typesetting import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-13")]
HOME = "/kos-kelola/rumah/melati/denah/"


def of(person):
    client = Client()
    client.force_login(person.login)
    return client


def text(answer):
    return " ".join(answer.text.split())


def test_an_empty_room_costs_a_thirtieth_of_its_rent_a_day_since_the_last_tenant_left(booked, desk, unit):
    stay = desk.move_in(booked)
    desk.wait(days=29).step(stay, "move_out", on=desk.at.date())
    desk.step(stay, "settle")
    desk.wait(days=12)

    found = {one.room_id: one for one in vacancies([unit], desk.at)}

    assert (found[stay.room_id].days, found[stay.room_id].lost) == (12, 400_000)
    never = Room.objects.get(number="102")
    assert found[never.pk].days == (desk.at - never.house.created_at).days
    cell = vacancy_column.lost((unit,), desk.at)[unit.pk]
    assert (cell.tone, cell.url) == ("late", HOME)


def test_a_room_that_a_tenant_moved_out_of_has_been_empty_since_that_day(booked, desk, unit, rooms):
    stay = desk.move_in(booked)
    left = stay.room
    desk.wait(days=5).step(stay, "move_room", room=rooms[1], on=desk.at.date())
    desk.step(RoomMove.objects.get(), "settle")
    desk.wait(days=3)

    found = {one.room_id: one for one in vacancies([unit], desk.at)}

    assert (found[left.pk].days, found[left.pk].lost) == (3, 100_000)
    assert empty_since(left.house) == {left.pk: found[left.pk].since}


def test_a_room_that_is_lived_in_held_or_repaired_is_not_counted(booked, desk, unit, rooms):
    Room.objects.filter(pk=rooms[1].pk).update(out_of_service="perbaikan", out_reason="Atap")

    assert [one.room_id for one in vacancies([unit], desk.at)] == [rooms[2].pk]


def test_the_plan_shows_floors_states_tenants_and_what_is_due(booked, desk, sari, rooms, clock_at):
    Room.objects.filter(pk__in=[rooms[0].pk, rooms[1].pk]).update(floor=1)
    Room.objects.filter(pk=rooms[2].pk).update(floor=2, out_of_service="perbaikan", out_reason="Atap bocor")
    stay = desk.move_in(booked)
    desk.wait(days=35)
    issue_due_bills(at=desk.at)
    clock_at(desk.at)

    page = text(of(sari).get(HOME))

    assert page.index("Lantai 2") < page.index("Lantai 1")
    for said in ("Rini", "telat Rp1.075.000", "Terisi", "Kosong", "Perbaikan", "Atap bocor", "1 dari 3"):
        assert said in page, said
    assert f'href="{stay.get_absolute_url()}"' in page
    assert f"kamar/{rooms[1].pk}/poster.pdf" in page
    assert f"kamar/{rooms[0].pk}/poster.pdf" not in page


def test_the_plan_asks_the_same_number_of_queries_for_sixty_rooms(
    room_type, rooms, sari, at, clock_at, django_assert_max_num_queries
):
    clock_at(at)
    make_rooms(room_type, *(str(n) for n in range(200, 257)))
    client = of(sari)
    client.get(HOME)

    with django_assert_max_num_queries(15):
        assert client.get(HOME).status_code == 200


def test_the_poster_says_what_it_costs_and_how_to_reach_the_house(room_type, rooms, unit, sari, at, tmp_path):
    room_type.facilities.add(make_facility("Kipas angin"))
    room = Room.objects.select_related("house__unit", "room_type").get(pk=rooms[0].pk)

    poster = poster_of(room, by=sari, at=at + timedelta(days=1))
    said = words_of(print_poster(room, by=sari, at=at), tmp_path)

    assert poster.link.endswith("/kos/melati/101/")
    for part in ("KAMAR DISEWAKAN", "Kos Melati", "Rp1.000.000", "per 30 hari", "Kipas angin", poster.link):
        assert part in said, part


def test_a_poster_with_much_to_say_is_still_one_page(room_type, rooms, unit, sari, at, tmp_path):
    room = Room.objects.select_related("house__unit", "room_type").get(pk=rooms[0].pk)
    long = replace(
        poster_of(room, by=sari, at=at),
        facilities=["Kamar mandi dalam dengan air panas dan bak"] * 12,
        near=["Universitas Pendidikan Nasional Republik Indonesia (400 m)"] * 4,
    )

    assert len(pages_of(print_sheet(long), tmp_path)) == 1


def test_only_who_keeps_the_house_sees_plan_and_poster(rooms, sari, rini, at, clock_at):
    clock_at(at)
    poster = f"/kos-kelola/rumah/melati/kamar/{rooms[0].pk}/poster.pdf"
    assert of(sari).get(poster).headers["Content-Type"] == "application/pdf"
    for address in (HOME, poster):
        assert of(rini).get(address).status_code == 404
