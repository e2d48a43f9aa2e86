"""Bills, receipts and papers are named by what they are for, and dated with the town of the house."""

import pytest
from django.test import Client

from tatausaha.business.boarding.models import House
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.titles import title
from tatausaha.core.payments.models import Receipt
from tatausaha.core.payments.services.bills import print_bill
from tatausaha.core.people import businesses
from tatausaha.core.people.models import Unit

pytestmark = pytest.mark.django_db


def page(person, address: str) -> str:
    client = Client()
    client.force_login(person.login)
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


@pytest.mark.req("KOS-09")
def test_every_bill_says_what_it_is_for_and_of_which_room(booked, desk):
    stay = desk.move_in(booked)
    said = [title(bill) for case in (booked, stay) for bill in billing.invoices_of(case)]

    assert sorted(said[:2]) == ["Pelunasan dan deposit kamar 101", "Uang muka kamar 101"]
    assert said[2].startswith("Sewa kamar 101, 10 Mar – 8 Apr 2026")


@pytest.mark.req("KOS-10")
def test_the_receipt_page_is_titled_by_what_was_paid_and_says_it_once(booked, desk, rini, clock_at):
    clock_at(desk.at)
    desk.cash(booked)
    receipt = Receipt.objects.get()

    shown = page(rini, receipt.get_absolute_url())

    assert "<h1>Uang muka kamar 101</h1>" in shown
    assert f'<p class="below">{receipt.number}</p>' in shown
    assert "Uang muka ·" not in shown
    assert receipt.said["purpose"] == "Uang muka kamar 101"
    assert "Uang muka kamar 101" in page(rini, "/saya/tagihan/")


@pytest.mark.req("KOS-09")
def test_the_bill_page_is_titled_by_what_it_is_for(booked, rini, desk, clock_at):
    clock_at(desk.at)
    bill = billing.invoices_of(booked).get()

    shown = page(rini, bill.get_absolute_url())

    assert "<h1>Uang muka kamar 101</h1>" in shown
    assert f'<p class="below">{bill.number}</p>' in shown


@pytest.mark.req("KOS-10")
@pytest.mark.parametrize(
    ("city", "place"), [("Semarang", "Semarang"), ("Kabupaten Badung", "Badung"), ("", "Kos Melati")]
)
def test_a_receipt_is_dated_with_the_town_of_the_house_if_it_is_known(booked, desk, unit, city, place):
    House.objects.filter(unit=unit).update(city=city)

    desk.cash(booked)

    assert Receipt.objects.get().said["place"] == place


def test_a_unit_of_a_business_that_knows_no_town_is_its_own_place(company, at):
    shop = Unit(business="toko", code="toko", name="Toko Sabun")

    assert businesses.place_of(shop) == "Toko Sabun"


@pytest.mark.req("KOS-21")
def test_a_bill_is_printed_again_after_the_house_has_moved(booked, unit, rini, desk):
    bill = billing.invoices_of(booked).get()
    print_bill(bill, form="a4", by=rini, at=desk.at)
    Unit.objects.filter(pk=unit.pk).update(address="Jl. Baru 1", name="Kos Melati Indah")
    bill.refresh_from_db()
    bill.unit.refresh_from_db()

    assert print_bill(bill, form="a4", by=rini, at=desk.at).startswith(b"%PDF")
