"""What must be true before a step of a booking is taken (rules/boarding 1 to 5, 13)."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Booking, Purpose, Registration, Stay
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.queries import discounts, moving, tenants
from tatausaha.business.boarding.queries.rooms import claims_against
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel import money
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments import queries as payments
from tatausaha.core.people import roles
from tatausaha.core.people.actors import person_or_none
from tatausaha.core.procedures.spec import Act, says


@says(_("Bukti bayar sudah dikirim dan belum diperiksa."))
def proof_under_review(booking: Booking, _act: Act) -> None:
    """A payment for this booking waits for a person to verify it."""
    if not payments.pending(booking):
        raise Refused(_now("Belum ada bukti bayar yang menunggu diperiksa."))


@says(_("Tidak ada lagi bukti bayar yang menunggu diperiksa."))
def nothing_under_review(booking: Booking, _act: Act) -> None:
    """The proof was refused, or the money was too little."""
    if payments.pending(booking):
        raise Refused(_now("Masih ada bukti bayar yang menunggu diperiksa."))


@says(_("Uang muka sudah diterima penuh."))
def down_payment_in(booking: Booking, _act: Act) -> None:
    """Down payments in part do not secure a room."""
    if not billing.is_paid(booking, Purpose.DOWN_PAYMENT):
        raise Refused(_now("Uang muka belum diterima penuh."))


@says(_("Sewa masa pertama sudah diterima penuh."))
def first_rent_in(booking: Booking, _act: Act) -> None:
    """The prospect chose to pay the first rent at once."""
    if not billing.is_paid(booking, Purpose.FIRST_RENT):
        raise Refused(_now("Sewa masa pertama belum diterima penuh."))


@says(_("Uang yang datang terlambat cukup untuk uang muka."))
def late_down_payment(booking: Booking, _act: Act) -> None:
    """Money that came after the hold had run out is kept as titipan; it may still secure the room."""
    if booking.plan != Booking.Plan.DOWN_PAYMENT or _came_late(booking) < booking.down_payment:
        raise Refused(_now("Uang yang masuk belum cukup."))


@says(_("Uang yang datang terlambat cukup untuk sewa masa pertama."))
def late_first_rent(booking: Booking, _act: Act) -> None:
    """Who chose to pay the first rent at once has paid it, as if in time: nothing of it is forfeited."""
    if booking.plan != Booking.Plan.FULL or _came_late(booking) < discounts.first_rent_of(booking).amount:
        raise Refused(_now("Uang yang masuk belum cukup."))


def _came_late(booking: Booking) -> int:
    return sum(one.amount for one in payments.titipan_of(booking))


@says(_("Kamar masih kosong."))
def room_is_free(booking: Booking, act: Act) -> None:
    """Nobody else has claimed the room meanwhile."""
    if (
        booking.room.out_of_service
        or claims_against(act.at, booking.move_in_on).filter(room=booking.room).exists()
    ):
        raise Refused(_now("Kamar ini sudah dipesan orang lain."))


@says(_("Penghuni sudah mendaftar dengan tanda pengenal."))
def registered(booking: Booking, _act: Act) -> None:
    """Origin, purpose, identity document and emergency contact are known (KOS-07)."""
    stated = Registration.objects.filter(booking=booking).first()
    if stated is None:
        raise Refused(_now("Kunci belum bisa diserahkan: penghuni belum mendaftar dengan tanda pengenal."))
    if not stated.waived_because and not tenants.is_pictured(stated):
        raise Refused(
            _now("Kunci belum bisa diserahkan: foto tanda pengenal belum ada. Perbaiki data pendaftaran, "
                 "atau minta pemilik menerima tanpa foto.")
        )  # fmt: skip


@says(_("Sisa sewa, layanan, dan deposit sudah diterima penuh."))
def move_in_paid(booking: Booking, _act: Act) -> None:
    """Keys only when rent and deposit are fully confirmed (KOS-06)."""
    missing = billing.outstanding(booking)
    if not billing.is_paid(booking, Purpose.MOVE_IN) or missing:
        sentence = _now(
            "Kunci belum bisa diserahkan: masih kurang %(missing)s (sisa sewa, layanan, dan deposit)."
        )
        raise Refused(sentence % {"missing": money.rupiah(missing)})


@says(_("Kamar sudah kosong dan selesai diperiksa."))
def room_is_handed_over(booking: Booking, _act: Act) -> None:
    """The last tenant has given the key back and the room was looked at."""
    if waiting := moving.awaiting_inspection(booking.room):
        moved = _now("Kamar %(number)s masih diperiksa setelah pindah kamar. Selesaikan dulu %(move)s.")
        raise Refused(moved % {"number": booking.room.number, "move": waiting.number})
    if (last := reads.lives_in(booking.room)) is None:
        return
    sentence = (
        _now("Kamar %(number)s masih diperiksa. Selesaikan dulu perhitungan %(stay)s.")
        if last.status == Stay.Status.INSPECTION
        else _now("Kamar %(number)s masih dihuni. Terima dulu kunci %(stay)s.")
    )
    raise Refused(sentence % {"number": booking.room.number, "stay": last.number})


@says(_("Pengelola paling banyak sekali, selama ketentuan; pemilik bebas."))
def may_extend(booking: Booking, act: Act) -> None:
    """A manager extends a hold once, within the policy; the owner as often and as long as is wise."""
    if roles.is_owner(person_or_none(act.by)):
        return
    if booking.extended:
        raise Refused(_now("Pesanan ini sudah pernah diperpanjang. Perpanjangan berikutnya oleh pemilik."))
    most = booking.policy.extend_days
    if act.data.get("days", 0) > most:
        raise Refused(
            _now("Paling lama %(most)d hari; lebih lama oleh pemilik.") % {"most": most}, field="days"
        )
