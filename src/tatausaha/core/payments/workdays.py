"""Working days in Indonesia: Monday to Friday without public holidays and joint leave (cuti bersama)."""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5


@cache
def _free_days(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


def is_working_day(on: date) -> bool:
    """Whether banks and offices work on this day."""
    return on.weekday() < SATURDAY and on not in _free_days(on.year)


def add_working_days(on: date, days: int) -> date:
    """The last day of so many working days that begin the day after `on`; `on` itself for none."""
    while days > 0:
        on += timedelta(days=1)
        days -= is_working_day(on)
    return on
