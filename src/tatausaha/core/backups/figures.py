"""What a restored database must agree on with the living one: trial balance, journals, seals."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from tatausaha.core.backups.engines.base import Rebuilt, last_line
from tatausaha.core.backups.sources import FROM_ENVIRONMENT
from tatausaha.core.ledger.models import Entry, Journal, Seal

Ask = Callable[[str], Sequence[Sequence[Any]]]
MOST_APART = 1000
"""Journals that may have been under way, on PostgreSQL, while the others were caught."""


def living(query: str) -> Sequence[Sequence[Any]]:
    """Ask the database in use."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@contextmanager
def asking(found: Rebuilt) -> Iterator[Ask]:
    """Ask a rebuilt database."""
    if found.file is None:
        with psycopg.connect(found.address) as there:
            yield lambda query: there.execute(query.encode()).fetchall()
        return
    there_too = connection.Database.connect(f"file:{found.file}?mode=ro", uri=True)  # type: ignore[attr-defined]
    try:
        yield lambda query: there_too.execute(query).fetchall()
    finally:
        there_too.close()


def _table(model: Any) -> str:
    return f'"{model._meta.db_table}"'  # noqa: SLF001


def compare(restored: Ask) -> tuple[dict[str, int], list[str]]:
    """How much was compared, and a sentence for whatever differs from the living books.

    The restored books end earlier. Of the living ones only the journals are counted that the
    restored ones have; of those every hash, every account's balance in every unit, and every seal.
    """
    journals, entries, seals = _table(Journal), _table(Entry), _table(Seal)
    last = int(restored(f"SELECT COALESCE(MAX(id), 0) FROM {journals}")[0][0])  # noqa: S608
    hashes = f"SELECT id, hash FROM {journals} WHERE id <= {last} ORDER BY id"  # noqa: S608
    there: dict[int, str] = {row[0]: row[1] for row in restored(hashes)}
    here: dict[int, str] = {row[0]: row[1] for row in living(hashes)}
    wrong = []
    apart = here.keys() - there.keys()
    if any(here.get(pk) != found for pk, found in there.items()) or len(apart) > MOST_APART:
        wrong.append(_("Jurnal di cadangan tidak sama dengan yang ada di sini."))
    balance = f"SELECT account_id, unit_id, SUM(amount), COUNT(*) FROM {entries} WHERE journal_id <= {last}"  # noqa: S608
    grouped = " GROUP BY account_id, unit_id ORDER BY account_id, unit_id"
    without = f" AND journal_id NOT IN ({', '.join(map(str, sorted(apart)))})" if apart else ""
    if _plain(restored(balance + grouped)) != _plain(living(balance + without + grouped)):
        wrong.append(_("Neraca saldo di cadangan tidak sama dengan yang ada di sini."))
    sealed = f"SELECT unit_id, ym, version, digest, head FROM {seals} ORDER BY unit_id, ym, version"  # noqa: S608
    kept = _plain(restored(sealed))
    if not set(kept) <= set(_plain(living(sealed))):
        wrong.append(_("Segel bulan di cadangan tidak sama dengan yang ada di sini."))
    return {"journals": len(there), "seals": len(kept)}, wrong


def _plain(rows: Iterable[Iterable[Any]]) -> list[tuple[Any, ...]]:
    return [tuple(int(value) if isinstance(value, int) else str(value) for value in row) for row in rows]


def is_as_new(restored: Ask) -> bool:
    """Whether the restored tables are those of this version, so that they need no migration."""
    made = {(str(app), str(name)) for app, name in restored("SELECT app, name FROM django_migrations")}
    return set(MigrationLoader(None).disk_migrations) <= made


def verified(home: Path, found: Rebuilt, *, migrate: bool) -> list[str]:
    """What `tatausaha verify` says on the restored home: a sentence for whatever does not hold."""
    left_out = {*FROM_ENVIRONMENT.values(), "DATABASE_URL", "TATAUSAHA_HOME"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {
        "TATAUSAHA_HOME": str(home),
        "DATABASE_URL": found.address or f"sqlite://{found.file}",
        "DJANGO_SETTINGS_MODULE": "tatausaha.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    first = [("manage", "migrate", "-v", "0")] if migrate else []
    for words in (*first, ("verify", "--json")):
        done = subprocess.run(  # noqa: S603 - our own command line
            [sys.executable, "-m", "tatausaha.config.commands", *words],
            check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment, cwd=home,
        )  # fmt: skip
        if done.returncode:
            return _findings(done.stdout) or [last_line(done.stderr) or str(done.returncode)]
    return []


def _findings(said: str) -> list[str]:
    try:
        told = json.loads(last_line(said) or "{}")
    except ValueError:
        return []
    return [one["sentence"] for one in told.get("findings", [])] or [told["refused"]]
