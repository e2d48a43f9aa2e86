"""The life of a booking, on one page. KOS-02 to KOS-07; rules/boarding 1 to 5, 13."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Booking, Room
from tatausaha.business.boarding.policy import BookingPolicy
from tatausaha.business.boarding.procedure import booking_effects as effects
from tatausaha.business.boarding.procedure import booking_guards as guards
from tatausaha.business.boarding.procedure import forms, previews
from tatausaha.business.boarding.procedure.actors import (
    MANAGER,
    MONEY,
    OWNER,
    PROSPECT,
    PROSPECT_OR_MANAGER,
    TIME,
)
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.queries import tenants
from tatausaha.business.boarding.services import booking as bookings
from tatausaha.core.kernel import clock
from tatausaha.core.procedures.spec import Opening, Procedure, Sop, State, Step, at_field, lasts

S = Booking.Status


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


EXPIRE = Step(
    "expire",
    _("Kedaluwarsa"),
    S.HELD,
    S.EXPIRED,
    TIME,
    effects=(effects.free_the_room, effects.tell_prospect),
)
FORFEIT = Step(
    "forfeit",
    _("Tidak datang: uang muka hangus"),
    S.SECURED,
    S.FORFEITED,
    TIME,
    effects=(effects.forfeit_the_down_payment, effects.tell_prospect),
)
STEPS = (
    Step(
        "secure", _("Uang muka diterima"), (S.HELD, S.VERIFYING), S.SECURED, MONEY,
        guards=(guards.down_payment_in,), effects=(effects.keep_the_room, effects.tell_prospect),
    ),
    Step(
        "pay_up", _("Sewa pertama lunas"), (S.HELD, S.VERIFYING), S.PAID_UP, MONEY,
        guards=(guards.first_rent_in,), effects=(effects.keep_the_room, effects.tell_prospect),
    ),
    Step(
        "review", _("Bukti bayar diterima"), S.HELD, S.VERIFYING, MONEY,
        guards=(guards.proof_under_review,), effects=(effects.stop_the_hold,),
    ),
    Step(
        "resume", _("Bukti selesai diperiksa"), S.VERIFYING, S.HELD, MONEY,
        guards=(guards.nothing_under_review,), effects=(effects.resume_the_hold,),
    ),
    EXPIRE,
    Step(
        "revive", _("Dihidupkan lagi oleh uang yang terlambat"), S.EXPIRED, S.SECURED, MONEY,
        guards=(guards.late_down_payment, guards.room_is_free),
        effects=(effects.take_the_room_again, effects.tell_prospect),
    ),
    Step(
        "revive_paid_up", _("Dihidupkan lagi oleh sewa pertama yang terlambat"), S.EXPIRED, S.PAID_UP, MONEY,
        guards=(guards.late_first_rent, guards.room_is_free),
        effects=(effects.take_the_room_again, effects.tell_prospect),
    ),
    Step(
        "register", _("Daftarkan penghuni"), (S.SECURED, S.PAID_UP), None, PROSPECT_OR_MANAGER,
        form=forms.RegistrationForm, effects=(effects.keep_registration,),
        due=Q(registration__isnull=True) | tenants.without_picture(), again=_("Perbaiki data pendaftaran"),
        evidence=_("Tanda pengenal (KTP, SIM, kartu pelajar/mahasiswa, atau surat lain yang sah)"),
        done=_("Data penghuni tersimpan. Kunci diserahkan saat masuk, setelah sisa sewa dan deposit diterima."),
    ),
    Step(
        "check_in", _("Serahkan kunci"), (S.SECURED, S.PAID_UP), S.CHECKED_IN, MANAGER, form=forms.MoveInForm,
        guards=(guards.registered, guards.move_in_paid, guards.room_is_handed_over), effects=(effects.begin_the_stay,),
        due=reads.paid_to_move_in(),
        evidence=_("Tanggal mulai menempati"),
        done=_("Kunci diserahkan. Jatuh tempo dihitung sejak tanggal ini."),
    ),
    Step(
        "extend", _("Perpanjang batas bayar"), S.HELD, None, MANAGER, form=forms.ExtendForm, quiet=True,
        guards=(guards.may_extend,), effects=(effects.extend_the_hold,), evidence=_("Alasan"),
    ),
    Step(
        "cancel", _("Batalkan pesanan"), (S.HELD, S.VERIFYING, S.SECURED, S.PAID_UP), S.CANCELLED, PROSPECT,
        form=forms.CancelForm, quiet=True, danger=True, effects=(effects.cancel_for_prospect, effects.tell_prospect),
        preview=previews.cancelling,
        done=_("Pesanan dibatalkan dan kamar bebas lagi."),
    ),
    Step(
        "cancel_on_request", _("Batalkan atas permintaan calon penghuni"),
        (S.HELD, S.VERIFYING, S.SECURED, S.PAID_UP), S.CANCELLED, MANAGER,
        form=forms.ReasonForm, quiet=True, danger=True, effects=(effects.cancel_for_prospect, effects.tell_prospect),
        evidence=_("Alasan"), preview=previews.cancelling,
        done=_("Pesanan dibatalkan dan kamar bebas lagi."),
    ),
    Step(
        "withdraw", _("Batalkan dari pihak kos"), (S.HELD, S.VERIFYING, S.SECURED, S.PAID_UP), S.CANCELLED, MANAGER,
        form=forms.WithdrawForm, quiet=True, danger=True, effects=(effects.cancel_for_house, effects.tell_prospect),
        evidence=_("Alasan"), preview=previews.withdrawing,
        done=_("Pesanan dibatalkan. Semua uang dikembalikan; batas harinya tertulis pada pengembaliannya."),
    ),
    Step(
        "settle", _("Batalkan dengan ketentuan sendiri"), (S.SECURED, S.PAID_UP), S.CANCELLED, OWNER,
        form=forms.OwnerCancelForm, quiet=True, danger=True, effects=(effects.cancel_by_owner, effects.tell_prospect),
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
