"""Steps that move money show their figures first and ask once (SYS-10)."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding.services.bills import issue_due_bills
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.words import long_date
from tatausaha.core.payments.models import BankAccount, Refund
from tatausaha.core.payments.services import open_transfer
from tatausaha.core.procedures import registry
from tatausaha.core.procedures.spec import Step
from tests.business.boarding.desk import PAPER

pytestmark = pytest.mark.django_db

HARMLESS = {
    "boarding.deposit_use: withdraw",
    "boarding.discount: withdraw",
    "boarding.stay: stay_on",
    "boarding.stay: keep_cycle",
    "boarding.stay: sheet_in",
    "boarding.stay: sheet_out",
    "boarding.wish: withdraw",
    "boarding.ticket: take",
    "boarding.ticket: close_room",
    "boarding.ticket: open_room",
    "boarding.ticket: confirm",
    "boarding.ticket: withdraw",
    "payments.expense: approve",
    "payments.handover: withdraw",
    "reports.pass: withdraw",
}
"""Steps by one tap that move no rupiah: a notice, an offer or a question taken back, a sheet handed over,
a yes to whoever will spend, a report of something broken on its way,
a wish for a room."""


@pytest.fixture
def inspected(booked, desk, sari):
    """Rini has left; a cupboard door is broken for Rp200.000; the deposit is Rp500.000."""
    stay = desk.move_in(booked)
    desk.wait(days=29).step(stay, "move_out", on=desk.at.date())
    _break(stay, "Pintu lemari", 200_000, desk)
    return stay


def _break(stay, what, amount, desk):
    desk.damage(stay, what, amount)


@pytest.fixture
def browser(desk, clock_at):
    def of(person=None):
        clock_at(desk.at)
        client = Client()
        client.force_login((person or desk.manager).login)
        return client

    return of


@pytest.mark.req("SYS-07")
def test_no_step_of_a_person_moves_money_at_one_tap(sops):
    taps = [
        f"{procedure.code}: {step.name}"
        for procedure in registry.procedures()
        if not procedure.code.startswith("toys.")
        for step in procedure.steps
        if not step.who.machine and not step.opens
    ]

    assert set(taps) <= HARMLESS


@pytest.mark.req("KOS-12", "SYS-10")
def test_the_settlement_shows_its_figures_before_it_is_made(inspected, browser):
    page = browser()
    url = f"/kasus/{inspected.number}/langkah/settle/"

    assert f'href="{url}"' in page.get(inspected.get_absolute_url()).text  # a link, not a button that acts
    text = page.get(url).text

    assert re.search(r"Deposit yang dipegang.*?Rp500\.000.*?Kerusakan.*?Rp200\.000", text, re.DOTALL)
    assert re.search(r"Dikembalikan kepada Rini.*?Rp300\.000", text, re.DOTALL)
    assert not Refund.objects.exists()

    shown = re.search(r'name="shown" value="(\w+)"', text).group(1)
    assert page.post(url, {"shown": shown}).status_code == 302
    assert Refund.objects.get().amount == 300_000


@pytest.mark.req("KOS-12", "SYS-10")
def test_figures_that_changed_meanwhile_are_shown_again_and_nothing_is_done(inspected, browser, desk):
    page, url = browser(), f"/kasus/{inspected.number}/langkah/settle/"
    shown = re.search(r'name="shown" value="(\w+)"', page.get(url).text).group(1)
    _break(inspected, "Kaca", 50_000, desk)

    answer = page.post(url, {"shown": shown})

    assert answer.status_code == 409
    assert "Angkanya baru saja berubah" in answer.text
    assert "Rp250.000" in answer.text
    inspected.refresh_from_db()
    assert (inspected.status, Refund.objects.count()) == ("inspection", 0)


@pytest.mark.req("KOS-12")
def test_what_stays_owed_is_said_before_the_settlement(inspected, browser, desk):
    _break(inspected, "Kasur", 600_000, desk)

    text = browser().get(f"/kasus/{inspected.number}/langkah/settle/").text

    assert re.search(r"Masih harus dibayar Rini.*?Rp300\.000", text, re.DOTALL)
    assert "Dikembalikan kepada" not in text


@pytest.mark.req("KOS-12")
def test_money_of_a_tenant_who_keeps_another_room_is_not_promised_back(inspected, browser, desk, rooms, rini):
    from tatausaha.business.boarding.services.booking import book  # noqa: PLC0415

    second = book(room=rooms[1], prospect=rini, services=[], move_in_on=desk.at.date(), occupant="wanita",
                  plan="down_payment", by=rini, at=desk.at)  # fmt: skip
    desk.cash(second)
    desk.step(second, "register", **PAPER)
    desk.cash(second, billing.outstanding(second) + 45_000)
    desk.step(second, "check_in", on=desk.at.date(), key="102")
    assert billing.balance_of(rini, inspected.unit) == 45_000

    text = browser().get(f"/kasus/{inspected.number}/langkah/settle/").text
    desk.step(inspected, "settle")

    said = re.search(r"Dikembalikan kepada Rini.*?(Rp[\d.]+)", text, re.DOTALL).group(1)
    assert said == "Rp345.000"
    assert Refund.objects.get().amount == 345_000


@pytest.mark.req("KOS-04", "SYS-10")
def test_a_prospect_sees_what_is_forfeited_before_cancelling(booked, browser, desk, rini):
    url = f"/kasus/{booked.number}/langkah/cancel/"
    assert "Belum ada uang yang masuk" in browser(rini).get(url).text

    desk.cash(booked)
    text = browser(rini).get(url).text

    assert re.search(r"Uang muka hangus.*?Rp100\.000", text, re.DOTALL)
    assert re.search(r"Dikembalikan kepada Rini.*?Rp0", text, re.DOTALL)


@pytest.mark.req("KOS-04", "KOS-12")
def test_the_trifle_of_a_unique_code_is_not_promised_back_on_cancelling(booked, browser, desk, rini):
    desk.cash(booked, 100_092)

    text = browser(rini).get(f"/kasus/{booked.number}/langkah/cancel/").text

    assert re.search(r"Menjadi saldo Rini.*?Rp92", text, re.DOTALL)
    assert re.search(r"Dikembalikan kepada Rini.*?Rp0", text, re.DOTALL)
    desk.step(booked, "cancel", by=rini)
    assert (Refund.objects.count(), billing.balance_of(rini, booked.unit)) == (0, 92)


@pytest.mark.req("KOS-05", "KOS-11")
def test_a_proof_that_waits_comes_before_cash_and_is_seen_where_it_is_decided(booked, browser, desk, rini):
    BankAccount.objects.create(unit=booked.unit, bank="BCA", number="1234567890", holder="CV Maju Bersama")
    transfer = open_transfer(payer=rini, invoices=list(billing.invoices_of(booked)), by=rini, at=desk.at)
    picture = Upload(b"\x89PNG", "image/png", "bukti.png")
    desk.step(transfer, "submit", by=rini, proof=picture, reference="0002062211")
    page = browser()

    text = page.get(booked.get_absolute_url()).text
    assert f'href="{transfer.get_absolute_url()}"' in text
    assert "Periksa bukti bayar" in text
    assert "Terima tunai" not in text.split('id="langkah"')[1].split("</section>")[0]

    assert '<img src="/berkas/' in page.get(f"/kasus/{transfer.number}/langkah/confirm/").text
    assert "0002062211" in page.get(transfer.get_absolute_url()).text  # a reference is no date


@pytest.mark.req("KOS-08")
def test_the_days_after_the_last_paid_period_are_shown_before_the_key_is_taken_back(booked, browser, desk):
    stay = desk.move_in(booked)
    desk.wait(days=33)

    text = browser().get(f"/kasus/{stay.number}/langkah/move_out/").text

    assert re.search(r"Kelebihan 3 hari bila kunci diterima hari ini.*?Rp100\.000", text, re.DOTALL)


@pytest.mark.req("KOS-11")
def test_how_much_is_owed_and_since_when_is_said_before_a_tenant_is_asked_to_leave(
    booked, browser, desk, hadi
):
    stay = desk.move_in(booked)
    desk.wait(days=75)
    issue_due_bills(at=desk.at)

    text = " ".join(browser(hadi).get(f"/kasus/{stay.number}/langkah/ask_to_leave/").text.split())

    told = text.split("Yang belum dibayar")[1].split("</section>")[0]
    first, second = (long_date(stay.anchor_on + timedelta(days=days)) for days in (30, 60))
    assert f"jatuh tempo {first}" in told
    assert f"jatuh tempo {second}" in told
    assert f"Menunggak<small>sejak {first}, 45 hari</small>" in told
    assert told.rindex(rupiah(billing.outstanding(stay))) > told.index("Menunggak")


def test_a_step_opens_a_page_when_it_asks_or_shows_something():
    bare = Step("go", "Jalan", "a", "b", who=None)  # type: ignore[arg-type]

    assert not bare.opens
    assert Step("go", "Jalan", "a", "b", who=None, preview=lambda *_: None).opens  # type: ignore[arg-type]
