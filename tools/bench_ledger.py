"""Measure the ledger on the database that DATABASE_URL names (a SQLite file without it): one JSON line a figure.

`python tools/bench_ledger.py` makes a scratch database, measures and drops it. `--small` fills
a tenth of the history, for a quick look. `run()` measures on a database that is already there.
"""

import argparse
import contextlib
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

ROOT = Path(__file__).resolve().parent.parent
# ruff: noqa: S311, S608 - no cryptography here, and SQL that is meant to be bad
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tatausaha.config.settings")

from tatausaha.core.kernel.errors import Refused  # noqa: E402
from tools import bench_hordak  # noqa: E402 - the paths come first

NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
HISTORY = 727_000
"""Journals of the ten years that balances are read from, some 2.0 million lines."""
YEARS = 10
Figure = dict[str, Any]


def figure(name: str, value: float, unit: str, budget: float, *, least: bool = False) -> Figure:
    """One measured figure; `least` where the budget is what must at least be reached."""
    ok = value >= budget if least else value <= budget
    rounded = round(value, 2) if value < 100 else round(value)
    return {
        "figure": name, "database": connection.vendor, "value": rounded, "unit": unit, "budget": budget, "ok": ok,
    }  # fmt: skip


class House:
    """Units, persons and drafts to measure with; imports the ledger once Django is set up."""

    def __init__(self) -> None:
        services, models = (import_module(f"tatausaha.core.ledger.{name}") for name in ("services", "models"))
        queries, chart = (import_module(f"tatausaha.core.ledger.{name}") for name in ("queries", "chart"))
        people = import_module("tatausaha.core.people.models")
        self.services, self.queries, self.chart, self.models = services, queries, chart, models
        self.machine = import_module("tatausaha.core.people.actors").Machine.CLOCK
        services.install_chart()
        people.Company.objects.get_or_create(pk=1, defaults={"name": "CV", "books_from": date(2016, 1, 1)})
        self.units = [
            people.Unit.objects.create(
                business="boarding", code=f"u{i}", name=f"U{i}", opened_on=date(2016, 1, 1)
            )
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


def single(house: House, turn: int, count: int = 400) -> float:
    """Lines a second when journals of two lines are posted one by one, each committed and chained."""
    unit = house.units[0]
    for i in range(20):
        house.services.post(house.two_lines(f"w|{turn}|{i}", unit), by=house.machine, at=NOW)

    def all_of_them() -> None:
        for i in range(count):
            house.services.post(house.two_lines(f"s|{turn}|{i}", unit), by=house.machine, at=NOW)

    return 2 * count / timed(all_of_them)


def singly(house: House) -> Iterator[Figure]:
    """Our best of three; on PostgreSQL beside django-hordak 2.0 (it knows no SQLite), turn by turn."""
    ours, theirs = [], []
    for turn in range(3):
        ours.append(single(house, turn))
        if connection.vendor == "postgresql":
            with scratch(connection.settings_dict) as database:
                theirs.append(bench_hordak.measure(database))
    yield figure("posting singly", max(ours), "entries/s", 531 * 2, least=True)
    if theirs:
        print(f"django-hordak 2.0 posts {max(theirs):.0f} lines/s singly", file=sys.stderr)
        yield figure(
            "posting singly, times django-hordak's rate", max(ours) / max(theirs), "x", 2, least=True
        )


def bulk(house: House, count: int = 6000, batch: int = 500) -> Figure:
    """Journals a second in batches of 500."""
    drafts = [house.two_lines(f"b|{i}", house.units[i % 3]) for i in range(count)]

    def all_of_them() -> None:
        for start in range(0, count, batch):
            house.services.post_many(drafts[start : start + batch], by=house.machine, at=NOW)

    return figure("posting in bulk", count / timed(all_of_them), "journals/s", 3000, least=True)


def rush(house: House) -> Figure:
    """100 try at once to take one of 10 shares out of a deposit: how far from exactly ten (and errors)."""
    line, unit, tenant = house.services.Line, house.units[1], house.people[0]

    def move(key: str, amount: int) -> Any:
        lines = (line(house.chart.BANK, amount), line(house.chart.DEPOSITS, -amount, tenant))
        return house.services.Draft(key=key, unit=unit, kind="bench", lines=lines, event_on=NOW.date())

    house.services.post(move("rush|all", 1000), by=house.machine, at=NOW)

    def take(number: int) -> bool:
        house.services.post(move(f"rush|{number}", -100), by=house.machine, at=NOW)
        return True

    granted, refused, errors = at_once([lambda i=i: take(i) for i in range(100)])
    return figure("100 tries for 10: off by", abs(granted - 10) + abs(refused - 90) + errors, "tries", 0)


def at_once(acts: list[Callable[[], Any]]) -> tuple[int, int, int]:
    """Run in threads, let go together: how many succeeded, were refused, met an error."""
    gate, got = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            got.append("granted" if act() else "done")
        except Refused:
            got.append("refused")
        except DatabaseError:
            got.append("error")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got.count("granted"), got.count("refused"), got.count("error")


def three_writers(house: House) -> Figure:
    """Batches that died while three wrote to the same accounts, in any order."""

    def write(writer: int) -> bool:
        rng = random.Random(writer)
        for batch in range(60):
            drafts = [house.mixed(f"hot|{writer}|{batch}|{i}", rng, NOW.date()) for i in range(20)]
            house.services.post_many(drafts, by=house.machine, at=NOW)
        return True

    good, _refused, _errors = at_once([lambda w=w: write(w) for w in range(3)])
    return figure("3 writers on hot accounts: died", 3 - good, "writers", 0)


def closing(house: House) -> Figure:
    """Journals that got into a month after the owner had locked it, while three wrote."""
    unit, month = house.units[2], NOW.year * 100 + NOW.month
    counted: list[int] = []

    def write(writer: int) -> bool:
        for batch in range(60):
            with contextlib.suppress(Refused):
                drafts = [house.two_lines(f"close|{writer}|{batch}|{i}", unit) for i in range(20)]
                house.services.post_many(drafts, by=house.machine, at=NOW)
        return True

    def lock() -> bool:
        time.sleep(0.3)
        house.services.lock_month(unit, month, by=house.owner, at=NOW, reason="Ukur")
        counted.append(house.models.Journal.objects.filter(unit=unit).count())
        return True

    at_once([*(lambda w=w: write(w) for w in range(3)), lock])
    later = house.models.Journal.objects.filter(unit=unit).count() - counted[0]
    return figure("journals after the month was locked", later, "journals", 0)


def raw_sql(house: House) -> Figure:
    """Ways of raw SQL around the books that got through."""
    journal = house.models.Journal
    last = journal.objects.order_by("-pk").values_list("pk", flat=True)[0]
    fields = [field.column for field in journal._meta.concrete_fields]  # noqa: SLF001 - Django's documented way

    def lines(number: str = "journal_id + 9000000", line: str = "line_no", amount: str = "amount") -> str:
        columns = "journal_id, line_no, account_id, unit_id, period_id, party_id, book_on, amount, tag"
        same = f"{number}, {line}, account_id, unit_id, period_id, party_id, book_on, {amount}, tag"
        return (
            f"INSERT INTO ledger_entry ({columns}) SELECT {same} FROM ledger_entry WHERE journal_id = {last}"
        )

    def header(**change: str) -> str:
        new = {"id": "id + 9000000", "idem_key": "'raw'", "reverses_id": "NULL"} | change
        same = ", ".join(new.get(name, name) for name in fields)
        return f"INSERT INTO ledger_journal ({', '.join(fields)}) SELECT {same} FROM ledger_journal WHERE id = {last}"

    later = f"'{NOW + timedelta(days=40):%Y-%m-%d %H:%M:%S}'"
    ways = {
        "edit": [f"UPDATE ledger_entry SET amount = amount * 2 WHERE journal_id = {last}"],
        "delete": [f"DELETE FROM ledger_journal WHERE id = {last}"],
        "append": [lines("journal_id", "line_no + 90")],
        "unbalanced": [lines(amount="amount + 1"), header()],
        "header-less lines": [lines()],
        "no lines": [header()],
        "duplicate key": [lines(), header(idem_key="idem_key")],
        "manager in a past month": [lines(), header(recorded_at=later)],
    }
    through = 0
    for statements in ways.values():
        try:
            with transaction.atomic():
                for statement in statements:
                    with connection.cursor() as cursor:
                        cursor.execute(statement)
            through += 1
        except DatabaseError:
            continue
    return figure("raw SQL that got through", through, f"of {len(ways)} ways", 0)


def history(house: House, journals: int) -> Iterator[Figure]:
    """Ten years of journals, then the reads that must not feel them."""
    rng, batch = random.Random(7), 2000
    first, days = date(2016, 3, 1), YEARS * 365
    start = time.perf_counter()
    for done in range(0, journals, batch):
        some = min(batch, journals - done)
        drafts = [
            house.mixed(f"h|{done + i}", rng, first + timedelta(days=(done + i) * days // journals))
            for i in range(some)
        ]
        house.services.post_many(drafts, by=house.owner, at=NOW)
    took = time.perf_counter() - start
    print(f"{journals} journals in {took:.0f} s, {house.models.Entry.objects.count()} lines", file=sys.stderr)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    unit, account, queries = house.units[0], house.chart.BANK, house.queries
    reads = {
        "balance now": (lambda: queries.balance_now(account, unit), 5),
        "balance at a month's end": (lambda: queries.balance_at_month_end(account, unit, 202106), 5),
        "balance on a day": (lambda: queries.balance_on(account, unit, date(2021, 6, 17)), 5),
        "trial balance": (lambda: queries.trial_balance(unit, 202512), 500),
        "10-year monthly matrix": (lambda: queries.month_matrix(house.units, 201603, 202602), 500),
    }
    for name, (read, budget) in reads.items():
        yield figure(f"{name}, {journals} journals", best_ms(read), "ms", budget)


@contextlib.contextmanager
def scratch(beside: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An empty database on the same PostgreSQL, gone afterwards; described as in Django's settings."""
    name = f"bench_{os.getpid()}_{time.monotonic_ns()}"
    given = {
        "host": beside["HOST"],
        "port": beside["PORT"],
        "user": beside["USER"],
        "password": beside["PASSWORD"],
    }
    given = {key: value for key, value in given.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {
                "ENGINE": "django.db.backends.postgresql", "NAME": name, "USER": beside["USER"],
                "PASSWORD": beside["PASSWORD"], "HOST": beside["HOST"], "PORT": beside["PORT"],
            }  # fmt: skip
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(journals: int = HISTORY) -> Iterator[Figure]:
    """All figures, on an empty database that Django is set up for."""
    call_command("migrate", verbosity=0)
    house = House()
    yield from singly(house)
    yield bulk(house)
    yield rush(house)
    yield three_writers(house)
    yield raw_sql(house)
    yield closing(house)
    yield from history(house, journals)


def main() -> None:
    """Measure on a scratch database: a file in a temporary home, or one beside the database of DATABASE_URL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the ten years")
    journals = HISTORY // 10 if parser.parse_args().small else HISTORY
    django.setup()
    given = settings.DATABASES["default"]
    with contextlib.ExitStack() as stack:
        if given["ENGINE"].endswith("postgresql"):
            database = stack.enter_context(scratch(given))
            connection.settings_dict["NAME"] = database["NAME"]
        else:
            home = stack.enter_context(tempfile.TemporaryDirectory(prefix="tatausaha-bench-"))
            connection.settings_dict["NAME"] = given["NAME"] = str(Path(home) / "bench.sqlite3")
        for one in run(journals):
            print(json.dumps(one, ensure_ascii=False), flush=True)
        connections.close_all()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


if __name__ == "__main__":
    main()
