"""Thrown at with what its own description allows, and what it does not, the API never breaks (no 500)."""

import json
from contextlib import suppress
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]

EXAMPLES = 6
"""For each operation and each way of generating: few, for this runs in every test run."""


def send(program, case, number):
    """One generated request; half of the cases that are asked for are there."""
    path = case.path
    for name, value in (case.path_parameters or {}).items():
        known = number if name == "number" and len(str(value)) % 2 else str(value)
        path = path.replace(f"{{{name}}}", quote(known, safe=""))
    query = {name: value for name, value in (case.query or {}).items() if value is not None}
    unset = type(case.body).__name__ == "NotSet"
    body = "" if unset else json.dumps(case.body, default=str)
    url = f"{path}?{urlencode(query, doseq=True)}" if query else path
    return program.client.generic(case.method, url, body, content_type="application/json")


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_no_request_that_the_description_suggests_breaks_it(client, program_of, request_, hadi, mode):
    import schemathesis  # noqa: PLC0415 - slow import
    from schemathesis import GenerationMode  # noqa: PLC0415

    program = program_of(hadi)
    described = client.get("/api/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(described)
    tried: set[str] = set()

    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=GenerationMode(mode)))
        def hold(case):
            answer = send(program, case, request_.number)
            assert answer.status_code < 500, (case.method, case.path, answer.content[:300])
            tried.add(f"{case.method} {case.path}")

        with suppress(Unsatisfiable):  # an operation without inputs cannot be asked wrongly
            hold()

    assert len(tried) >= 8
    assert request_desk.REQUEST.code in str(described["components"]["schemas"])
