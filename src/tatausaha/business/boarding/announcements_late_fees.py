"""What tenants are told about late fees (rules/boarding 6)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import money
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note

_CHARGED = _(
    "Sewa di tagihan %(rent)s tidak dibayar tepat waktu, jadi ada denda %(amount)s. Denda dihitung dari sewa saja."
)
_LOWERED = _("Denda tagihan %(rent)s dikurangi %(amount)s: tanggal pembayaran Anda yang menentukan.")
_WAIVED = _("Pemilik membebaskan denda %(amount)s. %(why)s")


def charged(stay: Stay, fee: Invoice, rent: Invoice, *, at: datetime) -> None:
    """Tell the tenant what it costs, and for which bill."""
    about = {"rent": rent.number, "amount": money.rupiah(fee.total)}
    _tell(stay, fee, Note("money", _("Denda keterlambatan"), _CHARGED, about), "charged", at=at)


def lowered(stay: Stay, fee: Invoice, amount: int, *, at: datetime) -> None:
    """Tell the tenant that it was too much, and by how much."""
    about = {"rent": fee.number, "amount": money.rupiah(amount)}
    note = Note("money", _("Denda dikurangi"), _LOWERED, about)
    _tell(stay, fee, note, f"lowered|{fee.credited + amount}", at=at)


def waived(stay: Stay, fee: Invoice, why: str, *, at: datetime) -> None:
    """Tell the tenant that the owner lets it go."""
    about = {"amount": money.rupiah(fee.total - fee.credited), "why": why}
    _tell(stay, fee, Note("money", _("Denda dibebaskan"), _WAIVED, about), "waived", at=at)


def _tell(stay: Stay, fee: Invoice, note: Note, key: str, *, at: datetime) -> None:
    if stay.customer is None:
        return
    linked = Note(
        note.kind, note.title, note.text, note.values, link=fee.get_absolute_url(), about=stay.number
    )
    notices.tell(stay.customer, linked, key=f"invoice|{fee.pk}|{key}", at=at, unit=stay.unit)
