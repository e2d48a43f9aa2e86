"""Months of the books: `202611`, their first and last instants in a zone, their row's id."""

from datetime import date, datetime

from tatausaha.core.kernel import clock
from tatausaha.core.ledger.models import PERIOD_BASE


def of(on: date) -> int:
    """The month of a day as a number: 21 November 2026 is 202611."""
    return on.year * 100 + on.month


def first_day(ym: int) -> date:
    """The 1st of a month."""
    return date(ym // 100, ym % 100, 1)


def after(ym: int) -> int:
    """The month that follows."""
    return ym + 1 if ym % 100 < 12 else ym + 89


def before(ym: int) -> int:
    """The month that went before."""
    return ym - 1 if ym % 100 > 1 else ym - 89


def instants(ym: int, zone: str) -> tuple[datetime, datetime]:
    """The first instant of a month and of the one after it, on the wall clock of a zone."""
    return clock.start_of(first_day(ym), zone), clock.start_of(first_day(after(ym)), zone)


def period_id(unit_id: int, ym: int) -> int:
    """The id of a month in the books of a unit."""
    return unit_id * PERIOD_BASE + ym
