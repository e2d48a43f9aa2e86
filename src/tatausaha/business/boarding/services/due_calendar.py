"""The next twelve due dates as a calendar file, RFC 5545 (rules/boarding 16.5)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from tatausaha.business.boarding.models import Cycle, Purpose, Stay
from tatausaha.business.boarding.queries import cycles
from tatausaha.core.billing import queries as billed
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.procedures import queries as cases

COUNT = 12
CHANGING = ("give_notice", "stay_on", "accept_cycle", "accept_cycle_on_paper")
"""Steps after which the same period is due on another day, or not at all."""
AHEAD = timedelta(days=3)
"""How long before the day the phone rings."""


def next_dates(stay: Stay) -> list[tuple[int, date]]:
    """The next twelve due dates without a bill, each with the number of its period (from 0).

    Whether or not the tenant stays so long.
    """
    first = stay.next_period
    return [(n, cycles.start_of(stay, n)) for n in range(first, first + COUNT)]


def _billed_ahead(stay: Stay, *, on: date) -> list[tuple[int, date]]:
    """Due dates that are billed already, not paid, and still to come."""
    open_bills = billed.invoices_of(stay).filter(billed.OPEN, purpose=Purpose.RENT, period_start__gte=on)
    days = open_bills.order_by("period_start").values_list("period_start", flat=True)
    return [(cycles.number_in(stay, day), day) for day in days if day]


def dates_to_come(stay: Stay) -> list[date]:
    """Of these, the ones that still fall due: none from the day of leaving on."""
    if stay.next_bill_on is None:
        return []
    return [day for _n, day in next_dates(stay) if stay.leave_on is None or day < stay.leave_on]


def calendar_of(stay: Stay, *, at: datetime) -> bytes:
    """The file: one whole day an event. What a notice has made void is in it as cancelled, so that calendars drop it.

    The same event keeps its UID; each notice, each notice taken back, and another cycle raise its SEQUENCE.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Tatausaha//Jatuh tempo//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add(
        "x-wr-calname",
        _("Sewa %(house)s kamar %(room)s") % {"house": stay.unit.name, "room": stay.room.number},
    )
    turn = cases.passages_of(stay).filter(step__in=CHANGING).count()
    for n, day in [*_billed_ahead(stay, on=clock.day(at, stay.unit.zone)), *next_dates(stay)]:
        calendar.add_component(_event(stay, n, day, turn=turn, at=at))
    if stay.leave_on:
        calendar.add_component(_leaving(stay, stay.leave_on, turn=turn, at=at))
    content: bytes = calendar.to_ical()
    return content


def _whole_day(stay: Stay, name: str, day: date, *, turn: int, at: datetime) -> Event:
    event = Event()
    host = settings.PUBLIC_URL.split("://", 1)[-1]
    event.add("uid", f"{stay.number.lower()}-{name}@{host}")
    event.add("dtstamp", at)
    event.add("sequence", turn)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("url", settings.PUBLIC_URL + stay.get_absolute_url())
    event.add("transp", "TRANSPARENT")
    return event


def _event(stay: Stay, n: int, day: date, *, turn: int, at: datetime) -> Event:
    event = _whole_day(stay, str(n), day, turn=turn, at=at)
    said = {"room": stay.room.number, "house": stay.unit.name, "amount": rupiah(stay.rent)}
    event.add("summary", _("Bayar sewa kamar %(room)s, %(house)s") % said)
    sentence = _("Sewa %(amount)s untuk 30 hari berikutnya. Layanan ditagih di tagihan yang sama.")
    if cycles.cycle_of(stay, n) == Cycle.FIXED_DATE:
        sentence = _("Sewa %(amount)s untuk sebulan berikutnya. Layanan ditagih di tagihan yang sama.")
    event.add("description", sentence % said)
    if stay.leave_on and day >= stay.leave_on:
        event.add("status", "CANCELLED")
        return event
    event.add("status", "CONFIRMED")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Sewa jatuh tempo tiga hari lagi"))
    alarm.add("trigger", -AHEAD)
    event.add_component(alarm)
    return event


def _leaving(stay: Stay, day: date, *, turn: int, at: datetime) -> Event:
    event = _whole_day(stay, "pindah", day, turn=turn, at=at)
    event.add(
        "summary",
        _("Pindah dari kamar %(room)s, %(house)s") % {"room": stay.room.number, "house": stay.unit.name},
    )
    event.add("description", _("Serahkan kunci kepada pengelola. Kamar diperiksa, lalu deposit dihitung."))
    return event
