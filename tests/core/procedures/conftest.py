"""The toys in force, their people, and the SOP revisions as delivered."""

from datetime import date

import pytest

from tatausaha.core.people.models import Role
from tatausaha.core.procedures import policies, registry
from tests.toys import repair_shop, request_desk


@pytest.fixture
def toys(company, at):
    procedures = (request_desk.REQUEST, repair_shop.ORDER, repair_shop.INTAKE)
    for procedure in procedures:
        registry.register(procedure)
    policies.install(at=at, on=date(2025, 1, 1))
    yield
    for procedure in procedures:
        registry.unregister(procedure)


@pytest.fixture
def technician(budi, unit, at):
    Role.objects.create(person=budi, unit=unit, name="staff", since=at)
    return budi


@pytest.fixture
def take(at):
    """Take a step by its name, as a person at a moment."""

    def by_name(subject, name, *, by, at=at, **data):
        from tatausaha.core.procedures.services import perform  # noqa: PLC0415

        step = registry.procedure_of(subject).step(name)
        return perform(subject, step, by=by, at=at, data=data)

    return by_name
