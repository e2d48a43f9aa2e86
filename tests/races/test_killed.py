"""kill -9 in the middle of 500 payments, five times: nothing that was acknowledged is missing, nothing is half."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from tests.races.paying import AMOUNT, PAYMENTS

ROOT = Path(__file__).resolve().parents[2]
KILLS = 5


@pytest.fixture
def address(tmp_path: Path, db: None) -> Iterator[str]:
    """A database of its own, of the kind that this run tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite://{tmp_path}/killed.sqlite3"
        return
    host = connection.settings_dict["HOST"]
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS killed WITH (FORCE)")
        server.execute("CREATE DATABASE killed")
        yield f"postgresql://postgres@/killed?host={quote(host, safe='/')}"
        server.execute("DROP DATABASE killed WITH (FORCE)")


def _process(command: str, address: str) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "DATABASE_URL": address, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.races.paying", command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
    )


def _run(command: str, address: str) -> bytes:
    with _process(command, address) as process:
        said = process.communicate()[0]
    assert process.returncode == 0, command
    return said


def _killed_after(acks: int, address: str) -> set[str]:
    """Keys that were acknowledged before the process was killed, at no particular point of the next payment."""
    known: set[str] = set()
    with _process("pay", address) as process:
        assert process.stdout is not None
        for line in process.stdout:
            known.add(line.decode().split()[1])
            if len(known) == acks:
                break
        process.send_signal(signal.SIGKILL)
        known |= {line.decode().split()[1] for line in process.stdout if line.endswith(b"\n")}
    assert process.returncode == -signal.SIGKILL
    return known


@pytest.mark.race
@pytest.mark.req("SYS-04")
@pytest.mark.req("SYS-07")
def test_killed_five_times_in_five_hundred_payments_loses_and_doubles_nothing(address: str) -> None:
    random.seed(20260310)
    _run("prepare", address)
    acknowledged: set[str] = set()

    for turn in range(1, KILLS + 1):
        acknowledged |= _killed_after(turn * 80 + random.randrange(20), address)
        after: dict[str, Any] = json.loads(_run("verify", address))
        assert after["findings"] == []
        assert acknowledged <= set(after["keys"])
        assert after["unfinished"] == 0
        _adds_up(after)

    _run("pay", address)
    end = json.loads(_run("verify", address))
    assert end["findings"] == []
    assert set(end["keys"]) == {f"key-{number}" for number in range(PAYMENTS)}
    assert end["settled"] == PAYMENTS * AMOUNT
    _adds_up(end)


def _adds_up(state: dict[str, Any]) -> None:
    count = len(state["keys"])
    assert state["receipts"] == [f"KW/MELATI/2026/{number:05d}" for number in range(1, count + 1)]
    assert (state["settled"], -state["cash"]) == (count * AMOUNT, count * AMOUNT)
