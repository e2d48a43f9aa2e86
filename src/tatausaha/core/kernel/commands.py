"""What the rooms bring to the command line; `config` gathers it without knowing what it does.

A room registers its commands in `apps.py`, next to its procedures. The texts are plain
Indonesian: the command line has no other language.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass


def _nothing(_parser: ArgumentParser) -> None:
    """A command without arguments."""


@dataclass(frozen=True)
class Command:
    """One command: `tatausaha NAME …`; a name of two words (`import kos`) makes a group.

    `run` does the work and returns the exit status (`None` is 0); a `Refused` that it
    raises is printed as a sentence and ends with status 1. The clock's offset is set.
    """

    name: str
    help: str
    run: Callable[[Namespace], int | None]
    configure: Callable[[ArgumentParser], None] = _nothing


registry: dict[str, Command] = {}


def register(*commands: Command) -> None:
    """Make commands known; a name that is taken is a mistake of ours."""
    for command in commands:
        assert registry.get(command.name, command) == command, f"two commands are called {command.name}"
        registry[command.name] = command
