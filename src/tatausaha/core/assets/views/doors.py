"""Who gets to the pages of assets: managers and the owner; for anybody else there is no such page (KOS-16)."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.assets import queries
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import FilterSet, Link, Sum
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.people.requests import PersonRequest


@dataclass(frozen=True)
class Desk:
    """Who looks, when, and at the assets of which units."""

    person: Person
    at: datetime
    units: tuple[Unit, ...]

    @property
    def is_owner(self) -> bool:
        """Whether the owner looks."""
        return roles.is_owner(self.person)

    def asked(self, request: HttpRequest) -> Unit | None:
        """The unit of a filter; nothing for all of them, or for one that is not theirs."""
        code = request.GET.get("unit", "")
        return next((unit for unit in self.units if unit.code == code), None)

    def today(self, unit: Unit | None = None) -> date:
        """The day of the unit, or of the first one."""
        return clock.day(self.at, (unit or self.units[0]).zone)


View = Callable[..., HttpResponseBase]


def keepers(view: View) -> View:
    """Let the owner and managers in, with their desk; visitors are led to the sign-in page."""

    @functools.wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        units = queries.units_for(request.person)
        if not units:
            raise Http404
        return view(request, Desk(request.person, request.at, units), *args, **kwargs)

    return login_required(guarded)


def crumbs() -> list[Link]:
    """The way back to the register."""
    return [Link(_("Aset"), reverse("assets"))]


def unit_links(
    desk: Desk, label: str, everything: str, unit: Unit | None, address: Callable[[str], str]
) -> FilterSet:
    """The choice of a unit as a filter."""
    links = [Link(everything, address(""), unit is None)]
    return FilterSet(label, (*links, *(Link(one.name, address(one.code), one == unit) for one in desk.units)))


def sums_said(totals: queries.Totals) -> tuple[Sum, ...]:
    """Cost, what is written off, book value."""
    return (
        Sum(_("Harga perolehan"), totals.cost, _("%(count)d aset") % {"count": totals.count}),
        Sum(_("Sudah disusutkan"), -totals.accumulated),
        Sum(_("Nilai buku"), totals.book_value, total=True),
    )


def put(form: Form, no: Refused) -> None:
    """Show a refusal beside the field that it belongs to, else above the form."""
    form.add_error(no.field if no.field in form.fields else None, str(no))
