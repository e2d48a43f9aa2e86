"""Berita acara pindah kamar: what both sides agreed to when a tenant moved (rules/boarding 11)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.business.boarding.models import RoomMove
from tatausaha.business.boarding.queries import cycles
from tatausaha.core.documents import sheets
from tatausaha.core.documents.numbers import Kind
from tatausaha.core.documents.services import issue_paper
from tatausaha.core.kernel import clock
from tatausaha.core.people import businesses
from tatausaha.core.people import queries as people
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries as cases

KIND = Kind("room_move", "BP", gettext_lazy("Berita acara pindah kamar"))


@dataclass(frozen=True, kw_only=True)
class MovePaper(sheets.Sheet):
    """Who moved from where to where on which day, at which rent, and what the days that were left came to."""

    template: ClassVar[str] = "boarding/room_move.typ"

    tenant: str
    stay: str
    from_room: str
    to_room: str
    moved_on: date
    rent_before: int
    rent_after: int
    per: str
    days: int
    days_in_all: int
    difference: int
    deposit_asked: int
    swapped_with: str = ""
    price_reason: str = ""
    lines: Sequence[sheets.Line] = ()
    manager: str
    place: str

    def content(self) -> dict[str, Any]:
        """Adds the difference in words."""
        return super().content() | {"in_words": sheets.amount_said(abs(self.difference))}


def print_move(move: RoomMove, *, by: Person, at: datetime) -> bytes:
    """The PDF; its QR answers for what was agreed."""
    with translation.override("id"):
        sheet = paper_of(move)
        paper = issue_paper(
            sheet,
            kind=KIND.code,
            unit=move.unit,
            holder=sheet.tenant,
            amount=abs(move.difference),
            by=by,
            at=at,
        )
        printed = sheets.printed_note(at, move.unit.zone, by.name)
        return sheets.print_sheet(sheets.with_proof(replace(sheet, printed=printed), paper.token))


def paper_of(move: RoomMove) -> MovePaper:
    """What the paper says: nothing but what was agreed on the day, so that it never changes."""
    company = people.company()
    assert company is not None
    opened = cases.passages_of(move).select_related("person").order_by("pk").first()
    other, stay = move.swapped_with, move.stay
    return MovePaper(
        head=sheets.Letterhead.of(company, move.unit), number=move.paper_number,
        issued_on=clock.day(move.opened_at, move.unit.zone),
        tenant=move.customer.name if move.customer else "", stay=move.stay.number,
        from_room=move.from_room.number, to_room=move.to_room.number, moved_on=move.moved_on,
        rent_before=move.rent_before, rent_after=move.rent_after,
        per=str(cycles.cycle_of(stay, cycles.number_in(stay, move.moved_on)).per), days=move.days_left,
        days_in_all=cycles.days_with(stay, move.moved_on),
        difference=move.difference, deposit_asked=move.deposit_asked,
        swapped_with=other.customer.name if other and other.customer else "", price_reason=move.price_reason,
        lines=_lines(move), manager=opened.person.name if opened and opened.person else "",
        place=businesses.place_of(move.unit),
    )  # fmt: skip


def _lines(move: RoomMove) -> tuple[sheets.Line, ...]:
    said = _("Selisih sewa %(days)d hari") % {"days": move.days_left}
    how = _("ditagih") if move.difference > 0 else _("dikurangkan")
    lines = [sheets.Line(said, move.difference, note=how if move.difference else "")]
    if move.deposit_asked:
        lines.append(
            sheets.Line(_("Tambahan deposit"), move.deposit_asked, note=_("ditagih bersama sewa berikutnya"))
        )
    return tuple(lines)
