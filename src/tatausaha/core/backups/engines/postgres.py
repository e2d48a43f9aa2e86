"""PostgreSQL by its own programs: `pg_basebackup` for the whole, `pg_receivewal` for what follows.

A replication slot keeps on the server what we have not fetched yet. Building again needs the server's
programs of the same version on this machine: a server of its own is started on the copy, in a scratch
folder and on a socket that only we reach.
"""

import os
import shlex
import shutil
import signal
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import quote

import psycopg
from django.db import connection
from django.utils.translation import gettext as _

from tatausaha.core.backups.engines.base import (
    TEMPORARY,
    Piece,
    Rebuilt,
    beside,
    end,
    everything,
    humble,
    last_line,
    run,
)
from tatausaha.core.kernel.errors import Refused

SLOT = "tatausaha_backup"
BASE = "base.tar.gz"
PARTIAL = ".partial"
RESERVE = """
SELECT pg_create_physical_replication_slot(%s, true)
 WHERE NOT EXISTS (SELECT 1 FROM pg_replication_slots WHERE slot_name = %s)
"""
POSITION = "SELECT now::text, (now - 1)::text FROM pg_current_wal_flush_lsn() AS now"
"""`pg_receivewal` ends after its end position: asked for the present one it would wait for the next write."""
STOP = signal.SIGQUIT
"""At once: nothing of the copy is kept."""
NOT_REACHED = "recovery ended before configured recovery target was reached"


def programs(major: str) -> Path:
    """The folder of PostgreSQL's programs: `TATAUSAHA_PG_BIN`, Debian's of that version, or the path's."""
    if given := os.environ.get("TATAUSAHA_PG_BIN"):
        return Path(given)
    debian = Path(f"/usr/lib/postgresql/{major}/bin")
    if (debian / "pg_basebackup").exists():
        return debian
    found = shutil.which("pg_basebackup")
    if found is None:
        raise Refused(
            _(
                "Program PostgreSQL (pg_basebackup, pg_receivewal) tidak ada. Pasang paket postgresql-client "
                "versi %(major)s, atau tulis foldernya di TATAUSAHA_PG_BIN."
            )
            % {"major": major}
        )
    return Path(found).parent


class Physical:
    """See `Engine`."""

    kind = "postgresql"
    endless = True

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings

    def facts(self) -> dict[str, str]:
        """See `Engine`."""
        (role,) = self._ask("SELECT rolname FROM pg_roles WHERE oid = 10")
        program, database = f"postgresql {_major()}", str(connection.settings_dict["NAME"])
        return {
            "engine": self.kind,
            "program": program,
            "major": _major(),
            "role": role,
            "database": database,
        }

    def begin(self, folder: Path) -> None:
        """See `Engine`."""
        self._ask(RESERVE, SLOT, SLOT)
        (folder / "wal").mkdir(parents=True)
        self._run(
            "pg_basebackup", "-D", folder / "base", "-F", "tar", "--gzip", "--compress=1", "-X", "none",
            "--checkpoint=fast", "--no-manifest",
        )  # fmt: skip
        made = [file.name for file in (folder / "base").iterdir()]
        if made != [BASE]:
            raise Refused(
                _("Basis data ini memakai tablespace sendiri, yang tidak dapat dicadangkan dengan cara ini.")
            )
        self.advance(folder)

    def advance(self, folder: Path) -> None:
        """See `Engine`. What was written so far is fetched; the last segment comes unfinished."""
        now, before = self._ask(POSITION)
        known = folder / "position"
        if known.exists() and known.read_text() == now:
            return
        self._run("pg_receivewal", "-D", folder / "wal", "--slot", SLOT, "--endpos", before, "--no-loop")
        known.write_text(now)

    def catch(self) -> None:
        """See `Engine`: every commit bears its moment there."""

    def grown(self, folder: Path) -> bool:  # noqa: ARG002
        """See `Engine`: the server keeps its log short by itself."""
        return False

    def pieces(self, folder: Path) -> list[Piece]:
        """See `Engine`."""
        whole = folder / "base" / BASE
        return [
            Piece(BASE, whole),
            *(Piece(one.name, one, loose=True) for one in sorted((folder / "wal").iterdir())),
        ]

    def rest(self) -> None:
        """See `Engine`: nothing runs beside us."""

    @contextmanager
    def rebuild(self, folder: Path, facts: Mapping[str, str], until: datetime | None) -> Iterator[Rebuilt]:
        """See `Engine`."""
        pieces, data, wal = folder / "pieces", folder / "data", folder / "wal"
        for made in (data, wal):
            made.mkdir(mode=0o700)
        with tarfile.open(pieces / BASE) as whole:
            whole.extractall(data, filter="data")
        data.chmod(0o700)
        (pieces / BASE).unlink()
        for file in pieces.iterdir():
            _put_segment(file, wal)
        for name in ("postmaster.pid", "postmaster.opts", "standby.signal"):
            (data / name).unlink(missing_ok=True)
        (data / "recovery.signal").touch()
        (data / "postgresql.auto.conf").write_text("")
        (folder / "hba.conf").write_text("local all all trust\n")
        (folder / "ident.conf").touch()
        (folder / "server.conf").touch()
        as_whom = humble()
        with tempfile.TemporaryDirectory(prefix=f"{TEMPORARY}{os.getpid()}-") as socket:
            theirs = [folder / name for name in ("hba.conf", "ident.conf", "server.conf")]
            for path in (*everything(data), *everything(wal), *theirs, Path(socket)) if as_whom else ():
                os.chown(path, as_whom["user"], as_whom["group"])
            address = f"postgresql://{quote(facts['role'])}@/{quote(facts['database'])}?host={quote(socket)}"
            server = _Server(programs(facts["major"]), folder, socket, address, as_whom)
            with ExitStack() as stack:
                if not server.catches_up(stack, until):
                    server.catches_up(stack, None)
                yield Rebuilt(address)

    def _ask(self, query: LiteralString, *values: str) -> tuple[Any, ...]:
        """One row, asked as the role that may replicate."""
        known = self._settings
        given = {"host": known.get("HOST"), "port": known.get("PORT"), "user": known.get("USER"),
                 "password": known.get("PASSWORD"), "dbname": known.get("NAME")}  # fmt: skip
        try:
            with psycopg.connect(**{name: value for name, value in given.items() if value}) as there:
                return there.execute(query, values).fetchone() or ()
        except psycopg.Error as no:
            raise Refused(
                _(
                    "PostgreSQL menolak pencadangan: %(said)s "
                    "Peran di TATAUSAHA_BACKUP_DATABASE_URL harus punya hak REPLICATION."
                )
                % {"said": str(no).strip()}
            ) from no

    def _run(self, name: str, *words: str | Path) -> None:
        known = self._settings
        given = {"host": known.get("HOST"), "port": known.get("PORT"), "user": known.get("USER")}
        address = " ".join(f"{key}='{value}'" for key, value in given.items() if value)
        password = {"PGPASSWORD": str(known["PASSWORD"])} if known.get("PASSWORD") else {}
        run([programs(_major()) / name, "-d", address, "-w", *words], environment=password)


def _major() -> str:
    return str(connection.pg_version // 10000)  # type: ignore[attr-defined]


def _put_segment(file: Path, wal: Path) -> None:
    """An unfinished segment takes the name of the whole one, unless that came later."""
    whole = wal / file.name.removesuffix(PARTIAL)
    if not (file.name.endswith(PARTIAL) and whole.exists()):
        file.replace(whole)


@dataclass(frozen=True)
class _Server:
    """A server on a copy, on a socket that only we reach. It sees nothing of the scratch folder but the database."""

    programs: Path
    folder: Path
    socket: str
    address: str
    as_whom: Mapping[str, Any]

    def catches_up(self, stack: ExitStack, until: datetime | None) -> bool:
        """Start it and wait until it can be asked; whether the moment is one that the copy knows."""
        said_to = self.folder / "server.log"
        with said_to.open("wb") as log:
            process = beside(self._words(until), ending=STOP, log=log, as_whom=self.as_whom)
        stack.callback(end, process, STOP)
        while not _caught_up(self.address):
            if process.poll() is None:
                time.sleep(0.1)
                continue
            said = said_to.read_text(errors="replace")
            if until is not None and NOT_REACHED in said:
                return False
            fatal = [line for line in said.splitlines() if "FATAL" in line and "not accepting" not in line]
            raise Refused(
                _("PostgreSQL tidak dapat dihidupkan dari cadangan: %(said)s")
                % {"said": (fatal or [last_line(said) or "?"])[-1][-300:]}
            )
        return True

    def _words(self, until: datetime | None) -> list[str | Path]:
        folder = self.folder
        given = {
            "config_file": folder / "server.conf", "hba_file": folder / "hba.conf",
            "ident_file": folder / "ident.conf", "listen_addresses": "", "unix_socket_directories": self.socket,
            "hot_standby": "off", "fsync": "off", "restore_command": f"cp {shlex.quote(str(folder))}/wal/%f %p",
            "recovery_target_time": until.astimezone(UTC).isoformat() if until else "",
            "recovery_target_action": "promote", "archive_mode": "off", "shared_buffers": "256MB",
            "max_wal_size": "4GB",
        }  # fmt: skip
        options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
        return [self.programs / "postgres", "-D", folder / "data", *options]


def _caught_up(address: str) -> bool:
    try:
        with psycopg.connect(address) as there:
            return there.execute("SELECT NOT pg_is_in_recovery()").fetchone() == (True,)
    except psycopg.OperationalError:
        return False
