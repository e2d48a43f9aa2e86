"""The books with the procedures in force, a bank account, rooms that exist only here, and things to own."""

from datetime import UTC, date, datetime

import pytest

from tatausaha.core.assets import places
from tatausaha.core.assets import services as assets
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.services import install_chart
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.procedures import policies
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform

ROOMS = {1: "Kamar 101", 2: "Kamar 102"}


@pytest.fixture
def house(unit, at):
    """Kos Melati with its chart, its SOPs and its bank account."""
    install_chart()
    policies.install(at=at, on=date(2025, 1, 1))
    BankAccount.objects.create(unit=unit, bank="BRI", number="0123456789", holder="CV Maju Bersama")
    return unit


@pytest.fixture
def rooms(unit):
    """Two rooms of Kos Melati, in the core's own words: places of a kind."""

    def place(pk):
        return places.Place("test-room", pk, ROOMS[pk], f"/kamar/{pk}/")

    kind = places.Kind(
        "test-room",
        "Kamar",
        lambda where: [place(pk) for pk in ROOMS] if where == unit else [],
        lambda ids: {pk: place(pk) for pk in ids if pk in ROOMS},
    )
    places.register(kind)
    yield {name: place(pk).value for pk, name in ROOMS.items()}
    places.unregister(kind.code)


@pytest.fixture
def buy(house, sari, at):
    """An expense that becomes an asset, within the manager's limit unless the owner pays."""

    def bought(amount=480_000, *, by=sari, at=at, name="Kasur busa", asset_class="light", pieces=1, **more):
        given = {"occurred_on": at.date(), "paid_from": "transfer", "no_note": "Toko tutup"} | more
        return payments.record_expense(
            unit=house, category="", amount=amount, note=name, asset_class=asset_class, pieces=pieces, by=by, at=at,
            **given,
        )  # fmt: skip

    return bought


@pytest.fixture
def own(house, hadi, at):
    """An asset that was there before the books."""

    def opened(
        cost=4_800_000, *, bought_on=date(2026, 2, 10), at=at, name="Lemari", asset_class="light", **more
    ):
        return assets.record_opening(
            unit=house,
            name=name,
            asset_class=asset_class,
            cost=cost,
            bought_on=bought_on,
            by=hadi,
            at=at,
            **more,
        )

    return opened


@pytest.fixture
def take(at):
    """One step of an asset, as its button would take it."""

    def step(asset, name, *, by, at=at, **data):
        found = procedure_of(asset).step(name)
        assert found is not None
        return perform(asset, found, by=by, at=at, data=data)

    return step


@pytest.fixture
def net(house):
    """What the books of Kos Melati say about an account now: debit positive."""
    return lambda account: ledger.balance_now(account, house)


def day(month, on, hour=3, year=2026):
    """A moment in WIB's morning."""
    return datetime(year, month, on, hour, tzinfo=UTC)
