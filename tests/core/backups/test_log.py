"""SQLite's log beside writers: every piece that was caught is a moment that can be built again, exactly."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from tatausaha.core.backups.engines.base import Lost
from tatausaha.core.backups.engines.sqlite import WriteAheadLog
from tatausaha.core.kernel.errors import Refused

pytestmark = [pytest.mark.req("SYS-05")]

TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE line (id INTEGER PRIMARY KEY, who INT, number INT, word TEXT, filler BLOB);
CREATE INDEX by_word ON line (word);
CREATE INDEX by_number ON line (who, number);
CREATE TABLE total (who INT PRIMARY KEY, lines INT);
INSERT INTO total VALUES (0, 0), (1, 0), (2, 0);
"""
WRITING = """
import os, random, sqlite3, sys, time
file, who, until = sys.argv[1], int(sys.argv[2]), time.monotonic() + float(sys.argv[3])
chance, lines, there = random.Random(who), 0, None
while time.monotonic() < until:
    if there is None or chance.random() < 0.05:
        there and there.close()
        there = sqlite3.connect(file, isolation_level=None, timeout=60)
    there.execute("BEGIN IMMEDIATE")
    for _ in range(chance.randrange(1, 8)):
        lines += 1
        filler = os.urandom(chance.randrange(50, 600))
        there.execute("INSERT INTO line (who, number, word, filler) VALUES (?, ?, ?, ?)",
                      (who, lines, str(chance.random()), filler))
    if chance.random() < 0.3:
        there.execute("DELETE FROM line WHERE who = ? AND number < ? AND number % 3 = 0", (who, lines - 100))
    there.execute("UPDATE total SET lines = ? WHERE who = ?", (lines, who))
    there.execute("COMMIT")
    time.sleep(chance.random() * 0.01)
"""
"""Small transactions that grow, shrink and split pages, and totals that tell which moment it is."""
WHOLE = """
SELECT who, lines FROM total
WHERE lines <> COALESCE((SELECT MAX(number) FROM line WHERE line.who = total.who), 0)
   OR MIN(lines, 100) <> (SELECT COUNT(*) FROM line WHERE line.who = total.who AND number > lines - 100)
"""
"""Whose lines are not those of one moment."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with three writers' tables."""
    made = tmp_path / "books.sqlite3"
    with closing(sqlite3.connect(made)) as there:
        there.executescript(TABLES)
    return made


@pytest.fixture
def engine(file: Path) -> Iterator[WriteAheadLog]:
    made = WriteAheadLog(file)
    yield made
    made.rest()


@contextmanager
def writers(file: Path, seconds: float) -> Iterator[None]:
    """Three processes that write at once."""
    started = [
        subprocess.Popen([sys.executable, "-c", WRITING, str(file), str(who), str(seconds)])
        for who in range(3)
    ]
    yield
    assert [one.wait() for one in started] == [0, 0, 0]


def write(file: Path, word: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as there:
        there.execute("INSERT INTO line (who, number, word) VALUES (9, 1, ?)", (word,))


def words(rebuilt: Path | None) -> list[str]:
    assert rebuilt is not None
    with closing(sqlite3.connect(rebuilt)) as there:
        return [word for (word,) in there.execute("SELECT word FROM line WHERE who = 9 ORDER BY id")]


def laid(folder: Path, pieces: list[Path]) -> Path:
    """The pieces in a scratch folder, as they come out of a backup."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pieces").mkdir(parents=True)
    for piece in pieces:
        shutil.copy2(piece, folder / "pieces" / piece.name)
    return folder


def paths(engine: WriteAheadLog, epoch: Path) -> list[Path]:
    return [piece.path for piece in engine.pieces(epoch)]


def test_every_piece_caught_beside_three_writers_is_a_sound_moment(
    engine: WriteAheadLog, file: Path, tmp_path: Path
) -> None:
    epochs = [tmp_path / f"epoch-{number}" for number in range(3)]
    with writers(file, seconds=4):
        time.sleep(0.5)
        for epoch in epochs:
            engine.begin(epoch)
            for _turn in range(8):
                time.sleep(0.1)
                engine.advance(epoch)
    moments = 0
    for epoch in epochs:
        base, *logs = paths(engine, epoch)
        for number in range(1, len(logs) + 1):
            with engine.rebuild(laid(tmp_path / "again", [base, *logs[:number]]), {}, None) as found:
                assert found.file is not None
                with closing(sqlite3.connect(found.file)) as there:
                    assert there.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                    assert there.execute(WHOLE).fetchall() == []
            moments += 1
    assert moments >= 15


def test_what_another_process_takes_up_goes_on_where_the_first_ended(
    engine: WriteAheadLog, file: Path, tmp_path: Path
) -> None:
    epoch, other = tmp_path / "epoch", WriteAheadLog(file)
    engine.begin(epoch)
    write(file, "one")
    engine.advance(epoch)
    other.advance(epoch)
    engine.rest()
    write(file, "two")
    other.advance(epoch)
    other.rest()

    with engine.rebuild(laid(tmp_path / "again", paths(engine, epoch)), {}, None) as found:
        assert words(found.file) == ["one", "two"]


def test_a_log_that_others_began_anew_is_noticed(engine: WriteAheadLog, file: Path, tmp_path: Path) -> None:
    epoch = tmp_path / "epoch"
    engine.begin(epoch)
    engine.rest()
    with closing(sqlite3.connect(file, isolation_level=None)) as there:
        assert there.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    for number in range(20):
        write(file, f"new {number}")

    with pytest.raises(Lost):
        engine.advance(epoch)


def test_a_log_that_lost_its_end_in_a_power_cut_and_went_on_otherwise_is_noticed(
    engine: WriteAheadLog, file: Path, tmp_path: Path
) -> None:
    epoch, cut = tmp_path / "epoch", tmp_path / "cut.sqlite3"
    engine.begin(epoch)
    write(file, "kept")
    shutil.copy(file, cut)
    shutil.copy(f"{file}-wal", f"{cut}-wal")
    write(file, "lost")
    engine.advance(epoch)
    after = WriteAheadLog(cut)
    with closing(sqlite3.connect(cut)) as kept_open:
        kept_open.execute("SELECT COUNT(*) FROM line").fetchone()
        for number in range(20):
            write(cut, f"other {number}")

        with pytest.raises(Lost):
            after.advance(epoch)
    after.rest()


def test_a_log_begun_anew_while_it_is_read_makes_no_piece(file: Path, tmp_path: Path) -> None:
    class Released(WriteAheadLog):
        def _length(self) -> tuple[int, int]:
            found = super()._length()
            if self._folder is not None and self._held is not None:
                self._held.close()
                assert kept_open.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
                for number in range(40):
                    write(file, f"new {number}")
            return found

    epoch, engine = tmp_path / "epoch", Released(file)
    engine.begin(epoch)
    write(file, "one")
    before = paths(engine, epoch)

    with closing(sqlite3.connect(file, isolation_level=None)) as kept_open, pytest.raises(Lost):
        engine.advance(epoch)

    assert paths(engine, epoch) == before
    engine.rest()


def test_beneath_us_the_log_is_carried_over_up_to_where_we_read(
    engine: WriteAheadLog, file: Path, tmp_path: Path
) -> None:
    engine.begin(tmp_path / "epoch")
    write(file, "one")
    with closing(sqlite3.connect(file, isolation_level=None)) as there:
        busy, frames, moved = there.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    assert (busy, 0 < moved < frames) == (0, True)


def test_while_we_hold_it_nobody_begins_the_log_anew(
    engine: WriteAheadLog, file: Path, tmp_path: Path
) -> None:
    epoch = tmp_path / "epoch"
    engine.begin(epoch)
    for number in range(5):
        write(file, f"{number}")
        with closing(sqlite3.connect(file, isolation_level=None)) as there:
            there.execute("PRAGMA busy_timeout = 1")
            assert there.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 1
        engine.advance(epoch)

    with engine.rebuild(laid(tmp_path / "again", paths(engine, epoch)), {}, None) as found:
        assert words(found.file) == ["0", "1", "2", "3", "4"]


def test_a_moment_between_two_pieces_is_the_one_before(
    engine: WriteAheadLog, file: Path, tmp_path: Path
) -> None:
    epoch = tmp_path / "epoch"
    engine.begin(epoch)
    for number, word in enumerate(("one", "two", "three")):
        write(file, word)
        engine.advance(epoch)
        os.utime(paths(engine, epoch)[-1], (1000 + 10 * number,) * 2)
    between = datetime.fromtimestamp(1015, UTC)

    with engine.rebuild(laid(tmp_path / "again", paths(engine, epoch)), {}, between) as found:
        assert words(found.file) == ["one", "two"]


def test_where_the_clock_was_set_back_the_last_piece_of_the_moment_counts(
    engine: WriteAheadLog, file: Path, tmp_path: Path
) -> None:
    epoch = tmp_path / "epoch"
    engine.begin(epoch)
    for word, seconds in (("one", 1010), ("two", 9000), ("three", 1020), ("four", 1030)):
        write(file, word)
        engine.advance(epoch)
        os.utime(paths(engine, epoch)[-1], (seconds,) * 2)

    for until, found_then in ((1015, ["one"]), (1020, ["one", "two", "three"])):
        folder = laid(tmp_path / "again", paths(engine, epoch))
        with engine.rebuild(folder, {}, datetime.fromtimestamp(until, UTC)) as found:
            assert words(found.file) == found_then


def test_a_full_disk_leaves_no_half_piece_and_the_next_look_goes_on(
    engine: WriteAheadLog, file: Path, tmp_path: Path
) -> None:
    epoch = tmp_path / "epoch"
    engine.begin(epoch)
    before = sorted(epoch.iterdir())
    write(file, "x" * 300_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OSError, match="large"):
            engine.advance(epoch)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert sorted(epoch.iterdir()) == before

    engine.advance(epoch)

    with engine.rebuild(laid(tmp_path / "again", paths(engine, epoch)), {}, None) as found:
        assert words(found.file) == ["x" * 300_000]


def test_without_room_for_a_copy_the_disk_is_not_filled_and_the_old_epoch_goes_on(
    engine: WriteAheadLog, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    epoch, room = tmp_path / "epoch", file.stat().st_size - 1
    engine.begin(epoch)
    write(file, "one")
    with monkeypatch.context() as small:
        small.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=room))
        with pytest.raises(OSError, match="No space"):
            engine.begin(tmp_path / "next")
    write(file, "two")

    engine.advance(epoch)

    assert list((tmp_path / "next").iterdir()) == []
    with engine.rebuild(laid(tmp_path / "again", paths(engine, epoch)), {}, None) as found:
        assert words(found.file) == ["one", "two"]


def test_a_database_that_is_gone_is_not_made_anew(engine: WriteAheadLog, file: Path, tmp_path: Path) -> None:
    file.unlink()

    with pytest.raises(Refused, match="tidak terbaca"):
        engine.begin(tmp_path / "epoch")

    assert not file.exists()


@pytest.mark.parametrize("where", [10, 40, 4000, -1])
def test_a_changed_byte_of_the_log_is_found_by_its_sums(
    engine: WriteAheadLog, file: Path, tmp_path: Path, where: int
) -> None:
    epoch = tmp_path / "epoch"
    engine.begin(epoch)
    for number in range(20):
        write(file, f"{number}")
    engine.advance(epoch)
    folder = laid(tmp_path / "again", paths(engine, epoch))
    (log,) = list((folder / "pieces").glob("000000000000-*.wal"))
    content = bytearray(log.read_bytes())
    content[where] ^= 1
    log.write_bytes(content)

    with pytest.raises(Refused), engine.rebuild(folder, {}, None):
        pass


def test_a_piece_that_is_missing_is_named(engine: WriteAheadLog, file: Path, tmp_path: Path) -> None:
    epoch = tmp_path / "epoch"
    engine.begin(epoch)
    for word in ("one", "two", "three"):
        write(file, word)
        engine.advance(epoch)
    base, first, _gone, *rest = paths(engine, epoch)

    folder = laid(tmp_path / "again", [base, first, *rest])

    with pytest.raises(Refused, match=rest[0].name), engine.rebuild(folder, {}, None):
        pass


def test_what_sqlite_says_is_told_as_a_sentence(engine: WriteAheadLog, file: Path, tmp_path: Path) -> None:
    file.write_bytes(b"no database at all" * 1000)

    with pytest.raises(Refused, match="tidak terbaca: file is not a database"):
        engine.begin(tmp_path / "epoch")


def test_a_backup_of_another_kind_is_not_tried(engine: WriteAheadLog, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    (folder / "pieces").mkdir(parents=True)
    (folder / "pieces" / "0000000000000001-0000000000000001.ltx").write_bytes(b"other")

    with pytest.raises(Refused, match="versi lain"), engine.rebuild(folder, {}, None):
        pass
