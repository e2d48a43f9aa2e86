"""The ledger's own SQL: few statements, sorted keys, sums added by the database itself.

Names of tables and columns are written here; values only ever travel as parameters.
"""
# ruff: noqa: S608

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

LOCKS = 7101
"""First half of the advisory locks of units on PostgreSQL."""
CHAIN_LOCK = 7102
_MOST_PARAMETERS = 30_000
_ENTRY = (
    "journal_id",
    "line_no",
    "account_id",
    "unit_id",
    "period_id",
    "party_id",
    "book_on",
    "amount",
    "tag",
)

Row = tuple[Any, ...]
Key = tuple[int, ...]
Turn = list[int]


def on_postgres() -> bool:
    """Whether rows, not the whole file, are what writers lock."""
    return connection.vendor == "postgresql"


def stamp(at: datetime) -> Any:
    """An instant as the database stores it."""
    return connection.ops.adapt_datetimefield_value(at)


def instant(stored: Any) -> datetime | None:
    """An instant as read by raw SQL."""
    if isinstance(stored, str):
        stored = datetime.fromisoformat(stored)
    if not isinstance(stored, datetime):
        return None
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def _day(stored: Any) -> date | None:
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def marks(rows: int, columns: int) -> str:
    """The placeholders of a VALUES list."""
    one = f"({', '.join(['%s'] * columns)})"
    return ", ".join([one] * rows)


Statement = tuple[str, Sequence[Any]]


def run(statements: Sequence[Statement]) -> list[list[Row]]:
    """Run statements in order; returns the rows of each.

    PostgreSQL gets them in one go, as the way there and back costs more than the work.
    """
    rows: list[list[Row]] = []
    with connection.cursor() as cursor:
        if on_postgres():
            cursor.execute(
                "; ".join(text for text, _ in statements),
                [value for _, values in statements for value in values],
            )
            for _ in statements:
                rows.append(list(cursor.fetchall()) if cursor.description else [])
                cursor.nextset()
            return rows
        for text, values in statements:
            cursor.execute(text, values)
            rows.append(list(cursor.fetchall()) if cursor.description else [])
    return rows


def _lock(unit_ids: Iterable[int]) -> list[Statement]:
    if not on_postgres():
        return []
    ordered = sorted(unit_ids)
    calls = ", ".join(["pg_advisory_xact_lock(%s, %s)"] * len(ordered))
    return [(f"SELECT {calls}", [part for unit_id in ordered for part in (LOCKS, unit_id)])]


def lock_units(unit_ids: Iterable[int]) -> None:
    """Queue for the books of these units until the transaction ends, always in the same order.

    On SQLite the transaction itself is the only writer. On PostgreSQL one lock a unit keeps
    several postings of one transaction from waiting for each other in a circle.
    """
    run(_lock(unit_ids))


@dataclass
class Scene:
    """What a posting must know beforehand: open months, the last record, ids to hand out."""

    levels: dict[int, int]
    last_recorded: datetime | None
    books_from: date | None
    ids: list[int]


Posted = dict[str, tuple[int, str]]


def look(unit_ids: Iterable[int], keys: Sequence[str], period_ids: Sequence[int]) -> tuple[Posted, Scene]:
    """Lock the units' books, then read what a posting must know.

    Gives the journals that carry one of the keys already (id and fingerprint of the body), and
    the scene. Ids that are handed out and not used leave gaps, which do no harm.
    """
    lock = _lock(unit_ids)
    asked = [(_POSTED % _list(some), some) for some in _slices(keys, _MOST_KEYS)]
    new_ids = _NEW_IDS_POSTGRES if on_postgres() else _NEW_IDS_SQLITE
    scene = (_SCENE % (new_ids, _list(period_ids)), [len(keys), *period_ids])
    answers = run([*lock, *asked, scene])
    posted = {key: (pk, body) for rows in answers[len(lock) : -1] for key, pk, body in rows}
    rows = answers[-1]
    first = rows[0]
    ids = sorted(first[0]) if on_postgres() else list(range(first[0] + 1, first[0] + len(keys) + 1))
    levels = {row[3]: row[4] for row in rows if row[3] is not None}
    return posted, Scene(levels, instant(first[1]), _day(first[2]), ids)


_MOST_KEYS = 5000
_POSTED = "SELECT idem_key, id, body_hash FROM ledger_journal WHERE idem_key IN (%s)"
_NEW_IDS_POSTGRES = "ARRAY(SELECT nextval('ledger_journal_id_seq') FROM generate_series(1, %s))"
_NEW_IDS_SQLITE = "coalesce(last.id, 0) + 0 * %s"
_SCENE = (
    "SELECT %s, last.recorded_at, c.books_from, p.id, p.min_level FROM (SELECT 1 AS one) o"
    " LEFT JOIN (SELECT id, recorded_at FROM ledger_journal ORDER BY id DESC LIMIT 1) last ON 1 = 1"
    " LEFT JOIN people_company c ON 1 = 1 LEFT JOIN ledger_period p ON p.id IN (%s)"
)


def _list(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _slices(rows: Sequence[Any], step: int) -> list[Sequence[Any]]:
    return [rows[start : start + step] for start in range(0, len(rows), step)]


def insertion(table: str, columns: Sequence[str], rows: Sequence[Row]) -> list[Statement]:
    """Statements that insert rows: as arrays, one a column, on PostgreSQL; as few as fit on SQLite."""
    head = f"INSERT INTO {table} ({', '.join(columns)})"
    if on_postgres():
        if not rows:
            return []
        arrays = ", ".join(f"%s::{_TYPES.get(name, 'bigint')}[]" for name in columns)
        return [
            (f"{head} SELECT * FROM unnest({arrays})", [list(column) for column in zip(*rows, strict=True)])
        ]
    return [
        (f"{head} VALUES {marks(len(some), len(columns))}", [value for row in some for value in row])
        for some in _slices(rows, _MOST_PARAMETERS // len(columns))
    ]


_TYPES = dict.fromkeys(
    ("idem_key", "body_hash", "kind", "source_type", "actor_kind", "reason", "tag", "memo", "hash", "prev"),
    "text",
) | {"book_on": "date", "event_on": "date", "recorded_at": "timestamptz"}


@dataclass
class Turns:
    """Debit, credit and count by key, added up in memory before anything is locked."""

    balances: dict[Key, Turn] = field(default_factory=dict)
    totals: dict[Key, Turn] = field(default_factory=dict)
    parties: dict[Key, Turn] = field(default_factory=dict)

    def take(self, account: int, unit: int, period: int, party: int | None, amount: int) -> None:
        """Add one line."""
        debit, credit = (amount, 0) if amount > 0 else (0, -amount)
        places = [(self.balances, (account, unit, period)), (self.totals, (account, unit))]
        if party is not None:
            places.append((self.parties, (account, unit, party)))
        for place, key in places:
            turn = place.setdefault(key, [0, 0, 0])
            turn[0] += debit
            turn[1] += credit
            turn[2] += 1


_SIGN = "CASE WHEN type IN ('A', 'X') THEN 1 ELSE -1 END"
_FLOOR = (
    f"(SELECT CASE WHEN never_negative AND needs_party = %s THEN {_SIGN} ELSE 0 END"
    " FROM ledger_account WHERE ledger_account.id = account_id)"
)


def _upserts(table: str, keys: Sequence[str], turns: Mapping[Key, Turn], returning: str) -> list[Statement]:
    columns = (*keys, "debit", "credit", "n")
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in ("debit", "credit", "n"))
    on_clash = f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {added}{returning}"
    rows = [(*key, *turn) for key, turn in sorted(turns.items())]
    return [(text + on_clash, values) for text, values in insertion(table, columns, rows)]


@dataclass(frozen=True)
class Shortfall:
    """An account that would go below zero: with whom, and by how much."""

    account: int
    party: int | None
    amount: int


def write(
    journals: Sequence[Row], columns: Sequence[str], entries: Sequence[Row], turns: Turns
) -> list[Shortfall]:
    """Lines, headers, then the figures in key order; returns what would be pushed below zero."""
    statements = [
        *insertion("ledger_entry", _ENTRY, entries),
        *insertion("ledger_journal", columns, journals),
        *_upserts("ledger_balance", ("account_id", "unit_id", "period_id"), turns.balances, ""),
        *_upserts("ledger_total", ("account_id", "unit_id"), turns.totals, _RETURN_TOTAL),
        *_upserts("ledger_partytotal", ("account_id", "unit_id", "party_id"), turns.parties, _RETURN_PARTY),
    ]
    short = []
    for account, unit, party, net, sign in (row for rows in run(statements) for row in rows):
        turn = turns.totals[account, unit] if party is None else turns.parties[account, unit, party]
        if net * sign < 0 and (turn[0] - turn[1]) * sign < 0:
            short.append(Shortfall(account, party, abs(net)))
    return short


_RETURN_TOTAL = f" RETURNING account_id, unit_id, CAST(NULL AS bigint), debit - credit, {_FLOOR % 'false'}"
_RETURN_PARTY = f" RETURNING account_id, unit_id, party_id, debit - credit, {_FLOOR % 'true'}"
