"""Refusals and faults speak plainly."""

import pytest
from django.test import Client, override_settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.web.pages")]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/tidak-ada/", 404, "Halaman ini tidak ada"),
        ("/terlarang-uji/", 403, "bukan untuk akun Anda"),
        ("/besar-uji/", 413, "terlalu besar"),
        ("/sering-uji/", 429, "Terlalu sering"),
    ],
)
def test_an_error_says_what_happened_and_where_to_go(
    client: Client, path: str, status: int, says: str
) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert says in answer.text
    assert 'class="button main" href="/"' in answer.text


def test_a_fault_of_ours_is_told_without_the_database(client: Client) -> None:
    client.raise_request_exception = False

    answer = client.post("/gagal-uji/")

    assert answer.status_code == 500
    assert "salah di pihak kami" in answer.text
    assert "RuntimeError" not in answer.text


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100)
def test_a_text_that_is_too_large_is_told_as_such(client: Client) -> None:
    answer = client.post("/bayar-uji/", {"amount": "1" * 200})

    assert answer.status_code == 413


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1)
def test_too_many_fields_are_unreadable(client: Client) -> None:
    answer = client.post("/bayar-uji/", {"a": "1", "b": "2", "c": "3"})

    assert answer.status_code == 400
    assert "tidak terbaca" in answer.text
