"""Every page of the kit: whole, in the right language, and clean under the strict policy."""

import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.web.pages")]

PAGES = ["/", "/gaya/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_without_a_company(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert '<html lang="id">' in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_nothing_inline(client: Client, path: str) -> None:
    text = client.get(path).text

    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text) == []
    assert re.findall(r"<style\b", text) == []
    assert re.findall(r"\sstyle=", text) == []
    assert re.findall(r"\son[a-z]+=", text) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_no_other_house_for_anything(client: Client, path: str) -> None:
    text = client.get(path).text

    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]*\.(?:js|css|woff2?|png|jpg|svg)', text) == []


def test_the_other_language_is_kept_in_a_cookie(client: Client) -> None:
    answer = client.post("/tampilan/", {"language": "en", "next": "/gaya/"})

    assert answer.headers["Location"] == "/gaya/"
    assert '<html lang="en">' in client.get("/").text


@pytest.mark.parametrize(
    ("theme", "media"),
    [("auto", "screen and (prefers-color-scheme: dark)"), ("gelap", "screen")],
)
def test_the_dark_colours_are_linked_for_whom_they_are(client: Client, theme: str, media: str) -> None:
    client.post("/tampilan/", {"theme": theme})

    assert f'dark.css" media="{media}"' in client.get("/").text


def test_the_dark_colours_are_not_linked_for_the_light_theme(client: Client) -> None:
    client.post("/tampilan/", {"theme": "terang"})

    assert "dark.css" not in client.get("/").text


@pytest.mark.parametrize("wanted", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_to_another_site(client: Client, wanted: str) -> None:
    answer = client.post("/tampilan/", {"theme": "gelap", "next": wanted})

    assert answer.headers["Location"] == "/"


def test_an_unknown_theme_or_language_is_not_kept(client: Client) -> None:
    answer = client.post("/tampilan/", {"theme": "neon", "language": "xx"})

    assert answer.cookies == {}


@pytest.mark.urls("tatausaha.config.urls")
def test_the_page_of_components_is_for_development_only(client: Client) -> None:
    assert client.get("/gaya/").status_code == 404
