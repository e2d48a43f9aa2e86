"""Steps of a stay: the owner is asked whether the deposit may pay a bill that is due (rules/boarding 9), and
gives back what of it is too much after a move to a cheaper room (11).
"""

from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.actors import MANAGER, OWNER
from tatausaha.business.boarding.procedure.forms import ReasonForm
from tatausaha.business.boarding.procedure.forms_deposits import AskDepositForm, bill_asked
from tatausaha.business.boarding.queries import deposit_uses as reads
from tatausaha.business.boarding.services import deposit_uses
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Moot
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.spec import Act, Preview, Step, says

S = Stay.Status


@says(_("Ada tagihan yang sudah jatuh tempo dan belum lunas."))
def has_due_bill(stay: Stay, act: Act) -> None:
    """Nothing is asked for where nothing is due, or no deposit was ever taken."""
    if stay.deposit_never_collected or not reads.due_bills(stay, at=act.at):
        raise Moot(_now("Tidak ada tagihan yang bisa dibayar dari deposit."))


@says(_("Pemilik diberi tahu dan memutuskan; sampai itu deposit utuh."))
def ask_the_owner(stay: Stay, act: Act) -> None:
    """The request is a case of its own."""
    deposit_uses.ask(stay, bill_asked(stay, act), reason=str(act.data["note"]), by=act.by, at=act.at)


def asking(stay: Stay, act: Act) -> Preview:
    """What of the deposit the bill would take."""
    reads.refuse_second(stay)
    amount = reads.could_take(stay, bill_asked(stay, act), at=act.at)
    said = _("Pemilik memutuskan. Yang dipakai ditagihkan lagi kepada penghuni di tagihan berikutnya.")
    return Preview((Sum(_("Diminta dari deposit"), amount, total=True),), (said,))


@says(_("Deposit yang dipegang lebih besar dari deposit untuk sewa sekarang."))
def has_excess(stay: Stay, _act: Act) -> None:
    """After a move to a cheaper room; otherwise it is not offered."""
    if not reads.excess(stay):
        raise Moot(_now("Tidak ada kelebihan deposit."))


@says(_("Kelebihan deposit dikembalikan; sisanya tetap dipegang sampai penghuni pergi."))
def give_excess_back(stay: Stay, act: Act) -> None:
    """By the owner's word; without it the whole deposit is kept until the end."""
    deposit_uses.return_excess(stay, by=act.by, at=act.at, reason=str(act.data["note"]))


def returning(stay: Stay, _by: Actor, _at: datetime) -> Preview:
    """What goes back and what stays."""
    amount = reads.excess(stay)
    lines = (
        Sum(_("Deposit yang dipegang"), billing.held(stay, "deposit")),
        Sum(_("Dikembalikan kepada penghuni"), -amount),
        Sum(_("Tetap dipegang"), billing.held(stay, "deposit") - amount, total=True),
    )
    return Preview(lines)


STEPS = (
    Step(
        "return_excess", _("Kembalikan kelebihan deposit"), S.LIVING, None, OWNER, form=ReasonForm, quiet=True,
        topic=_("Sewa dan deposit"), guards=(has_excess,), effects=(give_excess_back,), preview=returning,
        evidence=_("Alasan"), done=_("Pengembalian dana menunggu dibayarkan."),
    ),
    Step(
        "ask_deposit", _("Minta deposit dipakai"), S.LIVING, None, MANAGER, form=AskDepositForm, quiet=True,
        topic=_("Sewa dan deposit"), guards=(has_due_bill,), effects=(ask_the_owner,), reckon=asking,
        evidence=_("Alasan"), done=_("Pemilik diberi tahu. Keputusannya datang ke kotak masuk Anda."),
    ),
)  # fmt: skip
