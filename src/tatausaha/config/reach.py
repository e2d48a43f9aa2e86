"""Whether PostgreSQL answers: asked by one plain connection before the pool waits for many.

python -m tatausaha.config.reach    says in one sentence why not, with status 1
"""

import os
import sys
from pathlib import Path
from typing import Any

import psycopg

from tatausaha.config.databases import from_url

SECONDS = 5
"""How long we wait for an answer."""
PARTS = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}


def refusal(settings: dict[str, Any]) -> str:
    """Why the database of Django's settings cannot be used; empty when it can, or is a file."""
    if "postgresql" not in settings["ENGINE"]:
        return ""
    given = {part: settings[key] for part, key in PARTS.items() if settings.get(key)}
    given |= {name: value for name, value in settings.get("OPTIONS", {}).items() if isinstance(value, str)}
    try:
        psycopg.connect(**{**given, "connect_timeout": SECONDS}).close()
    except psycopg.Error as no:
        said = str(no).strip().splitlines() or [type(no).__name__]
        return sentence(said[-1], str(settings.get("NAME", "")))
    return ""


def sentence(said: str, name: str) -> str:
    """The server's own words, and what to look at."""
    if "does not exist" in said and "database" in said:
        return (
            f"Basis data {name} belum ada di PostgreSQL. "
            "Buat dulu (createdb), atau periksa nama di DATABASE_URL."
        )
    return f"PostgreSQL menolak atau tidak menjawab: {said} Periksa DATABASE_URL."


def main() -> int:
    """Look at `DATABASE_URL`."""
    no = refusal(from_url(os.environ.get("DATABASE_URL", ""), home=Path()))
    if no:
        sys.stderr.write(f"{no}\n")
    return 1 if no else 0


if __name__ == "__main__":
    sys.exit(main())
