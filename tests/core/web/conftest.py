"""What the tests of the page kit share."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tatausaha.core.people.models import Person
from tests.core.web import pages
from tests.toys.cast import bring, browser_of, request_, technician, toys

__all__ = ["bring", "browser_of", "request_", "technician", "toys"]


@pytest.fixture(autouse=True)
def received() -> Iterator[list[dict[str, str]]]:
    """What reached the sample views; empty at the start."""
    pages.received.clear()
    yield pages.received
    pages.received.clear()


@pytest.fixture
def signed_in(client: Client) -> Callable[[Person], Client]:
    """A browser in which the person has signed in."""

    def sign_in(person: Person) -> Client:
        client.force_login(person.login)
        return client

    return sign_in


@pytest.fixture
def hidden() -> Callable[[str], dict[str, str]]:
    """The hidden fields of a page."""

    def read(text: str) -> dict[str, str]:
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))

    return read
