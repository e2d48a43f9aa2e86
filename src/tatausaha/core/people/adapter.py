"""Where django-allauth meets the house: logins stand for persons, phones are E.164, secrets are sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tatausaha.core.people import accounts, channels, vault
from tatausaha.core.people.codes import code_text, new_code
from tatausaha.core.people.fields import PhoneField
from tatausaha.core.people.models import Login


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped here
    """Sign-up and sign-in by e-mail or phone number."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("Surel atau kata sandi salah."),
        "phone_password_mismatch": gettext_lazy("Nomor HP atau kata sandi salah."),
        "username_password_mismatch": gettext_lazy("Surel, nomor HP atau kata sandi salah."),
        "too_many_login_attempts": gettext_lazy(
            "Terlalu banyak percobaan masuk yang gagal. Coba lagi beberapa menit lagi."
        ),
        "incorrect_code": gettext_lazy("Kode salah. Periksa lagi pesan terakhir yang Anda terima."),
        "email_taken": gettext_lazy("Surel ini sudah punya akun. Silakan masuk."),
        "phone_taken": gettext_lazy("Nomor HP ini sudah dipakai akun lain."),
    }

    def save_user(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,  # noqa: ARG002 - allauth's shape
        form: BaseForm,
        commit: bool = True,  # noqa: ARG002
    ) -> AbstractBaseUser:
        """Person and login in one service."""
        data = form.cleaned_data
        return accounts.sign_up(
            name=data["name"],
            email=data.get("email") or "",
            phone=data.get("phone") or "",
            password=data["password1"],
            at=request.at,  # type: ignore[attr-defined]
        )

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Changed or reset: what was made under the old password ends, and the page says so."""
        assert isinstance(user, Login)
        if ended := accounts.renew_password(user, password=password, at=self.request.at):
            said = ngettext(
                "%(n)s token untuk program ikut diakhiri, sebab dibuat dengan kata sandi yang lama.",
                "%(n)s token untuk program ikut diakhiri, sebab dibuat dengan kata sandi yang lama.",
                ended,
            )
            messages.info(self.request, said % {"n": ended})

    def get_login_stages(self) -> list[str]:
        """Ours in the place of allauth's, which asks everybody for a mailbox or nobody."""
        ours = {"allauth.account.stages.EmailVerificationStage": "tatausaha.core.people.stages.ProvenMailbox"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Also shown by a demonstration, whose mails reach no mailbox."""
        super().send_confirmation_mail(request, emailconfirmation, signup)
        if self.request.company and self.request.company.is_demonstration:
            link = format_html(
                '<a href="{}">{}</a>',
                reverse("account_confirm_email", args=[emailconfirmation.key]),
                _("Buka tautan itu di sini"),
            )
            messages.info(
                self.request, format_html("{} {}.", _("Perusahaan contoh tidak mengirim surel."), link)
            )

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """A used link proves the mailbox; only now a known person is joined."""
        if not super().confirm_email(request, email_address):
            return False
        accounts.prove_email(email_address.user, email_address.email, at=request.at)  # type: ignore[attr-defined]
        return True

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """Takes numbers as Indonesians write them."""
        return PhoneField(**kwargs)

    def get_user_by_phone(self, phone: str) -> AbstractBaseUser | None:
        """Whom a number signs in: who has proven it, or who signed up with it and still must."""
        login = Login.objects.filter(phone=phone).first()
        return login if login and (login.phone_verified or not login.email) else None

    def get_phone(self, user: AbstractBaseUser) -> tuple[str, bool] | None:
        """The number and whether it is proven; a typed number beside an e-mail does not count."""
        assert isinstance(user, Login)
        if not user.phone or (user.email and not user.phone_verified):
            return None
        return user.phone, user.phone_verified

    def set_phone(self, user: AbstractBaseUser, phone: str, verified: bool) -> None:
        """Sign-up has stored the number already; a change is stored when it is proven."""

    def set_phone_verified(self, user: AbstractBaseUser, phone: str) -> None:
        """A typed code proves the number."""
        assert isinstance(user, Login)
        accounts.prove_phone(user, phone, at=self.request.at)

    def generate_phone_verification_code(self, *, user: AbstractBaseUser, phone: str) -> str:  # noqa: ARG002
        """Six digits that can be read out."""
        return new_code()

    def send_verification_code_sms(
        self,
        user: AbstractBaseUser,  # noqa: ARG002 - allauth's shape
        phone: str,
        code: str,
        **_kwargs: Any,
    ) -> None:
        """Through the registered channel."""
        company = self.request.company
        channels.to_phone(phone, code_text(str(company or "Tatausaha"), code), self.request.at)
        if company and company.is_demonstration:  # its messages reach no phone
            shown = _("Perusahaan contoh tidak mengirim SMS. Kode Anda: %(code)s.") % {"code": code}
            messages.info(self.request, shown)

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Who signs up twice is told so on the phone itself, not on the page."""
        text = _("Nomor ini sudah punya akun di %(company)s. Silakan masuk, atau atur ulang kata sandi.")
        channels.to_phone(phone, text % {"company": self.request.company or "Tatausaha"}, self.request.at)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the registered channel."""
        values = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        at_home = {name: _at_home(self.request, value) for name, value in context.items()}
        channels.to_mailbox(self.render_mail(template_prefix, email, values | at_home), self.request.at)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """Failed attempts count per address, whatever the host; a phone number is one too."""
        address = credentials.get("email") or credentials.get("phone") or credentials.get("username") or ""
        return str(address).lower()


def _at_home(request: HttpRequest, value: Any) -> Any:
    """An address of ours as the company gives it out: the host of a request is whatever its sender wrote."""
    here = request.build_absolute_uri("/")
    return f"{settings.PUBLIC_URL}/{value.removeprefix(here)}" if str(value).startswith(here) else value


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: secrets are sealed at rest, the company is the issuer."""

    def encrypt(self, text: str) -> str:
        """With the keys of the identity papers."""
        return vault.seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The counterpart."""
        return vault.unseal_text(encrypted_text)
