"""Signing up, proving an address, and being joined with the person known from the counter."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import accounts, roles, services
from tatausaha.core.people.models import Company, Event, Login, Person

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-06")]


def test_signing_up_makes_a_person_and_a_login_together(company, at):
    login = accounts.sign_up(name=" Ayu  Lestari", email="Ayu@Contoh.id", password="rahasia-ayu", at=at)

    assert (login.person.name, login.person.email, login.email) == (
        "Ayu Lestari",
        "ayu@contoh.id",
        "ayu@contoh.id",
    )
    assert login.check_password("rahasia-ayu")
    assert login.person.created_at == at
    assert not roles.works_here(login.person)


def test_an_address_has_one_account(company, at):
    accounts.sign_up(name="Ayu", email="ayu@contoh.id", password="rahasia-ayu", at=at)

    with pytest.raises(Refused, match="sudah punya akun"):
        accounts.sign_up(name="Lain", email="AYU@contoh.id", password="rahasia-lain", at=at)
    assert Person.objects.count() == 1


def test_signing_up_needs_an_address(company, at):
    with pytest.raises(Refused, match="Isi surel atau nomor HP"):
        accounts.sign_up(name="Ayu", password="rahasia-ayu", at=at)


def test_typing_somebody_elses_number_opens_nothing(company, hadi, at):
    known = services.create_person(name="Ayu", phone="0812 9999 0001", by=hadi, at=at)

    thief = accounts.sign_up(name="Maling", phone="081299990001", password="rahasia-maling", at=at)

    assert thief.person != known
    known.refresh_from_db()
    assert known.merged_into is None
    assert not Login.objects.filter(person=known).exists()


def test_a_proven_number_joins_the_person_known_from_the_counter(company, hadi, at):
    known = services.create_person(
        name="Ayu Lestari", phone="081299990001", address="Jl. Mawar 1", by=hadi, at=at
    )
    login = accounts.sign_up(name="Ayu", phone="+62 812 9999 0001", password="rahasia-ayu", at=at)
    fresh = login.person

    accounts.prove_phone(login, login.phone, at=at + timedelta(minutes=1))

    login = Login.objects.get(pk=login.pk)
    fresh.refresh_from_db()
    assert (login.person, login.phone_verified) == (known, True)
    assert fresh.merged_into == known
    assert known.__class__.objects.get(pk=known.pk).name == "Ayu Lestari"


def test_a_number_that_two_people_share_joins_nobody(company, hadi, at):
    for name in ("Ibu", "Anak"):
        services.create_person(name=name, phone="081299990001", by=hadi, at=at)
    login = accounts.sign_up(name="Ibu", phone="081299990001", password="rahasia-ibu", at=at)

    accounts.prove_phone(login, login.phone, at=at)

    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_who_changes_his_number_later_keeps_his_own_history(company, hadi, at):
    login = accounts.sign_up(name="Ayu", email="ayu@contoh.id", password="rahasia-ayu", at=at)
    known = services.create_person(name="Lain", phone="081299990001", by=hadi, at=at)

    accounts.prove_phone(login, "+6281299990001", at=at + timedelta(days=31))

    known.refresh_from_db()
    assert known.merged_into is None
    assert Login.objects.get(pk=login.pk).person == login.person


def test_a_number_nobody_proved_can_be_signed_up_again(company, at):
    first = accounts.sign_up(name="Salah", phone="081299990001", password="rahasia-satu", at=at)

    second = accounts.sign_up(name="Ayu", phone="081299990001", password="rahasia-dua", at=at)

    assert second.person_id == first.person_id
    assert not Login.objects.filter(pk=first.pk).exists()
    assert (second.person.name, second.check_password("rahasia-dua")) == ("Ayu", True)
    accounts.prove_phone(second, second.phone, at=at)
    with pytest.raises(Refused, match="sudah punya akun"):
        accounts.sign_up(name="Lain", phone="081299990001", password="rahasia-tiga", at=at)


def test_a_number_only_typed_elsewhere_goes_to_who_proves_it(company, rini, budi, at):
    accounts.prove_phone(budi.login, rini.phone, at=at)

    assert Login.objects.get(person=budi).phone == rini.phone
    assert Login.objects.get(person=rini).phone is None


def test_a_number_that_another_has_proven_is_refused(company, rini, budi, at):
    accounts.prove_phone(rini.login, rini.phone, at=at)

    with pytest.raises(Refused, match="akun lain"):
        accounts.prove_phone(budi.login, rini.phone, at=at)
    assert Login.objects.get(person=budi).phone == budi.phone


def test_a_used_link_proves_the_mailbox_and_joins(company, hadi, at):
    known = services.create_person(name="Ayu Lestari", email="ayu@contoh.id", by=hadi, at=at)
    login = accounts.sign_up(name="Ayu", email="ayu@contoh.id", password="rahasia-ayu", at=at)

    accounts.prove_email(login, "ayu@contoh.id", at=at)

    assert Login.objects.get(pk=login.pk).person == known


def test_a_company_is_founded_once_with_its_owner(db, at):
    company = accounts.found_company(
        name="CV Maju", owner="Pak Hadi", email="hadi@contoh.id", password="rahasia-hadi", at=at
    )

    owner = Person.objects.get()
    assert (company.name, str(company.books_from), company.is_demonstration) == (
        "CV Maju",
        "2026-03-01",
        False,
    )
    assert roles.is_owner(owner)
    assert EmailAddress.objects.get().verified
    with pytest.raises(Refused, match="sudah ada"):
        accounts.found_company(name="X Y", owner="Z", email="z@contoh.id", password="rahasia-z", at=at)
    assert Company.objects.count() == 1


def test_an_ended_login_is_noted(company, rini, hadi, at):
    accounts.end_login(rini.login, by=hadi, at=at)
    accounts.end_login(rini.login, by=hadi, at=at)

    assert not Login.objects.get(person=rini).is_active
    assert Event.objects.get(kind=Event.Kind.LOGIN_ENDED).by == hadi


def test_nobody_ends_his_own_login(company, hadi, at):
    with pytest.raises(Refused, match="sendiri"):
        accounts.end_login(hadi.login, by=hadi, at=at)

    assert Login.objects.get(person=hadi).is_active
