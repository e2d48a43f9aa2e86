"""What the bills of bookings and stays are called: by what they are for, and of which room."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Booking, Purpose, Stay
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import words


def of_bookings(bills: Sequence[Invoice]) -> Mapping[int, str]:
    """`Uang muka kamar 203`."""
    cases = Booking.objects.filter(pk__in={bill.subject_id for bill in bills})
    return _named(bills, dict(cases.values_list("pk", "room__number")))


def of_stays(bills: Sequence[Invoice]) -> Mapping[int, str]:
    """`Sewa kamar 203, 29 Nov – 28 Des 2026`."""
    cases = Stay.objects.filter(pk__in={bill.subject_id for bill in bills})
    return _named(bills, dict(cases.values_list("pk", "room__number")))


def of_room(bills: Sequence[Invoice], room: str) -> list[tuple[Invoice, str]]:
    """Bills of one case whose room is known already, each with its title; no query."""
    return [(bill, _title(bill, room)) for bill in bills]


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
    }[Purpose(bill.purpose)] % {"room": room}
    if bill.period_start and bill.period_end:
        return f"{said}, {words.period(bill.period_start, bill.period_end)}"
    return said
