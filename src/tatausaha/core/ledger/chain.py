"""The one chain over journals and events, forged right after the commit (ADR 12).

Each journal is sealed by its own hash when it is inserted. The chain adds the order: link n
covers link n-1, so nothing can be taken out or put in between. It is forged in a short
transaction of its own, so that postings never queue for it; what a crash left over is
forged with the next posting or by the worker's turn.
"""

import hashlib

from django.db import connection, transaction

from tatausaha.core.ledger import store
from tatausaha.core.ledger.models import Link

START = "0" * 64
"""What the first link follows."""


def link_hash(seq: int, prev: str, thing: str, content: str) -> str:
    """The hash of a link; `thing` is `journal:5` or `event:7`, `content` the thing's own hash."""
    return hashlib.sha256(f"{seq}|{prev}|{thing}|{content}".encode()).hexdigest()


def head() -> str:
    """The hash of the last link: what a printed month carries."""
    last = Link.objects.order_by("-seq").values_list("hash", flat=True).first()
    return last or START


def tail() -> tuple[int, str]:
    """Number and hash of the last link: what somebody outside may keep, so that nothing before it can be cut."""
    return Link.objects.order_by("-seq").values_list("seq", "hash").first() or (0, START)


def holds(seq: int, head: str) -> bool:
    """Whether the link of that number begins with this hash; without a number (0) whether any does."""
    if not seq and START.startswith(head):
        return True
    rows = Link.objects.filter(hash__startswith=head.lower())
    return (rows.filter(seq=seq) if seq else rows).exists()


def forge() -> int:
    """Link all that waits, journals by id and then events; returns how many.

    Whoever finds another at it leaves it to the other: what comes too late for that turn
    waits for the next. Safe at any time; called on commit and by the worker. PostgreSQL does
    it in a function of its own (migration 0002), one way there and back instead of six.
    """
    if store.on_postgres():
        return int(store.run([("SELECT ledger_forge(%s)", [not connection.in_atomic_block])])[0][0][0])
    with transaction.atomic():
        found = store.run(_LOOK_SQLITE)
        waiting = sorted(found[0], key=lambda row: (row[0] is None, row[0] or row[1]))
        if not waiting:
            return 0
        seq, prev = found[1][0] if found[1] else (0, START)
        rows = []
        for journal, event, content in waiting:
            seq += 1
            thing = f"event:{event}" if journal is None else f"journal:{journal}"
            new = link_hash(seq, prev, thing, content)
            rows.append((seq, journal, event, prev, new))
            prev = new
        store.run(store.insertion("ledger_link", ("seq", "journal_id", "event_id", "prev", "hash"), rows))
    return len(rows)


_LOOK_SQLITE: list[store.Statement] = [
    ("DELETE FROM ledger_unlinked RETURNING journal, event, hash", ()),
    ("SELECT seq, hash FROM ledger_link ORDER BY seq DESC LIMIT 1", ()),
]


def forge_on_commit() -> None:
    """Forge when the present transaction has been committed; once, however often it is asked for."""
    waiting: list[object] = [call for _savepoints, call, *_ in connection.run_on_commit]
    if forge not in waiting:
        transaction.on_commit(forge, robust=True)
