"""What the worker does for the books."""

from datetime import datetime

from tatausaha.core.ledger import chain


def link_waiting(_at: datetime) -> int:
    """Forge the links of journals and events that wait for the chain; how many."""
    return chain.forge()
