"""Tokens: shown once, kept as a digest, ended for good."""

from argparse import ArgumentParser
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.test import Client

from tatausaha.core.api import commands, tokens
from tatausaha.core.api.models import ApiToken
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices.models import Notice
from tatausaha.core.people import accounts, privacy
from tatausaha.core.people.models import Login

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(rini, at, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at)
    client = Client()
    client.force_login(rini.login)
    return client


@pytest.fixture
def asked_again(browser):
    """Rini has just given her password once more."""
    assert browser.post("/akun/reauthenticate/", {"password": "rahasia-sekali"}).status_code == 302
    return browser


def me(secret):
    return Client(headers={"authorization": f"Bearer {secret}"}).get("/api/v1/me")


def test_the_secret_is_shown_once_and_kept_nowhere(asked_again, rini):
    browser = asked_again
    shown = browser.post("/akun/token/", {"name": "Skrip laporan", "scopes": ["read"]}).text
    secret = next(
        word for word in shown.replace("<", " <").replace(">", "> ").split() if word.startswith("tts_")
    )

    assert secret not in browser.get("/akun/token/").text
    assert "Skrip laporan" in browser.get("/akun/token/").text
    assert "membaca apa yang boleh Anda lihat</td>" in browser.get("/akun/token/").text
    assert secret not in str(list(ApiToken.objects.values()))
    assert me(secret).json()["name"] == "Rini"


def test_an_ended_token_opens_nothing(browser, rini, at):
    token, secret = tokens.make(person=rini, name="Lama", wanted=["read"], at=at)
    assert me(secret).status_code == 200

    browser.post(f"/akun/token/{token.pk}/akhiri/")

    assert me(secret).status_code == 401


def test_nobody_ends_the_token_of_somebody_else(browser, budi, at):
    token, secret = tokens.make(person=budi, name="Punya Budi", wanted=["read"], at=at)

    assert browser.post(f"/akun/token/{token.pk}/akhiri/").status_code == 404
    assert me(secret).status_code == 200


def test_a_token_needs_a_name_and_a_known_scope_and_there_are_not_too_many(rini, at):
    for wrong in ({"name": " ", "wanted": ["read"]}, {"name": "x", "wanted": ["semua"]}):
        with pytest.raises(Refused):
            tokens.make(person=rini, at=at, **wrong)
    for n in range(tokens.MOST):
        tokens.make(person=rini, name=f"ke-{n}", wanted=["read"], at=at)
    with pytest.raises(Refused, match="Akhiri yang tidak dipakai"):
        tokens.make(person=rini, name="lagi", wanted=["read"], at=at)


def test_that_it_was_used_is_noted_once_a_minute(rini, at):
    token, secret = tokens.make(person=rini, name="x", wanted=["read"], at=at)

    for seconds in (1, 30, 62):
        tokens.bearer(secret, at=at + timedelta(seconds=seconds))

    token.refresh_from_db()
    assert token.last_used_at == at + timedelta(seconds=62)


def test_the_command_line_prints_the_secret_alone(rini, capsys):
    parser = ArgumentParser()
    commands.TOKEN.configure(parser)

    assert commands.TOKEN.run(parser.parse_args(["rini@contoh.id", "--hak", "read", "act"])) == 0
    secret = capsys.readouterr().out.strip()

    assert me(secret).json()["scopes"] == ["read", "act"]
    token = ApiToken.objects.get()
    commands.TOKEN.run(parser.parse_args(["rini@contoh.id", "--akhiri", str(token.pk)]))
    assert me(secret).status_code == 401


def test_the_command_line_says_when_nobody_is_meant(company):
    parser = ArgumentParser()
    commands.TOKEN.configure(parser)

    with pytest.raises(Refused, match="Tidak ada akun masuk"):
        commands.TOKEN.run(parser.parse_args(["tidak@ada.id"]))


def test_too_many_requests_are_told_when_to_come_again(rini, at, monkeypatch):
    from tatausaha.core.api import auth  # noqa: PLC0415

    monkeypatch.setattr(auth.TOKENS, "num_requests", 3)
    _token, secret = tokens.make(person=rini, name="x", wanted=["read"], at=at)

    answers = [me(secret) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


@pytest.mark.req("SYS-06")
def test_a_token_ends_with_the_login_of_its_person(rini, hadi, at):
    _token, secret = tokens.make(person=rini, name="Skrip", wanted=["read"], at=at)
    assert me(secret).status_code == 200

    accounts.end_login(rini.login, by=hadi, at=at)
    assert me(secret).status_code == 401

    accounts.reopen_login(Login.objects.get(person=rini), by=hadi, at=at)
    assert me(secret).status_code == 401, "what ended with the login stays ended"


@pytest.mark.req("SYS-06")
def test_a_token_ends_when_its_person_is_forgotten(rini, hadi, at):
    _token, secret = tokens.make(person=rini, name="Skrip", wanted=["read"], at=at)

    privacy.anonymise(rini, by=hadi, at=at, reason="Permintaan sendiri")

    assert me(secret).status_code == 401


@pytest.mark.req("SYS-06")
def test_no_token_before_the_password_is_given_again_and_nothing_typed_is_lost(browser, rini):
    sent = browser.post("/akun/token/", {"name": "Skrip laporan", "scopes": ["read", "act"]})

    assert not ApiToken.objects.exists()
    assert sent.status_code == 302
    assert sent.url.startswith("/akun/reauthenticate/?next=%2Fakun%2Ftoken%2F%3Fname%3DSkrip")
    assert "Masukkan kata sandi" in browser.get("/akun/token/").text
    back = browser.post(
        sent.url, {"password": "rahasia-sekali", "next": parse_qs(urlsplit(sent.url).query)["next"][0]}
    )
    form = browser.get(back.url).text
    assert 'value="Skrip laporan"' in form
    assert form.count("checked") == 2


@pytest.mark.req("SYS-06")
def test_no_token_before_e_mail_or_phone_is_proven(asked_again, rini, at):
    EmailAddress.objects.filter(user=rini.login).update(verified=False)

    with pytest.raises(Refused, match="Buktikan dulu"):
        tokens.make(person=rini, name="Skrip", wanted=["read"], at=at)
    page = asked_again.get("/akun/token/").text
    assert 'href="/akun/email/"' in page
    assert 'href="/akun/phone/change/"' in page
    asked_again.post("/akun/token/", {"name": "Skrip", "scopes": ["read"]})
    assert not ApiToken.objects.exists()

    Login.objects.filter(person=rini).update(phone_verified=True)
    assert asked_again.post("/akun/token/", {"name": "Skrip", "scopes": ["read"]}).status_code == 200
    assert ApiToken.objects.count() == 1


@pytest.mark.req("SYS-06")
def test_a_changed_password_ends_tokens_and_says_so(browser, rini, at):
    _token, secret = tokens.make(person=rini, name="Skrip", wanted=["read"], at=at)
    new = {"oldpassword": "rahasia-sekali", "password1": "rahasia-baru-1", "password2": "rahasia-baru-1"}

    page = browser.post("/akun/password/change/", new, follow=True).text

    assert me(secret).status_code == 401
    assert "1 token untuk program ikut diakhiri" in page
    assert Notice.objects.get(person=rini).title == "Token untuk program sudah diakhiri"


@pytest.mark.req("SYS-06")
@pytest.mark.parametrize("way", ["link", "code"])
def test_a_reset_password_ends_tokens(rini, at, way, client, clock_at):
    clock_at(at)
    _token, secret = tokens.make(person=rini, name="Skrip", wanted=["read"], at=at)

    if way == "link":
        form = EmailAwarePasswordResetTokenGenerator().make_token(rini.login)
        begun = client.get(f"/akun/password/reset/key/{user_pk_to_url_str(rini.login)}-{form}/")
        client.post(begun.url, {"password1": "rahasia-baru-1", "password2": "rahasia-baru-1"})
    else:
        accounts.new_password_by_phone(rini.login, password="rahasia-baru-1", at=at)

    assert Login.objects.get(person=rini).check_password("rahasia-baru-1")
    assert me(secret).status_code == 401
