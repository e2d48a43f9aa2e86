"""SQLite by its own means: a whole copy by its backup interface, and its write-ahead log since then, frame by frame.

An epoch is a copy of the database, and the log that was written from some moment before the copy on. As long
as we hold a reading transaction open nobody may begin that log anew, so whatever was committed lies in it in
order. Built again it is by SQLite as well, which reads a log beside a database as it does after a power cut, and
proves every frame by its sum. Nobody who reads or writes ever waits for us.

See https://sqlite.org/walformat.html for the log, and ADR 26 for the reasons.
"""

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from tatausaha.core.backups.engines.base import Lost, Piece, Rebuilt
from tatausaha.core.kernel.errors import Refused

BASE = "base.sqlite3"
HEADER, FRAME_HEADER = 32, 24
"""Bytes at the beginning of a log, and before each page in it."""
PAGE = slice(8, 12)
"""Where a log says how many bytes a page has."""
SHORT_WAIT = 500
"""Milliseconds that writers may be held, at most, while the log is emptied before a whole copy."""
TRIES = 100
"""How often the length of the log is asked for, 20 ms apart, while others are at it."""
BUFFER = 1 << 20
PATIENCE = 20
"""Seconds that others may take."""
SMALL = 64 << 20
"""Bytes of log from which on a new epoch is worth it, also where the database is small."""


class WriteAheadLog:
    """See `Engine`."""

    kind = "sqlite"
    endless = False

    def __init__(self, database: Path) -> None:
        self._database = database
        self._log = Path(f"{database}-wal")
        self._held: sqlite3.Connection | None = None
        self._folder: Path | None = None

    def facts(self) -> dict[str, str]:
        """See `Engine`."""
        return {"engine": self.kind, "program": f"sqlite {sqlite3.sqlite_version}"}

    def begin(self, folder: Path) -> None:
        """See `Engine`. Raises `OSError` while there is no room for the copy; what was caught so far still goes on."""
        folder.mkdir(parents=True, mode=0o700)
        needed = sum(file.stat().st_size for file in (self._database, self._log) if file.exists())
        if shutil.disk_usage(folder).free < needed:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        self.rest()
        self._empty()
        held = self._hold()
        mark = self._mark(0)
        with _settled(folder / f"{BASE}.part", folder / BASE) as part:
            with _said(), closing(sqlite3.connect(part, isolation_level=None)) as copy:
                copy.execute("PRAGMA journal_mode = OFF")
                copy.execute("PRAGMA synchronous = OFF")
                held.backup(copy)
            self._archive(folder, 0, mark)
        self._folder = folder

    def advance(self, folder: Path) -> None:
        """See `Engine`. Raises `Lost` where the log was begun anew since the last piece, or is another up to there."""
        pieces = _names(folder)
        if not pieces or not (folder / BASE).exists():
            raise Lost(_("Salinan pertama tidak lengkap, jadi dibuat salinan baru."))
        if self._folder != folder:
            before = self._held
            self._hold()
            if before is not None:
                before.close()  # only now, so that at no moment nobody holds
            self._folder = folder
        self._archive(folder, _reach(pieces[-1]), _mark_of(folder / pieces[0], folder / pieces[-1]))

    def catch(self) -> None:
        """See `Engine`."""
        if self._held is not None and self._folder is not None and self._folder.is_dir():
            self.advance(self._folder)

    def grown(self, folder: Path) -> bool:
        """See `Engine`: the log is read by everybody, so it must not grow for ever."""
        written = sum(piece.stat().st_size for piece in _logs(folder)[1:])
        return written > max(SMALL, (folder / BASE).stat().st_size // 2)

    def pieces(self, folder: Path) -> list[Piece]:
        """See `Engine`."""
        return [Piece(file.name, file, loose=True) for file in (folder / BASE, *_logs(folder))]

    def rest(self) -> None:
        """See `Engine`."""
        if self._held is not None:
            self._held.close()
        self._held = self._folder = None

    @contextmanager
    def rebuild(self, folder: Path, facts: Mapping[str, str], until: datetime | None) -> Iterator[Rebuilt]:  # noqa: ARG002
        """See `Engine`. The moment of a piece is the time of its file; the last that is not later counts.

        Where the clock was set back meanwhile, others before it may be later; they belong to it all the same.
        """
        target = folder / "rebuilt.sqlite3"
        base, logs = folder / "pieces" / BASE, _logs(folder / "pieces")
        if not base.exists() or not logs:
            raise Refused(_("Cadangan ini dibuat oleh versi lain. Pulihkan dengan versi itu."))
        if until is not None:
            moment = until.timestamp()
            last = max((n for n, log in enumerate(logs) if log.stat().st_mtime <= moment), default=0)
            logs = logs[: last + 1]
        base.rename(target)
        reached = 0
        with Path(f"{target}-wal").open("wb") as whole:
            for log in logs:
                if _start(log.name) != reached:
                    raise Refused(_("Catatan perubahan terputus sebelum %(name)s.") % {"name": log.name})
                with log.open("rb") as content:
                    shutil.copyfileobj(content, whole, BUFFER)
                reached = _reach(log.name)
        _recover(target, reached)
        yield Rebuilt("", target)

    def _hold(self) -> sqlite3.Connection:
        """Read, and go on reading, so that nobody begins the log anew.

        A reader who finds the whole log carried into the database already reads past it, and the next
        writer may begin it anew; only once, since nothing more is carried over beneath such a reader. That
        writer is us: who looks at the log after this looks at the one that stays. We write before we read as
        well: beneath a reader of an empty log every commit of others would sort the whole log, in vain.
        """
        with _said(), ExitStack() as until_held:
            held = self._connected()
            until_held.callback(held.close)
            _write(held)
            held.execute("BEGIN")
            held.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            with closing(self._connected()) as writing:
                _write(writing)
            until_held.pop_all()
        self._held = held
        return held

    def _empty(self) -> None:
        """Carry the log into the database and begin it anew, if that goes at once."""
        with _said(), closing(self._connected()) as emptying:
            emptying.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            emptying.execute(f"PRAGMA busy_timeout = {SHORT_WAIT}")
            emptying.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _connected(self) -> sqlite3.Connection:
        """A connection that another thread may close: whoever ends us is one. No file is made where none is."""
        address = f"{self._database.absolute().as_uri()}?mode=rw"
        return sqlite3.connect(
            address, uri=True, isolation_level=None, timeout=PATIENCE, check_same_thread=False
        )

    def _mark(self, frames: int) -> bytes:
        """What tells our log from every other one, as far as it is so many frames long."""
        try:
            with self._log.open("rb") as log:
                head = log.read(HEADER)
                log.seek(HEADER + (frames - 1) * _bytes(head) if frames else HEADER)
                return head + (log.read(FRAME_HEADER) if frames else b"")
        except FileNotFoundError:
            return b""

    def _archive(self, folder: Path, reached: int, mark: bytes) -> None:
        """One more piece: what was committed to the log since it was `reached` frames long."""
        if self._mark(reached) != mark:
            raise Lost(_("Catatan perubahan dimulai baru oleh program lain, jadi dibuat salinan baru."))
        frames, page = self._length()
        if frames < reached:
            raise Lost(_("Catatan perubahan dimulai baru oleh program lain, jadi dibuat salinan baru."))
        if frames == reached and reached:
            return
        size = page + FRAME_HEADER
        begins = HEADER + reached * size if reached else 0
        with _settled(folder / "log.part", folder / f"{reached:012d}-{frames:012d}.wal") as part:
            with self._log.open("rb") as log, part.open("wb") as out:
                log.seek(begins)
                left = HEADER + frames * size - begins
                while left and (content := log.read(min(left, BUFFER))):
                    out.write(content)
                    left -= len(content)
            if left or self._mark(reached) != mark:
                raise Lost(_("Catatan perubahan dimulai baru oleh program lain, jadi dibuat salinan baru."))

    def _length(self) -> tuple[int, int]:
        """How many frames were committed to the log, and the bytes of a page."""
        for _turn in range(TRIES):
            with _said(), closing(self._connected()) as asking:
                (page,) = asking.execute("PRAGMA page_size").fetchone()
                busy, frames, _moved = asking.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if not busy and frames >= 0:
                return frames, page
            time.sleep(0.02)
        raise Refused(_("Basis data sibuk, jadi catatan perubahannya belum dapat dibaca."))


@contextmanager
def _said() -> Iterator[None]:
    """What SQLite says when it does not go, as our sentence."""
    try:
        yield
    except sqlite3.Error as no:
        raise Refused(_("Basis data tidak terbaca: %(said)s") % {"said": no}) from no


def _write(there: sqlite3.Connection) -> None:
    """One page into the log, as it is."""
    (version,) = there.execute("PRAGMA user_version").fetchone()
    there.execute(f"PRAGMA user_version = {version}")


def _bytes(head: bytes) -> int:
    """Of a frame, by the beginning of its log."""
    return int.from_bytes(head[PAGE]) + FRAME_HEADER


def _mark_of(first: Path, last: Path) -> bytes:
    """The mark of the log whose pieces these are: its beginning, and its last frame's sum, which is of all frames."""
    with first.open("rb") as content:
        head = content.read(HEADER)
    with last.open("rb") as content:
        content.seek(max(0, last.stat().st_size - _bytes(head)))
        return head + content.read(FRAME_HEADER)


def _names(folder: Path) -> list[str]:
    """Of the pieces of the log, in order; each second, so nothing that costs more than a list."""
    with os.scandir(folder) as found:
        return sorted(one.name for one in found if one.name.endswith(".wal"))


def _logs(folder: Path) -> list[Path]:
    return [folder / name for name in _names(folder)]


def _start(piece: str) -> int:
    return int(piece[:12])


def _reach(piece: str) -> int:
    return int(piece[13:25])


@contextmanager
def _settled(part: Path, target: Path) -> Iterator[Path]:
    """Let a file be written; then it is on the disk for good, and under its name. What fails leaves nothing."""
    try:
        yield part
        with part.open("r+b") as content:  # Windows syncs only what may be written
            os.fsync(content.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _recover(database: Path, frames: int) -> None:
    """Let SQLite read the log beside the database, every frame of it, and look at what came of it."""
    with _said(), closing(sqlite3.connect(database, isolation_level=None)) as there:
        _busy, found, _moved = there.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if found != frames:
            raise Refused(
                _("Catatan perubahan rusak: %(found)s dari %(frames)s halaman terbaca.")
                % {"found": found, "frames": frames}
            )
        said = [row[0] for row in there.execute("PRAGMA quick_check(3)")]
    if said != ["ok"]:
        raise Refused(_("Basis data yang dipulihkan rusak: %(said)s") % {"said": said[0][:200]})
