"""How long a backup of the large company takes while people write, and how long until it is restored elsewhere.

    python tools/bench_backups.py [--small] [--kept]

Ten years of fifty houses with twenty rooms; `--small` makes one year of five houses, `--kept` measures what is there.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "src")) if path not in sys.path]

from tools import generate  # noqa: E402, I001 - it makes Django ready
from django.conf import settings  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.db import connection, connections  # noqa: E402

from tatausaha.config import installation  # noqa: E402
from tatausaha.core.backups import services  # noqa: E402
from tatausaha.core.backups.crypt import own_key  # noqa: E402
from tatausaha.core.kernel import clock  # noqa: E402
from tests import postgres  # noqa: E402
from tools.bench_ledger import scratch  # noqa: E402
from tools.bench_pages import figure  # noqa: E402

BACKUP, RESTORE, PAUSE = 30, 60, 1000
"""Seconds for a backup and a restore, milliseconds that a writer may wait meanwhile."""


class Writer:
    """Somebody who writes ten times a second; how long the slowest time took, in milliseconds."""

    def __init__(self) -> None:
        self.slowest, self.count = 0.0, 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write)

    def _write(self) -> None:
        while not self._stop.wait(0.1):
            began = time.perf_counter()
            Session.objects.create(session_key=f"bench-{began}", session_data="", expire_date=clock.now())
            self.slowest = max(self.slowest, (time.perf_counter() - began) * 1000)
            self.count += 1
        connections.close_all()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()


def measure() -> Iterator[dict[str, Any]]:
    """A backup with a writer beside it, and a restore on a machine with nothing on it."""
    with Writer() as writer:
        began = time.perf_counter()
        (run,) = services.back_up(now=clock.now)
        took = time.perf_counter() - began
    services.rest()
    if not run.ok:
        raise SystemExit(run.reason)
    yield figure("backup of the whole company, while somebody writes", took, "s", BACKUP)
    yield figure(f"slowest of {writer.count} writes meanwhile", writer.slowest, "ms", PAUSE)
    with tempfile.TemporaryDirectory() as home, elsewhere(home) as address:
        environment = os.environ | {
            "TATAUSAHA_HOME": home, "DATABASE_URL": address, "TATAUSAHA_BACKUP_KEY": own_key().text,
        }  # fmt: skip
        words = [
            sys.executable,
            "-m",
            "tatausaha.config.commands",
            "restore",
            "--from",
            settings.BACKUP_PLACES,
        ]
        began = time.perf_counter()
        subprocess.run(words, check=True, env=environment, stdout=sys.stderr)
        yield figure("restore on an empty machine", time.perf_counter() - began, "s", RESTORE)


@contextlib.contextmanager
def elsewhere(home: str) -> Iterator[str]:
    """The address of an empty database: a file in the home, or one more on the same PostgreSQL."""
    if connection.vendor == "sqlite":
        yield f"sqlite://{home}/tatausaha.sqlite3"
        return
    with scratch(connection.settings_dict) as other:
        yield f"postgresql://{quote(other['USER'])}@/{other['NAME']}?host={quote(other['HOST'])}"


def main() -> None:
    """Fill the database unless it is kept, then measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", action="store_true", help="one year of five houses")
    parser.add_argument("--kept", action="store_true", help="measure what is there, generate nothing")
    chosen = parser.parse_args()
    os.environ.setdefault("TATAUSAHA_PG_BIN", str(postgres.programs()))
    with contextlib.ExitStack() as stack:
        given = settings.DATABASES["default"]
        if given["ENGINE"].endswith("postgresql") and not chosen.kept:
            connection.settings_dict["NAME"] = stack.enter_context(scratch(given))["NAME"]
        if not chosen.kept:
            installation.prepare(demonstrate=False)
            houses, years = (5, 1) if chosen.small else (50, 10)
            generate.fill(house_count=houses, rooms=20, years=years, at=clock.now())
        for one in measure():
            print(json.dumps(one, ensure_ascii=False), flush=True)
        connections.close_all()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


if __name__ == "__main__":
    main()
