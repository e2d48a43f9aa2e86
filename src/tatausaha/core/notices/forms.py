"""What a person chooses."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ChoicesForm(forms.Form):
    """The kinds that also go out by e-mail."""

    email = forms.MultipleChoiceField(
        label=_("Kirim juga lewat surel"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: object = None, *, codes: list[str]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["email"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
