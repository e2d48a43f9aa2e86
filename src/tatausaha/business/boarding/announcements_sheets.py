"""Who is told of condition sheets: the tenant when one waits for his word, the managers when he objects."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import ConditionSheet
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note

_LOOK = _(
    "Lembar kondisi kamar %(room)s menunggu persetujuan Anda. Lihat fotonya, lalu jawab sesuai atau tidak."
)
_OBJECTED = _("%(who)s tidak setuju dengan lembar kondisi kamar %(room)s: %(what)s")


def handed_over(sheet: ConditionSheet, *, at: datetime) -> None:
    """The tenant is asked for his word, once for every time that the sheet is handed over."""
    stay = sheet.stay
    if stay.customer:
        note = Note(
            "case", _("Lembar kondisi kamar Anda"), _LOOK, {"room": sheet.room.number},
            link=stay.get_absolute_url(), about=stay.number,
        )  # fmt: skip
        key = f"sheet|{sheet.pk}|handed|{at:%Y%m%d%H%M%S}"
        notices.tell(stay.customer, note, key=key, at=at, unit=sheet.unit)


def objected(sheet: ConditionSheet, *, at: datetime) -> None:
    """The managers are told what the tenant sees otherwise."""
    stay = sheet.stay
    about = {"who": str(stay.customer), "room": sheet.room.number, "what": sheet.objection}
    note = Note(
        "work", _("Penghuni tidak setuju"), _OBJECTED, about, link=stay.get_absolute_url(), about=stay.number
    )
    key = f"sheet|{sheet.pk}|objected|{at:%Y%m%d%H%M%S}"
    notices.tell_holders(sheet.unit, "manager", note=note, key=key, at=at)
