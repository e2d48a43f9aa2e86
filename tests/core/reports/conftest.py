"""The books of Kos Melati in the first months of 2026, and browsers of the cast."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import Draft, Line, install_chart, post
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies

ELECTRICITY, WATER = "61301", "61401"


@pytest.fixture(autouse=True)
def _books(company: object, at: datetime) -> None:
    install_chart()
    policies.install(at=at, on=date(2025, 1, 1))


Enter = Callable[..., object]


@pytest.fixture
def enter(unit: Unit, hadi: Person) -> Enter:
    """Book two lines in Kos Melati: `enter(day, debit, credit, rupiah)`, at noon of that day by the owner."""
    count = 0

    def make(on: date, debit: str, credit: str, amount: int, **more: object) -> object:
        nonlocal count
        count += 1
        place = more.pop("unit", unit)
        by, at = more.pop("by", hadi), more.pop("at", datetime(on.year, on.month, on.day, 5, tzinfo=UTC))
        party = {chart.CASH_DRAWER, chart.RECEIVABLES, chart.DEPOSITS, chart.CUSTOMER_ADVANCES}
        lines = (
            Line(debit, amount, hadi if debit in party else None),
            Line(credit, -amount, hadi if credit in party else None),
        )
        key = str(more.pop("key", f"{place.pk}|test|{count}|x|0"))
        return post(
            Draft(key=key, unit=place, kind=str(more.pop("kind", "test")), lines=lines, event_on=on, **more),
            by=by,
            at=at,
        )

    return make


@pytest.fixture
def quarter(enter: Enter) -> None:
    """December 2025 to 10 March 2026: rent, electricity, water, a deposit."""
    enter(date(2025, 12, 5), chart.BANK, chart.SALES_INCOME, 800_000)
    enter(date(2026, 1, 5), chart.BANK, chart.SALES_INCOME, 1_000_000)
    enter(date(2026, 1, 20), ELECTRICITY, chart.BANK, 150_000)
    enter(date(2026, 2, 3), chart.BANK, chart.SALES_INCOME, 2_000_000)
    enter(date(2026, 2, 4), chart.BANK, chart.DEPOSITS, 500_000)
    enter(date(2026, 2, 20), ELECTRICITY, chart.BANK, 160_000)
    enter(date(2026, 2, 21), WATER, chart.BANK, 40_000)
    enter(date(2026, 3, 2), chart.BANK, chart.SALES_INCOME, 3_000_000)
    enter(date(2026, 3, 5), ELECTRICITY, chart.BANK, 170_000)


@pytest.fixture
def as_person(clock_at: Callable[[datetime], None], at: datetime) -> Callable[..., Client]:
    """A browser of a person, with the clock stopped at the moment of the test (or another)."""

    def sign_in(person: Person, moment: datetime = at) -> Client:
        clock_at(moment)
        client = Client()
        client.force_login(person.login)
        return client

    return sign_in
