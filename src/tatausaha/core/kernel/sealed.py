"""Tables whose rows are written once: triggers refuse every change, on both databases."""

from typing import Any

from django.db.migrations.operations import RunPython

_FUNCTION = """
CREATE OR REPLACE FUNCTION tatausaha_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql
"""


def append_only(table: str, *, allowed: tuple[str, ...] = ()) -> RunPython:
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

    return RunPython(forwards, backwards)


def _events(editor: Any, table: str, allowed: tuple[str, ...]) -> dict[str, str]:
    # TRUNCATE is left to the grants of the application's database role: test runs empty their tables with it.
    with editor.connection.cursor() as cursor:
        described = editor.connection.introspection.get_table_description(cursor, table)
    kept = ", ".join(editor.quote_name(column.name) for column in described if column.name not in allowed)
    return {"no_update": f"UPDATE OF {kept}", "no_delete": "DELETE"}
