"""Second factors, sessions and limits: the pages of the account open, and do what they say."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse

from tatausaha.core.people import channels
from tatausaha.core.people.models import Login

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-06")]

PASSWORD = "rahasia-sekali"


@pytest.fixture(autouse=True)
def _anywhere(settings):
    settings.LOGIN_REDIRECT_URL = "/"


@pytest.fixture
def signed_in(client, rini):
    client.post(reverse("account_login"), {"login": rini.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_what_matters_asks_for_the_password_again_and_loses_nothing_typed(client, rini, monkeypatch):
    sent = []
    monkeypatch.setattr(channels, "_way", [lambda phone, said, at: sent.append((phone, said))])
    client.post(reverse("account_login"), {"login": rini.email, "password": PASSWORD})

    asked = client.post(reverse("account_change_phone"), {"phone": "0812 5555 0001"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert "Sekali lagi" in text(client.get(asked["Location"]))
    client.post(asked["Location"], {"password": "salah-salah"})
    assert sent == []
    went_on = client.post(asked["Location"], {"password": PASSWORD, "next": reverse("account_change_phone")})

    assert went_on["Location"] == reverse("account_verify_phone")
    assert sent[0][0] == "+6281255550001"


def text(answer):
    return answer.content.decode()


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def secret(signed_in):
    """Rini's authenticator app, set up through the page."""
    page = reverse("mfa_activate_totp")
    said = text(signed_in.get(page))
    made = re.search(r"<code>([A-Z2-7]+)</code>", said)[1]
    signed_in.post(page, {"code": code_of(made)})
    return made


def test_every_page_of_the_account_is_ours_and_indonesian(signed_in, secret):
    for name in (
        "account_email", "account_change_phone", "account_change_password", "account_logout", "mfa_index",
        "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn",
        "mfa_add_webauthn", "usersessions_list",
    ):  # fmt: skip
        answer = signed_in.get(reverse(name))
        assert answer.status_code == 200, name
        assert 'id="isi"' in text(answer), name
        assert not re.search(r">\s*(Sign|Change|Add|Two-Factor|Email|Phone|Password|Code)\b", text(answer)), (
            name
        )


def test_every_page_before_signing_in_is_ours(client, company):
    for name in ("account_login", "account_signup", "account_reset_password", "account_inactive",
                 "account_reset_password_done", "account_reset_password_from_key_done"):  # fmt: skip
        answer = client.get(reverse(name))
        assert answer.status_code == 200, name
        assert 'class="public-main narrow"' in text(answer), name
        assert not re.search(r">\s*(Sign|Change|Email|Phone|Password|Code|Remember)\b", text(answer)), name


def test_the_authenticator_is_asked_for_at_the_next_sign_in(signed_in, secret, rini):
    assert secret not in str(Authenticator.objects.filter(type="totp").values_list("data", flat=True))
    signed_in.post(reverse("account_logout"))

    step = signed_in.post(reverse("account_login"), {"login": rini.email, "password": PASSWORD})
    assert step["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in signed_in.session
    assert "Langkah kedua" in text(signed_in.get(step["Location"]))
    signed_in.post(step["Location"], {"code": "000000"})
    assert "_auth_user_id" not in signed_in.session

    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    signed_in.post(step["Location"], {"code": codes[0]})

    assert signed_in.session["_auth_user_id"] == str(rini.login.pk)
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == len(codes) - 1


def test_an_unproven_mailbox_cannot_lock_its_owner_out(client, rini):
    client.post(reverse("account_login"), {"login": rini.email, "password": PASSWORD})
    EmailAddress.objects.filter(user=rini.login).update(verified=False)

    assert client.get(reverse("mfa_activate_totp"))["Location"] == reverse("mfa_index")


def test_other_sessions_are_seen_and_ended(signed_in, client_class, rini):
    other = client_class()
    other.post(
        reverse("account_login"),
        {"login": rini.email, "password": PASSWORD},
        headers={"user-agent": "HP lama"},
    )
    assert "HP lama" in text(signed_in.get(reverse("usersessions_list")))

    signed_in.post(reverse("usersessions_list"))

    assert other.get(reverse("account"))["Location"].startswith(reverse("account_login"))
    assert signed_in.get(reverse("account")).status_code == 200
    assert UserSession.objects.count() == 1


@pytest.fixture
def client_class(client):
    return type(client)


def test_a_changed_password_is_told_by_mail(signed_in, rini):
    signed_in.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "kata-sandi-baru", "password2": "kata-sandi-baru"},
    )

    assert Login.objects.get(person=rini).check_password("kata-sandi-baru")
    assert [message.subject for message in mail.outbox] == ["Kata sandi akun Anda sudah diganti"]
    assert "Bukan Anda?" in mail.outbox[0].body


def test_a_weak_password_is_refused(signed_in, rini):
    for weak in ("pendek", "password"):
        signed_in.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": weak, "password2": weak},
        )
    assert Login.objects.get(person=rini).check_password(PASSWORD)


def test_a_new_number_counts_after_its_code(signed_in, rini, monkeypatch):
    sent = []
    monkeypatch.setattr(channels, "_way", [lambda phone, said, at: sent.append((phone, said))])

    step = signed_in.post(reverse("account_change_phone"), {"phone": "0812 5555 0001"})
    assert Login.objects.get(person=rini).phone == "+6281200000001"
    assert sent[0][0] == "+6281255550001"
    signed_in.post(step["Location"], {"code": re.search(r"\d{6}", sent[0][1])[0]})

    login = Login.objects.get(person=rini)
    rini.refresh_from_db()
    assert (login.phone, login.phone_verified, rini.phone) == ("+6281255550001", True, "+6281255550001")


def test_a_new_mailbox_counts_after_its_link(signed_in, rini):
    signed_in.post(reverse("account_email"), {"email": "baru@contoh.id", "action_add": ""})
    assert Login.objects.get(person=rini).email == "rini@contoh.id"
    link = re.search(r"http://\S+(/akun/confirm-email/\S+/)", mail.outbox[-1].body)[1]

    signed_in.post(link)

    rini.refresh_from_db()
    assert (Login.objects.get(person=rini).email, rini.email) == ("baru@contoh.id", "baru@contoh.id")


def test_too_many_requests_get_a_page(client, company):
    for _ in range(6):
        answer = client.post(reverse("account_reset_password"), {"email": "siapa@contoh.id"})

    assert answer.status_code == 429
    assert "Terlalu" in text(answer)
