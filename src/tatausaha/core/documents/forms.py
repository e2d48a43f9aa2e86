"""What the public types."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code printed beside the QR."""

    kode = forms.CharField(
        label=_("Kode pada surat"),
        max_length=60,
        help_text=_("26 huruf dan angka di samping kotak QR. Tanda hubung dan huruf kecil tidak masalah."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
