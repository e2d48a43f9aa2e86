"""The deposit pays a bill before the end with the owner's consent alone, and is asked for again (rules/boarding 9)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tatausaha.business.boarding.models import DepositUse, RoomPrice
from tatausaha.business.boarding.procedure.deposit_use import granting
from tatausaha.business.boarding.procedure.deposits import asking
from tatausaha.business.boarding.services import bills
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments.models import Refund
from tatausaha.core.procedures import services
from tatausaha.core.procedures.spec import Act

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-12")]

WHY = "Gaji terlambat, minta keringanan"


@pytest.fixture
def stay(booked, desk):
    """The second bill, Rp1.075.000, is due today; the deposit is Rp500.000."""
    stay = desk.move_in(booked)
    bills.issue_due_bills(at=desk.wait(days=24).at)
    desk.wait(days=6)
    return stay


@pytest.fixture
def bill(stay):
    return billing.invoices_of(stay).get(billing.OPEN)


@pytest.fixture
def request_(stay, bill, desk):
    desk.step(stay, "ask_deposit", bill=bill.number, note=WHY)
    return DepositUse.objects.get()


def names(case, person, at):
    return {option.step.name: option.refusal for option in services.options(case, by=person, at=at)}


def test_nothing_is_taken_before_the_owner_agrees(hadi, request_, stay, bill, desk):
    assert (request_.status, request_.asked, request_.used, request_.reason) == ("asked", 500_000, 0, WHY)
    assert billing.held(stay, "deposit") == 500_000
    told = Notice.objects.get(person=hadi, title="Deposit diminta dipakai")
    assert "Rp500.000 dari deposit Rini" in told.text
    assert WHY in told.text
    with pytest.raises(Refused, match="dilakukan oleh Pemilik"):
        desk.step(request_, "grant")
    bill.refresh_from_db()
    assert bill.remaining == 1_075_000


def test_the_owner_agrees_and_the_next_bill_asks_the_tenant_for_it_again(
    request_, stay, bill, desk, hadi, rini, unit
):
    assert [line.amount for line in granting(request_, hadi, desk.at).sums] == [500_000, -500_000, 0]
    owed = desk.balance(chart.RECEIVABLES, unit)

    desk.step(request_, "grant", by=hadi)

    bill.refresh_from_db()
    request_.refresh_from_db()
    stay.refresh_from_db()
    assert (bill.remaining, request_.used, stay.deposit_due) == (575_000, 500_000, 500_000)
    assert desk.balance(chart.DEPOSITS, unit) == 0
    assert (
        desk.balance(chart.RECEIVABLES, unit) == owed + 575_000
    )  # the bill was booked: Rp1.075.000 less Rp500.000
    assert [entry.move for entry in billing.movements(stay, "deposit")][-1] == "deducted"
    assert "tinggal Rp0" in Notice.objects.get(person=rini, title="Deposit dipakai untuk tagihan").text
    bills.issue_due_bills(at=desk.wait(days=23).at)
    again = billing.invoices_of(stay).get(purpose="rent", period_start=stay.anchor_on + timedelta(days=60))
    assert [line.amount for line in billing.lines_of(again) if line.kind == "deposit"] == [500_000]
    desk.cash(stay)
    assert billing.held(stay, "deposit") == 500_000
    assert verify() == []


def test_the_deposit_pays_no_more_than_the_bill_wants(stay, bill, desk, hadi):
    desk.cash(stay, 1_000_000)
    said = asking(stay, Act("ask_deposit", desk.manager, desk.at, {"bill": bill.number}))
    assert [line.amount for line in said.sums] == [75_000]
    desk.step(stay, "ask_deposit", bill=bill.number, note=WHY)

    desk.step(DepositUse.objects.get(), "grant", by=hadi)

    assert billing.held(stay, "deposit") == 425_000
    assert billing.outstanding(stay) == 0


def test_a_second_request_waits_for_the_first_and_another_may_follow_a_refusal(
    request_, stay, bill, desk, hadi, sari
):
    with pytest.raises(Refused, match="Masih ada permintaan pemakaian deposit"):
        desk.step(stay, "ask_deposit", bill=bill.number, note=WHY)
    with pytest.raises(
        Refused, match="Masih ada permintaan pemakaian deposit"
    ):  # before any figures are shown
        asking(stay, Act("ask_deposit", sari, desk.at, {"bill": bill.number, "note": WHY}))

    desk.step(request_, "refuse", by=hadi, note="Belum perlu")

    assert billing.held(stay, "deposit") == 500_000
    assert Notice.objects.filter(person=sari, title="Deposit tidak boleh dipakai").exists()
    desk.step(stay, "ask_deposit", bill=bill.number, note=WHY)
    assert DepositUse.objects.filter(status="asked").count() == 1


def test_a_request_that_nobody_decides_lapses(request_, desk):
    services.sweep(at=desk.at + timedelta(days=7, minutes=1))
    request_.refresh_from_db()
    assert (request_.status, request_.used) == ("lapsed", 0)


def test_a_bill_that_was_paid_meanwhile_takes_nothing(request_, stay, desk, hadi):
    desk.cash(stay)
    with pytest.raises(Refused, match="sudah lunas atau belum jatuh tempo"):
        desk.step(request_, "grant", by=hadi)
    assert billing.held(stay, "deposit") == 500_000


def test_only_the_oldest_bill_that_is_due_may_be_paid_so(stay, desk, rini):
    bills.issue_due_bills(at=desk.wait(days=23).at)
    _older, newer = billing.invoices_of(stay).filter(billing.OPEN)
    with pytest.raises(Refused, match="belum jatuh tempo"):
        desk.step(stay, "ask_deposit", bill=newer.number, note=WHY)
    desk.wait(days=7)
    with pytest.raises(Refused, match="lebih lama"):
        desk.step(stay, "ask_deposit", bill=newer.number, note=WHY)
    with pytest.raises(Refused, match="dilakukan oleh Pengelola"):
        desk.step(stay, "ask_deposit", by=rini, bill=newer.number, note=WHY)


def test_whoever_is_leaving_has_the_deposit_reckoned_up_at_the_end(request_, stay, desk, hadi, rini, sari):
    desk.step(stay, "give_notice", by=rini, leave_on=desk.at.date() + timedelta(days=30))

    with pytest.raises(Refused, match="dihitung saat pergi"):
        desk.step(request_, "grant", by=hadi)
    stay.refresh_from_db()
    assert "ask_deposit" not in names(stay, sari, desk.at)


def test_nothing_is_offered_while_nothing_is_due(booked, desk, sari):
    stay = desk.move_in(booked)
    assert "ask_deposit" not in names(stay, sari, desk.at)


def test_who_leaves_before_topping_up_is_not_asked_for_it_and_gets_what_is_left(request_, stay, desk, hadi):
    desk.step(request_, "grant", by=hadi)
    desk.cash(stay)
    stay.refresh_from_db()
    desk.step(stay, "move_out", on=desk.wait(days=20).at.date())
    stay.refresh_from_db()
    assert stay.deposit_due == 0
    desk.step(stay, "settle")
    assert not Refund.objects.exists()
    assert verify() == []


@pytest.mark.req("KOS-09")
def test_a_move_to_another_room_does_not_ask_twice_for_what_is_missing(request_, stay, desk, hadi, rooms):
    desk.step(request_, "grant", by=hadi)
    stay.refresh_from_db()
    target = RoomPrice.objects.get(room_type=rooms[1].room_type).amount // 2

    desk.step(stay, "move_room", room=rooms[1], on=desk.at.date())

    stay.refresh_from_db()
    assert (stay.deposit_due, target) == (500_000, 500_000)


@pytest.mark.req("SYS-10")
def test_what_was_asked_is_not_changed_afterwards_and_nothing_is_used_without_consent(request_):
    for change in ("asked = 1", "reason = 'x'", "used = 500000"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE boarding_deposituse SET {change}")


def test_the_manager_asks_and_the_owner_decides_on_the_page(stay, bill, desk, sari, hadi, rini, clock_at):
    clock_at(desk.at)
    manager, owner, tenant = Client(), Client(), Client()
    for client, person in ((manager, sari), (owner, hadi), (tenant, rini)):
        client.force_login(person.login)
    address = f"/kasus/{stay.number}/langkah/ask_deposit/"
    assert manager.post(address, {"bill": bill.number, "note": ""}).status_code == 422
    assert "Diminta dari deposit" in manager.post(address, {"bill": bill.number, "note": WHY}).text
    desk.step(stay, "ask_deposit", bill=bill.number, note=WHY)
    request = DepositUse.objects.get()

    page = owner.get(f"/kasus/{request.number}/").text
    assert WHY in page
    assert "Setujui deposit dipakai" in page
    assert "Deposit yang tersisa" in owner.get(f"/kasus/{request.number}/langkah/grant/").text
    assert "Setujui deposit dipakai" in owner.get("/hari-ini/").text
    assert tenant.get(f"/kasus/{request.number}/").status_code == 404
