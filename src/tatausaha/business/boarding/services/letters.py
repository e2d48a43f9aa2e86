"""The letter to the RT or kelurahan: the one place where full identity numbers are printed (KOS-07)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.business.boarding.models import ResidentMove, ResidentReport
from tatausaha.business.boarding.queries import residents
from tatausaha.core.documents import sheets
from tatausaha.core.documents.numbers import Kind
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import businesses, papers, queries, roles
from tatausaha.core.people.models import IdentityPaper, Person

_KINDS = {
    ResidentMove.Kind.IN: gettext_lazy("Datang"),
    ResidentMove.Kind.OUT: gettext_lazy("Pindah"),
    ResidentMove.Kind.ROOM: gettext_lazy("Pindah kamar"),
    ResidentMove.Kind.GUEST: gettext_lazy("Tamu menginap"),
}
KIND = Kind("resident_report", "LP", gettext_lazy("Laporan penghuni"))


@dataclass(frozen=True)
class LetterRow:
    """A tenant who came or left; `identity` is the full number of his paper, empty without one.

    Or a guest who stays overnight with `host`, the `nights`; of his paper only the kind is known.
    """

    name: str
    room: str
    kind: str
    on: date
    origin: str
    purpose: str
    identity: str
    identity_kind: str
    host: str = ""
    nights: str = ""


@dataclass(frozen=True, kw_only=True)
class ResidentLetter(sheets.Sheet):
    """The letter of one report."""

    template: ClassVar[str] = "boarding/resident_letter.typ"

    rows: tuple[LetterRow, ...]
    made_by: str
    place: str
    received_by: str = ""
    received_on: date | None = None


def print_letter(report: ResidentReport, *, by: Person, at: datetime) -> bytes:
    """The PDF of `letter_of`."""
    return sheets.print_sheet(letter_of(report, by=by, at=at))


@transaction.atomic
def letter_of(report: ResidentReport, *, by: Person, at: datetime) -> ResidentLetter:
    """What the letter says, with full identity numbers; every number is written down as seen by `by`.

    Raises `Refused` for whoever does not manage the house.
    """
    if not roles.has_role(by, report.unit, "manager"):
        raise Refused(_("Laporan penghuni dicetak oleh pengelola."))
    company = queries.company()
    assert company is not None
    with translation.override("id"):
        reason = _("Dicetak di laporan penghuni %(number)s") % {"number": report.number}
        return ResidentLetter(
            head=sheets.Letterhead.of(company, report.unit),
            number=report.number,
            issued_on=clock.day(report.made_at, report.unit.zone),
            printed=sheets.printed_note(at, report.unit.zone, by.name),
            rows=tuple(_row(line, by=by, at=at, reason=reason) for line in residents.of_report(report)),
            made_by=report.made_by.name,
            place=businesses.place_of(report.unit),
            received_by=report.received_by,
            received_on=report.received_on,
        )


def _row(line: residents.MoveLine, *, by: Person, at: datetime, reason: str) -> LetterRow:
    told, guest = line.told, line.move.guest
    number, kind = _identity(line.paper, by=by, at=at, reason=reason)
    return LetterRow(
        name=line.who, room=line.rooms, host=line.host,
        kind=str(_KINDS[ResidentMove.Kind(line.move.kind)]), on=line.move.on, nights=line.nights,
        origin=told.origin if told else "", purpose=told.purpose if told else "",
        identity=number, identity_kind=str(guest.get_identity_kind_display()) if guest else kind,
    )  # fmt: skip


def _identity(paper: IdentityPaper | None, *, by: Person, at: datetime, reason: str) -> tuple[str, str]:
    if paper is None or paper.erased_at:
        return "", ""
    number = papers.reveal_number(paper, by=by, at=at, reason=reason)
    return number, "NIK" if paper.kind == IdentityPaper.Kind.KTP else str(paper.get_kind_display())
