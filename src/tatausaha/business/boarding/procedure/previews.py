"""What leaving and cancelling will do to the money, in figures, before it is done (rules/boarding 5, 8, 9)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Booking, ConditionItem, Stay
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.queries import sheets
from tatausaha.business.boarding.queries.late_fees import running
from tatausaha.business.boarding.services import booking as bookings
from tatausaha.business.boarding.services import late_fees, leaving
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.kernel.words import long_date
from tatausaha.core.payments import queries as payments
from tatausaha.core.payments import services as paying
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.spec import Preview


def settling(stay: Stay, _by: Actor, at: datetime) -> Preview:
    """Bills, uses and damage against balance and deposit: what goes back to whom, or stays owed."""
    sums, name = leaving.settlement(stay), stay.customer.name if stay.customer else ""
    lines = [
        Sum(_("Deposit yang dipegang"), sums["deposit"]),
        Sum(_("Saldo penghuni"), sums["balance"]),
        Sum(_("Sewa yang dibayar di muka"), sums["advance"]),
        Sum(_("Tagihan yang belum dibayar"), -sums["open_bills"]),
        Sum(_("Kerusakan"), -sums["damage"]),
    ]
    shown = tuple(line for line in lines if line.amount)
    said = [_("Kamar %(room)s kosong dan bisa dipesan lagi.") % {"room": stay.room.number}]
    back, smallest = sums["to_return"], paying.smallest_refund(stay.unit, at=at)
    if sums["still_owed"]:
        owes = _("Masih harus dibayar %(name)s") % {"name": name}
        return Preview((*shown, Sum(owes, sums["still_owed"], total=True)), tuple(said))
    if 0 < back < smallest:
        stays = _("Menjadi saldo %(name)s") % {"name": name}
        small = _("di bawah %(least)s tidak ditransfer") % {"least": rupiah(smallest)}
        return Preview((*shown, Sum(stays, back, small, total=True)), tuple(said))
    last = paying.refund_day(stay.unit, stay.policy.refund_working_days, at=at)
    note = _("paling lambat %(day)s") % {"day": long_date(last)}
    if account := payments.came_from(stay):
        note = _("paling lambat %(day)s, ke %(account)s") % {"day": long_date(last), "account": account}
    total = Sum(_("Dikembalikan kepada %(name)s") % {"name": name}, back, note if back else "", total=True)
    return Preview((*shown, total), tuple(said))


def moving_out(stay: Stay, _by: Actor, at: datetime) -> Preview:
    """The days after the last billed period, or the bills of later ones, if the key comes back today; and what
    is held.
    """  # fmt: skip
    today = clock.day(at, stay.unit.zone)
    days, amount = leaving.overstay(stay, on=today)
    held = Sum(
        _("Deposit yang dipegang"), billing.held(stay, "deposit"), _("dihitung setelah kamar diperiksa")
    )
    later = leaving.not_begun(stay, on=today)
    back = sum(bill.total - bill.credited for bill in later)
    used = sum(use.amount for use in stay.uses.filter(invoice_number__in=[bill.number for bill in later]))
    fees = [fee for fee in running(stay, at=at) if fee.bill not in later]
    over = _("Kelebihan %(days)d hari bila kunci diterima hari ini") % {"days": days}
    lines = (
        Sum(_("Tagihan masa sewa yang belum mulai dibatalkan"), -back),
        Sum(_("Pemakaian layanan di tagihan itu"), used, _("ditagih di perhitungan keluar")),
        Sum(over, amount, _("ditagihkan") if amount else ""),
        *(Sum(late_fees.said_of(fee), fee.amount, _("ditagihkan")) for fee in fees),
    )
    return Preview((*(line for line in lines if line.amount), held))


def noticing(stay: Stay, _by: Actor, at: datetime) -> Preview:
    """What is open and what is held on the day of the notice, and until when rent is billed."""
    now = leaving.settlement(stay)
    after = _("kembali setelah kamar diperiksa, dikurangi kerusakan dan tagihan")
    lines = (
        Sum(_("Tagihan yang belum dibayar"), now["open_bills"]),
        Sum(_("Deposit dan saldo yang dipegang"), now["held"], after, total=True),
    )
    today = clock.day(at, stay.unit.zone)
    if (billed_to := reads.last_billed_day(stay, begun_by=today)) is None:
        return Preview(lines)
    said = _("Sewa sudah ditagih sampai %(date)s. Pergi lebih awal tidak mengurangi tagihan itu.")
    sentences = [said % {"date": long_date(billed_to)}]
    if leaving.not_begun(stay, on=today + timedelta(days=1)):
        sentences.append(_("Tagihan masa sewa berikutnya dibatalkan bila Anda pergi sebelum masa itu mulai."))
    return Preview(lines, tuple(sentences))


def cancelling(booking: Booking, _by: Actor, at: datetime) -> Preview:
    """What the house keeps when the prospect cancels now, by which row of the table, and what goes back."""
    keep = bookings.kept_on_cancellation(booking, at=at)
    shown = _ending(booking, keep, at)
    if not keep and not shown.sums:
        return shown
    ahead, percent = bookings.cancellation_percent(booking, at=at)
    said = _("Batal %(days)d hari sebelum rencana masuk: %(percent)d%% dari uang muka hangus menurut SOP.")
    if ahead <= 0:
        said = _("Batal pada atau sesudah rencana masuk: %(percent)d%% dari uang muka hangus menurut SOP.")
    why = (said % {"days": ahead, "percent": percent},) if bookings.is_secured(booking) else ()
    return Preview(shown.sums, (*shown.sentences, *why))


def withdrawing(booking: Booking, _by: Actor, at: datetime) -> Preview:
    """Everything goes back when the house breaks its word."""
    return _ending(booking, 0, at)


def dividing(booking: Booking, _by: Actor, _at: datetime) -> Preview:
    """What the owner can divide as seems right."""
    advance, deposit = billing.held(booking, "advance"), billing.held(booking, "deposit")
    whole = _("selalu kembali utuh")
    lines = (Sum(_("Sudah dibayar, bisa hangus"), advance), Sum(_("Deposit yang dipegang"), deposit, whole))
    return Preview(tuple(line for line in lines if line.amount) or lines[:1])


def _ending(booking: Booking, keep: int, at: datetime) -> Preview:
    advance, deposit = billing.held(booking, "advance"), billing.held(booking, "deposit")
    kept, smallest = min(keep, advance), paying.smallest_refund(booking.unit, at=at)
    parts = (advance - kept + deposit,) if advance > kept else (deposit,)
    back = sum(part for part in parts if part >= smallest)
    small = sum(parts) - back
    name = {"name": booking.customer.name if booking.customer else ""}
    waiting, said = payments.pending(booking), []
    if waiting:
        checked = _("%(amount)s masih diperiksa. Kalau uangnya memang masuk, uang itu tetap milik %(name)s.")
        said = [checked % {"amount": rupiah(waiting), **name}]
    if not advance + deposit:
        none = _("Belum ada uang yang masuk, jadi tidak ada yang hangus atau dikembalikan.")
        return Preview((), tuple(said or [none]))
    within = _("dalam %(days)d hari kerja") % {"days": booking.policy.refund_working_days}
    too_small = _("di bawah %(least)s tidak ditransfer") % {"least": rupiah(smallest)}
    lines = (
        Sum(_("Sudah dibayar"), advance + deposit),
        Sum(_("Uang muka hangus"), -kept),
        Sum(_("Menjadi saldo %(name)s") % name, small, too_small),
        Sum(_("Dikembalikan kepada %(name)s") % name, back, within if back else "", total=True),
    )
    return Preview(tuple(line for line in lines if line.amount or line.total), tuple(said))


def agreeing(stay: Stay, _by: Actor, _at: datetime) -> Preview:
    """What is agreed to: how many things are good, and each that is not, in words."""
    if (sheet := sheets.unanswered(stay)) is None:
        return Preview()
    lines = list(sheets.lines_of(sheet))
    good = sum(line.state == ConditionItem.State.GOOD for line in lines)
    said = [
        _("%(number)s: %(good)d dari %(all)d barang baik.")
        % {"number": sheet, "good": good, "all": len(lines)}
    ]
    for line in lines:
        if line.state != ConditionItem.State.GOOD:
            note = f" ({line.note})" if line.note else ""
            said.append(f"{line.name}: {line.get_state_display()}{note}.")
    return Preview((), tuple(said))
