"""Signing up and in through the pages, by e-mail and by phone."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tatausaha.core.people import channels, services
from tatausaha.core.people.models import Login, Person

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-06")]


@pytest.fixture
def texts(monkeypatch):
    """What left for phones, instead of files in the folder."""
    sent = []
    monkeypatch.setattr(channels, "_way", [lambda phone, text, at: sent.append((phone, text))])
    return sent


@pytest.fixture(autouse=True)
def _anywhere(settings):
    """Where people land afterwards is another page's matter."""
    settings.LOGIN_REDIRECT_URL = "/"


def code_in(text):
    return re.search(r"\b(\d{6})\b", text)[1]


def sign_up(client, contact, name="Ayu Lestari", password="rahasia-ayu"):
    return client.post(reverse("account_signup"), {"name": name, "contact": contact, "password1": password})


def sign_in(client, login, password="rahasia-ayu"):
    return client.post(reverse("account_login"), {"login": login, "password": password})


def link_in(message):
    return re.search(r"http://\S+(/akun/confirm-email/\S+/)", message.body)[1]


def prove_mailbox(client):
    """Open the link of the last mail, and say that the address is one's own."""
    return client.post(link_in(mail.outbox[-1]))


def test_signing_up_by_email_sends_a_link_and_the_link_signs_in(client, company):
    answer = client.post(
        reverse("account_signup") + "?next=/kos/",
        {"name": "Ayu Lestari", "contact": "Ayu@Contoh.id", "password1": "rahasia-ayu", "next": "/kos/"},
    )

    login = Login.objects.get()
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    assert (login.person.name, login.email) == ("Ayu Lestari", "ayu@contoh.id")
    assert [message.to for message in mail.outbox] == [["ayu@contoh.id"]]

    assert prove_mailbox(client)["Location"] == "/kos/"
    assert client.session["_auth_user_id"] == str(login.pk)


def test_a_link_that_is_opened_in_another_browser_proves_and_signs_nobody_in(client, company):
    sign_up(client, "ayu@contoh.id")
    other = Client()

    answer = prove_mailbox(other)

    assert answer["Location"] == reverse("account_login")
    assert "_auth_user_id" not in other.session
    sign_in(other, "ayu@contoh.id")
    assert "_auth_user_id" in other.session


def test_a_password_opens_nothing_before_the_mailbox_is_proven(client, company):
    sign_up(client, "ayu@contoh.id")

    answer = sign_in(Client(), "ayu@contoh.id")

    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in answer.client.session


def test_the_link_in_the_mail_proves_the_address_and_joins_the_known_person(client, company, hadi, at):
    known = services.create_person(name="Ayu L.", email="ayu@contoh.id", by=hadi, at=at)
    sign_up(client, "ayu@contoh.id")
    link = link_in(mail.outbox[0])

    assert Login.objects.get(email="ayu@contoh.id").person != known
    assert client.get(link).status_code == 200
    client.post(link)

    assert Login.objects.get(email="ayu@contoh.id").person == known


def test_only_a_demonstration_shows_the_code_that_it_sends_to_no_phone(client, company, texts):
    sign_up(client, "0812 9999 0001")
    code = code_in(texts[-1][1])
    assert code not in client.get(reverse("account_verify_phone")).content.decode()

    client.cookies.clear()
    type(company).objects.update(is_demonstration=True)
    sign_up(client, "0812 9999 0002")
    code = code_in(texts[-1][1])
    assert code in client.get(reverse("account_verify_phone")).content.decode()


def test_signing_up_by_phone_asks_for_the_code_first(client, company, texts):
    answer = sign_up(client, "0812 9999 0001")

    assert answer["Location"] == reverse("account_verify_phone")
    assert "_auth_user_id" not in client.session
    [(phone, text)] = texts
    assert phone == "+6281299990001"

    assert '<form class="form" method="post">' in client.get(answer["Location"]).content.decode()
    client.post(answer["Location"], {"code": code_in(text)})

    assert client.session["_auth_user_id"] == str(Login.objects.get(phone_verified=True).pk)


def test_a_wrong_code_opens_nothing_and_three_end_it(client, company, texts):
    answer = sign_up(client, "081299990001")
    wrong = "000000" if code_in(texts[0][1]) != "000000" else "000001"

    said = client.post(answer["Location"], {"code": wrong})
    assert "Kode salah" in said.content.decode()
    for _ in range(2):
        client.post(answer["Location"], {"code": wrong})
    client.post(answer["Location"], {"code": code_in(texts[0][1])})

    assert "_auth_user_id" not in client.session
    assert not Login.objects.get().phone_verified


def test_the_page_says_the_same_for_a_new_address_as_for_one_that_has_an_account(client, rini):
    other = Client()

    new = sign_up(client, "ayu@contoh.id")
    known = sign_up(other, rini.email.upper(), name="Penyelidik")

    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    pages = [
        browser.get(answer["Location"]).text.replace(address, "ALAMAT")
        for browser, answer, address in ((client, new, "ayu@contoh.id"), (other, known, "rini@contoh.id"))
    ]
    assert without_tokens(pages[0]) == without_tokens(pages[1])
    assert not Person.objects.filter(name="Penyelidik").exists()


def without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_whose_address_it_is_learns_by_mail_that_there_is_an_account(client, rini):
    sign_up(client, rini.email, name="Penyelidik", password="rahasia-orang")

    [message] = mail.outbox
    assert (message.to, message.subject) == (["rini@contoh.id"], "Anda sudah punya akun")
    assert reverse("account_reset_password") in message.body
    sign_in(client, rini.email, "rahasia-orang")
    assert "_auth_user_id" not in client.session


def test_only_a_demonstration_shows_the_link_that_it_sends_to_no_mailbox(client, company):
    answer = sign_up(client, "ayu@contoh.id")
    assert link_in(mail.outbox[-1]) not in client.get(answer["Location"]).text

    type(company).objects.update(is_demonstration=True)
    other = Client()
    answer = sign_up(other, "budi@contoh.id")
    assert f'<a href="{link_in(mail.outbox[-1])}">' in other.get(answer["Location"]).text


def test_a_proven_number_is_told_on_the_phone_not_on_the_page(client, rini, texts, at):
    rini.login.phone_verified = True
    rini.login.save()

    answer = sign_up(client, "0812-0000-0001")

    assert answer["Location"] == reverse("account_verify_phone")
    assert Person.objects.count() == 1
    assert "sudah punya akun" in texts[0][1]


@pytest.mark.parametrize("typed", ["rini@contoh.id", " RINI@contoh.id ", "0812 0000 0001", "62812-0000-0001"])
def test_signing_in_takes_every_way_to_write_the_address(client, rini, typed):
    rini.login.phone_verified = True
    rini.login.save()

    sign_in(client, typed, "rahasia-sekali")

    assert client.session["_auth_user_id"] == str(rini.login.pk)


def test_a_number_that_was_only_typed_beside_an_email_signs_nobody_in(client, rini):
    answer = sign_in(client, "081200000001", "rahasia-sekali")

    assert "Nomor HP atau kata sandi salah" in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("typed", ["rini", "12345", ""])
def test_what_is_no_address_gets_a_sentence(client, company, typed):
    assert sign_in(client, typed).status_code == 200
    assert "_auth_user_id" not in client.session


def test_failed_attempts_are_counted_per_address(client, rini, budi):
    for _ in range(6):
        refused = sign_in(client, rini.email, "salah-terus")
    assert "Terlalu banyak percobaan" in refused.content.decode()
    sign_in(client, rini.email, "rahasia-sekali")
    assert "_auth_user_id" not in client.session

    sign_in(client, budi.email, "rahasia-sekali")
    assert client.session["_auth_user_id"] == str(budi.login.pk)


def test_failures_on_one_number_do_not_lock_another(client, rini, budi):
    for person in (rini, budi):
        person.login.phone_verified = True
        person.login.save()
    for _ in range(6):
        sign_in(client, rini.phone, "salah-terus")

    sign_in(client, budi.phone, "rahasia-sekali")

    assert client.session["_auth_user_id"] == str(budi.login.pk)


def test_an_ended_login_signs_nobody_in(client, rini):
    rini.login.is_active = False
    rini.login.save()

    sign_in(client, rini.email, "rahasia-sekali")

    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_comes_by_link(client, rini):
    client.post(reverse("account_reset_password"), {"email": "Rini@contoh.id"})

    [message] = mail.outbox
    link = re.search(r"http://\S+(/akun/password/reset/key/\S+/)", message.body)[1]
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "kata-sandi-baru", "password2": "kata-sandi-baru"})
    sign_in(client, rini.email, "kata-sandi-baru")

    assert client.session["_auth_user_id"] == str(rini.login.pk)


@pytest.fixture
def phone_only(company, at):
    person = services.create_person(name="Ayu", phone="081299990001", by=None, at=at)
    login = Login.objects.create_user(person=person, password="rahasia-ayu")
    login.phone_verified = True
    login.save()
    return login


def test_a_forgotten_password_comes_by_code_to_the_phone(client, phone_only, texts):
    answer = client.post(reverse("account_reset_password"), {"email": "0812-9999-0001"})

    assert answer["Location"] == reverse("account_reset_by_phone")
    assert "0812-9999-0001" in client.get(answer["Location"]).content.decode()
    done = client.post(answer["Location"], {"code": code_in(texts[0][1]), "password": "kata-sandi-baru"})
    assert done["Location"] == reverse("account_login")
    phone_only.refresh_from_db()
    assert phone_only.check_password("kata-sandi-baru")


def test_three_wrong_codes_end_the_reset(client, phone_only, texts):
    page = client.post(reverse("account_reset_password"), {"email": "081299990001"})["Location"]
    right = code_in(texts[0][1])
    wrong = "000000" if right != "000000" else "000001"

    for _ in range(3):
        client.post(page, {"code": wrong, "password": "kata-sandi-baru"})
    client.post(page, {"code": right, "password": "kata-sandi-baru"})

    phone_only.refresh_from_db()
    assert phone_only.check_password("rahasia-ayu")


def test_an_unknown_number_gets_the_same_page_and_no_text(client, company, texts):
    answer = client.post(reverse("account_reset_password"), {"email": "081299990009"})

    assert answer["Location"] == reverse("account_reset_by_phone")
    said = client.post(answer["Location"], {"code": "123456", "password": "kata-sandi-baru"})
    assert "Kode salah" in said.content.decode()
    assert texts == []


def test_a_code_lasts_fifteen_minutes(client, phone_only, texts, clock_at, at):
    clock_at(at)
    page = client.post(reverse("account_reset_password"), {"email": "081299990001"})["Location"]

    clock_at(at.replace(minute=15))
    client.post(page, {"code": code_in(texts[0][1]), "password": "kata-sandi-baru"})

    phone_only.refresh_from_db()
    assert phone_only.check_password("rahasia-ayu")


def test_links_in_mails_never_lead_to_the_host_that_the_request_named(client, company, settings):
    settings.PUBLIC_URL = "https://maju.example"
    sign_up(client, "ayu@contoh.id")
    client.logout()

    client.post(
        reverse("account_reset_password"), {"email": "ayu@contoh.id"}, headers={"host": "jahat.example"}
    )

    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert "https://maju.example/akun/" in message.body
        assert "jahat.example" not in message.body + message.subject
        assert "testserver" not in message.body


def test_failed_attempts_count_for_the_account_under_whatever_host_they_come(client, company):
    sign_up(client, "ayu@contoh.id")
    prove_mailbox(client)
    client.logout()

    for turn in range(6):
        client.post(
            reverse("account_login"),
            {"login": "ayu@contoh.id", "password": "tebakan"},
            headers={"host": f"nama-{turn}.example"},
        )
    sign_in(client, "ayu@contoh.id")

    assert "_auth_user_id" not in client.session


def test_a_code_in_foreign_digits_is_a_wrong_code(client, company, texts):
    sign_up(client, "0812-1111-2222")
    client.post(reverse("account_verify_phone"), {"code": code_in(texts[-1][1])})
    client.post(reverse("account_logout"))
    client.post(reverse("account_reset_password"), {"email": "081211112222"})

    answer = client.post(
        reverse("account_reset_by_phone"), {"code": "١٢٣٤٥٦", "password": "sangat-rahasia-9"}
    )

    assert answer.status_code == 200
    assert "Kode salah" in answer.text


def test_a_code_never_proves_the_password_of_somebody_who_signed_up_in_between(company, texts):
    mine, other = Client(), Client()
    sign_up(mine, "0812-1111-2222", password="rahasia-ayu")
    code = code_in(texts[-1][1])
    cache.clear()  # half a minute later
    sign_up(other, "0812-1111-2222", name="Penyerobot", password="rahasia-orang")

    mine.post(reverse("account_verify_phone"), {"code": code})
    sign_in(other, "0812-1111-2222", password="rahasia-orang")

    assert "_auth_user_id" not in mine.session
    assert "_auth_user_id" not in other.session
    assert not Login.objects.filter(phone_verified=True).exists()


def test_signing_up_twice_in_half_a_minute_is_no_fault(client, company, texts):
    sign_up(client, "0812-1111-2222")

    answer = sign_up(Client(), "0812-1111-2222")

    assert answer.status_code == 429
    assert len(texts) == 1
