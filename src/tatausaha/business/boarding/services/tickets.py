"""What is broken: reported, its room closed and opened, and what the repair cost (KOS-13, KOS-14)."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tatausaha.business.boarding import announcements_tickets as announcements
from tatausaha.business.boarding.models import Room, Ticket, TicketCost
from tatausaha.business.boarding.queries import tickets as reads
from tatausaha.business.boarding.services import houses
from tatausaha.business.boarding.services.far_days import refuse_far
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import Expense
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import services as procedures

MOST_OPEN = 10
"""Reports that one tenant may have waiting at a time."""


def report(
    *, place: str, kind: str, what: str, by: Person, at: datetime, detail: str = "", urgent: bool = False,
    photo: Any = None, photo_2: Any = None, photo_3: Any = None,
) -> Ticket:  # fmt: skip
    """Write down that something is broken, where `place` is the key of one of the person's `queries.tickets.Spot`s.

    A room that is lived in makes its tenant the one who confirms the repair. Raises `Refused` for a
    place where the person neither lives nor manages, and for a tenant with too many open reports.
    """  # fmt: skip
    spot = next((one for one in reads.spots_for(by) if one.key == place), None)
    if spot is None:
        raise Refused(_("Pilih kamar atau rumah yang Anda huni atau kelola."), field="place")
    unit = spot.house.unit
    if not roles.has_role(by, unit, "manager") and reads.open_of(by) >= MOST_OPEN:
        raise Refused(
            _("Anda masih punya %(n)d laporan yang belum selesai. Tunggu atau tarik salah satunya dulu.")
            % {"n": MOST_OPEN}
        )
    what = " ".join(what.split())[:100]
    where = _("Kamar %(room)s") % {"room": spot.room.number} if spot.room else str(_("Rumah"))
    ticket = procedures.begin(
        Ticket(
            unit=unit, room=spot.room, stay=spot.stay, customer=spot.stay.customer if spot.stay else None,
            kind=kind, what=what, detail=detail.strip()[:500], urgent=urgent, reported_by=by,
            headline=f"{where}: {what}"[:160],
        ),
        by=by, at=at,
        data={"note": detail, "photo": photo, "photo_2": photo_2, "photo_3": photo_3}
        | ({"urgent": True} if urgent else {}),
    )  # fmt: skip
    announcements.reported(ticket, at=at)
    return ticket


def take(ticket: Ticket, *, by: Actor) -> None:
    """Whoever takes it answers for it."""
    ticket.handler = person_or_none(by)
    ticket.save(update_fields=["handler"])


def plan(ticket: Ticket, *, repairer: str, on: date, by: Actor, at: datetime) -> None:
    """Name who repairs it and when. Raises `Refused` for a day that is past, or more than a year ahead."""
    if on < clock.day(at, ticket.unit.zone):
        raise Refused(_("Tanggal itu sudah lewat."), field="on")
    refuse_far(on, ticket.unit, at=at, field="on")
    ticket.repairer, ticket.planned_on = " ".join(repairer.split())[:120], on
    ticket.handler = person_or_none(by)
    ticket.save(update_fields=["repairer", "planned_on", "handler"])


def close_room(ticket: Ticket, *, by: Person, at: datetime) -> None:
    """Take the room out of service for the repair. Raises `Refused` while it is lived in, held or booked."""
    _serve(ticket, Room.OutOfService.REPAIR, f"{ticket.what} ({ticket.number})", by=by, at=at)
    ticket.closed_room = True
    ticket.save(update_fields=["closed_room"])


def open_room(ticket: Ticket, *, by: Person, at: datetime) -> None:
    """Let the room be booked again, where this repair closed it; what else keeps it closed stays."""
    if not ticket.closed_room or ticket.room is None:
        return
    room = Room.objects.get(pk=ticket.room.pk)
    if room.out_of_service == Room.OutOfService.REPAIR and ticket.number in room.out_reason:
        _serve(ticket, "", "", by=by, at=at)
    ticket.closed_room = False
    ticket.save(update_fields=["closed_room"])


def _serve(ticket: Ticket, out: str, reason: str, *, by: Person, at: datetime) -> None:
    assert ticket.room is not None
    room = Room.objects.select_related("house__unit", "room_type").get(pk=ticket.room.pk)
    houses.update_room(
        room,
        by=by,
        at=at,
        room_type=room.room_type,
        floor=room.floor,
        out_of_service=out,
        out_reason=reason[:200],
    )


def send_back(ticket: Ticket) -> None:
    """The tenant says that it is not well yet."""
    ticket.reopened += 1
    ticket.save(update_fields=["reopened"])


def note_cost(ticket: Ticket, *, by: Person, at: datetime, **spent: Any) -> Expense:
    """Write down what the repair cost, as an expense of the unit by its own procedure.

    Up to the manager's limit it is booked at once, above it the owner approves first. Raises `Refused`
    as `payments.record_expense` does.
    """
    expense = payments.record_expense(unit=ticket.unit, by=by, at=at, **spent)
    TicketCost.objects.create(ticket=ticket, expense=expense)
    return expense
