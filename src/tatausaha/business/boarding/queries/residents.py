"""Who came, left or stays overnight, for the report to the RT or kelurahan (KOS-07; rules/boarding 13, 16.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Guest, House, Registration, ResidentMove, ResidentReport
from tatausaha.business.boarding.queries import tenants
from tatausaha.core.kernel import words
from tatausaha.core.people import roles
from tatausaha.core.people.models import IdentityPaper, Person, Unit


@dataclass(frozen=True)
class MoveLine:
    """A move with what the tenant stated at registration, and the identity paper (its number masked).

    Of a guest who stays overnight neither: what is told of the guest was noted with the guest.
    """

    move: ResidentMove
    stated: Registration | None
    paper: IdentityPaper | None

    @property
    def who(self) -> str:
        """Who came, left or stays overnight."""
        move = self.move
        return move.guest.name if move.guest else move.stay.customer.name if move.stay.customer else ""

    @property
    def host(self) -> str:
        """With whom a guest stays; empty for a tenant."""
        return self.move.stay.customer.name if self.move.guest and self.move.stay.customer else ""

    @property
    def nights(self) -> str:
        """From the day on which a guest comes to the one on which he leaves; empty for a tenant."""
        guest = self.move.guest
        return words.period(guest.from_on, guest.until_on) if guest else ""

    @property
    def document(self) -> str:
        """The identity paper, its number masked; of a guest's only the kind."""
        guest = self.move.guest
        return str(guest.get_identity_kind_display()) if guest else str(self.paper or "")

    @property
    def told(self) -> Guest | Registration | None:
        """Where the origin and the purpose stand."""
        return self.move.guest or self.stated

    @property
    def rooms(self) -> str:
        """The room, or from which to which."""
        if self.move.guest:
            return self.move.guest.room.number
        if moved := self.move.room_move:
            about = {"old": moved.from_room.number, "new": moved.to_room.number}
            return _("%(old)s ke %(new)s") % about
        return self.move.stay.room.number


@dataclass(frozen=True)
class Waiting:
    """How many moves of a unit wait for a report, and when the first is due."""

    unit: Unit
    count: int
    due_at: datetime


def unreported(house: House) -> QuerySet[ResidentMove]:
    """Moves that are in no report yet, oldest first."""
    return ResidentMove.objects.filter(unit_id=house.unit_id, report=None).order_by("on", "pk")


def waiting_for(person: Person | None, units: Mapping[int, Unit]) -> list[Waiting]:
    """Those of the units that the person manages with moves in no report yet, the most urgent first. One query."""
    own = roles.unit_ids(person, "manager")
    moves = ResidentMove.objects.filter(
        report=None, unit_id__in=units.keys() if own is None else own & units.keys()
    )
    counted = moves.order_by().values_list("unit").annotate(number=Count("pk"), due=Min("due_at"))
    found = [Waiting(units[unit], number, due) for unit, number, due in counted]
    return sorted(found, key=lambda one: (one.due_at, one.unit.pk))


def overdue(at: datetime) -> QuerySet[ResidentMove]:
    """Moves of every house that should have been reported by now, and are in no report."""
    late = ResidentMove.objects.filter(report=None, due_at__lte=at)
    return late.select_related("unit", "stay__customer", "guest").order_by("due_at", "pk")


def reports_for(person: Person | None) -> QuerySet[ResidentReport]:
    """Reports of the houses that the person manages or owns."""
    units = roles.unit_ids(person, "manager")
    reports = ResidentReport.objects.select_related("unit", "made_by").order_by("-made_at", "-pk")
    return reports if units is None else reports.filter(unit_id__in=units)


def of_report(report: ResidentReport) -> list[MoveLine]:
    """The lines of one report in their order."""
    return lines(report.moves.order_by("on", "pk"))


def lines(moves: QuerySet[ResidentMove]) -> list[MoveLine]:
    """Each move with what the tenant stated at registration."""
    rows = list(
        moves.select_related(
            "stay__room",
            "stay__customer",
            "stay__unit",
            "room_move__from_room",
            "room_move__to_room",
            "guest__room",
        )
    )
    stated = tenants.registrations(row.stay.booking_id for row in rows)
    papers = tenants.papers_of(stated.values())
    found = []
    for row in rows:
        one = None if row.guest_id else stated.get(row.stay.booking_id or 0)
        found.append(MoveLine(row, one, papers.get(one.paper_id or 0) if one else None))
    return found
