"""The list of one kind of case: its filters as links, its rows, and the same rows as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tatausaha.core.kernel import clock, words
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.queries import RUNNING
from tatausaha.core.procedures.spec import Procedure, Step
from tatausaha.core.web import route
from tatausaha.core.web.parts import Chip, FilterSet, Link

ALL = "semua"


@dataclass(frozen=True)
class Wish:
    """What the address of a list asks for; nonsense in it is left out."""

    procedure: Procedure
    status: str = RUNNING
    unit: Unit | None = None
    late: bool = False
    text: str = ""

    @property
    def state(self) -> str:
        """The one state that is asked for, if it is one."""
        return "" if self.status in (RUNNING, "") else self.status

    def url(self, **other: Any) -> str:
        """The address of the same list with some wishes changed."""
        asked = {
            "sop": self.procedure.code,
            "keadaan": self.status or ALL,
            "unit": self.unit.code if self.unit else "",
            "lewat": "1" if self.late else "",
            "q": self.text,
        } | other
        kept = {
            name: value for name, value in asked.items() if value and (name, value) != ("keadaan", RUNNING)
        }
        return f"{reverse('cases')}?{urlencode(kept)}"


def read(procedure: Procedure, asked: Any, units: Iterable[Unit]) -> Wish:
    """The wishes in a query string."""
    states = {state.value for state in procedure.states}
    status = asked.get("keadaan", RUNNING)
    return Wish(
        procedure=procedure,
        status="" if status == ALL else status if status in states else RUNNING,
        unit=next((unit for unit in units if unit.code == asked.get("unit")), None),
        late=asked.get("lewat") == "1",
        text=asked.get("q", "").strip()[:80],
    )


def filters(wish: Wish, units: tuple[Unit, ...]) -> tuple[FilterSet, ...]:
    """The questions above the list, answered by links that can be shared."""
    states = [
        Link(_("Berjalan"), wish.url(keadaan=RUNNING, lewat=""), wish.status == RUNNING and not wish.late),
        Link(_("Terlambat"), wish.url(keadaan=RUNNING, lewat="1"), wish.late),
        Link(_("Semua"), wish.url(keadaan=ALL, lewat=""), not wish.status),
        *(
            Link(
                _label(wish.procedure, state.value),
                wish.url(keadaan=state.value, lewat=""),
                wish.status == state.value,
            )
            for state in wish.procedure.states
        ),
    ]
    sets = [FilterSet(_("Keadaan"), tuple(states))]
    if len(units) > 1:
        every = Link(_("Semua unit"), wish.url(unit=""), wish.unit is None)
        each = (Link(unit.name, wish.url(unit=unit.code), wish.unit == unit) for unit in units)
        sets.append(FilterSet(_("Unit"), (every, *each)))
    return tuple(sets)


@dataclass(frozen=True)
class Line:
    """A row of the list."""

    number: str
    url: str
    headline: str
    customer: str
    unit: str
    chip: Chip
    when: str


def line(case: Any, procedure: Procedure, at: datetime) -> Line:
    """A case as a row."""
    late = case.deadline_at is not None and at >= case.deadline_at and not procedure.is_over(case.status)
    if case.deadline_at is None or procedure.is_over(case.status):
        when = words.short_date(clock.day(case.opened_at, case.unit.zone))
    elif late:
        when = _("lewat %(span)s") % {"span": words.span(at - case.deadline_at)}
    else:
        when = _("%(span)s lagi") % {"span": words.span(case.deadline_at - at)}
    return Line(
        number=case.number,
        url=case.get_absolute_url(),
        headline=case.headline,
        customer=case.customer.name if case.customer else "",
        unit=case.unit.name,
        chip=Chip(_label(procedure, case.status), route.tone_of(procedure, case.status, late=late)),
        when=when,
    )


def bulk_steps(wish: Wish, person: Person) -> tuple[Step, ...]:
    """The steps that this person may take for many cases of one state at once: nothing to ask, to show or to fear."""
    return tuple(
        step
        for step in wish.procedure.steps
        if wish.state in step.sources
        and not step.opens
        and not step.danger
        and step.who.roles
        and roles.unit_ids(person, *step.who.roles) != set()
    )


def head(procedure: Procedure) -> list[str]:
    """The columns of the file."""
    return [
        _("Nomor"),
        _("Perihal"),
        _("Keadaan"),
        str(procedure.customer_label),
        _("Unit"),
        _("Dibuka"),
        _("Sejak"),
        _("Batas waktu"),
    ]


def rows(cases: Iterable[Any], procedure: Procedure) -> Iterator[list[Any]]:
    """The list as rows of a file; moments on the unit's own wall clock."""
    for case in cases:
        zone = case.unit.zone
        yield [
            case.number,
            case.headline,
            str(procedure.label_of(case.status)),
            case.customer.name if case.customer else "",
            case.unit.name,
            _wall(case.opened_at, zone),
            _wall(case.since, zone),
            _wall(case.deadline_at, zone),
        ]


def _wall(at: datetime | None, zone: str) -> str:
    return f"{clock.local(at, zone):%Y-%m-%d %H:%M}" if at else ""


def _label(procedure: Procedure, status: str) -> str:
    return capfirst(str(procedure.label_of(status)))
