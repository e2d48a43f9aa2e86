"""The public page that answers whether a paper is genuine."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db.models import F

from tatausaha.core.documents.models import Asked
from tatausaha.core.documents.services import issue_paper, void_paper
from tatausaha.core.documents.sheets import Invoice, Letterhead, Line, spelled
from tatausaha.core.kernel import words
from tests.core.documents.test_typesetting import receipt


@pytest.fixture
def paper(unit, sari, at):
    return issue_paper(
        receipt(), kind="receipt", unit=unit, holder="Rini Wulandari", amount=1_400_000, by=sari, at=at
    )


def invoice():
    return Invoice(
        head=Letterhead("CV Maju Bersama", "Kos Melati", "Jl. Kampus 1"), number="TG/MELATI/2026/00001",
        issued_on=date(2026, 3, 3), payer="Rini Wulandari", subject="Sewa", due_on=date(2026, 3, 10),
        period="10 Mar 2026 – 8 Apr 2026", lines=[Line("Sewa kamar A1", 1_000_000)], total=1_000_000,
    )  # fmt: skip


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


@pytest.mark.req("KOS-10")
def test_anybody_learns_that_a_paper_is_genuine_and_nothing_more(client, paper):
    page = client.get(f"/asli/{paper.token}/")
    text = page.content.decode()

    assert page.status_code == 200
    for said in (
        "Surat ini asli",
        "KW/MELATI/2026/00001",
        "10 Maret 2026",
        "Rp1.400.000",
        "Kos Melati",
        "R*** W***",
    ):
        assert said in text, said
    assert "Wulandari" not in text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Cache-Control"] == "private, no-store"


@pytest.mark.req("KOS-10")
def test_a_digit_changed_in_a_line_or_in_what_was_left_is_exposed(client, unit, sari, at):
    lines = [Line("Sewa Rini Wulandari 10 Mar – 8 Apr", 900_000), Line("Deposit", 500_000)]
    sheet = replace(receipt(), lines=lines, left=250_000)
    paper = issue_paper(
        sheet, kind="receipt", unit=unit, holder="Rini Wulandari", amount=1_400_000, by=sari, at=at
    )

    text = text_of(client.get(f"/asli/{paper.token}/"))

    assert "Sewa R*** W*** 10 Mar – 8 Apr Rp900.000" in text
    assert "Deposit Rp500.000" in text
    assert "Sisa saat itu Rp250.000" in text


@pytest.mark.req("KOS-10")
def test_a_bill_shows_its_days_and_lines(client, unit, sari, at):
    paper = issue_paper(
        invoice(), kind="invoice", unit=unit, holder="Rini Wulandari", amount=1_000_000, by=sari, at=at
    )

    text = text_of(client.get(f"/asli/{paper.token}/"))

    assert f"Masa {invoice().period}" in text
    assert f"Jatuh tempo {words.long_date(invoice().due_on)}" in text
    assert all(line.text in text for line in invoice().lines)


@pytest.mark.req("KOS-10")
def test_a_void_paper_is_called_void_without_its_reason(client, paper, sari, at):
    void_paper(paper, reason="Penghuni berutang", by=sari, at=at)

    text = client.get(f"/asli/{paper.token}/").content.decode()

    assert "sudah dibatalkan" in text
    assert "Surat ini asli" not in text
    assert "berutang" not in text


@pytest.mark.req("KOS-10")
def test_a_code_typed_by_hand_leads_to_its_paper(client, paper):
    page = client.get("/asli/", {"kode": f" {spelled(paper.token).lower()} "}, follow=True)

    assert page.redirect_chain == [(f"/asli/{paper.token}/", 302)]
    assert "Surat ini asli" in page.content.decode()


def plain(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


def test_a_wrong_and_an_unknown_code_get_the_same_answer(client, company):
    unknown, wrong = client.get(f"/asli/{'0' * 26}/"), client.get("/asli/x/")

    assert unknown.status_code == wrong.status_code == 404
    assert "tidak kami kenal" in unknown.content.decode()
    assert plain(unknown) == plain(wrong).replace("/asli/x/", f"/asli/{'0' * 26}/")


@pytest.mark.parametrize("code", ["../../", "?", "   "])
def test_a_code_that_is_none_asks_again(client, company, code):
    page = client.get("/asli/", {"kode": code})

    assert page.status_code == 200
    assert "Kode pada surat" in page.content.decode()


def test_who_asks_too_often_waits_a_minute(client, company):
    answers = [client.get("/asli/x/").status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]
    assert client.get("/asli/x/")["Retry-After"] == "60"
    assert client.get("/asli/x/", REMOTE_ADDR="10.0.0.9").status_code == 404
    assert client.get("/asli/x/", HTTP_X_FORWARDED_FOR="10.0.0.8").status_code == 429
    cache.clear()  # in memory the minute is the entry's age
    Asked.objects.update(minute=F("minute") - timedelta(minutes=1))
    assert client.get("/asli/x/").status_code == 404


def test_behind_a_proxy_each_visitor_is_counted_alone(client, company, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(31):
        last = client.get("/asli/x/", HTTP_X_FORWARDED_FOR="10.0.0.8")

    assert last.status_code == 429
    assert client.get("/asli/x/", HTTP_X_FORWARDED_FOR="10.0.0.9").status_code == 404
