"""A request that is sent again under the same key happens once."""

import pytest

from tatausaha.core.api.models import KeptAnswer
from tatausaha.core.procedures import queries
from tests.races.threads import together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]


def test_the_same_request_under_the_same_key_gets_the_same_answer(program_of, request_, technician):
    program, path = program_of(technician), f"/cases/{request_.number}/steps/evaluate"

    first = program.post(path, {"note": "penting"}, key="k-1")
    again = program.post(path, {"note": "penting"}, key="k-1")

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert queries.passages_of(request_).count() == 2


def test_another_request_under_the_same_key_is_a_conflict(program_of, request_, technician):
    program, path = program_of(technician), f"/cases/{request_.number}/messages"
    program.post(path, {"text": "satu"}, key="k-1")

    answer = program.post(path, {"text": "dua"}, key="k-1")

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:tatausaha:conflict")
    assert queries.messages_of(request_, internal=True).count() == 1


def test_a_key_belongs_to_its_token(program_of, request_, technician, rini):
    path = f"/cases/{request_.number}/messages"
    program_of(technician).post(path, {"text": "halo"}, key="k-1")

    assert program_of(rini).post(path, {"text": "halo"}, key="k-1").status_code == 201
    assert queries.messages_of(request_, internal=True).count() == 2


def test_what_was_refused_is_not_remembered(program_of, request_, bring, technician, sari):
    bring(
        request_, ("evaluate", technician, {"note": "x"}), ("needs", technician), ("plan", technician, {"days": 2}),
        ("approve", sari), ("develop", technician),
    )  # fmt: skip
    program, path = program_of(technician), f"/cases/{request_.number}/steps/pass_tests"
    assert program.post(path, key="k-1").status_code == 409
    bring(request_, ("test", technician, {"passed": True}))

    assert program.post(path, key="k-1").status_code == 200


def test_opening_twice_under_one_key_opens_one_case(program_of, unit, rini):
    program = program_of(rini)
    body = {"procedure": "toys.request", "input": {"unit": unit.code, "note": "Satu saja"}}

    numbers = {program.post("/cases", body, key="buka-1").json()["number"] for _ in range(3)}

    assert len(numbers) == 1
    assert program.get("/cases").json()["count"] == 1


def test_a_key_that_is_too_long_is_refused(program_of, request_, rini):
    answer = program_of(rini).post(f"/cases/{request_.number}/messages", {"text": "x"}, key="k" * 101)

    assert answer.status_code == 422


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_at_once_under_one_key_open_one_case(program_of, unit, rini):
    program = program_of(rini)
    body = {"procedure": "toys.request", "input": {"unit": unit.code, "note": "Satu saja"}}

    outcomes = together([lambda: program.post("/cases", body, key="buka-1")] * 8)

    assert [outcome.error for outcome in outcomes] == [None] * 8
    assert {outcome.result.status_code for outcome in outcomes} == {201}
    assert len({outcome.result.json()["number"] for outcome in outcomes}) == 1
    assert KeptAnswer.objects.count() == 1
