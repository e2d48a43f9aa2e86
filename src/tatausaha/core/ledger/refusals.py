"""The database's own refusals, said in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Conflict, Refused

CLOSED = _(
    "Bulan ini sudah lewat dan terkunci. Hanya pemilik, atau pemegang izin dari pemilik, yang dapat mengubahnya."
)
FUTURE = _("Tanggal ini belum tiba.")
REASON = _("Mengubah bulan yang sudah lewat perlu alasan.")
USED_KEY = _("Catatan ini sudah dibukukan dengan isi yang lain.")

_SENTENCES = {
    "ledger:closed": CLOSED,
    "ledger:future": FUTURE,
    "ledger:reason": REASON,
    "ledger:period": _("Tanggal buku tidak cocok dengan bulan pembukuan unit usaha ini."),
    "ledger:party": _(
        "Akun ini perlu nama orangnya: piutang, utang, uang muka, deposit, titipan, dan kas di tangan."
    ),
    "ledger:account": _("Akun ini tidak dikenal, sudah ditutup, atau bukan akun rincian."),
    "ledger:unbalanced": _("Jurnal tidak seimbang: debit dan kredit tiap unit usaha harus sama."),
    "ledger:lines": _("Baris jurnal tidak lengkap."),
    "ledger:reversal": _("Jurnal pembalik tidak dapat dibalik. Bukukan kembali dengan jurnal baru."),
    "ledger:sealed": _(
        "Jurnal yang sudah dibukukan tidak dapat diubah. Balik jurnal itu, lalu bukukan yang benar."
    ),
    "ledger:meaning": _("Arti akun tidak dapat diubah setelah akun dipakai."),
    "ledger:pass": _("Izin perlu alasan paling sedikit 10 huruf dan berlaku paling lama 72 jam."),
}
_KEYS = ("ledger:key", "idem_key", "reverses_id")


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a trigger of the ledger refuses into `Refused`; put it around the transaction."""
    try:
        yield
    except IntegrityError as clash:
        text = str(clash)
        for code, sentence in _SENTENCES.items():
            if code in text:
                raise Refused(sentence) from clash
        if any(name in text for name in _KEYS):
            raise Conflict(USED_KEY) from clash
        raise
