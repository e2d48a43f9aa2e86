"""Kos Melati: one type at Rp1.000.000, three rooms, laundry; Sari manages it."""

from datetime import datetime

import pytest

from tatausaha.business.boarding.models import ExtraService, House, Room, RoomType
from tatausaha.core.people.models import Unit
from tests.business.boarding.makers import make_house, make_rooms, make_service, make_type


@pytest.fixture
def house(unit: Unit, at: datetime) -> House:
    return make_house(unit, at)


@pytest.fixture
def room_type(house: House) -> RoomType:
    return make_type(house)


@pytest.fixture
def rooms(room_type: RoomType) -> list[Room]:
    return make_rooms(room_type, "101", "102", "103")


@pytest.fixture
def laundry(house: House) -> ExtraService:
    return make_service(house)
