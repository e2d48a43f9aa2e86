"""What a customer has to pay stands on their first page, with the button that pays it."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.core.kernel import clock
from tatausaha.core.web import owed
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]


@pytest.fixture
def bill(hire, sari, at):
    return hiring.down_payment(hire, by=sari, at=at)


@pytest.fixture
def today(monkeypatch, at):
    def look(person, *, after=timedelta()):
        monkeypatch.setattr(clock, "now", lambda: at + after)
        client = Client()
        client.force_login(person.login)
        return client.get("/hari-ini/").content.decode()

    return look


@pytest.mark.req("KOS-11")
def test_a_bill_is_the_first_thing_to_do_and_says_how_much_and_until_when(bill, rini, today):
    seen = today(rini)

    assert f'href="/bayar/{bill.number}/">Bayar Rp100.000</a>' in seen
    assert "Jatuh tempo" in seen
    assert "Tidak ada yang menunggu Anda sekarang." not in seen


def test_a_late_bill_says_for_how_long(bill, rini, today, at):
    days = (bill.due_on - clock.day(at, bill.unit.zone)).days + 3

    assert "Lewat 3 hari dari jatuh tempo" in today(rini, after=timedelta(days=days))


@pytest.mark.req("KOS-11")
def test_money_that_is_being_checked_is_not_asked_for_again(bill, rini, today):
    today(rini)
    browser = Client()
    browser.force_login(rini.login)
    browser.post(f"/bayar/{bill.number}/")
    browser.post(f"/bayar/{bill.number}/", {"proof_form": "1", "sender": "BCA 1 Rini"})

    seen = today(rini)

    page = browser.get(f"/tagihan/{bill.number}/").content.decode()
    for text in (seen, page):
        assert "Bayar Rp" not in text
        assert "Uang Anda sedang diperiksa" in text


def test_a_strangers_bill_is_not_there(bill, budi, today):
    assert bill.number not in today(budi)


def test_many_bills_are_asked_for_with_as_many_queries_as_one(
    bill, unit, rini, sari, at, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as one:
        assert len(owed.works(rini, at)) == 1
    for _ in range(3):
        hiring.down_payment(hiring.new_hire(unit, rini, at), by=sari, at=at)

    with django_assert_max_num_queries(len(one)):
        assert len(owed.works(rini, at)) == 4
