"""*Hari ini*: the home of everybody who is signed in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.core.backups import queries as backups
from tatausaha.core.kernel import clock, words
from tatausaha.core.people import queries as people
from tatausaha.core.people import roles
from tatausaha.core.people.models import Company, Person, Unit
from tatausaha.core.procedures import queries, sentences
from tatausaha.core.procedures.models import Passage
from tatausaha.core.procedures.queries import Item
from tatausaha.core.web import bank_chores, casefile, chores, offers, owed, scope, unit_lines
from tatausaha.core.web.parts import NextStep, Tone, Work

LONG_AGO = timedelta(days=3)
"""What began before that is told by its day, not by a count of days and hours."""


@require_safe
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """What is due from this person, what is late, what arrived, and how each unit does."""
    person, at = request.person, request.at  # type: ignore[attr-defined]
    works = roles.works_here(person)
    units = {unit.pk: unit for unit in scope.in_view(request)}
    todo = queries.worklist(person, units=units if works and scope.chosen(request) else None)
    late = [item for item in queries.late(person, at=at) if item.unit_id in units]
    known = {item.number for item in todo}
    keeps = _looks_after_units(person, units)
    seen = unit_lines.looks(units.values(), at) if keeps else {}
    beside = chores.of(person, units, at, seen) if works else owed.works(person, at)
    if keeps:
        told, request.unread = bank_chores.ask(person, at=at)  # type: ignore[attr-defined]  # the menu reads it
        beside = [*beside, *bank_chores.works(told, units)]
    own = [] if works else queries.own_open(person)
    places = units if works else people.units_of_ids(item.unit_id for item in (*todo, *own))
    context = {
        "greeting": _greeting(at, places, request.company),  # type: ignore[attr-defined]
        "todo": [*beside, *(_work(item, places, at, staff=works) for item in todo)],
        "late": [_work(item, units, at, step=False, staff=works) for item in late if item.number not in known],
        "mine": [_work(item, places, at, step=False) for item in own if item.number not in known],
        "arrivals": _arrivals(queries.arrivals(person, at=at)) if works else [],
        "lines": unit_lines.table(units.values(), at, seen) if keeps else (),
        "backup": _backup_light(person, request.company, at),  # type: ignore[attr-defined]
        "works": works,
        "tells_units": len(units) > 1,
        "offers": [] if works else offers.offered(),
    }  # fmt: skip
    return render(request, "web/today.html", context)


def _looks_after_units(person: Person, units: dict[int, Unit]) -> bool:
    return any(roles.has_role(person, unit, "manager") for unit in units.values())


def _backup_light(person: Person, company: Company | None, at: datetime) -> backups.Light | None:
    """How the backups stand, for the owner (rules/boarding 16.11)."""
    if company is None or not roles.is_owner(person):
        return None
    return backups.light(backups.at_places(), at=at, zone=company.zone)


def _greeting(at: datetime, units: dict[int, Unit], company: Company | None) -> str:
    """Today where this person's units are; where they are in several zones, in the company's town."""
    zones = {unit.zone for unit in units.values()}
    home = company.zone if company else "Asia/Jakarta"
    return words.long_date(clock.day(at, zones.pop() if len(zones) == 1 else home))


def _work(
    item: Item, units: dict[int, Unit], at: datetime, *, step: bool = True, staff: bool = False
) -> Work:
    """A line with its clock and its one next step; `step=False` for lines that are only looked at.

    Staff are told whose case it is where its title does not say so.
    """
    unit = units.get(item.unit_id)
    when, tone = _when(item, at, unit.zone if unit else "Asia/Jakarta")
    meta: list[Any] = [item.number, item.state_label]
    if staff and item.who and item.who not in item.headline:
        meta.insert(0, item.who)
    if unit and len(units) > 1:
        meta.append(unit.name)
    button = None
    if step and item.step:
        url = casefile.step_url(item.number, item.step.name)
        button = NextStep(item.step.label, url, opens=item.step.opens)
    return Work(title=item.headline, url=item.url, when=when, meta=tuple(meta), tone=tone, step=button)


def _when(item: Item, at: datetime, zone: str) -> tuple[str, Tone]:
    if item.deadline_at is None and at - item.since > LONG_AGO:
        return _("sejak %(day)s") % {"day": words.long_date(clock.day(item.since, zone))}, Tone.NEUTRAL
    if item.deadline_at is None:
        return _("sejak %(span)s") % {"span": words.span(at - item.since)}, Tone.NEUTRAL
    left = item.deadline_at - at
    if left.total_seconds() <= 0:
        return _("lewat %(span)s") % {"span": words.span(-left)}, Tone.LATE
    near = left * 4 < item.deadline_at - item.since
    said = _("%(span)s lagi, sampai %(moment)s") % {
        "span": words.span(left),
        "moment": words.until(item.deadline_at, zone),
    }
    return said, Tone.SOON if near else Tone.NEUTRAL


def _arrivals(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    """Of every case the last thing that happened, newest first."""
    newest: dict[str, Passage] = {}
    for passage in passages:
        newest.setdefault(passage.number, passage)
    return [_arrival(passage) for passage in newest.values()]


def _arrival(passage: Passage) -> dict[str, Any]:
    return {
        "url": f"/kasus/{passage.number}/",
        "number": passage.number,
        "what": sentences.news(passage),
        "who": sentences.actor(passage),
        "at": passage.recorded_at,
        "unit": passage.unit,
    }
