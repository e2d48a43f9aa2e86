"""The chart, and short words for drafts."""

from collections.abc import Callable
from datetime import date

import pytest

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import Draft, Line, install_chart
from tatausaha.core.people.models import Unit


@pytest.fixture(autouse=True)
def _chart(company: object) -> None:
    install_chart()


@pytest.fixture
def draft(unit: Unit) -> Callable[..., Draft]:
    """A journal of Kos Melati: bank against service income, or the lines that are given."""

    def make(
        key: str = "melati|invoice|1|issued|1",
        *,
        event_on: date = date(2026, 3, 10),
        amount: int = 1_000_000,
        lines: tuple[Line, ...] = (),
        **more: object,
    ) -> Draft:
        default = (Line(chart.BANK, amount), Line(chart.SERVICE_INCOME, -amount))
        given = {"unit": unit, "kind": "test", "lines": lines or default, "event_on": event_on} | more
        return Draft(key=key, **given)

    return make
