"""Claims on rooms: at most one at a time, the first wins (KOS-02, KOS-03; rules/boarding 1 and 3)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Room, RoomClaim
from tatausaha.business.boarding.queries.rooms import claims_against, standing
from tatausaha.core.kernel.errors import Refused


def _gone(room: Room) -> Refused:
    sentence = _("Kamar %(number)s baru saja dipesan orang lain. Pilih kamar lain yang masih kosong.")
    return Refused(sentence % {"number": room.number})


@transaction.atomic
def claim(
    room: Room,
    from_on: date,
    until_on: date | None,
    holder: str,
    expires_at: datetime | None,
    *,
    at: datetime,
    kind: RoomClaim.Kind = RoomClaim.Kind.HOLD,
) -> RoomClaim:
    """Take a room from a day on (up to, not including, `until_on`) for the case `holder`.

    Takes the room's row lock first, retires claims that have run out, then writes. Raises
    `Refused` when the room is out of service or somebody else has it.
    """
    room = Room.objects.select_for_update(of=("self",)).select_related("house").get(pk=room.pk)
    if room.out_of_service:
        sentence = _("Kamar %(number)s sedang tidak disewakan: %(reason)s.")
        raise Refused(sentence % {"number": room.number, "reason": room.out_reason})
    retire_run_out(room, at=at)
    if claims_against(at, from_on, until_on).filter(room=room).exists():
        raise _gone(room)
    try:
        with transaction.atomic():
            return RoomClaim.objects.create(
                unit_id=room.house.unit_id,
                room=room,
                kind=kind,
                from_on=from_on,
                until_on=until_on,
                holder=holder,
                expires_at=expires_at,
                claimed_at=at,
            )
    except IntegrityError as clash:  # room_claims_never_overlap
        raise _gone(room) from clash


def release(claim: RoomClaim, *, at: datetime) -> None:
    """Give the room up; a claim that was given up before stays as it was."""
    RoomClaim.objects.filter(pk=claim.pk, live=True).update(live=False, released_at=at)


@transaction.atomic
def change(
    claim: RoomClaim,
    *,
    at: datetime,
    kind: RoomClaim.Kind,
    from_on: date,
    until_on: date | None,
    expires_at: datetime | None,
    holder: str = "",
) -> RoomClaim:
    """Let a claim go on as another kind or over other days: held, booked, occupied, inspection.

    Raises `Refused` when it has run out or was given up, or when somebody else has the room
    on one of the days. A claim that has run out comes back by `claim`, if the room is free.
    """
    room = Room.objects.select_for_update().get(pk=claim.room_id)
    held = RoomClaim.objects.get(pk=claim.pk)
    if not held.live or (held.expires_at and at >= held.expires_at):
        raise Refused(_("Kamar %(number)s sudah tidak ditahan lagi.") % {"number": room.number})
    retire_run_out(room, at=at)
    held.kind, held.from_on, held.until_on, held.expires_at = kind, from_on, until_on, expires_at
    held.holder = holder or held.holder
    try:
        with transaction.atomic():
            held.save(update_fields=["kind", "from_on", "until_on", "expires_at", "holder"])
    except IntegrityError as clash:  # room_claims_never_overlap
        raise _gone(room) from clash
    return held


def next_begins(claim: RoomClaim, *, at: datetime) -> date | None:
    """The day on which somebody else has the room after this claim, if anybody has."""
    others = RoomClaim.objects.filter(standing(at), room=claim.room_id, from_on__gt=claim.from_on)
    return others.order_by("from_on").values_list("from_on", flat=True).first()


def retire_run_out(room: Room | None = None, *, at: datetime) -> int:
    """Tidy up claims that are past their deadline, of one room or of all; they were gone already."""
    run_out = RoomClaim.objects.filter(Q(live=True, expires_at__lte=at))
    if room is not None:
        run_out = run_out.filter(room=room)
    return run_out.update(live=False, released_at=F("expires_at"))
