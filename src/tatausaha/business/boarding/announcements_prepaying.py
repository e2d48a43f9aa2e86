"""What tenants are told about rent paid ahead (rules/boarding 7)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import money, words
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note, Value

_AHEAD = _(
    "%(count)s masa sewa ditagih di muka, seluruhnya %(amount)s, dengan harga hari ini. Bayar paling lambat %(until)s; "
    "sesudah itu yang belum dibayar ditagih seperti biasa."
)
_BACK = _(
    "%(count)s tagihan di muka tidak dibayar, jadi ditarik kembali. Masa sewa itu ditagih seperti biasa, seminggu "
    "sebelum jatuh tempo."
)


def billed_ahead(stay: Stay, bills: Sequence[Invoice], *, until: date, at: datetime) -> None:
    """Tell the tenant what it comes to, and until when."""
    left = sum(bill.remaining for bill in bills)
    if left:
        about: dict[str, Value] = {
            "count": len(bills),
            "amount": money.rupiah(left),
            "until": words.long_date(until),
        }
        _tell(stay, Note("money", _("Tagihan di muka"), _AHEAD, about), f"ahead|{bills[0].pk}", at=at)


def taken_back(stay: Stay, bills: Sequence[Invoice], *, at: datetime) -> None:
    """Tell the tenant that nothing is kept at today's price."""
    note = Note("money", _("Tagihan di muka ditarik"), _BACK, {"count": len(bills)})
    _tell(stay, note, f"ahead_back|{bills[0].pk}", at=at)


def _tell(stay: Stay, note: Note, key: str, *, at: datetime) -> None:
    if stay.customer:
        linked = Note(
            note.kind, note.title, note.text, note.values, link=stay.get_absolute_url(), about=stay.number
        )
        notices.tell(stay.customer, linked, key=f"{stay.number}|{key}", at=at, unit=stay.unit)
