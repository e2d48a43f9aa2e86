"""What the case page of a stay says of its condition sheets (KOS-12)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import ConditionSheet, Stay
from tatausaha.business.boarding.queries import sheets as reads
from tatausaha.core.web.panels import Action, Paper
from tatausaha.core.web.parts import Chip, Tone

NEW = timedelta(days=7)
"""How long after moving in the in-sheet is still asked for by itself."""

_SLUGS = {ConditionSheet.Kind.IN: "masuk", ConditionSheet.Kind.OUT: "keluar"}
_LABELS = {ConditionSheet.Kind.IN: _("Lembar masuk"), ConditionSheet.Kind.OUT: _("Lembar keluar")}


@dataclass(frozen=True)
class Line:
    """A sheet of the stay: what it is, how it stands, where it is."""

    label: object
    chip: Chip
    url: str


def lines(stay: Stay, *, staff: bool) -> list[Line]:
    """The two ends of the stay, for the room of now; those that do not exist yet are the manager's to begin."""
    shown = []
    for kind in (ConditionSheet.Kind.IN, ConditionSheet.Kind.OUT):
        sheet = reads.sheet_of(stay, kind)
        if sheet is None and (not staff or not _can_begin(stay, kind)):
            continue
        if sheet and not sheet.handed_at and not staff:
            continue
        url = reverse("boarding:sheet", args=[stay.number, _SLUGS[kind]])
        shown.append(Line(_LABELS[kind], _chip(sheet), url))
    return shown


def _can_begin(stay: Stay, kind: str) -> bool:
    if kind == ConditionSheet.Kind.IN:
        return stay.status in {Stay.Status.LIVING, Stay.Status.NOTICED}
    return stay.status == Stay.Status.INSPECTION


def _chip(sheet: ConditionSheet | None) -> Chip:
    if sheet is None:
        return Chip(_("belum dibuat"))
    if sheet.sealed_at:
        return Chip(_("disetujui") if sheet.agreed_at else _("disegel"), Tone.DONE)
    return Chip(_("menunggu penghuni"), Tone.GOING) if sheet.handed_at else Chip(_("konsep"), Tone.SOON)


def actions(stay: Stay, *, staff: bool, at: datetime) -> list[Action]:
    """The sheet that is to be made now: the manager is led to it."""
    if not staff:
        return []
    if stay.status == Stay.Status.INSPECTION and not _handed(stay, ConditionSheet.Kind.OUT):
        note = _("Perlu bila ada yang dipotong dari deposit.")
        return [Action(_("Periksa kamar: lembar keluar"), _address(stay, ConditionSheet.Kind.OUT), note)]
    fresh = at - stay.opened_at < NEW and _can_begin(stay, ConditionSheet.Kind.IN)
    if fresh and not _handed(stay, ConditionSheet.Kind.IN):
        note = _("Dengan foto, disetujui penghuni; dipakai saat ia pergi.")
        return [Action(_("Periksa kamar: lembar masuk"), _address(stay, ConditionSheet.Kind.IN), note)]
    return []


def _handed(stay: Stay, kind: str) -> bool:
    sheet = reads.sheet_of(stay, kind)
    return sheet is not None and sheet.handed_at is not None


def _address(stay: Stay, kind: ConditionSheet.Kind) -> str:
    return reverse("boarding:sheet", args=[stay.number, _SLUGS[kind]])


def papers(stay: Stay) -> list[Paper]:
    """The sheets that were handed over, as papers."""
    found = [one for one in reads.sheets_of(stay) if one.handed_at and one.room_id == stay.room_id]
    return [
        Paper(
            _LABELS[ConditionSheet.Kind(one.kind)],
            reverse("boarding:sheet_paper", args=[stay.number, _SLUGS[ConditionSheet.Kind(one.kind)]]),
            one.number,
        )
        for one in found
    ]


def all_papers(stay: Stay) -> Paper:
    """Where every paper of the stay is printed: agreement, deposit, service notes, settlement."""
    return Paper(_("Semua surat hunian ini"), reverse("boarding:stay_papers", args=[stay.number]))
