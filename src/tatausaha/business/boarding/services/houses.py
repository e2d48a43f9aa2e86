"""Keeping houses, room types and rooms: what managers and owners write (KOS-13, KOS-20)."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Facility, Gender, House, Room, RoomType
from tatausaha.business.boarding.models.house import EAST, NORTH, SOUTH, WEST
from tatausaha.business.boarding.queries.rooms import claims_against
from tatausaha.business.boarding.services import history
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles, services
from tatausaha.core.people.models import Person, Zone

MOST_AT_ONCE = 200
_RANGE = re.compile(r"([A-Za-z .]*)(\d{1,6})\s*(?:-|–|sampai|s/d)\s*\1(\d{1,6})")


def _manager(house: House, by: Person) -> None:
    if not roles.has_role(by, house.unit, "manager"):
        raise Refused(_("Hanya pengelola rumah ini atau pemilik yang boleh mengubahnya."))


def check_position(latitude: float | None, longitude: float | None) -> None:
    """Both or neither, and within Indonesia. Raises `Refused`."""
    if (latitude is None) != (longitude is None):
        raise Refused(_("Isi lintang dan bujur, atau kosongkan keduanya."), field="latitude")
    if latitude is None or longitude is None:
        return
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise Refused(_("Letak ini di luar Indonesia. Periksa lintang dan bujur."), field="latitude")


@transaction.atomic
def open_house(
    *, name: str, by: Person, at: datetime, zone: str = Zone.WIB, address: str = "", elsewhere: bool = False,
    **data: Any,
) -> House:  # fmt: skip
    """A new house as a business unit of its own, not shown to the public until it is published.

    The owner's alone. `elsewhere`: there may be one of this name in another place. `data` is what a house says
    of itself (gender, position, city …).
    """
    check_position(data.get("latitude"), data.get("longitude"))
    unit = services.create_unit(
        business="boarding", name=name, by=by, at=at, zone=zone, address=address, elsewhere=elsewhere
    )
    return House.objects.create(unit=unit, created_at=at, **data)


@transaction.atomic
def update_house(house: House, *, by: Person, at: datetime, **data: Any) -> House:
    """Change what a house says of itself; name and address are its unit's, and the owner's to change.

    `facilities` are names, one each. Another `cycle` (the owner's to choose) is that of bookings made from
    now on. Publishing needs a room type to show.
    """
    _manager(house, by)
    check_position(data.get("latitude"), data.get("longitude"))
    if data.get("cycle", house.cycle) != house.cycle and not roles.is_owner(by):
        raise Refused(_("Siklus tagihan ditentukan pemilik."), field="cycle")
    names = data.pop("facilities", None)
    if data.get("is_published") and not RoomType.objects.filter(house=house).exists():
        raise Refused(_("Buat dulu tipe kamarnya, baru rumah bisa ditampilkan."), field="is_published")
    house = House.objects.select_for_update(of=("self",)).select_related("unit").get(pk=house.pk)
    before = history.snapshot(house)
    for name, value in data.items():
        setattr(house, name, value)
    house.save(update_fields=list(data) or None)
    if names is not None:
        house.facilities.set(facilities_named(names, Facility.Scope.COMMON))
    history.write(house, _("Rumah"), before, history.snapshot(house), by=by, at=at)
    return house


def facilities_named(names: Iterable[str], scope: str) -> list[Facility]:
    """Facilities by their names; a name that is new is made known."""
    keyed = {slugify(name)[:60]: " ".join(name.split())[:60] for name in names}
    return [
        Facility.objects.get_or_create(scope=scope, key=key, defaults={"name": name})[0]
        for key, name in keyed.items()
        if key
    ]


@transaction.atomic
def save_room_type(
    house: House,
    room_type: RoomType | None,
    *,
    by: Person,
    at: datetime,
    name: str,
    size: str = "",
    area_m2: Decimal | None = None,
    description: str = "",
    capacity: int = 1,
    room_facilities: Iterable[str] = (),
    bathroom_facilities: Iterable[str] = (),
) -> RoomType:
    """A new room type, or a changed one. Its name is its own within the house."""
    _manager(house, by)
    assert room_type is None or room_type.house_id == house.pk
    before = history.snapshot(room_type)
    kept = room_type or RoomType(house=house)
    kept.name, kept.size, kept.area_m2 = " ".join(name.split()), size, area_m2
    kept.description, kept.capacity = description, capacity
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as taken:
        raise Refused(_("Tipe kamar dengan nama ini sudah ada."), field="name") from taken
    kept.facilities.set(
        [
            *facilities_named(room_facilities, Facility.Scope.ROOM),
            *facilities_named(bathroom_facilities, Facility.Scope.BATHROOM),
        ]
    )
    thing = _("Tipe kamar %(name)s") % {"name": kept.name}
    history.write(house, thing, before, history.snapshot(kept), by=by, at=at)
    return kept


def room_numbers(text: str) -> list[str]:
    """Read `101-110, 201, A1-A4`: room numbers, each once, in that order. Raises `Refused`."""
    numbers: dict[str, None] = {}
    for part in re.split(r"[,;\n]", text):
        piece = " ".join(part.split())
        if not piece:
            continue
        if (found := _RANGE.fullmatch(piece)) and int(found[2]) < int(found[3]):
            first, last = int(found[2]), int(found[3])
            if last - first >= MOST_AT_ONCE:
                raise Refused(
                    _("Paling banyak %(most)d kamar sekaligus.") % {"most": MOST_AT_ONCE}, field="numbers"
                )
            width = len(found[2]) if found[2].startswith("0") else 0
            numbers |= dict.fromkeys(f"{found[1]}{n:0{width}d}" for n in range(first, last + 1))
        elif re.fullmatch(r"[\w .-]{1,20}", piece):
            numbers[piece] = None
        else:
            raise Refused(_("Nomor kamar “%(text)s” tidak terbaca.") % {"text": piece[:40]}, field="numbers")
    if not numbers:
        raise Refused(_("Tulis nomor kamar, misalnya 101-110."), field="numbers")
    if len(numbers) > MOST_AT_ONCE:
        raise Refused(_("Paling banyak %(most)d kamar sekaligus.") % {"most": MOST_AT_ONCE}, field="numbers")
    return list(numbers)


@transaction.atomic
def add_rooms(
    room_type: RoomType, numbers: Iterable[str], *, by: Person, at: datetime, floor: int | None = None
) -> list[Room]:
    """Many rooms of a type at once; all or none. Raises `Refused` naming the numbers that exist."""
    _manager(room_type.house, by)
    wanted = list(numbers)
    there = Room.objects.filter(house=room_type.house, number__in=wanted).order_by("number")
    if known := list(there.values_list("number", flat=True)):
        said = ", ".join(known[:10])
        raise Refused(_("Sudah ada kamar dengan nomor %(numbers)s.") % {"numbers": said}, field="numbers")
    rooms = [
        Room(house=room_type.house, room_type=room_type, number=number, floor=floor) for number in wanted
    ]
    added = {str(_("Ditambahkan")): ", ".join(wanted), str(_("Tipe")): str(room_type)}
    history.write(room_type.house, _("Kamar"), {}, added, by=by, at=at)
    return Room.objects.bulk_create(rooms)


@transaction.atomic
def update_room(
    room: Room,
    *,
    by: Person,
    at: datetime,
    room_type: RoomType,
    floor: int | None,
    out_of_service: str,
    out_reason: str,
) -> Room:
    """Change a room. A room that somebody has a claim on is not taken out of service."""
    _manager(room.house, by)
    room = (
        Room.objects.select_for_update(of=("self",))
        .select_related("house__unit", "room_type")
        .get(pk=room.pk)
    )
    reason = " ".join(out_reason.split())
    if out_of_service and not reason:
        raise Refused(_("Tulis alasan kamar tidak disewakan."), field="out_reason")
    on = clock.day(at, room.house.unit.zone)
    if out_of_service and not room.out_of_service and _claimed(room, at, on):
        sentence = _("Kamar ini sedang dihuni atau dipesan, jadi belum bisa ditutup.")
        raise Refused(sentence, field="out_of_service")
    before = history.snapshot(room)
    room.room_type, room.floor = room_type, floor
    room.out_of_service, room.out_reason = out_of_service, reason if out_of_service else ""
    room.save()
    thing = _("Kamar %(number)s") % {"number": room.number}
    history.write(room.house, thing, before, history.snapshot(room), by=by, at=at)
    return room


def _claimed(room: Room, at: datetime, on: date) -> bool:
    return claims_against(at, on).filter(room=room).exists()


def gender_fits(house: House, occupant_is_woman: bool) -> bool:
    """Whether a man or a woman may live in the house (rules/boarding 13)."""
    closed_to = {Gender.MEN: True, Gender.WOMEN: False}
    return closed_to.get(Gender(house.gender)) is not occupant_is_woman
