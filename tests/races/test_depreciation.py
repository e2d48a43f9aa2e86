"""Two workers, a manager and a disposal reach for the same assets at once: every month is written off once."""

from datetime import date

import pytest

from tatausaha.core.assets import accounts, services
from tatausaha.core.assets.models import Asset, Depreciation, Exit
from tatausaha.core.assets.verification import verify
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import queries as books
from tatausaha.core.ledger.services import install_chart
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import policies
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform
from tests.core.assets.conftest import day
from tests.races.threads import errors, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture
def things(unit, hadi, at):
    install_chart()
    policies.install(at=at, on=date(2025, 1, 1))
    return [
        services.record_opening(
            unit=unit, name=f"Lemari {number}", asset_class="light", cost=4_800_000, bought_on=date(2026, 2, 1),
            by=hadi, at=at,
        )
        for number in range(3)
    ]  # fmt: skip


@pytest.mark.req("SYS-07")
def test_many_runs_at_once_write_every_month_off_once(things, unit, sari):
    """Three assets, March to June: 12 times 100.000, whoever comes first."""
    runs = [lambda: services.depreciate_due(day(6, 30)) for _worker in range(4)]
    runs.append(lambda: services.run_unit(unit, by=sari, at=day(6, 30)))

    assert errors(together(runs)) == []

    assert (Depreciation.objects.count(), books.balance_now(accounts.ACCUMULATED, unit)) == (12, -1_200_000)
    assert list(verify()) == []


@pytest.mark.req("SYS-07")
def test_an_asset_leaves_once_while_the_months_are_booked(things, unit, hadi):
    asset = Asset.objects.select_related("unit").get(pk=things[0].pk)
    step = procedure_of(asset).step("dispose")
    said = {"kind": "lost", "note": "Hilang"}

    def dispose():
        return perform(
            Asset.objects.select_related("unit").get(pk=asset.pk), step, by=hadi, at=day(6, 30), data=said
        )

    met = errors(together([dispose, dispose, lambda: services.depreciate_due(day(6, 30)), dispose]))

    assert [type(one) for one in met] == [Refused, Refused]
    assert (Exit.objects.count(), list(verify())) == (1, [])


@pytest.mark.req("SYS-07")
def test_small_ones_let_go_of_at_once_are_added_up(unit, hadi, sari, at):
    """Six of Rp200.000, all at once, by a manager who may let go of Rp500.000 in a month."""
    install_chart()
    policies.install(at=at, on=date(2025, 1, 1))
    small = [
        services.record_opening(
            unit=unit, name=f"Kipas {number}", asset_class="light", cost=200_000, bought_on=date(2026, 3, 1),
            by=hadi, at=at,
        )
        for number in range(6)
    ]  # fmt: skip
    step = procedure_of(small[0]).step("dispose")

    def gone(pk):
        asset = Asset.objects.select_related("unit").get(pk=pk)
        return perform(
            asset,
            step,
            by=Person.objects.get(pk=sari.pk),
            at=day(3, 20),
            data={"kind": "lost", "note": "Hilang"},
        )

    met = errors(together([lambda pk=one.pk: gone(pk) for one in small]))

    assert [type(one) for one in met] == [Refused] * 4
    assert Exit.objects.count() == 2
    assert list(verify()) == []
