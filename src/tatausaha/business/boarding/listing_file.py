"""Files of listings as people have them: any encoding and delimiter of a spreadsheet, read as a stream."""

import codecs
import csv
import io
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused

COLUMNS = (
    "nama_kos",
    "kota",
    "kecamatan",
    "lintang",
    "bujur",
    "khusus",
    "sewa_bulanan",
    "ukuran_kamar_m",
    "kamar_kosong",
    "tahun_bangunan",
    "uang_muka_persen",
    "fasilitas_kamar",
    "fasilitas_kamar_mandi",
    "fasilitas_umum",
    "tempat_terdekat",
)
"""The columns that are understood, in any order; others are kept with the row and left alone."""

REQUIRED = ("nama_kos", "sewa_bulanan")
LONGEST_CELL = 20_000
_PIECE = 2**20


@dataclass(frozen=True)
class Format:
    """How a file is written: its encoding, its delimiter, and the names of its columns."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class RawRow:
    """A row as it stands in the file; `problem` says why it could not be cut into its columns."""

    number: int
    line: int
    cells: dict[str, str]
    problem: str = ""


def recognise(file: BinaryIO) -> Format:
    """Look at the whole file once for its encoding, and at its first line for the rest.

    Raises `Refused` when it has no heading with the columns that are needed.
    """
    encoding = _encoding(file)
    with closing(_lines(file, encoding)) as lines:
        heading = next((line for line in lines if line.strip()), "")
        if heading.lower().startswith("sep="):
            heading = next((line for line in lines if line.strip()), "")
    best: tuple[str, ...] = ()
    delimiter = ","
    for candidate in ",;\t|":
        columns = _heading(heading, candidate)
        if len(set(columns) & set(COLUMNS)) > len(set(best) & set(COLUMNS)):
            best, delimiter = columns, candidate
    missing = [name for name in REQUIRED if name not in best]
    if missing:
        sentence = _("Berkas ini tidak punya kolom %(names)s. Baris pertama harus berisi nama kolom.")
        raise Refused(sentence % {"names": ", ".join(missing)})
    return Format(encoding, delimiter, best)


def _heading(line: str, delimiter: str) -> tuple[str, ...]:
    """The names in a first line; none when it cannot be cut into cells."""
    try:
        return tuple(_column(name) for name in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return ()


def _column(name: str) -> str:
    return "_".join(name.strip().strip("\ufeff").lower().split())


def _encoding(file: BinaryIO) -> str:
    """UTF-16 by its mark or its zeros, UTF-8 if every byte agrees, Windows-1252 otherwise."""
    file.seek(0)
    head = file.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 4:
        return "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _lines(file: BinaryIO, encoding: str) -> Generator[str]:
    """Lines of text with their ends, whatever those are; bytes that mean nothing become question marks."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        for line in text:
            yield line.replace("\x00", "")
    finally:
        text.detach()


def rows(file: BinaryIO, form: Format, *, skip: int = 0) -> Generator[RawRow]:
    """Every row that is not blank, from the first after `skip` rows on; memory does not grow with the file."""
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    for line, cells, problem in _records(_lines(file, form.encoding), form.delimiter):
        if not problem and not any(cell.strip() for cell in cells):
            continue
        if number == 0 and not problem and _is_heading(cells, form):
            form = Format(form.encoding, form.delimiter, tuple(_column(cell) for cell in cells))
            number = 1
            continue
        if number == 0:
            continue  # `sep=;` and the like
        number += 1
        if number - 1 > skip:
            yield _row(number - 1, line, cells, problem, form)


def _records(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, Sequence[str], str]]:
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            sentence = _(
                "Baris ini tidak bisa dibaca: ada sel yang terlalu panjang atau kutip yang tidak ditutup."
            )
            yield reader.line_num, [], sentence
            continue
        yield reader.line_num, cells, ""


def _is_heading(cells: Sequence[str], form: Format) -> bool:
    return tuple(_column(cell) for cell in cells) == form.columns


def _row(number: int, line: int, cells: Sequence[str], problem: str, form: Format) -> RawRow:
    surplus = [cell for cell in cells[len(form.columns) :] if cell.strip()]
    if surplus and not problem:
        sentence = _(
            "Baris ini punya %(has)d kolom, seharusnya %(want)d. Isi yang memuat pemisah kolom harus diapit kutip."
        )
        problem = sentence % {"has": len(cells), "want": len(form.columns)}
    padded = [*cells, *([""] * (len(form.columns) - len(cells)))]
    named = dict(zip(form.columns, padded, strict=False))
    if surplus:
        named["(lebih)"] = form.delimiter.join(surplus)
    return RawRow(number, line, named, problem)
