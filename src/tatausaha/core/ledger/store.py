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


def lock_units(unit_ids: Iterable[int]) -> None:
    """Queue for the books of these units until the transaction ends, always in the same order.

    On SQLite the transaction itself is the only writer. On PostgreSQL one lock a unit keeps
    several postings of one transaction from waiting for each other in a circle.
    """
    if not on_postgres():
        return
    ordered = sorted(unit_ids)
    calls = ", ".join(["pg_advisory_xact_lock(%s, %s)"] * len(ordered))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for unit_id in ordered for part in (LOCKS, unit_id)])


@dataclass
class Scene:
    """What a posting must know beforehand: open months, the last record, ids to hand out."""

    levels: dict[int, int]
    last_recorded: datetime | None
    books_from: date | None
    ids: list[int]


def scene(period_ids: Sequence[int], journals: int) -> Scene:
    """Read it in one statement; the ids are taken, gaps from refused postings do no harm."""
    new_ids = (
        "ARRAY(SELECT nextval('ledger_journal_id_seq') FROM generate_series(1, %s))"
        if on_postgres()
        else "coalesce(last.id, 0) + 0 * %s"
    )
    wanted = ", ".join(["%s"] * len(period_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {new_ids}, last.recorded_at, c.books_from, p.id, p.min_level FROM (SELECT 1 AS one) o"
            " LEFT JOIN (SELECT id, recorded_at FROM ledger_journal ORDER BY id DESC LIMIT 1) last ON 1 = 1"
            " LEFT JOIN people_company c ON 1 = 1"
            f" LEFT JOIN ledger_period p ON p.id IN ({wanted})",
            [journals, *period_ids],
        )
        rows = cursor.fetchall()
    first = rows[0]
    ids = sorted(first[0]) if on_postgres() else list(range(first[0] + 1, first[0] + journals + 1))
    return Scene(
        levels={row[3]: row[4] for row in rows if row[3] is not None},
        last_recorded=instant(first[1]),
        books_from=_day(first[2]),
        ids=ids,
    )


def posted(keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Journals that carry these keys already: id and fingerprint of the body by key."""
    found: dict[str, tuple[int, str]] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(keys), 5000):
            some = keys[start : start + 5000]
            wanted = ", ".join(["%s"] * len(some))
            cursor.execute(
                f"SELECT idem_key, id, body_hash FROM ledger_journal WHERE idem_key IN ({wanted})", list(some)
            )
            found |= {key: (pk, body) for key, pk, body in cursor.fetchall()}
    return found


def insert(table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows in as few statements as the parameters allow."""
    step = _MOST_PARAMETERS // len(columns)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), step):
            some = rows[start : start + step]
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES {marks(len(some), len(columns))}",
                [value for row in some for value in row],
            )


def insert_entries(rows: Sequence[Row]) -> None:
    """Lines first: they wait for their header within the transaction."""
    insert("ledger_entry", _ENTRY, rows)


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


def _upsert(
    table: str, keys: Sequence[str], turns: Mapping[Key, Turn], returning: str
) -> tuple[str, list[Any]]:
    rows = [(*key, *turn) for key, turn in sorted(turns.items())]
    columns = (*keys, "debit", "credit", "n")
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in ("debit", "credit", "n"))
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES {marks(len(rows), len(columns))}"
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {added}{returning}"
    )
    return statement, [value for row in rows for value in row]


@dataclass(frozen=True)
class Shortfall:
    """An account that would go below zero: with whom, and by how much."""

    account: int
    party: int | None
    amount: int


def add(turns: Turns) -> list[Shortfall]:
    """Add the turnover to the figures in key order; returns what it would push below zero."""
    statements = [
        _upsert("ledger_balance", ("account_id", "unit_id", "period_id"), turns.balances, ""),
        _upsert(
            "ledger_total", ("account_id", "unit_id"), turns.totals,
            f" RETURNING account_id, unit_id, CAST(NULL AS bigint), debit - credit, {_FLOOR % 'false'}",
        ),
    ]  # fmt: skip
    if turns.parties:
        statements.append(
            _upsert(
                "ledger_partytotal", ("account_id", "unit_id", "party_id"), turns.parties,
                f" RETURNING account_id, unit_id, party_id, debit - credit, {_FLOOR % 'true'}",
            )
        )  # fmt: skip
    short = []
    for account, unit, party, net, sign in _run(statements):
        turn = turns.totals[account, unit] if party is None else turns.parties[account, unit, party]
        if net * sign < 0 and (turn[0] - turn[1]) * sign < 0:
            short.append(Shortfall(account, party, abs(net)))
    return short


def _run(statements: Sequence[tuple[str, list[Any]]]) -> list[Row]:
    """Run the upserts: in one go on PostgreSQL, one by one on SQLite; returns the rows they return."""
    rows: list[Row] = []
    most = max(len(parameters) for _, parameters in statements)
    with connection.cursor() as cursor:
        if on_postgres() and most <= _MOST_PARAMETERS:
            names = [f"u{i}" for i in range(len(statements))]
            parts = ", ".join(
                f"{name} AS ({statement})" for name, (statement, _) in zip(names, statements, strict=True)
            )
            read = " UNION ALL ".join(f"SELECT * FROM {name}" for name in names[1:])
            cursor.execute(f"WITH {parts} {read}", [value for _, values in statements for value in values])
            return list(cursor.fetchall())
        for statement, parameters in statements:
            cursor.execute(statement, parameters)
            if " RETURNING " in statement:
                rows.extend(cursor.fetchall())
    return rows
