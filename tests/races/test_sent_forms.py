"""A nervous finger and a nervous network, all at the same moment."""

import pytest
from django.test import Client

from tatausaha.core.people.models import Company
from tatausaha.core.web import once
from tests.core.web import pages
from tests.races.threads import errors, results, together


@pytest.mark.race
@pytest.mark.req("SYS-07")
@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("tests.core.web.pages")
def test_one_form_sent_by_ten_clicks_at_once_acts_once(company: Company) -> None:
    pages.received.clear()
    form = {"form_key": once.new_key(), "amount": "1.500.000"}

    def send() -> str:
        return Client().post("/bayar-uji/", form).headers["Location"]

    outcomes = together([send] * 10)

    assert errors(outcomes) == []
    assert results(outcomes) == ["/hasil/1/"] * 10
    assert len(pages.received) == 1
