"""A change of room inside the house is reported to the RT or kelurahan too (KOS-07; rules/boarding 13, 16.6)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tatausaha.business.boarding.models import ResidentMove
from tatausaha.business.boarding.queries import residents
from tatausaha.business.boarding.services import letters, registration
from tests.business.boarding.makers import make_rooms, make_type

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-07")]


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


@pytest.fixture
def dear(house):
    """A room at Rp1.300.000."""
    return make_rooms(make_type(house, "Besar", 1_300_000), "201")[0]


def go(stay, desk, room):
    return desk.step(stay, "move_room", room=room, on=desk.at.date())


def test_a_change_of_room_is_a_line_of_the_letter_to_the_rt_and_of_only_one(stay, desk, dear, unit, sari):
    """Reported within 24 hours of the move, from which room to which, beside the arrival that came before it."""
    desk.wait(days=2)
    go(stay, desk, dear)
    (_came, moved) = residents.unreported(dear.house)
    assert (moved.kind, moved.on, moved.due_at) == ("room", desk.at.date(), desk.at + timedelta(hours=24))
    assert [one.count for one in residents.waiting_for(sari, {unit.pk: unit})] == [2]

    report = registration.make_report(unit, residents.unreported(dear.house), by=sari, at=desk.at)

    rows = letters.letter_of(report, by=sari, at=desk.at).rows
    assert [(row.kind, row.room) for row in rows] == [("Datang", "201"), ("Pindah kamar", "101 ke 201")]
    assert rows[1].name == "Rini"
    assert not residents.unreported(dear.house).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidentMove.objects.filter(pk=moved.pk).update(room_move=None)


def test_the_page_of_the_report_names_both_rooms(stay, desk, dear, sari, clock_at):
    desk.wait(days=2)
    go(stay, desk, dear)
    clock_at(desk.at)
    client = Client()
    client.force_login(sari.login)

    shown = client.get("/kos/melati/lapor/").content.decode()

    assert "101 ke 201" in shown
    assert "pindah kamar" in shown
