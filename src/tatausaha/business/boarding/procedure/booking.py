"""The life of a booking, on one page. KOS-02 to KOS-07; rules/boarding 1 to 5, 13."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import announcements
from tatausaha.business.boarding.models import Booking, Purpose, Registration, Room, Stay
from tatausaha.business.boarding.policy import BookingPolicy
from tatausaha.business.boarding.procedure import forms, previews
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.queries.rooms import claims_against
from tatausaha.business.boarding.services import booking as bookings
from tatausaha.business.boarding.services import registration, stay
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel import clock, money
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments import queries as payments
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Machine, person_or_none
from tatausaha.core.procedures.spec import (
    Act,
    Opening,
    Procedure,
    Sop,
    State,
    Step,
    at_field,
    either,
    lasts,
    machine,
    party,
    role,
    says,
)

S = Booking.Status

PROSPECT = party(_("Calon penghuni"), "customer")
MANAGER = role(_("Pengelola"), "manager")
OWNER = role(_("Pemilik"), "owner")
BOTH = either(_("Calon penghuni atau pengelola"), PROSPECT, MANAGER)
TIME = machine(_("Waktu"), Machine.CLOCK)
MONEY = machine(_("Uang masuk"), Machine.MONEY)


# What must be true


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


@says(_("Sewa 30 hari pertama sudah diterima penuh."))
def first_rent_in(booking: Booking, _act: Act) -> None:
    """The prospect chose to pay the first rent at once."""
    if not billing.is_paid(booking, Purpose.FIRST_RENT):
        raise Refused(_now("Sewa 30 hari pertama belum diterima penuh."))


@says(_("Uang yang datang terlambat cukup untuk uang muka."))
def late_down_payment(booking: Booking, _act: Act) -> None:
    """Money that came after the hold had run out is kept as titipan; it may still secure the room."""
    if booking.plan != Booking.Plan.DOWN_PAYMENT or _came_late(booking) < booking.down_payment:
        raise Refused(_now("Uang yang masuk belum cukup."))


@says(_("Uang yang datang terlambat cukup untuk sewa 30 hari pertama."))
def late_first_rent(booking: Booking, _act: Act) -> None:
    """Who chose to pay the first rent at once has paid it, as if in time: nothing of it is forfeited."""
    if booking.plan != Booking.Plan.FULL or _came_late(booking) < booking.rent:
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
    if not Registration.objects.filter(booking=booking).exists():
        raise Refused(_now("Kunci belum bisa diserahkan: penghuni belum mendaftar dengan tanda pengenal."))


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


# What follows


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
    ready = reads.lives_in(booking.room) is None
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
    bookings.wind_up(booking, keep=0, by=act.by, at=act.at, reason=str(act.data["note"]))


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
    stay.move_in(booking, on=act.data["on"], by=act.by, at=act.at)


@says(_("Calon penghuni diberi tahu."))
def tell_prospect(booking: Booking, act: Act) -> None:
    """In the inbox and by e-mail, once for each way that it can go."""
    announcements.moved(booking, at=act.at)


# Deadlines


@lasts(lambda numbers: _now("%(days)d hari setelah rencana masuk") % {"days": numbers.no_show_days})
def no_show(booking: Booking, since: datetime) -> datetime:
    """The end of the last day on which the prospect is waited for, counted from the payment if that came later."""
    planned = max(booking.move_in_on, clock.day(since, booking.unit.zone))
    return clock.start_of(planned + timedelta(days=booking.policy.no_show_days + 1), booking.unit.zone)


held_until = lasts(
    lambda numbers: (
        _now("%(days)d hari; pengelola boleh memperpanjang sampai %(more)d hari")
        % {"days": numbers.hold_days, "more": numbers.extend_days}
    )
)(at_field("hold_until"))


# The table

EXPIRE = Step("expire", _("Kedaluwarsa"), S.HELD, S.EXPIRED, TIME, effects=(free_the_room, tell_prospect))
FORFEIT = Step(
    "forfeit",
    _("Tidak datang: uang muka hangus"),
    S.SECURED,
    S.FORFEITED,
    TIME,
    effects=(forfeit_the_down_payment, tell_prospect),
)
STEPS = (
    Step(
        "secure", _("Uang muka diterima"), (S.HELD, S.VERIFYING), S.SECURED, MONEY,
        guards=(down_payment_in,), effects=(keep_the_room, tell_prospect),
    ),
    Step(
        "pay_up", _("Sewa pertama lunas"), (S.HELD, S.VERIFYING), S.PAID_UP, MONEY,
        guards=(first_rent_in,), effects=(keep_the_room, tell_prospect),
    ),
    Step(
        "review", _("Bukti bayar diterima"), S.HELD, S.VERIFYING, MONEY,
        guards=(proof_under_review,), effects=(stop_the_hold,),
    ),
    Step(
        "resume", _("Bukti bayar ditolak"), S.VERIFYING, S.HELD, MONEY,
        guards=(nothing_under_review,), effects=(resume_the_hold,),
    ),
    EXPIRE,
    Step(
        "revive", _("Dihidupkan lagi oleh uang yang terlambat"), S.EXPIRED, S.SECURED, MONEY,
        guards=(late_down_payment, room_is_free), effects=(take_the_room_again, tell_prospect),
    ),
    Step(
        "revive_paid_up", _("Dihidupkan lagi oleh sewa pertama yang terlambat"), S.EXPIRED, S.PAID_UP, MONEY,
        guards=(late_first_rent, room_is_free), effects=(take_the_room_again, tell_prospect),
    ),
    Step(
        "register", _("Daftarkan penghuni"), (S.SECURED, S.PAID_UP), None, BOTH, form=forms.RegistrationForm,
        effects=(keep_registration,), due=Q(registration__isnull=True), again=_("Perbaiki data pendaftaran"),
        evidence=_("Tanda pengenal (KTP, SIM, kartu pelajar/mahasiswa, atau surat lain yang sah)"),
        done=_("Data penghuni tersimpan. Kunci diserahkan saat masuk, setelah sisa sewa dan deposit diterima."),
    ),
    Step(
        "check_in", _("Serahkan kunci"), (S.SECURED, S.PAID_UP), S.CHECKED_IN, MANAGER, form=forms.MoveInForm,
        guards=(registered, move_in_paid, room_is_handed_over), effects=(begin_the_stay,),
        evidence=_("Tanggal mulai menempati"),
        done=_("Kunci diserahkan. Jatuh tempo dihitung setiap 30 hari sejak tanggal ini."),
    ),
    Step(
        "extend", _("Perpanjang batas bayar"), S.HELD, None, MANAGER, form=forms.ExtendForm, quiet=True,
        guards=(may_extend,), effects=(extend_the_hold,), evidence=_("Alasan"),
    ),
    Step(
        "cancel", _("Batalkan pesanan"), (S.HELD, S.VERIFYING, S.SECURED, S.PAID_UP), S.CANCELLED, PROSPECT,
        form=forms.CancelForm, quiet=True, danger=True, effects=(cancel_for_prospect, tell_prospect),
        preview=previews.cancelling,
        done=_("Pesanan dibatalkan dan kamar bebas lagi."),
    ),
    Step(
        "cancel_on_request", _("Batalkan atas permintaan calon penghuni"),
        (S.HELD, S.VERIFYING, S.SECURED, S.PAID_UP), S.CANCELLED, MANAGER,
        form=forms.ReasonForm, quiet=True, danger=True, effects=(cancel_for_prospect, tell_prospect),
        evidence=_("Alasan"), preview=previews.cancelling,
        done=_("Pesanan dibatalkan dan kamar bebas lagi."),
    ),
    Step(
        "withdraw", _("Batalkan dari pihak kos"), (S.HELD, S.VERIFYING, S.SECURED, S.PAID_UP), S.CANCELLED, MANAGER,
        form=forms.ReasonForm, quiet=True, danger=True, effects=(cancel_for_house, tell_prospect), evidence=_("Alasan"),
        preview=previews.withdrawing,
        done=_("Pesanan dibatalkan. Semua uang dikembalikan; batas harinya tertulis pada pengembaliannya."),
    ),
    Step(
        "settle", _("Batalkan dengan ketentuan sendiri"), (S.SECURED, S.PAID_UP), S.CANCELLED, OWNER,
        form=forms.OwnerCancelForm, quiet=True, danger=True, effects=(cancel_by_owner, tell_prospect),
        evidence=_("Alasan"), preview=previews.dividing,
    ),
    FORFEIT,
)  # fmt: skip


def locks(booking: Booking) -> list[Room]:
    """The room is locked before its booking, by everybody."""
    return [booking.room]


BOOKING = Procedure(
    code="boarding.booking",
    prefix="BK",
    title=_("Pesanan kamar"),
    model=Booking,
    customer_label=_("Calon penghuni"),
    initial=S.HELD,
    states=(
        State(
            S.HELD,
            until=held_until,
            then=EXPIRE,
            awaits=_("Menunggu pembayaran dari calon penghuni."),
        ),
        State(S.VERIFYING, awaits=_("Bukti bayar sedang diperiksa pengelola. Kamar tetap ditahan.")),
        State(S.SECURED, until=no_show, then=FORFEIT, awaits=_("Menunggu calon penghuni masuk.")),
        State(S.PAID_UP, until=no_show, awaits=_("Menunggu calon penghuni masuk.")),
        State(S.CHECKED_IN),
        State(S.EXPIRED),
        State(S.CANCELLED),
        State(S.FORFEITED),
    ),
    steps=STEPS,
    sop=Sop(
        number="01/SOP.KOS/I",
        purpose=_("Memesan kamar kos dari pilihan kamar sampai kunci diserahkan."),
        responsible=_("Pengelola rumah kos"),
        documents=_("Kuitansi uang muka; tanda pengenal penghuni; laporan ke kelurahan"),
    ),
    policy=BookingPolicy,
    opening=Opening(_("Pesan kamar"), bookings.book_by, forms.BookingForm),
    locks=locks,
)
