"""Amounts as people type them, in every form that asks for one: understood, or refused beside the field."""

import json

import pytest

from tatausaha.business.boarding.models import RoomPrice, ServicePrice
from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments.models import Expense, Payment
from tests.stories.bad_input.conftest import flat
from tests.stories.bad_input.test_disguised_files import EXPENSE

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07"), pytest.mark.req("SYS-02")]

UNDERSTOOD = {
    "100.000": 100_000, "100000": 100_000, "100.000,00": 100_000, "Rp 100.000,-": 100_000, "0,1 jt": 100_000,
    "100rb": 100_000, "100 ribu": 100_000, "IDR 100,000.00": 100_000, "１００.０００": 100_000,
}  # fmt: skip
REFUSED = [
    "-100.000", "0", "seratus", "", "1.500.000,50", "99999999999999999999", "9" * 400, "1e6", "100.00.000",
    "=1+1", "100 000 jt jt", "NaN", "Infinity", "100\x00000", "<b>1</b>", "1.000.000.000.000.000.000",
    "2 milyar milyar", "100;000", "0x10",
]  # fmt: skip


def typed_back(page, amount):
    """What was typed stands in the field again (a NUL is no text that a page could show)."""
    shown = amount.replace("<", "&lt;").replace(">", "&gt;")
    return not amount or "\x00" in amount or f'value="{shown}"' in page.content.decode()


@pytest.mark.req("KOS-06")
@pytest.mark.parametrize("amount", UNDERSTOOD)
def test_cash_is_understood(bill, sari, browse, amount):
    answer = browse(sari).post("/terima-tunai/", {"tagihan": bill.number, "amount": amount})

    assert answer.status_code == 302
    assert Payment.objects.get().amount == UNDERSTOOD[amount]


@pytest.mark.req("KOS-06")
@pytest.mark.parametrize("amount", REFUSED)
def test_cash_is_refused_and_kept_in_the_field(bill, sari, browse, amount):
    page = browse(sari).post(
        "/terima-tunai/", {"tagihan": bill.number, "amount": amount, "reference": "Kw lama 7"}
    )

    assert page.status_code == 422
    assert "id_amount_error" in page.content.decode()
    assert typed_back(page, amount)
    assert 'value="Kw lama 7"' in page.content.decode()
    assert not Payment.objects.exists()


@pytest.mark.req("KOS-14")
@pytest.mark.parametrize("amount", [*REFUSED, "1.500.000,00"])
def test_an_expense_is_refused_or_understood(house, sari, browse, amount):
    page = browse(sari).post("/pengeluaran/baru/", EXPENSE | {"amount": amount})

    if amount == "1.500.000,00":
        assert (page.status_code, Expense.objects.get().amount) == (302, 1_500_000)
        return
    assert page.status_code == 422
    assert typed_back(page, amount)
    assert 'value="Lampu teras"' in page.content.decode()
    assert not Expense.objects.exists()


@pytest.mark.req("KOS-05")
@pytest.mark.parametrize("amount", [one for one in REFUSED if one])
def test_the_amount_that_arrived_is_refused(submitted, sari, browse, program, amount):
    page = browse(sari).post(f"/kasus/{submitted.number}/langkah/confirm/", {"amount": amount})
    answer = program(sari).post(f"/cases/{submitted.number}/steps/confirm", {"amount": amount})

    assert (page.status_code, answer.status_code) == (422, 422)
    assert [one["field"] for one in answer.json()["errors"]] == ["amount"]
    assert typed_back(page, amount)
    assert not Journal.objects.exists()


@pytest.mark.parametrize("amount", ["1,5 jt", "1.500.000,00", *REFUSED])
def test_a_published_price(house, rooms, hadi, browse, amount):
    kind = rooms[0].room_type
    was = RoomPrice.objects.count()
    address = f"/kos-kelola/rumah/melati/tipe/{kind.pk}/harga/"

    page = browse(hadi).post(address, {"amount": amount, "valid_from": "01/04/2026"})

    if amount in {"1,5 jt", "1.500.000,00"}:
        assert page.status_code == 302
        assert RoomPrice.objects.latest("pk").amount == 1_500_000
        return
    assert page.status_code in {200, 422}
    assert typed_back(page, amount)
    assert RoomPrice.objects.count() == was


@pytest.mark.parametrize("amount", [one for one in REFUSED if one != "0"])
def test_a_price_of_a_service_that_may_be_nothing_but_not_less(house, laundry, hadi, browse, amount):
    was = ServicePrice.objects.count()
    address = f"/kos-kelola/rumah/melati/layanan/{laundry.pk}/harga/"

    page = browse(hadi).post(address, {"amount": amount, "valid_from": "01/04/2026"})

    assert page.status_code in {200, 422}
    assert ServicePrice.objects.count() == was


@pytest.mark.req("KOS-12")
@pytest.mark.parametrize("amount", [one for one in REFUSED if one != "0"])
def test_what_the_owner_keeps_of_a_cancelled_booking(booking, desk, hadi, browse, amount):
    desk.cash(booking)

    page = browse(hadi).post(
        f"/kasus/{booking.number}/langkah/settle/", {"keep": amount, "note": "Atas kemurahan hati."}
    )

    assert page.status_code == 422
    assert "Atas kemurahan hati." in flat(page)
    booking.refresh_from_db()
    assert booking.status == "secured"


def test_the_owner_keeps_no_more_than_there_is(booking, desk, hadi, browse):
    desk.cash(booking)

    answer = browse(hadi).post(
        f"/kasus/{booking.number}/langkah/settle/", {"keep": "999.999.999.999", "note": "Semua."}
    )

    assert answer.status_code == 302
    assert desk.balance("49101", booking.unit) == -100_000


@pytest.mark.parametrize("low", ["murah", "-1", "1.5.5", "9" * 50])
def test_the_filters_of_the_public_search(rooms, browse, low):
    page = browse().get("/kos/", {"min": low, "maks": low})

    assert page.status_code == 200
    assert typed_back(page, low)


AMOUNTS = [-1, 0, 10**15 + 1, 10**30, -(10**30), 1.5, "banyak", None, True, [1], {"a": 1}, "1.500.000"]


@pytest.mark.req("KOS-06")
@pytest.mark.parametrize("amount", AMOUNTS)
def test_cash_by_a_program(bill, sari, program, amount):
    answer = program(sari).post("/money/cash", {"invoice": bill.number, "amount": amount, "sure": True})

    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"].endswith("amount")
    assert not Payment.objects.exists()
    assert not Journal.objects.exists()


@pytest.mark.parametrize("number", ["1e400", "NaN", "Infinity", "1" * 5000])
def test_numbers_that_are_none_in_json(bill, sari, program, number):
    body = json.dumps({"invoice": bill.number, "amount": "X"}).replace('"X"', number)
    answer = program(sari).client.post("/api/v1/money/cash", body, content_type="application/json")

    assert answer.status_code in {400, 422}, answer.content
    assert not Payment.objects.exists()
