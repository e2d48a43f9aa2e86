"""New and departed tenants for the report to the RT or kelurahan (KOS-07; rules/boarding 13)."""

from django.db.models import QuerySet

from tatausaha.business.boarding.models import House, Registration, ResidentMove, ResidentReport
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person


def unreported(house: House) -> QuerySet[ResidentMove]:
    """Moves that are in no report yet, oldest first."""
    return ResidentMove.objects.filter(unit_id=house.unit_id, report=None).order_by("on", "pk")


def reports_for(person: Person | None) -> QuerySet[ResidentReport]:
    """Reports of the houses that the person manages or owns."""
    units = roles.unit_ids(person, "manager")
    reports = ResidentReport.objects.select_related("unit", "made_by").order_by("-made_at", "-pk")
    return reports if units is None else reports.filter(unit_id__in=units)


def lines(moves: QuerySet[ResidentMove]) -> list[tuple[ResidentMove, Registration | None]]:
    """Each move with what the tenant stated at registration."""
    rows = list(moves.select_related("stay__room", "stay__customer", "stay__booking"))
    stated = Registration.objects.filter(
        booking__in=[row.stay.booking_id for row in rows if row.stay.booking_id]
    )
    by_booking = {one.booking_id: one for one in stated}
    return [(row, by_booking.get(row.stay.booking_id or 0)) for row in rows]
