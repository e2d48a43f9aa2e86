"""The seven who try every address, and the things that they try to reach."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tatausaha.core.api import tokens
from tatausaha.core.ledger import chart
from tatausaha.core.people.models import Login, Person, Role, Unit

ROLES = ("anonymous", "stranger", "customer", "staff", "manager", "other manager", "owner")
"""A visitor; a login without roles; who the thing belongs to; staff and manager of its unit;
the manager of another unit; the owner of the company."""


@dataclass
class Cast:
    """The people, the unit in which the things are, and another unit."""

    unit: Unit
    other_unit: Unit
    people: Mapping[str, Person | None]
    at: datetime
    things: dict[str, str] = field(default_factory=dict)

    @property
    def customer(self) -> Person:
        """To whom the things belong."""
        found = self.people["customer"]
        assert found is not None
        return found

    @property
    def staff(self) -> Person:
        """Works in the unit."""
        found = self.people["staff"]
        assert found is not None
        return found

    @property
    def manager(self) -> Person:
        """Manages the unit."""
        found = self.people["manager"]
        assert found is not None
        return found

    @property
    def owner(self) -> Person:
        """Owns the company."""
        found = self.people["owner"]
        assert found is not None
        return found


Thing = Callable[[Cast], str]


@dataclass(frozen=True)
class Line:
    """One way to try an address, and the answer that each role gets."""

    pattern: str
    method: str
    path: str
    answers: tuple[str, ...]
    part: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def gather(unit: Unit, other_unit: Unit, at: datetime) -> Cast:
    """The seven of the table."""

    def person(name: str, phone: str, role: str = "", where: Unit | None = None) -> Person:
        made = Person.objects.create(name=name, phone=phone, email=f"{name.lower()}@contoh.id", created_at=at)
        login = Login.objects.create_user(person=made, password="rahasia-sekali")
        EmailAddress.objects.create(user=login, email=made.email, verified=True, primary=True)
        if role:
            Role.objects.create(person=made, unit=where, name=role, since=at)
        return made

    chart.install_chart()
    people = {
        "anonymous": None,
        "stranger": person("Budi", "+6281200000002"),
        "customer": person("Rini", "+6281200000001"),
        "staff": person("Tono", "+6281200000009", "staff", unit),
        "manager": person("Sari", "+6281200000003", "manager", unit),
        "other manager": person("Dewi", "+6281200000005", "manager", other_unit),
        "owner": person("Hadi", "+6281200000004", "owner"),
    }
    return Cast(unit=unit, other_unit=other_unit, people=people, at=at)


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address of the house, as the resolver has it."""
    for entry in (resolver or get_resolver()).url_patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield here
        else:
            yield from patterns(entry, here)


def client_of(cast: Cast, role: str, path: str) -> Client:
    """A browser of that role; for the API a program with the person's token."""
    person = cast.people[role]
    if person is None:
        return Client()
    if path.startswith("/api/"):
        _token, secret = tokens.make(person=person, name="Tabel", wanted=["read", "act"], at=cast.at)
        return Client(headers={"authorization": f"Bearer {secret}"})
    client = Client()
    client.force_login(person.login)
    return client


def said(answer: HttpResponseBase) -> str:
    """The answer as the table writes it."""
    if answer.status_code in {301, 302} and answer.headers["Location"].startswith(
        resolve_url(settings.LOGIN_URL)
    ):
        return "login"
    return str(answer.status_code)


def ask(cast: Cast, role: str, line: Line, body: Any) -> str:
    """What the role gets when it tries the line."""
    path = line.path.format_map(cast.things)
    client = client_of(cast, role, path)
    if line.method == "GET":
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[arg-type]  # a file is closed at its end
        return said(answer)
    if path.startswith("/api/"):
        return said(client.generic(line.method, path, body or "{}", content_type="application/json"))
    return said(client.post(path, body or {}))
