"""Rent for several periods ahead: today's price, an advance until each due day, given back if unstarted (rules 7)."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding.models import RoomPrice, ServicePrice, Stay
from tatausaha.business.boarding.procedure.prepaying import reckoning
from tatausaha.business.boarding.services import bills, prepaying
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as billed
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.asking import AskFirst
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.procedures import services
from tatausaha.core.procedures.models import SopRevision
from tatausaha.core.procedures.spec import Act

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-08", "KOS-10")]


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


@pytest.fixture
def bank(stay):
    return BankAccount.objects.create(unit=stay.unit, bank="BCA", number="123", holder="CV Melati")


def day(stay, n):
    return stay.anchor_on + timedelta(days=n)


def rents(stay):
    rows = billing.invoices_of(stay).filter(purpose="rent").order_by("period_start")
    return [
        ((bill.period_start - stay.anchor_on).days, bill.total) for bill in rows if bill.total > bill.credited
    ]


def night(desk):
    done = prepaying.look_after_all(at=desk.at)
    bills.issue_due_bills(at=desk.at)
    billed.recognise_due(desk.at)
    return done


def names(case, person, at):
    return {option.step.name: option.refusal for option in services.options(case, by=person, at=at)}


def advances(desk, stay):
    return -desk.balance(chart.CUSTOMER_ADVANCES, stay.unit)


def test_three_periods_are_billed_now_and_earned_one_by_one_on_their_due_days(stay, desk, rini):
    said = reckoning(stay, Act("prepay", rini, desk.at, {"periods": 3}))
    desk.step(stay, "prepay", by=rini, periods=3)
    assert rents(stay) == [(0, 1_075_000), (30, 1_075_000), (60, 1_075_000), (90, 1_075_000)]
    assert [line.amount for line in said.sums] == [1_075_000] * 3 + [3_225_000]
    assert "seluruhnya Rp3.225.000" in Notice.objects.get(person=rini, title="Tagihan di muka").text
    earned = desk.balance(41101, stay.unit)

    desk.cash(stay)

    assert advances(desk, stay) == 3_225_000
    assert desk.balance(41101, stay.unit) == earned
    for n, left in ((29, 3_225_000), (1, 2_150_000), (30, 1_075_000), (30, 0)):
        night(desk.wait(days=n))
        assert advances(desk, stay) == left
    assert desk.balance(41101, stay.unit) == earned - 3_000_000
    assert rents(stay)[4:] == []
    assert verify() == []


def test_the_nightly_run_goes_on_after_the_last_period_that_is_paid_ahead(stay, desk):
    desk.step(stay, "prepay", periods=2)
    desk.cash(stay)
    stay.refresh_from_db()
    assert (stay.next_period, stay.next_bill_on) == (3, day(stay, 83))
    night(desk.wait(days=82))
    assert [start for start, _total in rents(stay)] == [0, 30, 60]

    night(desk.wait(days=1))

    assert [start for start, _total in rents(stay)] == [0, 30, 60, 90]


@pytest.mark.req("KOS-19")
def test_the_price_is_todays_also_when_a_new_rent_or_service_price_was_announced(
    stay, desk, room_type, laundry, at
):
    RoomPrice.objects.create(room_type=room_type, amount=1_200_000, valid_from=at.date(), published_at=at)
    ServicePrice.objects.create(service=laundry, amount=99_000, valid_from=day(stay, 40), published_at=at)
    desk.step(stay, "announce_rent", rent=1_200_000)

    desk.step(stay, "prepay", periods=3)
    desk.cash(stay)
    desk.wait(days=113)
    night(desk)

    assert rents(stay)[1:] == [(30, 1_075_000), (60, 1_075_000), (90, 1_075_000), (120, 1_299_000)]


def test_bills_ahead_that_nobody_pays_are_taken_back_and_billed_as_always(stay, desk, rini):
    desk.step(stay, "prepay", by=rini, periods=4)
    desk.cash(stay, 1_075_000)
    with pytest.raises(Refused, match="Masih ada tagihan di muka yang belum dibayar"):
        desk.step(stay, "prepay", by=rini, periods=2)
    assert night(desk.wait(days=2)) == 0

    assert night(desk.wait(days=1)) == 3

    stay.refresh_from_db()
    assert [start for start, _total in rents(stay)] == [0, 30]
    assert (stay.next_period, stay.next_bill_on) == (2, day(stay, 53))
    assert "3 tagihan di muka" in Notice.objects.get(person=rini, title="Tagihan di muka ditarik").text
    assert night(desk) == 0
    night(desk.wait(days=50))
    assert [start for start, _total in rents(stay)] == [0, 30, 60]
    assert verify() == []


def test_bills_ahead_stay_while_a_transfer_for_them_is_on_its_way(stay, desk, rini, bank):
    desk.step(stay, "prepay", by=rini, periods=2)
    chosen = list(billing.invoices_of(stay).filter(billing.OPEN))
    desk.wait(days=2)
    payments.open_transfer(payer=rini, invoices=chosen, by=rini, at=desk.at)

    assert prepaying.look_after_all(at=desk.at + timedelta(days=1, minutes=1)) == 0


@pytest.mark.req("KOS-12")
def test_a_notice_gives_periods_that_have_not_begun_back_as_balance(stay, desk, rini, unit):
    desk.step(stay, "prepay", periods=5)
    desk.cash(stay)
    night(desk.wait(days=31))

    desk.step(stay, "give_notice", by=rini, leave_on=day(stay, 60))

    assert billing.balance_of(rini, unit) == 4 * 1_075_000
    assert advances(desk, stay) == 0
    assert [start for start, _total in rents(stay)] == [0, 30]
    assert verify() == []


def test_what_is_used_meanwhile_is_billed_every_thirty_days(stay, desk, house, make_measured):
    iron = make_measured(house, "Setrika", 5_000, "kg")
    desk.step(stay, "prepay", periods=3)
    desk.cash(stay)
    desk.wait(days=10)
    desk.step(stay, "note_use", service=iron, on=desk.at.date(), quantity=2, note="")
    assert night(desk.wait(days=12)) == 0

    assert night(desk.wait(days=1)) == 1

    bill = billing.invoices_of(stay).get(purpose="uses")
    assert (bill.total, bill.due_on, bill.period_start) == (10_000, day(stay, 30), day(stay, 30))
    assert night(desk) == 0
    desk.step(stay, "note_use", service=iron, on=desk.at.date(), quantity=1, note="")
    assert (
        night(desk.wait(days=60)) == 1
    )  # also after a standstill: two rounds, one of them with nothing in it
    stay.refresh_from_db()
    assert stay.next_uses_on is None
    assert [one.total for one in billing.invoices_of(stay).filter(purpose="uses")] == [10_000, 5_000]
    assert verify() == []


def test_what_is_missing_of_the_deposit_stands_on_the_first_bill_ahead(stay, desk):
    Stay.objects.filter(pk=stay.pk).update(deposit_due=150_000)
    stay.refresh_from_db()
    desk.step(stay, "prepay", periods=2)
    assert billing.invoices_of(stay).get(purpose="rent", period_start=day(stay, 30)).total == 1_225_000


def test_how_many_periods_is_the_sops_to_say(stay, desk, rini):
    for wrong in (1, 13):
        with pytest.raises(Refused, match="2 sampai 12 masa sewa"):
            desk.step(stay, "prepay", periods=wrong)
    revision = SopRevision.objects.get(pk=stay.revision_id)
    SopRevision.objects.filter(pk=revision.pk).update(values=revision.values | {"prepay_periods": 0})
    again = Stay.objects.get(pk=stay.pk)
    assert "prepay" not in names(again, rini, desk.at)
    with pytest.raises(Refused, match="tidak bisa membayar di muka"):
        desk.step(again, "prepay", periods=2)


def test_nobody_pays_ahead_beyond_the_day_of_leaving_or_twelve_periods(stay, desk, rini):
    desk.step(stay, "prepay", periods=12)
    desk.cash(stay)
    assert "prepay" not in names(Stay.objects.get(pk=stay.pk), rini, desk.at)
    night(desk.wait(days=60))
    stay.refresh_from_db()
    assert prepaying.offered_periods(stay, at=desk.at) == [13, 14]
    stay.leave_on = day(stay, 13 * 30 + 40)
    assert prepaying.offered_periods(stay, at=desk.at) == []


def test_who_moves_to_another_room_has_what_was_paid_ahead_as_balance(stay, desk, rini, unit, rooms):
    desk.step(stay, "prepay", periods=2)
    desk.cash(stay)
    desk.wait(days=5)

    desk.step(stay, "move_room", room=rooms[1], on=desk.at.date())

    assert billing.balance_of(rini, unit) == 2_150_000
    night(desk.wait(minutes=10))
    stay.refresh_from_db()
    assert (stay.next_period, stay.next_uses_on) == (1, None)
    assert verify() == []


def test_more_than_a_period_too_much_is_asked_about_first(stay, desk, rini):
    bills.issue_due_bills(at=desk.wait(days=24).at)
    (bill,) = billing.invoices_of(stay).filter(billing.OPEN)
    kept = {"unit": stay.unit, "payer": rini, "invoices": [bill], "by": desk.manager, "at": desk.at}
    with pytest.raises(AskFirst, match="lebih dari yang ditagih"):
        payments.receive_cash(amount=2_150_001, **kept)
    payments.receive_cash(amount=2_150_000, **kept)  # a period too much, and not more
    assert billing.balance_of(rini, stay.unit) == 1_075_000


def test_the_tenant_sees_what_it_costs_then_pays_all_at_once(
    stay, desk, rini, bank, clock_at, django_assert_max_num_queries
):
    clock_at(desk.at)
    client = Client()
    client.force_login(rini.login)
    address = f"/kasus/{stay.number}/langkah/prepay/"
    page = client.get(address).text
    assert "3 masa sewa: Rp3.225.000, sampai" in page
    assert "Rp3.225.000" in page
    assert client.post(address, {"periods": "40"}).status_code == 422
    shown = client.post(address, {"periods": "3"})
    assert "Dibayar sekarang" in shown.text
    assert rents(stay) == [(0, 1_075_000)]

    desk.step(stay, "prepay", by=rini, periods=3)

    with django_assert_max_num_queries(40):
        page = client.get(f"/kasus/{stay.number}/").text
    assert "Bayar 3 tagihan sekaligus, Rp3.225.000" in page
    link = page.split('href="/bayar/?')[1].split('"')[0].replace("&amp;", "&")
    assert "Rp3.225.000" in client.get(f"/bayar/?{link}").text
