"""Steps of a stay: notice, the key back, inspection, settlement (KOS-12; rules/boarding 8, 9)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure import forms_leaving as forms
from tatausaha.business.boarding.procedure import previews, sheets
from tatausaha.business.boarding.procedure.actors import CASE, MANAGER, MONEY
from tatausaha.business.boarding.procedure.actors import TENANT_OR_MANAGER as BOTH
from tatausaha.business.boarding.queries import moving
from tatausaha.business.boarding.services import leaving, meters, stay_papers
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Moot, Refused
from tatausaha.core.payments import queries as payments
from tatausaha.core.people import roles
from tatausaha.core.people.actors import person_or_none
from tatausaha.core.procedures.spec import Act, Step, lasts, says

S = Stay.Status


@says(_("Tidak ada uang penghuni yang masih dipegang."))
def nothing_held(stay: Stay, _act: Act) -> None:
    """Deposit and balance have gone back, or there was nothing to return."""
    if payments.refunds_of(stay).filter(status="due").exists() or billing.held(stay, "deposit"):
        raise Refused(_now("Masih ada uang yang harus dikembalikan."))


@says(_("Tidak ada bukti bayar yang menunggu diperiksa."))
def no_payment_under_review(stay: Stay, _act: Act) -> None:
    """A settlement needs all the money on the table."""
    if payments.pending(stay):
        raise Refused(
            _now("Masih ada bukti bayar yang menunggu diperiksa. Periksa dulu, lalu selesaikan perhitungan.")
        )


@says(_("Kamar lama setelah pindah kamar sudah diperiksa."))
def old_rooms_inspected(stay: Stay, _act: Act) -> None:
    """Damage in a room that the tenant moved out of belongs to the settlement too."""
    waiting = next((move for move in moving.moves_of(stay) if move.status == "inspection"), None)
    if waiting:
        sentence = _now("Kamar lama %(room)s belum selesai diperiksa. Selesaikan dulu %(number)s.")
        raise Refused(sentence % {"room": waiting.from_room.number, "number": waiting.number})


@says(_("Yang diminta pergi oleh pemilik tinggal hanya bila pemilik mau."))
def not_asked_to_leave(stay: Stay, act: Act) -> None:
    """What the owner decided is not undone by the tenant or the manager."""
    if stay.asked_to_leave and not roles.is_owner(person_or_none(act.by)):
        raise Refused(_now("Pemilik meminta kamar ini ditinggalkan. Hanya pemilik yang bisa membatalkannya."))


@says(_("Bukan kontrak jangka tertentu: itu diperpanjang."))
def has_no_term(stay: Stay, _act: Act) -> None:
    """Of a contract that ends earlier than agreed nobody knows what was agreed before: a day is named anew."""
    if stay.fixed_term:
        raise Moot(_now("Hunian ini berkontrak jangka tertentu. Pakai “Perpanjang”."))


@says(_("Tanggal pergi dicatat; kamar bisa dipesan mulai tanggal itu."))
def plan_the_leave(stay: Stay, act: Act) -> None:
    """No bill follows for what begins after the day of leaving."""
    leaving.plan(stay, leave_on=act.data["leave_on"], by=act.by, at=act.at)


@says(_("Kamar ditempati terus; masa sewa yang baru ditagih sebagian, ditagih sampai habis."))
def drop_the_leave(stay: Stay, act: Act) -> None:
    """Only while nobody else has booked the room from the day of leaving."""
    leaving.drop_plan(stay, by=act.by, at=act.at)


@says(
    _("Kelebihan hari dan denda ditagihkan; tagihan masa sewa yang belum mulai dibatalkan; kamar diperiksa.")
)
def leave(stay: Stay, act: Act) -> None:
    """Days after the last billed period are charged by the day; a period that has not begun costs nothing."""
    meters.closing(stay, act.data, on=act.data["on"], by=act.by, at=act.at)
    leaving.move_out(stay, on=act.data["on"], by=act.by, at=act.at)


@says(_("Perhitungan keluar dicatat sebagai surat bernomor."))
def write_it_down(stay: Stay, act: Act) -> None:
    """What is said before the money moves is what both sides sign."""
    stay_papers.settle_on_paper(stay, by=act.by, at=act.at)


@says(_("Saldo lalu deposit dipakai untuk tagihan tertua dulu; sisanya dikembalikan."))
def settle(stay: Stay, act: Act) -> None:
    """What the deposit does not cover stays owed."""
    leaving.settle(stay, by=act.by, at=act.at)


@lasts(lambda _numbers: _now("sampai akhir kontrak, bila berjangka"))
def end_of_term(stay: Stay, since: datetime) -> datetime | None:
    """A contract without an end has no deadline."""
    return end_of_leaving_day(stay, since)


@lasts(lambda _numbers: _now("sampai akhir tanggal pergi yang diberitahukan"))
def end_of_leaving_day(stay: Stay, _since: datetime) -> datetime | None:
    """After the day of leaving the tenant overstays."""
    return clock.start_of(stay.leave_on + timedelta(days=1), stay.unit.zone) if stay.leave_on else None


STEPS = (
    Step(
        "give_notice", _("Beri tahu akan pergi"), S.LIVING, S.NOTICED, BOTH, form=forms.NoticeForm, quiet=True,
        effects=(plan_the_leave,), preview=previews.noticing,
        done=_("Pemberitahuan dicatat. Deposit dihitung setelah kamar diperiksa."),
    ),
    Step(
        "stay_on", _("Tidak jadi pergi"), S.NOTICED, S.LIVING, BOTH, quiet=True,
        guards=(has_no_term, not_asked_to_leave), effects=(drop_the_leave,),
    ),
    Step(
        "move_out", _("Terima kunci kembali"), (S.LIVING, S.NOTICED), S.INSPECTION, MANAGER, form=forms.MoveOutForm,
        quiet=True, effects=(leave,), evidence=_("Tanggal pergi"), preview=previews.moving_out,
        done=_("Periksa kamar, catat kerusakan bila ada, lalu selesaikan perhitungan."),
    ),
    Step(
        "settle", _("Selesaikan perhitungan"), S.INSPECTION, S.REFUNDING, MANAGER,
        guards=(no_payment_under_review, old_rooms_inspected, sheets.out_sheet_accepted),
        effects=(write_it_down, settle, sheets.seal_what_is_left), preview=previews.settling,
        evidence=_("Perhitungan keluar"),
    ),
    Step("returned", _("Uang sudah dikembalikan"), S.REFUNDING, S.CLOSED, MONEY, guards=(nothing_held,)),
    Step("nothing_left", _("Tidak ada yang dikembalikan"), S.REFUNDING, S.CLOSED, CASE, guards=(nothing_held,)),
)  # fmt: skip
