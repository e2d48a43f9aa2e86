"""Months as addresses and words: `2026-03` is Maret 2026."""

import re
from datetime import datetime

from babel.dates import get_month_names

from tatausaha.core.kernel import clock, words
from tatausaha.core.ledger import months
from tatausaha.core.people.models import Unit

SHORTEST = 3
"""Letters by which a month is known: `Mar`."""

_SLUG = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])")


def parse(text: str) -> int | None:
    """`2026-03` is 202603; nothing for anything else."""
    found = _SLUG.fullmatch(text)
    return int(found["year"]) * 100 + int(found["month"]) if found else None


def typed(text: str) -> int | None:
    """A month as people write it, `3/2026` or `Maret 2026`, is 202603; nothing for what is none."""
    word, year = (*re.split(r"[\s/.-]+", text.strip().casefold(), maxsplit=1), "")[:2]
    if re.fullmatch(r"20\d\d", word):
        word, year = year, word
    if not re.fullmatch(r"20\d\d", year):
        return None
    if word.isdecimal():
        number = int(word)
    else:
        number = next((n for n, name in _names() if len(word) >= SHORTEST and name.startswith(word)), 0)
    return int(year) * 100 + number if 1 <= number <= 12 else None


def _names() -> list[tuple[int, str]]:
    """Every month by its name, in both languages, whichever the page is in."""
    return [
        (n, name.casefold())
        for locale in ("id", "en")
        for n, name in get_month_names("wide", locale=locale).items()
    ]


def slug(ym: int) -> str:
    """202603 is `2026-03`."""
    return f"{ym // 100}-{ym % 100:02d}"


def said(ym: int) -> str:
    """`Maret 2026`."""
    return words.month(months.first_day(ym))


def short(ym: int) -> str:
    """`Mar`, and `Jan 26` where a year begins: for axes."""
    _day, month, year = words.short_date(months.first_day(ym)).split()
    return f"{month} {year[2:]}" if ym % 100 == 1 else month


def running(unit: Unit, at: datetime) -> int:
    """The month that runs in the unit's zone."""
    return months.of(clock.day(at, unit.zone))


def back(ym: int, count: int) -> int:
    """So many months earlier."""
    for _turn in range(count):
        ym = months.before(ym)
    return ym


def span(from_ym: int, to_ym: int) -> list[int]:
    """Every month from the first to the last."""
    found = []
    while from_ym <= to_ym:
        found.append(from_ym)
        from_ym = months.after(from_ym)
    return found
