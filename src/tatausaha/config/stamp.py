"""Tells quickly, without Django, whether an installation is as the code wants it."""

import hashlib
import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LEFT_OUT = {"__pycache__"}


def home() -> Path:
    """The folder of this installation: `TATAUSAHA_HOME`, default `./var`."""
    return Path(os.environ.get("TATAUSAHA_HOME", "var")).resolve()


def _file() -> Path:
    return home() / "stamp"


def of_code() -> str:
    """A digest of every file of the package (its name, size and time) and of the database's address."""
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for folder, inner, names in os.walk(PACKAGE):
        inner[:] = sorted(set(inner) - LEFT_OUT)
        for name in sorted(names):
            if name.endswith((".pyc", ".mo")):
                continue
            state = (Path(folder) / name).stat()
            digest.update(f"{folder}/{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether the last preparation was made from the same code for the same database."""
    if not os.environ.get("DATABASE_URL") and not (home() / "tatausaha.sqlite3").exists():
        return False
    file = _file()
    return file.exists() and file.read_text() == of_code()


def write() -> None:
    """Remember that the installation is prepared."""
    _file().write_text(of_code())


def forget() -> None:
    """Let the next start prepare everything again."""
    _file().unlink(missing_ok=True)
