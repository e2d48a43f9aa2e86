"""What the worker does again and again; rooms register it in `apps.py`.

A task must be idempotent: it runs again after a failure, after a restart, and at once
after the time machine jumped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Task:
    """`run(at)` is called every so often, in the company's time, by one worker at a time."""

    name: str
    every: timedelta
    run: Callable[[datetime], object]


registry: dict[str, Task] = {}


def register(*tasks: Task) -> None:
    """Make tasks known; they run in the order in which they were registered."""
    for task in tasks:
        assert registry.get(task.name, task) == task, f"two tasks are called {task.name}"
        registry[task.name] = task
