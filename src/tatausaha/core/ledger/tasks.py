"""What the worker and `tatausaha verify` do for the books."""

from collections.abc import Iterator
from datetime import datetime

from tatausaha.core.kernel import verifications
from tatausaha.core.ledger.chain import forge
from tatausaha.core.ledger.verification import verify


def link_what_waits(_at: datetime) -> int:
    """Link journals and events that a crash left unlinked; almost always none (ADR 0012)."""
    return forge()


def verify_books() -> Iterator[verifications.Finding]:
    """What does not hold in the books, for the command line."""
    for one in verify():
        where = "" if one.journal is None else f"journal {one.journal}"
        yield verifications.Finding(one.code, one.sentence, where)
