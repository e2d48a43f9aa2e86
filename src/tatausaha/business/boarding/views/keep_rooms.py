"""The manager's pages of rooms and room types (KOS-13)."""

from collections import Counter
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.business.boarding import forms, room_places
from tatausaha.business.boarding.models import Booking, House, Room, Stay
from tatausaha.business.boarding.queries import keeping, tenants, vacancy
from tatausaha.business.boarding.queries.rooms import RoomState
from tatausaha.business.boarding.services import houses
from tatausaha.business.boarding.views.keep import crumbs, fill_in, house_of, person_of, tabs
from tatausaha.core.assets import queries as assets
from tatausaha.core.kernel import clock, export, words
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Chip, Column, FilterSet, Kind, Link, Row, Table, Tone
from tatausaha.core.web.requests import HouseRequest

TONES = {
    RoomState.FREE: Tone.GOING,
    RoomState.HELD: Tone.SOON,
    RoomState.BOOKED: Tone.SOON,
    RoomState.OCCUPIED: Tone.DONE,
    RoomState.INSPECTION: Tone.SOON,
    RoomState.REPAIR: Tone.LATE,
    RoomState.RETIRED: Tone.NEUTRAL,
}


NAMES = {
    RoomState.FREE: _lazy("Kosong"),
    RoomState.HELD: _lazy("Ditahan"),
    RoomState.BOOKED: _lazy("Dipesan"),
    RoomState.OCCUPIED: _lazy("Terisi"),
    RoomState.INSPECTION: _lazy("Diperiksa"),
    RoomState.REPAIR: _lazy("Perbaikan"),
    RoomState.RETIRED: _lazy("Nonaktif"),
}


@require_safe
@login_required
def rooms(request: HouseRequest, code: str) -> HttpResponseBase:
    """Every room with its state and the case behind it, to be filtered; or the list as a file."""
    house = house_of(request, code)
    every = keeping.kept_rooms(house, request.at, clock.day(request.at, house.unit.zone))
    wanted = request.GET.get("keadaan", "")
    shown = [kept for kept in every if not wanted or kept.state == wanted]
    lived = _Lived(house, every, clock.day(request.at, house.unit.zone))
    lines = [(kept, lived.line(kept)) for kept in shown]
    if request.GET.get("berkas") == "csv":
        return export.csv_file(f"kamar-{code}", _head(), (_plain(kept, line) for kept, line in lines))
    kinds = {1: Kind.CHIP, 3: Kind.DATE, 5: Kind.MONEY, 8: Kind.NUMBER}
    columns = [
        Column(label, kinds.get(place, Kind.TEXT), {0: 1, 1: 2}.get(place, 0))
        for place, label in enumerate(_head())
    ]
    rows = []
    for kept, line in lines:
        line[1] = Chip(str(NAMES[kept.state]), TONES[kept.state])
        if case := lived.case(kept):
            line[2] = format_html('<a href="{}">{}</a>', case.get_absolute_url(), line[2] or case.number)
        rows.append(Row(line, url=reverse("boarding:edit_room", args=[code, kept.room.pk])))
    context = {
        "house": house,
        "crumbs": crumbs(),
        "tabs": tabs(house, "rooms"),
        "filled": keeping.Occupancy(Counter(kept.state for kept in every)),
        "sets": [_filter(code, every, wanted)],
        "table": Table(columns, rows).filled(),
        "free": [kept.room for kept in shown if kept.state == RoomState.FREE] if house.is_published else [],
        "file": f"{request.path}?keadaan={wanted}&berkas=csv",
    }
    return render(request, "boarding/keep/rooms.html", context)


def _head() -> list[str]:
    return [
        _("Kamar"), _("Keadaan"), _("Siapa"), _("Sejak"), _("Layanan"), _("Tunggakan"), _("Keterangan"),
        _("Tipe"), _("Lantai"),
    ]  # fmt: skip


def _plain(kept: keeping.KeptRoom, line: list[Any]) -> list[Any]:
    return [line[0], str(NAMES[kept.state]), *line[2:]]


class _Lived:
    """What the rooms page says beside a room: who, since when, services, arrears; or empty since when."""

    def __init__(self, house: House, every: list[keeping.KeptRoom], on: date) -> None:
        self.tenants = {one.stay.room_id: one for one in tenants.tenants(house, on)}
        numbers = [kept.claim.holder for kept in every if kept.claim]
        self.cases = tenants.cases_by_number(house, numbers)
        self.owed = tenants.arrears(house, on)
        self.empty = vacancy.empty_since(house)

    def case(self, kept: keeping.KeptRoom) -> Stay | Booking | None:
        """The booking or stay that holds the room."""
        if kept.state == RoomState.OCCUPIED and (one := self.tenants.get(kept.room.pk)):
            return one.stay
        return self.cases.get(kept.claim.holder) if kept.claim else None

    def line(self, kept: keeping.KeptRoom) -> list[Any]:
        """The cells of a room, in the order of `_head`."""
        room, case = kept.room, self.case(kept)
        who = case.customer.name if case and case.customer else kept.claim.holder if kept.claim else ""
        since, services, owed = None, "", 0
        if isinstance(case, Stay):
            since, owed = case.anchor_on, self.owed.get(("boarding.stay", case.pk), 0)
            one = self.tenants.get(room.pk)
            services = ", ".join(one.services) if one and one.stay == case else ""
        elif kept.claim:
            since = kept.claim.from_on
        return [
            room.number, "", who, since, services, owed or None, self._note(kept), str(room.room_type),
            "" if room.floor is None else room.floor,
        ]  # fmt: skip

    def _note(self, kept: keeping.KeptRoom) -> str:
        if kept.room.out_reason:
            return kept.room.out_reason
        if kept.claim and kept.claim.until_on:
            return _("sampai %(day)s") % {"day": words.short_date(kept.claim.until_on)}
        if kept.state != RoomState.FREE:
            return ""
        left = self.empty.get(kept.room.pk)
        return (
            _("kosong sejak %(day)s") % {"day": words.short_date(left)} if left else _("belum pernah terisi")
        )


def _filter(code: str, every: list[keeping.KeptRoom], wanted: str) -> FilterSet:
    path = reverse("boarding:rooms", args=[code])
    counts = {state: sum(kept.state == state for kept in every) for state in RoomState}
    links = [
        Link(_("Semua"), path, current=not wanted, count=len(every)),
        *(
            Link(str(NAMES[state]), f"{path}?keadaan={state}", current=wanted == state, count=count)
            for state, count in counts.items()
            if count
        ),
    ]
    return FilterSet(_("Keadaan"), tuple(links))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def add_rooms(request: HouseRequest, code: str) -> HttpResponse:
    """Add many rooms at once."""
    house, person = house_of(request, code), person_of(request)
    form = forms.AddRoomsForm(request.POST or None, house=house)
    return fill_in(
        request,
        form,
        lambda data: houses.add_rooms(
            data["room_type"],
            houses.room_numbers(data["numbers"]),
            by=person,
            at=request.at,
            floor=data["floor"],
        ),
        house=house,
        title=_("Tambah kamar"),
        done=_("Kamar ditambahkan."),
        to=reverse("boarding:rooms", args=[code]),
        submit=_("Tambah kamar"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def edit_room(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """Change a room, or take it out of service with a reason."""
    house, person = house_of(request, code), person_of(request)
    room = get_object_or_404(keeping.rooms_of(house), pk=pk)
    form = forms.RoomForm(request.POST or None, house=house, initial=forms.RoomForm.of(room))
    return fill_in(
        request,
        form,
        lambda data: houses.update_room(room, by=person, at=request.at, **data),
        house=house,
        title=_("Kamar %(number)s") % {"number": room.number},
        done=_("Kamar disimpan."),
        to=reverse("boarding:rooms", args=[code]),
        more={
            "things": _things(room),
            "things_url": reverse("asset_place", args=[room_places.CODE, room.pk]),
        },
    )


def _things(room: Room) -> Table:
    """What stands in the room, by the register of assets."""
    columns = [Column(_("Aset"), rank=1), Column(_("Nomor"), rank=2), Column(_("Merek, tipe, nomor seri"))]
    standing = assets.standing_in(room_places.CODE, room.pk)
    rows = [Row([one.name, one.number, one.details], url=one.get_absolute_url()) for one in standing]
    return Table(columns, rows).filled()
