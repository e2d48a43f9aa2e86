"""Empty rooms in the owner's summary: how many, and which have stood empty the longest (boarding 16.2)."""

from datetime import timedelta

import pytest

from tatausaha.business.boarding import summary
from tatausaha.business.boarding.models import RoomClaim
from tatausaha.core.reports import summarising
from tatausaha.core.reports.summary_parts import Asking

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-13"), pytest.mark.req("KOS-20")]


def asking(hadi, units, at):
    return Asking(hadi, tuple(units), at - timedelta(days=1), None, at)


def test_each_house_says_how_many_rooms_are_empty_and_since_when(booked, desk, hadi, unit, unit_wita):
    desk.wait(days=2)
    stay = desk.move_in(booked)
    told = summary.empty_rooms(asking(hadi, (unit, unit_wita), desk.at))
    assert (told.figure, [line.label for line in told.lines]) == ("2 dari 3", ["Kos Melati"])
    assert told.lines[0].note == "102 belum pernah dihuni, 103 belum pernah dihuni"

    left = desk.at + timedelta(days=30)
    RoomClaim.objects.filter(pk=stay.claim_id).update(live=False, released_at=left)

    told = summary.empty_rooms(asking(hadi, (unit,), left + timedelta(days=3)))
    assert (told.figure, told.lines[0].figure) == ("3 dari 3", "3 dari 3")
    assert told.lines[0].note.startswith("101 sejak 11 Apr 2026, 102 belum")


def test_without_houses_nothing_is_said(sops, hadi, unit_wita, at):
    assert summary.empty_rooms(asking(hadi, (unit_wita,), at)) is None


def test_the_summary_of_the_owner_holds_it(booked, desk, hadi):
    titles = [part.title for part in summarising.now(hadi, at=desk.at).parts]

    assert titles.index("Kamar kosong") < titles.index("Telat bayar")
