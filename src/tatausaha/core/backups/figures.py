"""What a restored database must agree on with the living one: trial balance, journals, seals."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from tatausaha.core.backups.engines.base import Rebuilt, last_line
from tatausaha.core.backups.sources import FROM_ENVIRONMENT
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.models import Entry, Journal, Seal

Ask = Callable[[str], Sequence[tuple[Any, ...]]]
PIECE = 10_000
"""Journals that are compared at once."""
MOST_APART = 1000
"""Journals that may have been under way, on PostgreSQL, while the others were caught."""


def living(query: str) -> Sequence[tuple[Any, ...]]:
    """Ask the database in use."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@contextmanager
def asking(found: Rebuilt) -> Iterator[Ask]:
    """Ask a rebuilt database; `Refused` with its answer when it cannot be read."""
    driver: Any = connection.Database  # type: ignore[attr-defined]
    try:
        if found.file is None:
            there = driver.connect(found.address)
        else:
            there = driver.connect(f"file:{found.file}?mode=ro", uri=True)
        with closing(there):
            yield lambda query: there.execute(query).fetchall()
    except driver.Error as no:
        said = _("Basis data yang dipulihkan tidak terbaca: %(said)s")
        raise Refused(said % {"said": last_line(str(no))[:300]}) from no


def _table(model: Any) -> str:
    return f'"{model._meta.db_table}"'  # noqa: SLF001


def compare(restored: Ask) -> tuple[dict[str, int], list[str]]:
    """How much was compared, and a sentence for whatever differs from the living books.

    The restored books end earlier. Of the living ones only the journals are counted that the
    restored ones have; of those every hash, every account's balance in every unit, and every seal.
    """
    entries, seals = _table(Entry), _table(Seal)
    last, count, apart, same = _journals(restored)
    wrong = [] if same else [_("Jurnal di cadangan tidak sama dengan yang ada di sini.")]
    balance = f"SELECT account_id, unit_id, SUM(amount), COUNT(*) FROM {entries} WHERE journal_id <= {last}"  # noqa: S608
    grouped = " GROUP BY account_id, unit_id ORDER BY account_id, unit_id"
    without = f" AND journal_id NOT IN ({', '.join(map(str, sorted(apart)))})" if apart else ""
    if _plain(restored(balance + grouped)) != _plain(living(balance + without + grouped)):
        wrong.append(_("Neraca saldo di cadangan tidak sama dengan yang ada di sini."))
    sealed = f"SELECT unit_id, ym, version, digest, head FROM {seals} ORDER BY unit_id, ym, version"  # noqa: S608
    kept = _plain(restored(sealed))
    if not set(kept) <= set(_plain(living(sealed))):
        wrong.append(_("Segel bulan di cadangan tidak sama dengan yang ada di sini."))
    return {"journals": count, "seals": len(kept)}, wrong


def _journals(restored: Ask) -> tuple[int, int, set[int], bool]:
    """The last restored journal, how many there are, which of the living ones before it are not among them,
    and whether all the others agree. Piece by piece: ten years of hashes do not fit into a small machine.
    """
    table = _table(Journal)
    ((last, count),) = restored(f"SELECT COALESCE(MAX(id), 0), COUNT(*) FROM {table}")  # noqa: S608
    done, seen, apart, same = 0, 0, set[int](), True
    while here := living(
        f"SELECT id, hash FROM {table} WHERE id > {done} AND id <= {last} ORDER BY id LIMIT {PIECE}"  # noqa: S608
    ):
        upto = here[-1][0]
        there: dict[int, str] = dict(
            restored(f"SELECT id, hash FROM {table} WHERE id > {done} AND id <= {upto}")  # noqa: S608
        )
        known: dict[int, str] = dict(here)
        same &= all(known.get(pk) == found for pk, found in there.items())
        apart |= known.keys() - there.keys()
        done, seen = upto, seen + len(there)
        if len(apart) > MOST_APART:
            break
    return last, count, apart, same and seen == count and len(apart) <= MOST_APART


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
