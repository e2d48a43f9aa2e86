"""What both engines promise, and how their programs are run."""

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused

LONGEST = 2 * 3600
"""Seconds after which a program that does not end is given up."""
GRACE = 10
"""Seconds that a program gets to end by itself."""
PASSED_ON = {"PATH", "HOME", "TZ", "TMPDIR", "LD_LIBRARY_PATH"}
TEMPORARY = "tatausaha-pulih-"
"""How scratch folders outside the home are called; the number of their process follows."""
Beside = subprocess.Popen[bytes]
WATCHED = 'exec 3<&0; (read -r _ <&3 || kill -s "$0" $$) & exec "$@" 3<&- </dev/null'
"""Runs a program and, beside it, a reader of our pipe, which ends the program when we end without a word."""


class Lost(Refused):
    """What was caught so far does not go on: a new epoch must begin."""


@dataclass(frozen=True)
class Piece:
    """A file of the engine: its name within the epoch, where it lies now, and whether it would squeeze well."""

    name: str
    path: Path
    loose: bool = False

    def state(self) -> list[int]:
        """What changes when the file does: bytes and moment."""
        found = self.path.stat()
        return [found.st_size, found.st_mtime_ns]


@dataclass(frozen=True)
class Rebuilt:
    """A database built again from a backup: an address for `DATABASE_URL`, or a file (SQLite)."""

    address: str
    file: Path | None = None


class Engine(Protocol):
    """Catches the database in epochs: a whole copy, and whatever follows it, piece by piece.

    Every path lies in the folder of the epoch. `Refused` says why it does not go.
    """

    kind: str
    endless: bool
    """Whether pieces of the next epoch go on where those of this one end."""

    def facts(self) -> dict[str, str]:
        """What a manifest says about the database and the program."""

    def begin(self, folder: Path) -> None:
        """A whole copy, without stopping anybody."""

    def advance(self, folder: Path) -> None:
        """Bring the pieces up to the present; raises `Lost` where that cannot be."""

    def catch(self) -> None:
        """What was written since the last second, where nobody else does it; it costs next to nothing."""

    def grown(self, folder: Path) -> bool:
        """Whether the epoch is so large that a new one should begin."""

    def pieces(self, folder: Path) -> list[Piece]:
        """Everything that there is, in the order in which it is needed."""

    def rest(self) -> None:
        """End what runs beside us."""

    def rebuild(
        self, folder: Path, facts: Mapping[str, str], until: datetime | None
    ) -> AbstractContextManager[Rebuilt]:
        """The database as it stood, at most until a moment, while the block lasts."""


def run(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What a program printed; `Refused` with its last line when it fails or is not there."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(  # noqa: S603 - our own choice of programs, no shell
            [str(part) for part in command], check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=LONGEST, env={**passed_on(), **(environment or {})},
        )  # fmt: skip
    except subprocess.TimeoutExpired as no:
        raise Refused(_("%(name)s tidak selesai dan dihentikan.") % {"name": name}) from no
    except FileNotFoundError as no:
        raise Refused(_("Program %(name)s tidak ada di komputer ini.") % {"name": name}) from no
    if done.returncode:
        raise Refused(
            _("%(name)s gagal: %(said)s")
            % {"name": name, "said": last_line(done.stderr or done.stdout)[:300] or done.returncode}
        )
    return str(done.stdout)


def passed_on(*, to_others: bool = False) -> dict[str, str]:
    """What a program gets of our environment: no key, and no password where others can read it."""
    known = {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith("PG")}
    if to_others:
        known.pop("PGPASSWORD", None)
    return {**known, "LC_ALL": "C.UTF-8"}


def beside(
    command: Sequence[str | Path],
    *,
    ending: signal.Signals,
    log: IO[bytes],
    environment: Mapping[str, str] | None = None,
    as_whom: Mapping[str, Any] | None = None,
) -> Beside:
    """Start a program that runs beside us and never outlives us, not even where we are killed."""
    words = [str(part) for part in command]
    return subprocess.Popen(  # noqa: S603 - our own choice of programs
        ["/bin/sh", "-c", WATCHED, ending.name.removeprefix("SIG"), *words],
        bufsize=0, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd="/", start_new_session=True,
        env={**passed_on(to_others=bool(as_whom)), **(environment or {})}, **(as_whom or {}),
    )  # fmt: skip


def end(process: Beside, ending: signal.Signals) -> None:
    """End a program that runs beside us: ask it, then make it."""
    process.send_signal(ending)
    try:
        process.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stdin is not None
    with suppress(BrokenPipeError), process.stdin as watching:
        watching.write(b"\n")


def last_line(said: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def everything(folder: Path) -> Iterator[Path]:
    """The folder and all in it."""
    yield folder
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent) / name for name in (*folders, *files))


def humble() -> dict[str, Any]:
    """Whom a scratch server runs as: PostgreSQL refuses root, so root steps down."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    who = next(known[name] for name in ("postgres", "nobody") if name in known)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
