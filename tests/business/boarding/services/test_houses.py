"""Keeping houses and rooms: who may, and what is refused."""

from datetime import date, datetime

import pytest
from django.db import DatabaseError, transaction

from tatausaha.business.boarding.models import ExtraService, House, HouseChange, Room, RoomType
from tatausaha.business.boarding.services import claims, houses, prices
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person, Unit
from tests.business.boarding.makers import make_house, make_type


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("101-103, 201", ["101", "102", "103", "201"]),
        ("A1-A3", ["A1", "A2", "A3"]),
        ("01 - 03", ["01", "02", "03"]),
        ("101 sampai 102;Paviliun", ["101", "102", "Paviliun"]),
        ("7, 7", ["7"]),
    ],
)
def test_room_numbers_are_read_as_people_write_them(typed: str, numbers: list[str]) -> None:
    assert houses.room_numbers(typed) == numbers


@pytest.mark.parametrize("typed", ["", " , ", "1-9999", "<b>"])
def test_unreadable_room_numbers_are_refused(typed: str) -> None:
    with pytest.raises(Refused):
        houses.room_numbers(typed)


@pytest.mark.req("KOS-13")
def test_many_rooms_are_added_at_once_or_none(room_type: RoomType, sari: Person, at: datetime) -> None:
    houses.add_rooms(room_type, ["101", "102"], by=sari, at=at, floor=1)

    with pytest.raises(Refused, match="Sudah ada kamar dengan nomor 102"):
        houses.add_rooms(room_type, ["102", "103"], by=sari, at=at)

    assert sorted(Room.objects.values_list("number", "floor")) == [("101", 1), ("102", 1)]


@pytest.mark.req("KOS-13")
def test_a_room_that_is_lived_in_is_not_taken_out_of_service(
    rooms: list[Room], sari: Person, at: datetime
) -> None:
    claims.claim(rooms[0], date(2026, 3, 10), None, "KOS/1", None, at=at)

    def close(room: Room, reason: str) -> Room:
        return houses.update_room(
            room,
            by=sari,
            at=at,
            room_type=room.room_type,
            floor=None,
            out_of_service="perbaikan",
            out_reason=reason,
        )

    with pytest.raises(Refused, match="sedang dihuni atau dipesan"):
        close(rooms[0], "atap bocor")
    with pytest.raises(Refused, match="Tulis alasan"):
        close(rooms[1], " ")
    assert close(rooms[1], "atap bocor").out_of_service == "perbaikan"


@pytest.mark.req("KOS-20")
def test_a_manager_changes_only_the_own_house(
    house: House, room_type: RoomType, unit_wita: Unit, sari: Person, at: datetime
) -> None:
    other = make_house(unit_wita, at)

    houses.update_house(house, by=sari, at=at, description="Tenang", facilities=["WiFi", "wifi", "Dapur"])
    with pytest.raises(Refused, match="Hanya pengelola rumah ini"):
        houses.update_house(other, by=sari, at=at, description="Bukan milik Sari")
    with pytest.raises(Refused, match="Hanya pengelola rumah ini"):
        houses.add_rooms(make_type(other), ["1"], by=sari, at=at)

    house.refresh_from_db()
    other.refresh_from_db()
    assert (house.description, other.description) == ("Tenang", "")
    assert sorted(facility.key for facility in house.facilities.all()) == ["dapur", "wifi"]


def test_a_house_without_a_room_type_is_not_published(house: House, sari: Person, at: datetime) -> None:
    with pytest.raises(Refused, match="Buat dulu tipe kamarnya"):
        houses.update_house(house, by=sari, at=at, is_published=True)


@pytest.mark.req("SYS-10")
def test_every_edit_says_who_when_before_and_after(
    house: House, room_type: RoomType, rooms: list[Room], laundry: ExtraService, sari: Person, at: datetime
) -> None:
    houses.update_house(house, by=sari, at=at, description="Tenang", facilities=["WiFi"])
    houses.save_room_type(house, room_type, by=sari, at=at, name=room_type.name, size="3 x 4")
    houses.update_room(
        rooms[0], by=sari, at=at, room_type=room_type, floor=2, out_of_service="perbaikan", out_reason="atap"
    )
    prices.save_service(house, laundry, by=sari, at=at, name="Cuci", is_active=False)

    rows = HouseChange.objects.order_by("pk")
    assert {(row.by, row.at, row.house) for row in rows} == {(sari, at, house)}
    assert list(rows.values_list("thing", "field", "old", "new")) == [
        ("Rumah", "Keterangan", "", "Tenang"),
        ("Rumah", "Fasilitas", "", "WiFi"),
        ("Tipe kamar Standar", "Ukuran (m)", "", "3 x 4"),
        ("Kamar 101", "Lantai", "", "2"),
        ("Kamar 101", "Tidak disewakan", "", "Perbaikan"),
        ("Kamar 101", "Alasan", "", "atap"),
        ("Layanan Cuci", "Layanan", "Laundry", "Cuci"),
        ("Layanan Cuci", "Ditawarkan", "ya", "tidak"),
    ]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(new="lain")


def test_an_edit_that_changes_nothing_leaves_no_row(house: House, sari: Person, at: datetime) -> None:
    houses.update_house(house, by=sari, at=at, description=house.description)

    assert not HouseChange.objects.exists()


@pytest.mark.req("KOS-20")
def test_only_the_owner_opens_a_house(sari: Person, hadi: Person, at: datetime) -> None:
    with pytest.raises(Refused):
        houses.open_house(name="Kos Baru", by=sari, at=at)

    house = houses.open_house(name="Kos Baru", by=hadi, at=at)

    assert (house.unit.code, house.unit.business, house.is_published) == ("kos-baru", "boarding", False)
