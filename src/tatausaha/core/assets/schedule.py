"""How an asset loses its value: straight line, month by month, exact to the rupiah (rules/ledger 12).

`cumulative(k)` is what is written off after k of n months, rounded once; a month takes the
difference of two of these, so the months always add up to the whole, whatever the cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tatausaha.core.ledger import months


def cumulative(base: int, n: int, k: int) -> int:
    """What of `base` rupiah is written off after `k` of `n` months, rounded half up; all of it after the last."""
    k = min(max(k, 0), n)
    return (2 * base * k + n) // (2 * n) if n else 0


def distance(first: int, last: int) -> int:
    """Months from `first` to `last`, both included; 0 or less where `last` comes before."""
    return (last // 100 - first // 100) * 12 + last % 100 - first % 100 + 1


def later(ym: int, by: int) -> int:
    """The month that comes `by` months later."""
    turned = ym // 100 * 12 + ym % 100 - 1 + by
    return turned // 12 * 100 + turned % 12 + 1


@dataclass(frozen=True)
class Plan:
    """So many rupiah in so many months from a first month on (202603); without months, never."""

    base: int
    months: int
    first: int

    @property
    def last(self) -> int:
        """The month that takes the rest; the one before the first where nothing is to be taken."""
        return later(self.first, self.months - 1)

    def by(self, ym: int) -> int:
        """What is written off when the month ends."""
        return cumulative(self.base, self.months, distance(self.first, ym))

    def of(self, ym: int) -> int:
        """What the month itself takes."""
        return self.by(ym) - self.by(months.before(ym))

    def due(self, upto: int) -> Iterator[int]:
        """Its months up to the end of `upto`."""
        for number in range(min(self.months, max(distance(self.first, upto), 0))):
            yield later(self.first, number)
