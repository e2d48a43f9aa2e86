"""What a business, or money, shows of its own on the case page, registered from its `apps.py`.

The context is made by a function of the case, the person who looks, and the moment. It may
give `actions`, links to what moves the case beside its steps ("Bayar uang muka Rp100.000"):
where the case waits for this person, the first of them is the main button.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.spec import Text

Context = Callable[[Any, Person, datetime], Mapping[str, Any]]


@dataclass(frozen=True)
class Action:
    """A link that is offered among the next steps; `note` is one sentence below it."""

    label: Text
    url: str
    note: Text = ""


@dataclass(frozen=True)
class Paper:
    """A paper of the case: what it is called, where it is, and its number or date."""

    label: Text
    url: str
    note: Text = ""


@dataclass(frozen=True)
class Panel:
    """A template and what it is filled with; `actions` and `papers` are shown by the page itself."""

    template: str
    context: Mapping[str, Any]

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be done beside the steps."""
        return tuple(self.context.get("actions", ()))

    @property
    def papers(self) -> tuple[Paper, ...]:
        """Papers that belong to the case."""
        return tuple(self.context.get("papers", ()))


_panels: dict[str, tuple[str, Context]] = {}
_lists: dict[str, str] = {}


def register(procedure_code: str, template: str, context: Context, *, listed: str = "") -> None:
    """Give the cases of a procedure a panel of their own.

    `listed` names the URL of the page on which their readers know them, where that is another one
    than the list of cases.
    """
    _panels[procedure_code] = (template, context)
    if listed:
        _lists[procedure_code] = listed


def unregister(procedure_code: str) -> None:
    """Take a panel away again (tests with procedures of their own)."""
    _panels.pop(procedure_code, None)
    _lists.pop(procedure_code, None)


def listed_at(procedure_code: str) -> str:
    """The name of the page that lists the cases of a procedure; empty where the list of cases does."""
    return _lists.get(procedure_code, "")


def panel_of(case: Tracked, person: Person, at: datetime) -> Panel | None:
    """The panel of a case as this person sees it; nothing where the business has none."""
    found = _panels.get(procedure_of(case).code)
    return Panel(found[0], found[1](case, person, at)) if found else None
