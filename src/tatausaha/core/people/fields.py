"""Form fields that read what people type about themselves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import identity


class PhoneField(forms.CharField):
    """A phone number; gives E.164."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Nomor HP"))
        kwargs.setdefault("help_text", _("Misalnya 0812-3456-7890."))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """E.164, or the sentence of `identity.phone`."""
        typed = super().clean(value)
        try:
            return identity.phone(typed)
        except Refused as no:
            raise ValidationError(str(no)) from no

    def prepare_value(self, value: Any) -> Any:
        """A stored number is shown as people write it."""
        return identity.shown_phone(value) if isinstance(value, str) else value


class ContactField(forms.CharField):
    """One field for e-mail or phone number; gives the normal form of either."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Surel atau nomor HP"))
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Lower-case e-mail or E.164."""
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return "".join(identity.address_of_login(typed))
        except Refused as no:
            raise ValidationError(str(no)) from no


def split(contact: str) -> tuple[str, str]:
    """What `ContactField` gave, as `(e-mail, phone)`."""
    return (contact, "") if "@" in contact else ("", contact)
