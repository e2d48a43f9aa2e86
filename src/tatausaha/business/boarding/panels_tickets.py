"""What the case page of a repair shows: where, what, who repairs it when, and for the house what it cost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from tatausaha.business.boarding.models import Stay, Ticket
from tatausaha.business.boarding.queries import tickets
from tatausaha.business.boarding.queries.discounts import HERE
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries as cases


def ticket(case: Ticket, person: Person, _at: datetime) -> Mapping[str, Any]:
    """The tenant sees who comes and when; the manager also the costs, and where damage is charged."""
    staff = cases.is_staff_of(person, case)
    costs = tickets.costs_of(case) if staff else []
    return {
        "case": case,
        "staff": staff,
        "costs": costs,
        "spent": sum(one.expense.amount for one in costs if one.expense.status == "posted"),
        "damage": _charge(case.stay) if staff and case.stay else "",
    }


def _charge(stay: Stay) -> str:
    """Where damage that the tenant answers for is charged: on the out-sheet of the stay."""
    if stay.status == Stay.Status.INSPECTION:
        return reverse("case_step", args=[stay.number, "note_damage"])
    return stay.get_absolute_url()


def ticket_data(case: Ticket, person: Person, _at: datetime) -> Mapping[str, Any]:
    """The same as data, for the API; money in whole rupiah and for those who manage the house alone."""
    staff = cases.is_staff_of(person, case)
    costs = tickets.costs_of(case) if staff else []
    return {
        "room": case.room.number if case.room else None,
        "kind": case.kind,
        "what": case.what,
        "detail": case.detail,
        "urgent": case.urgent,
        "repairer": case.repairer,
        "planned_on": case.planned_on.isoformat() if case.planned_on else None,
        "room_closed": case.closed_room,
        "reopened": case.reopened,
        "expenses": [one.expense.number for one in costs] if staff else None,
    }


def way_to_report(stay: Stay, *, staff: bool) -> str:
    """Where something broken in the room of a stay is reported; empty once the tenant is gone."""
    if stay.status not in HERE:
        return ""
    place = f"?tempat=kamar-{stay.room_id}"
    if staff:
        return reverse("boarding:report_in_house", args=[stay.unit.code]) + place
    return reverse("boarding:report_fault") + place
