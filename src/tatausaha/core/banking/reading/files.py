"""From a file or a paste to its rows: encoding, form, table, and the proof that they add up."""

import io
from datetime import date

from django.utils.translation import gettext as _

from tatausaha.core.banking.reading import proof, swift, tables
from tatausaha.core.banking.reading.rows import Reading
from tatausaha.core.kernel import tablefile
from tatausaha.core.kernel.errors import Refused

LARGEST_FILE = 10 * 2**20
MOST_ROWS = 20_000


def read(content: bytes, *, today: date) -> Reading:
    """The rows of a statement in order of time, its form found by itself.

    Raises `Refused` for a form that is not known, for a row that cannot be read, and for rows that
    do not add up to the balances beside them; the sentence names the row.
    """
    if len(content) > LARGEST_FILE:
        raise Refused(_("Berkas ini lebih dari 10 MB. Unduh mutasi per bulan."), field="file")
    if content.startswith(b"%PDF-"):
        raise Refused(_("Ini PDF. Unduh mutasi dari bank sebagai CSV, XLS, atau MT940."), field="file")
    with tablefile.as_text(io.BytesIO(content), ()) as opened:
        text = tablefile.whole_text(opened)
    reading = swift.read(text) if swift.is_swift(text) else tables.read(text, today=today)
    if not reading.rows:
        raise Refused(_("Tidak ada transaksi di berkas ini."), field="file")
    if len(reading.rows) > MOST_ROWS:
        raise Refused(_("Lebih dari 20.000 baris. Unduh mutasi per bulan."), field="file")
    late = next((row for row in reading.rows if row.on > today), None)
    if late is not None:
        raise Refused(_("Baris %(line)d: tanggalnya belum tiba.") % {"line": late.line}, field="file")
    return proof.in_order(reading)
