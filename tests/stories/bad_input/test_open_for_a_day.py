"""A page was left open for a day: the session has ended, the token was renewed, the case has moved on."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding.models import Booking
from tatausaha.core.payments.models import Payment
from tatausaha.core.procedures.models import Passage
from tatausaha.core.procedures.services import sweep
from tests.stories.bad_input.conftest import WISH, flat, hidden, photo

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07"), pytest.mark.req("SYS-02")]

OWN = {"Sec-Fetch-Site": "same-origin"}


def too_late(browser, address, form, person):
    """Send a form after the session has ended, sign in, and come to what was kept."""
    browser.logout()
    answer = browser.post(address, form, headers={"Referer": f"http://testserver{address}"})
    assert answer.status_code == 302
    door, _, after = answer.url.partition("?next=")
    assert door == "/akun/login/"
    browser.force_login(person.login)
    page = browser.get(after.replace("%2F", "/"))
    assert page.status_code == 200
    assert "tidak hilang" in flat(page)
    return page


@pytest.mark.req("KOS-02")
def test_a_booking_after_the_session_ended(rooms, laundry, rini, browse):
    browser, address = browse(rini), "/kos/melati/101/pesan/"
    opened = hidden(flat(browser.get(address)))
    form = opened | WISH | {"services": str(laundry.pk)}

    page = too_late(browser, address, form, rini)
    assert not Booking.objects.exists()
    answer = browser.post(address, hidden(flat(page)))

    booking = Booking.objects.get()
    assert answer.url == booking.get_absolute_url()
    assert booking.services.get().service == laundry


@pytest.mark.req("KOS-05")
def test_a_proof_after_the_session_ended_asks_for_its_file_again(transfer, bill, rini, browse):
    browser, address = browse(rini), f"/bayar/{bill.number}/"
    opened = hidden(flat(browser.get(address)))
    form = opened | {"sender": "BCA 1 a.n. Rini", "reference": "TRX-1", "proof": photo(name="bukti-saya.jpg")}

    page = too_late(browser, address, form, rini)
    assert "Pilih lagi berkas “bukti-saya.jpg”" in flat(page)
    again = browser.post(address, hidden(flat(page)) | {"proof": photo()})

    transfer.refresh_from_db()
    assert (again.url, transfer.status) == (f"/tagihan/{bill.number}/", "submitted")
    assert (transfer.sender, transfer.reference) == ("BCA 1 a.n. Rini", "TRX-1")


@pytest.mark.req("KOS-06")
def test_cash_after_the_session_ended_is_taken_once(bill, sari, browse):
    browser = browse(sari)
    opened = hidden(flat(browser.get(f"/terima-tunai/?tagihan={bill.number}")))
    form = opened | {"amount": "100.000", "reference": "Kw lama 12"}

    page = too_late(browser, "/terima-tunai/", form, sari)
    again = hidden(flat(page))
    answers = [browser.post("/terima-tunai/", again) for _n in range(2)]

    assert {answer.url for answer in answers} == {"/kuitansi/KW/MELATI/2026/00001/"}
    assert Payment.objects.get().reference == "Kw lama 12"


def test_what_was_typed_is_for_nobody_else(submitted, sari, budi, browse):
    browser, address = browse(sari), f"/kasus/{submitted.number}/langkah/reject/"
    form = hidden(flat(browser.get(address))) | {"note": "Rahasia kami."}
    browser.logout()
    after = browser.post(address, form).url.partition("?next=")[2].replace("%2F", "/")

    browser.force_login(budi.login)
    answer = browser.get(after)

    assert answer.status_code == 404
    assert "Rahasia kami." not in flat(answer)


@pytest.mark.parametrize("what", ["book", "cash", "expense", "step"])
def test_a_form_whose_token_was_renewed_is_offered_again(rooms, bill, submitted, rini, sari, browse, what):
    person, address, typed = {
        "book": (rini, "/kos/melati/102/pesan/", {**WISH, "for_name": "Rini Kecil"}),
        "cash": (sari, "/terima-tunai/", {"tagihan": bill.number, "amount": "1.234"}),
        "expense": (sari, "/pengeluaran/baru/", {"note": "Lampu teras", "amount": "1.234"}),
        "step": (sari, f"/kasus/{submitted.number}/langkah/reject/", {"note": "Belum masuk."}),
    }[what]
    browser = browse(person, checks=True)
    was = Passage.objects.count()
    opened = hidden(browse(person).get(address).content.decode())

    page = browser.post(address, opened | typed, headers=OWN)

    assert page.status_code == 403
    assert "Yang Anda tulis belum terkirim, tetapi tidak hilang." in flat(page)
    kept = hidden(flat(page))
    assert {name: kept[name] for name in typed} == typed
    assert Passage.objects.count() == was
    sent = browser.post(address, kept | {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value})
    assert sent.status_code in {302, 422}


def test_a_step_that_the_case_has_left_meanwhile_keeps_what_was_typed(submitted, sari, hadi, browse):
    browser, address = browse(sari), f"/kasus/{submitted.number}/langkah/reject/"
    form = hidden(flat(browser.get(address))) | {"note": "Tidak ada di mutasi tanggal 10."}
    browse(hadi).post(f"/kasus/{submitted.number}/langkah/confirm/", {})

    page = browser.post(address, form)

    assert page.status_code == 409
    assert "Pak Hadi sudah melakukan “Uang sudah masuk”" in flat(page)
    assert "Tidak ada di mutasi tanggal 10." in flat(page)
    submitted.refresh_from_db()
    assert submitted.status == "confirmed"


@pytest.mark.req("KOS-05")
def test_a_proof_for_a_transfer_that_is_not_waited_for_any_more_is_still_taken(
    transfer, bill, booking, rini, browse, clock_at, at
):
    browser, address = browse(rini), f"/bayar/{bill.number}/"
    form = hidden(flat(browser.get(address))) | {"sender": "BCA 1 a.n. Rini", "proof": photo()}
    later = at + timedelta(hours=49)
    clock_at(later)
    sweep(at=later)
    transfer.refresh_from_db()
    assert transfer.status == "lapsed"

    answer = browser.post(address, form)

    transfer.refresh_from_db()
    booking.refresh_from_db()
    assert (answer.status_code, transfer.status, transfer.sender) == (302, "submitted", "BCA 1 a.n. Rini")
    assert Payment.objects.count() == 1
    assert booking.status == "verifying"


@pytest.mark.req("KOS-03")
def test_a_payment_page_left_open_until_the_booking_has_expired(
    transfer, bill, booking, rini, browse, clock_at, at
):
    browser, address = browse(rini), f"/bayar/{bill.number}/"
    form = hidden(flat(browser.get(address))) | {"sender": "BCA 1 a.n. Rini", "proof": photo()}
    later = at + timedelta(days=8)
    clock_at(later)
    sweep(at=later)

    answer = browser.post(address, form)

    transfer.refresh_from_db()
    booking.refresh_from_db()
    assert booking.status == "expired"
    assert (answer.status_code, transfer.status) == (302, "submitted"), flat(answer)[:3000]


def test_a_visitor_who_was_never_signed_in_is_led_to_the_door_and_back(rooms, rini, _today):
    browser = Client()

    answer = browser.post("/kos/melati/101/pesan/", WISH)

    assert answer.url.startswith("/akun/login/?next=%2Flanjutkan%2F")
    assert not Booking.objects.exists()
