"""What the bills of bookings and stays are called: by what they are for, and of which room."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Booking, Purpose, RoomMove, Stay
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import words


def of_bookings(bills: Sequence[Invoice]) -> Mapping[int, str]:
    """`Uang muka kamar 203`."""
    cases = Booking.objects.filter(pk__in={bill.subject_id for bill in bills})
    return _named(bills, dict(cases.values_list("pk", "room__number")))


def of_stays(bills: Sequence[Invoice]) -> Mapping[int, str]:
    """`Sewa kamar 203, 29 Nov – 28 Des 2026`: the room in which the tenant lived when the bill went out."""
    ids = {bill.subject_id for bill in bills}
    rooms = dict(Stay.objects.filter(pk__in=ids).values_list("pk", "room__number"))
    moves: dict[int, list[RoomMove]] = {}
    for move in RoomMove.objects.filter(stay__in=ids).select_related("from_room").order_by("opened_at"):
        moves.setdefault(move.stay_id, []).append(move)
    return {
        bill.pk: _title(bill, _room_then(bill, rooms[bill.subject_id], moves.get(bill.subject_id, ())))
        for bill in bills
        if bill.subject_id in rooms
    }


def of_room(bills: Sequence[Invoice], room: str, moves: Sequence[RoomMove] = ()) -> list[tuple[Invoice, str]]:
    """Bills of one case whose room and moves (oldest first) are known already, each with its title; no query."""
    return [(bill, _title(bill, _room_then(bill, room, moves))) for bill in bills]


def _room_then(bill: Invoice, room: str, moves: Sequence[RoomMove]) -> str:
    for move in moves:
        left = bill.purpose == Purpose.MOVE_DAMAGE and bill.period_start == move.moved_on
        if left or bill.issued_at < move.opened_at:
            return move.from_room.number
    return room


def _named(bills: Sequence[Invoice], rooms: Mapping[int, str]) -> Mapping[int, str]:
    return {bill.pk: _title(bill, rooms[bill.subject_id]) for bill in bills if bill.subject_id in rooms}


def _title(bill: Invoice, room: str) -> str:
    said = {
        Purpose.DOWN_PAYMENT: _("Uang muka kamar %(room)s"),
        Purpose.FIRST_RENT: _("Sewa pertama kamar %(room)s"),
        Purpose.MOVE_IN: _("Pelunasan dan deposit kamar %(room)s"),
        Purpose.RENT: _("Sewa kamar %(room)s"),
        Purpose.DAMAGE: _("Kerusakan kamar %(room)s"),
        Purpose.OVERSTAY: _("Kelebihan hari kamar %(room)s"),
        Purpose.USES: _("Pemakaian layanan kamar %(room)s"),
        Purpose.PAPER: _("Tunggakan kamar %(room)s dari buku kertas"),
        Purpose.MOVE: _("Pindah ke kamar %(room)s"),
        Purpose.MOVE_DAMAGE: _("Kerusakan kamar %(room)s"),
        Purpose.LATE_FEE: _("Denda terlambat, sewa kamar %(room)s"),
    }[Purpose(bill.purpose)] % {"room": room}
    if bill.purpose == Purpose.MOVE_DAMAGE:
        return said
    if bill.period_start and bill.period_end:
        return f"{said}, {words.period(bill.period_start, bill.period_end)}"
    return said
