"""How dates, times and spans are written for people, in the language in force."""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_datetime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def _locale() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def long_date(on: date) -> str:
    """`Sabtu, 21 November 2026`."""
    return format_date(on, "EEEE, d MMMM y", locale=_locale())


def short_date(on: date) -> str:
    """`21 Nov 2026`."""
    return format_date(on, "d MMM y", locale=_locale())


def period(first: date, last: date) -> str:
    """From the first to the last day: `29 Nov – 28 Des 2026`."""
    start = format_date(first, "d MMM", locale=_locale()) if first.year == last.year else short_date(first)
    return f"{start} – {short_date(last)}"


def month(on: date) -> str:
    """`November 2026`."""
    return format_date(on, "MMMM y", locale=_locale())


def moment(at: datetime, zone: str) -> str:
    """`Sabtu, 21 November 2026 14.05 WIB`."""
    wall = clock.local(at, zone)
    return f"{format_datetime(wall, 'EEEE, d MMMM y HH.mm', locale=_locale())} {ZONES.get(zone, zone)}"


def until(at: datetime, zone: str) -> str:
    """A deadline: `Sabtu, 21 November 2026 14.05 WIB`; one at midnight is the end of the day before, and said so."""
    wall = clock.local(at, zone)
    if (wall.hour, wall.minute, wall.second) == (0, 0, 0):
        day = long_date((wall - timedelta(days=1)).date())
        return _("akhir %(day)s") % {"day": day}
    return moment(at, zone)


def span(length: timedelta) -> str:
    """The two largest parts: `3 hari 4 jam`, `12 menit`; never negative."""
    seconds = max(0, int(length.total_seconds()))
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    parts = [
        ngettext("%(n)d hari", "%(n)d hari", days) % {"n": days} if days else "",
        ngettext("%(n)d jam", "%(n)d jam", hours) % {"n": hours} if hours else "",
        ngettext("%(n)d menit", "%(n)d menit", minutes) % {"n": minutes} if minutes else "",
    ]
    said = [part for part in parts if part][:2]
    return " ".join(said) or _("kurang dari satu menit")
