"""What the report of a month says of depreciation: what was booked, and what of it made up for missed months."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.core.assets import accounts, queries
from tatausaha.core.kernel import words
from tatausaha.core.ledger import months
from tatausaha.core.people.models import Unit
from tatausaha.core.reports.sections import Line, Section


def lines(units: Sequence[Unit], ym: int, _at: datetime) -> list[Line]:
    """The months that were written off in this one; nothing where there was nothing to write off."""
    own, late = queries.booked_in(units, ym)
    if not own and not late:
        return []
    found = [Line(_("Penyusutan bulan ini"), own, url=reverse("depreciation"))]
    if late:
        first, last = min(late), max(late)
        said = _("untuk %(first)s") if first == last else _("untuk %(first)s sampai %(last)s")
        span = {"first": words.month(months.first_day(first)), "last": words.month(months.first_day(last))}
        found.append(Line(_("Penyusutan susulan"), sum(late.values()), note=said % span))
    return found


SECTION = Section(
    "depreciation", gettext_lazy("Penyusutan aset"), lines, 60, accounts=(accounts.DEPRECIATION,)
)
