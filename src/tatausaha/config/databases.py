"""Where the data is: SQLite under the home folder, or PostgreSQL by address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlparse

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA cache_size=-20000;PRAGMA mmap_size=134217728;PRAGMA recursive_triggers=ON;"
)
POOL = {"min_size": 1, "max_size": 16, "timeout": 20}


CACHE_TABLE = "cache"
MOST_CACHED = 50_000
"""Keys before old ones are dropped: more than anybody sends from one place to be forgotten."""


def from_url(url: str, *, home: Path) -> dict[str, Any]:
    """Django's database settings for an address; an empty one means SQLite under `home`."""
    if not url:
        home.mkdir(parents=True, exist_ok=True)
        return sqlite(home / "tatausaha.sqlite3")
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(parts.path))
    if parts.scheme not in {"postgres", "postgresql"}:
        msg = f"DATABASE_URL must begin with postgres:// or sqlite://, not {parts.scheme}://"
        raise ValueError(msg)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": POOL, **options},
    }


def sqlite(file: Path) -> dict[str, Any]:
    """One file, one writer at a time, readers never wait."""
    return {
        "ENGINE": "tatausaha.config.sqlite",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }


def memory_cache() -> dict[str, Any]:
    """What one web process remembers of failed sign-ins and the like."""
    return {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": MOST_CACHED},
    }


def shared_cache() -> dict[str, Any]:
    """The same for several processes: a table, asked at sign-in and never by ordinary pages."""
    return {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": CACHE_TABLE,
        "OPTIONS": {"MAX_ENTRIES": MOST_CACHED},
    }
