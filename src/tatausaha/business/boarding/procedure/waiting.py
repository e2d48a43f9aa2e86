"""The life of a wish on the waiting list (DTG): told in order, ended by a booking, a word, or its date. KOS-02."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Wish
from tatausaha.business.boarding.policy import WaitingPolicy
from tatausaha.business.boarding.procedure.actors import MANAGER, PROSPECT, TIME
from tatausaha.business.boarding.procedure.forms import ReasonForm
from tatausaha.business.boarding.procedure.forms_waiting import WishForm
from tatausaha.business.boarding.queries import waiting as reads
from tatausaha.business.boarding.services import waiting
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures.spec import Act, Opening, Procedure, Sop, State, Step, lasts, machine, says

S = Wish.Status

BOOKING = machine(_("Pesanan kamar"), Machine.CASE)


@says(_("Yang menunggu sudah memesan kamar di rumah itu."))
def has_booked(wish: Wish, _act: Act) -> None:
    """Any room of the house."""
    if not reads.has_booked(wish):
        raise Refused(_now("Belum ada pesanan di rumah ini."))


@lasts(
    lambda numbers: (
        _now(
            "sampai akhir tanggal yang diminta, paling lama %(days)d hari; diberi tahu bergiliran tiap %(hours)d jam"
        )
        % {"days": numbers.keep_days, "hours": numbers.step_hours}
    )
)
def end_of_wish(wish: Wish, since: datetime) -> datetime:
    """The end of the latest day, or the policy's days."""
    asked = clock.start_of(wish.latest_on + timedelta(days=1), wish.unit.zone)
    return min(asked, since + timedelta(days=wish.policy.keep_days))


LAPSE = Step("lapse", _("Kedaluwarsa"), S.WAITING, S.LAPSED, TIME)

WAITING = Procedure(
    code="boarding.wish",
    prefix="DTG",
    title=_("Daftar tunggu"),
    model=Wish,
    customer_label=_("Calon penghuni"),
    initial=S.WAITING,
    states=(
        State(
            S.WAITING, until=end_of_wish, then=LAPSE,
            awaits=_("Menunggu kamar yang cocok. Kamar tidak ditahan: yang lebih dulu memesan yang mendapat."),
        ),
        State(S.BOOKED), State(S.WITHDRAWN), State(S.LAPSED),
    ),
    steps=(
        Step("book", _("Sudah memesan"), S.WAITING, S.BOOKED, BOOKING, guards=(has_booked,)),
        Step(
            "withdraw", _("Tidak menunggu lagi"), S.WAITING, S.WITHDRAWN, PROSPECT, quiet=True, danger=True,
            done=_("Anda tidak ada di daftar tunggu lagi."),
        ),
        Step(
            "remove", _("Hapus dari daftar tunggu"), S.WAITING, S.WITHDRAWN, MANAGER, form=ReasonForm, quiet=True,
            danger=True, evidence=_("Alasan"),
        ),
        LAPSE,
    ),
    sop=Sop(
        number="08/SOP.KOS/I",
        purpose=_("Rumah penuh: yang menunggu dicatat, dan diberi tahu berurutan begitu ada kamar yang bisa dipesan."),
        responsible=_("Pengelola rumah kos"),
        documents=_("Daftar tunggu setiap rumah"),
    ),
    policy=WaitingPolicy,
    opening=Opening(_("Masuk daftar tunggu"), waiting.join, WishForm),
)  # fmt: skip
