"""Journal lines for other programs: streamed as CSV, or as a workbook that the worker writes (delight 12).

A line is read, written and forgotten: a million lines need no more memory than a thousand.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.ids import token
from tatausaha.core.ledger.models import Entry
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.reports.files import MONEY_FORMAT
from tatausaha.core.reports.models import LineFile
from tatausaha.core.reports.queries import keepers_units

CHUNK = 2000
SHEET_LINES = 1_000_000
"""Lines of one sheet; a workbook cannot hold more below each other."""
STEP = 5000
"""Lines after which it is told how far the file is."""
KEPT = timedelta(days=7)
AT_ONCE = 3
"""Files that one person may have waiting."""
WIDTHS = (10, 12, 12, 22, 8, 28, 26, 16, 16, 14, 40)
FOLDER = "exports"

Row = tuple[Any, ...]


def head() -> list[str]:
    """The head of the table."""
    return [
        _("Jurnal"), _("Tanggal buku"), _("Terjadi"), _("Unit"), _("Kode"), _("Akun"), _("Atas nama"), _("Debit"),
        _("Kredit"), _("Jenis"), _("Keterangan"),
    ]  # fmt: skip


def entries(units: Sequence[Unit], first: date, last: date) -> QuerySet[Entry]:
    """Lines of these units booked between two days, by journal."""
    rows = Entry.objects.filter(unit__in=units, book_on__gte=first, book_on__lte=last)
    return rows.order_by("journal_id", "line_no")


def rows_of(found: QuerySet[Entry]) -> Iterator[Row]:
    """Their cells, read in pieces."""
    names = (
        "journal_id", "book_on", "journal__event_on", "unit__name", "account__code", "account__name", "party__name",
        "amount", "journal__kind", "journal__memo",
    )  # fmt: skip
    for pk, book, event, unit, code, account, party, amount, kind, memo in found.values_list(*names).iterator(
        chunk_size=CHUNK
    ):
        sides = (amount, None) if amount > 0 else (None, -amount)
        yield pk, book.isoformat(), event.isoformat(), unit, code, account, party, *sides, kind, memo


def ask(*, unit: Unit | None, first_on: date, last_on: date, by: Person, at: datetime) -> LineFile:
    """Have a workbook made; the same one that waits already is given again.

    Raises `Refused` for days in the wrong order and for more files at once than anybody needs.
    """
    if last_on < first_on:
        raise Refused(_("Tanggal akhir mendahului tanggal awal."), field="last_on")
    waiting = LineFile.objects.filter(person=by, status=LineFile.Status.ASKED)
    if (same := waiting.filter(unit=unit, first_on=first_on, last_on=last_on).first()) is not None:
        return same
    if waiting.count() >= AT_ONCE:
        raise Refused(_("Tunggu dulu: masih ada berkas Anda yang sedang dibuat."))
    return LineFile.objects.create(person=by, unit=unit, first_on=first_on, last_on=last_on, asked_at=at)


def files_for(person: Person) -> QuerySet[LineFile]:
    """What the person asked for, the newest first."""
    return LineFile.objects.filter(person=person).select_related("unit").order_by("-pk")


def make_waiting(at: datetime) -> int:
    """Write the files that wait, the oldest first, and throw old ones away; how many were written.

    One that was begun by a worker that is gone is begun anew.
    """
    for old in LineFile.objects.filter(asked_at__lt=at - KEPT):
        if old.file:
            default_storage.delete(old.file)
        old.delete()
    made = 0
    for wanted in LineFile.objects.filter(status=LineFile.Status.ASKED).select_related("unit", "person"):
        _make(wanted, at)
        made += 1
    return made


def _make(wanted: LineFile, at: datetime) -> None:
    units = [
        unit for unit in keepers_units(wanted.person) if wanted.unit_id in {None, unit.pk}
    ]  # what the person may see now, not when it was asked for
    found = entries(units, wanted.first_on, wanted.last_on)
    wanted.done, wanted.total = 0, found.count()
    wanted.save(update_fields=["done", "total"])
    with TemporaryFile() as out:
        write_book(out, _counted(wanted, rows_of(found)))
        out.seek(0)
        wanted.file = default_storage.save(f"{FOLDER}/{token()}.xlsx", File(out))
    wanted.status, wanted.ready_at, wanted.total = LineFile.Status.READY, at, wanted.done
    wanted.save(update_fields=["file", "status", "ready_at", "done", "total"])


def _counted(wanted: LineFile, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, while it is told how far they are."""
    for row in rows:
        wanted.done += 1
        wanted.total = max(wanted.total, wanted.done)
        if wanted.done % STEP == 0:
            wanted.save(update_fields=["done", "total"])
        yield row


def write_book(out: Any, rows: Iterable[Row]) -> None:
    """A workbook of lines, written row by row; what does not fit on a sheet goes on the next."""
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold, money = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": MONEY_FORMAT})
    sheet, line = None, 0
    for row in rows:
        if sheet is None or line > SHEET_LINES:
            sheet, line = _sheet(book, bold), 1
        for column, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            if isinstance(cell, int):
                sheet.write_number(line, column, cell, money if column else None)
            else:
                sheet.write_string(line, column, cell)
        line += 1
    if sheet is None:
        _sheet(book, bold)
    book.close()


def _sheet(book: Any, bold: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    for column, (name, width) in enumerate(zip(head(), WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, bold)
    return sheet
