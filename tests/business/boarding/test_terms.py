"""Fixed terms, a new rent, arrears, days given back, keys that are due (rules/boarding 8)."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding import chores
from tatausaha.business.boarding.models import RoomPrice, Stay
from tatausaha.business.boarding.procedure import previews_terms
from tatausaha.business.boarding.services import bills
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.verification import verify
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments.models import Refund
from tatausaha.core.procedures import services
from tatausaha.core.procedures.spec import Act
from tests.business.boarding.desk import PAPER

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-08", "KOS-12")]


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


@pytest.fixture
def contract(booked, desk):
    """Agreed for 40 days at the door."""
    desk.cash(booked)
    desk.step(booked, "register", **PAPER)
    desk.cash(booked)
    desk.step(booked, "check_in", on=desk.at.date(), key="101", until=desk.at.date() + timedelta(days=40))
    return Stay.objects.get(booking=booked)


def day(stay, n):
    return stay.anchor_on + timedelta(days=n)


def periods(stay):
    rows = billing.invoices_of(stay).filter(purpose="rent").order_by("period_start")
    return [
        (
            (bill.period_start - stay.anchor_on).days,
            (bill.period_end - stay.anchor_on).days,
            sum(line.amount - line.credited for line in billing.lines_of(bill) if line.kind == "rent"),
        )
        for bill in rows
    ]


def names(case, person, at):
    return {option.step.name: option.refusal for option in services.options(case, by=person, at=at)}


# Fixed terms


def test_a_contract_ends_on_its_day_without_a_notice_and_is_billed_up_to_it(contract, desk):
    assert (contract.status, contract.fixed_term, contract.leave_on) == ("living", True, day(contract, 40))
    assert contract.deadline_at == clock.start_of(day(contract, 41), contract.unit.zone)

    bills.issue_due_bills(at=desk.at + timedelta(days=60))

    assert periods(contract) == [(0, 29, 1_000_000), (30, 39, 334_000)]


def test_an_extension_goes_on_from_the_same_anchor_without_a_gap(contract, desk, rini):
    desk.wait(days=25)
    bills.issue_due_bills(at=desk.at)
    act = Act("extend_term", rini, desk.at, {"leave_on": day(contract, 100)})
    said = previews_terms.extending(contract, act)

    desk.step(contract, "extend_term", by=rini, leave_on=day(contract, 100))
    bills.issue_due_bills(at=desk.at + timedelta(days=80))

    assert periods(contract) == [
        (0, 29, 1_000_000), (30, 39, 334_000), (40, 59, 666_000), (60, 89, 1_000_000), (90, 99, 334_000),
    ]  # fmt: skip
    contract.refresh_from_db()
    assert contract.claim.until_on == contract.leave_on == day(contract, 100)
    assert "60 hari" in str(said.sentences[0])


def test_an_extension_within_the_period_bills_the_days_alone(contract, desk):
    desk.wait(days=25)
    bills.issue_due_bills(at=desk.at)

    desk.step(contract, "extend_term", leave_on=day(contract, 46))

    assert periods(contract) == [(0, 29, 1_000_000), (30, 39, 334_000), (40, 45, 200_000)]


def test_who_booked_the_room_from_the_day_of_leaving_has_it_and_another_is_proposed(
    contract, desk, rooms, budi
):
    desk.wait(days=12)
    book(room=rooms[0], prospect=budi, services=[], move_in_on=contract.leave_on, occupant="pria", plan="full",
         by=budi, at=desk.at)  # fmt: skip

    with pytest.raises(Refused, match=r"sudah dipesan orang lain mulai .* Kamar lain yang kosong: 102, 103"):
        desk.step(contract, "extend_term", leave_on=day(contract, 100))
    with pytest.raises(Refused, match="Kamar lain yang kosong"):
        desk.step(contract, "extend_term", leave_on=None)

    contract.refresh_from_db()
    assert contract.leave_on == day(contract, 40)


def test_only_a_contract_is_extended_and_only_to_a_later_day(contract, desk):
    with pytest.raises(Refused, match="sesudah tanggal yang sekarang"):
        desk.step(contract, "extend_term", leave_on=day(contract, 40))
    desk.step(contract, "extend_term", leave_on=None)
    desk.step(contract, "give_notice", leave_on=day(contract, 30))

    with pytest.raises(Refused, match="tidak berkontrak jangka tertentu"):
        desk.step(contract, "extend_term", leave_on=day(contract, 60))


def test_a_contract_is_lived_in_and_offers_its_extension_before_anything_about_leaving(contract, desk, rini):
    for person in (rini, desk.manager):
        offered = [name for name, refusal in names(contract, person, desk.at).items() if refusal is None]

        assert "stay_on" not in offered
        assert offered.index("extend_term") < offered.index("give_notice")


def test_a_contract_without_an_end_is_billed_on_and_ends_by_notice(contract, desk, rini):
    said = previews_terms.extending(contract, Act("extend_term", rini, desk.at, {"leave_on": None}))
    desk.wait(days=25)
    bills.issue_due_bills(at=desk.at)

    on = desk.step(contract, "extend_term", by=rini, leave_on=None)

    assert (on.status, on.fixed_term, on.leave_on, on.deadline_at) == ("living", False, None, None)
    on.claim.refresh_from_db()
    assert on.claim.until_on is None
    assert periods(on) == [(0, 29, 1_000_000), (30, 39, 334_000), (40, 59, 666_000)]
    assert "sampai memberi tahu" in said.sentences[0]
    assert "extend_term" not in names(on, rini, desk.at)
    assert (
        desk.step(on, "give_notice", by=rini, leave_on=desk.at.date() + timedelta(days=20)).status
        == "noticed"
    )


def test_who_leaves_a_contract_early_says_so_and_may_still_extend_it(contract, desk, rini):
    with pytest.raises(Refused, match="Kontraknya sampai"):
        desk.step(contract, "give_notice", by=rini, leave_on=day(contract, 40))
    early = desk.step(contract, "give_notice", by=rini, leave_on=day(contract, 35))
    assert (early.status, early.leave_on) == ("noticed", day(contract, 35))
    assert "stay_on" not in names(early, rini, desk.at)

    back = desk.step(early, "extend_term", by=rini, leave_on=day(contract, 40))

    assert (back.status, back.fixed_term, back.leave_on) == ("living", True, day(contract, 40))


def test_whom_the_owner_asked_to_leave_extends_nothing(contract, desk, rini, hadi):
    desk.wait(days=38)
    bills.issue_due_bills(at=desk.at)
    desk.wait(days=30)  # the contract is over for weeks
    asked = desk.step(contract, "ask_to_leave", by=hadi, leave_on=desk.at.date(), note="Tidak membayar")

    for person in (rini, desk.manager):
        with pytest.raises(Refused, match="Hanya pemilik yang bisa membatalkannya"):
            desk.step(asked, "extend_term", by=person, leave_on=desk.at.date() + timedelta(days=30))


def test_the_key_of_a_contract_that_is_over_is_asked_for(contract, desk, unit):
    assert chores.tenants_to_see(desk.manager, {unit.pk: unit}, desk.at + timedelta(days=39)) == []

    late = chores.tenants_to_see(desk.manager, {unit.pk: unit}, desk.at + timedelta(days=40))

    assert "Terima kunci kamar 101" in str(late[0].title)


def test_a_day_more_than_three_years_ahead_is_a_slip(contract, booked, desk):
    far = desk.at.date() + timedelta(days=3 * 366 + 1)
    with pytest.raises(Refused, match="Periksa tahunnya") as no:
        desk.step(contract, "extend_term", leave_on=far)
    assert no.value.field == "leave_on"
    with pytest.raises(Refused, match="Periksa tahunnya"):
        previews_terms.extending(contract, Act("extend_term", desk.manager, desk.at, {"leave_on": far}))
    open_ended = desk.step(contract, "extend_term", leave_on=None)
    with pytest.raises(Refused, match="Periksa tahunnya"):
        desk.step(open_ended, "give_notice", leave_on=far)
    assert desk.step(open_ended, "give_notice", leave_on=far - timedelta(days=1)).status == "noticed"


def test_a_contract_of_a_century_is_refused_at_the_door(booked, desk):
    desk.cash(booked)
    desk.step(booked, "register", **PAPER)
    desk.cash(booked)
    with pytest.raises(Refused, match="Periksa tahunnya") as no:
        desk.step(
            booked, "check_in", on=desk.at.date(), key="101", until=desk.at.date() + timedelta(days=36_600)
        )
    assert no.value.field == "until"


# A new rent


@pytest.fixture
def dearer(room_type, at):
    return RoomPrice.objects.create(
        room_type=room_type, amount=1_100_000, valid_from=at.date() + timedelta(days=10), published_at=at
    )


@pytest.mark.req("KOS-19")
@pytest.mark.parametrize(("waited", "first"), [(0, 30), (1, 60), (25, 60)])
def test_a_new_rent_is_announced_thirty_days_ahead_and_holds_from_the_next_whole_period(
    stay, desk, dearer, rini, waited, first
):
    desk.wait(days=waited)
    bills.issue_due_bills(at=desk.at)

    desk.step(stay, "announce_rent", rent=1_100_000)
    bills.issue_due_bills(at=desk.at + timedelta(days=70))

    assert [(start, rent) for start, _end, rent in periods(stay)][:4] == [
        (n, 1_100_000 if n >= first else 1_000_000) for n in (0, 30, 60, 90)
    ][: len(periods(stay))]
    told = Notice.objects.get(person=rini, title="Sewa baru")
    assert "menjadi Rp1.100.000 per 30 hari" in told.text
    assert billing.held(stay, "deposit") == 500_000  # not asked again


@pytest.mark.req("KOS-19")
def test_a_new_rent_is_the_published_one_and_no_other(stay, desk, dearer):
    with pytest.raises(Refused, match=r"harga yang diterbitkan .* Rp1\.100\.000"):
        desk.step(stay, "announce_rent", rent=1_200_000)

    stay.refresh_from_db()
    assert (stay.rent, stay.next_rent) == (1_000_000, None)


# Leaving inside a period


def test_a_whole_bill_that_is_not_paid_yet_becomes_one_for_the_days(stay, desk, rini):
    desk.wait(days=24)
    bills.issue_due_bills(at=desk.at)
    assert periods(stay) == [(0, 29, 1_000_000), (30, 59, 1_000_000)]

    desk.step(stay, "give_notice", by=rini, leave_on=day(stay, 40))

    assert periods(stay) == [(0, 29, 1_000_000), (30, 39, 334_000)]
    assert verify() == []


def test_a_paid_period_is_not_refunded_by_itself_and_the_owner_may_grant_the_days(
    stay, desk, hadi, rini, unit
):
    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())
    assert billing.balance_of(rini, unit) == 0
    said = previews_terms.granting(Stay.objects.get(), hadi, desk.at)
    assert [(str(line.label), line.amount) for line in said.sums] == [("Sewa 10 hari sesudah pergi", 333_333)]

    with pytest.raises(Refused, match="dilakukan oleh Pemilik"):
        desk.step(stay, "grant_rest", note="Sakit")
    desk.step(stay, "grant_rest", by=hadi, note="Sakit")

    assert billing.balance_of(rini, unit) == 333_333
    with pytest.raises(Refused, match="sudah dikembalikan"):
        desk.step(stay, "grant_rest", by=hadi, note="Lagi")
    desk.step(stay, "settle")
    assert Refund.objects.get().amount == 833_333
    assert verify() == []


def test_there_is_nothing_to_grant_where_no_day_is_left(stay, desk, hadi):
    desk.wait(days=30).step(stay, "move_out", on=desk.at.date())

    with pytest.raises(Refused, match="Tidak ada sisa hari"):
        desk.step(stay, "grant_rest", by=hadi, note="Sakit")


def test_seven_days_over_a_million_a_month_are_234_000(stay, desk):
    Stay.objects.filter(pk=stay.pk).update(next_bill_on=None)
    desk.wait(days=37).step(stay, "move_out", on=day(stay, 37))

    assert billing.invoices_of(stay).get(purpose="overstay").total == 234_000  # 233.333,33 up to Rp1.000


# Arrears


@pytest.fixture
def owing(stay, desk):
    """The second bill, due on the 30th day, is not paid."""
    bills.issue_due_bills(at=desk.at + timedelta(days=24))
    desk.at = desk.at + timedelta(days=30)
    return stay


def lines(person, unit, at):
    return [str(one.title) for one in chores.tenants_to_see(person, {unit.pk: unit}, at)]


@pytest.mark.req("KOS-11")
def test_who_has_not_paid_for_fourteen_days_is_flagged_and_for_thirty_the_owner_decides(
    owing, desk, hadi, unit
):
    assert lines(desk.manager, unit, desk.at + timedelta(days=13)) == []
    said = "Rini, kamar 101, menunggak Rp1.075.000"
    assert lines(desk.manager, unit, desk.at + timedelta(days=14)) == [said]
    assert lines(hadi, unit, desk.at + timedelta(days=29)) == [said]
    bills.issue_due_bills(at=desk.at + timedelta(days=30))
    later = desk.at + timedelta(days=30)
    assert lines(hadi, unit, later) == ["Putuskan: Rini, kamar 101, menunggak Rp1.075.000"]
    assert lines(desk.manager, unit, later) == [said]
    assert services.sweep(at=later + timedelta(days=200)) == 0  # never by the clock


def test_only_the_owner_asks_somebody_to_leave_and_only_for_long_arrears(owing, desk, hadi, rini):
    leave = desk.at.date() + timedelta(days=44)
    desk.wait(days=29)
    with pytest.raises(Refused, match="bila tunggakan sudah 30 hari"):
        desk.step(owing, "ask_to_leave", by=hadi, leave_on=leave, note="Tidak membayar")
    desk.wait(days=1)
    with pytest.raises(Refused, match="dilakukan oleh Pemilik"):
        desk.step(owing, "ask_to_leave", leave_on=leave, note="Tidak membayar")
    assert names(owing, hadi, desk.at)["ask_to_leave"] is None

    asked = desk.step(owing, "ask_to_leave", by=hadi, leave_on=leave, note="Tidak membayar")

    assert (asked.status, asked.leave_on) == ("noticed", leave)
    told = Notice.objects.get(person=rini, title="Diminta pergi")
    assert "Tidak membayar" in told.text
    for person in (rini, desk.manager):
        with pytest.raises(Refused, match="Hanya pemilik yang bisa membatalkannya"):
            desk.step(owing, "stay_on", by=person)
    assert desk.step(owing, "stay_on", by=hadi).status == "living"
    desk.step(owing, "give_notice", by=rini, leave_on=leave)
    assert desk.step(owing, "stay_on", by=rini).status == "living"


def test_the_owner_is_not_offered_what_only_arrears_a_contract_or_left_days_call_for(stay, desk, hadi, rini):
    assert "ask_to_leave" not in names(stay, hadi, desk.at)
    stay = desk.step(stay, "give_notice", by=rini, leave_on=day(stay, 30))
    assert "extend_term" not in names(stay, hadi, desk.at)
    assert "stay_on" in names(stay, hadi, desk.at)

    stay = desk.wait(days=30).step(stay, "move_out", on=desk.at.date())

    assert "grant_rest" not in names(stay, hadi, desk.at)


# Keys


def test_on_the_day_of_leaving_hari_ini_asks_for_the_key(stay, desk, rini, unit, clock_at):
    leave = desk.at.date() + timedelta(days=20)
    desk.step(stay, "give_notice", by=rini, leave_on=leave)
    desk.wait(days=19)
    assert chores.tenants_to_see(desk.manager, {unit.pk: unit}, desk.at) == []
    desk.wait(days=1)
    clock_at(desk.at)
    client = Client()
    client.force_login(desk.manager.login)

    page = client.get("/hari-ini/").text
    assert "Terima kunci kamar 101 dari Rini" in page
    assert f"/kasus/{stay.number}/langkah/move_out/" in page
    assert chores.tenants_to_see(rini, {unit.pk: unit}, desk.at) == []
    late = chores.tenants_to_see(desk.manager, {unit.pk: unit}, desk.at + timedelta(days=2))
    assert [str(one.when) for one in late] == ["lewat 2 hari"]
