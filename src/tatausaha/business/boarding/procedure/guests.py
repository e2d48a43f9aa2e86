"""Step of a stay: a guest stays overnight (KOS-07; rules/boarding 16.6)."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure import forms_guests as forms
from tatausaha.business.boarding.procedure.actors import TENANT_OR_MANAGER as BOTH
from tatausaha.business.boarding.services import guests
from tatausaha.core.kernel.errors import Moot
from tatausaha.core.procedures.spec import Act, Step, says

S = Stay.Status


@says(_("Tamu menginap dilaporkan di daerah ini."))
def guests_are_reported(stay: Stay, _act: Act) -> None:
    """Where they are not, nothing is kept of them."""
    if not stay.policy.guest_report_hours:
        raise Moot(_now("Tamu menginap tidak dilaporkan di daerah ini."))


@says(_("Tamu masuk ke surat berikutnya untuk RT atau kelurahan."))
def note_guest(stay: Stay, act: Act) -> None:
    """With a deadline of its own."""
    guests.note_guest(stay, act)


STEPS = (
    Step(
        "note_guest", _("Catat tamu menginap"), (S.LIVING, S.NOTICED), None, BOTH, form=forms.GuestForm, quiet=True,
        topic=_("Tamu"), guards=(guests_are_reported,), effects=(note_guest,),
        done=_("Tamu dicatat dan masuk ke surat berikutnya untuk RT atau kelurahan."),
    ),
)  # fmt: skip
