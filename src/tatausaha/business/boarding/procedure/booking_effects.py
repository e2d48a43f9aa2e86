"""What follows from the steps of a booking (rules/boarding 1 to 5, 13)."""

from datetime import timedelta

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import announcements
from tatausaha.business.boarding.models import Booking, Cause
from tatausaha.business.boarding.procedure.terms import FIX_TERM
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.services import booking as bookings
from tatausaha.business.boarding.services import meters, registration, stay
from tatausaha.core.kernel.errors import Refused, beside
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures.services import perform
from tatausaha.core.procedures.spec import Act, says


@says(_("Batas waktu berhenti selama bukti diperiksa."))
def stop_the_hold(booking: Booking, act: Act) -> None:
    """Money in review is never cancelled by the clock."""
    bookings.mark_claim(booking, kind="ditahan", expires_at=None, at=act.at)


@says(_("Batas waktu berlaku lagi."))
def resume_the_hold(booking: Booking, act: Act) -> None:
    """The proof was refused: the first deadline counts again, and may have passed."""
    bookings.mark_claim(booking, kind="ditahan", expires_at=booking.hold_until, at=act.at)


@says(_("Kamar dipesan; sisa sewa, layanan, dan deposit ditagihkan."))
def keep_the_room(booking: Booking, act: Act) -> None:
    """The room is booked and what is due at move-in is billed."""
    bookings.mark_claim(booking, kind="dipesan", expires_at=None, at=act.at)
    bookings.ask_move_in_payment(booking, by=act.by, at=act.at)


@says(_("Kamar ditahan lagi dan uang titipan dipakai untuk tagihannya."))
def take_the_room_again(booking: Booking, act: Act) -> None:
    """Late money revives the booking."""
    bookings.hold_again(booking, kind="dipesan", at=act.at)
    bookings.use_late_money(booking, by=act.by, at=act.at)
    bookings.ask_move_in_payment(booking, by=act.by, at=act.at)


@says(_("Kamar bebas; uang yang sudah masuk dikembalikan."))
def free_the_room(booking: Booking, act: Act) -> None:
    """No contract was made: nothing is kept."""
    bookings.wind_up(booking, keep=0, by=act.by, at=act.at, reason=_now("Pesanan kedaluwarsa"))


@says(_("Kamar bebas; uang muka hangus, kecuali kamarnya belum dapat diserahkan; selebihnya dikembalikan."))
def forfeit_the_down_payment(booking: Booking, act: Act) -> None:
    """The prospect did not come. Where the last tenant still had the room, that is not the prospect's fault."""
    ready = reads.is_handed_over(booking.room)
    bookings.wind_up(
        booking,
        keep=booking.down_payment if ready else 0,
        by=act.by,
        at=act.at,
        reason=_now("Tidak datang pada rencana masuk") if ready else _now("Kamar belum dapat diserahkan"),
    )


@says(_("Kamar bebas; uang muka hangus sesuai ketentuan; selebihnya dikembalikan."))
def cancel_for_prospect(booking: Booking, act: Act) -> None:
    """What is kept follows the policy of the booking's own revision."""
    keep = bookings.kept_on_cancellation(booking, at=act.at)
    reason = str(act.data.get("note") or _now("Dibatalkan oleh calon penghuni"))
    bookings.wind_up(booking, keep=keep, by=act.by, at=act.at, reason=reason)


@says(_("Kamar bebas; semua uang dikembalikan."))
def cancel_for_house(booking: Booking, act: Act) -> None:
    """The house broke its word: everything goes back."""
    if (cause := str(act.data.get("cause", ""))) not in Cause.values:
        raise Refused(_now("Pilih alasan pembatalan."), field="cause")
    reason = f"{Cause(cause).label}: {act.data['note']}"
    bookings.wind_up(booking, keep=0, by=act.by, at=act.at, reason=reason)


@says(_("Kamar bebas; pemilik menentukan jumlah yang hangus."))
def cancel_by_owner(booking: Booking, act: Act) -> None:
    """Any amount, with a reason, in the trail."""
    bookings.wind_up(booking, keep=act.data["keep"], by=act.by, at=act.at, reason=str(act.data["note"]))


@says(_("Batas waktu bayar mundur."))
def extend_the_hold(booking: Booking, act: Act) -> None:
    """The new deadline is stored once, on the booking and on its claim."""
    booking.hold_until += timedelta(days=act.data["days"])
    booking.extended = True
    booking.save(update_fields=["hold_until", "extended"])
    bookings.mark_claim(booking, kind="ditahan", expires_at=booking.hold_until, at=act.at)


@says(_("Data penghuni dan tanda pengenal disimpan."))
def keep_registration(booking: Booking, act: Act) -> None:
    """The document goes to the encrypted papers, the statement to the registration."""
    registration.register(booking, act)


@says(_("Hunian dimulai, kunci diserahkan, sewa pertama dibukukan, laporan RT disiapkan."))
def begin_the_stay(booking: Booking, act: Act) -> None:
    """The day of moving in is the anchor of all due dates."""
    with beside(event_on="on"):
        begun = stay.move_in(booking, on=act.data["on"], by=act.by, at=act.at)
    meters.opening(begun, act.data, on=act.data["on"], by=act.by, at=act.at)
    if until := act.data.get("until"):
        data = {"until": until, "by": act.by}
        perform(begun, FIX_TERM, by=Machine.CASE, at=act.at, data=data)


@says(_("Calon penghuni diberi tahu."))
def tell_prospect(booking: Booking, act: Act) -> None:
    """In the inbox and by e-mail, once for each way that it can go."""
    announcements.moved(booking, at=act.at)
