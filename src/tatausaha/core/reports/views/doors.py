"""Who gets to reports and books: the owner and managers; for anybody else there is no such page (KOS-16)."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase

from tatausaha.core.ledger.queries import books_for
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.people.requests import PersonRequest
from tatausaha.core.reports import calendar

ALL = "semua"


@dataclass(frozen=True)
class Desk:
    """Who looks, when, and at the books of which units."""

    person: Person
    at: datetime
    units: tuple[Unit, ...]

    @property
    def is_owner(self) -> bool:
        """Whether the owner looks."""
        return roles.is_owner(self.person)

    def unit(self, code: str) -> Unit:
        """One of these units; 404 for any other."""
        found = next((unit for unit in self.units if unit.code == code), None)
        if found is None:
            raise Http404
        return found

    def asked(self, code: str) -> Unit | None:
        """The unit of a filter; nothing for all of them, or for one that is not theirs."""
        return next((unit for unit in self.units if unit.code == code), None)

    def month(self, text: str, unit: Unit) -> int:
        """The month of an address, up to the running one; 404 for any other."""
        ym = calendar.parse(text)
        if ym is None or ym > calendar.running(unit, self.at):
            raise Http404
        return ym


View = Callable[..., HttpResponseBase]


def keepers(view: View) -> View:
    """Let the owner and managers in, with their desk; visitors are led to the sign-in page."""

    @functools.wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        units = tuple(books_for(request.person))
        if not units:
            raise Http404
        return view(request, Desk(request.person, request.at, units), *args, **kwargs)

    return login_required(guarded)
