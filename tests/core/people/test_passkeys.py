"""A passkey is added and used in a real browser; everything else of the account needs no JavaScript."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.req("SYS-06")]


def test_a_passkey_opens_the_door_without_a_password(open_page, live_server, rini, settings):
    settings.LOGIN_REDIRECT_URL = reverse("account")
    site = live_server.url.replace("127.0.0.1", "localhost")  # passkeys belong to names, not to numbers
    page = open_page()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    device |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": device})

    page.goto(site + reverse("account_login"))
    page.fill("[name=login]", rini.email)
    page.fill("[name=password]", "rahasia-sekali")
    page.click("main form .main")
    page.goto(site + reverse("mfa_add_webauthn"))
    page.fill("[name=password]", "rahasia-sekali")
    page.click("main form .main")
    page.fill("[name=name]", "HP Rini")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda address: "webauthn/add" not in address)
    assert [str(key) for key in Authenticator.objects.filter(type="webauthn")] == ["HP Rini"]

    page.context.clear_cookies()
    page.goto(site + reverse("account_login"))
    page.click("#passkey_login")
    page.wait_for_url("**" + reverse("account"))

    assert page.input_value("[name=name]") == "Rini"


def test_signing_up_and_in_works_without_javascript(open_page, company, settings):
    settings.LOGIN_REDIRECT_URL = reverse("account")
    page = open_page(java_script_enabled=False, viewport={"width": 800, "height": 600})

    page.goto(reverse("account_signup"))
    page.fill("[name=name]", "Ayu Lestari")
    page.fill("[name=contact]", "ayu@contoh.id")
    page.fill("[name=password1]", "rahasia-ayu")
    page.click("main form .main")
    expect(page.get_by_role("heading", name="Periksa surel Anda")).to_be_visible()
    page.goto(re.search(r"http://\S+(/akun/confirm-email/\S+/)", mail.outbox[-1].body)[1])
    page.click("main form .main")
    assert page.input_value("[name=name]") == "Ayu Lestari"

    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.fill("[name=login]", "AYU@contoh.id")
    page.fill("[name=password]", "rahasia-ayu")
    page.click("main form .main")
    assert page.input_value("[name=name]") == "Ayu Lestari"
