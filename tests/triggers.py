"""Which triggers the migrations declared, and which the database has.

SQLite drops the triggers of a table when a later migration lays it anew, without a word. So what
the migrations say is listened to while they run, and compared with what is there afterwards.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Trigger = tuple[str, str]
"""Table and name."""

declared: set[Trigger] = set()
"""What the migrations of this database created and did not drop."""

_SAID = re.compile(
    r'CREATE\s+(?:CONSTRAINT\s+)?TRIGGER\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(?P<made>\w+)"?\s.*?\sON\s+"?(?P<table>\w+)"?'
    r'|DROP\s+TRIGGER\s+(?:IF\s+EXISTS\s+)?"?(?P<dropped>\w+)"?(?:\s+ON\s+"?(?P<of>\w+)"?)?',
    re.IGNORECASE | re.DOTALL,
)


def listen() -> Callable[[], None]:
    """Take down every trigger that is created or dropped by a migration, until the answer is called."""
    execute = BaseDatabaseSchemaEditor.execute

    def told(editor: Any, sql: Any, *args: Any, **more: Any) -> Any:
        _hear(str(sql))
        return execute(editor, sql, *args, **more)

    def stop() -> None:
        BaseDatabaseSchemaEditor.execute = execute  # type: ignore[method-assign]

    BaseDatabaseSchemaEditor.execute = told  # type: ignore[method-assign]
    return stop


def _hear(sql: str) -> None:
    for said in _SAID.finditer(sql):
        if said["made"]:
            declared.add((said["table"], said["made"]))
        else:
            gone = {one for one in declared if one[1] == said["dropped"] and said["of"] in (None, one[0])}
            declared.difference_update(gone)


def there() -> set[Trigger]:
    """The triggers that the database has."""
    sql = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        sql = "SELECT relname, tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(cursor.fetchall())
