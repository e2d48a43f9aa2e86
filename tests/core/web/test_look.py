"""The colours can be read by everybody, and the style stays light."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

FILES = ("tokens", "dark", "base", "frame", "forms", "kit", "print")
PAIRS = [
    ("ink", "paper", 7.0), ("ink", "surface", 7.0), ("ink", "sunk", 7.0),
    ("muted", "paper", 4.5), ("muted", "surface", 4.5), ("muted", "sunk", 4.5),
    ("action", "paper", 4.5), ("action", "surface", 4.5), ("action", "action-soft", 4.5), ("action", "sunk", 4.5),
    ("on-action", "action", 4.5), ("on-action", "action-strong", 4.5), ("ink", "action-soft", 7.0),
    ("amber", "paper", 4.5), ("amber", "surface", 4.5), ("amber", "amber-soft", 4.5), ("ink", "amber-soft", 7.0),
    ("brick", "paper", 4.5), ("brick", "surface", 4.5), ("brick", "brick-soft", 4.5), ("ink", "brick-soft", 7.0),
    ("on-brick", "brick", 4.5), ("muted", "action-soft", 4.5),
    ("moss", "paper", 4.5), ("moss", "surface", 4.5), ("moss", "moss-soft", 4.5), ("ink", "moss-soft", 7.0),
    ("edge", "paper", 3.0), ("edge", "surface", 3.0), ("chart-1", "surface", 3.0), ("action", "amber-soft", 3.0),
]  # fmt: skip


def _sheet(name: str) -> str:
    found = finders.find(f"web/{name}.css")
    assert isinstance(found, str)
    return Path(found).read_text()


def _tokens(name: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", _sheet(name)))


def _luminance(code: str) -> float:
    parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["tokens", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_can_be_told_apart(theme: str, front: str, back: str, least: float) -> None:
    tokens = _tokens(theme)

    assert _contrast(tokens[front], tokens[back]) >= least


def test_the_dark_set_names_every_colour() -> None:
    assert set(_tokens("dark")) == set(_tokens("tokens"))


def test_only_the_token_sheets_name_colours_for_the_screen() -> None:
    for name in ("base", "frame", "forms", "kit"):
        named = re.findall(r"#[0-9a-fA-F]{3,8}\b", _sheet(name))
        assert set(named) <= {"#fff"}, name


@pytest.mark.req("SYS-02")
def test_all_style_sheets_together_stay_under_twelve_kilobytes() -> None:
    assert sum(len(gzip.compress(_sheet(name).encode())) for name in FILES) < 12 * 1024


def test_every_token_that_is_used_exists() -> None:
    known = set(re.findall(r"(--[a-z0-9-]+):", _sheet("tokens")))
    for name in FILES:
        assert set(re.findall(r"var\((--[a-z0-9-]+)\)", _sheet(name))) <= known, name
