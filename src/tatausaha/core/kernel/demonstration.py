"""What the rooms bring to the demonstration company; `tatausaha demo` builds it in order.

A chapter writes through the same services as people do, with moments of its own, so that
the demonstration is a lived year and not a set of rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Chapter:
    """A part of the demonstration: `build(at)` adds it to the company that exists by then.

    Chapters with a smaller `order` come first. `at` is the present moment, to which the
    chapter's story leads up.
    """

    name: str
    order: int
    build: Callable[[datetime], None]


registry: dict[str, Chapter] = {}


def register(*chapters: Chapter) -> None:
    """Make chapters known."""
    for chapter in chapters:
        assert registry.get(chapter.name, chapter) == chapter, f"two chapters are called {chapter.name}"
        registry[chapter.name] = chapter


def chapters() -> list[Chapter]:
    """All chapters in the order in which they are told."""
    return sorted(registry.values(), key=lambda chapter: (chapter.order, chapter.name))
