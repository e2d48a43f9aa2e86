"""The one chain over journals and events, forged right after the commit (ADR 0021).

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


def forge() -> int:
    """Link all that waits, journals by id and then events; returns how many.

    Whoever finds another at it leaves it to the other: what comes too late for that turn
    waits for the next. Safe at any time; called on commit and by the worker.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if store.on_postgres():
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [store.CHAIN_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        cursor.execute("DELETE FROM ledger_unlinked RETURNING journal, event, hash")
        waiting = sorted(cursor.fetchall(), key=lambda row: (row[0] is None, row[0] or row[1]))
        if not waiting:
            return 0
        cursor.execute("SELECT seq, hash FROM ledger_link ORDER BY seq DESC LIMIT 1")
        seq, prev = cursor.fetchone() or (0, START)
        rows = []
        for journal, event, content in waiting:
            seq += 1
            thing = f"event:{event}" if journal is None else f"journal:{journal}"
            new = link_hash(seq, prev, thing, content)
            rows.append((seq, journal, event, prev, new))
            prev = new
        store.insert("ledger_link", ("seq", "journal_id", "event_id", "prev", "hash"), rows)
    return len(rows)


def forge_on_commit() -> None:
    """Forge when the present transaction has been committed; once, however often it is asked for."""
    waiting = [call for _savepoints, call, *_ in connection.run_on_commit]
    if forge not in waiting:
        transaction.on_commit(forge, robust=True)
