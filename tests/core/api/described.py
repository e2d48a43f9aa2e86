"""A program that holds every body and every answer against openapi.json, as a stranger's generator would."""

import json
import re
from functools import cache

import jsonschema_rs
from django.test import Client

from tatausaha.core.procedures import registry
from tests.core.api.conftest import Program

ROOT = "/api/v1"
JSON = "application/json"


@cache
def _described(_procedures):
    return Client().get(f"{ROOT}/openapi.json").json()


def description():
    """openapi.json of what is registered now."""
    return _described(tuple(procedure.code for procedure in registry.procedures()))


def fits(schema, value):
    """Why the value is not what the schema says; nothing if it is."""
    whole = {**schema, "components": description()["components"]}
    errors = jsonschema_rs.validator_for(whole, validate_formats=True).iter_errors(value)
    return [f"{'/'.join(map(str, one.instance_path))}: {one.message}" for one in errors]


def operation(method, path):
    """What openapi.json says of a request to an address."""
    for template, operations in description()["paths"].items():
        if (
            re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), f"{ROOT}{path}")
            and method in operations
        ):
            return operations[method]
    raise AssertionError(f"{method} {path} is not described")


class StrictProgram(Program):
    """Sends only what is described, and takes only what is described."""

    def get(self, path, **params):
        answer = super().get(path, **params)
        said = operation("get", path)
        known = {one["name"] for one in said.get("parameters", []) if one["in"] == "query"}
        assert set(params) <= known, f"{path}: {set(params) - known}"
        return self._as_described(said, answer)

    def post(self, path, data=None, *, key=""):
        answer = super().post(path, data, key=key)
        said, body = operation("post", path), {} if data is None else data
        if answer.status_code < 300:
            sent = said.get("requestBody", {}).get("content", {JSON: {"schema": {}}})[JSON]["schema"]
            assert fits(sent, body) == [], path
            if found := re.fullmatch(r"/cases/[^/]+/steps/(\w+)", path):
                own = f"#/components/schemas/{answer.json()['procedure']}.{found[1]}"
                assert fits({"$ref": own}, body) == [], path
        return self._as_described(said, answer)

    def _as_described(self, said, answer):
        content = said["responses"][str(answer.status_code)]["content"]
        kind = answer.headers["content-type"].split(";")[0]
        assert kind in content, (kind, list(content))
        assert fits(content[kind]["schema"], json.loads(answer.content)) == []
        return answer
