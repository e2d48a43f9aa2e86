"""The months write assets off: once, to the rupiah, in the running month; what was missed is caught up."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tatausaha.core.assets import accounts, queries, services
from tatausaha.core.assets.models import Depreciation
from tatausaha.core.assets.readiness import unfinished
from tatausaha.core.assets.services.depreciation import CATCH_UP, run_unit
from tatausaha.core.assets.verification import verify
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import queries as books
from tatausaha.core.ledger.models import Journal, Period
from tatausaha.core.ledger.services import Draft, Line, close_month, lock_month, post, readiness
from tatausaha.core.people.actors import Machine
from tests.core.assets.conftest import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house"), pytest.mark.req("KOS-14")]


def runs():
    return Journal.objects.filter(kind="depreciation").order_by("pk")


@pytest.mark.req("KOS-14")
def test_it_starts_the_month_after_the_purchase_and_is_booked_from_the_28th(buy, net):
    buy(480_000)

    services.depreciate_due(day(3, 31))
    services.depreciate_due(day(4, 27))
    assert runs().count() == 0

    services.depreciate_due(day(4, 28))

    assert (net(accounts.DEPRECIATION), net(accounts.ACCUMULATED)) == (10_000, -10_000)
    journal = runs().get()
    assert (journal.ym, journal.book_on, journal.actor_kind) == (202604, date(2026, 4, 28), "clock")


def test_run_again_it_finds_nothing_to_do(buy, net):
    buy(480_000)
    for turn in (28, 29, 30):
        services.depreciate_due(day(4, turn))

    assert (runs().count(), net(accounts.ACCUMULATED)) == (1, -10_000)


def test_a_unit_and_month_has_one_journal_however_many_assets(buy):
    buy(480_000)
    buy(100_000, name="Kipas angin")
    services.depreciate_due(day(4, 30))

    journal = runs().get()
    assert journal.total == 10_000 + 2_083
    assert Depreciation.objects.filter(journal=journal).count() == 2


@pytest.mark.req("KOS-14")
def test_missed_months_come_as_one_line_in_the_running_month_which_says_so(buy, house):
    """Nothing ran from April to June: on 3 July the three come together, July itself waits for its 28th."""
    buy(480_000)
    services.depreciate_due(day(7, 3))

    journal = runs().get()
    lines = [(str(line.account_id), line.amount, line.tag) for line in journal.entries.order_by("line_no")]
    assert journal.ym == 202607
    assert lines == [(accounts.DEPRECIATION, 30_000, CATCH_UP), (accounts.ACCUMULATED, -30_000, "")]
    assert "susulan 202604-202606" in journal.memo
    assert list(Depreciation.objects.values_list("ym", "amount", "caught_up").order_by("ym")) == [
        (202604, 10_000, True), (202605, 10_000, True), (202606, 10_000, True),
    ]  # fmt: skip

    services.depreciate_due(day(7, 28))
    assert [one.total for one in runs()] == [30_000, 10_000]


def test_late_it_takes_its_own_month_and_the_missed_ones_on_two_lines(buy):
    buy(480_000)
    services.depreciate_due(day(6, 30))

    amounts = [(line.amount, line.tag) for line in runs().get().entries.order_by("line_no")]
    assert amounts == [(10_000, ""), (20_000, CATCH_UP), (-30_000, "")]


def test_what_is_written_off_whole_posts_nothing_more(own):
    own(1_200_000, bought_on=date(2022, 2, 10))
    services.depreciate_due(day(4, 30))
    old = own(1_200_000, bought_on=date(2019, 2, 10), name="Meja tua", at=day(4, 30))

    assert queries.standings([old])[0].book_value == 0
    services.depreciate_due(day(12, 30))
    services.depreciate_due(day(12, 30, year=2027))
    assert Depreciation.objects.filter(asset=old).count() == 0


def test_land_is_never_depreciated(own, net):
    own(500_000_000, asset_class="land", name="Tanah Jalan Mawar", bought_on=date(2010, 1, 5))
    services.depreciate_due(day(12, 30))

    assert (runs().count(), net("15401")) == (0, 500_000_000)


@pytest.mark.req("KOS-14")
def test_closing_a_month_says_that_its_depreciation_was_not_run(buy, house, sari):
    buy(480_000)
    assert unfinished(house, 202603) == []

    said = [one for one in readiness(house, 202604) if "Penyusutan belum dijalankan" in one.sentence]
    assert [one.sentence for one in said] == [
        "Penyusutan belum dijalankan sejak April 2026: 1 aset, Rp10.000."
    ]
    assert said[0].path == "/aset/penyusutan/?unit=melati"

    services.depreciate_due(day(4, 30))
    assert unfinished(house, 202604) == []


@pytest.mark.req("KOS-17")
def test_a_month_that_is_over_is_written_by_the_owner_alone_and_with_a_reason(buy, house, sari, hadi):
    buy(480_000)
    for who, why in ((sari, "Lupa"), (hadi, ""), (Machine.CLOCK, "")):
        with pytest.raises(Refused):
            run_unit(house, by=who, at=day(5, 2), book_month=202604, reason=why)
    assert (runs().count(), Depreciation.objects.count()) == (0, 0)

    journal = run_unit(house, by=hadi, at=day(5, 2), book_month=202604, reason="Server mati akhir April")

    assert (journal.ym, journal.book_on) == (202604, date(2026, 4, 30))
    assert not Depreciation.objects.get().caught_up


@pytest.mark.req("KOS-17")
def test_the_clock_leaves_a_closed_month_alone_and_catches_up(buy, house, sari):
    buy(480_000)
    close_month(house, 202604, by=sari, at=day(5, 2))

    services.depreciate_due(day(5, 2))

    assert [(one.ym, one.tag) for one in runs()] == [(202605, "")]
    assert Period.objects.get(unit=house, ym=202604).min_level == Period.PAST


def test_strangers_and_managers_of_other_units_run_nothing(buy, unit_wita, house, sari, budi):
    buy(480_000)
    for who, where in ((budi, house), (sari, unit_wita)):
        with pytest.raises(Refused):
            run_unit(where, by=who, at=day(4, 30))
    assert runs().count() == 0


def test_a_unit_whose_month_the_owner_locked_early_hinders_no_other(buy, unit_wita, hadi, house):
    buy(480_000)
    services.record_opening(
        unit=unit_wita, name="Lemari", asset_class="light", cost=960_000, bought_on=date(2026, 3, 1), by=hadi,
        at=day(3, 10),
    )  # fmt: skip
    lock_month(unit_wita, 202604, by=hadi, at=day(4, 3), reason="Audit bulan April")

    assert services.depreciate_due(day(4, 30)) == 1
    assert runs().get().unit == house
    assert len(unfinished(unit_wita, 202604)) == 1

    services.depreciate_due(day(5, 2))
    assert [one.ym for one in runs().filter(unit=unit_wita)] == [202605]


@pytest.mark.req("SYS-07")
def test_the_register_says_what_the_books_say_on_any_day(buy, own, take, house, sari, hadi):
    buy(400_000, pieces=3)
    owned = own(9_999_999, name="AC", asset_class="durable", bought_on=date(2024, 5, 5))
    services.depreciate_due(day(5, 30))
    take(
        owned,
        "dispose",
        by=hadi,
        at=day(7, 3),
        kind="sold",
        proceeds=5_000_000,
        into="transfer",
        note="Diganti baru",
    )
    services.depreciate_due(day(8, 29))

    days = [
        date(2026, 3, 9),
        date(2026, 3, 10),
        date(2026, 5, 30),
        date(2026, 7, 2),
        date(2026, 7, 3),
        date(2026, 8, 31),
    ]
    for on in days:
        sums = queries.totals(queries.on_day([house], on))
        assert sums.accumulated == -balance(accounts.ACCUMULATED, house, on), on
        assert sums.cost == balance("15101", house, on), on
    assert list(verify()) == []


def balance(account, unit, on):
    return books.balance_on(account, unit, on)


@pytest.mark.req("SYS-07")
def test_verification_names_the_unit_where_the_register_and_the_books_differ(buy, house, hadi):
    buy(480_000)
    from_outside = Line("15101", 5_000), Line("15901", -5_000)
    post(
        Draft(key="luar|1", unit=house, kind="opening", lines=from_outside, event_on=day(3, 10).date()),
        by=hadi, at=day(3, 10),
    )  # fmt: skip

    found = list(verify())

    assert [one.where for one in found] == ["melati", "melati"]
    assert found[0].sentence == "account 15101: the register says 480000, the books 485000"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cost=st.integers(100_000, 10**12),
    years=st.integers(2, 20),
    gaps=st.lists(st.integers(0, 30), max_size=6),
)
def test_however_irregularly_it_runs_the_ledger_ends_with_the_whole_cost(own, net, house, cost, years, gaps):
    with transaction.atomic():
        before = net(accounts.ACCUMULATED)
        asset = own(cost, bought_on=date(2026, 3, 1), life_years=years, at=day(3, 10))
        moment = day(3, 28)
        for gap in [*gaps, 12 * years + 1]:
            month = moment.month - 1 + gap
            moment = moment.replace(year=moment.year + month // 12, month=month % 12 + 1)
            services.depreciate_due(moment)
            assert queries.standings([asset])[0].accumulated == -(net(accounts.ACCUMULATED) - before)
        assert before - net(accounts.ACCUMULATED) == cost
        transaction.set_rollback(True)
