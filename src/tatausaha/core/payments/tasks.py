"""What is asked of payments every night."""

from collections.abc import Iterator

from tatausaha.core.kernel.verifications import Finding
from tatausaha.core.payments import verification


def verify() -> Iterator[Finding]:
    """Whether payments, refunds, expenses, receipts and the books say the same."""
    for sentence in verification.findings():
        yield Finding("payments", sentence)
