"""Several open bills of one payer are paid in one transfer, or in one go in cash (KOS-11)."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.core.payments import queries, services
from tatausaha.core.payments.models import BankAccount, Payment, Receipt
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.people import merging
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires")]


@pytest.fixture
def browse(clock_at, at):
    clock_at(at)

    def sign_in(person):
        client = Client()
        client.force_login(person.login)
        return client

    return sign_in


@pytest.fixture
def two(hire, sari, at):
    """Two months of rent that Rini owes."""
    days = at.date() - timedelta(days=30), at.date()
    return [hiring.rent(hire, by=sari, at=at, due_on=day) for day in days]


def text(answer):
    return answer.content.decode()


@pytest.mark.req("KOS-11")
def test_a_tenant_pays_two_bills_in_one_transfer(two, bank, rini, sari, browse, at):
    browser, numbers = browse(rini), [bill.number for bill in two]
    assert "Bayar yang dipilih" in text(browser.get("/saya/tagihan/"))
    total = sum(bill.remaining for bill in two)
    page = browser.get("/bayar/", {"tagihan": numbers})
    assert all(number in text(page) for number in numbers)

    answer = browser.post("/bayar/", {"tagihan": numbers})

    payment = Payment.objects.get()
    assert (payment.amount, set(payment.invoices.all())) == (total, set(two))
    assert "2 tagihan dalam satu transfer" in text(browser.get(answer.url))
    perform(
        payment, PAYMENT.step("submit"), by=rini, at=at, data={"occurred_on": at.date(), "reference": "1"}
    )
    perform(payment, PAYMENT.step("confirm"), by=sari, at=at)
    assert [queries.offered([bill]) for bill in two] == [0, 0]
    assert Receipt.objects.get().amount == payment.expected_amount


@pytest.mark.req("KOS-11")
def test_the_younger_bill_alone_is_refused_and_nothing_is_announced(two, bank, rini, browse):
    browser = browse(rini)

    answer = browser.post(f"/bayar/{two[1].number}/", follow=True)

    assert "lebih lama" in text(answer)
    assert not Payment.objects.exists()


@pytest.mark.req("KOS-16")
def test_bills_of_somebody_else_are_left_out(two, bank, budi, browse):
    numbers = [bill.number for bill in two]

    assert browse(budi).get("/bayar/", {"tagihan": numbers}).url == "/saya/tagihan/"
    browse(budi).post("/bayar/", {"tagihan": numbers})
    assert not Payment.objects.exists()


@pytest.mark.req("KOS-06")
def test_the_manager_takes_cash_for_two_bills_with_one_receipt(two, sari, browse):
    browser, numbers = browse(sari), [bill.number for bill in two]
    one = text(browser.get("/terima-tunai/", {"tagihan": numbers[0]}))
    assert "Tagihan yang dibayar" in one
    total = sum(bill.remaining for bill in two)
    both = text(browser.get("/terima-tunai/", {"tagihan": numbers}))
    assert f"{total:,}".replace(",", ".") in both

    browser.post("/terima-tunai/", {"tagihan": numbers, "amount": str(total), "form_key": "A" * 26})

    receipt = Receipt.objects.get()
    assert receipt.amount == total
    assert [queries.offered([bill]) for bill in two] == [0, 0]


def test_without_an_account_the_pay_page_says_what_to_do(two, rini, sari, hadi, browse):
    page = f"/bayar/{two[0].number}/"

    assert not BankAccount.objects.exists()
    assert "Bayar tunai kepada pengelola" in text(browse(rini).get(page))
    assert "Minta pemilik mencatatnya" in text(browse(sari).get(page))
    assert "/setelan/rekening/baru/" in text(browse(hadi).get(page))


@pytest.mark.req("KOS-13")
def test_bills_and_receipts_of_a_merged_record_are_still_the_persons(two, unit, rini, hadi, sari, browse, at):
    services.receive_cash(unit=unit, payer=rini, amount=100_000, invoices=two, by=sari, at=at)
    keep = Person.objects.create(name="Rini Wulandari", phone="+6281299900001", created_at=at)

    merging.merge(keep, rini, by=hadi, at=at, reason="Orang yang sama")

    page = text(browse(keep).get("/saya/tagihan/"))
    assert two[0].number in page
    assert Receipt.objects.get().number in page
