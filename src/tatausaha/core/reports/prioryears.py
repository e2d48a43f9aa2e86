"""A past year is corrected in that year, or in the running one as a line of its own (rules/ledger 13)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.chart import Own
from tatausaha.core.ledger.drafts import Line
from tatausaha.core.ledger.models import Account
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar

INCOME, EXPENSE = "49801", "69801"
OWN = (Own(INCOME, "Koreksi pendapatan tahun lalu"), Own(EXPENSE, "Koreksi beban tahun lalu"))
"""Accounts that the chart does not bring itself: what belongs to earlier years, told by itself."""
_PRIOR = {"R": INCOME, "X": EXPENSE}


class How(StrEnum):
    """Where a correction of a past year is booked."""

    RESTATE = "restate"
    CURRENT = "current"


def is_past_year(unit: Unit, ym: int, at: datetime) -> bool:
    """Whether the month lies in a year that is over in the unit's zone."""
    return ym // 100 < calendar.running(unit, at) // 100


def told_now(lines: Sequence[Line], ym: int, chart: Mapping[int, Account]) -> tuple[Line, ...]:
    """The lines as the running year tells them: income and expense of a past year on accounts of their own.

    The tag keeps the year and the account that they are of. Raises `Refused` where nothing would be left.
    """
    found = []
    for line in lines:
        account = chart[int(line.account)]
        prior = _PRIOR.get(account.type)
        tag = f"tahun lalu {ym // 100} {account.code}"
        found.append(line if prior is None else replace(line, account=prior, tag=tag))
    if len({line.account for line in found}) < len(found):
        raise Refused(
            _("Pindah antarakun yang sejenis tidak mengubah laba tahun ini. Pilih nyatakan ulang."),
            field="how",
        )
    return tuple(found)
