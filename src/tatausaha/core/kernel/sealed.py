"""Tables whose rows are written once: triggers refuse every change, on both databases."""

from typing import Any

from django.db.migrations.operations import RunPython
from django.db.migrations.state import StateApps

_FUNCTION = """
CREATE OR REPLACE FUNCTION tatausaha_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql
"""


class OnTables(RunPython):
    """Runs code that needs tables and no model: it is handed an empty registry.

    A plain `RunPython` makes every model of the project anew first, a millisecond or so for each of a
    hundred; over all seals that was a fifth of what the migrations of a fresh installation cost.
    """

    def database_forwards(self, app_label: Any, schema_editor: Any, from_state: Any, to_state: Any) -> None:  # noqa: ARG002 - Django's
        """Run it forwards."""
        self.code(StateApps([], {}), schema_editor)


def append_only(table: str, *, allowed: tuple[str, ...] = ()) -> OnTables:
    """A migration operation: no UPDATE and no DELETE on `table`, not even by raw SQL.

    `allowed` names columns that may still change (a file's new place, for instance); every
    other column stays as it was written, and rows are never deleted.
    """

    def forwards(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            for name, event in _events(editor, table, allowed).items():
                editor.execute(
                    f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
                )
            return
        editor.execute(_FUNCTION, params=None)  # its % is the function's own
        for name, event in _events(editor, table, allowed).items():
            editor.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION tatausaha_refuse_change()"
            )

    def backwards(_apps: Any, editor: Any) -> None:
        for name in ("no_update", "no_delete"):
            on = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")

    return OnTables(forwards, backwards)


def _events(editor: Any, table: str, allowed: tuple[str, ...]) -> dict[str, str]:
    with editor.connection.cursor() as cursor:
        described = editor.connection.introspection.get_table_description(cursor, table)
    kept = ", ".join(editor.quote_name(column.name) for column in described if column.name not in allowed)
    return {"no_update": f"UPDATE OF {kept}", "no_delete": "DELETE"}


def never_truncated(*tables: str) -> OnTables:
    """A migration operation: on PostgreSQL, TRUNCATE empties none of these tables, not even for their owner."""

    def forwards(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            return  # there is no TRUNCATE; DELETE asks the triggers
        editor.execute(_FUNCTION, params=None)
        for table in tables:
            editor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION tatausaha_refuse_change()"
            )

    def backwards(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor != "sqlite":
            for table in tables:
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")

    return OnTables(forwards, backwards)


def never_replaced(*tables: str) -> OnTables:
    """A migration operation: on SQLite, `INSERT OR REPLACE` takes the place of no row of these tables.

    SQLite asks the triggers of DELETE for a replaced row only while `recursive_triggers` is on,
    which any connection may turn off. The refusal reads like the one of the unique constraint
    that would be hit, so that a clash is said in the same words as before.
    """

    def forwards(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            for table in tables:
                editor.execute(_no_replace(editor.connection, table), params=None)

    def backwards(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            for table in tables:
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_replace")

    return OnTables(forwards, backwards)


def _no_replace(connection: Any, table: str) -> str:
    with connection.cursor() as cursor:
        columns = [row[1] for row in cursor.execute(f"PRAGMA table_info({table})").fetchall()]
        keys = [(("id",), "")]
        for row in cursor.execute(f"PRAGMA index_list({table})").fetchall():
            if row[2]:
                named = cursor.execute(f"PRAGMA index_info({row[1]})").fetchall()
                cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [row[1]])
                condition = (cursor.fetchone()[0] or "").partition(" WHERE ")[2]
                keys.append((tuple(one[2] for one in named), condition))
    new = ", ".join(f'NEW."{name}" AS "{name}"' for name in columns)
    refusals = []
    for names, condition in keys:
        assert all(names), f"{table} has a unique index over an expression"
        same = " AND ".join(f'"{name}" = NEW."{name}"' for name in names)
        if condition:
            same += f" AND {condition} AND EXISTS (SELECT 1 FROM (SELECT {new}) WHERE {condition})"  # noqa: S608
        said = f"UNIQUE constraint failed: {', '.join(f'{table}.{name}' for name in names)}"
        refusals.append(f"SELECT RAISE(ABORT, '{said}') WHERE EXISTS (SELECT 1 FROM {table} WHERE {same});")  # noqa: S608
    return f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} BEGIN {' '.join(refusals)} END"
