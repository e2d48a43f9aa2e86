"""Months side by side, for any span: the dataset of a yearly report (KOS-15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.core.kernel import words
from tatausaha.core.ledger import chain, chart
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, queries
from tatausaha.core.reports.dataset import HEAD_SHOWN, SIGN, checked_at, checked_said


@dataclass(frozen=True)
class SpanRow:
    """An account over the months of the span."""

    code: str
    name: str
    amounts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Over the whole span."""
        return sum(self.amounts)


@dataclass(frozen=True)
class SpanData:
    """Months side by side, for any span: a year, ten years (KOS-15)."""

    code: str
    name: str
    zone: str
    yms: tuple[int, ...]
    income: tuple[SpanRow, ...]
    expense: tuple[SpanRow, ...]
    at: datetime
    head: str
    checked_at: datetime | None = None
    eliminated: int = 0
    changed: tuple[int, ...] = ()

    def foot(self) -> list[str]:
        """As of when, which head, which months were changed after their closing, and whether the books were even."""
        said = [
            _("Per %(at)s") % {"at": words.moment(self.at, self.zone)},
            _("segel %(head)s") % {"head": self.head},
        ]
        if self.changed:
            names = ", ".join(calendar.said(ym) for ym in self.changed)
            said.append(_("diubah setelah tutup: %(months)s") % {"months": names})
        return [*said, *checked_said(self.checked_at, self.zone)]

    def _column(self, rows: Sequence[SpanRow]) -> tuple[int, ...]:
        return tuple(sum(row.amounts[i] for row in rows) for i in range(len(self.yms)))

    @property
    def income_total(self) -> SpanRow:
        """All income."""
        return SpanRow("", _("Jumlah pendapatan"), self._column(self.income))

    @property
    def expense_total(self) -> SpanRow:
        """All expense."""
        return SpanRow("", _("Jumlah beban"), self._column(self.expense))

    @property
    def result(self) -> SpanRow:
        """Profit or loss of each month."""
        pairs = zip(self.income_total.amounts, self.expense_total.amounts, strict=True)
        return SpanRow("", _("Laba (rugi)"), tuple(earned - spent for earned, spent in pairs))


def span_data(
    units: Sequence[Unit], from_ym: int, to_ym: int, *, at: datetime, together: bool = False
) -> SpanData:
    """Income and expense by account and month over any span, from month rows, in a fixed number of queries."""
    chart_of, cells = queries.accounts(), queries.turnovers(units, from_ym, to_ym)
    yms = tuple(calendar.span(from_ym, to_ym))
    moved = {pk for pk, _ym in cells}

    def part(kind: str) -> tuple[SpanRow, ...]:
        rows = [
            SpanRow(
                chart_of[pk].code,
                chart_of[pk].name,
                tuple(
                    SIGN[kind] * (debit - credit)
                    for debit, credit in (cells.get((pk, ym), (0, 0)) for ym in yms)
                ),
            )
            for pk in moved
            if chart_of[pk].type == kind
        ]
        return tuple(sorted((row for row in rows if any(row.amounts)), key=lambda row: row.code))

    own = None if together else units[0]
    return SpanData(
        code=own.code if own else "semua",
        name=own.name if own else _("Semua unit usaha"),
        zone=units[0].zone,
        yms=yms,
        income=part("R"),
        expense=part("X"),
        at=at,
        head=chain.head()[:HEAD_SHOWN],
        checked_at=checked_at(),
        changed=tuple(
            sorted({seal.ym for seal in queries.seals_of(units, from_ym, to_ym) if seal.version > 1})
        ),
        eliminated=sum(cells.get((int(chart.BETWEEN_UNITS), ym), (0, 0))[0] for ym in yms) if together else 0,
    )
