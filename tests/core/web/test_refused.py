"""A no that no view has answered is a sentence on a page."""

import pytest
from django.test import Client

from tatausaha.business.boarding.views import public
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Company

pytestmark = pytest.mark.django_db


def test_an_unanswered_no_is_shown_in_its_own_words(
    company: Company, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:

    def say_no(*_args: object, **_more: object) -> None:
        raise Refused("SOP Pesanan kamar belum berlaku.")

    monkeypatch.setattr(public.search, "places_to_be_near", say_no)

    answer = client.get("/kos/")

    assert answer.status_code == 422
    assert "SOP Pesanan kamar belum berlaku." in answer.content.decode()
