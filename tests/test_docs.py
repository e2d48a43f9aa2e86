"""The documents say what is true: links lead somewhere, commands exist, the map shows every room."""

import re
import subprocess
from pathlib import Path

import pytest

from tatausaha.config import commands
from tatausaha.core.people.demonstration import GUESTS, PASSWORD
from tools import requirements

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PACKAGE = ROOT / "src" / "tatausaha"
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_make_command_exists(page: Path) -> None:
    named = set(re.findall(r"(?:`|^    |PORT=\d+ )make ([a-z-]+)", page.read_text(), re.MULTILINE))

    assert named - TARGETS == set()


def test_make_help_lists_every_target() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert set(re.findall(r"^ +make (\S+)", said, re.MULTILINE)) == TARGETS
    assert {"help", "setup", "run", "test", "check", "bench"} <= TARGETS


def test_the_map_shows_every_room() -> None:
    rooms = {f"core/{room.parent.name}" for room in PACKAGE.glob("core/*/__init__.py")}
    rooms |= {f"business/{room.parent.name}" for room in PACKAGE.glob("business/*/__init__.py")}
    shown = set(re.findall(r"^\| `([\w/]+)`", (ROOT / "docs" / "map.md").read_text(), re.MULTILINE))

    assert shown == rooms | {"config"}


def test_the_readme_names_the_commands_of_the_house_and_the_logins_of_the_demonstration() -> None:
    readme = (ROOT / "README.md").read_text()

    assert [command.name for command in commands.HOUSE if f"`{command.name}" not in readme] == []
    assert [guest for guest in GUESTS if f"{guest.name}, " not in readme] == []
    assert [guest for guest in GUESTS if f"| `{guest.email}` | `{PASSWORD}` |" not in readme] == []


def test_decisions_are_numbered_and_say_what_was_decided() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))

    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text()
        assert text.startswith(f"# {int(page.name[:4])}. ")
        assert len(text.splitlines()) <= 60, f"{page.name} is longer than a page"


def test_a_glossary_term_is_explained_once() -> None:
    terms = re.findall(r"^\| ([^|]+?) \|", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    said = [term for term in terms if term not in {"Indonesian", "---"}]

    assert sorted(said) == sorted(set(said))


# The page of requirements

SOURCE = {
    "finished": ["KOS-01"],
    "KOS": {"title": "kos", "KOS-01": "Rooms are seen.", "KOS-02": "Rooms are booked."},
}
MARKED = """
pytestmark = pytest.mark.req("KOS-01")
@pytest.mark.req("KOS-02")
def test_a_room_is_booked(): ...
def other(): ...
class TestMore:
    def test_a_room_is_seen(self): ...
"""


def test_marks_of_files_classes_and_functions_are_collected() -> None:
    found = {(name, held.words()) for name, held in requirements.marks_of(MARKED, "tests/test_x.py")}

    assert found == {
        ("KOS-01", "a room is booked"),
        ("KOS-02", "a room is booked"),
        ("KOS-01", "a room is seen"),
    }


def test_a_stale_page_an_unknown_mark_and_a_finished_requirement_without_test_are_reported() -> None:
    held = {"KOS-02": [requirements.Held("tests/test_x.py", "test_a")]}
    current = requirements.page(SOURCE, held)

    assert list(requirements.problems(SOURCE, held, current)) == [
        "docs/requirements.toml: KOS-01 is finished but has no test"
    ]
    assert len(list(requirements.problems(SOURCE, held, "old"))) == 2
    unknown = {**held, "KOS-01": held["KOS-02"], "KOS-99": held["KOS-02"]}
    assert list(requirements.problems(SOURCE, unknown, requirements.page(SOURCE, unknown))) == [
        "tests/test_x.py: mark KOS-99 names no requirement of docs/requirements.toml"
    ]


def test_the_page_names_each_test_in_words() -> None:
    held = {"KOS-02": [requirements.Held("tests/test_x.py", "test_a_room_is_booked")]}

    assert "- a room is booked ([tests/test_x.py](../tests/test_x.py))" in requirements.page(SOURCE, held)
