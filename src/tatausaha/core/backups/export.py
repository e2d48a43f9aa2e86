"""`tatausaha export`: everything of the company in one ZIP that any other program can read (rules of the books, 12).

Row by row and piece by piece, so that ten years need no more memory than one day.
"""

import csv
import json
import os
import shutil
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import connection
from django.db.models import Field, Model
from django.utils.encoding import force_str

from tatausaha.core.kernel.commands import Command
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import plaintext

OURS = "tatausaha."
CHUNK = 1000
NOTHING = r"\N"
"""How a CSV says that there is no value, which is not an empty text."""
LEFT_OUT = {"web_sentform", "api_keptanswer", "documents_asked", "ledger_unlinked"}
"""Tables that only serve the running program: forms sent, answers kept, counters, a queue."""
SECRETS = {("people_login", "password"), ("api_apitoken", "digest")}
"""What opens doors and is nobody's data."""

README = r"""Seluruh data satu perusahaan, dari Tatausaha.

data/*.csv    satu berkas untuk setiap tabel: UTF-8, koma, baris pertama nama kolom.
              \N berarti tidak ada nilai; teks kosong berarti kosong. Waktu ditulis ISO 8601
              dengan selisih dari UTC; uang dalam rupiah bulat; daftar dan catatan sebagai JSON.
              Bila dibuka dengan lembar kerja, impor semua kolom sebagai teks.
skema.json    arti setiap tabel dan kolom, jenisnya, dan tabel yang dirujuknya.
buku.journal  buku besar dalam bentuk hledger; periksa dengan: hledger -f buku.journal balance
berkas/       semua berkas: bukti, foto, dokumen. Tanda pengenal (berkas/papers, dan kolom
              number_sealed) tetap terenkripsi; kuncinya di folder keys dari TATAUSAHA_HOME,
              atau di TATAUSAHA_PAPER_KEYS.

Segel buku: ledger_journal.hash ialah SHA-256 jurnal beserta barisnya; ledger_link merangkai
jurnal dan kejadian, sehingga perubahan pada yang lama terlihat.
Kata sandi, token dan kode masuk tidak ikut.
"""


def _asks(parser: ArgumentParser) -> None:
    parser.add_argument("berkas", metavar="BERKAS", help="berkas ZIP yang dibuat; belum boleh ada")


def _run(chosen: Namespace) -> None:
    target = Path(chosen.berkas)
    if target.exists():
        raise Refused(f"{target} sudah ada. Beri nama lain; tidak ada yang ditimpa.")
    if not target.parent.is_dir():
        raise Refused(f"Folder {target.parent} tidak ada.")
    rows, files = write_to(target)
    sys.stdout.write(
        f"{target}: {rows} baris data dan {files} berkas. Simpan baik-baik: isinya seluruh data perusahaan.\n"
    )


def write_to(target: Path) -> tuple[int, int]:
    """Make the file, whole or not at all, that only its owner may read; how many rows, and how many files."""
    part = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with (
            os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
            _one_moment(),
        ):
            found = write(out)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return found


def write(out: Any) -> tuple[int, int]:
    """Write the whole company into `out`; how many rows, and how many files."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        schema = [_table(archive, model) for model in tables()]
        _text(archive, "buku.journal", plaintext.journals())
        _text(archive, "skema.json", [json.dumps({"tables": schema}, ensure_ascii=False, indent=1)])
        _text(archive, "BACA-SAYA.txt", [README])
        files = 0
        for name in _names(default_storage):
            with (
                suppress(FileNotFoundError),
                default_storage.open(name) as kept,
            ):  # somebody removed it just now
                with archive.open(f"berkas/{name}", "w", force_zip64=True) as copy:
                    shutil.copyfileobj(kept, copy)
                files += 1
    return sum(table["rows"] for table in schema), files


def tables() -> list[type[Model]]:
    """The models whose rows are the company's, in the order in which they stand on each other's shoulders."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(OURS)]
    return [model for model in ours if model._meta.db_table not in LEFT_OUT]  # noqa: SLF001


def _columns(model: type[Model]) -> "list[Field[Any, Any]]":
    meta = model._meta  # noqa: SLF001
    return [field for field in meta.concrete_fields if (meta.db_table, field.column) not in SECRETS]


def _table(archive: ZipFile, model: type[Model]) -> dict[str, Any]:
    """One table as CSV, and what its columns are."""
    meta, columns = model._meta, _columns(model)  # noqa: SLF001
    names = [field.attname for field in columns]
    rows = model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=CHUNK)  # noqa: SLF001
    count = 0
    with _writing(archive, f"data/{meta.db_table}.csv") as text:
        sheet = csv.writer(text)
        sheet.writerow([field.column for field in columns])
        for row in rows:
            sheet.writerow([plain(value) for value in row])
            count += 1
    return {
        "table": meta.db_table,
        "label": force_str(meta.verbose_name),
        "meaning": " ".join((model.__doc__ or "").split()),
        "rows": count,
        "columns": [_column(field) for field in columns],
    }


def _column(field: "Field[Any, Any]") -> dict[str, Any]:
    told: dict[str, Any] = {"name": field.column, "type": field.get_internal_type(), "null": field.null}
    if field.primary_key:
        told["key"] = True
    if field.related_model:
        told["refers_to"] = field.related_model._meta.db_table  # noqa: SLF001
    if isinstance(field.choices, Iterable) and field.choices:
        told["values"] = {str(value): force_str(label) for value, label in field.flatchoices}
    return told


def plain(value: Any) -> str:
    """A value as text that says exactly what is stored."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


@contextmanager
def _writing(archive: ZipFile, name: str) -> Iterator[TextIOWrapper]:
    with (
        archive.open(name, "w", force_zip64=True) as raw,
        TextIOWrapper(raw, encoding="utf-8", newline="") as text,
    ):
        yield text


def _text(archive: ZipFile, name: str, pieces: Iterable[str]) -> None:
    with _writing(archive, name) as text:
        text.writelines(pieces)


def _names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file that is kept, folder by folder."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    yield from (f"{folder}/{name}".lstrip("/") for name in sorted(files))
    for inner in sorted(folders):
        yield from _names(storage, f"{folder}/{inner}".lstrip("/"))


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it stood at one moment, while others go on writing."""
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ" if connection.vendor == "postgresql" else "BEGIN DEFERRED"
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


EXPORT = Command(
    "export",
    "mengeluarkan seluruh data perusahaan menjadi satu berkas ZIP: setiap tabel sebagai CSV dengan keterangannya, "
    "buku besar dengan segelnya dan dalam bentuk hledger, dan semua berkas",
    _run,
    _asks,
)
