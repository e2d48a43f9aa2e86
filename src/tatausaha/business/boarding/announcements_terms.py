"""What tenants and owners are told about rent to come and rent that is not paid (rules/boarding 8)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Cycle, Stay
from tatausaha.business.boarding.queries import cycles
from tatausaha.core.kernel import money, words
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note, Value

_NEW_RENT = _(
    "Mulai %(day)s sewa kamar %(room)s menjadi %(rent)s per 30 hari. Sebelum itu sewa Anda tidak berubah; "
    "tanggal jatuh tempo tetap."
)
_NEW_RENT_BY_MONTH = _(
    "Mulai %(day)s sewa kamar %(room)s menjadi %(rent)s per bulan. Sebelum itu sewa Anda tidak berubah; "
    "tanggal jatuh tempo tetap."
)
_ASKED = _("Karena tunggakan, Anda diminta meninggalkan kamar %(room)s paling lambat %(day)s. %(why)s")


def new_rent(stay: Stay, *, at: datetime) -> None:
    """Tell the tenant from when on the rent is another one."""
    assert stay.next_rent is not None
    assert stay.next_rent_from is not None
    about: dict[str, Value] = {
        "day": words.long_date(stay.next_rent_from), "room": stay.room.number, "rent": money.rupiah(stay.next_rent),
    }  # fmt: skip
    sentence = _NEW_RENT_BY_MONTH if cycles.to_come(stay) == Cycle.FIXED_DATE else _NEW_RENT
    _tell(stay, Note("case", _("Sewa baru"), sentence, about), f"rent|{stay.next_rent_from}", at=at)


def asked_to_leave(stay: Stay, why: str, *, at: datetime) -> None:
    """Tell the tenant what the owner decided."""
    assert stay.leave_on is not None
    about: dict[str, Value] = {"room": stay.room.number, "day": words.long_date(stay.leave_on), "why": why}
    _tell(stay, Note("case", _("Diminta pergi"), _ASKED, about), f"asked|{stay.leave_on}", at=at)


def _tell(stay: Stay, note: Note, key: str, *, at: datetime) -> None:
    if stay.customer:
        linked = Note(
            note.kind, note.title, note.text, note.values, link=stay.get_absolute_url(), about=stay.number
        )
        notices.tell(stay.customer, linked, key=f"{stay.number}|{key}", at=at, unit=stay.unit)
