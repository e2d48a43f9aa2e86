"""Several workers at once send an owner's summary once (boarding 16.2)."""

from datetime import UTC, datetime, timedelta

import pytest

from tatausaha.core.ledger.services import install_chart
from tatausaha.core.notices.models import Outgoing
from tatausaha.core.procedures import policies
from tatausaha.core.reports import summarising
from tatausaha.core.reports.models import Summary
from tests.races.threads import errors, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.req("SYS-04")]

AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


@pytest.mark.usefixtures("unit")
def test_eight_workers_at_once_send_one_summary(hadi):
    install_chart()
    policies.install(at=AT, on=AT.date() - timedelta(days=400))
    summarising.choose(hadi, rhythm="daily", hour=7, weekday=0, at=AT - timedelta(days=7))

    outcomes = together([lambda: summarising.send_due(AT)] * 8)

    assert errors(outcomes) == []
    assert sum(outcome.result or 0 for outcome in outcomes) == 1
    assert (Summary.objects.count(), Outgoing.objects.count()) == (1, 1)
