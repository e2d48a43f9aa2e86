"""Writers wait in a first-come queue instead of SQLite's own retries, which starve.

Every transaction is `BEGIN IMMEDIATE`, so a writer takes its turn before it reads. The
queue holds inside one process; other processes still meet SQLite's own lock.
"""

import collections
import threading
from typing import Any

from django.db.backends.sqlite3 import base


class Queue:
    """A lock that is given in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: collections.deque[threading.Lock] = collections.deque()
        self._held = False

    def acquire(self) -> None:
        """Wait for the turn."""
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def release(self) -> None:
        """Hand the turn to whoever waits longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


_queues: dict[str, Queue] = collections.defaultdict(Queue)


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite with fair writers."""

    _has_turn = False

    def _queue(self) -> Queue:
        return _queues[str(self.settings_dict["NAME"])]

    def _start_transaction_under_autocommit(self) -> None:
        self._queue().acquire()
        self._has_turn = True
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_up_turn()
            raise

    def _give_up_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._queue().release()

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._give_up_turn()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._give_up_turn()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._give_up_turn()
