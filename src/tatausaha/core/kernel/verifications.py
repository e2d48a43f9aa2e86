"""What `tatausaha verify` asks the rooms: does everything that you keep still hold?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: a code for programs, a sentence for people, where it is."""

    code: str
    sentence: str
    where: str = ""


@dataclass(frozen=True)
class Verification:
    """A room's own check of its data; it reads, and yields what does not hold."""

    name: str
    check: Callable[[], Iterable[Finding]]


registry: dict[str, Verification] = {}


def register(*verifications: Verification) -> None:
    """Make verifications known; they run in the order in which they were registered."""
    for verification in verifications:
        assert registry.get(verification.name, verification) == verification, (
            f"two verifications: {verification.name}"
        )
        registry[verification.name] = verification
