"""A form counts once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tatausaha.core.kernel import clock
from tatausaha.core.people import vault
from tatausaha.core.people.models import Person
from tatausaha.core.web import once
from tatausaha.core.web.models import SentForm

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.web.pages")]

Hidden = Callable[[str], dict[str, str]]


@pytest.mark.req("SYS-07")
def test_a_form_sent_twice_acts_once_and_leads_to_the_first_result(
    client: Client, hidden: Hidden, received: list[dict[str, str]]
) -> None:
    form = hidden(client.get("/bayar-uji/").text) | {"amount": "1.500.000"}

    first = client.post("/bayar-uji/", form)
    second = client.post("/bayar-uji/", form)

    assert len(received) == 1
    assert (first.headers["Location"], second.headers["Location"]) == ("/hasil/1/", "/hasil/1/")


def test_two_openings_of_a_form_are_two_forms(
    client: Client, hidden: Hidden, received: list[dict[str, str]]
) -> None:
    for _opening in range(2):
        client.post("/bayar-uji/", hidden(client.get("/bayar-uji/").text) | {"amount": "5000"})

    assert len(received) == 2


def test_a_form_with_a_mistake_may_be_corrected_and_sent_again(
    client: Client, hidden: Hidden, received: list[dict[str, str]]
) -> None:
    form = hidden(client.get("/bayar-uji/").text)

    wrong = client.post("/bayar-uji/", form | {"amount": "banyak"})
    again = hidden(wrong.text)
    right = client.post("/bayar-uji/", again | {"amount": "5000"})

    assert again["form_key"] == form["form_key"]
    assert 'value="banyak"' in wrong.text
    assert right.headers["Location"] == "/hasil/1/"
    assert len(received) == 1


def test_a_failure_gives_the_key_back(client: Client) -> None:
    client.raise_request_exception = False

    answer = client.post("/gagal-uji/", {"form_key": once.new_key()})

    assert answer.status_code == 500
    assert not SentForm.objects.exists()


def test_a_second_sending_while_the_first_is_at_work_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch, received: list[dict[str, str]]
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.2)
    key = once.new_key()
    SentForm.objects.create(key=key, path="/bayar-uji/", who=0, at=clock.now())

    answer = client.post("/bayar-uji/", {"form_key": key, "amount": "5000"})

    assert answer.status_code == 409
    assert "masih diproses" in answer.text
    assert received == []


def test_a_sending_that_died_does_not_block_the_next(client: Client, received: list[dict[str, str]]) -> None:
    key = once.new_key()
    SentForm.objects.create(key=key, path="/bayar-uji/", who=0, at=clock.now() - timedelta(minutes=3))

    answer = client.post("/bayar-uji/", {"form_key": key, "amount": "5000"})

    assert answer.headers["Location"] == "/hasil/1/"
    assert len(received) == 1


def test_a_key_tells_nothing_to_somebody_else(
    client: Client, hidden: Hidden, rini: Person, received: list[dict[str, str]]
) -> None:
    form = hidden(client.get("/bayar-uji/").text) | {"amount": "5000"}
    client.post("/bayar-uji/", form)
    client.force_login(rini.login)

    answer = client.post("/bayar-uji/", form)

    assert answer.status_code == 409
    assert len(received) == 1


def test_a_post_without_a_key_passes(client: Client, received: list[dict[str, str]]) -> None:
    client.post("/bayar-uji/", {"amount": "5000"})

    assert len(received) == 1
    assert not SentForm.objects.exists()


def test_keys_are_forgotten_after_two_days(client: Client, hidden: Hidden) -> None:
    SentForm.objects.create(
        key=once.new_key(), path="/", who=0, at=clock.now() - timedelta(days=3), answer="/"
    )

    client.post("/bayar-uji/", hidden(client.get("/bayar-uji/").text) | {"amount": "5000"})

    assert SentForm.objects.count() == 1


def test_a_form_that_was_changed_after_back_is_told_apart_and_may_be_sent_as_another(
    client: Client, hidden: Hidden, received: list[dict[str, str]]
) -> None:
    form = hidden(client.get("/bayar-uji/").text)
    client.post("/bayar-uji/", form | {"amount": "5000"})

    changed = client.post("/bayar-uji/", form | {"amount": "7500"})

    assert changed.status_code == 409
    assert len(received) == 1
    assert "Formulir ini sudah terkirim" in changed.text
    assert 'href="/hasil/1/"' in changed.text
    assert "<td>5000</td><td><strong>7500</strong></td>" in changed.text

    again = hidden(changed.text)
    second = client.post("/bayar-uji/", again)

    assert again["form_key"] != form["form_key"]
    assert [one["amount"] for one in received] == ["5000", "7500"]
    assert second.headers["Location"] == "/hasil/2/"


def test_what_a_form_brought_is_kept_sealed_and_without_passwords(
    client: Client, hidden: Hidden, received: list[dict[str, str]]
) -> None:
    form = hidden(client.get("/bayar-uji/").text) | {"amount": "5000", "password": "rahasia"}

    client.post("/bayar-uji/", form)
    same = client.post("/bayar-uji/", form | {"password": "lain"})

    kept = SentForm.objects.get().content
    assert "5000" not in kept
    assert "rahasia" not in vault.unseal_text(kept)
    assert same.headers["Location"] == "/hasil/1/"


def test_figures_that_the_page_showed_are_not_what_a_person_typed(
    client: Client, hidden: Hidden, received: list[dict[str, str]]
) -> None:
    form = hidden(client.get("/bayar-uji/").text) | {"amount": "5000"}

    client.post("/bayar-uji/", form | {"shown": "0f3a"})
    same = client.post("/bayar-uji/", form | {"shown": "77bc"})

    assert same.headers["Location"] == "/hasil/1/"
    assert len(received) == 1


def test_another_file_under_the_same_key_is_a_change_and_is_asked_for_again(
    client: Client, rini: Person, received: list[dict[str, str]]
) -> None:
    client.force_login(rini.login)
    key = once.new_key()
    client.post("/bayar-masuk/", {"form_key": key, "file": SimpleUploadedFile("a.jpg", b"1")})

    changed = client.post("/bayar-masuk/", {"form_key": key, "file": SimpleUploadedFile("b.jpg", b"22")})

    assert changed.status_code == 409
    assert "a.jpg" in changed.text
    assert "Pilih lagi berkas “b.jpg”" in changed.text
    assert len(received) == 1
