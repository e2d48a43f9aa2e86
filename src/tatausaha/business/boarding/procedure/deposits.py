"""Steps of a stay: the owner is asked whether the deposit may pay a bill that is due (rules/boarding 9)."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.actors import MANAGER
from tatausaha.business.boarding.procedure.forms_deposits import AskDepositForm, bill_asked
from tatausaha.business.boarding.queries import deposit_uses as reads
from tatausaha.business.boarding.services import deposit_uses
from tatausaha.core.kernel.errors import Moot
from tatausaha.core.kernel.parts import Sum
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
    amount = reads.could_take(stay, bill_asked(stay, act), at=act.at)
    said = _("Pemilik memutuskan. Yang dipakai ditagihkan lagi kepada penghuni di tagihan berikutnya.")
    return Preview((Sum(_("Diminta dari deposit"), amount, total=True),), (said,))


STEPS = (
    Step(
        "ask_deposit", _("Minta deposit dipakai"), S.LIVING, None, MANAGER, form=AskDepositForm, quiet=True,
        topic=_("Sewa dan deposit"), guards=(has_due_bill,), effects=(ask_the_owner,), reckon=asking,
        evidence=_("Alasan"), done=_("Pemilik diberi tahu. Keputusannya datang ke kotak masuk Anda."),
    ),
)  # fmt: skip
