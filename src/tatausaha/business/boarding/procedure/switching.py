"""Steps of a stay: the other cycle for who lives here already, with written consent (KOS-08; rules/boarding 6)."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Cycle, Stay
from tatausaha.business.boarding.procedure.actors import OWNER, TENANT
from tatausaha.business.boarding.services import switching
from tatausaha.core.kernel.errors import Moot
from tatausaha.core.kernel.fields import PaperField
from tatausaha.core.kernel.words import long_date
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.forms import StepForm
from tatausaha.core.procedures.spec import Act, Preview, Step, either, says

S = Stay.Status
TENANT_OR_OWNER = either(_("Penghuni atau pemilik"), TENANT, OWNER)


class SignedCycleForm(StepForm):
    """The tenant's consent on paper."""

    paper = PaperField(label=_("Foto persetujuan yang ditandatangani penghuni"))


@says(_("Rumah ini memakai siklus tagihan yang lain dari hunian ini."))
def another_cycle_here(stay: Stay, _act: Act) -> None:
    """Once: whoever switched does not switch back."""
    switching.check_offerable(stay)


@says(_("Siklus lain sudah ditawarkan dan belum dijawab."))
def offer_waits(stay: Stay, _act: Act) -> None:
    """Nobody agrees to what was not offered."""
    if not stay.switch_offered:
        raise Moot(_now("Tidak ada siklus lain yang ditawarkan."))


@says(_("Penghuni diberi tahu dan ditanya; sampai ia setuju tidak ada yang berubah."))
def ask_the_tenant(stay: Stay, act: Act) -> None:
    """In his inbox."""
    switching.offer(stay, at=act.at)


@says(_("Mulai masa sewa berikutnya yang belum ditagih, jatuh tempo menurut siklus yang baru."))
def switch(stay: Stay, act: Act) -> None:
    """What is billed already stays as it is."""
    switching.agree(stay, at=act.at)


@says(_("Siklus tetap seperti sekarang."))
def forget_the_offer(stay: Stay, _act: Act) -> None:
    """It can be offered again."""
    switching.drop(stay)


def foreseeing(stay: Stay, _by: Actor, _at: datetime) -> Preview:
    """The first dates of the other cycle, and what stays as it is."""
    other, days = switching.dates(stay)
    said = _now("Mulai %(day)s sewa jatuh tempo setiap 30 hari sejak hari itu.")
    if other == Cycle.FIXED_DATE:
        said = _now(
            "Mulai %(day)s sewa jatuh tempo pada tanggal yang sama setiap bulan; bila bulannya lebih pendek, pada "
            "hari terakhirnya."
        )
    listed = _now("Jatuh tempo yang pertama: %(days)s.") % {"days": "; ".join(map(long_date, days))}
    kept = _now("Jumlah sewa tidak berubah. Tagihan yang sudah terbit tetap seperti tertulis.")
    return Preview((), (said % {"day": long_date(days[0])}, listed, kept))


STEPS = (
    Step(
        "offer_cycle", _("Tawarkan siklus tagihan rumah ini"), S.LIVING, None, OWNER, quiet=True,
        topic=_("Sewa dan deposit"), guards=(another_cycle_here,), effects=(ask_the_tenant,), preview=foreseeing,
        done=_("Penghuni ditanya di kotak masuknya. Ia juga bisa setuju di kertas."),
    ),
    Step(
        "accept_cycle", _("Setujui siklus tagihan yang baru"), S.LIVING, None, TENANT, due=Q(switch_offered=True),
        guards=(offer_waits,), effects=(switch,), preview=foreseeing, done=_("Simpan lagi kalender jatuh tempo Anda."),
    ),
    Step(
        "accept_cycle_on_paper", _("Penghuni setuju siklus baru di kertas"), S.LIVING, None, OWNER, quiet=True,
        form=SignedCycleForm, guards=(offer_waits,), effects=(switch,), evidence=_("Persetujuan yang ditandatangani"),
        done=_("Penghuni diberi tahu tanggal yang baru."),
    ),
    Step(
        "keep_cycle", _("Tetap pada siklus sekarang"), S.LIVING, None, TENANT_OR_OWNER,
        quiet=True, guards=(offer_waits,), effects=(forget_the_offer,), done=_("Siklus tagihan tidak berubah."),
    ),
)  # fmt: skip
