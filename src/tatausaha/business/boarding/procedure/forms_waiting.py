"""The shape of a wish on the waiting list; shared by the page and the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import House, Occupant
from tatausaha.business.boarding.queries import waiting
from tatausaha.core.kernel.fields import DateField, RupiahField
from tatausaha.core.people.fields import PhoneField
from tatausaha.core.procedures.forms import StepForm


class WishForm(StepForm):
    """What is waited for, until when, and for how much at most; a manager also says for whom."""

    for_name = forms.CharField(
        label=_("Nama calon penghuni"), max_length=120, required=False,
        help_text=_("Diisi pengelola yang mencatatkan orang lain."),
    )  # fmt: skip
    for_phone = PhoneField(label=_("Nomor HP calon penghuni"), required=False)
    want = forms.CharField(
        label=_("Yang ditunggu"), max_length=30, help_text=_("rumah-…, tipe-… atau kamar-… dengan nomornya.")
    )
    occupant = forms.ChoiceField(
        label=_("Yang akan tinggal"), choices=[("", _("Pilih salah satu")), *Occupant.choices]
    )
    latest_on = DateField(
        label=_("Masuk paling lambat"), help_text=_("Sesudah tanggal ini Anda tidak diberi tahu lagi.")
    )
    budget = RupiahField(
        label=_("Sewa paling tinggi untuk satu masa sewa"),
        required=False,
        help_text=_("Kosongkan bila berapa pun."),
    )

    def __init__(self, *args: Any, house: House | None = None, counter: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if house is None:
            return
        choices = [(want.key, want.label) for want in waiting.wants_in(house)]
        self.fields["want"] = forms.ChoiceField(label=_("Yang ditunggu"), choices=choices)
        if counter:
            self.fields["for_name"].required = True
            self.fields["for_name"].help_text = ""
            self.fields["latest_on"].help_text = _("Sesudah tanggal ini ia tidak menunggu lagi.")
        else:
            del self.fields["for_name"], self.fields["for_phone"]
