"""The tenant is told his due dates on day one, and again when they change (rules/boarding 16.5)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.core.kernel import words
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note, Value

_WELCOME = _(
    "Kamar %(room)s sekarang Anda tempati. Sewa jatuh tempo setiap 30 hari sejak %(day)s, bukan setiap bulan. "
    "Simpan dua belas tanggal berikutnya di kalender HP Anda."
)
_SHORTER = _("Anda pindah pada %(day)s. Jatuh tempo sesudah itu dibatalkan. Simpan lagi kalendernya.")
_AS_BEFORE = _(
    "Anda tetap tinggal di kamar %(room)s. Jatuh tempo berjalan seperti semula. Simpan lagi kalendernya."
)


def moved_in(stay: Stay, *, at: datetime) -> None:
    """The next twelve dates as a file, once."""
    about: dict[str, Value] = {"room": stay.room.number, "day": words.long_date(stay.anchor_on)}
    _tell(stay, _("Kalender jatuh tempo Anda"), _WELCOME, about, key="dates", at=at)


def changed(stay: Stay, *, at: datetime) -> None:
    """After a notice, or its end: the file again, so that the calendar drops or keeps the right dates."""
    about: dict[str, Value] = {"room": stay.room.number}
    sentence = _AS_BEFORE
    if stay.leave_on:
        about, sentence = {"day": words.long_date(stay.leave_on)}, _SHORTER
    _tell(
        stay, _("Kalender jatuh tempo Anda berubah"), sentence, about, key=f"dates|{at:%Y%m%d%H%M%S}", at=at
    )


def _tell(
    stay: Stay, title: object, sentence: object, about: dict[str, Value], *, key: str, at: datetime
) -> None:
    if stay.customer:
        link = reverse("boarding:due_calendar", args=[stay.number])
        note = Note("case", title, sentence, about, link=link, about=stay.number)  # type: ignore[arg-type]
        notices.tell(stay.customer, note, key=f"{stay.number}|{key}", at=at, unit=stay.unit)
