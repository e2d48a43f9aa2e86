"""SQLite by Litestream: it reads the write-ahead log beside us, so that nobody ever waits.

Of its levels only the lowest is used: one whole file at the beginning of an epoch, then one small file
for every second in which something was written. Sealing and rotation are ours.
"""

import contextlib
import hashlib
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from tatausaha.core.backups.engines.base import Beside, Piece, Rebuilt, beside, end, last_line, run
from tatausaha.core.kernel.errors import Refused

NEVER = "87600h"
LEVEL = Path("replica") / "ltx" / "0"
PATIENCE = 600
"""Seconds for the first copy of a large database."""
LONGEST_SOCKET = 100
MEMORY = {"GOMEMLIMIT": "32MiB", "GOGC": "50"}


def program() -> Path:
    """Litestream as its package put it beside our own interpreter."""
    return Path(sys.executable).with_name("litestream")


class Litestream:
    """See `Engine`."""

    kind = "sqlite"
    endless = False

    def __init__(self, database: Path, work: Path) -> None:
        self._database = database
        self._work = work
        self._process: Beside | None = None
        socket = str(work / "litestream.sock")
        if len(socket) > LONGEST_SOCKET:
            name = hashlib.sha256(socket.encode()).hexdigest()[:16]
            socket = str(Path(tempfile.gettempdir()) / f"tatausaha-{name}.sock")
        self._socket = socket

    def facts(self) -> dict[str, str]:
        """See `Engine`."""
        return {"engine": self.kind, "program": f"litestream {run([program(), 'version']).strip()}"}

    def begin(self, folder: Path) -> None:
        """See `Engine`."""
        self.rest()
        self._start(folder)
        self._sync()

    def advance(self, folder: Path) -> None:
        """See `Engine`."""
        if not self._answers():
            self.rest()
            self._start(folder)
        self._sync()

    def pieces(self, folder: Path) -> list[Piece]:
        """See `Engine`."""
        return [Piece(file.name, file) for file in sorted((folder / LEVEL).glob("*.ltx"))]

    def rest(self) -> None:
        """See `Engine`; a Litestream that a killed process left behind is ended as well."""
        if self._process is not None:
            end(self._process, signal.SIGTERM)
            self._process = None
        with contextlib.suppress(FileNotFoundError, ValueError):
            left = int(self._pid.read_text())
            if str(self._config) in _command_of(left):
                _end(left)
        self._pid.unlink(missing_ok=True)
        Path(self._socket).unlink(missing_ok=True)

    @contextmanager
    def rebuild(self, folder: Path, facts: Mapping[str, str], until: datetime | None) -> Iterator[Rebuilt]:  # noqa: ARG002
        """See `Engine`. Litestream tells the moment of a piece by the time of its file."""
        level = folder / LEVEL
        level.mkdir(parents=True)
        for file in (folder / "pieces").iterdir():
            file.rename(level / file.name)
        target = folder / "rebuilt.sqlite3"
        words: list[str | Path] = [program(), "restore", "-o", target, "-integrity-check", "quick"]
        if until is not None:
            words += ["-timestamp", until.astimezone(UTC).isoformat().replace("+00:00", "Z")]
        run([*words, f"file://{folder / 'replica'}"])
        yield Rebuilt("", target)

    @property
    def _config(self) -> Path:
        return self._work / "litestream.yml"

    @property
    def _pid(self) -> Path:
        return self._work / "litestream.pid"

    def _start(self, folder: Path) -> None:
        self._config.write_text(self._settings(folder))
        if not program().exists():
            raise Refused(
                _("Litestream tidak terpasang di komputer ini, jadi SQLite tidak dapat dicadangkan.")
            )
        with (self._work / "litestream.log").open("wb") as log:
            words: list[str | Path] = [program(), "replicate", "-config", self._config, "-no-expand-env"]
            self._process = beside(words, ending=signal.SIGTERM, log=log, environment=MEMORY)
        self._pid.write_text(str(self._process.pid))
        began = time.monotonic()
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() - began > PATIENCE:
                self.rest()
                raise Refused(_("Litestream berhenti: %(said)s") % {"said": self._last_words()})
            time.sleep(0.05)

    def _settings(self, folder: Path) -> str:
        told = {
            "dbs": [
                {
                    "path": str(self._database),
                    "meta-path": str(folder / "meta"),
                    "replica": {"type": "file", "path": str(folder / "replica"), "sync-interval": "1s"},
                }
            ],
            "levels": [{"interval": NEVER}],
            "snapshot": {"interval": NEVER, "retention": NEVER},
            "l0-retention": NEVER,
            "socket": {"enabled": True, "path": self._socket},
            "logging": {"level": "warn", "stderr": True},
        }
        return json.dumps(told)  # which is YAML as well

    def _answers(self) -> bool:
        with contextlib.suppress(Refused):
            run([program(), "list", "-socket", self._socket, "-timeout", "5"])
            return True
        return False

    def _sync(self) -> None:
        """Everything committed until now is in the replica."""
        run([program(), "sync", "-wait", "-timeout", str(PATIENCE), "-socket", self._socket, self._database])

    def _last_words(self) -> str:
        return last_line((self._work / "litestream.log").read_text(errors="replace"))[:300]


def _command_of(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def _end(pid: int) -> None:
    """Ask a process to end, then make it."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
            for _turn in range(100):
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)
                os.kill(pid, 0)
                time.sleep(0.05)
