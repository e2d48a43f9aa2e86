"""Programs of the cast."""

import json

import pytest
from django.test import Client

from tatausaha.core.api import tokens
from tests.toys.cast import bring, request_, technician, toys

__all__ = ["bring", "request_", "technician", "toys"]


class Program:
    """A program that holds a person's token and speaks JSON."""

    def __init__(self, secret: str) -> None:
        self.client = Client(headers={"authorization": f"Bearer {secret}"})

    def get(self, path, **params):
        return self.client.get(f"/api/v1{path}", params)

    def post(self, path, data=None, *, key=""):
        headers = {"idempotency-key": key} if key else {}
        body = json.dumps({} if data is None else data)
        return self.client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


@pytest.fixture
def program_of(at):
    """A program of a person; `wanted` are the scopes of its token."""

    def make(person, wanted=("read", "act")) -> Program:
        return Program(tokens.make(person=person, name="Uji", wanted=wanted, at=at)[1])

    return make
