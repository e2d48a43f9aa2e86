"""Compiles the translations (`.po` to `.mo`) without tools of the operating system.

python -m tatausaha.config.messages
"""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent


def compile_all(package: Path = PACKAGE) -> int:
    """Compile every catalogue whose source is newer; returns how many were compiled.

    Safe beside another process that does the same: each file is put in place whole.
    """
    done = 0
    for source in package.rglob("locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        fresh = target.with_suffix(f".{os.getpid()}.tmp")
        with fresh.open("wb") as file:
            write_mo(file, catalogue)
        fresh.replace(target)
        done += 1
    return done


if __name__ == "__main__":
    compile_all()
