"""Steps of a stay: the owner lets a late fee go (rules/boarding 6)."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.actors import MONEY, OWNER
from tatausaha.business.boarding.procedure.forms_late_fees import WaiveForm, fee_asked
from tatausaha.business.boarding.queries import late_fees as reads
from tatausaha.business.boarding.services import late_fees
from tatausaha.core.kernel.errors import Moot, Refused
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.procedures.spec import Act, Preview, Step, says

S = Stay.Status


@says(_("Ada denda yang sudah ditagih dan belum dibebaskan."))
def has_late_fee(stay: Stay, _act: Act) -> None:
    """Nothing is offered where nothing was charged."""
    if not reads.charged(stay):
        raise Moot(_now("Tidak ada denda yang bisa dibebaskan."))


@says(_("Denda hapus dengan nota kredit; yang sudah dibayar menjadi saldo penghuni. Penghuni diberi tahu."))
def let_it_go(stay: Stay, act: Act) -> None:
    """With the reason that the owner gave."""
    late_fees.waive(stay, fee_asked(stay, act.data), by=act.by, at=act.at, reason=str(act.data["note"]))


def waiving(stay: Stay, act: Act) -> Preview:
    """How much is let go, and what was paid of it already."""
    fee = fee_asked(stay, act.data)
    amount = fee.total - fee.credited
    lines = [Sum(_("Denda yang dibebaskan"), amount, total=True)]
    if fee.settled:
        lines.append(Sum(_("Sudah dibayar, menjadi saldo penghuni"), fee.settled))
    return Preview(tuple(lines))


@says(_("Ada denda yang lebih besar dari seharusnya menurut tanggal pembayaran."))
def fee_too_high(stay: Stay, act: Act) -> None:
    """A payment that was written down later happened before the fee."""
    if not reads.too_high(stay, at=act.at):
        raise Refused(_now("Tidak ada denda yang terlalu besar."))


@says(_("Denda dikurangi dengan nota kredit: tanggal pembayaran yang menentukan, bukan tanggal dicatat."))
def put_it_right(stay: Stay, act: Act) -> None:
    """At once, when the money is confirmed."""
    late_fees.put_right(stay, by=act.by, at=act.at)


STEPS = (
    Step(
        "put_late_fee_right", _("Denda disesuaikan"), (S.LIVING, S.NOTICED, S.INSPECTION), None, MONEY,
        guards=(fee_too_high,), effects=(put_it_right,),
    ),
    Step(
        "waive_late_fee", _("Bebaskan denda"), (S.LIVING, S.NOTICED, S.INSPECTION), None, OWNER, form=WaiveForm,
        quiet=True, topic=_("Sewa dan deposit"), guards=(has_late_fee,), effects=(let_it_go,), reckon=waiving,
        evidence=_("Alasan"), done=_("Penghuni sudah diberi tahu."),
    ),
)  # fmt: skip
