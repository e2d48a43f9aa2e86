"""MT940, the form that corporate portals give; its fields are cut by the library `mt-940`."""

import re
from dataclasses import replace
from itertools import accumulate
from typing import Any

import mt940
from django.utils.translation import gettext as _

from tatausaha.core.banking.reading.rows import Reading, Row
from tatausaha.core.kernel.errors import Refused

_MESSAGE = re.compile(r"^:20:", re.MULTILINE)
_HEADER = re.compile(r"^\{[^\n]*\{4:\s*$|^-\}\s*$", re.MULTILINE)
_STARTS = re.compile(r"^:61:", re.MULTILINE)


def is_swift(text: str) -> bool:
    """Whether the text is a chain of MT940 messages."""
    return bool(_MESSAGE.search(text) and re.search(r"^:25:", text, re.MULTILINE))


def read(text: str) -> Reading:
    """All messages of one account, one after the other. Raises `Refused` where one does not continue the last."""
    text = text.replace("\r\n", "\n")
    begins = [found.start() for found in _MESSAGE.finditer(text)]
    rows: list[Row] = []
    number, opening, closing = "", None, None
    for begin, end in zip(begins, [*begins[1:], len(text)], strict=True):
        first_line = text.count("\n", 0, begin) + 1
        message = _HEADER.sub("", text[begin:end])
        parsed = _parsed(message, first_line)
        own = re.sub(r"\D", "", str(parsed.data.get("account_identification", "")).rpartition("/")[2])
        if number and own != number:
            raise Refused(_("Berkas ini berisi lebih dari satu rekening. Unduh per rekening."), field="file")
        number = own
        before, after = _balance(parsed, "opening"), _balance(parsed, "closing")
        if closing is not None and before is not None and before != closing:
            raise Refused(
                _("Baris %(line)d: saldo awalnya bukan saldo akhir sebelumnya.") % {"line": first_line},
                field="file",
            )
        opening = before if opening is None and not rows else opening
        lines = [text.count("\n", 0, begin + at.start()) + 1 for at in _STARTS.finditer(text[begin:end])]
        raws = _STARTS.split(message)[1:]
        own_rows = [_row(one.data, line, raw) for one, line, raw in zip(parsed, lines, raws, strict=True)]
        if before is not None and after is not None and before + sum(row.sen for row in own_rows) != after:
            raise Refused(
                _("Pesan di baris %(line)d: transaksinya tidak menjadi saldo akhirnya. Unduh lagi dari bank.")
                % {"line": first_line},
                field="file",
            )
        rows += _with_balances(own_rows, before)
        closing = after
    return Reading("mt940", tuple(row for row in rows if row.sen), number, opening, closing)


def _with_balances(rows: list[Row], opening: int | None) -> list[Row]:
    """The balance after each row, which MT940 leaves to its reader."""
    balances = list(accumulate((row.sen for row in rows), initial=opening or 0))[1:]
    return (
        rows
        if opening is None
        else [replace(row, balance=after) for row, after in zip(rows, balances, strict=True)]
    )


def _parsed(message: str, line: int) -> Any:
    try:
        return mt940.parse(message)
    except (RuntimeError, ValueError, AssertionError, KeyError, IndexError, TypeError, ArithmeticError) as no:
        raise Refused(
            _("Pesan di baris %(line)d bukan MT940 yang lengkap.") % {"line": line}, field="file"
        ) from no


def _balance(parsed: Any, which: str) -> int | None:
    said = parsed.data.get(f"final_{which}_balance") or parsed.data.get(f"intermediate_{which}_balance")
    return _sen(said.amount.amount) if said else None


def _sen(amount: Any) -> int:
    sen = amount * 100
    if sen != int(sen):
        raise Refused(_("“%(cell)s” bukan jumlah uang.") % {"cell": amount}, field="file")
    return int(sen)


def _row(data: Any, line: int, raw: str) -> Row:
    told = [str(data.get(name) or "") for name in ("transaction_details", "extra_details")]
    references = [str(data.get(name) or "") for name in ("bank_reference", "customer_reference")]
    known = next((one for one in references if one and one != "NONREF"), "")
    text = " | ".join(" ".join(part.split()) for part in told if part)
    return Row(
        line,
        data["date"],
        _sen(data["amount"].amount),
        text[:500],
        f":61:{raw.strip()}"[:1000],
        None,
        known[:80],
    )
