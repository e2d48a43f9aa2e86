"""What somebody signed in has seen is kept by no browser and no proxy (SYS-06)."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-06")]


@pytest.mark.parametrize(
    "path", ["/hari-ini/", "/akun/saya/", "/kasus/", "/akun/token/", "/kos/", "/tidak-ada/"]
)
def test_pages_of_somebody_signed_in_are_kept_nowhere(rini, path):
    client = Client()
    client.force_login(rini.login)

    assert "no-store" in client.get(path)["Cache-Control"]


def test_pages_for_everybody_may_be_kept(company):
    assert "Cache-Control" not in Client().get("/kos/")
    assert "max-age" in Client().get("/kos/gambar/rumah/melati.svg")["Cache-Control"]
