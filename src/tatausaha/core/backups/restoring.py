"""Builds everything again from a backup: in a scratch folder, checked file by file, and only then in its place."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from tatausaha.core.backups import scratch as scratches
from tatausaha.core.backups.crypt import Key, WrongKey, key_file
from tatausaha.core.backups.engines import postgres
from tatausaha.core.backups.engines.base import Engine, Rebuilt, run
from tatausaha.core.backups.engines.sqlite import WriteAheadLog
from tatausaha.core.backups.vault import Kept, Manifest, Tail, Vault, link, moment_of
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Company

JOBS = "2"
Say = Callable[[str], None]


@dataclass
class Opened:
    """What was fetched into the scratch folder, every byte compared with its signed record."""

    manifest: Manifest
    upto: datetime
    seq: int = 0
    """How many tails of its epoch were added."""
    files: dict[str, Kept] = field(default_factory=dict)


def newest(vault: Vault) -> Manifest:
    """The last whole backup; `Refused` when there is none."""
    return choose(vault, until=None, wanted="")


def choose(vault: Vault, *, until: datetime | None, wanted: str) -> Manifest:
    """The backup to begin with: the wanted one, else the last one from which the moment can be reached."""
    names = vault.manifests()
    if not names and vault.has_foreign():
        raise WrongKey(
            _(
                "Kunci pemulihan ini bukan kunci cadangan di %(place)s. "
                "Pakai kunci yang dicetak dari perusahaan ini."
            )
            % {"place": vault.place.label}
        )
    if not names:
        raise Refused(_("Di %(place)s tidak ada cadangan.") % {"place": vault.place.label})
    if wanted:
        found = [name for name in names if name == f"backups/{wanted}.age"]
        if not found:
            raise Refused(
                _("Cadangan %(id)s tidak ada di %(place)s. Lihat daftarnya dengan `tatausaha backup --list`.")
                % {"id": wanted, "place": vault.place.label}
            )
        return vault.manifest(found[0])
    for name in reversed(names):
        manifest = vault.manifest(name)
        if until is None or manifest.since <= until:
            return manifest
    first = vault.manifest(names[0])
    raise Refused(
        _("Cadangan yang tertua dibuat sesudah saat itu: %(at)s UTC.")
        % {"at": first.since.strftime("%Y-%m-%d %H:%M:%S")}
    )


def fetch(vault: Vault, manifest: Manifest, scratch: Path, *, until: datetime | None, tails: bool) -> Opened:
    """Fetch and check everything that the moment needs; raises `Damaged` with the name of the first bad file.

    With `tails` what came after the manifest is added, until the moment, or to the end where there is none.
    """
    for room in ("pieces", "files", "keys"):
        (scratch / room).mkdir(parents=True, mode=0o700)
    for piece in manifest.pieces:
        vault.fetch_object(piece, scratch / "pieces" / piece.path)
    opened = Opened(manifest, manifest.at)
    for kept in manifest.files:
        vault.fetch_object(kept, scratch / kept.path)
        opened.files[kept.path] = kept
    if tails:
        _fetch_tails(vault, opened, scratch, until)
    return opened


def _fetch_tails(vault: Vault, opened: Opened, scratch: Path, until: datetime | None) -> None:
    """The tails of the epoch; and, where its pieces go on in the next one and the moment lies between, that one's."""
    epoch = opened.manifest.epoch
    reached = _fetch_epoch(vault, epoch, opened, scratch, until)
    if reached or until is None or opened.manifest.facts["engine"] != postgres.Physical.kind:
        return
    for name in vault.manifests():
        if moment_of(name) >= until and (later := vault.manifest(name)).epoch != epoch:
            for piece in later.pieces:
                if piece.path != postgres.BASE:
                    vault.fetch_object(piece, scratch / "pieces" / piece.path)
            return


def _fetch_epoch(vault: Vault, epoch: str, opened: Opened, scratch: Path, until: datetime | None) -> bool:
    """Whether the moment was reached, for the last time where the clock was set back. Tails name the one before."""
    chain, names = "", vault.tails(epoch)
    earlier = [n for n, name in enumerate(names, start=1) if until is not None and moment_of(name) < until]
    incoming = scratch / "incoming"
    for number, name in enumerate(names, start=1):
        incoming.mkdir(mode=0o700)
        tail, files = vault.fetch_tail(name, incoming)
        if (tail.epoch, tail.seq, tail.previous) != (epoch, number, chain):
            raise vault.lost(f"tails/{epoch}/{number:06d}-…")
        _apply(tail, files, opened, scratch)
        chain, opened.upto, opened.seq = link(tail), tail.at, number
        shutil.rmtree(incoming)
        if until is not None and tail.at >= until and number >= max(earlier, default=0):
            return True
    return False


def _apply(tail: Tail, files: dict[str, Path], opened: Opened, scratch: Path) -> None:
    for piece in tail.pieces:
        files[piece.path].replace(scratch / "pieces" / piece.path)
    for kept in tail.files:
        target = scratch / kept.path
        target.parent.mkdir(parents=True, exist_ok=True)
        files[kept.path].replace(target)
        opened.files[kept.path] = kept
    for path in tail.gone:
        (scratch / path).unlink(missing_ok=True)
        opened.files.pop(path, None)


def _engine(manifest: Manifest, scratch: Path) -> Engine:
    if manifest.facts["engine"] == WriteAheadLog.kind:
        return WriteAheadLog(scratch / "rebuilt.sqlite3")
    return postgres.Physical({})


@contextmanager
def rebuilt(opened: Opened, scratch: Path, until: datetime | None) -> Iterator[Rebuilt]:
    """The database as it stood, running in the scratch folder while the block lasts."""
    with _engine(opened.manifest, scratch).rebuild(scratch, opened.manifest.facts, until) as found:
        yield found


def require_empty() -> None:
    """Refuse to put a backup where something is: neither a company nor files are ever overwritten."""
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(media.iterdir()):
        raise Refused(
            _("Folder %(folder)s tidak kosong. Pulihkan ke TATAUSAHA_HOME yang baru; tidak ada yang diubah.")
            % {"folder": media}
        )
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        if file.exists():
            raise Refused(
                _(
                    "Di sini sudah ada basis data: %(file)s. Pulihkan ke TATAUSAHA_HOME yang baru; "
                    "tidak ada yang diubah."
                )
                % {"file": file}
            )  # fmt: skip
    elif Company._meta.db_table in connection.introspection.table_names():  # noqa: SLF001
        raise Refused(
            _("Basis data tujuan tidak kosong. Buat yang baru dengan createdb; tidak ada yang diubah.")
        )


def _require_no_other_keys(brought: Path, key: Key) -> None:
    """Refuse a home with keys of another company: what they sealed would be lost. Any first start makes `secret`."""
    texts = {file.name: file.read_text() for file in brought.iterdir()} | {key_file().name: key.text}
    for name, text in texts.items():
        here = key_file().with_name(name)
        if name != "secret" and here.exists() and here.read_text() != text:
            raise Refused(
                _(
                    "Di sini sudah ada kunci lain: %(file)s. Pulihkan ke TATAUSAHA_HOME yang baru; "
                    "tidak ada yang diubah."
                )
                % {"file": here}
            )


def restore(vault: Vault, *, until: datetime | None, wanted: str, say: Say) -> Opened:
    """Everything as it stood at a moment (the machine's), into an empty home and an empty database.

    Without a moment the newest state; with `wanted` exactly that backup. Nothing is put in its
    place before all of it was fetched, opened and compared.
    """
    require_empty()
    manifest = choose(vault, until=until, wanted=wanted)
    if manifest.facts["engine"] != connection.vendor:
        raise Refused(
            _("Cadangan ini dari %(theirs)s, tetapi DATABASE_URL menunjuk ke %(ours)s.")
            % {"theirs": manifest.facts["engine"], "ours": connection.vendor}
        )
    scratch = scratches.folder("restore")
    try:
        say(_("Mengambil dan memeriksa cadangan %(id)s …") % {"id": manifest.id})
        opened = fetch(vault, manifest, scratch, until=until, tails=not wanted)
        _require_no_other_keys(scratch / "keys", vault.key)
        say(_("Membangun basis data …"))
        with rebuilt(opened, scratch, until) as found:
            if found.file is None:
                load(found.address, manifest.facts["major"], scratch)
            else:
                _lay_sqlite(found.file)
        _lay_files(scratch, vault.key)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return opened


def _lay_sqlite(file: Path) -> None:
    connection.close()
    target = Path(connection.settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("-wal", "-shm"):
        Path(f"{target}{ending}").unlink(missing_ok=True)
    with file.open("r+b") as content:
        os.fsync(content.fileno())
    shutil.move(file, target)


def _lay_files(scratch: Path, key: Key) -> None:
    """Files and keys in their places; the recovery key too, so that backups go on under it."""
    home, media = Path(settings.HOME), Path(settings.MEDIA_ROOT)
    if media.is_dir():
        media.rmdir()
    shutil.move(scratch / "files", media)
    keys = home / "keys"
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in (scratch / "keys").iterdir():
        file.chmod(0o600)
        shutil.move(file, keys / file.name)
    made = keys / f".backup.{os.getpid()}"
    made.touch(mode=0o600)
    made.write_text(key.text)
    made.replace(key_file())


def load(address: str, major: str, scratch: Path) -> None:
    """Carry a database from the scratch server into the empty one of `DATABASE_URL`."""
    folder, known = scratch / "dump", connection.settings_dict
    bin_folder = postgres.programs(major)
    connection.close()
    given: dict[str, Any] = {
        "PGHOST": known.get("HOST"), "PGPORT": known.get("PORT"), "PGUSER": known.get("USER"),
        "PGPASSWORD": known.get("PASSWORD"),
    }  # fmt: skip
    plain = ["-j", JOBS, "--no-owner", "--no-privileges"]
    run([bin_folder / "pg_dump", "-d", address, "-F", "directory", "-Z", "0", *plain, "-f", folder])
    run(
        [bin_folder / "pg_restore", "-d", str(known["NAME"]), *plain, "--exit-on-error", folder],
        environment={name: str(value) for name, value in given.items() if value},
    )  # fmt: skip


def reachable(vault: Vault) -> list[tuple[Manifest, datetime]]:
    """Every backup, newest first, with the moment until which one can go forward from it."""
    found = []
    for name in reversed(vault.manifests()):
        manifest = vault.manifest(name)
        tails = vault.tails(manifest.epoch)
        found.append((manifest, moment_of(tails[-1]) + timedelta(seconds=1) if tails else manifest.at))
    return found
