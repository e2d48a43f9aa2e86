"""Many write at once: nobody waits in a circle, nothing is lost, a month that closes is closed."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart, queries
from tatausaha.core.ledger.models import Journal, Link, Seal, Unlinked
from tatausaha.core.ledger.services import Draft, Line, NotEnough, close_month, lock_month, post, post_many
from tatausaha.core.ledger.verification import verify
from tatausaha.core.people.actors import Machine
from tests.races.threads import errors, results, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.req("SYS-07")]

ACCOUNTS = (chart.BANK, chart.CAPITAL, chart.SALES_INCOME, chart.SERVICE_INCOME, "61301", "61401", "61501")


def on(moment, key, unit, rng):
    """The same, on the day of a moment."""
    return replace(hot(key, unit, rng), event_on=clock.day(moment, unit.zone))


def hot(key, unit, rng):
    """Money between two accounts that everybody uses, in any order."""
    here, there = rng.sample(ACCOUNTS, 2)
    amount = rng.randrange(1, 1000)
    return Draft(
        key,
        unit,
        "race",
        (Line(here, amount), Line(there, -amount)),
        datetime(2026, 3, 10, tzinfo=UTC).date(),
    )


@pytest.mark.req("SYS-07")
def test_three_writers_on_hot_accounts_never_deadlock(unit, unit_wita, unit_wit, at):
    units = (unit, unit_wita, unit_wit)

    def write(writer):
        rng = random.Random(writer)
        for batch in range(30):
            drafts = [hot(f"{writer}|{batch}|{i}", rng.choice(units), rng) for i in range(10)]
            post_many(drafts, by=Machine.CLOCK, at=at)

    outcomes = together([partial(write, writer) for writer in range(3)])

    assert errors(outcomes) == []
    assert Journal.objects.count() == 900
    assert verify() == []
    assert Link.objects.exclude(journal=None).count() == 900


def test_several_postings_of_one_transaction_in_one_unit_never_deadlock(unit, at):
    def write(writer):
        rng = random.Random(writer)
        for batch in range(20):
            with transaction.atomic():
                for i in range(4):
                    post(hot(f"{writer}|{batch}|{i}", unit, rng), by=Machine.CLOCK, at=at)

    assert errors(together([partial(write, writer) for writer in range(3)])) == []
    assert (Journal.objects.count(), verify()) == (240, [])


def test_one_key_posted_twenty_times_at_once_is_one_journal(draft, sari, unit, at):
    outcomes = together([lambda: post(draft(), by=sari, at=at)] * 20)

    assert errors(outcomes) == []
    assert len({one.pk for one in results(outcomes)}) == 1
    assert (Journal.objects.count(), queries.balance_now(chart.BANK, unit)) == (1, 1_000_000)


@pytest.mark.req("KOS-12")
def test_a_deposit_is_returned_once_however_many_try(draft, sari, rini, unit, at):
    post(draft("deposit|1", lines=(Line(chart.BANK, 500), Line(chart.DEPOSITS, -500, rini))), by=sari, at=at)

    def give_back(number):
        return post(
            draft(f"back|{number}", lines=(Line(chart.DEPOSITS, 500, rini), Line(chart.BANK, -500))),
            by=sari,
            at=at,
        )

    outcomes = together([partial(give_back, number) for number in range(10)])

    assert (len(results(outcomes)), {type(one) for one in errors(outcomes)}) == (1, {NotEnough})
    assert queries.party_balance(chart.DEPOSITS, unit, rini) == 0


@pytest.mark.req("KOS-17")
def test_after_a_month_is_locked_not_one_more_journal_gets_in(unit, hadi, at):
    post(hot("first", unit, random.Random(1)), by=Machine.CLOCK, at=at)
    closed = []

    def write(writer):
        rng = random.Random(writer)
        refused = 0
        for batch in range(40):
            try:
                post_many(
                    [hot(f"{writer}|{batch}|{i}", unit, rng) for i in range(5)], by=Machine.CLOCK, at=at
                )
            except Refused:
                refused += 1
        return refused

    def close():
        time.sleep(0.1)
        lock_month(unit, 202603, by=hadi, at=at, reason="Audit")
        closed.append(Journal.objects.count())
        return 0

    outcomes = together([*(partial(write, writer) for writer in range(3)), close])

    assert errors(outcomes) == []
    assert sum(results(outcomes)) > 0
    assert Journal.objects.count() == closed[0]
    assert verify() == []


@pytest.mark.req("KOS-17")
@pytest.mark.req("KOS-18")
def test_a_month_closed_while_its_last_second_still_writes_says_what_the_books_say(unit, sari):
    last = datetime(2026, 1, 31, 16, 59, 59, tzinfo=UTC)
    post(on(last, "first", unit, random.Random(1)), by=Machine.CLOCK, at=last)
    closed = []

    def write(writer):
        """Until the month is shut before it, and a little longer."""
        rng = random.Random(writer)
        refused = 0
        for turn in range(5000):
            try:
                post(on(last, f"{writer}|{turn}", unit, rng), by=Machine.CLOCK, at=last)
            except Refused:
                refused += 1
            if refused == 5:
                break
        return refused

    def close():
        time.sleep(0.1)
        closed.append(close_month(unit, 202601, by=sari, at=last + timedelta(seconds=2)))
        return 0

    outcomes = together([*(partial(write, writer) for writer in range(3)), close])

    assert errors(outcomes) == []
    assert results(outcomes) == [5, 5, 5, 0]
    assert Seal.objects.count() == 1
    assert closed[0].report["balances"] == queries.report_data(unit, 202601)["balances"]
    assert verify() == []


@pytest.mark.postgresql
def test_a_line_added_beside_an_uncommitted_header_is_refused(unit, draft, sari, at):
    """The header is not visible yet to the one who adds the line; the commit still refuses it."""
    journal = []
    last = "(SELECT last_value FROM ledger_journal_id_seq)"

    def add_line():
        time.sleep(0.3)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO ledger_entry (journal_id, line_no, account_id, unit_id, period_id, book_on, amount, tag)"
                f" VALUES ({last}, 3, 11201, %s, %s, '2026-03-10', 5, '')",
                [unit.pk, unit.pk * 1_000_000 + 202603],
            )
            time.sleep(1)

    def write():
        with transaction.atomic():
            journal.append(post(draft("second"), by=sari, at=at))
            time.sleep(0.8)

    post(draft("first"), by=sari, at=at)
    outcomes = together([write, add_line])

    assert outcomes[0].error is None
    assert "ledger:sealed" in str(outcomes[1].error)
    assert journal[0].entries.count() == 2


WRITER = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from tatausaha.core.ledger.services import Draft, Line, post, post_many
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import Unit
from django.db import connection
at = datetime(2026, 3, 10, 3, tzinfo=UTC)
unit = Unit.objects.get(code="melati")
def draft(key):
    return Draft(key, unit, "kill", (Line("11201", 5), Line("41301", -5)), at.date())
n = 0
while True:
    n += 1
    if n % 3:
        post(draft(f"{sys.argv[1]}|{n}"), by=Machine.CLOCK, at=at)
        print(f"{sys.argv[1]}|{n}", flush=True)
    else:
        keys = [f"{sys.argv[1]}|{n}|{i}" for i in range(50)]
        post_many([draft(key) for key in keys], by=Machine.CLOCK, at=at)
        print("\\n".join(keys), flush=True)
"""


@pytest.mark.req("SYS-04")
def test_a_process_killed_in_the_middle_of_a_batch_loses_nothing_that_it_acknowledged(unit):
    settings = connection.settings_dict
    address = (
        f"sqlite://{settings['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    )
    environment = os.environ | {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tatausaha.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    acknowledged = []
    for run in range(5):
        command = [sys.executable, "-c", WRITER, str(run)]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            first = process.stdout.readline()
            time.sleep(0.2 + 0.07 * run)
            process.send_signal(signal.SIGKILL)
            acknowledged += (first + process.stdout.read()).split()

    posted = set(Journal.objects.values_list("key", flat=True))
    missing = set(acknowledged) - posted
    whole = {key.rsplit("|", 1)[0] for key in posted if key.count("|") == 2}
    assert (missing, len(acknowledged) > 20) == (set(), True)
    assert all(sum(key.startswith(f"{batch}|") for key in posted) == 50 for batch in whole)
    assert verify() == []
    assert not Unlinked.objects.exists()
