"""The chart of accounts of a small company (SAK EMKM), and the names of accounts that code posts to.

What only one line of business earns or spends is that business's own: it registers such accounts
from its `apps.py` (rules/ledger 14), and keeps their constants.
"""

from dataclasses import dataclass

from tatausaha.core.ledger.models import Account

CASH_DRAWER = "11101"
"""Cash in hand; the party is the person who holds it."""
BANK = "11201"
RECEIVABLES = "12101"
PAYABLES = "21101"
CUSTOMER_ADVANCES = "22101"
DEPOSITS = "23101"
UNIDENTIFIED = "24101"
"""Titipan: money that arrived too late, or for nobody known."""
CUSTOMER_BALANCE = "24201"
"""Money that a customer paid too much, used on the next bill."""
CAPITAL = "31101"
DRAWINGS = "31201"
RETAINED_EARNINGS = "31301"
OPENING_EQUITY = "31901"
SERVICE_INCOME = "41201"
SALES_INCOME = "41301"
CANCELLATION_INCOME = "49101"
DAMAGE_INCOME = "49201"
LATE_FEE_INCOME = "49301"
OTHER_INCOME = "49901"
BAD_DEBTS = "69301"
CASH_DIFFERENCES = "69201"
BETWEEN_UNITS = "91101"

_GROUPS = {
    "A": (("11000", "Kas dan bank"), ("12000", "Piutang"), ("13000", "Persediaan"),
          ("14000", "Uang muka dan pajak dibayar di muka"), ("15000", "Aset tetap"), ("91000", "R/K antarunit")),
    "L": (("21000", "Utang usaha"), ("22000", "Uang muka pelanggan"), ("23000", "Utang deposit"),
          ("24000", "Titipan"), ("25000", "Utang pajak"), ("26000", "Utang kurir"), ("27000", "Utang gaji")),
    "Q": (("31000", "Ekuitas"),),
    "R": (("41000", "Pendapatan usaha"), ("42000", "Retur dan diskon"), ("43000", "Pendapatan ongkos kirim"),
          ("49000", "Pendapatan lain")),
    "X": (("51000", "Harga pokok penjualan"), ("61000", "Beban operasi"), ("62000", "Beban penyusutan"),
          ("69000", "Beban lain"), ("71000", "Beban PPh final")),
}  # fmt: skip

_PLAIN = (
    "11201 Bank", "13101 Persediaan barang", "14101 Uang muka pembelian", "14201 Pajak dibayar di muka",
    "15101 Peralatan dan perabot", "15201 Bangunan", "15301 Kendaraan", "15401 Tanah",
    "15901 Akumulasi penyusutan", "21201 Barang diterima belum ditagih", "25101 Utang PPh final",
    "25201 Utang PPN", "25301 Utang PBJT", "25401 Utang PPh 21", "31101 Modal", "31201 Prive",
    "31301 Laba ditahan", "31901 Ekuitas saldo awal", "41201 Pendapatan layanan", "41301 Penjualan barang",
    "42101 Retur penjualan", "42201 Diskon penjualan", "43101 Pendapatan ongkos kirim",
    "49101 Pendapatan pembatalan", "49201 Penggantian kerusakan", "49301 Denda keterlambatan",
    "49401 Bunga bank", "49901 Pendapatan lain", "51101 Harga pokok penjualan", "51201 Selisih harga pokok",
    "61101 Iklan dan promosi", "61201 Gaji", "61301 Listrik", "61401 Air", "61501 Internet dan telepon",
    "61601 Perbaikan dan perawatan", "61701 Ongkos kirim barang kembali",
    "61801 Biaya administrasi bank dan lokapasar", "61901 Kebersihan dan perlengkapan",
    "61911 Alat tulis dan cetakan", "61921 Transportasi", "61931 Keamanan dan iuran lingkungan",
    "61941 Beban operasi lain", "62101 Penyusutan aset tetap", "69101 Beban lain", "69201 Selisih kas",
    "69301 Piutang tak tertagih", "71101 PPh final", "91101 R/K antarunit",
)  # fmt: skip
_WITH_PARTY = (
    "11101 Kas di tangan", "12101 Piutang usaha", "12201 Piutang COD kurir", "12301 Piutang lokapasar",
    "12401 Piutang karyawan", "21101 Utang usaha", "22101 Uang muka pelanggan", "23101 Utang deposit",
    "24101 Titipan", "24201 Saldo pelanggan", "26101 Utang kurir", "27101 Utang gaji",
)  # fmt: skip
_NEVER_NEGATIVE = {CASH_DRAWER, CUSTOMER_ADVANCES, DEPOSITS, UNIDENTIFIED, CUSTOMER_BALANCE, "13101"}
_CLEARING = {UNIDENTIFIED, "12201", "12301", "21201", OPENING_EQUITY, BETWEEN_UNITS}


@dataclass(frozen=True)
class Own:
    """An account that a business brings along; its group is the one of its first two digits."""

    code: str
    name: str
    needs_party: bool = False
    never_negative: bool = False
    is_clearing: bool = False


_STANDARD = (
    *(Own(row[:5], row[6:]) for row in _PLAIN),
    *(Own(row[:5], row[6:], needs_party=True) for row in _WITH_PARTY),
)
_TYPES = {code: kind for kind, rows in _GROUPS.items() for code, _ in rows}
_brought: dict[str, Own] = {}


def register(*accounts: Own) -> None:
    """Add accounts of a business to the chart; a code means one thing, whoever asks first."""
    taken = {one.code: one for one in _STANDARD} | _brought
    for one in accounts:
        assert _head(one.code) in _TYPES, f"{one.code} has no group"
        assert taken.setdefault(one.code, one) == one, f"{one.code} is {taken[one.code].name} already"
        _brought[one.code] = one


def unregister(*codes: str) -> None:
    """Take accounts away again (tests)."""
    for code in codes:
        _brought.pop(code, None)


def _head(code: str) -> str:
    return f"{code[:2]}000"


def install_chart() -> None:
    """Lay the standard accounts and those of the businesses that are not there yet; safe to repeat (rule 14).

    What is there already stays as it is, also under a name or a number that the owner gave it.
    """
    heads = [
        Account(id=int(code), code=code, name=name, type=kind, is_detail=False)
        for kind, rows in _GROUPS.items()
        for code, name in rows
    ]
    details = [
        Account(
            id=int(one.code),
            code=one.code,
            name=one.name,
            type=_TYPES[_head(one.code)],
            parent_id=int(_head(one.code)),
            needs_party=one.needs_party,
            never_negative=one.never_negative or one.code in _NEVER_NEGATIVE,
            is_clearing=one.is_clearing or one.code in _CLEARING,
        )
        for one in (*_STANDARD, *_brought.values())
    ]
    Account.objects.bulk_create([*heads, *details], ignore_conflicts=True)
