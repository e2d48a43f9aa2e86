"""What a backup consists of besides the database: uploaded files, identity papers, and the keys that open them.

The key of the backup itself is never among them.
"""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from tatausaha.core.backups.crypt import key_file
from tatausaha.core.backups.engines.base import Engine
from tatausaha.core.backups.engines.postgres import Physical
from tatausaha.core.backups.engines.sqlite import WriteAheadLog
from tatausaha.core.backups.places import private, spool

FROM_ENVIRONMENT = {
    "secret": "TATAUSAHA_SECRET_KEY",
    "papers": "TATAUSAHA_PAPER_KEYS",
    "papers-hash": "TATAUSAHA_PAPER_HASH_KEY",
}
"""Keys that may be given to the process; in a backup they are files, as on a machine without them."""


def engine() -> Engine:
    """The engine of the database in use."""
    if connection.vendor == "sqlite":
        return WriteAheadLog(Path(connection.settings_dict["NAME"]))
    return Physical(settings.BACKUP_DATABASE or connection.settings_dict)


def files() -> dict[str, Path]:
    """Every file, by its path in the backup."""
    found = {f"files/{name}": path for name, path in _under(Path(settings.MEDIA_ROOT))}
    for name, path in _under(key_file().parent):
        if path != key_file() and not name.startswith("."):
            found[f"keys/{name}"] = path
    for name, variable in FROM_ENVIRONMENT.items():
        if given := os.environ.get(variable):
            found[f"keys/{name}"] = _as_file(name, given)
    return found


def _under(folder: Path) -> list[tuple[str, Path]]:
    names = [
        (Path(parent) / name)
        for parent, _folders, files_here in os.walk(folder)
        for name in sorted(files_here)
    ]
    return [(path.relative_to(folder).as_posix(), path) for path in names]


def _as_file(name: str, given: str) -> Path:
    text = given.replace(",", "\n") if name == "papers" else given
    file = spool() / "given-keys" / name
    private(file.parent)
    if not file.exists() or file.read_text() != text:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(text)
    return file


def state_of(path: Path) -> list[int]:
    """What changes when a file does: bytes and moment."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def still(source: Path, copy: Path) -> Path:
    """A copy that nobody writes to any more, with the moment of the original."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, copy)
    return copy
