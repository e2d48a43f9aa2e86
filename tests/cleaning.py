"""How tests with real transactions leave the database as the migrations made it.

Sealed tables refuse DELETE and TRUNCATE by triggers, rightly. So the cleaning puts the
triggers aside for a moment, empties every table, and puts back the rows that the
migrations had laid.
"""

from collections.abc import Sequence
from typing import Any

from django.core.management.commands import flush
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

Rows = list[tuple[Any, ...]]


def install() -> None:
    """Replace the flush of the database in use; called once, right after the migrations.

    For the class of connection, not for one: once a browser's event loop runs in the test's
    thread, Django gives the thread another connection.
    """
    laid = _rows_of_migrations()

    def empty(_operations: BaseDatabaseOperations, _statements: Sequence[str]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            _empty_all(cursor)
            for (table, columns), rows in laid.items():
                marks = ", ".join(["%s"] * len(columns))
                names = ", ".join(connection.ops.quote_name(name) for name in columns)
                cursor.executemany(
                    f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({marks})",
                    rows,
                )

    type(connection.ops).execute_sql_flush = empty  # type: ignore[method-assign]
    flush.emit_post_migrate_signal = lambda *_, **__: None


def _tables() -> list[str]:
    every = connection.introspection.table_names(include_views=False)
    return sorted(name for name in every if name != "django_migrations" and not name.startswith("sqlite_"))


def _rows_of_migrations() -> dict[tuple[str, tuple[str, ...]], Rows]:
    laid = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if rows := cursor.fetchall():
                laid[table, tuple(column[0] for column in cursor.description)] = rows
    return laid


def _empty_all(cursor: Any) -> None:
    names = [connection.ops.quote_name(name) for name in _tables()]
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        return
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    cursor.execute("PRAGMA defer_foreign_keys = ON")
    for name, _ in triggers:
        cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
    for name in names:
        cursor.execute(f"DELETE FROM {name}")
    for _, statement in triggers:
        cursor.execute(statement, None)
