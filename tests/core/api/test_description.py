"""What OpenAPI says is true: it names every step's inputs, and its page asks nobody else for anything."""

import re

import pytest

from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]


@pytest.fixture
def described(client):
    return client.get("/api/v1/openapi.json").json()


def test_it_is_openapi_3_1_and_every_reference_leads_somewhere(described):
    assert described["openapi"] == "3.1.0"
    names = set(described["components"]["schemas"])

    refs = re.findall(r"'#/components/schemas/([^']+)'", str(described))

    assert set(refs) - names == set()


def test_every_step_that_people_take_has_its_inputs_among_the_components(described):
    names = set(described["components"]["schemas"])

    taken = {f"toys.request.{step.name}" for step in request_desk.REQUEST.steps if not step.who.machine}

    assert taken <= names
    assert "toys.request.escalate" not in names
    body = described["paths"]["/api/v1/cases/{number}/steps/{step}"]["post"]["requestBody"]["content"]
    assert {"$ref": "#/components/schemas/toys.request.plan"} in body["application/json"]["schema"]["anyOf"]


def test_an_opening_is_told_apart_by_its_procedure(described):
    schema = described["paths"]["/api/v1/cases"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]

    assert schema["discriminator"]["mapping"]["toys.request"] == "#/components/schemas/toys.request.open"


def test_every_operation_says_how_it_fails(described):
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert "401" in operation["responses"], (method, path)
            assert "application/problem+json" in operation["responses"]["401"]["content"], (method, path)


def test_the_page_of_the_description_is_whole_without_the_network(client):
    answer = client.get("/api/v1/docs")

    assert answer.status_code == 200
    assert re.findall(r'(?:src|href)="(?:https?:)?//', answer.text) == []
    assert re.findall(r"<script(?![^>]*\b(?:src=|application/json))[^>]*>", answer.text) == []
