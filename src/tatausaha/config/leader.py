"""One at a time over all processes of an installation: the worker, and the preparation of a start.

The worker's tasks are idempotent, so a moment with two leaders does no harm; the lock saves work.
"""

import contextlib
import sys
import time
import zlib
from pathlib import Path
from typing import IO, Any, Protocol

import psycopg
from django.conf import settings
from django.db import connection

from tatausaha.core.kernel.errors import Refused

try:
    import fcntl
except ImportError:  # Windows has one process there, which is the leader
    fcntl = None  # type: ignore[assignment]


PATIENCE = 30.0
"""Seconds that a start waits for a database which does not answer: it may be starting too."""


class Leadership(Protocol):
    """The right to run the tasks."""

    trouble: str
    """Why nobody could be asked; empty where the last answer was yes, or that another leads."""

    def holds(self) -> bool:
        """Whether this process leads; tries to take the lead when nobody has it."""

    def release(self) -> None:
        """Let another lead."""


class FileLeadership:
    """Held by a lock on a file in the home folder; the system frees it with the process."""

    trouble = ""

    def __init__(self, file: Path) -> None:
        self._path = file
        self._file: IO[str] | None = None

    def holds(self) -> bool:
        """See `Leadership`."""
        if self._file is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("w")
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """See `Leadership`."""
        if self._file is not None:
            self._file.close()
            self._file = None


class DatabaseLeadership:
    """Held by an advisory lock on a PostgreSQL connection of its own; gone when that breaks."""

    trouble = ""

    def __init__(self, name: str, parameters: dict[str, Any]) -> None:
        self._key = zlib.crc32(f"tatausaha {name}".encode()) & 0x7FFFFFFF
        self._parameters = parameters
        self._connection: psycopg.Connection[Any] | None = None

    def holds(self) -> bool:
        """See `Leadership`."""
        try:
            if self._connection is None:
                self._connection = psycopg.connect(**self._parameters, autocommit=True)
            row = self._connection.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
                " AND pid = pg_backend_pid() AND granted) OR pg_try_advisory_lock(%s)",
                (self._key, self._key),
            ).fetchone()
        except psycopg.OperationalError as error:
            self.trouble = str(error)
            self.release()
            return False
        self.trouble = ""
        return bool(row and row[0])

    def release(self) -> None:
        """See `Leadership`."""
        if self._connection is not None:
            with contextlib.suppress(psycopg.OperationalError):
                self._connection.close()
            self._connection = None


def leadership(name: str) -> Leadership:
    """The lock of that name, as it fits the database in use."""
    if connection.vendor == "postgresql":
        known = connection.get_connection_params()
        wanted = ("host", "port", "user", "password", "dbname")
        return DatabaseLeadership(name, {part: known[part] for part in wanted if known.get(part)})
    return FileLeadership(Path(settings.HOME) / f"{name}.lock")


def wait_for(lock: Leadership, *, patience: float = PATIENCE) -> None:
    """Until this process leads; raises `Refused` when the database has not answered for `patience` seconds."""
    silent_since = None
    while not lock.holds():
        if not lock.trouble:
            silent_since = None
        elif silent_since is None:
            silent_since = time.monotonic()
            sys.stderr.write(f"Basis data belum menjawab, dicoba lagi selama {patience:.0f} detik.\n")
        elif time.monotonic() - silent_since >= patience:
            raise Refused(f"Basis data tidak bisa dicapai. Periksa DATABASE_URL. Jawabannya: {lock.trouble}")
        time.sleep(0.2)
