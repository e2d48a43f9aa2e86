"""The search finds what was asked for, in the order asked for, in few queries."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tatausaha.business.boarding.models import House, Room
from tatausaha.business.boarding.queries import search
from tatausaha.business.boarding.queries.search import Search, Sort
from tatausaha.business.boarding.services import claims
from tatausaha.core.people.models import Unit
from tests.business.boarding.makers import (
    make_facility,
    make_house,
    make_near,
    make_place,
    make_rooms,
    make_type,
)

TODAY = date(2026, 3, 10)
CAMPUS = (-8.7983, 115.1702)


@pytest.fixture
def three(unit: Unit, unit_wita: Unit, unit_wit: Unit, at: datetime) -> dict[str, House]:
    """Melati: near, cheap, women. Kenanga: 2.2 km, dear, mixed. Cempaka: 11 km, cheapest, full, men."""
    wishes = [
        (unit, -8.7990, "putri", 1_000_000, ("101", "102"), "Standar"),
        (unit_wita, -8.8183, "campur", 2_500_000, ("1",), "VIP Balkon"),
        (unit_wit, -8.8983, "putra", 700_000, (), "Standar"),
    ]
    houses = {}
    for where, latitude, gender, rent, numbers, name in wishes:
        house = make_house(where, at, latitude=latitude, longitude=115.1702, gender=gender, city="Badung")
        room_type = make_type(house, name, rent)
        make_rooms(room_type, *numbers)
        if name != "Standar":
            room_type.facilities.add(make_facility("AC"))
            house.facilities.add(make_facility("WiFi", "umum"))
        houses[where.code] = house
    return houses


@pytest.fixture
def find(at: datetime, three: dict[str, House]) -> Callable[..., list[str]]:
    codes = {house.pk: code for code, house in three.items()}

    def find_codes(**wishes: object) -> list[str]:
        return [codes[hit.house_id] for hit in search.found(Search(**wishes), at=at, on=TODAY)]

    return find_codes


@pytest.mark.req("KOS-01")
@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, {"melati", "kenanga", "cempaka"}),
        ({"text": "kenanga"}, {"kenanga"}),
        ({"text": "badung melati"}, {"melati"}),
        ({"text": "tidak ada"}, set()),
        ({"highest": 1_000_000}, {"melati", "cempaka"}),
        ({"lowest": 1_000_001}, {"kenanga"}),
        ({"type_words": "vip"}, {"kenanga"}),
        ({"facilities": ("ac",)}, {"kenanga"}),
        ({"facilities": ("ac", "wifi")}, {"kenanga"}),
        ({"facilities": ("ac", "kulkas")}, set()),
        ({"free_now": True}, {"melati", "kenanga"}),
        ({"gender": "putra"}, {"cempaka"}),
    ],
)
def test_each_filter_leaves_what_it_says(
    find: Callable[..., list[str]], wishes: dict[str, object], expected: set[str]
) -> None:
    assert set(find(**wishes)) == expected


@pytest.mark.req("KOS-01")
@pytest.mark.parametrize(
    ("metres", "expected"),
    [(70, []), (100, ["melati"]), (2_300, ["melati", "kenanga"]), (20_000, ["melati", "kenanga", "cempaka"])],
)
def test_distance_is_measured_from_the_point(
    find: Callable[..., list[str]], metres: int, expected: list[str]
) -> None:
    near = search.Near("kampus", (CAMPUS,))

    assert find(near=near, within_m=metres, sort=Sort.NEAR) == expected


def test_what_a_house_states_about_a_place_without_a_position_counts(
    find: Callable[..., list[str]], three: dict[str, House]
) -> None:
    stop = make_place("Halte Ungasan", kind="angkutan")
    make_near(three["cempaka"], stop, 400)
    make_near(three["melati"], stop, 5_000)

    assert find(near=search.near_places("Halte", [stop]), within_m=1_000) == ["cempaka"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.CHEAP, ["cempaka", "melati", "kenanga"]),
        (Sort.DEAR, ["kenanga", "melati", "cempaka"]),
        (Sort.NEW, ["cempaka", "kenanga", "melati"]),
    ],
)
def test_orders(find: Callable[..., list[str]], sort: Sort, expected: list[str]) -> None:
    assert find(sort=sort) == expected


@pytest.mark.req("KOS-01")
def test_what_suits_a_student_puts_free_rooms_before_cheap_full_ones(
    find: Callable[..., list[str]], three: dict[str, House], at: datetime
) -> None:
    near = search.Near("kampus", (CAMPUS,))
    assert find(near=near) == ["melati", "kenanga", "cempaka"]

    for room in Room.objects.filter(house=three["melati"]):
        claims.claim(room, TODAY, None, f"KOS/{room.number}", None, at=at)

    assert find(near=near) == ["kenanga", "melati", "cempaka"]


@pytest.mark.req("KOS-03")
def test_a_hold_that_ran_out_is_found_again(
    find: Callable[..., list[str]], three: dict[str, House], at: datetime
) -> None:
    room = Room.objects.get(house=three["kenanga"])
    held = claims.claim(room, TODAY, None, "KOS/1", at + timedelta(seconds=1), at=at)
    assert "kenanga" not in find(free_now=True)

    held.expires_at = at
    held.save()

    assert "kenanga" in find(free_now=True)


def test_houses_that_are_not_published_or_have_no_price_are_not_found(
    find: Callable[..., list[str]], three: dict[str, House]
) -> None:
    House.objects.filter(pk=three["melati"].pk).update(is_published=False)

    assert "melati" not in find()


def test_the_best_matching_type_of_a_house_is_shown(three: dict[str, House], at: datetime) -> None:
    make_rooms(make_type(three["melati"], "Ekonomi", 600_000))

    (hit,) = search.found(Search(text="melati"), at=at, on=TODAY)

    assert (hit.amount, hit.free) == (1_000_000, 2)


def test_an_empty_result_says_which_filter_to_loosen(three: dict[str, House], at: datetime) -> None:
    asked = Search(
        text="melati", highest=500_000, near=search.Near("kampus", (CAMPUS,)), within_m=1_000, gender="putri"
    )

    assert search.found(asked, at=at, on=TODAY) == []
    assert search.loosened(asked, at=at, on=TODAY) == [("highest", 1)]
    assert search.loosened(replace(asked, highest=None, within_m=50), at=at, on=TODAY) == [("within_m", 1)]
