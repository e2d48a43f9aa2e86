"""Registering a tenant before the key is handed over, and reporting moves (KOS-07; rules/boarding 13)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import (
    Booking,
    Registration,
    ResidentMove,
    ResidentReport,
    RoomMove,
    Stay,
)
from tatausaha.core.documents import numbers
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused, beside
from tatausaha.core.people import papers, roles
from tatausaha.core.people.actors import person_or_none
from tatausaha.core.people.models import IdentityPaper, Person, Unit
from tatausaha.core.procedures import services as procedures
from tatausaha.core.procedures.spec import Act


def register(booking: Booking, act: Act) -> Registration:
    """Keep what the tenant states and the identity document. Raises `Refused` without a picture of it,
    unless the owner waives that with a reason.

    A second registration of the same booking replaces the statement; the documents of both stay.
    """  # fmt: skip
    by = person_or_none(act.by)
    assert by is not None
    assert booking.customer is not None
    data = act.data
    paper = _document(booking.customer, act)
    waived = str(data.get("waived_because", "")).strip()
    if paper is None or not paper.file_name:
        if not waived:
            raise Refused(_("Foto tanda pengenal belum ada."), field="paper_file")
        if not roles.is_owner(by):
            raise Refused(
                _("Hanya pemilik yang boleh menerima penghuni tanpa foto tanda pengenal."),
                field="waived_because",
            )
    statement = {
        name: data[name] for name in ("origin", "purpose", "occupation", "emergency_name", "emergency_phone")
    }
    kept, _made = Registration.objects.update_or_create(
        booking=booking,
        defaults={
            "person": booking.customer, "paper_id": paper.pk if paper else None, "waived_because": waived,
            "registered_at": act.at, "registered_by": by, **statement,
        },
    )  # fmt: skip
    return kept


def _document(person: Person, act: Act) -> IdentityPaper | None:
    number, file = act.data.get("paper_number"), act.data.get("paper_file")
    if file and not number:
        raise Refused(_("Tulis juga nomor tanda pengenalnya."), field="paper_number")
    if not number:
        return None
    kind = act.data["paper_kind"]
    with beside(number="paper_number", kind="paper_kind", file="paper_file"):
        known = papers.known_paper(person, kind=kind, number=number, at=act.at)
        if known is None:
            return papers.add_paper(person=person, kind=kind, number=number, file=file, by=act.by, at=act.at)
        return papers.keep_file(known, file, by=act.by, at=act.at) if file and not known.file_name else known


def note_move(stay: Stay, kind: str, *, on: date, at: datetime) -> ResidentMove:
    """A tenant came or went: it must be reported within the hours of the booking's SOP, or of the stay's."""
    policy = stay.booking.policy if kind == ResidentMove.Kind.IN and stay.booking else stay.policy
    due = at + timedelta(hours=policy.report_hours)
    return ResidentMove.objects.create(stay=stay, unit=stay.unit, kind=kind, on=on, due_at=due)


def note_room_move(move: RoomMove, *, at: datetime) -> ResidentMove:
    """A tenant changed rooms inside the house: a line of the next letter, within the hours of the stay's SOP."""
    due = at + timedelta(hours=move.stay.policy.report_hours)
    return ResidentMove.objects.create(
        stay=move.stay,
        unit=move.unit,
        kind=ResidentMove.Kind.ROOM,
        on=move.moved_on,
        due_at=due,
        room_move=move,
    )


@transaction.atomic
def make_report(unit: Unit, moves: Iterable[ResidentMove], *, by: Person, at: datetime) -> ResidentReport:
    """Put moves that are in no report yet into a numbered one."""
    if not roles.has_role(by, unit, "manager"):
        raise Refused(_("Laporan penghuni dibuat oleh pengelola."))
    number = numbers.next_number(unit, "resident_report", clock.day(at, unit.zone))
    report = ResidentReport.objects.create(unit=unit, number=number, made_at=at, made_by=by)
    taken = ResidentMove.objects.filter(pk__in=[move.pk for move in moves], unit=unit, report=None)
    if not taken.update(report=report):
        raise Refused(_("Tidak ada penghuni baru atau pindah dan tamu menginap yang belum dilaporkan."))
    return report


@transaction.atomic
def hand_in(
    report: ResidentReport, *, received_by: str, on: date, by: Person, at: datetime
) -> ResidentReport:
    """Note to whom the report was given, and when; once. Raises `Refused`."""
    if not roles.has_role(by, report.unit, "manager"):
        raise Refused(_("Laporan penghuni diserahkan oleh pengelola."))
    report = procedures.lock_row(report)
    zone = report.unit.zone
    if report.state == ResidentReport.State.HANDED_IN:
        raise Refused(_("Laporan ini sudah diserahkan kepada %(who)s.") % {"who": report.received_by})
    if on > clock.day(at, zone):
        raise Refused(_("Tanggal itu belum tiba."), field="on")
    if on < clock.day(report.made_at, zone):
        raise Refused(_("Tanggal itu sebelum suratnya dibuat."), field="on")
    report.state, report.received_by, report.received_on = ResidentReport.State.HANDED_IN, received_by, on
    report.save()
    return report
