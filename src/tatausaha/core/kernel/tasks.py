"""What the worker does again and again; rooms register it in `apps.py`.

A task must be idempotent: it runs again after a failure, after a restart, and at once
after the time machine jumped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Task:
    """`run(at)` is called every so often, in the company's time, by one worker at a time.

    What may take minutes and is no work of the company's own time runs `aside`: in a thread of its
    own, and not when the time machine lives through the days. `end` is called when the thread ends.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], object]
    aside: bool = False
    end: Callable[[], None] | None = None


registry: dict[str, Task] = {}


def register(*tasks: Task) -> None:
    """Make tasks known; they run in the order in which they were registered."""
    for task in tasks:
        assert registry.get(task.name, task) == task, f"two tasks are called {task.name}"
        registry[task.name] = task


def all_of(*, aside: bool) -> list[Task]:
    """The tasks of the worker itself, or those that run beside it."""
    return [task for task in registry.values() if task.aside == aside]
