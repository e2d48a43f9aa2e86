"""Several workers at once send an owner's summary once (boarding 16.2)."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import Draft, Line, install_chart, post
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


@pytest.mark.postgresql
def test_a_journal_that_is_written_with_a_lower_number_while_the_summary_is_made_is_in_it(
    unit, unit_wita, hadi
):
    """Numbers are handed out before the commit: the lower one may be seen after the higher one."""
    install_chart()
    policies.install(at=AT, on=AT.date() - timedelta(days=400))
    summarising.choose(hadi, rhythm="daily", hour=7, weekday=0, at=AT - timedelta(days=7))
    numbers = []

    def enter(place, amount):
        lines = (Line(chart.BANK, amount), Line(chart.SALES_INCOME, -amount))
        journal = post(Draft(f"s|{amount}", place, "test", lines, AT.date()), by=hadi, at=AT)
        numbers.append(journal.pk)

    def slow():
        with transaction.atomic():
            enter(unit, 100_000)
            time.sleep(1.5)

    def quick():
        time.sleep(0.5)
        enter(unit_wita, 20_000)

    def send():
        time.sleep(1)
        return summarising.send_due(AT)

    assert errors(together([slow, quick, send])) == []

    assert numbers[0] < numbers[1]
    money = Summary.objects.get().said[0]
    assert money["figure"] == "+Rp120.000"
