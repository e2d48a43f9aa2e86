"""The life of a report that something is broken (PRB): taken in time, repaired, confirmed. KOS-13, KOS-14."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import announcements_tickets as announcements
from tatausaha.business.boarding.models import Room, Ticket
from tatausaha.business.boarding.policy import TicketPolicy
from tatausaha.business.boarding.procedure import forms_ticket as forms
from tatausaha.business.boarding.procedure.actors import MANAGER, TENANT, TIME
from tatausaha.business.boarding.procedure.forms import ReasonForm
from tatausaha.business.boarding.queries.bookings import is_handed_over
from tatausaha.business.boarding.services import tickets
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Moot, Refused
from tatausaha.core.people.actors import Machine, person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.spec import (
    Act,
    Opening,
    Procedure,
    Sop,
    State,
    Step,
    by_policy,
    lasts,
    machine,
    says,
)

S = Ticket.Status

NOBODY = machine(_("Tidak ada penghuni yang ditanya"), Machine.CASE)


def _person(act: Act) -> Person:
    by = person_or_none(act.by)
    assert by is not None, "people repair"
    return by


# What must be true


@says(_("Kamarnya kosong: tidak dihuni, ditahan, atau dipesan."))
def room_stands_empty(ticket: Ticket, _act: Act) -> None:
    """Whoever lives in a room stays in it while it is repaired."""
    if ticket.room is None or ticket.closed_room or not is_handed_over(ticket.room):
        raise Moot(_now("Tidak ada kamar kosong yang bisa ditutup untuk perbaikan ini."))
    if ticket.room.out_of_service:
        raise Moot(_now("Kamar ini sudah tidak disewakan."))


@says(_("Kamar ditutup untuk perbaikan ini."))
def room_is_closed(ticket: Ticket, _act: Act) -> None:
    """There is something to open."""
    if not ticket.closed_room:
        raise Moot(_now("Kamar ini tidak ditutup untuk perbaikan ini."))


@says(_("Kamar tidak sedang ditutup untuk perbaikan ini."))
def room_is_not_closed(ticket: Ticket, _act: Act) -> None:
    """What the house has closed the house opens."""
    if ticket.closed_room:
        raise Refused(_now("Kamar sedang ditutup untuk perbaikan ini. Minta pengelola menutup laporannya."))


@says(_("Tidak ada penghuni yang ditanya."))
def nobody_to_ask(ticket: Ticket, _act: Act) -> None:
    """Of an empty room or the house, reported by the house itself."""
    if ticket.customer_id:
        raise Refused(_now("Penghuni yang memastikan bahwa perbaikannya beres."))


# What follows


@says(_("Pengelola yang mengambil bertanggung jawab; penghuni diberi tahu."))
def take(ticket: Ticket, act: Act) -> None:
    """By name."""
    tickets.take(ticket, by=act.by)
    announcements.moved(ticket, at=act.at)


@says(_("Tukang dan tanggalnya dicatat; penghuni diberi tahu."))
def plan(ticket: Ticket, act: Act) -> None:
    """Who comes, and when."""
    tickets.plan(ticket, repairer=act.data["repairer"], on=act.data["on"], by=act.by, at=act.at)
    announcements.moved(ticket, at=act.at)


@says(_("Kamar kosong ditutup dan tidak bisa dipesan."))
def close_room(ticket: Ticket, act: Act) -> None:
    """Its state becomes `perbaikan`, with this report as the reason."""
    tickets.close_room(ticket, by=_person(act), at=act.at)


@says(_("Kamar yang ditutup untuknya bisa dipesan lagi."))
def open_room(ticket: Ticket, act: Act) -> None:
    """Where this report closed it."""
    tickets.open_room(ticket, by=_person(act), at=act.at)


@says(_("Biaya dicatat sebagai pengeluaran dan disebut pada laporan ini; penghuni tidak melihatnya."))
def note_cost(ticket: Ticket, act: Act) -> None:
    """By the procedure of expenses: over the manager's limit the owner approves it first."""
    spent = dict(act.data)
    what, category = spent.pop("what"), str(spent.pop("category").pk)
    tickets.note_cost(ticket, by=_person(act), at=act.at, note=what, category=category, **spent)


@says(_("Penghuni diminta memastikan hasilnya."))
def ask_tenant(ticket: Ticket, act: Act) -> None:
    """With the moment until which the answer counts."""
    until = act.at + timedelta(days=ticket.policy.confirm_days)
    announcements.moved(ticket, at=act.at, until=until)


@says(_("Laporan kembali ke pengelola dengan alasan penghuni."))
def send_back(ticket: Ticket, act: Act) -> None:
    """The time to take it begins anew."""
    tickets.send_back(ticket)
    announcements.sent_back(ticket, at=act.at)


@says(_("Pemilik diberi tahu bahwa belum ada yang menangani."))
def tell_owner(ticket: Ticket, act: Act) -> None:
    """The clock does it."""
    announcements.escalated(ticket, at=act.at)


@says(_("Penghuni diberi tahu alasannya."))
def tell_tenant(ticket: Ticket, act: Act) -> None:
    """Why nothing is repaired."""
    announcements.moved(ticket, at=act.at)


# How long


@lasts(
    lambda numbers: (
        _now("%(hours)d jam; yang mendesak %(urgent)d jam")
        % {"hours": numbers.take_hours, "urgent": numbers.urgent_hours}
    )
)
def time_to_take(ticket: Ticket, since: datetime) -> datetime:
    """What is urgent is taken sooner."""
    hours = ticket.policy.urgent_hours if ticket.urgent else ticket.policy.take_hours
    return since + timedelta(hours=hours)


@lasts(lambda _numbers: _now("segera"))
def at_once(_ticket: Ticket, since: datetime) -> datetime:
    """It is late from the beginning."""
    return since


@lasts(lambda _numbers: _now("sampai akhir tanggal yang dijadwalkan"))
def end_of_planned_day(ticket: Ticket, _since: datetime) -> datetime | None:
    """After it the repair is late."""
    if ticket.planned_on is None:
        return None
    return clock.start_of(ticket.planned_on + timedelta(days=1), ticket.unit.zone)


ESCALATE = Step(
    "escalate", _("Tidak diambil dalam waktunya"), S.REPORTED, S.OVERDUE, TIME, effects=(tell_owner,)
)
CLOSE = Step("close_unanswered", _("Ditutup tanpa jawaban"), S.DONE, S.CLOSED, TIME)
IN_HAND = (S.TAKEN, S.SCHEDULED)

STEPS = (
    Step(
        "take", _("Ambil laporan ini"), (S.REPORTED, S.OVERDUE), S.TAKEN, MANAGER, effects=(take,),
        done=_("Anda menangani laporan ini. Tentukan siapa yang memperbaiki dan kapan."),
    ),
    Step(
        "plan", _("Jadwalkan perbaikan"), S.TAKEN, S.SCHEDULED, MANAGER, form=forms.PlanForm, effects=(plan,),
        evidence=_("Nama tukang dan tanggal"), done=_("Penghuni diberi tahu."),
    ),
    Step(
        "finish", _("Perbaikan selesai"), IN_HAND, S.DONE, MANAGER, form=forms.FinishForm,
        effects=(open_room, ask_tenant), evidence=_("Foto hasilnya"),
        done=_("Bila ada penghuninya, ia diminta memastikan. Catat biayanya bila ada."),
    ),
    Step(
        "replan", _("Ubah jadwal"), S.SCHEDULED, None, MANAGER, form=forms.PlanForm, quiet=True, effects=(plan,),
    ),
    Step(
        "close_room", _("Tutup kamar selama perbaikan"), IN_HAND, None, MANAGER, quiet=True,
        guards=(room_stands_empty,), effects=(close_room,),
        done=_("Kamar ditutup. Ia dibuka lagi saat perbaikan selesai."),
    ),
    Step(
        "open_room", _("Buka kamar lagi"), IN_HAND, None, MANAGER, quiet=True, guards=(room_is_closed,),
        effects=(open_room,), done=_("Kamar bisa dipesan lagi."),
    ),
    Step(
        "note_cost", _("Catat biaya perbaikan"), (*IN_HAND, S.DONE, S.CLOSED), None, MANAGER, form=forms.CostForm,
        quiet=True, effects=(note_cost,), evidence=_("Foto nota, atau mengapa tidak ada"),
        done=_("Biaya dicatat. Di atas batas pengelola, pemilik menyetujuinya dulu."),
    ),
    Step("confirm", _("Sudah beres"), S.DONE, S.CLOSED, TENANT, done=_("Terima kasih. Laporan ditutup.")),
    Step(
        "reopen", _("Belum beres"), S.DONE, S.REPORTED, TENANT, form=forms.ReopenForm, quiet=True,
        effects=(send_back,), evidence=_("Alasan, dengan foto bila perlu"),
        done=_("Laporan kembali ke pengelola."),
    ),
    Step(
        "decline", _("Tidak diperbaiki"), (*Ticket.UNTAKEN, *IN_HAND), S.DECLINED, MANAGER, form=ReasonForm,
        quiet=True, danger=True, effects=(open_room, tell_tenant), evidence=_("Alasan"),
    ),
    Step(
        "withdraw", _("Tarik laporan ini"), (*Ticket.UNTAKEN, *IN_HAND), S.WITHDRAWN, TENANT, quiet=True,
        danger=True, guards=(room_is_not_closed,),
    ),
    ESCALATE,
    CLOSE,
    Step("close_unasked", _("Ditutup: tidak ada penghuni yang ditanya"), S.DONE, S.CLOSED, NOBODY,
         guards=(nobody_to_ask,)),
)  # fmt: skip


def locks(ticket: Ticket) -> list[Room]:
    """The room is locked before its report, by everybody."""
    return [ticket.room] if ticket.room else []


def itself(ticket: Ticket) -> list[Ticket]:
    """Where there is nobody to ask, a finished repair is closed at once."""
    return [ticket] if ticket.status == S.DONE else []


TICKET = Procedure(
    code="boarding.ticket",
    prefix="PRB",
    title=_("Perbaikan"),
    model=Ticket,
    customer_label=_("Penghuni"),
    initial=S.REPORTED,
    states=(
        State(S.REPORTED, until=time_to_take, then=ESCALATE, awaits=_("Menunggu pengelola mengambilnya.")),
        State(S.OVERDUE, until=at_once, awaits=_("Belum diambil. Pemilik sudah diberi tahu.")),
        State(S.TAKEN, awaits=_("Pengelola mencari tukang dan menentukan tanggalnya.")),
        State(S.SCHEDULED, until=end_of_planned_day, awaits=_("Menunggu perbaikan pada tanggalnya.")),
        State(
            S.DONE, until=by_policy("confirm_days", "days"), then=CLOSE,
            awaits=_("Menunggu penghuni memastikan bahwa sudah beres."),
        ),
        State(S.CLOSED), State(S.WITHDRAWN), State(S.DECLINED),
    ),
    steps=STEPS,
    sop=Sop(
        number="07/SOP.KOS/I",
        purpose=_("Yang rusak dilaporkan, diambil dalam waktunya, diperbaiki, dan dipastikan beres oleh penghuni."),
        responsible=_("Pengelola rumah kos"),
        documents=_("Foto kerusakan dan hasilnya; nota biaya sebagai pengeluaran"),
    ),
    policy=TicketPolicy,
    opening=Opening(_("Laporkan kerusakan"), tickets.report, forms.TicketForm),
    locks=locks,
    nudges=itself,
)  # fmt: skip
