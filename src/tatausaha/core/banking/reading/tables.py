"""Tables: the heading is found among the first lines, rows follow until the file ends."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tatausaha.core.banking.reading import cells
from tatausaha.core.banking.reading.layouts import Layout, layout_of, normal
from tatausaha.core.banking.reading.rows import Reading, Row
from tatausaha.core.kernel.errors import Refused

HEADING_WITHIN = 40
PENDING = "PEND"
LONGEST_RAW = 1000
_CREDIT = {"cr", "c", "k", "kr", "kredit", "credit"}
_DEBIT = {"db", "d", "dr", "debet", "debit"}
_SIGNED = re.compile(r"(.*?)\s*(CR|DB|C|D|K)\.?", re.IGNORECASE)
_OPENING, _CLOSING = ("saldo awal", "starting balance", "opening balance"), ("saldo akhir", "ending balance")
_FEET = (*_OPENING, *_CLOSING, "mutasi", "credit", "debet", "debit", "kredit", "total")
_NUMBER_LINE = re.compile(
    r"(?:no\.?\s*rekening|nomor rekening|account (?:no|number)\.?|norek)\W*([\d.\- ]{5,40})(?![\dx*])",
    re.IGNORECASE,
)
_PERIOD_LINE = re.compile(r"(?:periode|period)\D*(\d{1,2}/\d{1,2}/\d{4})\D+(\d{1,2}/\d{1,2}/\d{4})")


@dataclass
class Frame:
    """What stands around the table."""

    number: str = ""
    span: cells.Span | None = None
    opening: int | None = None
    closing: int | None = None
    begin: int = 0
    rows: list[Row] = field(default_factory=list)


def read(text: str, *, today: date) -> Reading:
    """The rows of the table as they stand, with account, period and balances around it. Raises `Refused`."""
    delimiter, heading, layout, start = _heading(text)
    frame = Frame()
    columns = Columns(layout, heading)
    for line, row, raw in _records(text, delimiter):
        if line <= start:
            _preamble(frame, row, today)
            continue
        try:
            _take(frame, columns, line, row, raw, today)
        except Refused as no:
            raise Refused(_("Baris %(line)d: %(why)s") % {"line": line, "why": no}, field="file") from no
    return Reading(layout.code, tuple(frame.rows), frame.number, frame.opening, frame.closing)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    lines = text.splitlines(keepends=True)
    reader, begun = csv.reader(lines, delimiter=delimiter), 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row, "".join(lines[begun : reader.line_num]).strip()
            begun = reader.line_num
    except csv.Error as no:
        raise Refused(
            _("Baris %(line)d tidak terbaca: kutipnya tidak ditutup.") % {"line": reader.line_num},
            field="file",
        ) from no


def _heading(text: str) -> tuple[str, list[str], Layout, int]:
    first = text.splitlines(keepends=True)[:HEADING_WITHIN]
    for number, line in enumerate(first, start=1):
        for delimiter in ",;\t|":
            heading = _cells(line, delimiter)
            if len(heading) > 3 and (layout := layout_of(heading)) is not None:
                return delimiter, heading, layout, number
    raise Refused(
        _(
            "Bentuk berkas ini belum dikenal. Yang dikenal: BCA, Mandiri, BNI, BRI, MT940, dengan judul kolomnya."
        ),
        field="file",
    )


def _cells(line: str, delimiter: str) -> list[str]:
    """A line as a heading; none where it cannot be cut into cells."""
    try:
        return [normal(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def _preamble(frame: Frame, row: Sequence[str], today: date) -> None:
    line = " ".join(normal(cell) for cell in row)
    if found := _NUMBER_LINE.search(line):
        frame.number = frame.number or re.sub(r"\D", "", found[1])
    if found := _PERIOD_LINE.search(line):
        first, last = (cells.day(part, span=None, today=today) for part in found.groups())
        if first and last and first <= last:
            frame.span = (first, last)


class Columns:
    """Where in a row everything stands."""

    def __init__(self, layout: Layout, heading: Sequence[str]) -> None:
        self.layout, self.heading = layout, list(heading)
        self.day = layout.place(heading, layout.day)
        self.balance, self.before = (
            layout.place(heading, layout.balance),
            layout.place(heading, layout.before),
        )
        self.amount, self.sign = layout.place(heading, layout.amount), layout.place(heading, layout.sign)
        self.credit, self.debit = layout.place(heading, layout.credit), layout.place(heading, layout.debit)
        self.reference, self.number = (
            layout.place(heading, layout.reference),
            layout.place(heading, layout.number),
        )
        self.time = layout.place(heading, layout.packed_time)
        self.text = layout.places(heading, layout.text)
        if layout.blank_after_amount and self.amount is not None:
            self.sign = self.amount + 1

    def money(self, row: Sequence[str]) -> int:
        """What the row moves, in sen; above zero for money that came in."""
        if self.amount is None:
            credit, debit = cells.sen(_cell(row, self.credit)), cells.sen(_cell(row, self.debit))
            return abs(credit) - abs(debit)
        amount, sign = _cell(row, self.amount), normal(_cell(row, self.sign)).rstrip(".")
        if not sign and (found := _SIGNED.fullmatch(cells.plain(amount))):
            amount, sign = found[1], found[2].lower()
        if sign not in _CREDIT | _DEBIT:
            raise Refused(_("tidak tertulis apakah uang masuk (CR) atau keluar (DB)."))
        return abs(cells.sen(amount)) * (1 if sign in _CREDIT else -1)

    def has_money(self, row: Sequence[str]) -> bool:
        """Whether a row without a day would move money all the same: then nothing may be left out."""
        places = [place for place in (self.amount, self.credit, self.debit) if place is not None]
        return any(re.search(r"\d", _cell(row, place)) for place in places)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _take(frame: Frame, columns: Columns, line: int, row: list[str], raw: str, today: date) -> None:
    first = normal(row[0])
    if _foot(frame, first, row) or [normal(cell) for cell in row] == columns.heading:
        return
    written = _cell(row, columns.day)
    pending = cells.plain(written).upper().startswith(PENDING)
    on = _pending_day(frame, today) if pending else cells.day(written, span=frame.span, today=today)
    if on is None:
        if columns.has_money(row):
            raise Refused(_("tanggalnya tidak terbaca."))
        return
    amount = columns.money(row)
    balance = _balance(columns, row, amount)
    if number := re.sub(r"\D", "", _cell(row, columns.number)):
        _same_account(frame, number)
    if not amount:
        return
    parts = [cells.plain(_cell(row, place)) for place in columns.text]
    packed = cells.packed_clock(_cell(row, columns.time)) if columns.time is not None else None
    frame.rows.append(
        Row(
            line, on, amount, " | ".join(part for part in dict.fromkeys(parts) if part)[:500],
            raw[:LONGEST_RAW], balance, cells.plain(_cell(row, columns.reference))[:80],
            packed or cells.clock(written), pending,
        )
    )  # fmt: skip


def _pending_day(frame: Frame, today: date) -> date:
    return min(frame.span[1], today) if frame.span else today


def _balance(columns: Columns, row: Sequence[str], amount: int) -> int | None:
    """The balance after the row; BRI tells the one before it, too."""
    if columns.balance is None or not cells.plain(_cell(row, columns.balance)):
        return None
    balance = cells.sen(_cell(row, columns.balance))
    if columns.before is not None and cells.sen(_cell(row, columns.before)) + amount != balance:
        raise Refused(_("saldo awal, debet, kredit, dan saldo akhirnya tidak cocok."))
    return balance


def _same_account(frame: Frame, number: str) -> None:
    if frame.number and frame.number.lstrip("0") != number.lstrip("0"):
        raise Refused(_("berkas ini berisi lebih dari satu rekening. Unduh per rekening."))
    frame.number = frame.number or number


def _foot(frame: Frame, first: str, row: Sequence[str]) -> bool:
    """`Saldo Awal`, `Mutasi Kredit`, … below (or above) the rows."""
    name = first.rstrip(" :")
    if not name.startswith(_FEET):
        return False
    said = next((cell for cell in row[1:] if re.search(r"\d", cell)), "") or first.partition(":")[2]
    if name.startswith(_OPENING):
        frame.opening = cells.sen(said)
    elif name.startswith(_CLOSING):
        frame.closing = cells.sen(said)
    return True
