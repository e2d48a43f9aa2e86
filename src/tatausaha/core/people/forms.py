"""The shape of what people type about accounts, persons, units and papers."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.mfa.base import forms as mfa_base_forms
from allauth.mfa.totp import forms as mfa_totp_forms
from allauth.mfa.webauthn import forms as mfa_key_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import accounts, identity, phone_reset
from tatausaha.core.people.fields import ContactField, split

_STRONG = _("Paling sedikit 8 huruf atau angka, bukan yang mudah ditebak.")


class _Plain:
    """allauth's own forms with our words: label above, no grey text inside the field."""

    labels: ClassVar[dict[str, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            if name in {"password1", "oldpassword", "password"}:
                field.help_text = _STRONG if name == "password1" else ""


class ChangePasswordForm(_Plain, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """Old and new password."""

    labels = {
        "oldpassword": _("Kata sandi sekarang"),
        "password1": _("Kata sandi baru"),
        "password2": _("Kata sandi baru sekali lagi"),
    }


class SetPasswordForm(_Plain, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """A first password."""

    labels = ChangePasswordForm.labels


class NewPasswordForm(_Plain, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A password in place of a forgotten one."""

    labels = ChangePasswordForm.labels


class AgainForm(_Plain, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    labels = {"password": _("Kata sandi")}


class ChangeEmailForm(_Plain, allauth_forms.AddEmailForm):  # type: ignore[misc]
    """Another e-mail address."""

    labels = {"email": _("Surel baru")}


class ChangePhoneForm(_Plain, allauth_forms.ChangePhoneForm):  # type: ignore[misc]
    """Another phone number."""

    labels = {"phone": _("Nomor HP baru")}


class PhoneCodeForm(_Plain, allauth_forms.VerifyPhoneForm):  # type: ignore[misc]
    """The code that the phone received."""

    labels = {"code": _("Kode 6 angka")}


class SecondFactorForm(_Plain, mfa_base_forms.AuthenticateForm):  # type: ignore[misc]
    """A code of the second factor."""

    labels = {"code": _("Kode dari aplikasi, atau kode cadangan")}


class SecondFactorAgainForm(_Plain, mfa_base_forms.ReauthenticateForm):  # type: ignore[misc]
    """A code of the second factor, before something that matters."""

    labels = SecondFactorForm.labels


class ActivateCodesForm(_Plain, mfa_totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    labels = {"code": _("Kode 6 angka dari aplikasi")}


class AddKeyForm(_Plain, mfa_key_forms.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey; usable without a password unless the person says otherwise."""

    labels = {
        "name": _("Nama kunci"),
        "passwordless": _("Bisa masuk dengan kunci ini saja, tanpa kata sandi"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["passwordless"] = True
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].help_text = ""


class KeyNameForm(_Plain, mfa_key_forms.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    labels = {"name": _("Nama kunci")}


class SignUpForm(allauth_forms.SignupForm):  # type: ignore[misc]  # allauth is untyped here
    """Name, e-mail or phone number, password: three fields."""

    field_order = ("name", "contact", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"], self.fields["phone"]
        self.fields["name"] = forms.CharField(
            label=_("Nama lengkap"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
        )
        self.fields["contact"] = ContactField(
            help_text=_("Dipakai untuk masuk dan untuk mengirim tagihan dan kuitansi Anda.")
        )
        self.fields["password1"].label = _("Kata sandi")
        self.fields["password1"].help_text = _STRONG
        self.fields["password1"].widget.attrs.pop("placeholder", None)
        self.order_fields(self.field_order)

    def clean_name(self) -> str:
        """A name that can be printed on a receipt."""
        try:
            return identity.person_name(self.cleaned_data["name"])
        except Refused as no:
            raise ValidationError(str(no)) from no

    def clean(self) -> dict[str, Any]:
        """Sort the contact into e-mail or phone, for the flows behind."""
        email, phone = split(self.cleaned_data.get("contact") or "")
        self.cleaned_data |= {"email": email, "phone": phone}
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def _clean_phone(self) -> None:
        """An address that has an account gets its answer in its mailbox or on its phone, not here."""
        data = self.cleaned_data
        self.account_already_exists = accounts.has_login(email=data["email"], phone=data["phone"])

    def try_save(self, request: HttpRequest) -> Any:
        """The same page, and the same time, whether or not the address has an account."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """E-mail or phone number in one field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = ContactField()
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["remember"].label = _("Tetap masuk di perangkat ini")
        self.order_fields(("login", "password", "remember"))

    def clean_login(self) -> str:
        """In normal form already."""
        login: str = self.cleaned_data["login"]
        return login


class ForgottenForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Whose password is forgotten: by e-mail a link, by phone a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = ContactField()

    def clean_email(self) -> str:
        """The address in normal form; whether it has an account is not told."""
        contact: str = self.cleaned_data["email"]
        email, self.phone = split(contact)
        self.users = (
            filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
            if email
            else []
        )
        return contact

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the link or the code."""
        if self.phone:
            phone_reset.begin(request, self.phone)
            return str(self.phone)
        return str(super().save(request, **kwargs))


class PhoneResetForm(forms.Form):
    """The code from the phone and a new password."""

    code = forms.CharField(
        label=_("Kode 6 angka"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    password = forms.CharField(
        label=_("Kata sandi baru"),
        strip=False,
        help_text=_STRONG,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Good enough for the house's rules."""
        return str(get_adapter().clean_password(self.cleaned_data["password"]))
