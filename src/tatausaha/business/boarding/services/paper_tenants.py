"""A tenant comes over from paper: the stay goes on where the paper stops (rules/boarding 6, 9; rules/ledger 20).

What was earned before the day of moving in stays earned there: rent that fell due before it
and is not paid is a receivable against the opening equity, a deposit that is held a liability
against it. From that day on the nightly bills follow on the same anchor.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import (
    ExtraService,
    PaperTenant,
    Purpose,
    Room,
    RoomClaim,
    Stay,
    Subscription,
)
from tatausaha.business.boarding.queries import cycles
from tatausaha.business.boarding.services import bills, claims
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.services import NewLine, held, openings
from tatausaha.core.imports.models import ImportRun
from tatausaha.core.kernel import words
from tatausaha.core.ledger import chart
from tatausaha.core.people.models import Person
from tatausaha.core.people.services import create_person
from tatausaha.core.procedures import services as procedures
from tatausaha.core.procedures.registry import procedure_of


@dataclass(frozen=True)
class Tenancy:
    """What the paper says of a tenant: `paid_periods` from the anchor on are settled, `day` is that of moving in.

    `person` is who is known already; `rent` and what services and `deposit` cost are rupiah.
    """

    room: Room
    name: str
    phone: str
    email: str
    person: Person | None
    anchor: date
    paid_periods: int
    day: date
    rent: int
    services: tuple[tuple[ExtraService, int], ...]
    deposit: int
    arrears: int
    note: str

    @property
    def paid_to(self) -> date | None:
        """The last day that is settled on paper; nothing where not even the first period is."""
        return (
            cycles.period(self.anchor, self.paid_periods - 1, self.room.house.cycle)[1]
            if self.paid_periods
            else None
        )


@transaction.atomic
def take_over(
    tenancy: Tenancy,
    *,
    key: str,
    digest: str,
    run: ImportRun,
    number: int,
    reason: str,
    by: Person,
    at: datetime,
) -> Stay:
    """Begin the stay with what the paper says. Raises `Refused` when the room is somebody else's."""
    person = tenancy.person or create_person(
        name=tenancy.name, phone=tenancy.phone, email=tenancy.email, by=by, at=at
    )
    stay = _begin(tenancy, person, by=by, at=at)
    for service, amount in tenancy.services:
        Subscription.objects.create(
            stay=stay, service=service, name=service.name, amount=amount, from_on=tenancy.anchor
        )
    _carry_arrears(stay, tenancy, reason, by=by, at=at)
    _bill_what_was_due(stay, tenancy, reason, by=by, at=at)
    if tenancy.deposit:
        place = held.Place(stay.unit, "deposit", person, procedure_of(stay).code, stay.pk, stay.number)
        openings.take_over_held(
            place, tenancy.deposit, on=tenancy.day, note=_("Deposit dari buku kertas"), reason=reason,
            key=f"{stay.unit_id}|opening|stay {stay.pk}|deposit|0", by=by, at=at,
        )  # fmt: skip
    stay.next_bill_on = bills.next_bill_day(stay)
    stay.save(update_fields=["next_period", "next_bill_on"])
    PaperTenant.objects.create(stay=stay, key=key, digest=digest, run=run, number=number)
    return stay


def _begin(tenancy: Tenancy, person: Person, *, by: Person, at: datetime) -> Stay:
    unit, room = tenancy.room.house.unit, tenancy.room
    stay = procedures.begin(
        Stay(
            unit=unit, customer=person, room=room, anchor_on=tenancy.anchor, rent=tenancy.rent, cycle=room.house.cycle,
            headline=f"{unit.name}, {_('kamar')} {room.number}: {person.name}"[:160],
            next_period=tenancy.paid_periods, billed_on_paper_to=tenancy.paid_to,
            deposit_never_collected=not tenancy.deposit,
        ),
        by=by, at=at,
        data={"anchor_on": tenancy.anchor, "rent": tenancy.rent, "billed_on_paper_to": tenancy.paid_to},
    )  # fmt: skip
    stay.claim = claims.claim(
        room, tenancy.anchor, None, stay.number, None, at=at, kind=RoomClaim.Kind.OCCUPIED
    )
    stay.save(update_fields=["claim"])
    return stay


def _carry_arrears(stay: Stay, tenancy: Tenancy, reason: str, *, by: Person, at: datetime) -> None:
    """What is open from periods that the paper settled otherwise: one bill, due the day before moving in."""
    if not tenancy.arrears:
        return
    said = tenancy.note or _("Tunggakan dari buku kertas")
    line = NewLine("carried", chart.OPENING_EQUITY, said, tenancy.arrears)
    due = tenancy.day - timedelta(days=1)
    invoice = billing.issue(stay, purpose=Purpose.PAPER, lines=[line], due_on=due, by=by, at=at)
    openings.take_over_owed(invoice, on=tenancy.day, reason=reason, by=by, at=at)


def _bill_what_was_due(stay: Stay, tenancy: Tenancy, reason: str, *, by: Person, at: datetime) -> None:
    """Periods that began before the day of moving in and are not paid: a bill each, earned on paper."""
    while (period := cycles.period_of(stay, stay.next_period))[0] < tenancy.day:
        said = _("Sewa %(period)s") % {"period": words.period(*period)}
        lines = [NewLine("rent", chart.OPENING_EQUITY, said, stay.rent)]
        lines += [
            NewLine("service", chart.OPENING_EQUITY, service.name, amount)
            for service, amount in tenancy.services
            if amount
        ]
        invoice = billing.issue(
            stay, purpose=Purpose.RENT, lines=lines, due_on=period[0], period=period, by=by, at=at
        )
        openings.take_over_owed(invoice, on=tenancy.day, reason=reason, by=by, at=at)
        stay.next_period += 1
