"""What the worker does for notices."""

from datetime import datetime

from tatausaha.core.notices import outbox


def send(at: datetime) -> int:
    """Send what is due."""
    return outbox.send_due(at=at)


def forget(at: datetime) -> int:
    """Drop the content of what was sent long ago."""
    return outbox.forget_sent(at=at)
