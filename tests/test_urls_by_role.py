"""Every address x every role: the answer that the table says. An address without a row fails (SYS-06)."""

import importlib
import pkgutil
import string
from types import ModuleType

import pytest
from django.db import transaction

from tests import urls_by_role
from tests.toys.cast import toys
from tests.urls_by_role import cast as people
from tests.urls_by_role.cast import ROLES, Cast, Line

__all__ = ["toys"]

PARTS: dict[str, ModuleType] = {
    found.name: importlib.import_module(f"tests.urls_by_role.{found.name}")
    for found in pkgutil.iter_modules(urls_by_role.__path__)
    if found.name != "cast"
}
THINGS = {name: make for part in PARTS.values() for name, make in getattr(part, "THINGS", {}).items()}
BODIES = {line: body for part in PARTS.values() for line, body in getattr(part, "BODIES", {}).items()}


def _line(pattern: str, text: str, part: str) -> Line:
    method, path, *answers = text.split()
    whole = tuple(answers) * len(ROLES) if len(answers) == 1 else tuple(answers)
    assert len(whole) == len(ROLES), f"{part}: “{text}” has {len(answers)} answers, not {len(ROLES)}"
    return Line(pattern, method, path, whole, part)


LINES = [
    _line(pattern, text, name)
    for name, part in PARTS.items()
    for pattern, texts in part.ROWS.items()
    for text in texts
]


@pytest.fixture
def cast(toys: None, unit, unit_wita, at) -> Cast:
    return people.gather(unit, unit_wita, at)


def test_every_address_has_a_row() -> None:
    known = {line.pattern for line in LINES}
    missing = [pattern for pattern in dict.fromkeys(people.patterns()) if pattern not in known]

    lines = "\n".join(
        f'    "{pattern}": ["GET /{pattern}    {" ".join(["?"] * len(ROLES))}"],' for pattern in missing
    )
    assert not missing, (
        "\nThese addresses are in no table. Add a line for each to ROWS of a file in tests/urls_by_role/\n"
        f"(answers in the order {', '.join(ROLES)}; `login` is the way to the sign-in page):\n{lines}"
    )


def test_no_row_is_left_from_an_address_that_is_gone() -> None:
    gone = {line.pattern for line in LINES} - set(people.patterns())

    assert not gone, f"these rows name no address of the house any more: {sorted(gone)}"


def test_no_address_stands_in_two_files() -> None:
    places: dict[str, set[str]] = {}
    for line in LINES:
        places.setdefault(line.pattern, set()).add(line.part)

    assert {pattern: files for pattern, files in places.items() if len(files) > 1} == {}


def test_no_thing_is_made_in_two_files() -> None:
    names = [name for part in PARTS.values() for name in getattr(part, "THINGS", {})]

    assert sorted(names) == sorted(set(names)), "the later one would be tried under the address of the first"


@pytest.mark.req("SYS-06")
@pytest.mark.req("KOS-16")
@pytest.mark.django_db
@pytest.mark.parametrize("line", LINES, ids=str)
def test_each_role_gets_the_answer_of_the_table(line: Line, cast: Cast) -> None:
    wanted = [name for _, name, _, _ in string.Formatter().parse(line.path) if name]
    cast.things = {name: THINGS[name](cast) for name in wanted}
    body = BODIES.get(str(line))

    got = {}
    for role in ROLES:
        with transaction.atomic():  # each role finds the things as they were
            got[role] = people.ask(cast, role, line, body)
            transaction.set_rollback(True)

    assert got == dict(zip(ROLES, line.answers, strict=True))
