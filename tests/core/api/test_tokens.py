"""Tokens: shown once, kept as a digest, ended for good."""

from argparse import ArgumentParser
from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.core.api import commands, tokens
from tatausaha.core.api.models import ApiToken
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import accounts, privacy

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(rini, at, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at)
    client = Client()
    client.force_login(rini.login)
    return client


def me(secret):
    return Client(headers={"authorization": f"Bearer {secret}"}).get("/api/v1/me")


def test_the_secret_is_shown_once_and_kept_nowhere(browser, rini):
    shown = browser.post("/akun/token/", {"name": "Skrip laporan", "scopes": ["read"]}).text
    secret = next(
        word for word in shown.replace("<", " <").replace(">", "> ").split() if word.startswith("tts_")
    )

    assert secret not in browser.get("/akun/token/").text
    assert "Skrip laporan" in browser.get("/akun/token/").text
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


@pytest.mark.req("SYS-06")
def test_a_token_ends_when_its_person_is_forgotten(rini, hadi, at):
    _token, secret = tokens.make(person=rini, name="Skrip", wanted=["read"], at=at)

    privacy.anonymise(rini, by=hadi, at=at, reason="Permintaan sendiri")

    assert me(secret).status_code == 401
