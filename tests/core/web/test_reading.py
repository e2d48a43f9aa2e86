"""What was understood is said while one types."""

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/dibaca/rupiah/?amount=1,5+jt", "Terbaca: Rp1.500.000"),
        ("/dibaca/rupiah/?amount=banyak", "Tulis jumlah rupiah"),
        ("/dibaca/tanggal/?on=21/11/26", "Terbaca: Sabtu, 21 November 2026"),
        ("/dibaca/tanggal/?on=31/2/26", "tidak ada di kalender"),
    ],
)
def test_the_page_says_what_it_understood_while_one_types(client: Client, path: str, says: str) -> None:
    assert says in client.get(path).text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/dibaca/rupiah/", "/dibaca/rupiah/?amount=+"])
def test_nothing_typed_is_nothing_said(client: Client, path: str) -> None:
    assert client.get(path).text.strip() == ""


@pytest.mark.django_db
def test_what_is_read_is_one_of_two_kinds(client: Client) -> None:
    assert client.get("/dibaca/lain/?x=1").status_code == 404
