"""Rini, her booking, her bill and her payment; browsers and programs of everybody."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tatausaha.business.boarding.models import Booking, ExtraService, Room
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.api import tokens
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import Payment
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform
from tests.business.boarding.desk import Desk
from tests.core.api.conftest import Program
from tests.stories.boarding.conftest import house, laundry, live_until, rooms

__all__ = ["house", "laundry", "live_until", "rooms"]

Browse = Callable[..., Client]


@pytest.fixture
def _today(clock_at: Callable[[datetime], None], at: datetime) -> None:
    """Requests happen at the moment of the test."""
    clock_at(at)


@pytest.fixture
def browse(_today: None) -> Browse:
    """A browser of its own, signed in as somebody or nobody."""

    def sign_in(person: Person | None = None, *, checks: bool = False) -> Client:
        client = Client(enforce_csrf_checks=checks)
        if person is not None:
            client.force_login(person.login)
        return client

    return sign_in


@pytest.fixture
def program(_today: None, at: datetime) -> Callable[[Person], Program]:
    """A program that acts as a person."""
    return lambda person: Program(tokens.make(person=person, name="Uji", wanted=("read", "act"), at=at)[1])


@pytest.fixture
def booking(rooms: list[Room], laundry: ExtraService, rini: Person, at: datetime) -> Booking:
    """Rini holds room 101 with laundry and owes the down payment of Rp100.000."""
    return book(
        room=rooms[0], prospect=rini, services=[laundry], move_in_on=at.date() + timedelta(days=2), occupant="wanita",
        plan="down_payment", by=rini, at=at,
    )  # fmt: skip


@pytest.fixture
def bill(booking: Booking) -> Invoice:
    """The bill of the down payment."""
    return billing.invoices_of(booking).get()


@pytest.fixture
def transfer(bill: Invoice, rini: Person, at: datetime) -> Payment:
    """The transfer that Rini has announced for it."""
    return payments.open_transfer(payer=rini, invoices=[bill], by=rini, at=at)


@pytest.fixture
def submitted(transfer: Payment, rini: Person, at: datetime) -> Payment:
    """Rini has sent the proof."""
    step = procedure_of(transfer).step("submit")
    assert step is not None
    return perform(transfer, step, by=rini, at=at, data={"sender": "BCA 1 a.n. Rini"})


@pytest.fixture
def desk(sari: Person, at: datetime) -> Desk:
    """Sari's desk."""
    return Desk(sari, at)


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of a page."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))


def flat(answer: Any) -> str:
    """The text of a page, without its line ends."""
    return " ".join(answer.content.decode().split())


def photo(color: Any = "red", name: str = "bukti.jpg", size: int = 60) -> SimpleUploadedFile:
    """A small photo."""
    made = BytesIO()
    Image.new("RGB", (size, size), color).save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


WISH = {"move_in_on": "12/03/2026", "occupant": "wanita", "plan": "down_payment"}
"""What a student types to book a room."""
