"""The waiting list: joined while nothing fits, told in order when something does, ended by a booking (KOS-02)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tatausaha.business.boarding import announcements_waiting as announcements
from tatausaha.business.boarding.models import Booking, Gender, Occupant, Room, RoomOffer, Wish, WishTold
from tatausaha.business.boarding.queries import waiting as reads
from tatausaha.business.boarding.services.far_days import refuse_far
from tatausaha.business.boarding.services.houses import gender_fits
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people import services as people
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.people.queries import all_with_address, has_proven_phone
from tatausaha.core.procedures import services as procedures

NEEDS_PHONE = _lazy(
    "Daftar tunggu memerlukan nomor HP yang sudah terbukti milik Anda. Buktikan di halaman Akun, "
    "atau minta pengelola mencatatkan Anda."
)


@transaction.atomic
def join(
    *, want: str, latest_on: date, occupant: str, by: Person, at: datetime, budget: int | None = None,
    for_name: str = "", for_phone: str = "",
) -> Wish:  # fmt: skip
    """Wait for a room, where `want` is the key of a `queries.waiting.Want`; or put a guest on the list, as manager.

    A wish holds no room. Raises `Refused` while a room that fits can be booked, for a house that is not for
    this person, a day that is past, and a prospect whose phone number is not proven as his own.
    """  # fmt: skip
    wanted = reads.want_of(by, want)
    if wanted is None:
        raise Refused(_("Pilih rumah, tipe, atau kamar yang ditunggu."), field="want")
    unit = wanted.house.unit
    person = _prospect(by, unit, for_name, for_phone, at=at)
    if not gender_fits(wanted.house, occupant_is_woman=occupant == Occupant.WOMAN):
        gender = Gender(wanted.house.gender).label.lower()
        raise Refused(
            _("%(house)s khusus %(gender)s.") % {"house": wanted.house, "gender": gender}, field="occupant"
        )
    if latest_on < clock.day(at, unit.zone):
        raise Refused(_("Tanggal itu sudah lewat."), field="latest_on")
    refuse_far(latest_on, unit, at=at, field="latest_on")
    wish = Wish(
        unit=unit, customer=person, room_type=wanted.room_type, room=wanted.room, occupant=occupant,
        latest_on=latest_on, budget=budget, headline=f"{unit.name}: {wanted.label}"[:160],
    )  # fmt: skip
    if fitting := reads.rooms_for(wish, at=at, within=reads.planned_within(unit, at=at)):
        rooms = ", ".join(room.number for room in fitting[:5])
        raise Refused(_("Tidak perlu menunggu: kamar %(rooms)s bisa dipesan sekarang.") % {"rooms": rooms})
    for stale in reads.live_wishes(person, unit).filter(deadline_at__lte=at):
        procedures.settle(stale, at=at)
    data = {"want": wanted.label, "latest_on": latest_on, "budget": budget}
    begun = procedures.begin(wish, by=by, at=at, data=data)
    announcements.joined(begun, at=at)
    return begun


def _prospect(by: Person, unit: Unit, name: str, phone: str, *, at: datetime) -> Person:
    if name or phone:
        if not roles.has_role(by, unit, "manager"):
            raise Refused(_("Hanya pengelola yang mencatatkan orang lain."), field="for_name")
        known = all_with_address(phone) if phone else []
        return known[0] if len(known) == 1 else people.create_person(name=name, phone=phone, by=by, at=at)
    if not has_proven_phone(by):
        raise Refused(NEEDS_PHONE)
    return by


def fulfil(booking: Booking, *, at: datetime) -> None:
    """Whoever has booked in a house waits there no longer."""
    if booking.customer:
        for wish in reads.live_wishes(booking.customer, booking.unit).order_by("pk"):
            procedures.advance(wish, at=at, cause=Machine.CASE)


def tell_waiting(at: datetime) -> int:
    """Tell of every room that can be booked the next in its line, one policy step after the one before; how many.

    Whoever was told of another room less than a step ago is passed over this time, so that three
    rooms are told to three people. Nothing is held: the first booking wins (rules/boarding 1).
    """
    lines = reads.by_unit(reads.waiting(at))
    told = 0
    for unit, line in lines.items():
        with transaction.atomic():
            told += _tell_line(unit, line, at)
    open_ones = RoomOffer.objects.filter(until=None).exclude(room__house__unit__in=lines)
    open_ones.update(until=at)
    return told


def _tell_line(unit: Unit, line: list[Wish], at: datetime) -> int:
    within = reads.planned_within(unit, at=at)
    rooms: dict[int, Room] = {}
    fitting: dict[int, list[Wish]] = {}
    for wish in line:
        for room in reads.rooms_for(wish, at=at, within=within):
            rooms[room.pk] = room
            fitting.setdefault(room.pk, []).append(wish)
    RoomOffer.objects.filter(room__house__unit=unit, until=None).exclude(room__in=rooms).update(until=at)
    free_from = reads.free_from(list(rooms.values()), at=at, today=clock.day(at, unit.zone))
    last_told = reads.last_told(line)
    told = 0
    for pk in sorted(rooms):
        offer, _new = RoomOffer.objects.get_or_create(
            room=rooms[pk], until=None, defaults={"since": at, "from_on": free_from[pk]}
        )
        if (following := _next(offer, fitting[pk], last_told, at)) is not None:
            announcements.told(WishTold.objects.create(offer=offer, wish=following, at=at), following)
            last_told[following.pk] = at
            told += 1
    return told


def _next(
    offer: RoomOffer, line: list[Wish], last_told: dict[int, datetime | None], at: datetime
) -> Wish | None:
    """Who is told of this room now: the first in line who was not, once the step after the one before is over."""
    before = dict(offer.told.values_list("wish", "at"))
    waits = [wish for wish in line if wish.pk not in before]
    if not waits:
        return None
    step = timedelta(hours=waits[0].policy.step_hours)
    if before and at < max(before.values()) + step:
        return None
    return next((wish for wish in waits if (last := last_told[wish.pk]) is None or at >= last + step), None)
