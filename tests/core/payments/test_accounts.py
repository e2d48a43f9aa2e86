"""Bank accounts: the owner's alone, never changed, known to every owner, written down (SYS-10)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments import queries, services
from tatausaha.core.payments.models import BankAccount, BankAccountChange
from tatausaha.core.people.models import Role

pytestmark = pytest.mark.django_db

PAGE = "/setelan/rekening/"
TYPED = {
    "unit": "melati",
    "bank": "BCA",
    "number": "123 456-7890",
    "again": "1234567890",
    "holder": "CV Maju",
}


@pytest.fixture
def owner(hadi, clock_at, at):
    clock_at(at)
    client = Client()
    client.force_login(hadi.login)
    return client


@pytest.mark.req("SYS-10")
def test_the_owner_opens_an_account_and_every_owner_is_told(owner, unit, hadi, budi, at):
    Role.objects.create(person=budi, unit=None, name="owner", since=at)

    answer = owner.post(f"{PAGE}baru/", TYPED)

    account = BankAccount.objects.get()
    assert (answer.url, account.number, account.unit) == (PAGE, "1234567890", unit)
    assert queries.bank_account(unit) == account
    assert {notice.person for notice in Notice.objects.all()} == {hadi, budi}
    change = BankAccountChange.objects.get()
    assert (change.what, change.by, change.at) == ("opened", hadi, at)
    assert "Dibuka: BCA 1234567890 a.n. CV Maju" in owner.get(PAGE).content.decode()


def test_a_number_that_is_typed_differently_the_second_time_is_not_taken(owner, unit):
    answer = owner.post(f"{PAGE}baru/", TYPED | {"again": "1234567899"})

    assert answer.status_code == 422
    assert "Nomornya berbeda" in answer.content.decode()
    assert not BankAccount.objects.exists()


@pytest.mark.req("SYS-10")
def test_a_closed_account_is_asked_for_no_more_and_its_number_may_be_opened_again(owner, unit, hadi, at):
    owner.post(f"{PAGE}baru/", TYPED)
    account = BankAccount.objects.get()

    owner.post(f"{PAGE}{account.pk}/tutup/")
    owner.post(f"{PAGE}{account.pk}/tutup/")

    assert queries.bank_account(unit) is None
    assert list(BankAccountChange.objects.order_by("pk").values_list("what", flat=True)) == [
        "opened",
        "closed",
    ]
    again = services.open_bank_account(
        unit=unit, bank="BCA", number="1234567890", holder="CV Maju", by=hadi, at=at + timedelta(days=1)
    )
    assert queries.bank_account(unit) == again


def test_the_same_running_account_is_not_opened_twice_however_its_bank_is_written(owner, unit, hadi, at):
    owner.post(f"{PAGE}baru/", TYPED)

    with pytest.raises(Refused, match="sudah terdaftar"):
        services.open_bank_account(unit=None, bank="bca", number="1234567890", holder="X", by=hadi, at=at)


@pytest.mark.req("SYS-10")
def test_nobody_changes_the_number_of_an_account_not_even_by_sql(owner, unit, hadi):
    owner.post(f"{PAGE}baru/", TYPED)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        BankAccount.objects.update(number="9999999999")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        BankAccountChange.objects.update(by=hadi)
    assert BankAccount.objects.get().number == "1234567890"


def test_a_manager_opens_and_closes_none(unit, sari, at):
    with pytest.raises(Refused):
        services.open_bank_account(unit=unit, bank="BCA", number="1234567890", holder="Sari", by=sari, at=at)
    account = BankAccount.objects.create(unit=unit, bank="BCA", number="1234567890", holder="CV Maju")
    with pytest.raises(Refused):
        services.close_bank_account(account, by=sari, at=at)

    account.refresh_from_db()
    assert account.closed_on is None


def test_the_page_names_the_units_that_nobody_can_transfer_to(owner, unit):
    assert "Kos Melati hanya bisa membayar tunai" in owner.get(PAGE).content.decode()
    owner.post(f"{PAGE}baru/", TYPED | {"unit": ""})

    assert "hanya bisa membayar tunai" not in owner.get(PAGE).content.decode()
