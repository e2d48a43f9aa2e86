"""The application's own role on PostgreSQL: it reads and adds to sealed tables, and changes nothing there.

Triggers hold the seals against everybody; who owns the tables could still switch them off.
A role that owns nothing cannot (rules of the ledger; SYS-10). What it may do follows from
the tables and from the triggers that refuse.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from tatausaha.core.kernel.errors import Refused

REFUSING = ("tatausaha_refuse_change", "ledger_refuse_change", "people_append_only")
"""Functions of triggers that refuse whatever is tried."""
SOMETIMES = {("people_personchange", "DELETE")}
"""Refused too, except when a person is forgotten: that is the trigger's to know."""
READ_ONLY = {"django_migrations"}
CHANGES = ("UPDATE", "DELETE")

_SEALS = """
SELECT t.relname,
       (g.tgtype & 8) <> 0, (g.tgtype & 16) <> 0,
       ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = ANY(g.tgattr::int2[]))
  FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid JOIN pg_proc f ON f.oid = g.tgfoid
 WHERE NOT g.tgisinternal AND g.tgqual IS NULL AND (g.tgtype & 2) <> 0 AND f.proname = ANY(%s)
   AND t.relnamespace = current_schema()::regnamespace
"""
_TABLES = """
SELECT t.relname, ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0
                         AND NOT a.attisdropped ORDER BY a.attnum)
  FROM pg_class t WHERE t.relkind IN ('r', 'p') AND t.relnamespace = current_schema()::regnamespace ORDER BY 1
"""
_ROLE = """
SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls
       OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid)
       OR EXISTS (SELECT 1 FROM pg_auth_members WHERE member = r.oid)
  FROM pg_roles r WHERE rolname = %s
"""


@dataclass(frozen=True)
class Rights:
    """What the role may do with a table; `columns` are those that may change in a sealed one."""

    table: str
    rights: tuple[str, ...]
    columns: tuple[str, ...] = ()


def rights() -> list[Rights]:
    """For every table of the house, in order of its name."""
    refused: dict[str, set[str]] = {}
    sealed: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SEALS, [list(REFUSING)])
        for table, delete, update, columns in cursor.fetchall():
            asked = {word for word, held in (("DELETE", delete), ("UPDATE", update)) if held}
            refused.setdefault(table, set()).update(asked)
            if update and columns:
                sealed.setdefault(table, set()).update(columns)
        cursor.execute(_TABLES)
        tables = cursor.fetchall()
    return [_of(table, columns, refused.get(table, set()), sealed.get(table)) for table, columns in tables]


def _of(table: str, columns: list[str], refused: set[str], sealed: set[str] | None) -> Rights:
    if table in READ_ONLY:
        return Rights(table, ("SELECT",))
    free = [word for word in CHANGES if word not in refused or (table, word) in SOMETIMES]
    open_columns = tuple(name for name in columns if name not in sealed) if sealed else ()
    return Rights(table, ("SELECT", "INSERT", *free), open_columns)


def statements(role: str) -> Iterator[sql.Composed]:
    """Take everything from the role, then give it what it needs."""
    name, schema = sql.Identifier(role), sql.Identifier(_one("SELECT current_schema()"))
    database = sql.Identifier(_one("SELECT current_database()"))
    for kind in ("TABLES", "SEQUENCES"):
        yield sql.SQL("REVOKE ALL ON ALL {} IN SCHEMA {} FROM {}").format(sql.SQL(kind), schema, name)
    for table in rights():
        for column in table.columns:
            yield _grant(f"UPDATE ({_quoted(column)})", table.table, name)
        yield _grant(", ".join(table.rights), table.table, name)
    yield sql.SQL("REVOKE CREATE ON SCHEMA {} FROM PUBLIC, {}").format(schema, name)
    yield sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, name)
    yield sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {} TO {}").format(schema, name)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, name)


def _grant(what: str, table: str, role: sql.Identifier) -> sql.Composed:
    return sql.SQL("GRANT {} ON {} TO {}").format(sql.SQL(what), sql.Identifier(table), role)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _one(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0] if row else None


@transaction.atomic
def harden(role: str, *, password: str = "") -> list[Rights]:
    """Make the role or renew its rights; safe to repeat, needed after every new version.

    Raises `Refused` where there are no roles (SQLite), for a name that is none, and for a role
    that could get around the seals: a superuser, an owner of tables, a member of other roles.
    """
    if connection.vendor != "postgresql":
        raise Refused("Hanya PostgreSQL yang mengenal peran basis data. SQLite tidak memerlukannya.")
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role):
        raise Refused("Nama peran: huruf kecil, angka dan garis bawah, diawali huruf.")
    mighty = _one(_ROLE, role)
    if mighty:
        raise Refused(f"Peran {role} sudah ada dan terlalu berkuasa. Pilih nama lain untuk aplikasi.")
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        if mighty is None:
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").format(name))
        if password:
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password)))
        for statement in statements(role):
            cursor.execute(statement)
    return rights()


def is_restricted() -> bool:
    """Whether we are connected as a role that may not make tables, such as the application's own."""
    return connection.vendor == "postgresql" and not _one(
        "SELECT has_schema_privilege(current_user, current_schema(), 'CREATE')"
    )
