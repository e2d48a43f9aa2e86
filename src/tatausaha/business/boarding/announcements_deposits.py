"""What is told about a deposit that pays a bill: the owner that somebody asks, then tenant and manager (KOS-12)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import DepositUse
from tatausaha.core.kernel import money
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note, Value

_ASKED = _(
    "%(who)s meminta %(asked)s dari deposit %(tenant)s, kamar %(room)s, dipakai untuk tagihan %(bill)s. "
    "Alasannya: %(reason)s"
)
_USED = _("Pemilik setuju: %(used)s dari deposit %(tenant)s dipakai untuk tagihan %(bill)s.")
_REFUSED = _("Pemilik tidak setuju deposit %(tenant)s dipakai untuk tagihan %(bill)s.")
_TENANT = _(
    "%(used)s dari deposit Anda dipakai untuk tagihan %(bill)s; deposit Anda tinggal %(left)s. Jumlah yang dipakai "
    "ditambahkan di tagihan berikutnya, supaya deposit Anda utuh lagi."
)


def _about(request: DepositUse, left: int = 0) -> dict[str, Value]:
    return {
        "who": request.asked_by.name, "asked": money.rupiah(request.asked), "used": money.rupiah(request.used),
        "tenant": request.customer.name if request.customer else "", "room": request.stay.room.number,
        "bill": request.invoice.number, "reason": request.reason, "left": money.rupiah(left),
    }  # fmt: skip


def asked(request: DepositUse, *, at: datetime) -> None:
    """Tell the owners, with the link to where they decide."""
    note = Note(
        "decision", _("Deposit diminta dipakai"), _ASKED, _about(request), link=request.get_absolute_url(),
        about=request.number,
    )  # fmt: skip
    notices.tell_holders(request.unit, "owner", note=note, key=f"{request.number}|asked", at=at)


def used(request: DepositUse, *, left: int, at: datetime) -> None:
    """Tell whoever asked, and the tenant what is left and that it is asked for again."""
    _tell_asker(request, _("Deposit boleh dipakai"), _USED, at=at)
    if request.customer:
        note = Note(
            "money", _("Deposit dipakai untuk tagihan"), _TENANT, _about(request, left),
            link=request.invoice.get_absolute_url(), about=request.stay.number,
        )  # fmt: skip
        notices.tell(request.customer, note, key=f"{request.number}|tenant", at=at, unit=request.unit)


def refused(request: DepositUse, *, at: datetime) -> None:
    """Tell whoever asked."""
    _tell_asker(request, _("Deposit tidak boleh dipakai"), _REFUSED, at=at)


def _tell_asker(request: DepositUse, title: object, text: object, *, at: datetime) -> None:
    note = Note("work", title, text, _about(request), link=request.get_absolute_url(), about=request.number)  # type: ignore[arg-type]
    notices.tell(request.asked_by, note, key=f"{request.number}|decided", at=at, unit=request.unit)
