"""A clock that was set back writes nothing before what is noted already, and says so."""

import logging
from datetime import timedelta

import pytest

from tatausaha.business.boarding.models import Booking
from tatausaha.config.leader import leadership
from tatausaha.config.worker import Worker
from tatausaha.core.kernel import tasks
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.verification import verify
from tatausaha.core.payments.models import Expense, Payment
from tatausaha.core.procedures import services
from tatausaha.core.procedures.models import Passage
from tests.business.boarding.desk import PAPER
from tests.stories.bad_input.conftest import WISH, flat, photo

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07")]

BACK = timedelta(hours=3)
SENTENCE = "Jam komputer mundur: catatan terakhir dibuat Selasa, 10 Maret 2026 10.00 WIB"


def counts():
    return (
        Passage.objects.count(), Journal.objects.count(), Payment.objects.count(), Booking.objects.count(),
        Expense.objects.count(),
    )  # fmt: skip


@pytest.fixture
def before(clock_at, at):
    """Set the clock back; what is written now must stay as it is."""

    def set_back():
        clock_at(at - BACK)
        return counts()

    return set_back


def test_a_booking(booking, rooms, budi, browse, program, before):
    browser, student = browse(budi), program(budi)
    was = before()

    page = browser.post("/kos/melati/102/pesan/", WISH)
    answer = student.post("/cases", {"procedure": "boarding.booking", "input": {**WISH, "room": rooms[1].pk}})

    assert page.status_code == 422
    assert SENTENCE in flat(page)
    assert 'value="12/03/2026"' in flat(page)
    assert (answer.status_code, answer.json()["detail"][: len(SENTENCE)]) == (409, SENTENCE)
    assert counts() == was


def test_a_step(submitted, sari, browse, program, before):
    browser, manager = browse(sari), program(sari)
    was = before()

    page = browser.post(f"/kasus/{submitted.number}/langkah/reject/", {"note": "Uangnya belum ada."})
    answer = manager.post(f"/cases/{submitted.number}/steps/reject", {"note": "Uangnya belum ada."})

    assert page.status_code == 422
    assert SENTENCE in flat(page)
    assert "Uangnya belum ada." in flat(page)
    assert (answer.status_code, answer.json()["detail"][: len(SENTENCE)]) == (409, SENTENCE)
    assert counts() == was


@pytest.mark.req("KOS-05")
def test_a_payment(submitted, bill, sari, browse, program, before):
    browser, manager = browse(sari), program(sari)
    was = before()

    page = browser.post(f"/kasus/{submitted.number}/langkah/confirm/", {"reference": "TRX-9"})
    cash = browser.post("/terima-tunai/", {"tagihan": bill.number, "amount": "100.000"})
    answer = manager.post("/money/cash", {"invoice": bill.number, "amount": 100_000})

    assert (page.status_code, cash.status_code, answer.status_code) == (422, 422, 409)
    assert SENTENCE in flat(page)
    assert 'value="TRX-9"' in flat(page)
    assert SENTENCE in flat(cash)
    assert 'value="100.000"' in flat(cash)
    assert answer.json()["detail"].startswith(SENTENCE)
    assert counts() == was
    assert verify() == []


@pytest.mark.req("KOS-14")
def test_an_expense_is_refused_by_the_books_alone(house, sari, browse, at, clock_at):
    form = {
        "unit": "melati", "note": "Lampu", "category": "61101", "amount": "75.000", "occurred_on": "10/03/2026",
        "paid_from": "transfer", "no_note": "Struk hilang",
    }  # fmt: skip
    browser = browse(sari)
    assert browser.post("/pengeluaran/baru/", form).status_code == 302
    clock_at(at - BACK)
    was = counts()

    page = browser.post("/pengeluaran/baru/", form | {"note": "Kabel"})

    assert page.status_code == 422
    assert SENTENCE in flat(page)
    assert 'value="Kabel"' in flat(page)
    assert counts() == was
    assert verify() == []


def test_pages_are_still_read_and_all_goes_on_when_the_clock_is_right_again(
    submitted, sari, browse, clock_at, at, before
):
    browser = browse(sari)
    before()

    assert {browser.get(page).status_code for page in ("/hari-ini/", f"/kasus/{submitted.number}/")} == {200}
    clock_at(at + timedelta(minutes=5))
    answer = browser.post(f"/kasus/{submitted.number}/langkah/confirm/", {})

    assert answer.status_code == 302
    assert verify() == []


def test_a_minute_between_two_machines_is_no_clock_set_back(submitted, sari, browse, clock_at, at):
    browser = browse(sari)
    clock_at(at - timedelta(seconds=50))

    assert (
        browser.post(f"/kasus/{submitted.number}/langkah/reject/", {"note": "Tidak ada."}).status_code == 302
    )


def test_the_clock_moves_nothing_and_the_sweep_goes_on(booking, rooms, at, caplog):
    """A deadline that has passed by a clock that then went back: the case waits, the others go on."""
    late = at + timedelta(days=8)
    Booking.objects.filter(pk=booking.pk).update(deadline_at=at - timedelta(hours=5))

    with caplog.at_level(logging.CRITICAL):
        moved = services.sweep(at=at - BACK)

    booking.refresh_from_db()
    assert (moved, booking.status) == (0, "held")
    assert services.sweep(at=late) == 1
    assert verify() == []


def test_the_worker_runs_every_task_at_its_next_turn(booking, at, clock_at, _today):
    lead = leadership("test")
    worker = Worker(tasks.registry.values(), lead)
    everything = set(worker.turn())
    clock_at(at - BACK)

    assert set(worker.turn()) == everything == set(tasks.registry)
    clock_at(at)
    assert worker.turn()
    lead.release()
    assert verify() == []


@pytest.mark.req("KOS-07")
def test_a_registration_keeps_no_paper_either(booking, sari, rini, desk, clock_at, at, browse, before):
    desk.cash(booking)
    browser = browse(rini)
    was = before()

    page = browser.post(
        f"/kasus/{booking.number}/langkah/register/",
        {name: value for name, value in PAPER.items() if isinstance(value, str)} | {"paper_file": photo()},
    )

    assert page.status_code == 422
    assert SENTENCE in flat(page)
    assert 'value="Bu Ratna"' in flat(page)
    assert not rini.papers.exists()
    assert counts() == was
