"""The owner makes the export file of everything by a page, and fetches it after his password."""

import csv
import io
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from tatausaha.core.backups import exporting, queries, services, sources, tasks
from tatausaha.core.backups.models import BackupAsk, BackupRun
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Draft, Line, install_chart, post
from tatausaha.core.notices.models import Notice
from tatausaha.core.people.models import Company, Person, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-10")]

PAGE, ASK = "/setelan/cadangan/", "/setelan/cadangan/minta/"
READY, FETCH = "/setelan/cadangan/ekspor/", "/setelan/cadangan/ekspor/unduh/"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any, clock_at: Any, at: datetime, company: Company) -> Iterator[Path]:
    """A home of its own; backups are off, which keeps nobody from an export."""
    settings.HOME = tmp_path
    settings.BACKUP_PLACES = "off"
    clock_at(at)
    yield tmp_path
    services.rest()


@pytest.fixture
def booked(unit: Unit, hadi: Person, at: datetime) -> Journal:
    install_chart()
    lines = (Line(chart.BANK, 1_000_000), Line(chart.SERVICE_INCOME, -1_000_000))
    draft = Draft(key="k|1", unit=unit, kind="test", lines=lines, event_on=at.date(), memo="Jasa")
    return post(draft, by=hadi, at=at)


@pytest.fixture
def owner(client: Client, hadi: Person) -> Client:
    client.force_login(hadi.login)
    return client


def files(home: Path) -> list[str]:
    return sorted(one.name for one in (home / "export").iterdir())


def test_the_file_that_the_owner_asked_for_is_fetched_after_the_password(
    owner: Client, booked: Journal, home: Path, at: datetime
) -> None:
    owner.post(ASK, {"what": "export"})
    assert "Sedang dibuat." in owner.get(PAGE).content.decode()

    (run,) = tasks.asked(at)

    assert (run.kind, run.ok, run.size) == ("export", True, (home / "export" / run.backup).stat().st_size)
    assert stat.S_IMODE((home / "export").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "export" / run.backup).stat().st_mode) == 0o600
    assert not any(home / "export" in path.parents for path in sources.files().values())
    page = owner.get(PAGE).content.decode()
    assert "Unduh berkas ekspor" in page
    assert "Sedang dibuat." not in page
    for address in (READY, FETCH):
        assert owner.get(address)["Location"].startswith("/akun/reauthenticate/")
    owner.post("/akun/reauthenticate/", {"password": "rahasia-sekali"})
    assert "Dihapus sendiri" in owner.get(READY).content.decode()
    answer = owner.get(FETCH)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == f'attachment; filename="{run.backup}"'
    archive = ZipFile(io.BytesIO(b"".join(answer)))  # type: ignore[call-overload]
    (journal,) = csv.DictReader(io.StringIO(archive.read("data/ledger_journal.csv").decode()))
    assert journal["hash"] == booked.hash


def test_while_one_is_made_a_second_is_refused(owner: Client, hadi: Person, at: datetime) -> None:
    owner.post(ASK, {"what": "export"})

    answer = owner.post(ASK, {"what": "export"}, follow=True).content.decode()

    assert "Berkas ekspor sedang dibuat. Tunggu sampai selesai." in answer
    assert 'value="export"' not in answer
    assert BackupAsk.objects.count() == 1
    tasks.asked(at)
    assert services.ask_for(BackupRun.Kind.EXPORT, by=hadi, at=at + timedelta(seconds=1)).kind == "export"
    with pytest.raises(Refused):
        services.ask_for(BackupRun.Kind.EXPORT, by=hadi, at=at + timedelta(seconds=2))


def test_one_is_kept_and_after_seven_days_none(
    owner: Client, home: Path, at: datetime, clock_at: Any
) -> None:
    exporting.make(now=clock.now)
    (home / "export" / ".tatausaha-20260101-000000.zip.77").write_text("setengah")
    clock_at(at + timedelta(hours=1))
    second = exporting.make(now=clock.now)
    assert files(home) == [second.backup]

    exporting.tidy(second.finished_at + timedelta(days=7, seconds=-1))
    assert files(home) == [second.backup]
    exporting.tidy(second.finished_at + timedelta(days=7))

    assert files(home) == []
    assert "Unduh berkas ekspor" not in owner.get(PAGE).content.decode()


def test_a_file_that_is_too_old_is_not_given_even_before_it_is_removed(
    owner: Client, home: Path, at: datetime, clock_at: Any
) -> None:
    run = exporting.make(now=clock.now)
    clock_at(run.finished_at + timedelta(days=7))
    owner.post("/akun/reauthenticate/", {"password": "rahasia-sekali"})

    assert owner.get(FETCH)["Location"] == PAGE
    assert owner.get(READY)["Location"] == PAGE
    assert files(home) == [run.backup]


def test_what_failed_says_why_on_the_page_and_to_the_owner(
    owner: Client, hadi: Person, home: Path, at: datetime
) -> None:
    (home / "export").write_text("bukan folder")
    owner.post(ASK, {"what": "export"})

    (run,) = tasks.asked(at)

    assert not run.ok
    page = owner.get(PAGE).content.decode()
    assert "Gagal dibuat pada" in page
    assert "tidak dapat dipakai" in page
    assert 'value="export"' in page
    told = Notice.objects.get(person=hadi)
    assert (str(told.title), told.link) == ("Berkas ekspor gagal dibuat", PAGE)
    assert queries.last_export(ok=True) is None
