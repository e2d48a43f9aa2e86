"""The only source of time. Everything below views and commands is given `at`.

A demonstration company has a time machine: its clock runs ahead of the machine's by an
offset, which whoever opens a unit of work (a request, a command, a turn of the worker)
takes from the database and sets here.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

TOLERANCE = timedelta(minutes=1)
"""How far the clocks of several machines may differ before one counts as set back."""

_offset = timedelta()


def now() -> datetime:
    """The present moment, aware, in UTC, with the time machine's offset."""
    return datetime.now(UTC) + _offset


def set_offset(offset: timedelta) -> None:
    """Let the clock run ahead of the machine's by `offset`; zero outside demonstrations."""
    global _offset  # noqa: PLW0603 - one clock a process, by design
    _offset = offset


def offset() -> timedelta:
    """How far the clock of this process runs ahead of the machine's."""
    return _offset


def local(at: datetime, zone: str) -> datetime:
    """The same instant on the wall clock of a zone such as `Asia/Jakarta`."""
    return at.astimezone(ZoneInfo(zone))


def day(at: datetime, zone: str) -> date:
    """The calendar day of an instant in a zone: what decides months, bills and due dates."""
    return local(at, zone).date()


def start_of(on: date, zone: str) -> datetime:
    """The first instant (00:00) of a calendar day in a zone."""
    return datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
