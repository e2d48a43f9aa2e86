"""Measure the pages on years of generated houses: one JSON line a figure.

    python tools/bench_pages.py            20 houses x 20 rooms x 10 years, as the budgets say
    python tools/bench_pages.py --small    20 houses x 20 rooms x 1 year
    python tools/bench_pages.py --kept     on the database of DATABASE_URL that was generated before

Requests go through every middleware; time is the server's, without the network.
"""

import argparse
import contextlib
import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
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

from tatausaha.business.boarding.models import Booking, House, Place, Room, Stay  # noqa: E402
from tatausaha.config import installation  # noqa: E402
from tatausaha.core.kernel import clock  # noqa: E402
from tatausaha.core.ledger import months  # noqa: E402
from tatausaha.core.people.models import Login  # noqa: E402
from tools import generate  # noqa: E402
from tools.bench_ledger import scratch  # noqa: E402

WARM, ASKED = 10, 60
P95, MOST, QUERIES = 100, 300, 15
HOUSES, ROOMS, YEARS = 20, 20, 10


class Counter:
    """Counts statements; as an execute wrapper of the connection."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Django's signature of a wrapper."""
        self.statements += 1
        return execute(sql, params, many, context)


def targets() -> dict[str, tuple[bool, list[str]]]:
    """By page: whether one must be signed in, and addresses to ask for."""
    rng = random.Random(5)  # noqa: S311 - the same pages again, no secret
    place = Place.objects.order_by("pk").values_list("pk", flat=True)[0]
    filters = ("", "?urut=termurah", f"?dekat={place}&urut=terdekat&jarak=5", "?dekat=kampus", "?maks=1000000&kosong=1",
               "?q=pengukuran&khusus=putri", "?fasilitas=ac&fasilitas=wifi", "?min=900000&maks=1500000&hal=2",
               "?titik=-7.56,110.82&jarak=3&kosong=1")  # fmt: skip
    rooms = [
        f"/kos/{room.house.unit.code}/{room.number}/" for room in Room.objects.select_related("house__unit")
    ]
    cases = list(
        Stay.objects.filter(status__in=["living", "noticed", "inspection"]).values_list("number", flat=True)
    )
    cases += Booking.objects.order_by("-pk").values_list("number", flat=True)[:200]
    codes = list(House.objects.values_list("unit__code", flat=True))
    running = months.of(clock.day(clock.now(), generate.ZONE))
    spans = [running, months.before(running), months.before(months.before(running)), running - 100]
    reports = [f"/laporan/{code}/{ym // 100}-{ym % 100:02d}/" for code in codes for ym in spans]
    pick = rng.sample
    return {
        "public search": (False, [f"/kos/{one}" for one in filters]),
        "room page": (False, pick(rooms, min(ASKED, len(rooms)))),
        "Hari ini": (True, ["/hari-ini/"]),
        "case page": (True, [f"/kasus/{one}/" for one in pick(cases, min(ASKED, len(cases)))]),
        "monthly report": (True, pick(reports, min(ASKED, len(reports)))),
    }


def ask(client: Client, address: str) -> tuple[float, int]:
    """Milliseconds of the server and statements of one request."""
    counter = Counter()
    with connection.execute_wrapper(counter):
        start = time.perf_counter()
        answer = client.get(address, headers={"accept-encoding": "gzip", "host": "localhost"})
        took = (time.perf_counter() - start) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return took, counter.statements


def figure(name: str, value: float, unit: str, budget: float) -> dict[str, Any]:
    """One figure as `tools.bench` prints it."""
    return {
        "figure": name, "database": connection.vendor, "value": round(value, 1), "unit": unit, "budget": budget,
        "ok": value <= budget,
    }  # fmt: skip


def measure() -> Iterator[dict[str, Any]]:
    """Every page, warmed up, over its varied addresses."""
    manager = Client()
    manager.force_login(Login.objects.get(email=generate.MANAGER))
    for page, (signed_in, addresses) in targets().items():
        client = manager if signed_in else Client()
        for number in range(WARM):
            ask(client, addresses[number % len(addresses)])
        asked = [ask(client, addresses[number % len(addresses)]) for number in range(ASKED)]
        times = sorted(took for took, _statements in asked)
        yield figure(f"{page}, 95 % of requests", times[int(len(times) * 0.95) - 1], "ms", P95)
        yield figure(f"{page}, slowest request", times[-1], "ms", MOST)
        yield figure(
            f"{page}, most queries", max(statements for _took, statements in asked), "queries", QUERIES
        )


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
            fill(1 if chosen.small else YEARS)
        gc.collect()  # as the server does before its first request (config/web.py): ten years of rows were made here,
        gc.freeze()  # and what a request leaves behind is not looked for among them
        for one in measure():
            print(json.dumps(one, ensure_ascii=False), flush=True)
        connections.close_all()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def fill(years: int, *, houses: int = HOUSES) -> None:
    """The history that is measured on; says what was made."""
    start = time.perf_counter()
    installation.prepare(demonstrate=False)
    made = generate.fill(house_count=houses, rooms=ROOMS, years=years, at=clock.now())
    sys.stderr.write(f"{made} in {time.perf_counter() - start:.0f} s\n")


if __name__ == "__main__":
    main()
