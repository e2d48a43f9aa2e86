"""What people hand in about a guest who stays overnight; shared by pages and API."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.procedure.forms import TodayForm
from tatausaha.core.kernel.fields import DateField, WholeField
from tatausaha.core.people.taxnumbers import DOCUMENTS


class GuestForm(TodayForm):
    """Who, from where or how related, what for, from when, how many nights. The history of the case keeps no name."""

    secret = ("guest", "origin", "purpose")

    guest = forms.CharField(label=_("Nama tamu"), max_length=120)
    origin = forms.CharField(
        label=_("Asal atau hubungan"), max_length=120, help_text=_("Misalnya: Kediri, ibu penghuni.")
    )
    purpose = forms.CharField(
        label=_("Keperluan"), max_length=120, help_text=_("Misalnya: berkunjung, berobat.")
    )
    identity_kind = forms.ChoiceField(
        label=_("Jenis tanda pengenal"), choices=[("", _("Tidak ditunjukkan")), *DOCUMENTS], required=False,
        help_text=_("Nomornya tidak disimpan."),
    )  # fmt: skip
    on = DateField(label=_("Mulai menginap"))
    nights = WholeField(label=_("Berapa malam"), min_value=1, max_value=14, initial=1)
