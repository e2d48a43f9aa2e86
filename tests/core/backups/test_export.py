"""Everything of a company leaves in one file, and stands on its own there."""

import csv
import io
import json
import re
import stat
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tatausaha.config import commands
from tatausaha.core.api import tokens
from tatausaha.core.backups import export
from tatausaha.core.kernel.commands import registry
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Entry, Journal
from tatausaha.core.ledger.services import Draft, Line, install_chart, post
from tatausaha.core.people.models import Company, Person, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-10")]

DESIGNED = ("serve", "worker", "demo", "init", "import", "verify", "clock advance", "export", "token")
"""What the design promises of the command line in this part of the work; backup and restore have their own issue."""


@pytest.mark.parametrize("name", DESIGNED)
def test_every_command_of_the_design_is_there(name: str) -> None:
    known = {command.name for command in (*commands.HOUSE, *registry.values())}

    assert name in known or any(one.startswith(f"{name} ") for one in known)


@pytest.fixture
def booked(company: Company, unit: Unit, hadi: Person, at) -> Journal:
    install_chart()
    lines = (Line(chart.BANK, 1_000_000), Line(chart.SERVICE_INCOME, -1_000_000))
    draft = Draft(
        key="k|1", unit=unit, kind="test", lines=lines, event_on=at.date(), memo="Jasa;  dua\nbaris"
    )
    return post(draft, by=hadi, at=at)


@pytest.fixture
def left(booked: Journal, hadi: Person, at, tmp_path: Path, settings) -> ZipFile:
    tokens.make(person=hadi, name="Uji", wanted=["read"], at=at)
    default_storage.save("cases/2026/03/foto.jpg", ContentFile(b"gambar"))
    assert commands.main(["export", str(tmp_path / "semua.zip")]) == 0
    assert stat.S_IMODE((tmp_path / "semua.zip").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".semua")] == []
    return ZipFile(tmp_path / "semua.zip")


def rows(archive: ZipFile, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(f"data/{table}.csv").decode())))


def test_every_table_is_there_with_every_row_and_its_meaning(left: ZipFile) -> None:
    told = {one["table"]: one for one in json.loads(left.read("skema.json"))["tables"]}
    ours = {
        model._meta.db_table: model
        for model in apps.get_models()
        if model.__module__.startswith("tatausaha.")
    }

    assert set(told) == set(ours) - export.LEFT_OUT
    for table, one in told.items():
        found = rows(left, table)
        assert (one["rows"], len(found)) == (ours[table]._base_manager.count(),) * 2
        assert one["meaning"], table
        assert not found or list(found[0]) == [column["name"] for column in one["columns"]]
    reverses = next(one for one in told["ledger_journal"]["columns"] if one["name"] == "reverses_id")
    assert (reverses["refers_to"], reverses["null"]) == ("ledger_journal", True)
    assert "hledger" in left.read("BACA-SAYA.txt").decode()


def test_journals_leave_with_their_hashes_and_files_with_their_content(
    left: ZipFile, booked: Journal
) -> None:
    (journal,) = rows(left, "ledger_journal")

    assert (journal["hash"], journal["memo"]) == (booked.hash, "Jasa;  dua\nbaris")
    assert journal["reverses_id"] == export.NOTHING
    assert journal["recorded_at"] == booked.recorded_at.isoformat()
    assert left.read("berkas/cases/2026/03/foto.jpg") == b"gambar"
    assert left.testzip() is None


def test_no_secret_leaves_that_opens_a_door(left: ZipFile, hadi: Person) -> None:
    assert "password" not in rows(left, "people_login")[0]
    assert "digest" not in rows(left, "api_apitoken")[0]
    assert all(hadi.login.password.encode() not in left.read(name) for name in left.namelist())


def test_the_books_are_a_balanced_hledger_journal(left: ZipFile, booked: Journal) -> None:
    text = left.read("buku.journal").decode()

    heads = re.findall(r"^(\d{4}-\d\d-\d\d) \* \((\d+)\) (.*)$", text, re.MULTILINE)
    assert heads == [(booked.book_on.isoformat(), str(booked.pk), "Jasa dua baris")]
    assert f"; segel: {booked.hash}" in text
    assert "commodity Rp1.000,\n" in text
    amounts = re.findall(r"^    \w+:\d{5} [^;]*?  Rp(-?\d+)  ;", text, re.MULTILINE)
    assert [int(amount) for amount in amounts] == [1_000_000, -1_000_000]
    assert sum(Entry.objects.values_list("amount", flat=True)) == 0


def test_nothing_is_written_over(booked: Journal, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "semua.zip"
    there.write_text("penting")

    assert commands.main(["export", str(there)]) == 1

    assert "sudah ada" in capsys.readouterr().err
    assert there.read_text() == "penting"
