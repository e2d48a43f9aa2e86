"""Fixtures for tests that need running cases: the toys in force, their people, their browsers."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from tatausaha.core.kernel import clock
from tatausaha.core.people.models import Login, Person, Role
from tatausaha.core.procedures import policies, registry, services
from tests.toys import repair_shop, request_desk

TOYS = (request_desk.REQUEST, repair_shop.ORDER, repair_shop.INTAKE)


@pytest.fixture
def toys(company, at, monkeypatch):
    """The toy procedures in force, and the clock of requests at the moment of the test."""
    for procedure in TOYS:
        registry.register(procedure)
    policies.install(at=at, on=date(2025, 1, 1))
    monkeypatch.setattr(clock, "now", lambda: at)
    yield
    for procedure in TOYS:
        registry.unregister(procedure)


@pytest.fixture
def technician(unit, at):
    person = Person.objects.create(name="Tono", phone="+6281200000009", email="tono@contoh.id", created_at=at)
    login = Login.objects.create_user(person=person, password="rahasia-sekali")
    EmailAddress.objects.create(user=login, email=person.email, verified=True, primary=True)
    Role.objects.create(person=person, unit=unit, name="staff", since=at)
    return person


@pytest.fixture
def browser_of():
    """A signed-in browser of a person."""

    def sign_in(person, **wishes) -> Client:
        client = Client(**wishes)
        client.force_login(person.login)
        return client

    return sign_in


@pytest.fixture
def request_(toys, unit, rini, at):
    """Rini's request for a repaired print button, in its first state."""
    return request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note="Tombol cetak rusak")


@pytest.fixture
def bring(at):
    """Bring a case along a list of (step, person, data)."""

    def along(subject, *steps):
        for name, who, *data in steps:
            step = registry.procedure_of(subject).step(name)
            subject = services.perform(subject, step, by=who, at=at, data=data[0] if data else None)
        return subject

    return along
