"""What lies in a place is believed only where it says it lies, and never leads out of the folder it is laid into."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from tatausaha.core.backups import drills, figures, restoring, scratch, services, state
from tatausaha.core.backups.crypt import Key, own_key
from tatausaha.core.backups.engines.base import Rebuilt
from tatausaha.core.backups.places import Folder, spool
from tatausaha.core.backups.vault import Damaged, Kept, Manifest, Tail, Vault
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tests.core.backups.conftest import Machine

pytestmark = [pytest.mark.req("SYS-05")]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OUT = ("../luar", "files/../../luar", "/tmp/luar")


@pytest.fixture
def alone(tmp_path: Path) -> Vault:
    """A vault that no company has written to."""
    return Vault(Folder(tmp_path / "tempat"), Key.new(), tmp_path / "scratch")


def manifest(vault: Vault, name: str, *files: Kept) -> Manifest:
    return Manifest(f"{name}-{vault.key.mark}", "epoch", NOW, NOW, {"engine": "sqlite"}, (), files)


@pytest.mark.parametrize("path", OUT)
def test_a_manifest_that_names_a_file_outside_is_refused(alone: Vault, tmp_path: Path, path: str) -> None:
    (tmp_path / "isi").write_bytes(b"isi")
    kept = alone.put_object(tmp_path / "isi", path=path, known=set())
    made = manifest(alone, "20261122T120000Z-epoch", kept)
    alone.put_manifest(made)

    with pytest.raises(Damaged, match=made.id):
        alone.manifest(made.name)


@pytest.mark.parametrize("path", OUT)
@pytest.mark.parametrize("where", ["pieces", "files", "gone"])
def test_a_tail_that_names_a_file_outside_is_refused(
    alone: Vault, tmp_path: Path, path: str, where: str
) -> None:
    (tmp_path / "isi").write_bytes(b"isi")
    kept = alone.put_object(tmp_path / "isi", path=path, known=set())
    tail = Tail("epoch", 1, NOW, "", **{where: (path,) if where == "gone" else (kept,)})  # type: ignore[arg-type]
    alone.put_tail(tail, {path: tmp_path / "isi"})

    with pytest.raises(Damaged, match="000001-"):
        alone.fetch_tail(tail.name, tmp_path)


def test_an_old_one_under_a_new_name_is_refused(alone: Vault, tmp_path: Path) -> None:
    made = manifest(alone, "20261121T120000Z-epoch")
    tail = Tail("epoch", 1, NOW, "")
    alone.put_manifest(made)
    alone.put_tail(tail, {})
    root = tmp_path / "tempat"
    newer = f"backups/20261122T120000Z-epoch-{alone.key.mark}.age"
    later = tail.name.replace("000001", "000002")
    shutil.copy(root / made.name, root / newer)
    shutil.copy(root / tail.name, root / later)

    assert alone.manifest(made.name) == made
    with pytest.raises(Damaged):
        alone.manifest(newer)
    with pytest.raises(Damaged):
        alone.fetch_tail(later, tmp_path)


def test_unfinished_files_of_others_in_the_same_folder_stay(tmp_path: Path) -> None:
    place = Folder(tmp_path)
    ours, others = tmp_path / "objects/ab/.x.age.7.part", tmp_path / "unduhan/.film.part"
    for file in (ours, others):
        file.parent.mkdir(parents=True)
        file.touch()

    place.clear()

    assert (ours.exists(), others.exists()) == (False, True)


def test_whoever_was_killed_before_he_remembered_a_tail_loses_nothing(
    book: Callable[[int], None], vault: Vault, tmp_path: Path
) -> None:
    services.back_up(now=clock.now)
    default_storage.save("cases/satu", ContentFile(b"satu"))
    services.follow(now=clock.now)
    before = state.load()
    default_storage.save("cases/dua", ContentFile(b"dua"))
    services.follow(now=clock.now)
    state.save(before)
    time.sleep(1.1)  # names are of whole seconds
    default_storage.save("cases/tiga", ContentFile(b"tiga"))
    services.follow(now=clock.now)
    default_storage.save("cases/empat", ContentFile(b"empat"))
    services.follow(now=clock.now)

    found = restoring.fetch(vault, restoring.newest(vault), tmp_path / "pulih", until=None, tails=True)

    assert found.seq == 3
    assert {"files/cases/satu", "files/cases/dua", "files/cases/tiga", "files/cases/empat"} <= set(
        found.files
    )


@pytest.mark.usefixtures("unverified")
def test_the_drill_notices_that_the_last_minutes_or_the_last_backup_are_gone(
    book: Callable[[int], None], vault: Vault, place: Path
) -> None:
    services.back_up(now=clock.now)
    default_storage.save("cases/satu", ContentFile(b"satu"))
    services.follow(now=clock.now)
    (tail,) = (place / "tails").rglob("*.age")
    tail.rename(place / "disingkirkan")

    (run,) = drills.drill(now=clock.now)
    assert "tidak ada lagi di sana" in run.reason

    (place / "disingkirkan").rename(tail)
    before = state.load()
    before.places[str(place)] = replace(before.at(str(place)), epoch="kemarin")
    later = state.load()
    opened = restoring.Opened(restoring.newest(vault), NOW, seq=1)
    assert drills._is_all(opened, before.at(str(place)), str(place))
    later.places[str(place)] = replace(later.at(str(place)), epoch="besok")
    state.save(later)
    assert not drills._is_all(opened, before.at(str(place)), str(place))


@pytest.mark.django_db
def test_what_cannot_be_read_as_a_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rusak").write_bytes(b"bukan basis data" * 1000)
    file = None if connection.vendor == "postgresql" else tmp_path / "rusak"
    broken = Rebuilt("postgresql://x@/x?host=/tidak/ada", file)

    with pytest.raises(Refused, match="tidak terbaca"), figures.asking(broken) as ask:
        ask("SELECT 1 FROM django_migrations")


def test_journals_are_compared_piece_by_piece_to_the_last(
    book: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for amount in (2, 3, 4, 5):
        book(amount)
    monkeypatch.setattr(figures, "PIECE", 2)
    rows: dict[int, str] = dict(figures.living("SELECT id, hash FROM ledger_journal"))
    first, *_some, last = rows

    def found(told: dict[int, str]) -> tuple[int, int, set[int], bool]:
        def ask(query: str) -> list[tuple[object, ...]]:
            if "COUNT" in query:
                return [(max(told), len(told))]
            low, high = (int(word) for word in query.split() if word.isdigit())
            return [(pk, text) for pk, text in told.items() if low < pk <= high]

        return figures._journals(ask)

    assert found(rows) == (last, 5, set(), True)
    assert found({pk: text for pk, text in rows.items() if pk != first}) == (last, 4, {first}, True)
    for changed in rows:
        assert not found(rows | {changed: "lain"})[3]
    assert not found(rows | {last + 1: "tidak pernah dibukukan"})[3]
    monkeypatch.setattr(figures, "MOST_APART", 1)
    assert not found({last: rows[last]})[3]


def test_where_a_backup_lies_open_nobody_else_looks(book: Callable[[int], None], place: Path) -> None:
    (run,) = services.back_up(now=clock.now)
    assert run.ok
    assert spool().stat().st_mode & 0o777 == 0o700
    assert (spool() / "scratch").stat().st_mode & 0o777 == 0o700
    made = scratch.folder("drill")
    try:
        assert made.stat().st_mode & 0o066 == 0
        vault = Vault(Folder(place), own_key(), spool() / "scratch")
        restoring.fetch(vault, restoring.newest(vault), made, until=None, tails=True)
        for room in ("pieces", "files", "keys"):
            assert (made / room).stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(made)


def test_only_what_processes_left_that_are_gone_is_cleared() -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    home, outside = Path(settings.HOME), Path(tempfile.gettempdir())
    runs, left = home / f".drill-{os.getppid()}", home / f".drill-{gone.pid}"
    socket = outside / f"tatausaha-pulih-{gone.pid}-abc"
    for made in (runs, left, socket):
        made.mkdir()
    try:
        scratch.clear()

        assert [one.exists() for one in (runs, left, socket)] == [True, False, False]
    finally:
        runs.rmdir()


def test_a_home_with_the_keys_of_another_company_is_left_alone(
    book: Callable[[int], None], place: Path, machine: Callable[[str], Machine]
) -> None:
    services.back_up(now=clock.now)
    taken = machine("terpakai")
    keys = taken.home / "keys"
    keys.mkdir()
    (keys / "papers").write_text("kunci perusahaan lain")

    done = taken.run("restore", "--from", str(place), "--key-stdin", given=own_key().text)

    assert done.returncode == 1
    assert "sudah ada kunci lain" in done.stderr
    assert (keys / "papers").read_text() == "kunci perusahaan lain"
    assert not (keys / "backup").exists()
    assert not (taken.home / "files").exists()
    assert not (taken.home / "tatausaha.sqlite3").exists()
