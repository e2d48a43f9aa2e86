"""A company with books and files, a place for its backups, and machines on which nothing is yet."""

import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as in_force
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from tatausaha.core.backups import figures, services
from tatausaha.core.backups.crypt import key_file, own_key
from tatausaha.core.backups.places import Folder, spool
from tatausaha.core.backups.vault import Vault
from tatausaha.core.kernel.keeping import kept_secret
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import Draft, Line, install_chart, post
from tatausaha.core.people import vault as papers
from tatausaha.core.people.models import Company, Person, Unit
from tatausaha.core.procedures import policies
from tests import postgres

Book = Callable[[int], None]
KILLED = """
import os, signal
from tatausaha.config import commands

def die(*_any):
    os.kill(os.getpid(), signal.SIGKILL)

{code}
commands.main(["{command}"])
"""


@pytest.fixture
def place(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for backups; the home of the test run is emptied of what earlier tests followed."""
    folder = tmp_path / "cadangan"
    settings.BACKUP_PLACES = str(folder)
    monkeypatch.setenv("TATAUSAHA_PG_BIN", str(postgres.programs()))
    monkeypatch.delenv("TATAUSAHA_SECRET_KEY", raising=False)
    shutil.rmtree(spool(), ignore_errors=True)
    shutil.rmtree(in_force.MEDIA_ROOT, ignore_errors=True)
    yield folder
    services.rest()


@pytest.fixture
def vault(place: Path, tmp_path: Path) -> Vault:
    """The backups in the place."""
    return Vault(Folder(place), own_key(), tmp_path / "scratch")


@pytest.fixture
def book(
    transactional_db: None, place: Path, unit: Unit, hadi: Person, company: Company, at: datetime
) -> Iterator[Book]:
    """Post a journal of so many rupiah; the company has SOPs, a sealed paper and a photo."""
    install_chart()
    policies.install(at=at, on=company.books_from)
    default_storage.save("cases/2026/03/foto.jpg", ContentFile(b"gambar" * 1000))
    default_storage.save("papers/ktp", ContentFile(papers.seal(b"ktp")))
    papers.search_hash("ktp")
    kept_secret(key_file().with_name("secret"))

    def enter(amount: int) -> None:
        if connection.vendor == "postgresql":  # the server of the tests is in no hurry otherwise
            with connection.cursor() as cursor:
                cursor.execute("SET synchronous_commit = on")
        lines = (Line(chart.BANK, amount), Line(chart.SERVICE_INCOME, -amount))
        draft = Draft(key=f"uji|{amount}", unit=unit, kind="test", lines=lines, event_on=at.date())
        post(draft, by=hadi, at=at)

    enter(1_000_000)
    yield enter
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots")


class Machine:
    """Another machine: an empty home, and on PostgreSQL an empty database."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.address = f"sqlite://{home}/tatausaha.sqlite3"
        if connection.vendor == "postgresql":
            name = f"lain_{os.getpid()}_{home.name}_{uuid.uuid4().hex[:8]}"
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}"')
            known = connection.settings_dict
            self.address = f"postgresql://{known['USER']}@/{name}?host={known['HOST']}"

    def run(self, *words: str, given: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
        """`tatausaha …` on that machine."""
        left_out = {"DJANGO_SETTINGS_MODULE", "TATAUSAHA_SECRET_KEY"}
        environment = {name: value for name, value in os.environ.items() if name not in left_out}
        environment |= {
            "TATAUSAHA_HOME": str(self.home),
            "DATABASE_URL": self.address,
            "PYTHONPATH": os.pathsep.join(sys.path),
            **more,
        }
        return subprocess.run(
            [sys.executable, "-m", "tatausaha.config.commands", *words],
            check=False, input=given, capture_output=True, text=True, env=environment,
        )  # fmt: skip

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What its database answers."""
        driver: Any = connection.Database  # type: ignore[attr-defined]
        file = self.address.removeprefix("sqlite://")
        with closing(driver.connect(file)) as there:
            return list(there.execute(query).fetchall())

    @property
    def booked(self) -> list[str]:
        """The keys of its journals."""
        return sorted(key for (key,) in self.rows("SELECT idem_key FROM ledger_journal"))


@pytest.fixture
def unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drills do not start `tatausaha verify` on what they built; those of test_backup_and_restore do."""
    monkeypatch.setattr(figures, "verified", lambda *_any, **_named: [])


@pytest.fixture
def killed(place: Path) -> Callable[[str, str], int]:
    """Run a command on the company of the test in a process that kills itself where the code says; its number."""

    def run(command: str, code: str) -> int:
        known = connection.settings_dict
        address = (
            f"sqlite://{known['NAME']}"
            if connection.vendor == "sqlite"
            else f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
        )
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED.format(code=code, command=command)],
            env={
                **os.environ,
                "TATAUSAHA_HOME": str(in_force.HOME),
                "TATAUSAHA_BACKUP": str(place),
                "DATABASE_URL": address,
                "DJANGO_SETTINGS_MODULE": "tatausaha.config.settings",
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
        )
        assert child.wait() == -signal.SIGKILL
        return child.pid

    return run


@pytest.fixture
def machine(tmp_path: Path) -> Callable[[str], Machine]:
    """Make a machine by its name."""

    def make(name: str) -> Machine:
        home = tmp_path / name
        home.mkdir()
        return Machine(home)

    return make
