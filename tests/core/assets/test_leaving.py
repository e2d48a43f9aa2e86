"""How assets leave, come back, move, and get another life; by whom, and in which months."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tatausaha.core.assets import accounts, queries
from tatausaha.core.assets.models import Asset, AssetMove, Depreciation, Exit
from tatausaha.core.assets.procedure.asset import ASSET
from tatausaha.core.assets.services import depreciate_due
from tatausaha.core.assets.verification import verify
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.people.models import Role
from tatausaha.core.procedures import checks
from tatausaha.core.procedures import queries as cases
from tatausaha.core.procedures.services import options
from tests.core.assets.conftest import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house"), pytest.mark.req("KOS-14")]


@pytest.fixture
def bed(buy):
    """A bed of Rp480.000, bought in March: 10.000 a month from April on."""
    buy(480_000)
    return Asset.objects.get()


def test_the_table_has_no_problems():
    assert checks.problems(ASSET) == []


# Leaving


@pytest.mark.req("KOS-14")
def test_sold_it_posts_what_is_due_up_to_the_month_before_and_the_result(bed, take, net, sari):
    """Sold on 15 July for 470.000: April to June is 30.000, book value 450.000, gain 20.000."""
    sold = take(
        bed, "dispose", by=sari, at=day(7, 15), kind="sold", proceeds=470_000, into="transfer", note="Diganti"
    )

    assert sold.status == "disposed"
    left = Exit.objects.get()
    assert (left.accumulated, left.result, left.journal.kind) == (30_000, 20_000, "asset_disposal")
    assert [net(one) for one in ("15101", "15901", "62101", accounts.GAIN)] == [0, 0, 30_000, -20_000]
    assert net(chart.BANK) == -480_000 + 470_000
    assert list(verify()) == []


@pytest.mark.parametrize("kind", ["lost", "scrapped"])
@pytest.mark.req("KOS-14")
def test_lost_or_scrapped_the_book_value_is_the_loss(bed, take, net, sari, kind):
    take(bed, "dispose", by=sari, at=day(6, 2), kind=kind, note="Rusak kena banjir")

    assert (net(accounts.LOSS), net("62101"), Exit.objects.get().result) == (460_000, 20_000, -460_000)


def test_a_transfer_of_a_sale_needs_a_bank_account_of_the_unit(bed, take, sari):
    BankAccount.objects.update(closed_on=date(2026, 3, 11))

    with pytest.raises(Refused, match="Rekening bank unit ini belum dicatat") as no:
        take(
            bed,
            "dispose",
            by=sari,
            at=day(4, 2),
            kind="sold",
            proceeds=5_000,
            into="transfer",
            note="Diganti",
        )
    assert (no.value.field, Exit.objects.count()) == ("into", 0)


def test_cash_of_a_sale_is_in_the_hands_of_whoever_sold(bed, take, sari, house):
    take(bed, "dispose", by=sari, at=day(4, 2), kind="sold", proceeds=480_000, into="cash", note="Diganti")

    drawer = Exit.objects.get().journal.entries.get(account=int(chart.CASH_DRAWER))
    assert (drawer.party, drawer.amount) == (sari, 480_000)
    assert (
        not Exit.objects.get()
        .journal.entries.filter(account__in=[int(accounts.GAIN), int(accounts.LOSS)])
        .exists()
    )


def test_what_its_own_month_had_been_booked_is_given_back(bed, take, net, sari):
    depreciate_due(day(4, 28))

    take(bed, "dispose", by=sari, at=day(4, 30), kind="scrapped", note="Patah")

    assert (net("62101"), net(accounts.LOSS), net("15901")) == (0, 480_000, 0)
    assert Exit.objects.get().returned == 10_000


@pytest.mark.req("KOS-14")
def test_gone_it_is_never_depreciated_again(bed, take, net, sari):
    take(bed, "dispose", by=sari, at=day(7, 15), kind="lost", note="Hilang")
    for month in (7, 8, 9):
        depreciate_due(day(month, 30))

    assert (net("62101"), Depreciation.objects.count()) == (30_000, 3)
    with pytest.raises(Refused):
        take(bed, "dispose", by=sari, at=day(9, 30), kind="lost", note="Hilang lagi")
    assert Exit.objects.count() == 1


def test_fully_written_off_and_scrapped_it_is_no_loss(own, take, net, hadi):
    old = own(1_000_000, bought_on=date(2018, 5, 5))

    take(old, "dispose", by=hadi, at=day(3, 12), kind="scrapped", note="Lapuk")

    assert [net(one) for one in ("15101", "15901", "62101", accounts.LOSS)] == [0] * 4


@pytest.mark.req("KOS-17")
def test_a_disposal_of_last_month_is_booked_in_the_running_one_by_the_manager(bed, take, sari, net):
    take(bed, "dispose", by=sari, at=day(6, 3), kind="lost", left_on=date(2026, 5, 20), note="Baru ketahuan")

    journal = Exit.objects.get().journal
    assert (journal.event_on, journal.book_on, journal.tag) == (
        date(2026, 5, 20),
        date(2026, 6, 3),
        "lintas bulan",
    )
    assert net("62101") == 10_000


@pytest.mark.req("KOS-17")
def test_long_ago_only_the_owner_may_say_and_nobody_the_future(bed, take, sari, hadi):
    wrong = {"kind": "lost", "note": "Baru ketahuan"}
    with pytest.raises(Refused, match="hanya dapat dicatat pemilik"):
        take(bed, "dispose", by=sari, at=day(6, 30), left_on=date(2026, 4, 10), **wrong)
    with pytest.raises(Refused, match="belum tiba"):
        take(bed, "dispose", by=hadi, at=day(6, 30), left_on=date(2026, 7, 1), **wrong)
    with pytest.raises(Refused, match="baru dibeli"):
        take(bed, "dispose", by=hadi, at=day(6, 30), left_on=date(2026, 3, 9), **wrong)
    assert (Exit.objects.count(), Journal.objects.filter(kind="depreciation").count()) == (0, 0)

    take(bed, "dispose", by=hadi, at=day(6, 30), left_on=date(2026, 4, 10), **wrong)


@pytest.mark.req("KOS-14")
def test_above_the_limit_only_the_owner_lets_it_go(own, take, sari, hadi):
    asset = own(4_800_000)
    for on in (None, date(2026, 3, 9)):
        with pytest.raises(Refused, match=r"Di atas Rp500\.000 sebulan hanya pemilik"):
            take(asset, "dispose", by=sari, kind="lost", left_on=on, note="Hilang")

    assert take(asset, "dispose", by=hadi, kind="lost", note="Hilang").status == "disposed"


@pytest.mark.req("KOS-14")
def test_many_small_ones_in_a_month_are_not_more_than_one_large_one(own, take, sari, hadi):
    """Three of Rp200.000 each: two are within the limit of a month, the third is the owner's, or next month's."""
    wrong = {"kind": "lost", "note": "Hilang"}
    first, second, third = (
        own(200_000, bought_on=date(2026, 3, 1), name=f"Kipas {turn}") for turn in (1, 2, 3)
    )
    for asset in (first, second):
        take(asset, "dispose", by=sari, at=day(3, 20), **wrong)

    with pytest.raises(Refused, match=r"sudah melepas Rp400\.000\. Di atas Rp500\.000 sebulan"):
        take(third, "dispose", by=sari, at=day(3, 31), **wrong)
    take(Asset.objects.get(pk=first.pk), "restore", by=hadi, at=day(3, 31), note="Ketemu")
    take(third, "dispose", by=sari, at=day(3, 31), **wrong)

    assert (
        take(Asset.objects.get(pk=first.pk), "dispose", by=sari, at=day(4, 1), **wrong).status == "disposed"
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "sold", "into": "transfer"}, "proceeds"),
        ({"kind": "sold", "proceeds": 100_000}, "into"),
        ({"kind": "lost", "proceeds": 100_000, "into": "transfer"}, "proceeds"),
    ],
)
def test_money_comes_with_a_sale_and_only_with_a_sale(bed, take, sari, said, field):
    with pytest.raises(Refused) as no:
        take(bed, "dispose", by=sari, note="Alasan", **said)
    assert (no.value.field, Exit.objects.count()) == (field, 0)


def test_the_owner_takes_a_disposal_back_and_the_months_between_are_caught_up(
    bed, take, net, sari, hadi, house
):
    gone = take(bed, "dispose", by=sari, at=day(5, 10), kind="lost", note="Hilang")
    with pytest.raises(Refused):
        take(gone, "restore", by=sari, at=day(7, 3), note="Ketemu")

    back = take(gone, "restore", by=hadi, at=day(7, 3), note="Ketemu di gudang")
    depreciate_due(day(7, 4))

    assert back.status == "in_use"
    assert (net("15101"), net("15901"), net(accounts.LOSS)) == (480_000, -30_000, 0)
    assert [
        len(queries.on_day([house], on)) for on in (date(2026, 5, 9), date(2026, 6, 1), date(2026, 7, 3))
    ] == [1, 0, 1]
    take(back, "dispose", by=sari, at=day(8, 1), kind="lost", note="Hilang lagi")
    assert (Exit.objects.count(), list(verify())) == (2, [])


# Where it stands


@pytest.mark.req("KOS-13")
def test_bought_it_waits_for_its_place_and_every_move_stays_readable(bed, take, rooms, sari, house):
    assert [(item.number, item.step.name) for item in cases.worklist(sari)] == [(bed.number, "place")]

    placed = take(bed, "place", by=sari, place=rooms["Kamar 101"], location="", custodian=sari)
    moved = take(
        placed,
        "move",
        by=sari,
        place=rooms["Kamar 102"],
        location="dekat jendela",
        custodian=None,
        note="Tukar",
    )

    assert (moved.status, queries.place_names([moved])[moved.pk]) == ("in_use", "Kamar 102, dekat jendela")
    assert [one.place_name for one in queries.moves_of(bed)] == ["Kamar 102", "Kamar 101"]
    assert [one.pk for one in queries.standing_in("test-room", 2)] == [bed.pk]
    assert list(queries.standing_in("test-room", 1)) == []
    assert cases.worklist(sari) == []


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"place": "", "location": " "}, "Pilih tempatnya"),
        ({"place": "test-room:99"}, "tidak ada di unit ini"),
        ({"place": "test-room:1", "custodian": "budi"}, "tidak bekerja"),
    ],
)
def test_a_place_must_be_there_and_a_custodian_must_work_there(bed, take, rooms, sari, budi, said, match):
    given = {**said, "custodian": budi if said.get("custodian") else None}
    with pytest.raises(Refused, match=match):
        take(bed, "place", by=sari, **given)
    assert AssetMove.objects.count() == 0


def test_moving_to_where_it_stands_is_refused(bed, take, rooms, sari):
    placed = take(bed, "place", by=sari, place=rooms["Kamar 101"])
    with pytest.raises(Refused, match="sudah tercatat di sana"):
        take(placed, "move", by=sari, place=rooms["Kamar 101"])


# Another life


@pytest.mark.req("KOS-17")
def test_a_new_life_changes_no_month_that_is_booked(bed, take, net, sari, hadi):
    """After three months (30.000) the life becomes 5 years: 450.000 over the 57 months that are left."""
    depreciate_due(day(6, 30))
    before = list(Journal.objects.values_list("pk", "total"))
    with pytest.raises(Refused):
        take(bed, "reestimate", by=sari, at=day(7, 2), life_years=5, note="Awet")

    changed = take(bed, "reestimate", by=hadi, at=day(7, 2), life_years=5, residual=None, note="Awet")

    assert list(Journal.objects.values_list("pk", "total")) == before
    assert (changed.plan.base, changed.plan_months, changed.plan.first) == (450_000, 57, 202607)
    depreciate_due(day(3, 31, year=2031))
    assert (net("15901"), changed.plan.last) == (-480_000, 203103)


def test_months_that_were_missed_are_caught_up_by_the_old_life_first(bed, take, net, hadi):
    take(bed, "reestimate", by=hadi, at=day(6, 15), life_years=8, note="Awet")

    assert net("62101") == 20_000


@pytest.mark.parametrize(
    ("said", "field"),
    [({"life_years": 1}, "life_years"), ({"life_years": 5, "residual": 480_001}, "residual")],
)
def test_a_life_that_is_over_and_a_residual_above_the_value_are_refused(bed, take, hadi, said, field):
    with pytest.raises(Refused) as no:
        take(bed, "reestimate", by=hadi, at=day(5, 2, year=2027), note="Salah", **said)
    assert (no.value.field, Asset.objects.get().life_months) == (field, 48)
    assert Depreciation.objects.count() == 0


# Who may


@pytest.mark.req("SYS-06")
def test_who_may_do_what_with_an_asset(bed, sari, hadi, budi, rini, at):
    names = {
        person.name: {option.step.name for option in options(bed, by=person, at=at)}
        for person in (sari, hadi, budi, rini)
    }

    assert names["Sari"] == {"place", "describe", "dispose"}
    assert names["Pak Hadi"] == {"place", "describe", "dispose", "reestimate", "strike"}
    assert names["Budi"] == names["Rini"] == set()
    assert cases.case_for(budi, bed.number) is None


def test_the_manager_of_another_unit_does_not_know_it(bed, unit_wita, budi, at):
    Role.objects.create(person=budi, unit=unit_wita, name="manager", since=at - timedelta(days=5))

    assert cases.case_for(budi, bed.number) is None
    assert list(queries.assets_for(budi)) == []


# The database itself


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE assets_asset SET cost = 1",
        "UPDATE assets_asset SET bought_on = '2020-01-01'",
        "UPDATE assets_asset SET accumulated_before = 7",
        "DELETE FROM assets_asset",
        "UPDATE assets_depreciation SET amount = 1",
        "DELETE FROM assets_depreciation",
        "UPDATE assets_assetmove SET location = 'lain'",
        "UPDATE assets_exit SET proceeds = 5",
        "DELETE FROM assets_exit",
    ],
)
@pytest.mark.req("SYS-10")
def test_what_was_written_cannot_be_changed_by_raw_sql(bed, take, sari, change):
    take(bed, "place", by=sari, location="Gudang")
    depreciate_due(day(4, 30))
    take(bed, "dispose", by=sari, at=day(5, 2), kind="lost", note="Hilang")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_an_asset_cannot_leave_twice_in_the_database(bed, take, sari):
    take(bed, "dispose", by=sari, at=day(5, 2), kind="lost", note="Hilang")
    left = Exit.objects.get()
    left.pk = None

    with pytest.raises(DatabaseError), transaction.atomic():
        left.save(force_insert=True)
