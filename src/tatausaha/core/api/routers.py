"""The list by which rooms and businesses add addresses of their own under /api/v1/."""

from dataclasses import dataclass

from ninja import Router


@dataclass(frozen=True)
class Entry:
    """A router under a prefix such as `/boarding`; `tag` groups it in the description."""

    prefix: str
    router: Router
    tag: str


_entries: dict[str, Entry] = {}


def register(prefix: str, router: Router, tag: str) -> None:
    """Add a router; called from `apps.py`, before the addresses are read. Operations inherit token and limits."""
    taken = _entries.setdefault(prefix, Entry(prefix, router, tag))
    assert taken.router is router, f"two routers under {prefix}"


def entries() -> tuple[Entry, ...]:
    """All routers, in the order of their prefixes."""
    return tuple(_entries[prefix] for prefix in sorted(_entries))
