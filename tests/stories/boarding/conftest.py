"""Kos Melati near the campus, its SOPs, its bank account, and time that the story moves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from tatausaha.business.boarding.models import ExtraService, House, Room
from tatausaha.business.boarding.services import bills
from tatausaha.core.billing import services as billing
from tatausaha.core.ledger.chart import install_chart
from tatausaha.core.notices import outbox
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies, services
from tests.business.boarding.makers import (
    make_house,
    make_near,
    make_place,
    make_rooms,
    make_service,
    make_type,
)


@pytest.fixture
def house(unit: Unit, sari: Person, hadi: Person, at: datetime) -> House:
    """Kos Melati, 350 m from the faculty: room 101 at Rp1.000.000, laundry at Rp150.000."""
    install_chart()
    policies.install(at=at, on=date(2025, 1, 1))
    BankAccount.objects.create(bank="BCA", number="0123456789", holder="CV Maju Bersama")
    house = make_house(unit, at, latitude=-8.7985, longitude=115.1712)
    make_near(house, make_place("Fakultas Teknik", -8.797, 115.171), 350)
    return house


@pytest.fixture
def rooms(house: House) -> list[Room]:
    return make_rooms(make_type(house), "101", "102")


@pytest.fixture
def laundry(house: House) -> ExtraService:
    return make_service(house, amount=150_000)


@pytest.fixture
def live_until(clock_at: Callable[[datetime], None], at: datetime) -> Callable[[datetime], None]:
    """Let time pass, hour by hour for the worker's daily share, and stop at a moment."""
    now = [at]

    def live(moment: datetime) -> None:
        while now[0] < moment:
            now[0] = min(now[0] + timedelta(hours=12), moment)
            services.sweep(at=now[0])
            bills.issue_due_bills(at=now[0])
            billing.recognise_due(now[0])
            outbox.send_due(at=now[0])
        clock_at(moment)

    clock_at(at)
    return live
