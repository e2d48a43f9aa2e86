"""A backup gives back the same books, files and seals, to the second; and it never gives back what was changed."""

import itertools
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections

from tatausaha.core.backups import drills, figures, restoring, services
from tatausaha.core.backups.crypt import Key, own_key
from tatausaha.core.backups.models import BackupRun
from tatausaha.core.backups.places import Folder
from tatausaha.core.backups.vault import Vault
from tatausaha.core.kernel import clock
from tatausaha.core.ledger.models import Journal

pytestmark = [pytest.mark.req("SYS-05")]

BOOKS = (
    "SELECT account_id, debit, credit FROM ledger_total ORDER BY account_id",
    "SELECT id, hash FROM ledger_journal ORDER BY id",
    "SELECT id, digest FROM ledger_seal ORDER BY id",
)
IN_THE_MIDDLE = """
from contextlib import contextmanager
from tatausaha.core.backups.places import Folder
whole, seen = Folder.writing, []

@contextmanager
def writing(self, name):
    with whole(self, name) as part:
        yield part
        seen.append(name)
        if len(seen) == 20:
            die()

Folder.writing = writing
"""
"""Dies before the twentieth file has its name."""
COMPARING = """
from tatausaha.core.backups import figures
figures.compare = die
"""
LONG = 120
"""Seconds after which something does not come any more; nobody waits for it who need not."""


def now() -> datetime:
    return clock.now()


def back_up() -> BackupRun:
    (run,) = services.back_up(now=now)
    assert run.ok, run.reason
    return run


def all_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_an_empty_machine_gets_the_same_books_files_and_seals(
    book: Callable[[int], None], place: Path, machine: Callable[[str], Any]
) -> None:
    back_up()
    empty = machine("baru")

    done = empty.run("restore", "--from", str(place), "--key-stdin", given=own_key().text)

    assert done.returncode == 0, done.stderr
    assert [empty.rows(query) for query in BOOKS] == [figures.living(query) for query in BOOKS]
    assert empty.booked == ["uji|1000000"]
    assert all_files(empty.home / "files") == all_files(Path(settings.MEDIA_ROOT))
    keys = Path(settings.HOME) / "keys"
    for name in ("papers", "papers-hash", "secret", "backup"):
        assert (empty.home / "keys" / name).read_text() == (keys / name).read_text()
    assert empty.run("verify").returncode == 0
    again = empty.run("restore", "--from", str(place), "--key-stdin", given=own_key().text)
    assert again.returncode == 1
    assert "tidak ada yang diubah" in again.stderr


def test_the_drill_compares_books_files_and_seals_and_writes_it_down(book: Callable[[int], None]) -> None:
    book(2_000_000)
    back_up()
    book(3_000_000)  # written after the backup: the drill still agrees

    (run,) = drills.drill(now=now)

    assert (run.ok, run.reason, run.kind) == (True, "", "drill")
    assert run.figures["journals"] == 2
    assert run.files == len(all_files(Path(settings.MEDIA_ROOT))) + 3
    assert not list(Path(settings.HOME).glob(".drill-*"))


def test_the_drill_fails_when_the_living_books_were_changed(book: Callable[[int], None]) -> None:
    back_up()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
            kept = cursor.execute(triggers.replace("SELECT name", "SELECT name, sql")).fetchall()
            for name, _sql in kept:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE ledger_entry SET amount = amount + 1 WHERE amount > 0")
        if connection.vendor == "sqlite":
            for _name, sql in kept:
                cursor.execute(sql)
        else:
            cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")

    (run,) = drills.drill(now=now)

    assert not run.ok
    assert "Neraca saldo" in run.reason


def test_one_can_go_back_between_two_writes_a_few_seconds_apart(
    book: Callable[[int], None], place: Path, machine: Callable[[str], Any]
) -> None:
    back_up()
    services.follow(now=now)
    book(2_000_000)
    services.catch()
    between = datetime.now(UTC)
    time.sleep(0.05)  # moments of files are that coarse
    book(3_000_000)
    default_storage.save("cases/2026/03/baru.jpg", ContentFile(b"baru"))
    assert services.follow(now=now)

    first, last = machine("antara"), machine("akhir")
    moment = ("--to", between.isoformat())
    for one, words in ((first, moment), (last, ())):
        done = one.run("restore", "--from", str(place), *words, "--key-stdin", given=own_key().text)
        assert done.returncode == 0, done.stderr

    assert first.booked == ["uji|1000000", "uji|2000000"]
    assert last.booked == ["uji|1000000", "uji|2000000", "uji|3000000"]
    assert (last.home / "files/cases/2026/03/baru.jpg").read_bytes() == b"baru"


def test_nothing_new_writes_nothing(book: Callable[[int], None], vault: Vault) -> None:
    back_up()
    services.follow(now=now)
    before = vault.place.names("tails")

    services.follow(now=now)

    assert vault.place.names("tails") == before


def test_a_byte_flipped_anywhere_is_found_and_named(
    book: Callable[[int], None], vault: Vault, place: Path, tmp_path: Path
) -> None:
    back_up()
    book(2_000_000)
    services.follow(now=now)
    files = list(place.rglob("*.age"))
    assert {path.relative_to(place).parts[0] for path in files} == {"objects", "backups", "tails"}

    seen: set[str] = set()
    for number, path in enumerate(files):
        whole, kind = path.read_bytes(), path.relative_to(place).parts[0]
        anywhere = (0, 60, len(whole) // 2, len(whole) - 1)
        for at in anywhere[number % 4 : number % 4 + 1] if kind in seen else anywhere:
            seen.add(kind)
            changed = bytearray(whole)
            changed[at] ^= 1
            path.write_bytes(changed)
            with pytest.raises(restoring.Refused) as no:
                restoring.fetch(
                    vault, restoring.newest(vault), tmp_path / f"pulih-{number}-{at}", until=None, tails=True
                )
            assert path.relative_to(place).as_posix() in str(no.value)
        path.write_bytes(whole)

    restoring.fetch(vault, restoring.newest(vault), tmp_path / "utuh", until=None, tails=True)


def test_a_file_that_went_missing_is_named(
    book: Callable[[int], None], vault: Vault, place: Path, tmp_path: Path
) -> None:
    back_up()
    book(2_000_000)
    services.follow(now=now)
    book(3_000_000)
    services.follow(now=now)
    gone = min((place / "tails").rglob("*.age"))
    gone.unlink()

    with pytest.raises(restoring.Refused, match="hilang"):
        restoring.fetch(vault, restoring.newest(vault), tmp_path / "pulih", until=None, tails=True)


def test_the_next_backup_lays_a_damaged_file_anew(
    book: Callable[[int], None], vault: Vault, place: Path, tmp_path: Path
) -> None:
    back_up()
    photo = max((place / "objects").rglob("*.age"), key=lambda path: path.stat().st_mtime)
    photo.write_bytes(photo.read_bytes()[:-1])
    assert not drills.drill(now=now)[0].ok

    back_up()

    restoring.fetch(vault, restoring.newest(vault), tmp_path / "pulih", until=None, tails=True)


def test_another_key_opens_nothing_and_says_so(
    book: Callable[[int], None], place: Path, machine: Callable[[str], Any]
) -> None:
    back_up()
    empty = machine("baru")
    right = own_key().text
    mistyped = right[:-1] + ("P" if right.endswith("Q") else "Q")

    wrong = empty.run("restore", "--from", str(place), "--key-stdin", given=Key.new().text)
    typo = empty.run("restore", "--from", str(place), "--key-stdin", given=mistyped)

    assert (wrong.returncode, typo.returncode) == (1, 1)
    assert "bukan kunci cadangan di" in wrong.stderr
    assert "74 huruf" in typo.stderr
    assert not (empty.home / "files").exists()
    assert not (empty.home / "tatausaha.sqlite3").exists()


def test_killed_in_the_middle_the_former_backup_stays_whole(
    book: Callable[[int], None], vault: Vault, place: Path, tmp_path: Path, killed: Callable[[str, str], int]
) -> None:
    former = back_up()
    services.rest()
    before = {path: path.read_bytes() for path in place.rglob("*.age")}
    for number in range(25):
        default_storage.save(f"cases/besar/{number}", ContentFile(os.urandom(20_000)))

    killed("backup", IN_THE_MIDDLE)

    assert list(place.rglob("*.part"))
    assert len(vault.place.names("objects")) > len(before)
    assert [restoring.newest(vault).id] == [former.backup]
    assert all(path.read_bytes() == content for path, content in before.items())
    restoring.fetch(vault, restoring.newest(vault), tmp_path / "pulih", until=None, tails=True)
    after = back_up()
    assert after.files == former.files + 25
    assert not list(place.rglob("*.part"))
    found = restoring.fetch(vault, restoring.newest(vault), tmp_path / "lagi", until=None, tails=True)
    assert sum(path.startswith("files/cases/besar/") for path in found.files) == 25


@pytest.mark.usefixtures("unverified")
def test_a_drill_that_was_killed_leaves_nothing(
    book: Callable[[int], None], killed: Callable[[str, str], int]
) -> None:
    back_up()

    number = killed("drill", COMPARING)

    home, outside = Path(settings.HOME), Path(tempfile.gettempdir())
    lies_open = [*home.glob(f".drill-{number}"), *outside.glob(f"tatausaha-pulih-{number}-*")]
    assert lies_open
    until = time.monotonic() + LONG
    while programs := [words for words in all_programs() if any(str(one) in words for one in lies_open)]:
        assert time.monotonic() < until, programs
        time.sleep(0.05)
    (run,) = drills.drill(now=now)
    assert run.ok, run.reason
    assert not any(one.exists() for one in lies_open)


def all_programs() -> list[str]:
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(file.read_text(errors="replace"))
    return found


def test_writers_go_on_while_a_backup_is_made(
    book: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever a file was brought to its place, somebody else books before the next one is."""
    amounts, whole = itertools.count(7_000), Folder.writing
    with ThreadPoolExecutor(1) as pool:

        @contextmanager
        def writing(self: Folder, name: str) -> Iterator[Path]:
            with whole(self, name) as part:
                yield part
            pool.submit(book, next(amounts)).result(timeout=LONG)

        monkeypatch.setattr(Folder, "writing", writing)
        back_up()
        pool.submit(connections.close_all).result()
    assert Journal.objects.count() > 5
