"""The command line of the boarding houses: `tatausaha import kos FILE.csv`."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tatausaha.business.boarding.models import ImportRun
from tatausaha.business.boarding.services import listings
from tatausaha.core.kernel import clock, money
from tatausaha.core.kernel.commands import Command
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("berkas", type=Path, help="berkas CSV dengan satu rumah kos per baris")
    parser.add_argument("--yes", action="store_true", help="masukkan tanpa bertanya")


def _owner() -> Person:
    owner = Person.objects.filter(roles__name="owner", roles__until__isnull=True).order_by("pk").first()
    if owner is None or not roles.is_owner(owner):
        raise Refused("Perusahaan ini belum punya pemilik. Jalankan dulu `tatausaha init`.")
    return owner


def _say(line: str = "") -> None:
    sys.stdout.write(line + "\n")


def _import(asked: Namespace) -> int:
    """Preview, question, progress, sum. Status 1 when a row was refused or the answer was no."""
    at = clock.now()
    path: Path = asked.berkas
    if not path.is_file():
        raise Refused(f"Berkas {path} tidak ada.")
    with path.open("rb") as file:
        run = listings.receive(path.name, file, by=_owner(), at=at)
    seen = listings.preview(run, at=at)
    _say(f"{path.name}: {run.encoding}, pemisah {run.delimiter!r}, {seen.total} baris")
    for listing in seen.samples[:5]:
        _say(f"  {listing.name}: {money.rupiah(listing.rent)} per 30 hari, {listing.free} kamar kosong")
    for line, name, reason in seen.problems[:10]:
        _say(f"  baris {line} ({name}): {reason}")
    _say(f"Baru {seen.new}, berubah {seen.changed}, sama {seen.same}, ditolak {seen.refused}.")
    if not asked.yes and not _agreed():
        listings.drop(run, by=run.started_by, at=at)
        _say("Dibatalkan. Tidak ada yang diubah.")
        return 1
    run = listings.start(run, by=run.started_by)
    for progress in listings.go_on(run, at=at):
        run = progress
        if sys.stdout.isatty() or run.state == ImportRun.State.DONE:
            _say(f"{run.done_rows} dari {run.total_rows} baris")
    _say(
        f"Selesai: {run.created} rumah baru, {run.updated} diperbarui,"
        f" {run.unchanged} tidak berubah, {run.refused} ditolak."
    )
    for row in run.rows.filter(refused=True).order_by("number")[:20]:
        _say(f"  baris {row.line}: {row.reason}")
    return 1 if run.refused else 0


def _agreed() -> bool:
    try:
        return input("Masukkan? [y/T] ").strip().lower() in {"y", "ya", "yes"}
    except EOFError:
        return False


IMPORT = Command("import kos", "memasukkan daftar rumah kos dari berkas CSV", _import, _configure)
