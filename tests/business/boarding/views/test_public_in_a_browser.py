"""What only a browser can tell of the public pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tatausaha.business.boarding.models import House, Room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


@pytest.mark.req("KOS-01")
@pytest.mark.parametrize(("width", "height"), [(360, 740), (800, 600), (1024, 768)])
@pytest.mark.parametrize("script", [True, False])
def test_the_first_house_is_seen_without_scrolling(
    open_page: Open, house: House, rooms: list[Room], width: int, height: int, script: bool
) -> None:
    page = open_page(viewport={"width": width, "height": height}, java_script_enabled=script)

    page.goto("/kos/")

    seen = page.locator(".listing img").first.bounding_box()
    assert seen is not None
    assert seen["y"] + 120 < height


@pytest.mark.req("KOS-01")
def test_the_filters_unfold_on_a_phone_and_stand_open_on_a_desk(
    open_page: Open, house: House, rooms: list[Room]
) -> None:
    phone = open_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    desk = open_page(viewport={"width": 1440, "height": 900}, java_script_enabled=False)

    phone.goto("/kos/")
    desk.goto("/kos/")

    expect(desk.get_by_label("Harga sampai (Rp)")).to_be_visible()
    expect(phone.get_by_label("Harga sampai (Rp)")).to_be_hidden()
    phone.get_by_text("Saringan dan urutan").click()
    phone.get_by_label("Harga sampai (Rp)").fill("1,5 jt")
    phone.get_by_role("button", name="Cari kamar").click()
    expect(phone.get_by_text("sampai Rp1.500.000")).to_be_visible()


def test_filters_that_could_not_be_read_are_unfolded(
    open_page: Open, house: House, rooms: list[Room]
) -> None:
    phone = open_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)

    phone.goto("/kos/?maks=murah")

    expect(phone.get_by_text("Tulis jumlah rupiah dengan angka")).to_be_visible()
