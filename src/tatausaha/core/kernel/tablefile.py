"""Tables as people have them: CSV in any encoding and delimiter, or a workbook; read as a stream, row by row."""

import codecs
import csv
import io
import tempfile
import zipfile
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO, cast

import python_calamine
from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused

LONGEST_CELL = 20_000
LARGEST_INFLATED = 300 * 2**20
"""Bytes of a workbook's parts together, once they are unpacked."""
EXPLAINS = "# "
"""What a row begins with that explains the table and is no data; so do the rows of our own templates."""
_PIECE = 2**20
_HEADING_WITHIN = 20
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"%PDF")
_MADE_TEXT = ("'=", "'+", "'-", "'@")


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


def recognise(file: BinaryIO, known: Collection[str], required: Sequence[str]) -> Format:
    """Look at the whole file once for its encoding, and at its first line for the rest.

    `known` are the names of columns that are understood. Raises `Refused` when it has no
    heading with the columns that are needed.
    """
    file.seek(0)
    if file.read(4).startswith(_PICTURES):
        raise Refused(
            _("Ini foto atau PDF. Salin isinya ke templat, lalu unggah berkas XLSX atau CSV."), field="file"
        )
    encoding = _encoding(file)
    with closing(_lines(file, encoding)) as lines:
        heading = next((line for line in lines if _is_content(line)), "")
    best: tuple[str, ...] = ()
    delimiter = ","
    for candidate in ",;\t|":
        columns = _heading(heading, candidate)
        if len(set(columns) & set(known)) > len(set(best) & set(known)):
            best, delimiter = columns, candidate
    missing = [name for name in required if name not in best]
    if missing:
        sentence = _("Berkas ini tidak punya kolom %(names)s. Baris pertama harus berisi nama kolom.")
        raise Refused(sentence % {"names": ", ".join(missing)}, field="file")
    return Format(encoding, delimiter, best)


def _is_content(line: str) -> bool:
    """Whether a line can be the heading: not blank, no explanation, not the `sep=` of spreadsheets."""
    text = line.strip().strip("\ufeff").lstrip('"')
    return bool(text) and not text.startswith(EXPLAINS) and not text.lower().startswith("sep=")


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


def whole_text(file: BinaryIO) -> str:
    """All of a small file as text, in whichever encoding it is."""
    return "".join(_lines(file, _encoding(file)))


def rows(file: BinaryIO, form: Format, *, skip: int = 0) -> Generator[RawRow]:
    """Every row with data, from the first after `skip` rows on; memory does not grow with the file.

    Blank rows and rows that explain the table (`EXPLAINS`) are left out and not counted.
    """
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    for line, cells, problem in _records(_lines(file, form.encoding), form.delimiter):
        if not problem and not _has_data(cells):
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


def _has_data(cells: Sequence[str]) -> bool:
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    return bool(first) and not f"{first} ".startswith(EXPLAINS)


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
    padded = [*map(_as_typed, cells), *([""] * (len(form.columns) - len(cells)))]
    named = dict(zip(form.columns, padded, strict=False))
    if surplus:
        named["(lebih)"] = form.delimiter.join(surplus)
    return RawRow(number, line, named, problem)


def _as_typed(cell: str) -> str:
    """A cell as it was, before one of our own files made text of it by an apostrophe."""
    return cell[1:] if cell.startswith(_MADE_TEXT) else cell


@contextmanager
def as_text(file: BinaryIO, required: Sequence[str]) -> Iterator[BinaryIO]:
    """The file itself, or the sheet of a workbook (XLSX, XLS, ODS) that has the needed columns as a CSV.

    Its rows keep their numbers. Raises `Refused` for a workbook that is locked or unpacks to too much.
    """
    file.seek(0)
    if not file.read(8).startswith(_WORKBOOKS):
        yield file
        return
    _unpacks_to_little(file)
    with _converted(file, required) as text:
        yield text or file  # no workbook after all: it is refused for what it lacks


@contextmanager
def _converted(file: BinaryIO, required: Sequence[str]) -> Iterator[BinaryIO | None]:
    file.seek(0)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(file) as book:
            text = _sheet(book, required)
    except python_calamine.PasswordError as locked:
        raise Refused(
            _("Berkas ini dikunci kata sandi. Simpan dulu tanpa kata sandi."), field="file"
        ) from locked
    except (python_calamine.CalamineError, ValueError, OSError):
        yield None
    else:
        with text:
            yield text


def _unpacks_to_little(file: BinaryIO) -> None:
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return
    try:
        with zipfile.ZipFile(file) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile:
        return
    if size > LARGEST_INFLATED:
        raise Refused(
            _("Lembar kerja ini terlalu besar. Simpan sebagai CSV, lalu unggah lagi."), field="file"
        )


def _sheet(book: python_calamine.CalamineWorkbook, required: Sequence[str]) -> BinaryIO:
    """The first sheet with the needed columns among its first rows, else the first one, as a CSV."""
    best = 0
    for place in range(len(book.sheet_names)):
        first = book.get_sheet_by_index(place).to_python(skip_empty_area=False, nrows=_HEADING_WITHIN)
        if any(set(required) <= {_column(_cell(value)) for value in row} for row in first):
            best = place
            break
    written = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - handed on
    text = io.TextIOWrapper(written, "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";")
    if book.sheet_names:
        for row in book.get_sheet_by_index(best).to_python(skip_empty_area=False):
            cells = [_cell(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            writer.writerow(cells)
    text.flush()
    text.detach()
    written.seek(0)
    return written


def _cell(value: Any) -> str:
    """A cell as a person would type it: whole numbers without a point, days without a time, one line."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date | time):
        return value.isoformat()
    return " ".join(str(value).split())
