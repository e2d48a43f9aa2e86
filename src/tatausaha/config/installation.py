"""Brings an installation to what the code wants: tables, texts, static files, a company.

python -m tatausaha.config.installation run      prepare; a demonstration if nobody is there
python -m tatausaha.config.installation serve    prepare
"""

import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import tatausaha.config.ready  # noqa: F401 - first of all
from tatausaha.config import hardening, messages, stamp
from tatausaha.config.leader import leadership, wait_for
from tatausaha.core.backups.places import spool
from tatausaha.core.kernel import clock, demonstration
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.services import install_chart
from tatausaha.core.people import accounts, queries
from tatausaha.core.people import demonstration as cast
from tatausaha.core.people.models import Company
from tatausaha.core.procedures import policies
from tatausaha.core.reports.taxes.rules import install_rules

YEAR = timedelta(days=400)


def prepare(*, demonstrate: bool) -> None:
    """Migrate, compile the texts, collect static files, lay accounts that a newer version brings.

    Builds the demonstration if nobody is there.

    Idempotent: whatever is there already stays. Several processes that start at once do it
    one after the other. Raises `Refused` when the database cannot be reached.
    """
    lock = leadership("preparation")
    wait_for(lock)
    try:
        _prepare(demonstrate=demonstrate)
    finally:
        lock.release()


def _prepare(*, demonstrate: bool) -> None:
    for folder in (settings.MEDIA_ROOT, settings.MAIL_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    messages.compile_all()
    prepare_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    if demonstrate and queries.company() is None:
        build_demonstration()
    elif (company := queries.company()) is not None:
        install_chart()
        install_rules()
        say_what_changed(clock.day(clock.now(), company.zone))
    stamp.write()


def say_what_changed(on: date) -> None:
    """One line on stderr for every SOP in force that this version runs otherwise than it was approved."""
    for revision in policies.altered(on=on):
        place = f" di {revision.unit}" if revision.unit else ""
        sys.stderr.write(
            f"Perhatian: SOP {revision.procedure} revisi {revision.revision}{place} berjalan lain dari yang "
            "disetujui: langkah, pelaku atau syaratnya berubah bersama versi ini. Buat dan setujui revisi baru.\n"
        )


def prepare_tables() -> None:
    """Migrate. The application's own role makes no tables; `Refused` when there are some to make."""
    require_known_tables()
    if not hardening.is_restricted():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)  # nothing where the cache is in memory
        return
    plan = MigrationExecutor(connection)
    if plan.migration_plan(plan.loader.graph.leaf_nodes()):
        raise Refused(
            "Tabel di basis data belum sesuai dengan versi ini. "
            "Jalankan `tatausaha harden` sebagai pemilik basis data, lalu mulai lagi."
        )


def require_known_tables() -> None:
    """`Refused` for tables of a version whose steps to this one are folded away (ADR 24).

    Django leaves such a room out of what there is to migrate, without a word.
    """
    made = set(MigrationRecorder(connection).applied_migrations())
    lost = {
        room
        for (room, _name), one in MigrationLoader(None).replacements.items()
        if made & set(one.replaces) and not made.issuperset(one.replaces)
    }
    if lost:
        raise Refused(
            f"Tabel di basis data dibuat oleh versi yang terlalu lama ({', '.join(sorted(lost))}). "
            "Mulai dulu sekali dengan versi terakhir yang masih menyimpan langkah-langkahnya (docs/adr/0024), "
            "lalu dengan versi ini."
        )


@transaction.atomic
def build_demonstration() -> None:
    """A company that was founded more than a year ago, and what every room tells about it since."""
    clock.set_offset(timedelta())
    at = clock.now()
    found(
        name=cast.COMPANY,
        owner=cast.OWNER,
        email=cast.OWNER_EMAIL,
        password=cast.PASSWORD,
        at=_first_of_month(at - YEAR),
        demonstration=True,
    )
    for chapter in demonstration.chapters():
        chapter.build(at)
    measure()


def measure() -> None:
    """Let the database count what a great many rows at once left in it, so that it asks them in a good order.

    It counts by itself after a while; whoever looks first would wait for it.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@transaction.atomic
def found(*, at: datetime, **data: Any) -> Company:
    """The company with its owner, the chart of accounts, and the SOPs as delivered in force from its first day.

    `data` as for `accounts.found_company`. Raises `Refused` when there is a company already.
    """
    company = accounts.found_company(at=at, **data)
    install_chart()
    install_rules()
    policies.install(at=at, on=company.books_from)
    return company


def _first_of_month(at: datetime) -> datetime:
    return datetime(at.year, at.month, 2, tzinfo=UTC)


def renew_demonstration() -> None:
    """Throw the present demonstration away and build a fresh one. Refused on real companies."""
    lead = leadership("worker")
    if not lead.holds():
        raise Refused("Hentikan dulu `tatausaha serve` atau `tatausaha worker` yang sedang berjalan.")
    try:
        call_command("migrate", verbosity=0, interactive=False)
        company = queries.company()
        if company is not None and not company.is_demonstration:
            raise Refused(
                "Basis data ini berisi perusahaan sungguhan, bukan peragaan. Tidak ada yang diubah."
            )
        if company is not None:
            _empty()
        prepare(demonstrate=True)
    finally:
        lead.release()


def _empty() -> None:
    """Remove every table; the migrations lay them again. Backups stay, what they were following does not."""
    stamp.forget()
    shutil.rmtree(spool(), ignore_errors=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        return
    connections.close_all()
    for ending in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)


def main(words: list[str]) -> int:
    """Prepare; a `Refused` is one sentence on stderr and status 1."""
    try:
        prepare(demonstrate=words == ["run"])
    except Refused as no:
        sys.stderr.write(f"{no}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
