"""What only a browser can tell: that pages fit, are clean under the policy, light, and work by hand."""

import gzip
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.core.web.pages"),
]

Open = Callable[..., Page]
SIZES = [(360, 740), (800, 600), (1024, 768), (1440, 900)]
LIGHT = 60 * 1024
"""Bytes of a first load, compressed."""


@pytest.mark.req("SYS-02")
@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("path", ["/", "/gaya/"])
def test_a_page_fits_and_breaks_no_rule_of_the_policy(
    open_page: Open, path: str, width: int, height: int
) -> None:
    page = open_page(viewport={"width": width, "height": height})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(urlsplit(request.url).hostname or ""))

    page.goto(path)

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1
    assert said == []
    assert set(asked) == {urlsplit(page.url).hostname}


def test_every_field_has_a_label_and_every_button_a_word(open_page: Open) -> None:
    page = open_page()
    page.goto("/gaya/")
    page.evaluate(
        "document.querySelectorAll('details').forEach(one => one.open = true)"
    )  # what is folded away too

    bare = page.evaluate(
        """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
            .filter(e => !e.labels?.length && !e.ariaLabel).map(e => e.outerHTML)"""
    )
    dumb = page.evaluate(
        "() => [...document.querySelectorAll('button, a')].filter(e => !e.innerText.trim()).length"
    )

    assert (bare, dumb) == ([], 0)


@pytest.mark.req("SYS-02")
def test_targets_can_be_hit_with_a_thumb(open_page: Open) -> None:
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto("/gaya/")

    small = page.evaluate(
        """() => [...document.querySelectorAll('button, .button, .entry, .tabs a, select, textarea')]
            .map(e => [e.innerText, e.getBoundingClientRect()])
            .filter(([, r]) => r.width && (r.height < 44 || r.width < 44)).map(([t, r]) => [t, r.height])"""
    )

    assert small == []


@pytest.mark.req("SYS-02")
@pytest.mark.parametrize("path", ["/", "/gaya/"])
def test_a_first_load_is_light(open_page: Open, path: str) -> None:
    page = open_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - it takes no built-in

    page.goto(path, wait_until="networkidle")

    sizes = {urlsplit(one.url).path: len(gzip.compress(one.body())) for one in answers if one.status == 200}
    sizes.pop("/statis/django_htmx/django-htmx.js", None)  # only where DEBUG is on
    assert "/statis/django_htmx/htmx-2.min.js" in sizes
    assert sum(sizes.values()) < LIGHT, sizes


def test_an_amount_is_read_back_while_one_types(open_page: Open) -> None:
    page = open_page()
    page.goto("/gaya/")

    page.locator("#id_amount").fill("")
    page.locator("#id_amount").press_sequentially("2,75 jt")

    expect(page.locator("#id_amount_read")).to_have_text("Terbaca: Rp2.750.000")


def test_a_date_is_typed_or_picked(open_page: Open) -> None:
    page = open_page()
    page.goto("/gaya/")
    field = page.locator(".dated").first

    expect(field.get_by_role("button", name="Pilih")).to_be_visible()
    field.locator(".pick").evaluate(
        "e => { e.value = '2026-08-17'; e.dispatchEvent(new Event('change', {bubbles: true})) }"
    )

    expect(page.locator("#id_on")).to_have_value("17/08/2026")
    expect(page.locator("#id_on_read")).to_have_text("Terbaca: Senin, 17 Agustus 2026")


def test_a_file_is_chosen_with_our_words_and_its_name_is_shown(open_page: Open) -> None:
    page = open_page()
    page.goto("/gaya/")
    field = page.locator(".file").first
    button = field.locator("label.button")

    expect(button).to_have_text("Ambil foto")
    expect(field.locator(".chosen")).to_have_text("belum ada yang dipilih")
    with page.expect_file_chooser() as chooser:
        button.click()
    chooser.value.set_files({"name": "bukti.png", "mimeType": "image/png", "buffer": b"png"})

    expect(field.locator(".chosen")).to_have_text("bukti.png")


def test_the_browser_s_own_button_stays_where_no_script_runs(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/gaya/")
    field = page.locator(".file").first

    expect(field.locator("label.button")).to_be_hidden()
    seen = field.locator("input").bounding_box()
    assert seen is not None
    assert seen["height"] >= 44


def test_without_a_script_nothing_is_offered_that_needs_one(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/gaya/")

    assert page.locator("[data-picks]:visible").count() == 0
    page.goto("/")
    page.get_by_role("button", name="Gelap").click()
    assert page.locator('link[href$="dark.css"]').get_attribute("media") == "screen"


def test_the_dark_follows_the_device_until_one_chooses(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"

    dark = page.evaluate(ground)
    page.get_by_role("button", name="Terang", exact=True).click()
    light = page.evaluate(ground)

    assert (dark, light) == ("rgb(18, 24, 22)", "rgb(248, 245, 238)")


def test_the_first_mistake_gets_the_eye(open_page: Open) -> None:
    page = open_page()
    page.goto("/bayar-uji/")
    page.locator("#id_amount").fill("banyak")
    page.locator("form[method=post]:has(#id_amount)").evaluate("f => f.submit()")

    expect(page.locator(".summary")).to_be_focused()
    page.locator(".summary a").click()
    expect(page.locator("#id_amount")).to_be_focused()
    expect(page.locator("#id_amount")).to_have_value("banyak")


@pytest.mark.req("SYS-02")
def test_a_form_is_printed_empty_with_lines_to_write_on_and_a_place_to_sign(open_page: Open) -> None:
    page = open_page(viewport={"width": 1100, "height": 800})
    page.goto("/gaya/")
    page.emulate_media(media="print")

    field = page.locator(".form .field").first
    expect(field.locator("label").first).to_be_visible()
    written = field.locator("input, select, textarea").first
    expect(written).to_be_visible()
    expect(written).to_have_css("border-top-width", "0px")
    expect(written).to_have_css("border-bottom-width", "1px")
    expect(page.locator(".form .button").first).to_be_hidden()
    expect(page.locator(".paper-sign")).to_be_visible()

    page.goto("/")

    expect(page.locator(".paper-foot").last).to_be_visible()
    expect(page.locator(".paper-sign")).to_be_hidden()

    page.evaluate(
        "document.body.className = 'work'"
    )  # the frame of those who work here leaves its rail behind
    expect(page.locator("body")).to_have_css("display", "block")
