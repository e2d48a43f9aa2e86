"""A secret of the installation, in a file that is never readable for others, not even while it is made."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def _random() -> str:
    return secrets.token_urlsafe(64)


def kept_secret(file: Path, make: Callable[[], str] = _random) -> str:
    """What the file holds; made at the first question, once, whoever else asks at the same time."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            out.write(make())
        try:
            os.link(made, file)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return file.read_text()
