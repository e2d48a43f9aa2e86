"""When an epoch ends and another begins, and what of it reaches the places whatever goes wrong meanwhile."""

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from tatausaha.core.backups import restoring, services, state
from tatausaha.core.backups.engines import sqlite
from tatausaha.core.backups.models import BackupRun
from tatausaha.core.backups.vault import Vault
from tatausaha.core.kernel import clock

pytestmark = [pytest.mark.req("SYS-05")]

LARGE = 20_000_000
"""Bytes, more than half of the database of the tests."""


def test_a_lost_log_makes_a_new_backup_and_both_sides_of_it_can_be_gone_back_to(
    book: Callable[[int], None], vault: Vault, tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL keeps its log itself, for our slot
    services.back_up(now=clock.now)
    book(2_000_000)
    services.follow(now=clock.now)
    before = clock.now()
    services.rest()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    book(3_000_000)

    assert services.follow(now=clock.now)

    assert list(BackupRun.objects.values_list("kind", "ok")) == [("backup", True)] * 2
    assert len(vault.manifests()) == 2
    for until, count in ((before, 2), (None, 3)):
        folder = tmp_path / f"again-{count}"
        folder.mkdir()
        manifest = restoring.choose(vault, until=until, wanted="")
        opened = restoring.fetch(vault, manifest, folder, until=until, tails=True)
        with restoring.rebuilt(opened, folder, until) as found:
            assert found.file is not None
            with closing(sqlite3.connect(found.file)) as there:
                assert there.execute("SELECT COUNT(*) FROM ledger_journal").fetchone() == (count,)


def test_after_a_moment_of_a_wrong_clock_the_right_one_can_be_gone_back_to(
    book: Callable[[int], None], vault: Vault, tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL stops at the first commit that is later
    services.back_up(now=clock.now)
    book(2_000_000)
    services.follow(now=lambda: clock.now() + timedelta(days=365))
    book(3_000_000)
    services.follow(now=clock.now)
    manifest, until = restoring.newest(vault), clock.now()

    opened = restoring.fetch(vault, manifest, tmp_path / "again", until=until, tails=True)

    assert opened.seq == 2
    with restoring.rebuilt(opened, tmp_path / "again", until) as found:
        assert found.file is not None
        with closing(sqlite3.connect(found.file)) as there:
            assert there.execute("SELECT COUNT(*) FROM ledger_journal").fetchone() == (3,)


def test_nobody_catches_while_a_command_is_at_it(book: Callable[[int], None], place: Path) -> None:
    if connection.vendor != "sqlite":
        return  # there is nothing to catch
    services.back_up(now=clock.now)
    folder = services.epochs() / state.load().epoch
    book(2_000_000)
    before = sorted(folder.iterdir())

    with state.alone():
        services.catch()
    assert sorted(folder.iterdir()) == before

    services.catch()
    assert len(list(folder.iterdir())) == len(before) + 1


def test_an_epoch_that_grew_large_ends_with_a_new_backup(
    book: Callable[[int], None], vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL keeps its log short by itself
    services.back_up(now=clock.now)
    monkeypatch.setattr(sqlite, "SMALL", 0)
    services.follow(now=clock.now)
    assert len(vault.manifests()) == 1

    Session.objects.create(session_key="large", session_data="x" * LARGE, expire_date=clock.now())
    services.follow(now=clock.now)
    services.follow(now=clock.now)

    assert len(vault.manifests()) == 2


def test_an_epoch_whose_bringing_was_cut_off_is_brought_by_the_next_look(
    book: Callable[[int], None], vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_any: object) -> None:
        raise SystemExit

    services.back_up(now=clock.now)
    with monkeypatch.context() as broken:
        broken.setattr(services, "_complete", cut_off)
        with pytest.raises(SystemExit):
            services.back_up(now=clock.now)
    assert len(vault.manifests()) == 1

    services.follow(now=clock.now)
    services.follow(now=clock.now)

    assert len(vault.manifests()) == 2
    assert restoring.newest(vault).epoch == state.load().epoch


def test_an_epoch_that_cannot_begin_leaves_nothing_on_the_disk(
    book: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_engine: object, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "half").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "full")

    services.back_up(now=clock.now)
    before = sorted(services.epochs().iterdir())
    monkeypatch.setattr(type(services.engine_here()), "begin", full)

    (run,) = services.back_up(now=clock.now)

    assert not run.ok
    assert sorted(services.epochs().iterdir()) == before
