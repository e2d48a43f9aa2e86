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


def test_an_input_that_names_a_record_says_whose_id_it_is_and_where_it_stands(described):
    wish = described["components"]["schemas"]["boarding.booking.open"]["properties"]["input"]["properties"]

    assert wish["room"]["type"] == "integer"
    assert "GET /boarding/houses/{code}: free_rooms[].id" in wish["room"]["description"]
    assert wish["services"]["items"]["type"] == "integer"
    assert "GET /boarding/houses/{code}: services[].id" in wish["services"]["items"]["description"]


@pytest.mark.parametrize("step", ["open", "subscribe", "unsubscribe", "note_use"])
def test_no_record_of_a_stay_or_booking_is_asked_for_by_a_bare_text(described, step):
    """Whatever a step asks for as a record of ours is an id, and says so."""
    for name, schema in described["components"]["schemas"].items():
        if name.startswith("boarding.") and name.endswith(f".{step}"):
            asked = schema["properties"].get("input", schema)["properties"]
            for field in ("room", "service"):
                assert "id" in asked.get(field, {"description": "id"})["description"].split(), (name, field)


def test_a_multipart_form_has_the_inputs_of_the_same_form_with_files_as_files(described):
    schemas = described["components"]["schemas"]
    posts = described["paths"]
    step = posts["/api/v1/cases/{number}/steps/{step}"]["post"]["requestBody"]["content"]
    opening = posts["/api/v1/cases"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]

    as_json, as_form = schemas["boarding.booking.register"], schemas["boarding.booking.register.multipart"]

    assert as_json["properties"]["paper_file"]["properties"]["content"]["contentEncoding"] == "base64"
    assert as_form["properties"]["paper_file"] == {
        "type": "string",
        "format": "binary",
        "title": as_json["properties"]["paper_file"]["title"],
        "description": as_form["properties"]["paper_file"]["description"],
    }
    assert set(as_form["properties"]) == set(as_json["properties"])
    assert as_form["required"] == as_json["required"]
    refs = [one["$ref"].rpartition("/")[2] for one in step["multipart/form-data"]["schema"]["anyOf"]]
    assert {"boarding.booking.register.multipart", "boarding.booking.cancel"} <= set(refs)
    begun = schemas[opening["discriminator"]["mapping"]["boarding.booking"].rpartition("/")[2]]
    assert {"procedure", "room", "move_in_on"} <= set(begun["required"])
    assert begun["properties"]["procedure"] == {"const": "boarding.booking"}
