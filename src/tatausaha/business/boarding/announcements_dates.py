"""The tenant is told his due dates on day one, and again when they change (rules/boarding 16.5)."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Cycle, Stay
from tatausaha.core.kernel import words
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note, Value

_WELCOME = _(
    "Kamar %(room)s sekarang Anda tempati. Sewa jatuh tempo setiap 30 hari sejak %(day)s, bukan setiap bulan. "
    "Simpan dua belas tanggal berikutnya di kalender HP Anda."
)
_WELCOME_BY_MONTH = _(
    "Kamar %(room)s sekarang Anda tempati sejak %(day)s. Sewa jatuh tempo pada tanggal yang sama setiap bulan; bila "
    "bulannya lebih pendek, pada hari terakhirnya. Simpan dua belas tanggal berikutnya di kalender HP Anda."
)
_SWITCHED = _(
    "Mulai %(day)s sewa kamar %(room)s jatuh tempo setiap 30 hari sejak hari itu, seperti yang Anda setujui. "
    "Simpan lagi kalendernya."
)
_SWITCHED_BY_MONTH = _(
    "Mulai %(day)s sewa kamar %(room)s jatuh tempo pada tanggal yang sama setiap bulan, seperti yang Anda setujui. "
    "Simpan lagi kalendernya."
)
_OFFERED = _(
    "Pemilik menawarkan: mulai %(day)s sewa kamar %(room)s jatuh tempo setiap 30 hari. Sewanya tetap. Anda boleh "
    "setuju atau tidak; tanpa persetujuan Anda tidak ada yang berubah."
)
_OFFERED_BY_MONTH = _(
    "Pemilik menawarkan: mulai %(day)s sewa kamar %(room)s jatuh tempo pada tanggal yang sama setiap bulan. Sewanya "
    "tetap. Anda boleh setuju atau tidak; tanpa persetujuan Anda tidak ada yang berubah."
)
_SHORTER = _("Anda pindah pada %(day)s. Jatuh tempo sesudah itu dibatalkan. Simpan lagi kalendernya.")
_AS_BEFORE = _(
    "Anda tetap tinggal di kamar %(room)s. Jatuh tempo berjalan seperti semula. Simpan lagi kalendernya."
)


def moved_in(stay: Stay, *, at: datetime) -> None:
    """The next twelve dates as a file, once."""
    about: dict[str, Value] = {"room": stay.room.number, "day": words.long_date(stay.anchor_on)}
    sentence = _WELCOME_BY_MONTH if stay.cycle == Cycle.FIXED_DATE else _WELCOME
    _tell(stay, _("Kalender jatuh tempo Anda"), sentence, about, key="dates", at=at)


def changed(stay: Stay, *, at: datetime) -> None:
    """After a notice, or its end: the file again, so that the calendar drops or keeps the right dates."""
    about: dict[str, Value] = {"room": stay.room.number}
    sentence = _AS_BEFORE
    if stay.leave_on:
        about, sentence = {"day": words.long_date(stay.leave_on)}, _SHORTER
    _tell(
        stay, _("Kalender jatuh tempo Anda berubah"), sentence, about, key=f"dates|{at:%Y%m%d%H%M%S}", at=at
    )


def cycle_offered(stay: Stay, *, to: Cycle, begins: date, at: datetime) -> None:
    """Ask the tenant whether another cycle may hold from a day on; the link is the stay, where the answer is given."""
    if stay.customer:
        about: dict[str, Value] = {"room": stay.room.number, "day": words.long_date(begins)}
        sentence = _OFFERED_BY_MONTH if to == Cycle.FIXED_DATE else _OFFERED
        title, link = _("Tanggal jatuh tempo yang lain"), stay.get_absolute_url()
        note = Note("case", title, sentence, about, link=link, about=stay.number)
        key = f"{stay.number}|cycle offered|{at:%Y%m%d%H%M%S}"
        notices.tell(stay.customer, note, key=key, at=at, unit=stay.unit)


def cycle_switched(stay: Stay, *, to: Cycle, begins: date, at: datetime) -> None:
    """Tell the tenant from when on the dates are others, with the calendar."""
    about: dict[str, Value] = {"room": stay.room.number, "day": words.long_date(begins)}
    sentence = _SWITCHED_BY_MONTH if to == Cycle.FIXED_DATE else _SWITCHED
    _tell(stay, _("Kalender jatuh tempo Anda berubah"), sentence, about, key="cycle", at=at)


def _tell(
    stay: Stay, title: object, sentence: object, about: dict[str, Value], *, key: str, at: datetime
) -> None:
    if stay.customer:
        link = reverse("boarding:due_calendar", args=[stay.number])
        note = Note("case", title, sentence, about, link=link, about=stay.number)  # type: ignore[arg-type]
        notices.tell(stay.customer, note, key=f"{stay.number}|{key}", at=at, unit=stay.unit)
