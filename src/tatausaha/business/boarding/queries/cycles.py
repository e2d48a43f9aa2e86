"""The periods of a stay: the one place that knows how long they are (KOS-08; rules/boarding 6).

Every period is counted from the anchor, never from the period before, so nothing drifts. In the 30-day
cycle all last 30 days. By fixed date they begin on the anchor's day of the month; an anchor on the 29th,
30th or 31st means the last day of a shorter month, and its own day again in the next one that has it.

A stay whose tenant agreed to the other cycle has it from period `switch_period` on, counted from the day on
which that period begins.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from tatausaha.business.boarding.models import Cycle, Stay
from tatausaha.core.kernel import money

DAYS = 30
A_DAY = timedelta(days=1)


def start(anchor: date, n: int, cycle: str = Cycle.DAYS_30) -> date:
    """First day of period `n` (from 0) of a cycle that is counted from `anchor`."""
    if cycle == Cycle.DAYS_30:
        return anchor + timedelta(days=DAYS * n)
    months = anchor.year * 12 + anchor.month - 1 + n
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(anchor.day, monthrange(year, month)[1]))


def period(anchor: date, n: int, cycle: str = Cycle.DAYS_30) -> tuple[date, date]:
    """First and last day of period `n` (from 0)."""
    return start(anchor, n, cycle), start(anchor, n + 1, cycle) - A_DAY


def length(anchor: date, n: int, cycle: str = Cycle.DAYS_30) -> int:
    """How many days period `n` has."""
    first, last = period(anchor, n, cycle)
    return (last - first).days + 1


def number(anchor: date, on: date, cycle: str = Cycle.DAYS_30) -> int:
    """The period that a day lies in; below 0 before the anchor."""
    if cycle == Cycle.DAYS_30:
        return (on - anchor).days // DAYS
    n = (on.year - anchor.year) * 12 + on.month - anchor.month
    return n if start(anchor, n, cycle) <= on else n - 1


def portion(anchor: date, first: date, last: date, cycle: str = Cycle.DAYS_30) -> Fraction:
    """What part of a period's price some days are, the last one included: of 30, or of the month's real days."""
    return _portion(first, last, lambda day: period(anchor, number(anchor, day, cycle), cycle))


def _portion(first: date, last: date, period_with: Callable[[date], tuple[date, date]]) -> Fraction:
    part = Fraction(0)
    while first <= last:
        begins, ends = period_with(first)
        part += Fraction((min(ends, last) - first).days + 1, (ends - begins).days + 1)
        first = ends + A_DAY
    return part


# The periods of a stay


def cycle_of(stay: Stay, n: int) -> Cycle:
    """The cycle that period `n` of a stay belongs to."""
    begun = Cycle(stay.cycle)
    return begun.other if stay.switch_period is not None and n >= stay.switch_period else begun


def to_come(stay: Stay) -> Cycle:
    """The cycle of the first period that has no bill yet."""
    return cycle_of(stay, stay.next_period)


def start_of(stay: Stay, n: int) -> date:
    """First day of period `n` (from 0) of a stay: the day on which its bill is due."""
    before = n if stay.switch_period is None else min(n, stay.switch_period)
    begins = start(stay.anchor_on, before, stay.cycle)
    return start(begins, n - before, cycle_of(stay, n)) if n > before else begins


def period_of(stay: Stay, n: int) -> tuple[date, date]:
    """First and last day of period `n` (from 0) of a stay."""
    return start_of(stay, n), start_of(stay, n + 1) - A_DAY


def number_in(stay: Stay, on: date) -> int:
    """The period of a stay that a day lies in; below 0 before the tenant came."""
    if stay.switch_period is not None and on >= (begins := start_of(stay, stay.switch_period)):
        return stay.switch_period + number(begins, on, cycle_of(stay, stay.switch_period))
    return number(stay.anchor_on, on, stay.cycle)


def begins_on_or_after(stay: Stay, on: date) -> int:
    """The first period that begins on a day or later."""
    return number_in(stay, on - A_DAY) + 1


def period_with(stay: Stay, on: date) -> tuple[date, date]:
    """First and last day of the period that a day lies in; the first one for days before it."""
    return period_of(stay, max(0, number_in(stay, on)))


def days_with(stay: Stay, on: date) -> int:
    """By how many days the price of the period that a day lies in is divided: 30, or the month's real days."""
    begins, ends = period_with(stay, on)
    return (ends - begins).days + 1


def share(stay: Stay, amount: int, first: date, last: date) -> int:
    """What some days cost of a price for a period, the last one included, in rupiah; rounded half up once."""
    part = _portion(first, last, lambda day: period_of(stay, number_in(stay, day)))
    return money.share(amount, part.numerator, part.denominator)
