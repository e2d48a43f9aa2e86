"""A backup gives back the same books, files and seals, to the second; and it never gives back what was changed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from tatausaha.core.backups import drills, restoring, services
from tatausaha.core.backups.crypt import Key, own_key
from tatausaha.core.backups.models import BackupRun
from tatausaha.core.backups.vault import Vault
from tatausaha.core.kernel import clock
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal, Total

pytestmark = [pytest.mark.req("SYS-05")]

SUMS = (
    "from tatausaha.core.ledger.models import *; from django.db.models import Sum;"
    "print(list(Total.objects.order_by('account_id').values_list('account_id', 'debit', 'credit')),"
    "list(Journal.objects.order_by('id').values_list('hash', flat=True)),"
    "list(Seal.objects.order_by('id').values_list('digest', flat=True)))"
)
BOOKED = (
    "from tatausaha.core.ledger.models import *; print(sorted(Journal.objects.values_list('key', flat=True)))"
)


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
    here = (
        list(Total.objects.order_by("account_id").values_list("account_id", "debit", "credit")),
        list(Journal.objects.order_by("id").values_list("hash", flat=True)),
        [],
    )
    assert empty.shell(SUMS) == " ".join(map(str, here))
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
    book(2_000_000)
    time.sleep(2.5)
    between = datetime.now(UTC)
    time.sleep(2.5)
    book(3_000_000)
    default_storage.save("cases/2026/03/baru.jpg", ContentFile(b"baru"))
    assert services.follow(now=now)

    first, last = machine("antara"), machine("akhir")
    moment = ("--to", between.isoformat())
    for one, words in ((first, moment), (last, ())):
        done = one.run("restore", "--from", str(place), *words, "--key-stdin", given=own_key().text)
        assert done.returncode == 0, done.stderr

    assert first.shell(BOOKED) == "['uji|1000000', 'uji|2000000']"
    assert last.shell(BOOKED) == "['uji|1000000', 'uji|2000000', 'uji|3000000']"
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

    for number, path in enumerate(files):
        whole = path.read_bytes()
        for at in {0, 60, len(whole) // 2, len(whole) - 1}:
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


def test_the_next_backup_lays_a_damaged_file_anew(book: Callable[[int], None], place: Path) -> None:
    back_up()
    photo = max((place / "objects").rglob("*.age"), key=lambda path: path.stat().st_mtime)
    photo.write_bytes(photo.read_bytes()[:-1])
    assert not drills.drill(now=now)[0].ok

    back_up()

    (run,) = drills.drill(now=now)
    assert run.ok, run.reason


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
    book: Callable[[int], None], vault: Vault, place: Path, tmp_path: Path
) -> None:
    former = back_up()
    services.rest()
    before = {path: path.read_bytes() for path in place.rglob("*.age")}
    for number in range(300):
        default_storage.save(f"cases/besar/{number}", ContentFile(os.urandom(200_000)))
    objects = len(vault.place.names("objects"))
    known = connection.settings_dict
    address = (
        f"sqlite://{known['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
    )
    child = subprocess.Popen(
        [sys.executable, "-m", "tatausaha.config.commands", "backup"],
        env={
            **os.environ,
            "TATAUSAHA_HOME": str(settings.HOME),
            "TATAUSAHA_BACKUP": str(place),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tatausaha.config.settings",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )
    while len(vault.place.names("objects")) < objects + 20 and child.poll() is None:
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()

    assert [restoring.newest(vault).id] == [former.backup]
    assert all(path.read_bytes() == content for path, content in before.items())
    restoring.fetch(vault, restoring.newest(vault), tmp_path / "pulih", until=None, tails=True)
    after = back_up()
    assert after.files == former.files + 300
    assert not list(place.rglob("*.part"))
    (run,) = drills.drill(now=now)
    assert run.ok, run.reason


def test_writers_go_on_while_a_backup_is_made(book: Callable[[int], None]) -> None:
    assert chart.BANK
    worst = 0.0
    child = services.engine_here()
    for turn in range(2):
        back_up()
        for amount in range(5):
            began = time.monotonic()
            book(7_000 + amount + 100 * turn)
            worst = max(worst, time.monotonic() - began)
    assert child.kind == connection.vendor
    assert Journal.objects.count() == 11
    assert worst < 5
