"""What the worker does for the engine."""

from datetime import datetime

from tatausaha.core.procedures import services


def move_overdue(at: datetime) -> int:
    """Take the clock's step of every case whose deadline has passed; how many moved."""
    return services.sweep(at=at)
