"""Bank accounts: the owner's alone, never changed, known to every owner, written down (SYS-10)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Account, Event
from tatausaha.core.ledger.services import Draft, Line, install_chart, post
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments import queries, services
from tatausaha.core.payments.models import BankAccount, BankAccountChange
from tatausaha.core.people.models import Role
from tatausaha.core.reports import overview

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


@pytest.mark.req("KOS-15")
def test_each_bank_account_has_its_own_account_in_the_books_and_the_sum_stays_whole(
    unit, unit_wita, hadi, at
):
    def opened(bank, number, where):
        return services.open_bank_account(unit=where, bank=bank, number=number, holder="CV", by=hadi, at=at)

    former = BankAccount.objects.create(unit=unit, bank="BRI", number="0123456789", holder="CV Maju")
    bca, mandiri = opened("BCA", "1234567890", unit), opened("Mandiri", "9876543210", unit_wita)

    assert [former.account, bca.account, mandiri.account] == ["11201", "11202", "11203"]
    assert Account.objects.get(pk=11202).name == "BCA 1234567890"
    for one, amount in ((former, 5_000), (bca, 700), (mandiri, 30)):
        lines = (Line(one.account, amount), Line(chart.CAPITAL, -amount))
        post(Draft(f"bank|{one.pk}|x", one.unit, "opening", lines, at.date()), by=hadi, at=at)
    seen = overview.of([unit, unit_wita], at=at)
    assert [(line.label, line.amount) for line in seen.banks] == [
        ("Bank, Kos Melati", 5_000), ("BCA 1234567890, Kos Melati", 700), ("Mandiri 9876543210, Kos Kenanga", 30),
    ]  # fmt: skip
    assert seen.money == 5_730
    assert Event.objects.filter(what="account.opened").count() == 2


def test_a_number_that_the_owner_gave_to_another_account_is_not_taken(unit, hadi, at):
    install_chart()
    Account.objects.filter(pk=11201).update(code="11202", name="BRI lama")

    opened = services.open_bank_account(unit=unit, bank="BCA", number="12345", holder="CV", by=hadi, at=at)

    assert opened.account == "11203"


def test_an_account_that_is_opened_again_goes_on_in_the_same_account_of_the_books(unit, hadi, at):
    first = services.open_bank_account(unit=unit, bank="BCA", number="12345", holder="CV", by=hadi, at=at)
    services.close_bank_account(first, by=hadi, at=at)

    again = services.open_bank_account(unit=unit, bank="bca", number="12345", holder="CV", by=hadi, at=at)

    assert (again.pk != first.pk, again.account) == (True, first.account)


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
