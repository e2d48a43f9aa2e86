"""Whatever goes wrong under /api/, a program reads a problem document, never a page."""

import json

import pytest

from tatausaha.core.procedures import openings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]


def problem(answer, status):
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    said = json.loads(answer.content)
    assert (said["status"], bool(said["title"]), bool(said["detail"])) == (status, True, True)
    return said


@pytest.mark.parametrize("path", ["/me", "/cases/X/steps/plan", "/boarding/houses"])
def test_a_method_that_is_not_served_is_a_problem_that_names_those_that_are(program_of, hadi, path):
    answer = program_of(hadi).client.delete(f"/api/v1{path}")

    assert problem(answer, 405)["type"] == "urn:tatausaha:not-allowed"
    assert answer.headers["allow"] in {"GET", "POST"}


@pytest.mark.parametrize(
    ("path", "status"), [("/api/v1/", 404), ("/api/v1/cases?q=%00", 400), ("/api/v2/cases", 404)]
)
def test_an_address_that_is_none_is_a_problem(program_of, hadi, path, status):
    problem(program_of(hadi).client.get(path), status)


def test_a_fault_of_ours_is_a_problem_without_its_inside(program_of, hadi, monkeypatch):
    def broken(_person):
        raise RuntimeError("inside")

    monkeypatch.setattr(openings, "readable", broken)
    program = program_of(hadi)
    program.client.raise_request_exception = False

    answer = program.get("/procedures")

    assert problem(answer, 500)["type"] == "urn:tatausaha:fault"
    assert "inside" not in answer.text


def test_a_page_that_is_none_stays_a_page(client):
    assert client.get("/tidak-ada/").headers["content-type"].startswith("text/html")
