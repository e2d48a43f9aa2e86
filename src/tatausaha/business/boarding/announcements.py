"""What the boarding houses tell people, and when: each sentence once (rules/boarding 3, 6)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Booking, Cycle, Purpose, RoomMove, Stay
from tatausaha.business.boarding.queries import bookings, cycles, residents
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock, money, words
from tatausaha.core.notices import services as notices
from tatausaha.core.notices.sentences import Note, Telling, Value

REMINDERS = (-3, 0, 1, 3, 7)
"""Days from the due date on which a tenant is reminded of an open bill."""

_BOOKED = _("Kamar %(room)s di %(house)s ditahan untuk Anda sampai %(until)s. Bayar %(amount)s sebelum itu.")
_NEW = _("%(who)s memesan kamar %(room)s. Kamar ditahan sampai %(until)s.")
_ISSUED = _("Tagihan %(amount)s jatuh tempo %(due)s.")
_UNREPORTED = _("Penghuni %(house)s ini seharusnya dilaporkan sebelum %(due)s. Buat laporannya sekarang.")
_UNREPORTED_GUEST = _(
    "Tamu menginap di %(house)s ini seharusnya dilaporkan sebelum %(due)s. Buat laporannya sekarang."
)
_DUE = {
    -3: _("Tagihan %(amount)s jatuh tempo 3 hari lagi, %(due)s."),
    0: _("Tagihan %(amount)s jatuh tempo hari ini."),
    1: _("Tagihan %(amount)s lewat jatuh tempo sejak kemarin."),
    3: _("Tagihan %(amount)s sudah 3 hari lewat jatuh tempo."),
    7: _("Tagihan %(amount)s sudah 7 hari lewat jatuh tempo."),
}


def booked(booking: Booking, *, at: datetime) -> None:
    """Tell the prospect until when the room is held and what is to be paid by then, and the managers that
    somebody booked. Nothing is asked of whose balance paid for it.
    """  # fmt: skip
    amount = billing.outstanding(booking)
    about: dict[str, Value] = {
        "room": booking.room.number, "house": booking.unit.name, "who": str(booking.customer),
        "until": booking.hold_until, "amount": money.rupiah(amount),
    }  # fmt: skip
    link = booking.get_absolute_url()
    if booking.customer and amount:
        note = Note("case", _("Kamar ditahan untuk Anda"), _BOOKED, about, link=link, about=booking.number)
        notices.tell(booking.customer, note, key=f"{booking.number}|booked", at=at, unit=booking.unit)
    work = Note("work", _("Pesanan baru"), _NEW, about, link=link, about=booking.number)
    notices.tell_holders(booking.unit, "manager", note=work, key=f"{booking.number}|new", at=at)


_MOVED = {
    Booking.Status.SECURED: _("Uang muka Anda diterima. Kamar %(room)s sudah pasti untuk Anda."),
    Booking.Status.PAID_UP: _("Sewa pertama Anda lunas. Kamar %(room)s sudah pasti untuk Anda."),
    Booking.Status.EXPIRED: _(
        "Batas waktu bayar sudah lewat, jadi kamar %(room)s dilepas. Anda bisa memesan lagi."
    ),
    Booking.Status.CANCELLED: _("Pesanan kamar %(room)s dibatalkan."),
    Booking.Status.FORFEITED: _("Anda tidak datang pada rencana masuk, jadi pesanan kamar %(room)s batal."),
}


_NOT_READY = _("Kamar %(room)s belum dapat diserahkan, jadi pesanan batal dan semua uang Anda dikembalikan.")


def moved(booking: Booking, *, at: datetime) -> None:
    """Tell the prospect what has become of the booking."""
    sentence = _MOVED.get(Booking.Status(booking.status))
    if booking.status == Booking.Status.FORFEITED and not bookings.is_handed_over(booking.room):
        sentence = _NOT_READY
    if booking.customer and sentence:
        about = {"number": booking.number, "room": booking.room.number}
        note = Note(
            "case",
            _("Pesanan kamar %(room)s"),
            sentence,
            about,
            link=booking.get_absolute_url(),
            about=booking.number,
        )
        key = f"{booking.number}|{booking.status}|{booking.since:%Y%m%d%H%M%S}"
        notices.tell(booking.customer, note, key=key, at=at, unit=booking.unit)


def billed(stay: Stay, invoice: Invoice, *, at: datetime) -> None:
    """Tell the tenant that the next bill is there."""
    all_billed([(stay, invoice)], at=at)


def all_billed(issued: Iterable[tuple[Stay, Invoice]], *, at: datetime) -> None:
    """Tell each tenant that the next bill is there; nothing of a bill that the balance paid."""
    notices.tell_many(
        [
            Telling(
                stay.customer,
                _bill(invoice, _("Tagihan baru"), _ISSUED),
                f"invoice|{invoice.pk}|issued",
                stay.unit,
            )
            for stay, invoice in issued
            if stay.customer and invoice.remaining
        ],
        at=at,
    )


_CHANGED = _(
    "Anda pindah dari kamar %(old)s ke kamar %(new)s. Sewa menjadi %(rent)s per 30 hari; tanggal jatuh tempo tidak "
    "berubah. Hitungannya ada di berita acara."
)
_CHANGED_BY_MONTH = _(
    "Anda pindah dari kamar %(old)s ke kamar %(new)s. Sewa menjadi %(rent)s per bulan; tanggal jatuh tempo tidak "
    "berubah. Hitungannya ada di berita acara."
)


def moved_room(move: RoomMove, *, at: datetime) -> None:
    """Tell the tenant from where to where, and at which rent."""
    about: dict[str, Value] = {
        "old": move.from_room.number, "new": move.to_room.number, "rent": money.rupiah(move.rent_after),
    }  # fmt: skip
    if move.customer:
        cycle = cycles.cycle_of(move.stay, cycles.number_in(move.stay, move.moved_on))
        sentence = _CHANGED_BY_MONTH if cycle == Cycle.FIXED_DATE else _CHANGED
        note = Note(
            "case", _("Pindah kamar"), sentence, about, link=move.get_absolute_url(), about=move.number
        )
        notices.tell(move.customer, note, key=f"{move.number}|moved", at=at, unit=move.unit)


def _bill(invoice: Invoice, title: object, sentence: object) -> Note:
    about = {"amount": money.rupiah(invoice.remaining), "due": invoice.due_on}
    return Note("money", title, sentence, about, link=invoice.get_absolute_url(), about=invoice.case_number)  # type: ignore[arg-type]


def remind_everybody(at: datetime) -> int:
    """Everything that customers are reminded of; how many were told now."""
    return remind(at=at) + remind_of_move_in(at=at)


def remind(*, at: datetime) -> int:
    """Remind of open rent bills on the days of `REMINDERS`, each step once; how many were told now.

    After a standstill only the latest step that was missed is told, not all of them at once.
    """
    told = 0
    today = max(clock.day(at, zone) for zone in words.ZONES)
    for invoice, stay in _open_bills(today):
        day = (clock.day(at, stay.unit.zone) - invoice.due_on).days
        steps = [step for step in REMINDERS if step <= day <= step + 3]
        if steps and stay.customer:
            step = max(steps)
            note = _bill(invoice, _("Pengingat tagihan"), _DUE[step])
            told += notices.tell(
                stay.customer, note, key=f"invoice|{invoice.pk}|H{step:+d}", at=at, unit=stay.unit
            )
    return told


_EXPECTED = _("Rencana masuk Anda sudah lewat. Kamar %(room)s ditunggu sampai akhir %(until)s.")
_EXPECTED_OR_LOST = _(
    "Rencana masuk Anda sudah lewat. Kamar %(room)s ditunggu sampai akhir %(until)s; sesudah itu pesanan batal dan "
    "uang muka %(amount)s hangus. Hubungi pengelola bila Anda terlambat."
)
_NOT_COME = _("%(who)s belum masuk ke kamar %(room)s. Ditunggu sampai akhir %(until)s.")


def remind_of_move_in(*, at: datetime) -> int:
    """The day after the planned day: tell who did not come, and the managers, once; how many were told now."""
    told = 0
    for booking in bookings.awaited_since_yesterday(at):
        assert booking.deadline_at is not None
        last_day = clock.day(booking.deadline_at - timedelta(seconds=1), booking.unit.zone)
        about: dict[str, Value] = {
            "room": booking.room.number, "until": words.long_date(last_day), "who": str(booking.customer),
            "amount": money.rupiah(booking.down_payment),
        }  # fmt: skip
        link, key = booking.get_absolute_url(), f"{booking.number}|no_show|{last_day:%Y%m%d}"
        if booking.customer:
            lost = booking.status == Booking.Status.SECURED
            sentence = _EXPECTED_OR_LOST if lost else _EXPECTED
            note = Note("case", _("Anda belum masuk"), sentence, about, link=link, about=booking.number)
            told += notices.tell(booking.customer, note, key=key, at=at, unit=booking.unit)
        work = Note(
            "work", _("Penghuni baru belum datang"), _NOT_COME, about, link=link, about=booking.number
        )
        told += notices.tell_holders(booking.unit, "manager", note=work, key=f"{key}|work", at=at)
    return told


def remind_of_reports(*, at: datetime) -> int:
    """Tell the managers of every move that was not reported by its time, once; how many were told now."""
    told = 0
    for move in residents.overdue(at):
        about: dict[str, Value] = {
            "who": str(move.guest or move.stay.customer),
            "house": move.unit.name,
            "due": move.due_at,
        }
        note = Note(
            "deadline", _("Belum dilaporkan ke RT atau kelurahan: %(who)s"),
            _UNREPORTED_GUEST if move.guest else _UNREPORTED, about,
            link=f"/kos/{move.unit.code}/lapor/", about=move.stay.number,
        )  # fmt: skip
        key = f"resident_move|{move.pk}|late"
        told += notices.tell_holders(move.unit, "manager", note=note, key=key, at=at)
    return told


def _open_bills(today: date) -> list[tuple[Invoice, Stay]]:
    first, last = today - timedelta(days=11), today + timedelta(days=4)
    bills = Invoice.objects.filter(
        Q(purpose__in=(Purpose.RENT, Purpose.MOVE, Purpose.MOVE_DAMAGE))
        | Q(purpose=Purpose.USES, period_start__isnull=False),
        procedure="boarding.stay", voided_at=None,
        due_on__range=(first, last),
    )  # fmt: skip
    waiting = [invoice for invoice in bills.order_by("due_on", "pk") if invoice.remaining]
    stays = Stay.objects.filter(pk__in={invoice.subject_id for invoice in waiting}).select_related(
        "unit", "customer"
    )
    by_id = {stay.pk: stay for stay in stays}
    return [(invoice, by_id[invoice.subject_id]) for invoice in waiting if invoice.subject_id in by_id]
