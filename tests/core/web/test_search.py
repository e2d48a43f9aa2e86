"""The search on top of the workspace: one field for every kind of case, and for numbers on paper."""

import pytest

from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]


def test_the_field_on_top_asks_among_the_cases(browser_of, sari):
    seen = browser_of(sari).get("/hari-ini/").text

    assert 'action="/kasus/"' in seen


def test_words_find_cases_of_every_kind_by_subject_and_by_customer(browser_of, unit, sari, rini, at):
    found = request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note="Cetak KRS")
    browser = browser_of(sari)

    for words in ("cetak", rini.name.lower()):
        assert found.get_absolute_url() in browser.get("/kasus/", {"q": words}).text
    assert "Tidak ada yang cocok" in browser.get("/kasus/", {"q": "laptop"}).text


def test_a_whole_number_leads_straight_to_its_page(browser_of, request_, sari):
    answer = browser_of(sari).get("/kasus/", {"q": f" {request_.number.lower()} "})

    assert answer["Location"] == request_.get_absolute_url()


def test_nobody_finds_what_they_may_not_know_of(browser_of, request_, budi):
    browser = browser_of(budi)

    assert browser.get("/kasus/", {"q": request_.number}).status_code == 200
    assert request_.get_absolute_url() not in browser.get("/kasus/", {"q": request_.number}).text


def test_nonsense_for_a_page_is_the_first_one(browser_of, request_, sari):
    seen = browser_of(sari).get("/kasus/", {"q": request_.headline, "page": "-3x"}).text

    assert request_.get_absolute_url() in seen
