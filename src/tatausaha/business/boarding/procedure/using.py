"""Steps of a stay: services by subscription and by use (KOS-09, KOS-13; rules/boarding 12)."""

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure import forms_using as forms
from tatausaha.business.boarding.procedure.actors import MANAGER
from tatausaha.business.boarding.procedure.actors import TENANT_OR_MANAGER as BOTH
from tatausaha.business.boarding.services import usage
from tatausaha.core.procedures.spec import Act, Step, says

S = Stay.Status


@says(_("Pemakaian masuk ke tagihan berikutnya."))
def note_use(stay: Stay, act: Act) -> None:
    """What was used of a service; late items fall to the next bill (KOS-09)."""
    usage.note_use(stay, act)


@says(_("Layanan ditagih mulai tanggalnya; bagian masa sewa yang berjalan masuk ke tagihan berikutnya."))
def subscribe(stay: Stay, act: Act) -> None:
    """At the price published for its day; a bill that is out is not reopened."""
    usage.subscribe(stay, act)


@says(_("Layanan tidak ditagih lagi mulai masa sewa berikutnya."))
def unsubscribe(stay: Stay, act: Act) -> None:
    """What is paid already stays paid."""
    usage.unsubscribe(stay, act)


STEPS = (
    Step(
        "note_use", _("Catat pemakaian layanan"), (S.LIVING, S.NOTICED), None, MANAGER, form=forms.UseForm, quiet=True,
        effects=(note_use,), evidence=_("Nota penyedia layanan"),
    ),
    Step(
        "subscribe", _("Tambah layanan"), (S.LIVING, S.NOTICED), None, BOTH, form=forms.SubscribeForm, quiet=True,
        topic=_("Layanan"), effects=(subscribe,),
    ),
    Step(
        "unsubscribe", _("Hentikan layanan"), (S.LIVING, S.NOTICED), None, BOTH, form=forms.UnsubscribeForm, quiet=True,
        topic=_("Layanan"), effects=(unsubscribe,), done=_("Layanan berhenti di akhir masa sewa yang sudah ditagih."),
    ),
)  # fmt: skip
