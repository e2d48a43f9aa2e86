"""What is told about something broken: to the manager at once, to the owner when nobody takes it, to the tenant."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Ticket
from tatausaha.business.boarding.queries import tickets
from tatausaha.core.kernel import clock
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note, Value

A_DAY = timedelta(days=1)

_REPORTED = _("%(who)s: %(what)s. Ambil sebelum %(until)s.")
_UNTAKEN = _("%(what)s dilaporkan %(since)s dan belum ada yang mengambilnya.")
_TO_OWNER = _("%(what)s dilaporkan %(since)s. Pengelola belum mengambilnya dalam waktu yang ditentukan.")
_NOT_DONE = _("%(what)s: perbaikannya direncanakan %(planned)s. Catat hasilnya, atau ubah jadwalnya.")
_TAKEN = _("%(handler)s menangani laporan Anda: %(what)s.")
_PLANNED = _("%(what)s dikerjakan %(planned)s oleh %(repairer)s.")
_DONE = _("%(what)s sudah dikerjakan. Periksa, lalu jawab sebelum %(until)s; sesudah itu laporan ditutup.")
_REOPENED = _("%(who)s: %(what)s belum beres. Lihat alasannya.")
_DECLINED = _("%(what)s tidak diperbaiki oleh pengelola. Lihat alasannya.")


def _about(ticket: Ticket) -> dict[str, Value]:
    return {
        "what": ticket.headline, "who": ticket.reported_by.name, "house": ticket.unit.name,
        "since": ticket.opened_at, "until": ticket.deadline_at or ticket.since, "repairer": ticket.repairer,
        "handler": ticket.handler.name if ticket.handler else "", "planned": ticket.planned_on or "",
    }  # fmt: skip


def _note(kind: str, title: object, text: object, ticket: Ticket) -> Note:
    link = ticket.get_absolute_url()
    return Note(kind, title, text, _about(ticket), link=link, about=ticket.number)  # type: ignore[arg-type]


def _turn(ticket: Ticket) -> str:
    """Each time that it is sent back is told anew."""
    return f"{ticket.number}|{ticket.reopened}"


def reported(ticket: Ticket, *, at: datetime) -> None:
    """Tell the managers of the house."""
    title = _("Mendesak: ada yang rusak di %(house)s") if ticket.urgent else _("Ada yang rusak di %(house)s")
    note = _note("work", title, _REPORTED, ticket)
    notices.tell_holders(ticket.unit, "manager", note=note, key=f"{_turn(ticket)}|new", at=at)


def sent_back(ticket: Ticket, *, at: datetime) -> None:
    """Tell the managers that the tenant is not content."""
    note = _note("work", _("Perbaikan belum beres"), _REOPENED, ticket)
    notices.tell_holders(ticket.unit, "manager", note=note, key=f"{_turn(ticket)}|new", at=at)


def escalated(ticket: Ticket, *, at: datetime) -> None:
    """Tell the owners that the time is over and nobody has taken it."""
    note = _note("deadline", _("Kerusakan di %(house)s belum ditangani"), _TO_OWNER, ticket)
    notices.tell_holders(ticket.unit, "owner", note=note, key=f"{_turn(ticket)}|overdue", at=at)


_MOVED = {
    Ticket.Status.TAKEN: (_("Laporan Anda ditangani"), _TAKEN),
    Ticket.Status.SCHEDULED: (_("Perbaikan dijadwalkan"), _PLANNED),
    Ticket.Status.DONE: (_("Perbaikan selesai: apakah sudah beres?"), _DONE),
    Ticket.Status.DECLINED: (_("Laporan Anda tidak diperbaiki"), _DECLINED),
}


def moved(ticket: Ticket, *, at: datetime, until: datetime | None = None) -> None:
    """Tell the tenant how his report stands; a new day of the repair is told again."""
    if ticket.customer is None or ticket.customer_id == ticket.handler_id:
        return
    title, text = _MOVED[Ticket.Status(ticket.status)]
    about = _about(ticket) | ({"until": until} if until else {})
    note = Note("case", title, text, about, link=ticket.get_absolute_url(), about=ticket.number)
    day = ticket.planned_on if ticket.status == Ticket.Status.SCHEDULED else ""
    key = f"{_turn(ticket)}|{ticket.status}|{day}|{ticket.repairer}"
    notices.tell(ticket.customer, note, key=key[:120], at=at, unit=ticket.unit)


def remind(at: datetime) -> int:
    """Remind the managers of what nobody has taken and of repairs whose day is over; how many were told now.

    Of what is untaken once when half of the time is over, then every day.
    """
    told = 0
    for ticket in tickets.untaken():
        if (turn := _reminded(ticket, at)) is not None:
            note = _note("deadline", _("Laporan kerusakan belum diambil"), _UNTAKEN, ticket)
            key = f"{_turn(ticket)}|untaken|{turn}"
            told += notices.tell_holders(ticket.unit, "manager", note=note, key=key, at=at)
    for ticket in tickets.planned_by(at):
        if ticket.planned_on and clock.day(at, ticket.unit.zone) > ticket.planned_on:
            note = _note("deadline", _("Perbaikan belum dicatat selesai"), _NOT_DONE, ticket)
            key = f"{_turn(ticket)}|planned|{ticket.planned_on}"
            told += notices.tell_holders(ticket.unit, "manager", note=note, key=key, at=at)
    return told


def _reminded(ticket: Ticket, at: datetime) -> int | None:
    """The how-manieth reminder is due, from 0; nothing before half of the time is over."""
    if ticket.status == Ticket.Status.OVERDUE:
        return 1 + (at - ticket.since) // A_DAY
    assert ticket.deadline_at is not None
    return 0 if at >= ticket.since + (ticket.deadline_at - ticket.since) / 2 else None
