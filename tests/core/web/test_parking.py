"""Nothing typed is lost when a page was open for too long."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tatausaha.core.kernel import clock
from tatausaha.core.people.models import Person
from tatausaha.core.web import once, parking

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.web.pages")]

Hidden = Callable[[str], dict[str, str]]
OWN = {"Sec-Fetch-Site": "same-origin"}


def _too_late(client: Client, person: Person | None, **typed: object) -> str:
    """Send a form whose session has ended; where the visitor is led after signing in."""
    form = {"form_key": once.new_key(), "form_of": parking.sign(person), "note": "Sudah saya cek.", **typed}
    answer = client.post("/bayar-masuk/", form)
    door, _, after = answer.headers["Location"].partition("?next=")
    assert door == "/akun/login/"
    return after.replace("%2F", "/")


def test_what_was_typed_waits_behind_the_sign_in(
    client: Client, rini: Person, hidden: Hidden, received: list[dict[str, str]]
) -> None:
    after = _too_late(client, rini, amount="1,5 jt")

    client.force_login(rini.login)
    page = client.get(after)
    client.post("/bayar-masuk/", hidden(page.text))

    assert "Sudah saya cek." in page.text
    assert [(one["amount"], one["note"]) for one in received] == [("1,5 jt", "Sudah saya cek.")]


def test_somebody_else_who_signs_in_does_not_see_it(client: Client, rini: Person, budi: Person) -> None:
    after = _too_late(client, rini)

    client.force_login(budi.login)

    assert client.get(after).status_code == 404


def test_another_browser_does_not_see_it(client: Client, rini: Person) -> None:
    after = _too_late(client, rini)
    other = Client()
    other.force_login(rini.login)

    assert other.get(after).status_code == 404


def test_it_is_kept_for_a_day(client: Client, rini: Person, clock_at: Callable[..., None]) -> None:
    after = _too_late(client, rini)
    begun = clock.now()
    client.force_login(rini.login)

    clock_at(begun + timedelta(hours=23, minutes=59))
    before = client.get(after).status_code
    clock_at(begun + timedelta(hours=24, minutes=1))

    assert (before, client.get(after).status_code) == (200, 404)


def test_passwords_are_never_kept_and_files_are_asked_for_again(client: Client, rini: Person) -> None:
    photo = SimpleUploadedFile("nota.jpg", b"\xff\xd8\xff")
    after = _too_late(client, rini, password="sangat-rahasia", photo=photo)

    client.force_login(rini.login)
    text = client.get(after).text

    assert "sangat-rahasia" not in text
    assert "nota.jpg" in text
    assert 'enctype="multipart/form-data"' in text


def test_a_form_that_is_too_large_to_keep_leads_to_plain_sign_in(client: Client) -> None:
    answer = client.post("/bayar-masuk/", {"note": "a" * (parking.LARGEST + 1)})

    assert answer.headers["Location"] == "/akun/login/?next=/bayar-masuk/"


def test_markup_that_was_typed_is_shown_as_text(client: Client, rini: Person) -> None:
    after = _too_late(client, rini, note="<b onclick=alert(1)>")

    client.force_login(rini.login)

    assert "<b onclick" not in client.get(after).text


@pytest.mark.parametrize(
    ("came_from", "page"),
    [
        ("http://testserver/tagihan/?bulan=11", "/tagihan/?bulan=11"),
        ("https://jahat.example/a/", "/bayar-masuk/"),
        ("http://testserver//jahat.example/", "/jahat.example/"),
        ("", "/bayar-masuk/"),
    ],
)
def test_starting_over_leads_to_the_page_of_the_form(
    client: Client, rini: Person, came_from: str, page: str
) -> None:
    answer = client.post("/bayar-masuk/", {"note": "Halo"}, headers={"Referer": came_from})
    client.force_login(rini.login)

    text = client.get(answer.headers["Location"].partition("?next=")[2].replace("%2F", "/")).text

    assert f'class="button plain" href="{page}"' in text


def _stale(person: Person | None, headers: dict[str, str], as_: Person | None = None) -> str:
    browser = Client(enforce_csrf_checks=True)
    if as_:
        browser.force_login(as_.login)
    form = {"form_of": parking.sign(person), "csrfmiddlewaretoken": "lama", "amount": "750000"}
    answer = browser.post("/bayar-uji/", form, headers=headers)
    assert answer.status_code == 403
    return answer.text


@pytest.mark.parametrize(
    "headers", [OWN, {"Origin": "http://testserver"}, {"Referer": "http://testserver/a/"}]
)
def test_an_ended_token_offers_what_was_typed_again(company: object, headers: dict[str, str]) -> None:
    text = _stale(None, headers)

    assert "terlalu lama terbuka" in text
    assert 'name="amount" value="750000"' in text
    assert 'value="lama"' not in text


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}, {"Referer": "https://jahat.example/"}],
)
def test_a_form_of_another_site_is_refused_and_not_offered(company: object, headers: dict[str, str]) -> None:
    text = _stale(None, headers)

    assert "750000" not in text
    assert "tidak dikirim dari halaman kami" in text


def test_an_ended_token_shows_nothing_to_another_person(rini: Person, budi: Person) -> None:
    assert "750000" in _stale(rini, OWN, as_=rini)
    assert "750000" not in _stale(rini, OWN, as_=budi)
