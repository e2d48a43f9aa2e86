"""What is typed into the conversation of a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.fields import PaperField


class TalkForm(forms.Form):
    """A message; who works there may keep it among colleagues."""

    text = forms.CharField(
        label=_("Tulis pesan"), widget=forms.Textarea({"rows": 3}), max_length=4000, strip=True
    )
    file = PaperField(label=_("Lampirkan foto atau PDF"), required=False)
    internal = forms.BooleanField(label=_("Hanya untuk petugas, tidak dilihat pelanggan"), required=False)

    def __init__(self, *args: Any, staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not staff:
            del self.fields["internal"]
