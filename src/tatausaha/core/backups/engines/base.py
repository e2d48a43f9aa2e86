"""What both engines promise, and how their programs are run."""

import os
import pwd
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused

LONGEST = 2 * 3600
"""Seconds after which a program that does not end is given up."""


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
        """Bring the pieces up to the present."""

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
    cwd: Path | None = None,
    as_whom: Mapping[str, Any] | None = None,
) -> str:
    """What a program printed; `Refused` with its last line when it fails or is not there."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(  # noqa: S603 - our own choice of programs, no shell
            [str(part) for part in command], check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=LONGEST, cwd=cwd, env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})}, **(as_whom or {}),
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
