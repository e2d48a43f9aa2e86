"""The case pages of bookings and stays: what they say, and what they ask of the database."""

import pytest
from django.test import Client

from tatausaha.business.boarding.models import ServiceUse
from tatausaha.business.boarding.services.bills import issue_due_bills
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.kernel.words import short_date
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import BankAccount, Refund
from tatausaha.core.procedures import conversation
from tests.business.boarding.desk import PAPER


@pytest.fixture
def full_stay(booked, desk, sari, make_measured):
    """Rini's stay with everything that its page can show: paper, late bills, something used, talk."""
    stay = desk.move_in(booked)
    ironing = make_measured(stay.room.house, "Setrika", 5_000, "kg")
    desk.wait(days=70)
    issue_due_bills(at=desk.at)
    stay.refresh_from_db()
    ServiceUse.objects.create(
        stay=stay, service=ironing, used_on=desk.at.date(), quantity=3, price=5_000, amount=15_000,
        noted_by=sari, noted_at=desk.at,
    )  # fmt: skip
    conversation.say(stay, by=sari, text="Tolong dibayar ya.", at=desk.at)
    return stay


@pytest.fixture
def inspected(full_stay, desk, sari):
    """The same, key given back, two things broken."""
    desk.step(full_stay, "move_out", on=desk.at.date())
    desk.damage(full_stay, "Kaca pecah", 150_000)
    full_stay.refresh_from_db()
    return full_stay


@pytest.fixture
def reported(full_stay, desk, rini):
    """The same tenant has sent a proof for the oldest bill."""
    BankAccount.objects.create(unit=full_stay.unit, bank="BCA", number="1234567890", holder="CV Maju Bersama")
    oldest = billing.invoices_of(full_stay).filter(billing.OPEN)[:1]
    transfer = payments.open_transfer(payer=rini, invoices=list(oldest), by=rini, at=desk.at)
    proof = Upload(b"%PDF-1.4 bukti", "application/pdf", "bukti.pdf")
    desk.step(transfer, "submit", by=rini, proof=proof)
    return full_stay


@pytest.mark.req("SYS-03")
@pytest.mark.parametrize("which", ["full_stay", "reported", "inspected", "booked"])
@pytest.mark.parametrize("who", ["sari", "rini", "hadi"])
def test_a_stay_with_everything_asks_at_most_fifteen_queries(
    which, who, request, desk, clock_at, django_assert_max_num_queries
):
    stay, person = request.getfixturevalue(which), request.getfixturevalue(who)
    client = Client()
    client.force_login(person.login)
    clock_at(desk.at)
    client.get(stay.get_absolute_url())  # what the process keeps between requests

    with django_assert_max_num_queries(15):
        assert client.get(stay.get_absolute_url()).status_code == 200


def _seen(person, address):
    client = Client()
    client.force_login(person.login)
    return " ".join(client.get(address).content.decode().split())


def test_a_cancelled_booking_names_no_amounts_to_be_paid(booked, desk, rini, clock_at):
    clock_at(desk.at)
    assert "Saat masuk" in _seen(rini, booked.get_absolute_url())

    desk.step(booked, "cancel", by=rini)

    page = _seen(rini, booked.get_absolute_url())
    assert "Pesanan ini tidak berlaku lagi." in page
    assert "Saat masuk" not in page


def test_a_cancelled_booking_says_what_goes_back_and_leads_its_manager_there(
    booked, desk, rini, sari, clock_at
):
    clock_at(desk.at)
    desk.cash(booked)
    desk.step(booked, "withdraw", cause="broken", note="Kamar bocor")
    refund = Refund.objects.get()

    for person in (rini, sari):
        page = _seen(person, booked.get_absolute_url())
        assert "Dikembalikan kepada calon penghuni" in page
        assert "Rp100.000" in page
        assert (refund.get_absolute_url() in page) == (person == sari)
    assert ">Kembalikan Rp100.000</a>" in page


@pytest.mark.req("KOS-07")
def test_who_is_registered_is_offered_to_correct_it_with_what_was_stated(booked, desk, rini, clock_at):
    clock_at(desk.at)
    desk.cash(booked)
    address = f"{booked.get_absolute_url()}langkah/register/"
    assert "Daftarkan penghuni</" in _seen(rini, booked.get_absolute_url())

    desk.step(booked, "register", **PAPER)

    page = _seen(rini, booked.get_absolute_url()).split('id="langkah"')[1].split("</section>")[0]
    assert "Perbaiki data pendaftaran</" in page
    assert "Daftarkan penghuni</" not in page
    assert f'value="{PAPER["origin"]}"' in _seen(rini, address)


def test_a_phone_in_the_history_is_written_as_people_write_it(booked, desk, sari, clock_at):
    desk.cash(booked)
    desk.step(booked, "register", **PAPER)
    client = Client()
    client.force_login(sari.login)
    clock_at(desk.at)

    page = client.get(booked.get_absolute_url()).content.decode()

    assert "0813-3344-4555" in page
    assert "+6281333444555" not in page


@pytest.mark.req("KOS-07")
@pytest.mark.parametrize("who", ["sari", "rini"])
def test_late_bills_are_called_late_and_are_paid_at_once_or_the_oldest_alone(
    who, full_stay, request, desk, clock_at
):
    client = Client()
    client.force_login(request.getfixturevalue(who).login)
    clock_at(desk.at)

    page = client.get(full_stay.get_absolute_url()).content.decode()

    late = [bill for bill in billing.invoices_of(full_stay) if billing.is_late(bill, at=desk.at)]
    assert len(late) > 1
    assert page.count('<span class="chip late">telat</span>') == len(late)
    waiting = sorted(
        (bill for bill in billing.invoices_of(full_stay) if bill.remaining), key=lambda bill: bill.due_on
    )
    assert f" {len(waiting)} tagihan sekaligus, Rp" in page
    assert [f", jatuh tempo {short_date(bill.due_on)}</a>" in page for bill in waiting[:2]] == [True, False]


def test_a_stay_shows_the_likely_steps_and_folds_the_others_away_by_topic(booked, desk, sari, clock_at):
    stay = desk.move_in(booked)
    clock_at(desk.at)

    steps = _seen(sari, f"/kasus/{stay.number}/").split('class="next"')[1].split("</section>")[0]

    shown, _fold, folded = steps.partition('<details class="folded">')
    assert ">Beri tahu akan pergi<" in shown
    assert ">Terima kunci kembali<" in shown
    assert ">Pindah kamar<" not in shown
    assert "<summary>Langkah lain</summary>" in folded
    assert folded.index(">Kamar</h3>") < folded.index(">Pindah kamar<")
    assert folded.index(">Sewa dan deposit</h3>") < folded.index(">Bayar sewa di muka<")


def test_a_tenant_sees_the_few_steps_at_once_and_is_not_awaited_for_what_is_agreed(
    booked, desk, rini, clock_at
):
    stay = desk.move_in(booked)
    clock_at(desk.at)

    text = _seen(rini, f"/kasus/{stay.number}/")

    assert ">Bayar sewa di muka<" in text
    assert '<details class="folded">' not in text
    assert "Setujui lembar kondisi" not in text.split("Riwayat")[0]
    assert "Tidak ada yang menunggu" in text
