"""The owner lowers a bill or gives a debt up, each with a reason; nobody else does (rules/boarding 7 and 9)."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import CreditNote
from tatausaha.core.kernel import clock, ids
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.verification import verify
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments.services import lowering, receive_cash
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring
from tests.core.billing.hire import DOWN_PAYMENT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank"), pytest.mark.req("KOS-21")]


@pytest.fixture
def browser(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)

    def sign_in(person):
        client = Client()
        client.force_login(person.login)
        return client

    return sign_in


@pytest.fixture
def rent(hire, sari, at):
    """Due today, in the books, not paid: Rp1.000.000 and Rp150.000 for laundry."""
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date(), laundry=150_000)
    return hiring.services.recognise(bill, at=at)


@pytest.fixture
def cash(unit, rini, sari, at):
    def receive(amount, bill):
        return receive_cash(unit=unit, payer=rini, amount=amount, invoices=[bill], by=sari, at=at)

    return receive


@pytest.fixture
def over(hire, sari, at, cash):
    """The hire is closed."""
    cash(DOWN_PAYMENT, hiring.down_payment(hire, by=sari, at=at))
    hire.refresh_from_db()
    return perform(hire, procedure_of(hire).step("close"), by=sari, at=at)


def post(client, url, **given):
    return client.post(url, given | {"form_key": ids.token()})


@pytest.mark.req("SYS-10")
def test_a_debt_is_given_up_by_the_owner_on_the_page_with_a_reason_once_the_case_is_over(
    rent, over, browser, hadi, sari, rini, books
):
    url = f"{rent.get_absolute_url()}hapus/"
    assert [browser(person).get(url).status_code for person in (sari, rini)] == [404, 404]
    owner = browser(hadi)
    assert url in owner.get(rent.get_absolute_url()).text
    page = owner.get(url).text
    assert "masih berutang Rp1.150.000" in page
    assert post(owner, url, note="  ").status_code == 422
    assert books(chart.BAD_DEBTS) == 0

    answer = post(owner, url, note="Pergi tanpa kabar")

    assert answer.url == rent.get_absolute_url()
    rent.refresh_from_db()
    assert (rent.remaining, books(chart.BAD_DEBTS), books(chart.RECEIVABLES, rini)) == (0, 1_150_000, 0)
    shown = owner.get(rent.get_absolute_url()).text
    assert "penghapusan piutang" in shown
    assert "Pergi tanpa kabar" in shown
    assert "Pergi tanpa kabar" not in browser(rini).get(rent.get_absolute_url()).text
    assert owner.get(url).status_code == 404
    assert verify() == []


def test_while_its_case_goes_on_a_debt_is_not_given_up(rent, hire, browser, hadi, at):
    assert browser(hadi).get(f"{rent.get_absolute_url()}hapus/").status_code == 404
    with pytest.raises(Refused, match="bila urusannya sudah selesai"):
        lowering.write_off(rent, by=hadi, at=at, reason="Sudahlah")

    rent.refresh_from_db()
    assert rent.remaining == 1_150_000


@pytest.mark.req("KOS-19", "SYS-06")
def test_only_the_owner_lowers_a_bill(rent, over, sari, browser, at):
    for act in (lowering.give_credit, lowering.write_off):
        with pytest.raises(Refused, match="oleh pemilik"):
            act(
                rent, by=sari, at=at, reason="Teman", **({"amount": 1} if act is lowering.give_credit else {})
            )
    manager = browser(sari)
    assert (
        post(manager, f"{rent.get_absolute_url()}nota-kredit/", amount="100.000", note="x").status_code == 404
    )
    assert "nota-kredit" not in manager.get(rent.get_absolute_url()).text
    assert not CreditNote.objects.exists()


@pytest.mark.req("SYS-10")
def test_a_credit_note_shows_its_figures_first_and_what_was_paid_becomes_balance(
    rent, hire, browser, hadi, rini, unit, cash, books
):
    cash(1_100_000, rent)
    owner, url = browser(hadi), f"{rent.get_absolute_url()}nota-kredit/"
    journals = Journal.objects.count()

    page = post(owner, url, amount="200.000", note="Air mati 6 hari").text
    assert "-Rp200.000" in page
    assert "menjadi saldo Rini" in page
    assert "Rp150.000" in page
    other = post(owner, url, amount="250.000", note="Air mati 6 hari", seen="200000").text
    assert 'name="seen" value="250000"' in other  # another amount is looked at anew
    assert Journal.objects.count() == journals

    answer = post(owner, url, amount="200.000", note="Air mati 6 hari", seen="200000")

    assert answer.url == rent.get_absolute_url()
    rent.refresh_from_db()
    assert (rent.total, rent.credited, rent.remaining) == (1_150_000, 200_000, 0)
    assert billing.balance_of(rini, unit) == 150_000
    note = CreditNote.objects.get()
    assert (note.by, note.reason, note.to_balance) == (hadi, "Air mati 6 hari", 150_000)
    told = Notice.objects.get(person=rini, key=f"credit_note|{note.pk}")
    assert "Air mati 6 hari" in told.text
    assert verify() == []


def test_too_much_is_said_at_the_field_and_nothing_is_lost(rent, browser, hadi):
    answer = post(
        browser(hadi),
        f"{rent.get_absolute_url()}nota-kredit/",
        amount="1.150.001",
        note="Salah",
        seen="1150001",
    )

    assert answer.status_code == 422
    assert "Paling banyak Rp1.149.999." in answer.text  # it is a period's, and its case goes on
    assert "Salah" in answer.text
    assert not CreditNote.objects.exists()


def test_a_bill_of_a_period_is_not_credited_whole_while_its_case_goes_on(hire, sari, hadi, at):
    first = at.date()
    bill = hiring.services.issue(
        hire, purpose="rent", due_on=first, period=(first, first + timedelta(days=29)), by=sari, at=at,
        lines=[hiring.NewLine("rent", chart.SALES_INCOME, "Sewa", 1_000_000)],
    )  # fmt: skip

    with pytest.raises(Refused, match=r"paling banyak Rp999\.999"):
        lowering.give_credit(bill, amount=1_000_000, by=hadi, at=at, reason="Salah")

    assert lowering.give_credit(bill, amount=999_999, by=hadi, at=at, reason="Salah").amount == 999_999


def test_two_owners_at_once_do_not_credit_a_period_whole(rent, hire, hadi, at):
    seen_before = type(rent).objects.get(pk=rent.pk)
    lowering.give_credit(rent, amount=150_000, by=hadi, at=at, reason="Salah")

    with pytest.raises(Refused, match=r"paling banyak Rp999\.999"):
        lowering.give_credit(seen_before, amount=1_000_000, by=hadi, at=at, reason="Salah")


def test_what_is_held_leaves_by_a_refund_and_not_by_a_credit_note(hire, sari, hadi, browser, at):
    bill = hiring.down_payment(hire, by=sari, at=at)

    assert lowering.most_credit(bill) == 0
    assert browser(hadi).get(f"{bill.get_absolute_url()}nota-kredit/").status_code == 404
    with pytest.raises(Refused, match="paling banyak Rp0"):
        lowering.give_credit(bill, amount=1, by=hadi, at=at, reason="Salah")
