"""The forms of condition sheets: one line at a time, so that a slow connection loses at most one photo."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import ConditionItem
from tatausaha.core.kernel.fields import PhotoField

STATES = [choice for choice in ConditionItem.State.choices if choice[0]]


class LineForm(forms.Form):
    """How one thing is."""

    state = forms.ChoiceField(label=_("Keadaan"), choices=STATES, widget=forms.RadioSelect)
    photo = PhotoField(
        label=_("Foto"), camera=True, required=False, help_text=_("Wajib untuk yang rusak; sebaiknya semua difoto.")
    )  # fmt: skip
    note = forms.CharField(
        label=_("Catatan"), max_length=200, required=False, help_text=_("Misalnya: goresan di pintu kiri.")
    )

    def __init__(self, *args: Any, item: ConditionItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = item.pair
        self.initial = {"state": item.state or (before.state if before else ""), "note": item.note}
        if item.photo:
            self.fields["photo"].help_text = _("Foto sudah ada. Foto baru menggantikannya.")


class NewLineForm(forms.Form):
    """One more thing."""

    name = forms.CharField(label=_("Barang lain"), max_length=80)


class ChecklistForm(forms.Form):
    """The things of a room type, one a line."""

    names = forms.CharField(
        label=_("Barang yang diperiksa"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Satu barang per baris, menurut urutan memeriksa. Kosong: memakai daftar yang biasa."),
    )  # fmt: skip
