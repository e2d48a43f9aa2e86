"""What is understood of a statement file. Amounts are in sen, hundredths of a rupiah: banks write them."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Row:
    """One row: `sen` is above zero for money that came in. `pending` rows are not final and are not kept."""

    line: int
    on: date
    sen: int
    text: str
    raw: str
    balance: int | None = None
    reference: str = ""
    at: time | None = None
    pending: bool = False


@dataclass(frozen=True)
class Reading:
    """A file as it was understood: rows in order of time, balances (sen) where it tells them.

    `layout` names the bank's form; two forms of one bank tell the same row in different words.
    """

    layout: str
    rows: tuple[Row, ...]
    number: str = ""
    opening: int | None = None
    closing: int | None = None

    @property
    def final(self) -> list[Row]:
        """The rows that the bank will not change any more."""
        return [row for row in self.rows if not row.pending]
