"""A form that is sent twice counts once, and the second sending is led to the first one's result."""

import base64
import re

import pytest

from tatausaha.business.boarding.models import Booking, RoomClaim
from tatausaha.core.kernel import ids
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.verification import verify
from tatausaha.core.payments.models import Expense, Payment, Receipt
from tatausaha.core.procedures.models import Message, Passage
from tests.stories.bad_input.conftest import WISH, flat, hidden, photo

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07")]

ALREADY = "Formulir ini sudah terkirim sekali dan tidak dikirim dua kali."


def sent_twice(browser, address, form, page=""):
    """Both answers, and the page on which the second one ends."""
    key = {"form_key": hidden(flat(browser.get(page or address)))["form_key"]}
    answers = []
    for _n in range(2):
        for value in form.values():
            if hasattr(value, "seek"):
                value.seek(0)
        answers.append(browser.post(address, form | key))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    return flat(browser.get(answers[1].url))


@pytest.mark.req("KOS-02")
def test_a_booking(rooms, rini, browse):
    shown = sent_twice(browse(rini), "/kos/melati/101/pesan/", WISH)

    assert ALREADY in shown
    assert Booking.objects.count() == 1
    assert RoomClaim.objects.filter(live=True).count() == 1


@pytest.mark.req("KOS-02")
def test_a_booking_by_a_program(rooms, rini, program):
    wish = {"procedure": "boarding.booking", "input": {**WISH, "room": rooms[0].pk}}

    first, second = (program(rini).post("/cases", wish) for _n in range(2))
    assert first.status_code == 201
    assert second.status_code == 409
    assert "sudah" in second.json()["detail"] or "belum dibayar" in second.json()["detail"]
    assert Booking.objects.count() == 1


@pytest.mark.req("KOS-02")
def test_a_booking_by_a_program_under_a_key(rooms, rini, program):
    wish = {"procedure": "boarding.booking", "input": {**WISH, "room": rooms[0].pk}}
    student = program(rini)

    first, second = (student.post("/cases", wish, key="pesan-1") for _n in range(2))
    other = student.post("/cases", {**wish, "input": {**wish["input"], "room": rooms[1].pk}}, key="pesan-1")

    assert (first.status_code, second.status_code, first.json()) == (201, 201, second.json())
    assert second["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.json()["type"]) == (409, "urn:tatausaha:conflict")
    assert Booking.objects.count() == 1


@pytest.mark.req("KOS-05")
def test_the_announcement_of_a_transfer(bill, rini, browse):
    shown = sent_twice(browse(rini), f"/bayar/{bill.number}/", {})

    assert ALREADY in shown
    assert Payment.objects.count() == 1


@pytest.mark.req("KOS-05")
def test_a_proof(transfer, bill, rini, browse):
    form = {"proof_form": "1", "payment": transfer.number, "proof": photo(), "sender": "BCA 1 Rini"}
    shown = sent_twice(browse(rini), f"/bayar/{bill.number}/", form)

    assert ALREADY in shown
    assert Passage.objects.filter(number=transfer.number, step="submit").count() == 1
    assert Payment.objects.get().status == "submitted"


@pytest.mark.req("KOS-05")
def test_a_proof_by_a_program(transfer, rini, program):
    content = base64.b64encode(photo().read()).decode()
    sent = {"proof": {"name": "bukti.jpg", "content": content}}
    student = program(rini)

    first = student.post(f"/cases/{transfer.number}/steps/submit", sent)
    second = student.post(f"/cases/{transfer.number}/steps/submit", sent)

    assert (first.status_code, second.status_code) == (200, 409)
    assert "Anda sudah melakukan “Kirim bukti transfer”" in second.json()["detail"]


@pytest.mark.req("KOS-06", "KOS-10")
def test_cash_at_the_desk(bill, sari, browse):
    form = {"tagihan": bill.number, "amount": "100.000"}
    shown = sent_twice(browse(sari), "/terima-tunai/", form, f"/terima-tunai/?tagihan={bill.number}")

    assert ALREADY in shown
    assert (Payment.objects.count(), Receipt.objects.count(), Journal.objects.count()) == (1, 1, 1)
    assert verify() == []


@pytest.mark.req("KOS-06")
def test_cash_by_a_program_without_a_key_finds_nothing_left_to_pay(bill, sari, program):
    manager, sent = program(sari), {"invoice": bill.number, "amount": 100_000}

    first, second = manager.post("/money/cash", sent), manager.post("/money/cash", sent)

    assert (first.status_code, second.status_code) == (201, 422), second.json()
    assert second.json()["detail"] == f"Tagihan {bill.number} sudah lunas."
    assert Payment.objects.filter(status="confirmed").count() == 1


def test_a_step_without_inputs_and_one_with(submitted, booking, sari, browse):
    browser = browse(sari)
    page = f"/kasus/{submitted.number}/"

    shown = sent_twice(browser, f"{page}langkah/confirm/", {"amount": "", "occurred_on": ""})

    assert ALREADY in shown
    assert Passage.objects.filter(number=submitted.number, step="confirm").count() == 1
    assert Journal.objects.filter(kind="payment").count() == 1


def test_a_step_sent_again_without_its_key_is_told_who_was_first(submitted, sari, browse):
    browser, address = browse(sari), f"/kasus/{submitted.number}/langkah/confirm/"

    browser.post(address, {"reference": "TRX-77"})
    again = browser.post(address, {"reference": "TRX-77"})

    assert again.status_code == 409
    assert "Anda sudah melakukan “Uang sudah masuk”" in flat(again)
    assert 'value="TRX-77"' in flat(again)
    assert Journal.objects.filter(kind="payment").count() == 1


@pytest.mark.req("KOS-14")
def test_an_expense(house, sari, browse):
    form = {
        "unit": "melati", "note": "Lampu", "category": "61900", "amount": "75.000", "occurred_on": "10/03/2026",
        "paid_from": "transfer", "photo": photo(),
    }  # fmt: skip
    browser = browse(sari)
    accounts = dict.fromkeys(re.findall(r'<option value="(61\d+)"', flat(browser.get("/pengeluaran/baru/"))))
    form["category"] = next(iter(accounts))

    shown = sent_twice(browser, "/pengeluaran/baru/", form)

    assert ALREADY in shown
    assert "Pengeluaran dibukukan" not in shown.split(ALREADY)[1]
    assert (Expense.objects.count(), Journal.objects.count()) == (1, 1)


def test_a_message(booking, rini, browse):
    page = f"/kasus/{booking.number}/"
    shown = sent_twice(browse(rini), f"{page}pesan/", {"text": "Boleh masuk malam?"}, page)

    assert ALREADY in shown
    assert Message.objects.count() == 1


def test_a_key_of_somebody_else_gives_nothing_away(bill, sari, hadi, browse):
    key = ids.token()
    browse(sari).post("/terima-tunai/", {"tagihan": bill.number, "amount": "100.000", "form_key": key})

    answer = browse(hadi).post(
        "/terima-tunai/", {"tagihan": bill.number, "amount": "100.000", "form_key": key}
    )

    assert answer.status_code == 409
    assert "sudah terkirim" in flat(answer)
    assert Payment.objects.count() == 1
