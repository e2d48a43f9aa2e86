"""Steps of a stay: fixed length, extension, a new rent, and what the owner decides (rules/boarding 8)."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding import announcements_terms as announcements
from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure import forms_terms as forms
from tatausaha.business.boarding.procedure import previews_terms as previews
from tatausaha.business.boarding.procedure.actors import MANAGER, OWNER
from tatausaha.business.boarding.procedure.actors import TENANT_OR_MANAGER as BOTH
from tatausaha.business.boarding.procedure.leaving import not_asked_to_leave, plan_the_leave
from tatausaha.business.boarding.queries import arrears, cycles
from tatausaha.business.boarding.services import leaving, terms
from tatausaha.core.kernel.errors import Moot, Refused
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures.spec import Act, Step, machine, says

S = Stay.Status

CONTRACT = machine(_("Kontrak"), Machine.CASE)


@says(_("Kontrak berjangka disepakati saat kunci diserahkan."))
def agreed_at_the_door(_stay: Stay, act: Act) -> None:
    """Nothing but moving in takes the step."""
    if "until" not in act.data:
        raise Refused(_now("Kontrak berjangka dicatat saat kunci diserahkan."))


@says(_("Hunian ini berkontrak jangka tertentu."))
def has_a_term(stay: Stay, _act: Act) -> None:
    """Whoever stays without a day of leaving goes on by himself."""
    if not stay.fixed_term:
        raise Moot(_now("Hunian ini tidak berkontrak jangka tertentu. Pakai “Tidak jadi pergi”."))


@says(_("Tunggakan sudah selama yang ditetapkan SOP."))
def long_unpaid(stay: Stay, act: Act) -> None:
    """Nobody is asked to leave for a bill that is merely late, and never by the clock."""
    owing, least = arrears.of_stay(stay, at=act.at), stay.policy.decide_days
    sentence = _now("Diputuskan pemilik bila tunggakan sudah %(days)d hari.") % {"days": least}
    if owing is None:
        raise Moot(sentence)
    if owing.days < least:
        raise Refused(sentence)


@says(_("Sisa hari belum dikembalikan."))
def some_days_left(stay: Stay, _act: Act) -> None:
    """Once, and only where the tenant left inside a period and not with its end."""
    if stay.rest_granted:
        raise Moot(_now("Sisa hari sudah dikembalikan."))
    if stay.moved_out_on is None or cycles.period_with(stay, stay.moved_out_on)[0] == stay.moved_out_on:
        raise Moot(_now("Tidak ada sisa hari yang sudah ditagih."))


@says(_("Tanggal akhir kontrak dicatat; kamar bisa dipesan mulai tanggal itu."))
def fix_the_term(stay: Stay, act: Act) -> None:
    """Agreed by whoever hands the key over."""
    terms.fix(stay, until=act.data["until"], by=act.data["by"], at=act.at)


@says(_("Kontrak berlanjut tanpa jeda: jatuh tempo tetap, sewa tetap kecuali sudah diumumkan lain."))
def extend_the_term(stay: Stay, act: Act) -> None:
    """The room is the tenant's until the new day, or without end."""
    terms.extend(stay, until=act.data.get("leave_on"), by=act.by, at=act.at)


@says(_("Penghuni diberi tahu sewa baru dan mulai kapan; tagihan yang sudah terbit tidak berubah."))
def announce_the_rent(stay: Stay, act: Act) -> None:
    """From the first period that is far enough ahead."""
    terms.announce_rent(stay, rent=act.data["rent"], at=act.at)


@says(_("Penghuni diberi tahu keputusan pemilik dan alasannya."))
def tell_the_decision(stay: Stay, act: Act) -> None:
    """With the day by which the room is to be left."""
    announcements.asked_to_leave(stay, str(act.data["note"]), at=act.at)


@says(_("Hanya pemilik yang bisa membatalkannya."))
def make_it_stand(stay: Stay, _act: Act) -> None:
    """Not the tenant, who could otherwise stay by one button."""
    terms.ask_to_leave(stay)


@says(_("Sewa sisa hari dikurangkan dari tagihan; yang sudah dibayar menjadi saldo penghuni."))
def give_the_rest_back(stay: Stay, act: Act) -> None:
    """Not owed by default: the owner's to grant."""
    leaving.grant_rest(stay, by=act.by, at=act.at, reason=str(act.data["note"]))


FIX_TERM = Step(
    "fix_term", _("Kontrak berjangka"), S.LIVING, None, CONTRACT, guards=(agreed_at_the_door,),
    effects=(fix_the_term,),
)  # fmt: skip
EXTEND_TERM = Step(
    "extend_term", _("Perpanjang"), (S.LIVING, S.NOTICED), S.LIVING, BOTH, form=forms.ExtendTermForm, quiet=True,
    guards=(has_a_term, not_asked_to_leave), effects=(extend_the_term,), reckon=previews.extending,
    done=_("Kontrak diperpanjang."),
)  # fmt: skip
"""It stands before the steps of leaving: whoever looks at a contract that ends asks this first."""
STEPS = (
    FIX_TERM,
    Step(
        "announce_rent", _("Umumkan sewa baru"), (S.LIVING, S.NOTICED), None, MANAGER, form=forms.NewRentForm,
        quiet=True, topic=_("Sewa dan deposit"), effects=(announce_the_rent,), reckon=previews.announcing,
        done=_("Penghuni sudah diberi tahu."),
    ),
    Step(
        "ask_to_leave", _("Minta penghuni pergi"), S.LIVING, S.NOTICED, OWNER, form=forms.AskToLeaveForm,
        quiet=True, danger=True, guards=(long_unpaid,), effects=(plan_the_leave, make_it_stand, tell_the_decision),
        evidence=_("Alasan"), preview=previews.owing, done=_("Penghuni sudah diberi tahu."),
    ),
    Step(
        "grant_rest", _("Kembalikan sisa hari"), S.INSPECTION, None, OWNER, form=forms.GrantForm, quiet=True,
        guards=(some_days_left,), effects=(give_the_rest_back,), evidence=_("Alasan"), preview=previews.granting,
    ),
)  # fmt: skip
