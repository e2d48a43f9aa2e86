"""Whether the rows of a statement add up to its balances: what was changed by hand does not."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from tatausaha.core.banking.reading.rows import Reading, Row
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah


def in_order(reading: Reading) -> Reading:
    """The same with its rows from the oldest to the newest, whichever way the bank wrote them.

    Raises `Refused` where a running balance, or the balance at the end, is not what the rows
    make of it; the row is named.
    """
    as_written, turned = list(reading.rows), list(reversed(reading.rows))
    likely = [as_written, turned] if as_written[0].on <= as_written[-1].on else [turned, as_written]
    rows = next((one for one in likely if _first_wrong(one, reading.opening) is None), None)
    if rows is None:
        place = _first_wrong(likely[0], reading.opening)
        assert place is not None
        raise Refused(
            _(
                "Baris %(line)d: saldo berjalannya tidak cocok dengan jumlahnya. Unduh lagi berkas asli dari bank."
            )
            % {"line": likely[0][place].line},
            field="file",
        )
    _check_end(reading, rows)
    if all(row.balance is None for row in rows):
        rows.sort(key=lambda row: row.on)
    return replace(reading, rows=tuple(rows))


def _first_wrong(rows: Sequence[Row], opening: int | None) -> int | None:
    running = opening
    for place, row in enumerate(rows):
        if running is not None:
            running += row.sen
            if row.balance is not None and row.balance != running:
                return place
        running = row.balance if row.balance is not None else running
    return None


def _check_end(reading: Reading, rows: Sequence[Row]) -> None:
    """Footers of BCA and the closing of MT940; rows that are not final may be in the figure or not."""
    if reading.opening is None or reading.closing is None:
        return
    everything = reading.opening + sum(row.sen for row in rows)
    final = reading.opening + sum(row.sen for row in rows if not row.pending)
    if reading.closing not in {everything, final}:
        raise Refused(
            _(
                "Saldo akhir di berkas %(said)s, padahal barisnya menjadi %(sum)s. Unduh lagi berkas asli dari bank."
            )
            % {"said": rupiah(reading.closing // 100), "sum": rupiah(everything // 100)},
            field="file",
        )
