"""What the worker does for bills."""

from collections.abc import Iterator
from datetime import datetime

from tatausaha.core.billing import queries, services
from tatausaha.core.kernel.verifications import Finding


def recognise_due(at: datetime) -> int:
    """Book the income of bills whose due date has come; how many."""
    return services.recognise_due(at)


def verify() -> Iterator[Finding]:
    """Whether held money, bills and the books agree."""
    for sentence in queries.holding_findings():
        yield Finding("billing", sentence)
