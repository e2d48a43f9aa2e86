"""The life of a discount (PTG): asked by a manager, decided by the owner, used once. KOS-19; rules/boarding 16.4."""

from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import announcements_prices as announcements
from tatausaha.business.boarding.models import Booking, Cycle, Discount, Room, Stay
from tatausaha.business.boarding.policy import DiscountPolicy
from tatausaha.business.boarding.procedure.actors import MANAGER, OWNER, TIME
from tatausaha.business.boarding.procedure.forms import ReasonForm
from tatausaha.business.boarding.procedure.forms_discount import DiscountForm
from tatausaha.business.boarding.queries import bookings, cycles, discounts
from tatausaha.business.boarding.services import discounts as services
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.people.actors import Actor, Machine
from tatausaha.core.procedures.spec import (
    Act,
    Opening,
    Preview,
    Procedure,
    Sop,
    State,
    Step,
    by_policy,
    machine,
    says,
)

S = Discount.Status

CASE = machine(_("Pesanan atau hunian"), Machine.CASE)


@says(_("Pesanan atau huniannya masih berjalan."))
def still_wanted(request: Discount, _act: Act) -> None:
    """A booking that ended, or a tenant who is leaving for good, has no rent to lower."""
    if request.stay:
        if request.stay.status not in discounts.HERE:
            raise Refused(_now("Penghuni ini sudah pergi."))
    elif request.booking and request.booking.status not in bookings.LIVE:
        raise Refused(_now("Pesanan ini sudah tidak berjalan."))


@says(_("Ada pesanan atau hunian yang memakainya."))
def has_its_case(request: Discount, _act: Act) -> None:
    """Granted for a prospect, it waits for the booking."""
    if not (request.booking_id or request.stay_id):
        raise Refused(_now("Belum ada pesanan yang memakainya."))


@says(_("Pesanan atau hunian di kamar itu sudah berakhir."))
def its_case_is_over(request: Discount, _act: Act) -> None:
    """Cancelled, gone, or moved to another room."""
    if not discounts.is_over(request):
        raise Refused(_now("Pesanan atau huniannya masih berjalan."))


@says(_("Bila orangnya sudah memesan kamar itu atau tinggal di sana, langsung dipakai."))
def find_its_case(request: Discount, _act: Act) -> None:
    """Asked for a prospect, who did not wait for the owner's answer."""
    services.find_case(request)


@says(_("Sewa yang disetujui berlaku mulai tagihan yang belum dibayar."))
def put_in_force(request: Discount, act: Act) -> None:
    """For this booking or stay, and for no other."""
    services.put_in_force(request, by=act.by, at=act.at)


@says(_("Pengelola diberi tahu keputusannya."))
def tell_granted(request: Discount, act: Act) -> None:
    """In the inbox."""
    announcements.decided(request, granted=True, at=act.at)


@says(_("Pengelola diberi tahu keputusannya; harga tertulis tetap berlaku."))
def tell_refused(request: Discount, act: Act) -> None:
    """In the inbox."""
    announcements.decided(request, granted=False, at=act.at)


@says(_("Mulai masa sewa berikutnya harga tertulis berlaku lagi."))
def end_it(request: Discount, _act: Act) -> None:
    """What was granted before stays granted: the table asks for discounts in force alone."""


def granting(request: Discount, _by: Actor, _at: datetime) -> Preview:
    """What the owner gives away by saying yes."""
    less = request.published - request.asked
    begun = Cycle((request.booking or request.room.house).cycle)
    per = {"per": (cycles.to_come(request.stay) if request.stay else begun).per}
    lines = [
        Sum(_("Harga tertulis %(per)s") % per, request.published),
        Sum(_("Sewa yang diminta"), request.asked),
        Sum(_("Potongan %(per)s") % per, less, total=not request.periods),
    ]
    first = _now("Mulai masa sewa ke-%(n)d.") % {"n": request.from_period + 1}
    why = _now("Alasan pengelola: %(reason)s") % {"reason": request.reason}
    if request.periods:
        said = _("Potongan seluruhnya, %(n)d masa sewa") % {"n": request.periods}
        lines.append(Sum(said, less * request.periods, total=True))
        return Preview(tuple(lines), (first, why))
    return Preview(
        tuple(lines), (_("Untuk seterusnya, sampai penghuni pergi atau pindah kamar."), first, why)
    )


LAPSE = Step("lapse", _("Kedaluwarsa"), (S.ASKED, S.GRANTED), S.LAPSED, TIME)
STEPS = (
    Step(
        "grant", _("Setujui potongan"), S.ASKED, S.GRANTED, OWNER, guards=(still_wanted,),
        effects=(find_its_case, tell_granted), preview=granting, done=_("Pengelola diberi tahu."),
    ),
    Step(
        "refuse", _("Tolak"), S.ASKED, S.REFUSED, OWNER, form=ReasonForm, quiet=True, danger=True,
        effects=(tell_refused,), evidence=_("Alasan"), done=_("Harga tertulis tetap berlaku."),
    ),
    Step("withdraw", _("Tarik kembali permintaan"), S.ASKED, S.WITHDRAWN, MANAGER, quiet=True, danger=True),
    Step(
        "use", _("Dipakai"), S.GRANTED, S.IN_FORCE, CASE, guards=(has_its_case, still_wanted),
        effects=(put_in_force,),
    ),
    LAPSE,
    Step(
        "end", _("Hentikan potongan"), S.IN_FORCE, S.ENDED, OWNER, form=ReasonForm, quiet=True, danger=True,
        effects=(end_it,), evidence=_("Alasan"),
    ),
    Step(
        "over", _("Berakhir bersama pesanan atau huniannya"), S.IN_FORCE, S.ENDED, CASE, guards=(its_case_is_over,),
    ),
)  # fmt: skip


def locks(request: Discount) -> list[Room | Booking | Stay]:
    """The room, then the case whose rent is meant, then the request."""
    return [one for one in (request.room, request.booking, request.stay) if one]


def itself(request: Discount) -> list[Discount]:
    """Granted for a booking or a stay, it is used at once."""
    return [request] if request.status == S.GRANTED else []


DISCOUNT = Procedure(
    code="boarding.discount",
    prefix="PTG",
    title=_("Potongan harga"),
    model=Discount,
    customer_label=_("Penghuni"),
    initial=S.ASKED,
    states=(
        State(S.ASKED, until=by_policy("decide_days", "days"), then=LAPSE, awaits=_("Menunggu keputusan pemilik.")),
        State(S.GRANTED, until=by_policy("use_days", "days"), then=LAPSE, awaits=_("Menunggu kamar dipesan.")),
        State(S.IN_FORCE), State(S.REFUSED), State(S.WITHDRAWN), State(S.LAPSED), State(S.ENDED),
    ),
    steps=STEPS,
    sop=Sop(
        number="03/SOP.KOS/I",
        purpose=_("Harga tertulis adalah satu-satunya harga; potongan diminta dengan alasan dan diputuskan pemilik."),
        responsible=_("Pengelola rumah kos"),
        documents=_("Potongan per pengelola di laporan bulanan"),
    ),
    policy=DiscountPolicy,
    opening=Opening(_("Minta potongan harga"), services.ask, DiscountForm, MANAGER),
    locks=locks,
    nudges=itself,
    parties=frozenset(),
)  # fmt: skip
