"""Who lives where: tenants with what they use and owe (KOS-13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet, Sum

from tatausaha.business.boarding.models import Booking, House, Registration, Stay, Subscription
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.queries import OPEN
from tatausaha.core.people.models import IdentityPaper, Person
from tatausaha.core.procedures.models import Passage

HERE = (Stay.Status.LIVING, Stay.Status.NOTICED)
GONE = (Stay.Status.INSPECTION, Stay.Status.REFUNDING, Stay.Status.CLOSED)


@dataclass(frozen=True)
class Tenant:
    """A stay with its running services, what is overdue in rupiah, and what was stated at registration."""

    stay: Stay
    services: tuple[str, ...]
    arrears: int
    stated: Registration | None
    paper: IdentityPaper | None


def tenants(house: House, on: date, *, gone: bool = False) -> list[Tenant]:
    """Who lives in a house, by room; or who lived there, the last to leave first. Five queries."""
    running = Subscription.objects.filter(Q(until_on=None) | Q(until_on__gt=on)).order_by("pk")
    stays = Stay.objects.filter(unit_id=house.unit_id, status__in=GONE if gone else HERE)
    rows = list(
        stays.select_related("room", "customer", "unit").prefetch_related(
            Prefetch("subscriptions", queryset=running, to_attr="running")
        )
    )
    owed = arrears(house, on)
    stated = registrations(row.booking_id for row in rows)
    papers = papers_of(stated.values())
    found = []
    for row in rows:
        registration = stated.get(row.booking_id or 0)
        services = tuple(one.name for one in row.running)
        paper = papers.get(registration.paper_id or 0) if registration else None
        found.append(Tenant(row, services, owed.get(("boarding.stay", row.pk), 0), registration, paper))
    if gone:
        return sorted(found, key=lambda one: (one.stay.moved_out_on or on, one.stay.pk), reverse=True)
    return sorted(found, key=lambda one: (len(one.stay.room.number), one.stay.room.number))


def arrears(house: House, on: date) -> dict[tuple[str, int], int]:
    """What is open past its due date in a house, in rupiah, by procedure and id of the case."""
    late = Invoice.objects.filter(OPEN, unit_id=house.unit_id, due_on__lt=on).order_by()
    sums = late.values_list("procedure", "subject_id").annotate(
        left=Sum(F("total") - F("settled") - F("credited"))
    )
    return {(procedure, pk): left for procedure, pk, left in sums}


def registrations(bookings: Iterable[int | None]) -> dict[int, Registration]:
    """What tenants stated, by the id of their booking."""
    rows = Registration.objects.filter(booking__in=[pk for pk in bookings if pk])
    return {row.booking_id: row for row in rows.select_related("person")}


def papers_of(stated: Iterable[Registration]) -> dict[int, IdentityPaper]:
    """The identity papers that were shown at registration, by id; their numbers stay masked."""
    ids = [row.paper_id for row in stated if row.paper_id]
    return {paper.pk: paper for paper in IdentityPaper.objects.filter(pk__in=ids)}


def paper_of(stated: Registration | None) -> IdentityPaper | None:
    """The identity paper of one registration."""
    return papers_of([stated]).get(stated.paper_id or 0) if stated else None


def has_pictured_paper(person: Person | None) -> bool:
    """Whether an identity paper of the person is kept with its picture."""
    return IdentityPaper.objects.filter(person=person, erased_at=None).exclude(file_name="").exists()


def is_pictured(stated: Registration) -> bool:
    """Whether the paper of a registration is kept with its picture."""
    shown = IdentityPaper.objects.filter(pk=stated.paper_id or 0, erased_at=None)
    return shown.exclude(file_name="").exists()


def without_picture() -> Q:
    """Bookings whose tenant is registered, by whatever way, without a picture that nobody waived."""
    bare = IdentityPaper.objects.filter(Q(file_name="") | Q(erased_at__isnull=False)).values("pk")
    return Q(registration__waived_because="", registration__paper_id__in=bare)


def cases_by_number(house: House, numbers: Iterable[str]) -> dict[str, Stay | Booking]:
    """The bookings and stays of a house that hold claims, by their number."""
    wanted = list(numbers)
    found: dict[str, Stay | Booking] = {}
    for model in (Booking, Stay):
        rows: QuerySet[Booking] | QuerySet[Stay] = model.objects.filter(
            unit_id=house.unit_id, number__in=wanted
        )
        found |= {row.number: row for row in rows.select_related("customer")}
    return found


def began_by(stay: Stay) -> str:
    """The name of whoever handed the key over; empty for a stay that a machine brought in."""
    first = Passage.objects.filter(procedure="boarding.stay", subject_id=stay.pk, step="open")
    found = first.select_related("person").order_by("pk").first()
    return found.person.name if found and found.person else ""
