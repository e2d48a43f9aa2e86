"""The page of the drawer: what I hold, and handing it over; the owner sees everybody's (boarding 16.3)."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.core.ledger import chart
from tatausaha.core.payments import services
from tatausaha.core.payments.models import Handover
from tatausaha.core.people.models import Role
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires"), pytest.mark.req("KOS-20")]


@pytest.fixture
def cash(hires, unit, rini, sari, at):
    day = at - timedelta(days=9)
    bill = hiring.deposit(hiring.new_hire(unit, rini, day), by=sari, at=day)
    services.receive_cash(unit=unit, payer=rini, amount=500_000, invoices=[bill], by=sari, at=day)


@pytest.fixture
def browse(clock_at, at):
    def client(person):
        clock_at(at)
        browser = Client()
        browser.force_login(person.login)
        return browser

    return client


def typed(**more):
    return {"counted": "500.000", "to": "owner", "seen": "500000", "form_key": "A" * 26} | more


@pytest.mark.usefixtures("cash")
def test_a_manager_sees_the_own_drawer_and_hands_it_over(browse, sari, hadi):
    browser = browse(sari)
    here = browser.get("/kas/")
    assert here.url == f"/kas/melati/{sari.pk}/"
    page = browser.get(here.url).content.decode()
    assert "Anda memegang Rp500.000, yang tertua sejak Minggu, 1 Maret 2026" in page
    assert page.index(">Tanggal</th>") < page.index(">Keterangan</th>")
    assert '<td class="date" data-label="Tanggal">1 Mar 2026</td>' in page
    assert "Setor kas" in browser.get("/hari-ini/").content.decode()

    answer = browser.post(f"{here.url}setor/", typed())

    case = Handover.objects.get()
    assert (answer.url, case.amount, case.status) == (case.get_absolute_url(), 500_000, "submitted")
    assert "menunggu diterima pemilik" in browser.get(here.url).content.decode()
    assert "dipegang 9 hari" not in browser.get("/hari-ini/").content.decode()
    assert case.number in browse(hadi).get("/hari-ini/").content.decode()


@pytest.mark.usefixtures("cash")
def test_bad_input_keeps_what_was_typed_and_says_what_is_missing(browse, sari, bank):
    browser, here = browse(sari), f"/kas/melati/{sari.pk}/setor/"

    answer = browser.post(here, typed(counted="480.000"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "kurang Rp20.000 dari catatan (Rp500.000)" in page
    assert 'value="480.000"' in page

    answer = browser.post(here, typed(counted="lima ratus", to=str(bank.pk), form_key="B" * 26))
    assert (answer.status_code, Handover.objects.count()) == (422, 0)
    answer = browser.post(here, typed(to=str(bank.pk), form_key="C" * 26))
    assert "Unggah foto slip setoran bank." in answer.content.decode()


@pytest.mark.usefixtures("cash")
def test_a_drawer_that_changed_since_the_page_was_opened_is_counted_again(browse, sari):
    browser, here = browse(sari), f"/kas/melati/{sari.pk}/setor/"

    answer = browser.post(here, typed(seen="400000"))

    page = answer.content.decode()
    assert "menurut catatan sekarang Rp500.000" in page
    assert 'name="seen" value="500000"' in page


@pytest.mark.usefixtures("cash")
def test_the_owner_sees_everybody_with_age_and_receives_at_once(browse, sari, hadi, books):
    browser = browse(hadi)
    page = browser.get("/kas/").content.decode()
    assert "Sari" in page
    assert "9 hari" in page
    assert "1 orang memegang kas lebih lama dari ketentuan" in page
    assert f"/kas/melati/{sari.pk}/" in page

    browser.post(f"/kas/melati/{sari.pk}/setor/", typed())

    case = Handover.objects.get()
    assert (case.status, books(chart.CASH_DRAWER, hadi)) == ("booked", 500_000)
    assert browser.get(f"/kas/setoran/{case.number}.pdf").content.startswith(b"%PDF-")
    assert browser.get(f"/kas/setoran/{case.number}.pdf?kertas=80").content.startswith(b"%PDF-")


@pytest.mark.usefixtures("cash")
def test_nobody_sees_the_drawer_of_another(browse, sari, rini, unit, at, hadi):
    Role.objects.create(person=rini, unit=unit, name="manager", since=at)
    browse(hadi).post(f"/kas/melati/{sari.pk}/setor/", typed())
    case = Handover.objects.get()

    browser = browse(rini)

    for path in (
        f"/kas/melati/{sari.pk}/",
        f"/kas/melati/{sari.pk}/setor/",
        f"/kas/setoran/{case.number}.pdf",
    ):
        assert browser.get(path).status_code == 404, path
    assert browser.get(case.get_absolute_url()).status_code == 404
    assert browser.get("/kas/").url == f"/kas/melati/{rini.pk}/"


def test_an_empty_company_says_what_will_be_here(browse, hadi, unit):
    assert "Tidak ada uang tunai di tangan siapa pun" in browse(hadi).get("/kas/").content.decode()


def test_in_english_money_comes_in_and_goes_out_and_does_not_sign_in(browse, sari):
    browser = browse(sari)
    here = browser.get("/kas/").url

    page = browser.get(here, headers={"accept-language": "en"}).content.decode()

    heads = page.split("<thead>")[1].split("</thead>")[0]
    assert ">In</th>" in heads
    assert ">Out</th>" in heads
    assert "Sign" not in heads
