"""How things come into the register: bought in the form of an expense, or owned before the books began."""

from datetime import date

import pytest

from tatausaha.core.assets import accounts, queries
from tatausaha.core.assets.models import Asset, Depreciation
from tatausaha.core.assets.services import depreciate_due
from tatausaha.core.assets.verification import verify
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments import panels, spending
from tatausaha.core.payments.models import Expense
from tatausaha.core.people.models import Role
from tatausaha.core.procedures import policies
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform
from tests.core.assets.conftest import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house"), pytest.mark.req("KOS-14")]


@pytest.fixture
def step(at):
    def taken(expense, name, *, by, at=at, **data):
        return perform(expense, procedure_of(expense).step(name), by=by, at=at, data=data)

    return taken


@pytest.mark.req("KOS-14")
def test_the_manager_buys_an_asset_in_the_form_of_an_expense(buy, net, house, at):
    expense = buy(450_000)

    asset = Asset.objects.get()
    assert (asset.status, asset.name, asset.cost, asset.bought_on) == (
        "bought",
        "Kasur busa",
        450_000,
        at.date(),
    )
    assert (asset.life_months, asset.plan.first, asset.residual) == (48, 202604, 0)
    assert asset.journal == expense.journal
    assert (net(accounts.EQUIPMENT), net(chart.BANK), net("61901")) == (450_000, -450_000, 0)
    assert expense.category == accounts.EQUIPMENT


@pytest.mark.parametrize(
    ("asset_class", "account", "life"),
    [
        ("light", "15101", 48), ("durable", "15101", 96), ("machine", "15101", 192), ("motorcycle", "15301", 48),
        ("car", "15301", 96), ("building", "15201", 240), ("land", "15401", 0),
    ],
)  # fmt: skip
@pytest.mark.req("KOS-14")
def test_a_class_has_its_account_and_the_life_of_its_tax_group(buy, net, asset_class, account, life):
    buy(400_000, asset_class=asset_class)

    assert (Asset.objects.get().life_months, net(account)) == (life, 400_000)


@pytest.mark.req("KOS-14")
def test_above_the_limit_the_owner_decides_and_only_then_there_is_an_asset(buy, step, sari, hadi, net):
    expense = buy(4_200_000, name="AC setengah PK", asset_class="durable")
    assert (expense.status, Asset.objects.count()) == ("requested", 0)

    step(step(expense, "approve", by=hadi), "spend", by=sari)

    assert (Asset.objects.get().cost, net(accounts.EQUIPMENT)) == (4_200_000, 4_200_000)


def test_a_rejected_purchase_brings_nothing(buy, step, hadi):
    step(buy(4_200_000), "reject", by=hadi, note="Terlalu mahal")

    assert Asset.objects.count() == 0


@pytest.mark.req("KOS-14")
def test_from_100_000_on_it_is_an_asset_below_it_is_not(buy, net):
    with pytest.raises(Refused, match=r"Di bawah Rp100\.000 bukan aset") as no:
        buy(99_999)
    assert (no.value.field, Expense.objects.count(), net(accounts.EQUIPMENT)) == ("amount", 0, 0)

    buy(100_000)
    assert Asset.objects.get().cost == 100_000


def test_the_threshold_and_the_lives_are_numbers_of_the_sop(buy, house, hadi, at):
    policies.set_unit_values(
        "assets.asset", house, {"threshold": 1_000_000, "group_1": 5}, by=hadi, at=at, reason="SAK"
    )
    with pytest.raises(Refused, match=r"Di bawah Rp1\.000\.000"):
        buy(480_000)

    buy(1_200_000, by=hadi)
    assert Asset.objects.get().life_months == 60


def test_what_lives_no_longer_than_the_sop_says_is_no_asset(buy, house, hadi, at):
    policies.set_unit_values("assets.asset", house, {"group_1": 1}, by=hadi, at=at, reason="Coba")

    with pytest.raises(Refused, match="lebih dari 12 bulan"):
        buy(480_000)
    assert Asset.objects.count() == 0


def test_several_pieces_of_one_note_are_assets_of_their_own_that_cost_the_whole_together(buy):
    buy(1_000_000 - 600_000, pieces=3, name="Kursi belajar")

    assert [(one.name, one.cost) for one in Asset.objects.order_by("piece")] == [
        ("Kursi belajar (1/3)", 133_334), ("Kursi belajar (2/3)", 133_333), ("Kursi belajar (3/3)", 133_333),
    ]  # fmt: skip
    with pytest.raises(Refused, match="Di bawah"):
        buy(400_000, pieces=5)


def test_the_same_form_sent_twice_buys_once(buy):
    first, second = buy(key="K1"), buy(key="K1")

    assert (first.pk, Asset.objects.count()) == (second.pk, 1)


@pytest.mark.req("KOS-17")
def test_a_note_of_last_month_is_booked_now_and_depreciates_from_when_it_was_bought(buy, house):
    buy(480_000, occurred_on=date(2026, 2, 20))
    asset = Asset.objects.get()
    assert (asset.bought_on, asset.journal.book_on) == (date(2026, 2, 20), date(2026, 3, 10))

    depreciate_due(day(3, 30))

    assert list(Depreciation.objects.values_list("ym", "caught_up")) == [(202603, False)]
    assert queries.on_day([house], date(2026, 2, 28)) == []


@pytest.mark.req("KOS-14")
def test_a_purchase_taken_back_takes_its_asset_and_its_depreciation_with_it(buy, step, net, hadi):
    expense = buy(480_000, pieces=2)
    depreciate_due(day(4, 30))

    step(expense, "reverse", by=hadi, at=day(5, 3), note="Barang dikembalikan ke toko")

    assert set(Asset.objects.values_list("status", flat=True)) == {"cancelled"}
    assert [
        net(one) for one in (accounts.EQUIPMENT, accounts.ACCUMULATED, accounts.DEPRECIATION, chart.BANK)
    ] == [0] * 4
    depreciate_due(day(5, 30))
    assert (net(accounts.ACCUMULATED), list(verify())) == (0, [])


def test_a_purchase_stays_while_what_it_bought_was_sold(buy, step, take, hadi, net):
    expense = buy(480_000)
    take(
        Asset.objects.get(),
        "dispose",
        by=hadi,
        kind="sold",
        proceeds=300_000,
        into="transfer",
        note="Tidak dipakai",
    )

    with pytest.raises(Refused, match="sudah dilepas"):
        step(expense, "reverse", by=hadi, note="Salah catat")
    assert (net(accounts.EQUIPMENT), net(chart.BANK)) == (0, -180_000)


def test_the_expenses_of_the_month_count_what_assets_cost_and_the_case_names_them(buy, house, sari, at):
    expense = buy(480_000)

    assert spending.booked_in([house], at.date())[expense.pk].amount == 480_000
    facts = {str(one.label): str(one.value) for one in panels.of_expense(expense, sari, at)["facts"]}
    assert Asset.objects.get().number in facts["Menjadi aset"]
    assert facts["Jenis"] == "Perabot kayu, elektronik, komputer"


# What was owned before


@pytest.mark.req("KOS-14")
def test_what_was_owned_before_stands_against_opening_equity(own, net):
    """Bought on 10 February 2023 for 4.800.000 with 4 years: 36 months are over by March 2026, 12 are left."""
    asset = own(4_800_000, bought_on=date(2023, 2, 10))

    assert (asset.accumulated_before, asset.plan_months, asset.plan.base) == (3_600_000, 12, 1_200_000)
    assert [net(one) for one in ("15101", "15901", chart.OPENING_EQUITY)] == [
        4_800_000,
        -3_600_000,
        -1_200_000,
    ]
    assert (asset.journal.source_type, asset.journal.source_id) == ("assets.asset", asset.pk)
    depreciate_due(day(3, 30))
    assert net("62101") == 100_000


def test_the_owner_may_bring_the_figure_of_the_old_books(own, net):
    asset = own(4_800_000, bought_on=date(2023, 2, 10), accumulated=3_000_000)

    assert (net("15901"), asset.plan.base, asset.plan_months) == (-3_000_000, 1_800_000, 12)


def test_a_past_month_wants_the_reason_and_what_was_missed_since_is_caught_up(own, net):
    with pytest.raises(Refused):
        own(4_800_000, bought_on=date(2025, 6, 1), as_of=date(2026, 1, 31))
    assert Asset.objects.count() == 0

    asset = own(4_800_000, bought_on=date(2025, 6, 1), as_of=date(2026, 1, 31), reason="Saldo awal tahun")
    assert (asset.journal.book_on, asset.accumulated_before) == (date(2026, 1, 31), 600_000)
    depreciate_due(day(3, 11))

    assert list(Depreciation.objects.order_by("ym").values_list("ym", "caught_up")) == [
        (202601, True),
        (202602, True),
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"bought_on": date(2026, 3, 11)}, "bought_on"),
        ({"residual": 4_800_000}, "residual"),
        ({"accumulated": 4_800_001}, "accumulated"),
        ({"life_years": 1}, "life_years"),
        ({"asset_class": "land", "accumulated": 5}, "accumulated"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(own, wrong, field):
    with pytest.raises(Refused) as no:
        own(**wrong)
    assert (no.value.field, Asset.objects.count(), Journal.objects.count()) == (field, 0, 0)


@pytest.mark.req("KOS-17")
def test_only_the_owner_writes_down_what_was_owned_before(own, sari, house, at):
    Role.objects.filter(name="owner").update(until=at)
    with pytest.raises(Refused, match="dicatat oleh pemilik"):
        own()
    assert Asset.objects.count() == 0


def test_the_owner_takes_a_wrong_entry_back(own, take, net, hadi, sari):
    asset = own(4_800_000, bought_on=date(2023, 2, 10))
    depreciate_due(day(4, 30))
    with pytest.raises(Refused):
        take(asset, "strike", by=sari, at=day(5, 2), note="Salah")

    take(asset, "strike", by=hadi, at=day(5, 2), note="Tercatat dua kali")

    assert [net(one) for one in ("15101", "15901", "62101", chart.OPENING_EQUITY)] == [0] * 4
    assert list(verify()) == []


def test_what_was_bought_is_not_struck_but_its_expense_taken_back(buy, take, hadi):
    buy()
    with pytest.raises(Refused, match="Batalkan pengeluarannya"):
        take(Asset.objects.get(), "strike", by=hadi, note="Salah")
