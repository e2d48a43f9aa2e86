"""What the tenant is told about money before pressing a button is what happens (rules/boarding 5 and 9)."""

import pytest
from django.test import Client

from tatausaha.business.boarding.procedure import previews
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.ledger import chart
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import BankAccount, Refund
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-04")]


def told(preview) -> tuple[int, int, int]:
    """What is said to be kept, to become saldo, and to go back."""
    sums = {str(line.label).split(" Rini")[0]: line.amount for line in preview.sums}
    return (
        -sums.get("Uang muka hangus", 0), sums.get("Menjadi saldo", 0), sums.get("Dikembalikan kepada", 0),
    )  # fmt: skip


def done(unit, desk, rini) -> tuple[int, int, int]:
    """What was kept, what became saldo, what goes back."""
    back = sum(Refund.objects.values_list("amount", flat=True))
    return -desk.balance(chart.CANCELLATION_INCOME, unit), billing.balance_of(rini, unit), back


@pytest.mark.parametrize(
    ("payments_made", "expected"),
    [
        ((), (0, 0, 0)),
        ((60_000,), (0, 0, 60_000)),
        ((400,), (0, 400, 0)),
        ((100_000,), (100_000, 0, 0)),
        ((100_000, 934), (100_000, 934, 0)),
        ((100_000, 1_475_000), (100_000, 0, 1_475_000)),
    ],
    ids=["nothing", "a part", "a trifle", "the down payment", "a unique code beyond it", "also the rest"],
)
def test_a_prospect_who_cancels_loses_and_gets_back_what_was_said(
    booked, desk, rini, unit, payments_made, expected
):
    for amount in payments_made:
        desk.cash(booked, amount)

    said = told(previews.cancelling(booked, rini, desk.at))
    desk.step(booked, "cancel", by=rini)

    assert said == done(unit, desk, rini) == expected


def test_the_first_rent_in_full_loses_ten_percent_as_was_said(sops, rooms, rini, desk, unit, at):
    booking = book(room=rooms[1], prospect=rini, services=[], move_in_on=at.date(), occupant="wanita", plan="full",
                   by=rini, at=at)  # fmt: skip
    desk.cash(booking)

    said = told(previews.cancelling(booking, rini, desk.at))
    desk.step(booking, "cancel", by=rini)

    assert said == done(unit, desk, rini) == (100_000, 0, 900_000)


def test_a_house_that_breaks_its_word_gives_everything_back_as_was_said(booked, desk, rini, unit):
    desk.cash(booked)

    said = told(previews.withdrawing(booked, desk.manager, desk.at))
    desk.step(booked, "withdraw", cause="broken", note="Kamar bocor")

    assert said == done(unit, desk, rini) == (0, 0, 100_000)


def test_money_that_is_still_being_checked_is_named_and_not_called_lost(booked, desk, rini):
    BankAccount.objects.create(bank="BCA", number="0123456789", holder="CV Maju Bersama")
    bill = billing.invoices_of(booked).get()
    transfer = payments.open_transfer(payer=rini, invoices=[bill], by=rini, at=desk.at)
    step = procedure_of(transfer).step("submit")
    perform(transfer, step, by=rini, at=desk.at, data={"sender": "BCA 1 a.n. Rini"})
    booked.refresh_from_db()

    preview = previews.cancelling(booked, rini, desk.at)

    assert booked.status == "verifying"
    assert len(preview.sentences) == 1
    assert "masih diperiksa" in preview.sentences[0]
    assert "Belum ada uang" not in preview.sentences[0]


@pytest.mark.req("KOS-12")
def test_before_giving_notice_the_tenant_reads_what_is_held_and_until_when_rent_is_billed(
    booked, desk, rini, clock_at
):
    stay = desk.move_in(booked)
    clock_at(desk.at)
    client = Client()
    client.force_login(rini.login)

    page = client.get(f"/kasus/{stay.number}/langkah/give_notice/").text

    assert "Rp500.000" in page
    assert "Sewa sudah ditagih sampai Rabu, 8 April 2026." in page


@pytest.mark.req("KOS-03")
def test_the_page_says_what_the_clock_does_once_the_time_is_over(booked, desk, rini, clock_at):
    clock_at(desk.at)
    client = Client()
    client.force_login(rini.login)

    assert "Sesudah itu: Kedaluwarsa." in client.get(booked.get_absolute_url()).text


@pytest.mark.req("KOS-12")
def test_the_tenant_sees_how_the_money_that_goes_back_came_about_and_until_when(booked, desk, rini, clock_at):
    stay = desk.move_in(booked)
    desk.wait(days=29).step(stay, "move_out", on=desk.at.date())
    desk.damage(stay, "Pintu lemari", 200_000, "Patah")
    desk.step(stay, "settle")
    clock_at(desk.at)
    client = Client()
    client.force_login(rini.login)

    page = " ".join(client.get(stay.get_absolute_url()).content.decode().split())

    assert "Deposit yang dibayar saat masuk</dt><dd>Rp500.000" in page
    assert "<dd>-Rp200.000</dd>" in page
    assert "Rp300.000" in page
    assert "harus dikembalikan, paling lambat" in page
    assert "Tagihan lain dan saldo" not in page
