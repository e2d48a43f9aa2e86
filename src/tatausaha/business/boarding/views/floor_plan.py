"""The floor plan: every room where it is, who lives there, what is due, what empty ones cost; the poster (KOS-13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tatausaha.business.boarding.models import Booking, House, Room, Stay
from tatausaha.business.boarding.queries import cycles, keeping, tenants, vacancy
from tatausaha.business.boarding.queries.rooms import RoomState
from tatausaha.business.boarding.services import poster as posters
from tatausaha.business.boarding.views.keep import crumbs, house_of, tabs
from tatausaha.business.boarding.views.keep_rooms import NAMES, TONES
from tatausaha.core.documents.responses import pdf_response
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.money import rupiah, short_rupiah
from tatausaha.core.web.parts import Chip, Stat, Tone
from tatausaha.core.web.requests import HouseRequest


@dataclass(frozen=True)
class Tile:
    """A room on the plan: where it leads, its state in a word, who or since when, and what needs attention."""

    number: str
    url: str
    chip: Chip
    who: str
    note: str
    alarm: str
    poster: str


@dataclass(frozen=True)
class Floor:
    """The rooms of one floor, by number."""

    label: str
    tiles: list[Tile]


@require_safe
@login_required
def floor_plan(request: HouseRequest, code: str) -> HttpResponse:
    """The rooms of a house, floor by floor."""
    house = house_of(request, code)
    today = clock.day(request.at, house.unit.zone)
    every = [kept for kept in keeping.kept_rooms(house, request.at, today) if kept.state != RoomState.RETIRED]
    empty = {one.room_id: one for one in vacancy.vacancies([house.unit], request.at)}
    lost = sum(one.lost for one in empty.values())
    context = {
        "house": house,
        "crumbs": crumbs(),
        "tabs": tabs(house, "floor_plan"),
        "floors": _floors(house, every, empty, today),
        "stats": _stats(every, empty, lost) if every else [],
    }
    return render(request, "boarding/keep/floor_plan.html", context)


def _stats(every: list[keeping.KeptRoom], empty: dict[int, vacancy.Vacancy], lost: int) -> list[Stat]:
    occupied = sum(kept.state == RoomState.OCCUPIED for kept in every)
    a_day = sum(one.rent for one in empty.values()) // cycles.DAYS
    note = _("%(amount)s bertambah setiap hari") % {"amount": rupiah(a_day)} if a_day else ""
    said = _("%(n)d dari %(all)d") % {"n": occupied, "all": len(every)}
    return [
        Stat(_("Terisi"), said),
        Stat(_("Kosong"), str(len(empty)), tone=Tone.SOON if empty else Tone.DONE),
        Stat(_("Rugi kamar kosong"), short_rupiah(lost), note, tone=Tone.LATE if lost else Tone.NEUTRAL),
    ]


def _floors(
    house: House, every: list[keeping.KeptRoom], empty: dict[int, vacancy.Vacancy], today: date
) -> list[Floor]:
    cases = tenants.cases_by_number(house, [kept.claim.holder for kept in every if kept.claim])
    owed = tenants.arrears(house, today)
    by_floor = sorted(every, key=lambda kept: (kept.room.floor is None, -(kept.room.floor or 0)))
    floors = []
    for floor, rooms in groupby(by_floor, key=lambda kept: kept.room.floor):
        tiles = [_tile(house, kept, cases, owed, empty.get(kept.room.pk), today) for kept in rooms]
        label = _("Lantai %(floor)d") % {"floor": floor} if floor is not None else _("Lantai belum diisi")
        floors.append(Floor(label, tiles))
    return floors


def _tile(
    house: House, kept: keeping.KeptRoom, cases: Mapping[str, Stay | Booking], owed: dict[tuple[str, int], int],
    gap: vacancy.Vacancy | None, today: date,
) -> Tile:  # fmt: skip
    room, code = kept.room, house.unit.code
    case = cases.get(kept.claim.holder) if kept.claim else None
    url = reverse("boarding:edit_room", args=[code, room.pk])
    who, note, alarm = "", room.out_reason, ""
    if case is not None:
        url, who = case.get_absolute_url(), str(case.customer or "")
        note = note or _until(kept, case, today)
    if isinstance(case, Stay) and (late := owed.get(("boarding.stay", case.pk), 0)):
        alarm = _("telat %(amount)s") % {"amount": rupiah(late)}
    if gap:
        note = ngettext("kosong %(days)d hari", "kosong %(days)d hari", gap.days) % {"days": gap.days}
        alarm = _("rugi %(amount)s") % {"amount": rupiah(gap.lost)} if gap.lost else ""
    return Tile(
        room.number, url, Chip(NAMES[kept.state], TONES[kept.state]), who, note, alarm,
        reverse("boarding:poster", args=[code, room.pk]) if gap else "",
    )  # fmt: skip


def _until(kept: keeping.KeptRoom, case: Stay | Booking, today: date) -> str:
    """What comes next: the day of leaving, or of moving in; the next due date of whoever lives there."""
    assert kept.claim is not None
    if kept.claim.until_on:
        return _("sampai %(day)s") % {"day": words.short_date(kept.claim.until_on)}
    if kept.claim.from_on > today:
        return _("masuk %(day)s") % {"day": words.short_date(kept.claim.from_on)}
    if isinstance(case, Stay) and kept.state == RoomState.OCCUPIED:
        return _("jatuh tempo %(day)s") % {"day": words.short_date(_next_due(case, today))}
    return ""


def _next_due(stay: Stay, today: date) -> date:
    return cycles.start_of(stay, max(0, cycles.begins_on_or_after(stay, today)))


@require_safe
@login_required
def poster(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """A room to let, on one A4 page for the fence: photo, price, what is there, QR, WhatsApp."""
    house = house_of(request, code)
    room: Room = get_object_or_404(keeping.rooms_of(house), pk=pk)
    assert request.person is not None
    content = posters.print_poster(room, by=request.person, at=request.at)
    return pdf_response(content, f"poster-{code}-{room.number}")
