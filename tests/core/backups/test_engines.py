"""Programs beside us get no key, and never outlive us."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tatausaha.core.backups.engines.base import run

pytestmark = [pytest.mark.req("SYS-05")]

LONG = 120
STARTED = """
import os, signal, sys
from tatausaha.core.backups.engines import base

with open(os.devnull, "wb") as log:
    process = base.beside(["sleep", "600"], ending=signal.SIGTERM, log=log)
print(process.pid, flush=True)
if sys.argv[1] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
base.end(process, signal.SIGTERM)
print(process.returncode)
"""


def started(how: str) -> list[int]:
    done = subprocess.run(
        [sys.executable, "-c", STARTED, how], check=False, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stderr == ""
    return [int(line) for line in done.stdout.split()]


def runs(process: int) -> bool:
    """Whether it does anything still: one that nobody asked for its end is none."""
    try:
        said = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return said.rpartition(")")[2].split()[0] != "Z"


def test_a_program_beside_us_ends_when_we_are_killed() -> None:
    (process,) = started("killed")

    until = time.monotonic() + LONG
    while runs(process):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_program_beside_us_ends_when_it_is_asked() -> None:
    process, status = started("asks")

    assert status == -15
    assert not runs(process)


def test_programs_get_no_key_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "TATAUSAHA_BACKUP_KEY",
        "TATAUSAHA_SECRET_KEY",
        "TATAUSAHA_BACKUP_S3_SECRET",
        "DATABASE_URL",
    ):
        monkeypatch.setenv(name, "rahasia")
    monkeypatch.setenv("PGSSLMODE", "require")

    said = run(["env"], environment={"PGPASSWORD": "untuk-program-ini"})

    assert "rahasia" not in said
    assert "PGSSLMODE=require" in said
    assert "PGPASSWORD=untuk-program-ini" in said
