"""Many people at once: callables released together, each on a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection, connections

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What one of them got: a result, or the error that it met."""

    result: T | None = None
    error: BaseException | None = None


def together(acts: Sequence[Callable[[], T]], *, seconds: float = 120) -> list[Outcome[T]]:
    """Let all `acts` begin at the same moment in threads; their outcomes, in the order of `acts`.

    Needs a test with `django_db(transaction=True)`: inside the usual rolled-back
    transaction the others could see nothing, and on SQLite they would wait for ever.
    """
    assert not connection.in_atomic_block, "races need @pytest.mark.django_db(transaction=True)"
    outcomes: list[Outcome[T] | None] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(index: int, act: Callable[[], T]) -> None:
        try:
            gate.wait(timeout=seconds)
            outcomes[index] = Outcome(result=act())
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            outcomes[index] = Outcome(error=error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, act), daemon=True) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=seconds)
    assert not any(thread.is_alive() for thread in threads), f"stuck for {seconds} s"
    return [outcome for outcome in outcomes if outcome is not None]


def results(outcomes: Sequence[Outcome[T]]) -> list[T]:
    """What those who succeeded got."""
    return [outcome.result for outcome in outcomes if outcome.error is None]  # type: ignore[misc]


def errors(outcomes: Sequence[Outcome[T]]) -> list[BaseException]:
    """What the others met."""
    return [outcome.error for outcome in outcomes if outcome.error is not None]
