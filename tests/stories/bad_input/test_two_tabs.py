"""Two tabs, two people, or one who comes back: the first one counts, the second one is told."""

import pytest

from tatausaha.business.boarding.models import Booking, RoomClaim
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.verification import verify
from tatausaha.core.payments.models import Payment, Receipt, Suspense
from tatausaha.core.procedures.models import Passage
from tests.stories.bad_input.conftest import WISH, flat, hidden, photo

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07")]


def opened(browser, address):
    return hidden(flat(browser.get(address)))


@pytest.mark.req("KOS-02")
def test_the_same_room_booked_in_two_tabs_is_held_once(rooms, rini, browse):
    browser, address = browse(rini), "/kos/melati/101/pesan/"
    left, right = opened(browser, address), opened(browser, address)
    assert left["form_key"] != right["form_key"]

    first = browser.post(address, left | WISH)
    second = browser.post(address, right | WISH)

    assert (first.status_code, second.status_code) == (302, 422)
    assert "masih punya satu pesanan yang belum dibayar" in flat(second)
    assert 'value="12/03/2026"' in flat(second)
    assert (Booking.objects.count(), RoomClaim.objects.filter(live=True).count()) == (1, 1)


@pytest.mark.req("KOS-05")
def test_the_same_transfer_announced_in_two_tabs_is_one(bill, rini, browse):
    browser, address = browse(rini), f"/bayar/{bill.number}/"
    left, right = opened(browser, address), opened(browser, address)

    browser.post(address, left)
    browser.post(address, right)

    assert Payment.objects.count() == 1


@pytest.mark.req("KOS-05")
def test_the_same_payment_confirmed_in_two_tabs_is_booked_once(submitted, sari, hadi, browse):
    address = f"/kasus/{submitted.number}/langkah/confirm/"
    tabs = browse(sari), browse(hadi)
    forms = [opened(tab, address) for tab in tabs]

    first, second = (
        tab.post(address, form | {"reference": "TRX-5"}) for tab, form in zip(tabs, forms, strict=True)
    )

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Sari sudah melakukan “Uang sudah masuk”" in flat(second)
    assert 'value="TRX-5"' in flat(second)
    assert (Journal.objects.filter(kind="payment").count(), Receipt.objects.count()) == (1, 1)
    assert verify() == []


@pytest.mark.req("KOS-05")
def test_a_program_that_confirms_second_is_told_who_was_first(submitted, sari, hadi, browse, program):
    browse(sari).post(f"/kasus/{submitted.number}/langkah/confirm/", {})

    answer = program(hadi).post(f"/cases/{submitted.number}/steps/confirm", {})

    assert answer.status_code == 409
    assert "Sari sudah melakukan “Uang sudah masuk”" in answer.json()["detail"]
    assert Receipt.objects.count() == 1


@pytest.mark.req("KOS-05")
def test_one_confirms_while_the_other_takes_cash_for_the_same_bill(submitted, bill, sari, hadi, browse):
    cash = browse(hadi)
    form = opened(cash, f"/terima-tunai/?tagihan={bill.number}")
    browse(sari).post(f"/kasus/{submitted.number}/langkah/confirm/", {})

    answer = cash.post("/terima-tunai/", form | {"amount": "100.000"})

    assert "sudah lunas" in flat(answer)
    assert Payment.objects.filter(status="confirmed").count() == 1
    assert verify() == []


@pytest.mark.req("KOS-05")
def test_one_tab_cancels_while_the_other_sends_the_proof(transfer, bill, booking, rini, sari, browse):
    browser, pay = browse(rini), f"/bayar/{bill.number}/"
    form = opened(browser, pay)
    cancel = f"/kasus/{booking.number}/langkah/cancel/"
    assert browser.post(cancel, opened(browser, cancel)).status_code == 302

    answer = browser.post(pay, form | {"sender": "BCA 1 a.n. Rini", "proof": photo()})
    transfer.refresh_from_db()
    booking.refresh_from_db()

    assert (answer.status_code, transfer.status, booking.status) == (302, "submitted", "cancelled")
    confirmed = browse(sari).post(f"/kasus/{transfer.number}/langkah/confirm/", {})
    assert confirmed.status_code == 302
    held = Suspense.objects.get()
    assert held.amount == transfer.expected_amount
    assert verify() == []


@pytest.mark.req("KOS-05")
def test_one_tab_pays_while_the_other_cancels(booking, bill, rini, sari, browse):
    browser, cancel = browse(rini), f"/kasus/{booking.number}/langkah/cancel/"
    form = opened(browser, cancel)
    browse(sari).post("/terima-tunai/", {"tagihan": bill.number, "amount": "100.000"})

    told = browser.post(cancel, form | {"note": "Saya pindah kota."})

    booking.refresh_from_db()
    assert (told.status_code, booking.status) == (409, "secured")
    assert "Uang muka hangus" in flat(told)
    assert "Saya pindah kota." in flat(told)

    answer = browser.post(cancel, hidden(flat(told)) | {"note": "Saya pindah kota."})

    booking.refresh_from_db()
    assert (answer.status_code, booking.status) == (302, "cancelled")
    assert verify() == []


def test_the_step_that_another_tab_has_taken_is_not_offered_again(submitted, sari, browse):
    browser = browse(sari)
    browser.post(f"/kasus/{submitted.number}/langkah/confirm/", {})

    answer = browser.get(f"/kasus/{submitted.number}/langkah/confirm/", follow=True)

    assert "Anda sudah melakukan “Uang sudah masuk”" in flat(answer)


@pytest.mark.req("KOS-11")
def test_the_page_of_paying_after_paying_asks_for_nothing(submitted, bill, rini, browse):
    browser, address = browse(rini), f"/bayar/{bill.number}/"

    page = browser.get(address)
    again = browser.post(address, {"proof_form": "1", "payment": submitted.number, "sender": "BCA lain"})

    assert "sedang diperiksa" in flat(page)
    assert "1. Transfer persis sejumlah ini" not in flat(page)
    assert again.status_code == 422
    assert "Anda sudah melakukan “Kirim bukti transfer”" in flat(again)
    assert 'value="BCA lain"' in flat(again)
    assert "1. Transfer persis sejumlah ini" not in flat(again)
    assert Passage.objects.filter(number=submitted.number, step="submit").count() == 1


def test_the_key_of_a_form_that_went_through_serves_no_other_page(rooms, rini, browse):
    browser = browse(rini)
    form = opened(browser, "/kos/melati/101/pesan/")
    browser.post("/kos/melati/101/pesan/", form | WISH)

    other = browser.post("/kos/melati/102/pesan/", form | WISH)

    assert other.status_code == 409
    assert Booking.objects.count() == 1
