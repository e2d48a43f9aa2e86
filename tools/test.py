"""The whole test run: checks, the suite on SQLite with Chromium, the suite on PostgreSQL.

    python -m tools.test                     everything
    python -m tools.test --postgresql tests/core/ledger -k balance
    python -m tools.test --sqlite …

SQLite and PostgreSQL run side by side. Tests that no database can change, and those in the
browser, run once, on SQLite. The last line is the sum; nothing is skipped silently.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from xml.etree import ElementTree as ET

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
HOURS_AT_MOST = 1.3


def find_chromium() -> str | None:
    """The browser's program: `CHROMIUM`, or the first one found."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def provide_chromium() -> str:
    """Find Chromium, install it where that is allowed, or stop with one line that says what to install."""
    if found := find_chromium():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Chromium is missing: installing the package `chromium`", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(
                ["apt-get", *words],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                check=False,
            )
    if found := find_chromium():
        return found
    raise SystemExit("Chromium is missing: install the package `chromium`, or name the program in CHROMIUM.")


class Suite(threading.Thread):
    """One run of pytest, its lines printed as they come, under its name."""

    def __init__(self, name: str, arguments: list[str], environment: dict[str, str], folder: Path) -> None:
        super().__init__(name=name, daemon=True)
        self.report = folder / f"{name}.xml"
        self.status = 1
        self.seconds = 0.0
        said = ("-q", "--no-header", "--tb=short", f"--junitxml={self.report}")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *said, *arguments],
            cwd=ROOT,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self) -> None:
        """Hand its lines on until it ends."""
        began = time.monotonic()
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                print(f"{self.name:>10} | {line}", end="", flush=True)
        self.status = self._process.wait()
        self.seconds = time.monotonic() - began

    def end(self) -> None:
        """Stop it, if it still runs."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=30)

    def counts(self) -> tuple[int, int]:
        """How many passed and how many did not; a run without a report is one failure."""
        if not self.report.exists():
            return 0, 1
        tests = failed = 0
        for suite in ET.parse(self.report).getroot().iter("testsuite"):  # noqa: S314 - our own file
            tests += int(suite.get("tests", "0"))
            failed += sum(int(suite.get(kind, "0")) for kind in ("failures", "errors", "skipped"))
        if self.status not in {0, 1} or (self.status == 1 and failed == 0) or tests == 0:
            failed += 1
        return max(tests - failed, 0), failed


def run_suites(which: set[str], arguments: list[str]) -> int:
    """Run the chosen suites side by side; the exit status."""
    suites: list[Suite] = []
    with tempfile.TemporaryDirectory(prefix="tatausaha-run-") as folder, postgres.server() as address:
        try:
            if "sqlite" in which:
                environment = {"DATABASE_URL": "", "CHROMIUM": provide_chromium()}
                suites.append(Suite("sqlite", arguments, environment, Path(folder)))
            if "postgresql" in which:
                chosen = ["--database-only", *arguments]
                suites.append(Suite("postgresql", chosen, {"DATABASE_URL": address}, Path(folder)))
            for suite in suites:
                suite.start()
            for suite in suites:
                suite.join(timeout=HOURS_AT_MOST * 3600)
        finally:
            for suite in suites:
                suite.end()
        return sum_up(suites)


def sum_up(suites: list[Suite]) -> int:
    """Print a line for each suite and the sum as the last one; 1 if anything failed."""
    passed = failed = 0
    print()
    for suite in suites:
        good, bad = suite.counts()
        print(f"{suite.name}: {good} passed, {bad} failed in {suite.seconds:.0f} s")
        passed, failed = passed + good, failed + bad
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed or not passed else 0


def main(arguments: list[str]) -> int:
    """See the file's head."""
    which = {name.removeprefix("--") for name in arguments if name in {"--sqlite", "--postgresql"}}
    rest = [name for name in arguments if name not in {"--sqlite", "--postgresql"}]
    if not which and not rest:
        checked = subprocess.run(
            [sys.executable, "-m", "tools.check"], cwd=ROOT, stdin=subprocess.DEVNULL, check=False
        )
        if checked.returncode:
            print("0 passed, 1 failed")
            return checked.returncode
    return run_suites(which or {"sqlite", "postgresql"}, rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
