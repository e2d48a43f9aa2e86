"""How the tables of the banks are laid out: which column holds what, known by the heading and not by a name.

Column names are compared in small letters with single spaces. Every form was seen in several
independent readers of its files; no bank publishes a description.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Names = tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """One form. An amount stands in `credit` and `debit`, or in `amount` with `sign` (or a word behind it).

    `only` are columns by which it is told from its likes; `blank_after_amount` asks for the nameless
    column of the sign behind the amount (true), or for none (false).
    """

    code: str
    day: Names
    text: Names
    credit: Names = ()
    debit: Names = ()
    amount: Names = ()
    sign: Names = ()
    balance: Names = ()
    before: Names = ()
    reference: Names = ()
    number: Names = ()
    packed_time: Names = ()
    only: Names = ()
    blank_after_amount: bool | None = None

    def fits(self, heading: Sequence[str]) -> bool:
        """Whether this is its heading."""
        needed = [self.day, self.text, *([self.amount] if self.amount else [self.credit, self.debit])]
        needed += [(name,) for name in self.only]
        if self.sign:
            needed.append(self.sign)
        if not all(set(names) & set(heading) for names in needed):
            return False
        if self.blank_after_amount is None:
            return True
        place = self.place(heading, self.amount)
        assert place is not None
        blank = place + 1 < len(heading) and not heading[place + 1] and any(heading[place + 1 :])
        return blank == self.blank_after_amount

    @staticmethod
    def place(heading: Sequence[str], names: Names) -> int | None:
        """The first column of one of these names."""
        return next((at for at, name in enumerate(heading) if name in names), None)

    @staticmethod
    def places(heading: Sequence[str], names: Names) -> list[int]:
        """Every column of one of these names."""
        return [at for at, name in enumerate(heading) if name in names]


_DAY, _TEXT = ("tanggal transaksi", "date"), ("keterangan", "description")
_AMOUNT, _BALANCE = ("jumlah", "amount"), ("saldo", "balance")

LAYOUTS = (
    Layout("mandiri_kopra", ("postdate",), ("remarks", "additionaldesc"), ("credit amount",), ("debit amount",),
           balance=("close balance",), number=("accountno",)),
    Layout("mandiri", ("date",), ("description",), ("credit",), ("debit",), reference=("reference no.",),
           number=("account no",), only=("val. date", "transaction code")),
    Layout("bni_direct", ("post date",), ("description",), ("credit",), ("debit",), balance=("balance",),
           reference=("journal no.",), only=("journal no.",)),
    Layout("bni_pages", ("posting date",), ("description", "transaction description"), amount=("amount",),
           sign=("db/cr", "d/k"), balance=("balance",), reference=("journal no.",)),
    Layout("bni", ("tanggal transaksi",), ("uraian transaksi",), amount=("nominal",), sign=("tipe",),
           balance=("saldo",)),
    Layout("bri_cms", ("tgl_tran",), ("desk_tran", "remark_custom"), ("mutasi_kredit",), ("mutasi_debet",),
           balance=("saldo_akhir_mutasi",), before=("saldo_awal_mutasi",), reference=("seq",), number=("norek",),
           packed_time=("jam_tran",)),
    Layout("bri", ("tanggal transaksi",), ("uraian transaksi",), ("kredit",), ("debet",), balance=("saldo",)),
    Layout("bca", _DAY, _TEXT, amount=_AMOUNT, balance=_BALANCE, blank_after_amount=True),
    Layout("bca_business", _DAY, _TEXT, amount=_AMOUNT, balance=_BALANCE, blank_after_amount=False),
)  # fmt: skip

NAMES = {
    "mandiri_kopra": "Mandiri Kopra/MCM", "mandiri": "Mandiri", "bni_direct": "BNI Direct", "bni_pages": "BNI Direct",
    "bni": "BNI", "bri_cms": "BRI CMS/Qlola", "bri": "BRI", "bca": "KlikBCA", "bca_business": "KlikBCA Bisnis",
    "mt940": "MT940",
}  # fmt: skip
"""What people call each form."""


def normal(cell: str) -> str:
    """A heading's cell as it is compared."""
    return " ".join(cell.strip("\ufeff").replace("\u00a0", " ").lower().split()).strip("'\"")


def layout_of(heading: Sequence[str]) -> Layout | None:
    """The form that has this heading."""
    return next((layout for layout in LAYOUTS if layout.fits(heading)), None)
