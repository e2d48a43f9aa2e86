"""What is asked of payments every night."""

from collections.abc import Iterator

from tatausaha.core.kernel.verifications import Finding
from tatausaha.core.payments import queries


def verify() -> Iterator[Finding]:
    """Whether every confirmed payment is booked and receipted, and nothing else is."""
    for sentence in queries.findings():
        yield Finding("payments", sentence)
