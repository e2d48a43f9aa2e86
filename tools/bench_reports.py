"""Measure the reports on ten years of fifty houses: one JSON line a figure.

    python tools/bench_reports.py            50 houses x 20 rooms x 10 years, as the budgets say
    python tools/bench_reports.py --small    the same for 1 year
    python tools/bench_reports.py --kept     on the database of DATABASE_URL that was generated before

Times are the server's, the middle one of several requests by the owner, without the network.
"""

import argparse
import contextlib
import itertools
import json
import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tatausaha.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the paths come first
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from tatausaha.core.kernel import clock  # noqa: E402
from tatausaha.core.ledger import months  # noqa: E402
from tatausaha.core.people.models import Login, Unit  # noqa: E402
from tatausaha.core.reports import linefiles, tasks  # noqa: E402
from tools import bench_pages, generate  # noqa: E402
from tools.bench_ledger import scratch  # noqa: E402

TURNS = 9
LINES = 100_000
HOUSES = 50


def pages() -> dict[str, tuple[str, float]]:
    """By figure: the address, and the milliseconds that it may take."""
    code = Unit.objects.order_by("pk").values_list("code", flat=True)[0]
    running = months.of(clock.day(clock.now(), generate.ZONE))
    last = months.before(running)
    month, year = f"{last // 100}-{last % 100:02d}", last // 100
    return {
        "ten-year matrix of all units": ("/laporan/semua/sepuluh-tahun/", 100),
        "ten-year matrix of a unit": (f"/laporan/{code}/sepuluh-tahun/", 100),
        "monthly report of a unit": (f"/laporan/{code}/{month}/", 100),
        "PDF of a month": (f"/laporan/{code}/{month}/?berkas=pdf", 1000),
        "PDF of a year of all units": (f"/laporan/semua/{year}/?berkas=pdf", 1000),
        "PDF of ten years of all units": ("/laporan/semua/sepuluh-tahun/?berkas=pdf", 1000),
    }


def measure() -> Iterator[dict[str, Any]]:
    """Pages and papers, then the workbook, its memory, and the check of every bridge."""
    owner = Client()
    owner.force_login(Login.objects.get(email=generate.OWNER))
    for name, (address, budget) in pages().items():
        bench_pages.ask(owner, address)
        middle = statistics.median(bench_pages.ask(owner, address)[0] for _turn in range(TURNS))
        yield bench_pages.figure(name, middle, "ms", budget)
    yield bench_pages.figure("XLSX of 100,000 lines", workbook(), "s", 10)
    tracemalloc.start()
    workbook()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    yield bench_pages.figure("XLSX of 100,000 lines, memory of the program", most / 2**20, "MB", 50)
    start = time.perf_counter()
    found = len(list(tasks.bridges()))
    yield bench_pages.figure("months whose bridge does not close", found, "months", 0)
    yield bench_pages.figure("bridge of every unit and month", time.perf_counter() - start, "s", 60)


def workbook() -> float:
    """Seconds to write the lines."""
    units = list(Unit.objects.all())
    found = linefiles.entries(units, date(2000, 1, 1), clock.day(clock.now(), generate.ZONE))
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        linefiles.write_book(out, itertools.islice(linefiles.rows_of(found), LINES))
    return time.perf_counter() - start


def main() -> None:
    """Fill the database unless it is kept, then measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", action="store_true", help="one year instead of ten")
    parser.add_argument("--kept", action="store_true", help="measure what is there, generate nothing")
    chosen = parser.parse_args()
    assert not settings.DEBUG
    with contextlib.ExitStack() as stack:
        given = settings.DATABASES["default"]
        if given["ENGINE"].endswith("postgresql") and not chosen.kept:
            connection.settings_dict["NAME"] = stack.enter_context(scratch(given))["NAME"]
        if not chosen.kept:
            bench_pages.fill(1 if chosen.small else bench_pages.YEARS, houses=HOUSES)
        for one in measure():
            print(json.dumps(one, ensure_ascii=False), flush=True)
        connections.close_all()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


if __name__ == "__main__":
    main()
