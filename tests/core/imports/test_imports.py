"""A table of any kind: preview, agreement, row by row, templates, workbooks; here notes with an amount."""

import csv
import io
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from python_calamine import CalamineWorkbook

from tatausaha.core.imports import kinds, services
from tatausaha.core.imports.commands import command_for
from tatausaha.core.imports.kinds import Column, ImportForm, Job, Kind, Outcome
from tatausaha.core.imports.models import ImportRun
from tatausaha.core.kernel import parts
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

pytestmark = pytest.mark.django_db

KEPT: dict[str, tuple[int, str]] = {}
TOO_MUCH = 666


@dataclass(frozen=True)
class Note:
    key: str
    amount: int
    on: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[Any, ...]:
        return self.key, self.amount


class Desk:
    def __init__(self, job: Job) -> None:
        self.reason = job.run.options.get("reason", "")

    def read(self, cells: Mapping[str, str]) -> Note:
        if not cells["jumlah"].isdigit():
            raise Refused("Jumlah harus angka.")
        return Note(cells["nama"], int(cells["jumlah"]), cells.get("tanggal", ""))

    def foresee(self, items: Sequence[Note]) -> list[Outcome | Refused]:
        return [Refused("Nol tidak dicatat.") if one.amount == 0 else self._outcome(one) for one in items]

    def _outcome(self, one: Note) -> Outcome:
        if one.key not in KEPT:
            return Outcome.CREATED
        return Outcome.UNCHANGED if KEPT[one.key][0] == one.amount else Outcome.UPDATED

    def write(self, item: Note, number: int) -> Outcome:
        if item.amount == 0:
            raise Refused("Nol tidak dicatat.")
        if item.amount == TOO_MUCH:
            raise IntegrityError(
                f"CHECK constraint failed: amount\nDETAIL: Failing row contains ({item.key})."
            )
        outcome = self._outcome(item)
        KEPT[item.key] = (item.amount, self.reason or item.on)
        return outcome


class NotesForm(ImportForm):
    reason = forms.CharField(label="Alasan", max_length=20, required=False)


NOTES = Kind(
    code="catatan",
    title="Catatan",
    lead="Nama dan jumlah.",
    columns=(
        Column("nama", "nama barang", "=Beras", required=True),
        Column("jumlah", "bilangan bulat", "5", required=True),
        Column("tanggal", "hari"),
    ),
    help="memasukkan catatan",
    subject="nama",
    created="catatan baru",
    shown=(parts.Column("Nama", rank=1), parts.Column("Jumlah", parts.Kind.NUMBER, rank=2)),
    open=Desk,
    may=roles.works_here,
    form=NotesForm,
)


@pytest.fixture(autouse=True)
def _notes() -> Iterator[None]:
    kinds.register(NOTES)
    yield
    del kinds.registry["catatan"]
    KEPT.clear()


@pytest.fixture
def browse(clock_at: Callable[[datetime], None], at: datetime) -> Callable[[Person], Client]:
    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.login)
        return client

    clock_at(at)
    return sign_in


def workbook(*sheets: list[list[Any]], names: Sequence[str] = ("Petunjuk", "Isi")) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in zip(names, sheets, strict=False):
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(line, place, cell, days)
                    else:
                        sheet.write(line, place, cell)
    return made.getvalue()


def receive(content: bytes, by: Person, at: datetime, **options: Any) -> ImportRun:
    return services.receive(NOTES, "catatan", io.BytesIO(content), by=by, at=at, options=options)


def test_a_workbook_is_read_from_the_sheet_that_has_the_columns_with_days_and_whole_numbers(
    hadi: Person, at: datetime
) -> None:
    content = workbook(
        [["Kolom", "Isi"], ["nama", "nama barang"]],
        [
            ["Nama", "Jumlah", "Tanggal"],
            [],
            ["Beras", 5, date(2026, 3, 1)],
            ["Gula\nhalus", "7", ""],
            ["Teh", 1.5, ""],
        ],
    )

    run = receive(content, hadi, at)
    list(services.go_on(services.start(run, by=hadi), at=at))

    assert KEPT == {"Beras": (5, "2026-03-01"), "Gula halus": (7, "")}
    (refused,) = run.rows.all()
    assert (refused.line, refused.reason, refused.original["jumlah"]) == (5, "Jumlah harus angka.", "1.5")


def test_a_broken_workbook_and_one_that_unpacks_to_too_much_are_refused(
    hadi: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = workbook([["nama", "jumlah"], ["Beras", 5]])
    with pytest.raises(Refused, match="tidak punya kolom nama, jumlah"):
        receive(content[: len(content) // 2], hadi, at)
    monkeypatch.setattr("tatausaha.core.kernel.tablefile.LARGEST_INFLATED", 1000)
    with pytest.raises(Refused, match="terlalu besar"):
        receive(content, hadi, at)
    assert not ImportRun.objects.exists()


def test_the_preview_counts_what_is_new_changed_the_same_or_refused_and_says_why(
    hadi: Person, at: datetime
) -> None:
    KEPT.update({"Gula": (7, ""), "Teh": (1, "")})
    run = receive(b"nama;jumlah\nBeras;5\nGula;7\nTeh;2\nKopi;0\nBeras;6\nGaram;banyak\n", hadi, at)

    seen = services.preview(run, at=at)

    assert (seen.total, seen.new, seen.same, seen.changed, seen.refused) == (6, 1, 1, 1, 3)
    assert [(one.line, one.subject, one.reason) for one in seen.problems] == [
        (6, "Beras", "Isi baris ini sudah ada di baris sebelumnya."),
        (7, "Garam", "Jumlah harus angka."),
        (5, "Kopi", "Nol tidak dicatat."),
    ]
    assert KEPT == {"Gula": (7, ""), "Teh": (1, "")}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_empty_template_says_what_belongs_into_it_and_is_read_back_without_a_row(
    hadi: Person, browse: Any, at: datetime, ending: str
) -> None:
    answer = browse(hadi).get(f"/impor/catatan/templat.{ending}")
    content = b"".join(answer) if answer.streaming else answer.content

    if ending == "csv":
        head, about, example = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        assert head == ["nama", "jumlah", "tanggal"]
        assert about[:2] == ["# wajib: nama barang", "wajib: bilangan bulat"]
        assert example == ["# contoh: =Beras", "5", ""]
    else:
        sheets = CalamineWorkbook.from_filelike(io.BytesIO(content))
        assert sheets.sheet_names == ["Isi", "Petunjuk"]
        assert sheets.get_sheet_by_index(1).to_python()[1] == ["nama", "ya", "nama barang", "=Beras"]
    empty = receive(content, hadi, at)
    assert services.preview(empty, at=at).total == 0
    assert "belum berisi baris" in browse(hadi).get(f"/impor/berkas/{empty.pk}/").content.decode()


def test_a_filled_template_and_mended_refused_rows_come_in(hadi: Person, browse: Any, at: datetime) -> None:
    browser = browse(hadi)
    content = b"".join(browser.get("/impor/catatan/templat.csv"))
    file = SimpleUploadedFile("isi.csv", content + b"+62811;x;\nBeras;5;\n")

    page = browser.post("/impor/catatan/", {"file": file, "reason": "stok awal"}, follow=True)
    assert "Catatan baru" in page.content.decode()
    run = ImportRun.objects.get()
    browser.post(f"/impor/berkas/{run.pk}/lanjut/", {"aksi": "mulai"})
    assert KEPT == {"Beras": (5, "stok awal")}

    kept = b"".join(browser.get(f"/impor/berkas/{run.pk}/catatan.csv")).decode("utf-8-sig")
    assert "'+62811;x" in kept
    mended = receive(kept.replace(";x;", ";9;").encode(), hadi, at)
    list(services.go_on(services.start(mended, by=hadi), at=at))
    assert KEPT["+62811"] == (9, "")


def test_a_row_that_the_database_refuses_does_not_stop_the_others_nor_stand_in_the_log(
    hadi: Person, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    run = receive(f"nama;jumlah\nBeras;5\nBudi;{TOO_MUCH}\nTeh;7\n".encode(), hadi, at)

    (*_some, run) = services.go_on(services.start(run, by=hadi), at=at)

    assert (run.state, run.created, run.refused) == (ImportRun.State.DONE, 2, 1)
    assert set(KEPT) == {"Beras", "Teh"}
    assert "tidak diterima basis data" in run.rows.get().reason
    assert "CHECK constraint failed: amount" in caplog.text
    assert "Budi" not in caplog.text


def test_the_command_asks_what_the_form_asks(
    hadi: Person, tmp_path: Any, capsys: pytest.CaptureFixture[str], browse: object
) -> None:
    file = tmp_path / "catatan.csv"
    file.write_text("nama;jumlah\nBeras;5\nTeh;x\n")
    command, parser = command_for(NOTES), ArgumentParser()
    command.configure(parser)

    with pytest.raises(Refused, match="--reason"):
        command.run(parser.parse_args([str(file), "--reason", "x" * 21, "--yes"]))
    status = command.run(parser.parse_args([str(file), "--reason", "stok", "--yes"]))

    said = capsys.readouterr().out
    assert (status, KEPT) == (1, {"Beras": (5, "stok")})
    assert "baru: Beras | 5" in said
    assert "Selesai: 1 catatan baru, 0 diperbarui, 0 tidak berubah, 1 ditolak." in said
    assert "baris 3: Jumlah harus angka." in said


@pytest.mark.req("SYS-06")
def test_who_may_not_bring_a_kind_in_finds_no_page_and_sees_no_run_of_others(
    hadi: Person, sari: Person, rini: Person, browse: Any, at: datetime
) -> None:
    run = receive(b"nama;jumlah\nBeras;5\n", hadi, at)

    assert browse(sari).get("/impor/catatan/").status_code == 200
    assert browse(sari).get("/impor/kos/").status_code == 404
    assert browse(sari).get(f"/impor/berkas/{run.pk}/").status_code == 404
    assert browse(rini).get("/impor/").status_code == 404
    own = receive(b"nama;jumlah\nBeras;5\n", sari, at)
    assert browse(sari).get(f"/impor/berkas/{own.pk}/").status_code == 200
    assert browse(hadi).get(f"/impor/berkas/{own.pk}/").status_code == 200
    with pytest.raises(Refused, match="hanya dimasukkan oleh pemilik"):
        receive(b"nama;jumlah\nBeras;5\n", rini, at)
