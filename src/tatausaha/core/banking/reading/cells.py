"""Single cells of a statement: amounts and days in every way that the banks write them."""

import re
from contextlib import suppress
from datetime import date, time

from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused

Span = tuple[date, date]
"""The first and the last day that a statement says it is about."""

LARGEST = 10**17
"""Sen: no amount of a small company is beyond it, and every database holds it."""
_AMOUNT = re.compile(r"([+-]?)(\d{1,3}(?:([.,])\d{3})(?:\3\d{3})*|\d*)(?:[.,](\d{1,2}))?", re.ASCII)
_NUMERIC = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?", re.ASCII)
_WRITTEN = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4}|\d{2})", re.ASCII)
_TIME = re.compile(r"[ T](\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?", re.ASCII)
_MONTHS = (
    ("jan",), ("feb", "peb"), ("mar",), ("apr",), ("mei", "may"), ("jun",), ("jul",), ("agu", "ags", "aug"),
    ("sep",), ("okt", "oct"), ("nov", "nop"), ("des", "dec"),
)  # fmt: skip


def plain(cell: str) -> str:
    """A cell without the apostrophe that made text of it, on one line."""
    return " ".join(cell.replace("\u00a0", " ").split()).lstrip("'").strip()


def sen(cell: str) -> int:
    """`1,500,000.00`, `1.500.000,00`, `150000.5`, `.00`: an amount in sen; an empty cell or a dash is none.

    A mark before the last one or two digits begins the decimals; before three it parts thousands.
    Raises `Refused` for what is no amount.
    """
    text = plain(cell).removeprefix("Rp").removeprefix("IDR").replace(" ", "")
    if text in {"", "-"}:
        return 0
    found = _AMOUNT.fullmatch(text)
    decimals = found[4] or "" if found else ""
    same_mark = bool(found and decimals) and text[-1 - len(decimals)] == (
        found[3] if found else ""
    )  # 1.500.00
    if not found or not (found[2] or decimals) or same_mark:
        raise Refused(_("“%(cell)s” bukan jumlah uang.") % {"cell": text[:40]})
    whole = int(re.sub(r"[.,]", "", found[2]) or 0)
    amount = whole * 100 + int(decimals.ljust(2, "0"))
    if amount > LARGEST:
        raise Refused(_("“%(cell)s” terlalu besar.") % {"cell": text[:40]})
    return -amount if found[1] == "-" else amount


def day(cell: str, *, span: Span | None, today: date) -> date | None:
    """The day that a cell begins with; nothing where it begins with none.

    Without a year it is the one by which the day lies in the statement's span, else the last such
    day that has come (December is then of the year before in January). Raises `Refused` for a day
    that there is not, or that lies outside the span.
    """
    text = plain(cell)
    try:
        if found := _WRITTEN.match(text):
            if (month := _month(found[2])) == 0:
                return None
            return date(_year(found[3]), month, int(found[1]))
        if not (found := _NUMERIC.match(text)):
            return None
        if found[1]:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found[6]:
            return date(_year(found[6]), int(found[5]), int(found[4]))
    except ValueError as no:
        raise Refused(_("Tanggal “%(day)s” tidak ada.") % {"day": text[:20]}) from no
    return _without_year(int(found[4]), int(found[5]), text, span or (date(today.year - 1, 1, 1), today))


def _without_year(day_: int, month: int, text: str, span: Span) -> date:
    first, last = span
    for year in range(last.year, first.year - 1, -1):
        with suppress(ValueError):
            if first <= (on := date(year, month, day_)) <= last:
                return on
    raise Refused(_("Tanggal “%(day)s” di luar periode mutasi.") % {"day": text[:20]})


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(word: str) -> int:
    begins = word[:3].lower()
    return next((number for number, names in enumerate(_MONTHS, 1) if begins in names), 0)


def clock(cell: str) -> time | None:
    """The time behind the day of a cell, `10.00.00` or `11:27:10`; nothing at midnight: banks fill up with zeros."""
    found = _TIME.search(plain(cell))
    if not found:
        return None
    with suppress(ValueError):
        return time(int(found[1]), int(found[2]), int(found[3] or 0)) or None
    return None


def packed_clock(cell: str) -> time | None:
    """BRI's whole number for a time: `3153` is 00:31:53."""
    digits = plain(cell)
    if not re.fullmatch(r"\d{1,6}", digits, re.ASCII):
        return None
    digits = digits.zfill(6)
    with suppress(ValueError):
        return time(int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    return None
