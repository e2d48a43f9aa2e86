"""Condition sheets: begun from a checklist, filled line by line, handed over, agreed to, sealed (KOS-12)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.business.boarding.models import (
    ChecklistItem,
    ConditionItem,
    ConditionSheet,
    RoomType,
    Stay,
)
from tatausaha.business.boarding.queries import sheets as reads
from tatausaha.business.boarding.services import history
from tatausaha.core.documents import numbers
from tatausaha.core.documents.numbers import Kind
from tatausaha.core.kernel import clock, ids, uploads
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import constraints
from tatausaha.core.procedures.services import lock_row

if TYPE_CHECKING:
    from django.core.files import File

KIND = Kind("condition_sheet", "LK", gettext_lazy("Lembar kondisi"))
EDGES = (1200, 400)
MOST_LINES = 60

USUAL = (
    gettext_lazy("Tempat tidur"), gettext_lazy("Kasur"), gettext_lazy("Lemari"), gettext_lazy("Meja dan kursi"),
    gettext_lazy("Dinding"), gettext_lazy("Lantai"), gettext_lazy("Pintu dan jendela"), gettext_lazy("Lampu"),
    gettext_lazy("Kamar mandi"), gettext_lazy("Kunci"),
)  # fmt: skip
"""What a room has where its type has no checklist of its own."""


def path_of(item: ConditionItem, edge: int) -> str:
    """Where the photo of a line with this length of its longer side lies."""
    return f"sheets/{item.photo}/{edge}.jpg"


@transaction.atomic
def set_checklist(room_type: RoomType, names: Iterable[str], *, by: Person, at: datetime) -> list[str]:
    """The things with which sheets of this type begin from now on, in this order; each once."""
    if not roles.has_role(by, room_type.house.unit, "manager"):
        raise Refused(_("Hanya pengelola rumah ini atau pemilik yang boleh mengubahnya."))
    wanted = list(dict.fromkeys(" ".join(name.split())[:80] for name in names if name.strip()))
    if len(wanted) > MOST_LINES:
        raise Refused(_("Paling banyak %(most)d baris.") % {"most": MOST_LINES}, field="names")
    before = reads.checklist(room_type)
    ChecklistItem.objects.filter(room_type=room_type).delete()
    rows = [ChecklistItem(room_type=room_type, position=n, name=name) for n, name in enumerate(wanted)]
    ChecklistItem.objects.bulk_create(rows)
    field = str(_("Daftar periksa"))
    history.write(
        room_type.house, room_type.name, {field: ", ".join(before)}, {field: ", ".join(wanted)}, by=by, at=at
    )
    return wanted


_WHILE = {
    ConditionSheet.Kind.IN: (Stay.Status.LIVING, Stay.Status.NOTICED),
    ConditionSheet.Kind.OUT: (Stay.Status.INSPECTION,),
}


@transaction.atomic
def begin(stay: Stay, kind: str, *, by: Person, at: datetime) -> ConditionSheet:
    """A draft: the out-sheet has the lines of the in-sheet, each beside its pair; the other the checklist.

    Raises `Refused` for whoever does not manage the house, or at the wrong end of the stay.
    """
    _manages(stay, by)
    stay = lock_row(stay)
    if stay.status not in _WHILE[ConditionSheet.Kind(kind)]:
        raise Refused(
            _("Lembar masuk dibuat selama kamar dihuni.")
            if kind == ConditionSheet.Kind.IN
            else _("Lembar keluar dibuat setelah kunci diterima kembali.")
        )
    with constraints.named():
        sheet = ConditionSheet.objects.create(
            unit=stay.unit, stay=stay, room=stay.room, kind=kind, made_by=by, made_at=at
        )
    before = reads.sheet_of(stay, ConditionSheet.Kind.IN) if kind == ConditionSheet.Kind.OUT else None
    if before and before.handed_at:
        lines = [
            ConditionItem(sheet=sheet, pair=one, position=one.position, name=one.name)
            for one in reads.lines_of(before)
        ]
    else:
        usual = reads.checklist(stay.room.room_type) or [str(name) for name in USUAL]
        names = list(dict.fromkeys([*usual, *reads.things_in(stay.room)]))[:MOST_LINES]
        lines = [ConditionItem(sheet=sheet, position=n, name=name) for n, name in enumerate(names)]
    ConditionItem.objects.bulk_create(lines)
    return sheet


def _manages(stay: Stay, by: Person) -> None:
    if not roles.has_role(by, stay.unit, "manager"):
        raise Refused(_("Lembar kondisi dibuat oleh pengelola."))


def _draft(sheet: ConditionSheet, by: Person) -> ConditionSheet:
    """The sheet, locked, while it may still be changed."""
    _manages(sheet.stay, by)
    sheet = lock_row(sheet)
    if sheet.handed_at:
        raise Refused(_("Lembar ini sudah diserahkan kepada penghuni dan tidak bisa diubah lagi."))
    return sheet


@transaction.atomic
def fill_line(
    item: ConditionItem, *, state: str, note: str = "", photo: "File[bytes] | None" = None, by: Person
) -> ConditionItem:
    """Note how a thing is. What is broken needs a photo; a new photo takes the place of the old one."""
    sheet = _draft(item.sheet, by)
    item = ConditionItem.objects.select_for_update(of=("self",)).get(pk=item.pk, sheet=sheet)
    if state == ConditionItem.State.BROKEN and not (photo or item.photo):
        raise Refused(_("Yang rusak difoto."), field="photo")
    if item.damages.exists() and state not in {ConditionItem.State.BROKEN, ConditionItem.State.MISSING}:
        raise Refused(_("Baris ini sudah menjadi potongan. Hapus dulu kerusakannya."), field="state")
    item.state, item.note = state, " ".join(note.split())[:200]
    if photo:
        _keep_photo(item, photo)
    item.save()
    return item


def _keep_photo(item: ConditionItem, photo: "File[bytes]") -> None:
    made = uploads.photos(photo, edges=EDGES, content_type="image/jpeg")
    item.photo, old = ids.token(), [path_of(item, edge) for edge in item.photo_edges] if item.photo else []
    item.photo_edges = [max(one.width, one.height) for one in made]
    item.photo_digest = hashlib.sha256(made[0].content).hexdigest()
    for one, edge in zip(made, item.photo_edges, strict=True):
        default_storage.save(path_of(item, edge), ContentFile(one.content))
    transaction.on_commit(lambda: _forget(old))


def _forget(paths: Iterable[str]) -> None:
    for path in paths:
        default_storage.delete(path)


@transaction.atomic
def add_line(sheet: ConditionSheet, name: str, *, by: Person) -> ConditionItem:
    """One more thing on a draft. Raises `Refused` when it is there already."""
    sheet = _draft(sheet, by)
    last = sheet.items.aggregate(last=Max("position"))["last"]
    if sheet.items.count() >= MOST_LINES:
        raise Refused(_("Paling banyak %(most)d baris.") % {"most": MOST_LINES}, field="name")
    with constraints.named(), transaction.atomic():
        return ConditionItem.objects.create(
            sheet=sheet, name=" ".join(name.split())[:80], position=0 if last is None else last + 1
        )


@transaction.atomic
def rest_is_good(sheet: ConditionSheet, *, by: Person) -> int:
    """Everything that was not noted yet is good; how many lines that were."""
    sheet = _draft(sheet, by)
    return reads.unseen(sheet).update(state=ConditionItem.State.GOOD)


@dataclass(frozen=True)
class Noted:
    """What is to be noted of a thing, by its name."""

    name: str
    state: str
    note: str = ""
    photo: "File[bytes] | None" = None


@transaction.atomic
def note_lines(
    stay: Stay, kind: str, noted: Iterable[Noted], *, rest_good: bool, by: Person, at: datetime
) -> ConditionSheet:
    """Begin the sheet where there is none, note all these things on it, or nothing."""
    sheet = (
        ConditionSheet.objects.filter(stay=stay, room=stay.room, kind=kind)
        .select_related("stay__unit")
        .first()
    )
    sheet = sheet or begin(stay, kind, by=by, at=at)
    known = {one.name: one for one in reads.lines_of(sheet).select_related("sheet__stay")}
    for one in noted:
        line = known.get(" ".join(one.name.split())) or add_line(sheet, one.name, by=by)
        fill_line(line, state=one.state, note=one.note, photo=one.photo, by=by)
    if rest_good:
        rest_is_good(sheet, by=by)
    return sheet


def hand_over(sheet: ConditionSheet, *, by: Actor, at: datetime) -> None:
    """Give the sheet to the tenant for his word; it bears a number from now on."""
    if not sheet.number:
        sheet.number = numbers.next_number(sheet.unit, KIND.code, clock.day(at, sheet.unit.zone))
    sheet.handed_at, sheet.handed_by, sheet.objection = at, person_or_none(by), ""
    sheet.save(update_fields=["number", "handed_at", "handed_by", "objection"])


def take_back(sheet: ConditionSheet, *, objection: str) -> None:
    """The tenant objects: the sheet is a draft again, with what he says."""
    sheet.handed_at, sheet.handed_by, sheet.objection = None, None, objection[:500]
    sheet.save(update_fields=["handed_at", "handed_by", "objection"])


def agree(sheet: ConditionSheet, *, tenant: Person, at: datetime, on_paper: bool = False) -> None:
    """The tenant's word; from now on nothing on the sheet changes."""
    sheet.agreed_at, sheet.agreed_by, sheet.on_paper = at, tenant, on_paper
    seal(sheet, at=at)


def seal(sheet: ConditionSheet, *, at: datetime) -> None:
    """Close a sheet for ever, by what it says."""
    sheet.sealed_at, sheet.fingerprint = at, fingerprint(sheet)
    sheet.save(update_fields=["agreed_at", "agreed_by", "on_paper", "sealed_at", "fingerprint"])


def fingerprint(sheet: ConditionSheet) -> str:
    """SHA-256 of what a sheet says: whose, which room, every line with its photo."""
    lines = sheet.items.order_by("position", "pk").values_list("name", "state", "note", "photo_digest")
    said = [sheet.number, sheet.stay.number, sheet.room.number, sheet.kind, [list(line) for line in lines]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
