"""What only a browser shows: the back button after paying, and two tabs of one person."""

import pytest
from playwright.sync_api import expect

from tatausaha.business.boarding.models import Booking
from tatausaha.core.kernel import clock
from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments.models import Payment
from tatausaha.core.people.models import Zone
from tests.stories.bad_input.conftest import photo

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.req("SYS-07", "SYS-02"),
]


@pytest.fixture
def at():
    """The machine's own time: sessions of a real browser know no other."""
    return clock.now()


def signed_in(page, person, then):
    page.goto(f"/akun/login/?next={then}")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill("rahasia-sekali")
    page.locator("form[method=post] button[type=submit]:visible").first.click()
    page.wait_for_url(f"**{then}")


@pytest.mark.req("KOS-06")
@pytest.mark.parametrize("scripts", [True, False])
def test_back_after_taking_cash_and_sending_again_leads_to_the_same_receipt(bill, sari, open_page, scripts):
    page = open_page(java_script_enabled=scripts)
    signed_in(page, sari, f"/terima-tunai/?tagihan={bill.number}")
    page.locator("#id_amount").fill("100.000")
    page.get_by_role("button", name="Terima uang dan terbitkan kuitansi").click()
    page.wait_for_url("**/kuitansi/**")
    receipt = page.url

    page.go_back()
    if page.get_by_role("button", name="Terima uang dan terbitkan kuitansi").count():
        page.locator("#id_amount").fill("100.000")
        page.get_by_role("button", name="Terima uang dan terbitkan kuitansi").click()
        page.wait_for_url("**/kuitansi/**")
        assert page.url == receipt
        expect(page.get_by_text("sudah terkirim sekali")).to_be_visible()
    else:
        expect(page.get_by_text("sudah lunas")).to_be_visible()

    assert Payment.objects.count() == 1
    assert Journal.objects.filter(kind="payment").count() == 1


@pytest.mark.req("KOS-05")
def test_back_after_sending_a_proof_sends_nothing_twice(transfer, bill, rini, open_page):
    page = open_page()
    signed_in(page, rini, f"/bayar/{bill.number}/")
    image = {"name": "bukti.jpg", "mimeType": "image/jpeg", "buffer": photo().read()}
    page.locator("input[type=file]").set_input_files(image)
    page.get_by_role("button", name="Saya sudah transfer").click()
    page.wait_for_url("**/tagihan/**")

    page.go_back()
    button = page.get_by_role("button", name="Saya sudah transfer")
    if button.count():
        button.click()
        page.wait_for_url("**/tagihan/**")
    else:
        expect(page.get_by_text("sedang diperiksa")).to_be_visible()

    transfer.refresh_from_db()
    assert (Payment.objects.count(), transfer.status) == (1, "submitted")


@pytest.mark.req("KOS-02")
def test_the_same_room_in_two_tabs(rooms, rini, open_page):
    left = open_page()
    address = "/kos/melati/101/pesan/"
    signed_in(left, rini, address)
    right = left.context.new_page()
    right.goto(address)
    day = f"{clock.day(clock.now(), Zone.WIB):%d/%m/%Y}"
    for tab in (left, right):
        tab.locator("#id_move_in_on").fill(day)
        tab.locator("input[name=occupant][value=wanita]").check()
        tab.get_by_role("button", name="Pesan kamar ini").click()

    left.wait_for_url("**/kasus/**")
    expect(right.get_by_text("masih punya satu pesanan yang belum dibayar").first).to_be_visible()
    expect(right.locator("#id_move_in_on")).to_have_value(day)
    assert Booking.objects.count() == 1
