"""A role with an end ahead is a delegation: it counts within its dates, and not a moment longer."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.core.api import tokens
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles, services

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-06")]

LENGTH = timedelta(days=3)


@pytest.fixture
def lent(unit, hadi, budi, at):
    return services.give_role(person=budi, name="manager", unit=unit, by=hadi, at=at, until=at + LENGTH)


def manages(person, unit, moment):
    return roles.has_role(roles.acting_at(person, moment), unit, "manager")


def test_a_delegation_counts_within_its_dates(lent, unit, budi, at):
    second = timedelta(seconds=1)

    told = [manages(budi, unit, moment) for moment in (at - second, at, at + LENGTH - second, at + LENGTH)]

    assert told == [False, True, True, False]


def test_the_door_asks_at_the_moment_of_the_request(lent, unit, budi, at, clock_at):
    program = Client(
        headers={"authorization": f"Bearer {tokens.make(person=budi, name='x', wanted=['read'], at=at)[1]}"}
    )
    page = Client()
    page.force_login(budi.login)

    clock_at(at + timedelta(days=2))
    during = ([one["code"] for one in program.get("/api/v1/me").json()["units"]], roles_seen(page))
    clock_at(at + LENGTH)
    after = ([one["code"] for one in program.get("/api/v1/me").json()["units"]], roles_seen(page))

    assert during == ([unit.code], True)
    assert after == ([], False)


def roles_seen(client):
    """Whether the one who looks is taken for somebody who works here."""
    return roles.works_here(client.get("/").wsgi_request.person)


def test_a_delegation_is_ended_before_its_time_but_not_twice(lent, unit, hadi, budi, at):
    services.end_role(lent, by=hadi, at=at + timedelta(days=1))

    assert not manages(budi, unit, at + timedelta(days=2))
    with pytest.raises(Refused):
        services.end_role(lent, by=hadi, at=at + timedelta(days=2))


def test_a_delegation_into_the_past_is_refused(unit, hadi, budi, at):
    with pytest.raises(Refused) as no:
        services.give_role(person=budi, name="manager", unit=unit, by=hadi, at=at, until=at)

    assert no.value.field == "until"
    assert not budi.roles.exists()
