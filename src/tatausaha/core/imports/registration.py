"""The door for rooms that bring a kind of import along: its page, its worker and its command come by themselves."""

from tatausaha.core.imports import kinds
from tatausaha.core.imports.commands import command_for
from tatausaha.core.imports.kinds import Kind
from tatausaha.core.kernel import commands


def register(*brought: Kind) -> None:
    """Make kinds known to the pages, and each as `tatausaha import CODE`; from `apps.py`."""
    kinds.register(*brought)
    commands.register(
        *(command_for(kind) for kind in brought if f"import {kind.code}" not in commands.registry)
    )
