"""The condition sheet as a paper, photos of both ends side by side (KOS-12; rules/boarding 16.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.core.files.storage import default_storage
from django.utils import translation
from PIL import Image

from tatausaha.business.boarding.models import ConditionItem, ConditionSheet
from tatausaha.business.boarding.queries import sheets as reads
from tatausaha.business.boarding.services.sheets import path_of
from tatausaha.core.documents import sheets
from tatausaha.core.documents.pictures import in_svg
from tatausaha.core.kernel import clock, words
from tatausaha.core.people import businesses, queries
from tatausaha.core.people.models import Person


@dataclass(frozen=True)
class End:
    """A thing at one end of the stay; `photo` is an SVG that holds the picture, empty without one."""

    state: str
    note: str = ""
    photo: str = ""
    bad: bool = False


@dataclass(frozen=True)
class PairRow:
    """A thing at both ends; nothing where it is on one sheet only."""

    name: str
    before: End | None
    after: End | None


@dataclass(frozen=True, kw_only=True)
class ConditionPaper(sheets.Sheet):
    """Lembar kondisi: the in-sheet alone, or the out-sheet beside it."""

    template: ClassVar[str] = "boarding/condition.typ"

    title: str
    tenant: str
    room: str
    stay: str
    paired: bool
    rows: Sequence[PairRow]
    made_by: str
    made_on: date
    agreed: str
    seal: str
    place: str


def print_sheet_of(sheet: ConditionSheet, *, by: Person, at: datetime) -> bytes:
    """The PDF of a sheet that was handed over."""
    return sheets.print_sheet(paper_of(sheet, by=by, at=at))


def paper_of(sheet: ConditionSheet, *, by: Person, at: datetime) -> ConditionPaper:
    """What the paper says."""
    stay, unit = sheet.stay, sheet.unit
    company = queries.company()
    assert company is not None
    paired = sheet.kind == ConditionSheet.Kind.OUT
    before = next((s for s in reads.sheets_of(stay) if s.kind == "in" and s.room_id == sheet.room_id), None)
    earlier = list(reads.lines_of(before)) if paired and before and before.handed_at else []
    own = list(reads.lines_of(sheet))
    pairs = reads.pairs(earlier, own) if paired else reads.pairs(own, [])
    with translation.override("id"):
        return ConditionPaper(
            head=sheets.Letterhead.of(company, unit), number=sheet.number,
            issued_on=clock.day(sheet.handed_at or sheet.made_at, unit.zone),
            printed=sheets.printed_note(at, unit.zone, by.name),
            title="Lembar keluar" if paired else "Lembar masuk",
            tenant=stay.customer.name if stay.customer else "", room=sheet.room.number, stay=stay.number,
            paired=paired, rows=tuple(PairRow(p.name, _end(p.before), _end(p.after)) for p in pairs),
            made_by=(sheet.handed_by or sheet.made_by).name, made_on=clock.day(sheet.made_at, unit.zone),
            agreed=_agreed(sheet), seal=sheet.fingerprint, place=businesses.place_of(unit),
        )  # fmt: skip


def _agreed(sheet: ConditionSheet) -> str:
    if sheet.agreed_at is None or sheet.agreed_by is None:
        return ""
    how = "di kertas" if sheet.on_paper else "dari akunnya sendiri"
    return f"Disetujui {sheet.agreed_by.name} {how}, {words.moment(sheet.agreed_at, sheet.unit.zone)}"


def _end(item: ConditionItem | None) -> End | None:
    if item is None:
        return None
    bad = item.state in {ConditionItem.State.BROKEN, ConditionItem.State.MISSING}
    return End(str(item.get_state_display()), item.note, _picture(item), bad)


def _picture(item: ConditionItem) -> str:
    """The smallest kept size, wrapped in an SVG: that is how a picture travels as text."""
    if not item.photo:
        return ""
    with default_storage.open(path_of(item, item.photo_edges[-1])) as kept:
        content = kept.read()
        kept.seek(0)
        with Image.open(kept) as image:
            width, height = image.size
    return in_svg(content, width, height)
