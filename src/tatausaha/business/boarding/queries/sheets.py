"""Condition sheets as they are read: those of a stay, their lines side by side (KOS-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from tatausaha.business.boarding import room_places
from tatausaha.business.boarding.models import (
    ChecklistItem,
    ConditionItem,
    ConditionSheet,
    Damage,
    Room,
    RoomType,
    Stay,
)
from tatausaha.core.assets import queries as assets
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries as cases

UNANSWERED = Q(handed_at__isnull=False, sealed_at__isnull=True)
"""Sheets that wait for the tenant's word."""


def sheets_of(stay: Stay) -> list[ConditionSheet]:
    """The sheets of a stay, read once for each look at the case; the in-sheet of a room before its out-sheet."""
    prefetch_related_objects([stay], "sheets")
    return sorted(stay.sheets.all(), key=lambda one: (one.made_at, one.pk))


def sheet_of(stay: Stay, kind: str) -> ConditionSheet | None:
    """The sheet of the room in which the tenant lives now (or lived last); nothing before it was begun."""
    found = [one for one in sheets_of(stay) if one.kind == kind and one.room_id == stay.room_id]
    return found[0] if found else None


def damages_of(stay: Stay) -> list[Damage]:
    """What is to be taken from the deposit, each with its line; read once for each look at the case."""
    prefetch_related_objects(
        [stay], Prefetch("damages", queryset=Damage.objects.filter(move=None).select_related("item"))
    )
    return sorted(stay.damages.all(), key=lambda one: one.pk)


def unanswered(stay: Stay) -> ConditionSheet | None:
    """The sheet that waits for the tenant's word, the oldest first."""
    waiting = [one for one in sheets_of(stay) if one.handed_at and not one.sealed_at]
    return waiting[0] if waiting else None


def holds_good(sheet: ConditionSheet, *, at: datetime) -> bool:
    """Whether a sheet can be relied on: sealed, or handed over and left unanswered for the days of the policy."""
    if sheet.sealed_at:
        return True
    if sheet.handed_at is None:
        return False
    return at >= sheet.handed_at + timedelta(days=sheet.stay.policy.silent_days)


def lines_of(sheet: ConditionSheet) -> QuerySet[ConditionItem]:
    """The lines in their order, each with the line of the in-sheet that it is paired with."""
    return ConditionItem.objects.filter(sheet=sheet).select_related("pair").order_by("position", "pk")


def unseen(sheet: ConditionSheet) -> QuerySet[ConditionItem]:
    """Lines whose state nobody has noted yet."""
    return lines_of(sheet).filter(state=ConditionItem.State.UNSEEN)


def deductible(stay: Stay) -> QuerySet[ConditionItem]:
    """Lines of handed-over out-sheets that show something broken or gone: only these a damage may point to."""
    return ConditionItem.objects.filter(
        sheet__stay=stay, sheet__kind=ConditionSheet.Kind.OUT, sheet__handed_at__isnull=False,
        state__in=(ConditionItem.State.BROKEN, ConditionItem.State.MISSING),
    ).select_related("pair", "sheet").order_by("position", "pk")  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """One thing at both ends of a stay; either end may be missing."""

    name: str
    before: ConditionItem | None
    after: ConditionItem | None

    @property
    def changed(self) -> bool:
        """Whether the thing is worse than it was."""
        worse = {ConditionItem.State.BROKEN, ConditionItem.State.MISSING}
        return (
            self.after is not None
            and self.after.state in worse
            and (self.before is None or self.before.state != self.after.state)
        )


def pairs(before: Sequence[ConditionItem], after: Sequence[ConditionItem]) -> list[Pair]:
    """Two sheets of one room side by side: the things of the in-sheet, then what the out-sheet found besides."""
    matched = {one.pair_id: one for one in after if one.pair_id}
    rows = [Pair(one.name, one, matched.get(one.pk)) for one in before]
    known = {one.pk for one in before}
    return [*rows, *(Pair(one.name, None, one) for one in after if one.pair_id not in known)]


def things_in(room: Room) -> list[str]:
    """Assets that stand in the room now; two of one name are told apart by their number."""
    found = list(assets.standing_in(room_places.CODE, room.pk))
    names = [one.name for one in found]
    return [one.name[:80] if names.count(one.name) == 1 else f"{one.name[:60]} {one.number}" for one in found]


def checklist(room_type: RoomType) -> list[str]:
    """The things with which a sheet of this room type begins; empty while the house has not chosen any."""
    rows = ChecklistItem.objects.filter(room_type=room_type).order_by("position", "pk")
    return list(rows.values_list("name", flat=True))


def stay_for(person: Person | None, number: str) -> Stay | None:
    """A stay whose sheets this person may know of: the tenant's own, or one in a house that he manages."""
    found = cases.case_for(person, number)
    return found if isinstance(found, Stay) else None


def line_for(person: Person | None, number: str, kind: str, pk: int) -> ConditionItem | None:
    """A line of a sheet of the stay; drafts are for those who manage the house alone."""
    stay = stay_for(person, number)
    if stay is None or person is None or not cases.is_staff_of(person, stay):
        return None
    rows = ConditionItem.objects.filter(pk=pk, sheet__stay=stay, sheet__kind=kind)
    return rows.select_related("pair", "sheet__stay__unit", "sheet__room").first()


def photo_for(person: Person | None, token: str) -> ConditionItem | None:
    """The line whose photo bears this name, if the person may see it: the tenant only once it was handed over."""
    rows = ConditionItem.objects.filter(photo=token).exclude(photo="")
    item = rows.select_related("sheet__stay").first()
    stay = stay_for(person, item.sheet.stay.number) if item else None
    if item is None or stay is None:
        return None
    return item if item.sheet.handed_at or cases.is_staff_of(person, stay) else None
