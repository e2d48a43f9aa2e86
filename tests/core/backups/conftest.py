"""A company with books and files, a place for its backups, and machines on which nothing is yet."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as in_force
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from tatausaha.core.backups import services
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

    def shell(self, code: str) -> str:
        """What a line of Python prints there."""
        done = self.run("manage", "shell", "--no-imports", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@pytest.fixture
def machine(tmp_path: Path) -> Callable[[str], Machine]:
    """Make a machine by its name."""

    def make(name: str) -> Machine:
        home = tmp_path / name
        home.mkdir()
        return Machine(home)

    return make
