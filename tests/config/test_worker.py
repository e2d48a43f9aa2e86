"""The worker runs what is due, one worker at a time, and no task can stop another."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from tatausaha.config import worker
from tatausaha.config.leader import leadership
from tatausaha.config.worker import Worker
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.tasks import Task
from tatausaha.core.people.models import Company

pytestmark = pytest.mark.django_db


class Lead:
    """Holds or does not, as the test says."""

    trouble = ""

    def __init__(self, *, leads: bool = True) -> None:
        self.leads = leads

    def holds(self) -> bool:
        return self.leads

    def release(self) -> None:
        self.leads = False


def test_a_task_runs_at_once_and_then_at_its_pace(at: datetime, clock_at: Callable[[datetime], None]) -> None:
    seen: list[datetime] = []
    worker = Worker([Task("count", timedelta(minutes=1), seen.append)], Lead())

    for moment in (at, at + timedelta(seconds=59), at + timedelta(seconds=60), at + timedelta(seconds=61)):
        clock_at(moment)
        worker.turn()

    assert seen == [at, at + timedelta(seconds=60)]


def test_a_clock_set_back_does_not_silence_a_task(at: datetime, clock_at: Callable[[datetime], None]) -> None:
    seen: list[datetime] = []
    worker = Worker([Task("count", timedelta(days=1), seen.append)], Lead())

    for moment in (at, at - timedelta(hours=1)):
        clock_at(moment)
        worker.turn()

    assert seen == [at, at - timedelta(hours=1)]


def test_a_failing_task_is_logged_and_the_rest_runs(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_at: datetime) -> None:
        raise ZeroDivisionError

    ran: list[datetime] = []
    worker = Worker([Task("bad", timedelta(), fail), Task("good", timedelta(), ran.append)], Lead())

    with caplog.at_level(logging.ERROR):
        done = worker.turn()

    assert done == ["good"]
    assert len(ran) == 1
    assert "task bad failed" in caplog.text


def test_who_does_not_lead_does_nothing() -> None:
    ran: list[datetime] = []
    worker = Worker([Task("count", timedelta(), ran.append)], Lead(leads=False))

    assert worker.turn() == []
    assert ran == []


def test_a_worker_ends_what_it_has_running_before_another_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    lead, led = Lead(), list[bool]()
    task = Task("backup", timedelta(), lambda _at: None, end=lambda: led.append(lead.leads))
    stopped = Worker([task], lead)
    monkeypatch.setattr(worker, "connections", SimpleNamespace(close_all=lambda: None))

    stopped.stop()
    stopped.loop()

    assert (led, lead.leads) == ([True], False)


def test_each_turn_takes_the_time_machine_into_account(company: Company) -> None:
    seen: list[datetime] = []
    worker = Worker([Task("count", timedelta(), seen.append)], Lead())
    Company.objects.filter(pk=1).update(is_demonstration=True, clock_offset=timedelta(days=30))
    before = clock.now()

    worker.turn()

    assert seen[0] - before >= timedelta(days=30)


def test_one_leader_at_a_time_and_the_next_after_it_left() -> None:
    first, second = leadership("try"), leadership("try")
    try:
        assert first.holds()
        assert first.holds()
        assert not second.holds()

        first.release()

        assert second.holds()
    finally:
        first.release()
        second.release()


def test_another_lock_is_another_leadership() -> None:
    worker, preparation = leadership("one"), leadership("two")
    try:
        assert worker.holds()
        assert preparation.holds()
    finally:
        worker.release()
        preparation.release()
