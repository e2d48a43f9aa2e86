"""The life of a request to use a deposit (DPS): asked by a manager, decided by the owner. KOS-12; rules/boarding 9."""

from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import announcements_deposits as announcements
from tatausaha.business.boarding.models import DepositUse, Room, Stay
from tatausaha.business.boarding.policy import DepositUsePolicy
from tatausaha.business.boarding.procedure.actors import MANAGER, OWNER, TIME
from tatausaha.business.boarding.procedure.forms import ReasonForm
from tatausaha.business.boarding.queries import deposit_uses as reads
from tatausaha.business.boarding.services import deposit_uses
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.spec import Act, Preview, Procedure, Sop, State, Step, by_policy, says

S = DepositUse.Status


@says(_("Penghuni masih tinggal, tagihannya masih terbuka, dan depositnya masih ada."))
def still_wanted(request: DepositUse, act: Act) -> None:
    """Whoever leaves has the deposit reckoned up at the end."""
    if request.stay.status != Stay.Status.LIVING:
        raise Refused(_now("Penghuni ini akan pergi: deposit dihitung saat pergi."))
    reads.could_take(request.stay, request.invoice, at=act.at)


@says(
    _("Tagihan dibayar dari deposit; yang dipakai ditagihkan lagi di tagihan berikutnya. Semua diberi tahu.")
)
def use_it(request: DepositUse, act: Act) -> None:
    """Dr deposit / Cr receivable, as far as the deposit goes."""
    deposit_uses.use(request, by=act.by, at=act.at)


@says(_("Pengelola diberi tahu keputusannya."))
def tell_refused(request: DepositUse, act: Act) -> None:
    """In the inbox."""
    announcements.refused(request, at=act.at)


def granting(request: DepositUse, _by: Actor, _at: datetime) -> Preview:
    """What is held, what the bill takes of it, and what is left."""
    held = billing.held(request.stay, "deposit")
    taken = min(held, request.invoice.remaining)
    lines = (
        Sum(_("Deposit yang dipegang"), held),
        Sum(_("Dipakai untuk tagihan %(number)s") % {"number": request.invoice.number}, -taken),
        Sum(_("Deposit yang tersisa"), held - taken, total=True),
    )
    again = _("Yang dipakai ditagihkan lagi di tagihan berikutnya, supaya deposit utuh lagi.")
    why = _now("Alasan pengelola: %(reason)s") % {"reason": request.reason}
    return Preview(lines, (again, why))


LAPSE = Step("lapse", _("Kedaluwarsa"), S.ASKED, S.LAPSED, TIME)
STEPS = (
    Step(
        "grant", _("Setujui deposit dipakai"), S.ASKED, S.USED, OWNER, guards=(still_wanted,), effects=(use_it,),
        preview=granting, done=_("Pengelola dan penghuni diberi tahu."),
    ),
    Step(
        "refuse", _("Tolak"), S.ASKED, S.REFUSED, OWNER, form=ReasonForm, quiet=True, danger=True,
        effects=(tell_refused,), evidence=_("Alasan"), done=_("Deposit tetap utuh."),
    ),
    Step("withdraw", _("Tarik kembali permintaan"), S.ASKED, S.WITHDRAWN, MANAGER, quiet=True, danger=True),
    LAPSE,
)  # fmt: skip


def locks(request: DepositUse) -> list[Room | Stay]:
    """The room, then the stay whose deposit is meant, then the request."""
    return [request.stay.room, request.stay]


DEPOSIT_USE = Procedure(
    code="boarding.deposit_use",
    prefix="DPS",
    title=_("Pemakaian deposit"),
    model=DepositUse,
    customer_label=_("Penghuni"),
    initial=S.ASKED,
    states=(
        State(S.ASKED, until=by_policy("decide_days", "days"), then=LAPSE, awaits=_("Menunggu keputusan pemilik.")),
        State(S.USED), State(S.REFUSED), State(S.WITHDRAWN), State(S.LAPSED),
    ),
    steps=STEPS,
    sop=Sop(
        number="09/SOP.KOS/I",
        purpose=_("Deposit tidak pernah dipakai untuk sewa selama penghuni tinggal, kecuali pemilik setuju."),
        responsible=_("Pengelola rumah kos"),
        documents=_("Alasan tertulis; tagihan yang dibayar dari deposit"),
    ),
    policy=DepositUsePolicy,
    locks=locks,
    parties=frozenset(),
)  # fmt: skip
