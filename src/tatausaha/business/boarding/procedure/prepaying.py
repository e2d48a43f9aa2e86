"""Steps of a stay: rent for several periods ahead (rules/boarding 7)."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.actors import TENANT_OR_MANAGER as BOTH
from tatausaha.business.boarding.procedure.forms_prepaying import PrepayForm
from tatausaha.business.boarding.services import prepaying
from tatausaha.core.kernel import words
from tatausaha.core.kernel.errors import Moot, Refused
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.procedures.spec import Act, Preview, Step, says

S = Stay.Status


@says(_("SOP mengizinkan sewa dibayar di muka, dan penghuni tidak segera pergi."))
def may_prepay(stay: Stay, act: Act) -> None:
    """Nothing is offered for fewer than two periods."""
    if not prepaying.offered_periods(stay, at=act.at):
        raise Moot(_now("Sekarang tidak bisa membayar di muka."))


@says(
    _("Tagihan beberapa masa sewa terbit sekarang dengan harga hari ini; yang tidak dibayar ditarik kembali.")
)
def bill_ahead(stay: Stay, act: Act) -> None:
    """Money for a period counts as income on its due day, not before."""
    prepaying.prepay(stay, act.data["periods"], by=act.by, at=act.at)


def reckoning(stay: Stay, act: Act) -> Preview:
    """Each period with its days and its price, and what happens to the money."""
    periods = prepaying.offered(stay, at=act.at)
    if len(periods) < act.data["periods"]:
        raise Refused(_now("Sekarang tidak bisa membayar di muka."), field="periods")
    chosen = periods[: act.data["periods"]]
    lines = [Sum(words.period(one.first, one.last), one.amount) for one in chosen]
    total = Sum(_("Dibayar sekarang"), sum(one.amount for one in chosen), total=True)
    unpaid = _now("Tagihan yang belum dibayar dalam %(days)d hari ditarik kembali dan ditagih seperti biasa.")
    return Preview(
        (*lines, total),
        (
            _("Harga masa sewa ini tidak berubah lagi, juga bila sewa naik."),
            unpaid % {"days": stay.policy.prepay_days},
            _("Pemakaian layanan tetap ditagih setiap masa sewa."),
            _("Bila penghuni pergi, masa sewa yang belum mulai kembali menjadi saldo."),
        ),
    )


STEPS = (
    Step(
        "prepay", _("Bayar sewa di muka"), (S.LIVING, S.NOTICED), None, BOTH, form=PrepayForm, quiet=True,
        topic=_("Sewa dan deposit"), guards=(may_prepay,), effects=(bill_ahead,), reckon=reckoning,
        done=_("Tagihannya sudah terbit. Bayar sekaligus di bawah ini."),
    ),
)  # fmt: skip
