"""What is told about discounts: the owner that somebody asks, the manager what was decided (KOS-19)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Discount
from tatausaha.core.kernel import money
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.kinds import Kind
from tatausaha.core.notices.sentences import Note, Value

DECISION = Kind("decision", _("Permintaan yang menunggu keputusan saya"), staff=True)
"""What an owner decides from wherever he is; goes out by e-mail too."""

_ASKED = _(
    "%(who)s meminta sewa kamar %(room)s di %(house)s untuk %(tenant)s %(asked)s, harga tertulisnya %(published)s. "
    "Alasannya: %(reason)s"
)
_GRANTED = _("Pemilik menyetujui sewa %(asked)s untuk kamar %(room)s, %(tenant)s.")
_REFUSED = _(
    "Pemilik tidak menyetujui sewa %(asked)s untuk kamar %(room)s. Harga tertulis %(published)s berlaku."
)


def _about(request: Discount) -> dict[str, Value]:
    return {
        "who": request.asked_by.name, "room": request.room.number, "house": request.unit.name,
        "tenant": request.customer.name if request.customer else "", "asked": money.rupiah(request.asked),
        "published": money.rupiah(request.published), "reason": request.reason,
    }  # fmt: skip


def asked(request: Discount, *, at: datetime) -> None:
    """Tell the owners, with the link to where they decide."""
    note = Note(
        "decision", _("Potongan harga diminta"), _ASKED, _about(request), link=request.get_absolute_url(),
        about=request.number,
    )  # fmt: skip
    notices.tell_holders(request.unit, "owner", note=note, key=f"{request.number}|asked", at=at)


def decided(request: Discount, *, granted: bool, at: datetime) -> None:
    """Tell whoever asked."""
    note = Note(
        "work", _("Potongan harga disetujui") if granted else _("Potongan harga ditolak"),
        _GRANTED if granted else _REFUSED, _about(request), link=request.get_absolute_url(), about=request.number,
    )  # fmt: skip
    notices.tell(request.asked_by, note, key=f"{request.number}|decided", at=at, unit=request.unit)
