"""Measure the ledger on the database that DATABASE_URL names (a SQLite file without it): one JSON line a figure.

`python tools/bench_ledger.py` makes a scratch database, measures and drops it. `--small` fills
a tenth of the history, for a quick look. `run()` measures on a database that is already there.
"""

import argparse
import contextlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
HISTORY = 727_000
"""Journals of the ten years that balances are read from, some 2.0 million lines."""
YEARS = 10
Figure = dict[str, Any]


def figure(name: str, value: float, unit: str, budget: float, *, least: bool = False) -> Figure:
    """One measured figure; `least` where the budget is what must at least be reached."""
    from django.db import connection  # noqa: PLC0415 - Django is set up by now

    ok = value >= budget if least else value <= budget
    rounded = round(value, 2) if value < 100 else round(value)
    return {
        "figure": name, "database": connection.vendor, "value": rounded, "unit": unit, "budget": budget, "ok": ok,
    }  # fmt: skip


class House:
    """Units, persons and drafts to measure with; imports the ledger once Django is set up."""

    def __init__(self) -> None:
        from tatausaha.core.ledger import booking, chain, chart, models, queries, services  # noqa: PLC0415
        from tatausaha.core.people import actors, models as people  # noqa: PLC0415

        self.services, self.queries, self.chart, self.models = services, queries, chart, models
        self.chain, self.booking, self.machine = chain, booking, actors.Machine.CLOCK
        services.install_chart()
        people.Company.objects.get_or_create(pk=1, defaults={"name": "CV", "books_from": date(2016, 1, 1)})
        self.units = [
            people.Unit.objects.create(business="boarding", code=f"u{i}", name=f"U{i}", opened_on=date(2016, 1, 1))
            for i in range(10)
        ]
        self.owner = people.Person.objects.create(name="Pemilik", created_at=NOW)
        people.Role.objects.create(person=self.owner, name="owner", since=NOW)
        self.people = [people.Person.objects.create(name=f"P{i}", created_at=NOW) for i in range(200)]
        self.accounts = list(
            models.Account.objects.filter(is_detail=True, needs_party=False, never_negative=False, type__in="AXR")
            .exclude(pk=int(chart.BANK)).values_list("pk", flat=True)
        )  # fmt: skip

    def two_lines(self, key: str, unit: Any, **more: Any) -> Any:
        """Bank against service income."""
        line = self.services.Line
        lines = (line(self.chart.BANK, 150_000), line(self.chart.SERVICE_INCOME, -150_000))
        return self.services.Draft(key=key, unit=unit, kind="bench", lines=lines, event_on=NOW.date(), **more)

    def mixed(self, key: str, rng: random.Random, on: date) -> Any:
        """Two to four lines on many accounts, now and then with a person: 2.8 lines a journal."""
        line, unit = self.services.Line, rng.choice(self.units)
        amounts = [rng.randrange(1, 1000) * 1000 for _ in range(rng.choice((1, 1, 2, 3)))]
        lines = [line(str(rng.choice(self.accounts)), -amount) for amount in amounts]
        if rng.random() < 0.3:
            lines.append(line(self.chart.RECEIVABLES, sum(amounts), rng.choice(self.people)))
        else:
            lines.append(line(self.chart.BANK, sum(amounts)))
        return self.services.Draft(
            key=key, unit=unit, kind="bench", lines=tuple(lines), event_on=on, book_on=on, reason="riwayat"
        )


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def best_ms(act: Callable[[], object], tries: int = 5) -> float:
    """The best of a few tries, in milliseconds."""
    return min(timed(act) for _ in range(tries)) * 1000


def single(house: House, count: int = 600) -> Figure:
    """Lines a second when journals of two lines are posted one by one, each committed and chained."""
    for i in range(30):
        house.services.post(house.two_lines(f"w|{i}", house.units[0]), by=house.machine, at=NOW)

    def all_of_them() -> None:
        for i in range(count):
            house.services.post(house.two_lines(f"s|{i}", house.units[0]), by=house.machine, at=NOW)

    return figure("posting singly", 2 * count / timed(all_of_them), "entries/s", 531 * 2, least=True)


def bulk(house: House, count: int = 6000, batch: int = 500) -> Figure:
    """Journals a second in batches of 500."""
    drafts = [house.two_lines(f"b|{i}", house.units[i % 3]) for i in range(count)]

    def all_of_them() -> None:
        for start in range(0, count, batch):
            house.services.post_many(drafts[start : start + batch], by=house.machine, at=NOW)

    return figure("posting in bulk", count / timed(all_of_them), "journals/s", 3000, least=True)
