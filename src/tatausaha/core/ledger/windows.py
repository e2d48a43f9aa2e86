"""How far back managers may write: the running month, or the months of the running year that are not closed (rule 4).

The level of a month decides, in the database too; here is what the level of a month that is over is to be.
"""

from collections.abc import Collection, Iterable

from tatausaha.core.ledger.models import Event, Period, Seal, Window
from tatausaha.core.people.models import Unit

COMPANY, MONTH = Window.COMPANY, Window.Reach.MONTH.value


def said() -> dict[int, str]:
    """What the owner said, by unit; `COMPANY` for the whole company."""
    return dict(Window.objects.values_list("scope", "reach"))


def reach_of(unit: Unit) -> str:
    """What the owner said for the unit, else for the company, else the running month."""
    rows = dict(Window.objects.filter(scope__in=[Window.COMPANY, unit.pk]).values_list("scope", "reach"))
    return rows.get(unit.pk) or rows.get(Window.COMPANY) or Window.Reach.MONTH.value


def still_open(unit: Unit, yms: Iterable[int], running: int) -> set[int]:
    """Which of these months stay open to managers while `running` runs: over, of its year, not closed, not locked."""
    past = {ym for ym in yms if ym < running and ym // 100 == running // 100}
    if not past or reach_of(unit) != Window.Reach.YEAR:
        return set()
    return past - _closed(unit, past)


def _closed(unit: Unit, yms: Collection[int]) -> set[int]:
    """Months that were closed, or that the owner locked and did not open again."""
    closed = set(Seal.objects.filter(unit=unit, ym__in=yms).values_list("ym", flat=True))
    names = {f"{unit.code} {ym}": ym for ym in yms}
    told = Event.objects.filter(unit=unit, ref__in=names, what__in=["period.locked", "period.reopened"])
    last = {names[ref]: what for ref, what in told.order_by("pk").values_list("ref", "what")}
    return closed | {ym for ym, what in last.items() if what == "period.locked"}


def is_open_to_managers(unit: Unit, ym: int, running: int, level: int | None) -> bool:
    """Whether a manager may write a month that is over; the same that a posting would find.

    `level` is what the month's row asks, nothing where it has none yet.
    """
    if not (ym < running and ym // 100 == running // 100):
        return False
    if level is None or level == Period.RUNNING:
        return ym in still_open(unit, [ym], running)
    return level == Period.YEAR
