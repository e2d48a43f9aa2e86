"""What the public types."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """The code printed beside the QR."""

    kode = forms.CharField(label=_("Kode pada surat"), max_length=60, strip=True)
