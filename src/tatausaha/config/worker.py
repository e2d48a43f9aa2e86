"""The worker: runs the rooms' periodic tasks, one worker at a time, each task on its own."""

import logging
import signal
import threading
import time
from collections.abc import Iterable
from datetime import datetime
from multiprocessing import util
from types import FrameType

from django.db import close_old_connections, connections

from tatausaha.config.leader import Leadership, leadership
from tatausaha.core.kernel import clock, tasks
from tatausaha.core.people import queries

TICK = 1.0
"""Seconds between two looks at what is due."""
LOCK = "worker"
LOCK_ASIDE = "aside"
PATIENCE = 20.0
"""Seconds that a stopping process waits for the task in hand."""

log = logging.getLogger(__name__)


class Worker:
    """A loop over tasks. A task that fails is logged and tried again at its next turn."""

    def __init__(self, todo: Iterable[tasks.Task], lead: Leadership) -> None:
        self._todo = list(todo)
        self._lead = lead
        self._last: dict[str, datetime] = {}
        self._stopping = threading.Event()

    def turn(self) -> list[str]:
        """Run what is due now, in order; the names of the tasks that ran and did not fail."""
        if not self._lead.holds():
            return []
        clock.set_offset(queries.offset_of(queries.company()))
        return [task.name for task in self._todo if self._is_due(task, clock.now()) and self._ran(task)]

    def _is_due(self, task: tasks.Task, at: datetime) -> bool:
        """At its hour, and whenever the clock was moved, forward or back."""
        last = self._last.get(task.name)
        return last is None or at >= last + task.every or at < last

    def _ran(self, task: tasks.Task) -> bool:
        at = self._last[task.name] = clock.now()
        began = time.monotonic()
        try:
            task.run(at)
        except Exception:
            log.exception("task %s failed after %.1f s", task.name, time.monotonic() - began)
            connections.close_all()
            return False
        return True

    def loop(self) -> None:
        """Turn after turn until `stop`."""
        while not self._stopping.is_set():
            try:
                close_old_connections()
                self.turn()
            except Exception:
                log.exception("the worker could not look at its tasks")
                connections.close_all()
            self._stopping.wait(TICK)
        self.end()
        self._lead.release()
        connections.close_all()

    def end(self) -> None:
        """Let the tasks end what they have running."""
        for task in self._todo:
            if task.end is not None:
                task.end()

    def stop(self) -> None:
        """Let the task in hand be the last one."""
        self._stopping.set()


def _workers() -> list[Worker]:
    """The worker, and the one for what takes long, which keeps nobody waiting."""
    return [
        Worker(tasks.all_of(aside=False), leadership(LOCK)),
        Worker(tasks.all_of(aside=True), leadership(LOCK_ASIDE)),
    ]


def start_thread() -> list[threading.Thread]:
    """Run the workers beside the requests of this process; they end with it, the task in hand finished."""
    return [_start(worker, name) for worker, name in zip(_workers(), ("worker", "aside"), strict=True)]


def _start(worker: Worker, name: str) -> threading.Thread:
    thread = threading.Thread(target=worker.loop, name=name, daemon=True)

    def finish() -> None:
        worker.stop()
        thread.join(timeout=PATIENCE)
        worker.end()

    util.Finalize(None, finish, exitpriority=10)
    thread.start()
    return thread


def run_alone() -> None:
    """Run the workers as the only thing of this process, until SIGTERM or Ctrl-C."""
    worker, aside = _workers()

    def leave(_number: int, _frame: FrameType | None) -> None:
        worker.stop()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    beside = threading.Thread(target=aside.loop, name="aside", daemon=True)
    beside.start()
    worker.loop()
    aside.stop()
    beside.join(timeout=PATIENCE)
    aside.end()
