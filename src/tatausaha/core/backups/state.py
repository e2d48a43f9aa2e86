"""What this machine remembers of the backups that it makes; all of it can be lost and made again."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from tatausaha.core.backups.places import spool
from tatausaha.core.backups.vault import Kept
from tatausaha.core.kernel.errors import Refused

try:
    import fcntl
except ImportError:  # Windows has one process there
    fcntl = None  # type: ignore[assignment]


@dataclass
class AtPlace:
    """How far one place has been brought within the epoch."""

    epoch: str = ""
    seq: int = 0
    chain: str = ""
    pieces: dict[str, list[int]] = field(default_factory=dict)
    files: dict[str, list[int]] = field(default_factory=dict)
    known: dict[str, Kept] = field(default_factory=dict)
    distrust: list[str] = field(default_factory=list)


@dataclass
class State:
    """The epoch that runs, and the places. `followed_at` is the machine's moment of the last good look.

    `unbrought` while a new epoch is being brought to the places: whoever finds it so was killed meanwhile.
    """

    epoch: str = ""
    unbrought: bool = False
    since: str = ""
    followed_at: str = ""
    trouble: str = ""
    places: dict[str, AtPlace] = field(default_factory=dict)

    def at(self, label: str) -> AtPlace:
        """The state of a place, a new one if need be."""
        return self.places.setdefault(label, AtPlace())


def _file() -> Path:
    return spool() / "state.json"


def _read_place(read: dict[str, Any]) -> AtPlace:
    read["known"] = {path: Kept(**one) for path, one in read["known"].items()}
    return AtPlace(**read)


def load() -> State:
    """What is remembered; a fresh state when there is nothing that can be read."""
    try:
        read = json.loads(_file().read_text())
        read["places"] = {label: _read_place(one) for label, one in read["places"].items()}
        return State(**read)
    except (OSError, ValueError, KeyError, TypeError):
        return State()


def save(state: State) -> None:
    """Remember it, whole or not at all."""
    part = _file().with_suffix(".part")
    with part.open("w") as out:
        json.dump(asdict(state), out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(_file())


class Busy(Refused):
    """Another backup is being made on this machine right now."""


@contextmanager
def alone(*, patience: float = 0) -> Iterator[None]:
    """One at a time on this machine; raises `Busy` when another is still at it after so many seconds."""
    spool().mkdir(parents=True, exist_ok=True, mode=0o700)
    until = time.monotonic() + patience
    with (spool() / "lock").open("w") as lock:
        while not _locked(lock):
            if time.monotonic() >= until:
                raise Busy(
                    _("Cadangan lain sedang dibuat di komputer ini. Tunggu sampai selesai, lalu coba lagi.")
                )
            time.sleep(0.2)
        yield


def _locked(file: IO[str]) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
