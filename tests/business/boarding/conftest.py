"""Kos Melati: one type at Rp1.000.000, three rooms, laundry; Sari manages it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from tatausaha.business.boarding.models import Booking, ExtraService, House, Room, RoomType
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.ledger.chart import install_chart
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies
from tests.business.boarding.desk import Desk
from tests.business.boarding.makers import make_house, make_rooms, make_service, make_type


@pytest.fixture
def house(sops: None, unit: Unit, at: datetime) -> House:
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


@pytest.fixture
def sops(company: object, at: datetime) -> None:
    """The SOPs as delivered, in force since the beginning of the books, and the chart of accounts."""
    install_chart()
    policies.install(at=at, on=date(2025, 1, 1))


@pytest.fixture
def booked(sops: None, rooms: list[Room], laundry: ExtraService, rini: Person, at: datetime) -> Booking:
    """Rini has booked room 101 with laundry, paying the down payment first."""
    return book(
        room=rooms[0], prospect=rini, services=[laundry], move_in_on=date(2026, 3, 12), occupant="wanita",
        plan="down_payment", by=rini, at=at,
    )  # fmt: skip


@pytest.fixture
def desk(sari: Person, at: datetime) -> Desk:
    """Sari's desk: she receives money and takes steps."""
    return Desk(sari, at)


@pytest.fixture
def make_measured(at: datetime) -> Callable[..., ExtraService]:
    """A service that is charged by use."""

    def make(house: House, name: str, price: int, measure: str) -> ExtraService:
        service = ExtraService.objects.create(house=house, name=name, per_use=True, measure=measure)
        service.prices.create(amount=price, valid_from=date(2025, 1, 1), published_at=at)
        return service

    return make
