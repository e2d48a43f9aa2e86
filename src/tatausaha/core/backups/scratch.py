"""Folders in which a backup lies open while it is restored or drilled: closed to others, and never left behind."""

import os
import re
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from tatausaha.core.backups.engines.base import TEMPORARY, humble
from tatausaha.core.backups.places import spool

_OF_PROCESS = re.compile(r"(?:^|-)(\d+)(?:-|$)")


def folder(name: str) -> Path:
    """An empty folder; where root's server must step down, one that others pass through to its own part of it."""
    clear()
    if humble() and connection.vendor == "postgresql":
        made = Path(tempfile.mkdtemp(prefix=f"{TEMPORARY}{os.getpid()}-"))
        made.chmod(0o711)
        return made
    made = Path(settings.HOME) / f".{name}-{os.getpid()}"
    made.mkdir(parents=True, mode=0o700)
    return made


def clear() -> None:
    """Remove what processes left that were killed."""
    home = Path(settings.HOME)
    inside = (*home.glob(".drill-*"), *home.glob(".restore-*"), *(spool() / "scratch").glob("*"))
    for left in (*inside, *Path(tempfile.gettempdir()).glob(f"{TEMPORARY}*")):
        process = _OF_PROCESS.search(left.name)
        if process and not _runs_elsewhere(int(process[1])):
            shutil.rmtree(left, ignore_errors=True)


def _runs_elsewhere(process: int) -> bool:
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
