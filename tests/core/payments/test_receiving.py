"""Money comes in: cash and transfers, too much and too late, and never twice."""

from datetime import date, timedelta

import pytest

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as bills
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.passes import grant
from tatausaha.core.ledger.queries import changed_under
from tatausaha.core.ledger.services import rebook
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments import panels, queries, services, verification
from tatausaha.core.payments.asking import AskFirst
from tatausaha.core.payments.models import Payment, Receipt, Suspense
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.people.models import Role
from tatausaha.core.procedures import checks, registry
from tatausaha.core.procedures.queries import worklist
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform, settle, sweep
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]

PROOF = Upload(b"%PDF-1.4 bukti", "application/pdf", "bukti.pdf")


@pytest.fixture
def cash(unit, rini, sari, at):
    def receive(amount, *invoices, by=sari, at=at, **more):
        return services.receive_cash(
            unit=unit, payer=rini, amount=amount, invoices=invoices, by=by, at=at, **more
        )

    return receive


@pytest.fixture
def step(at):
    def take(payment, name, *, by, at=at, **data):
        return perform(payment, PAYMENT.step(name), by=by, at=at, data=data)

    return take


@pytest.fixture
def transfer(rini, at):
    def announce(*invoices, at=at):
        return services.open_transfer(payer=rini, invoices=invoices, by=rini, at=at)

    return announce


@pytest.mark.parametrize("code", ["payments.payment", "payments.suspense", "payments.refund"])
def test_the_tables_have_no_problems(code):
    assert checks.problems(registry.by_code(code)) == []


@pytest.mark.req("KOS-06")
def test_cash_is_booked_on_the_name_of_who_holds_it_and_moves_the_case(hire, cash, sari, rini, at, books):
    payment = cash(100_000, hiring.down_payment(hire, by=sari, at=at))

    hire.refresh_from_db()
    assert (payment.status, hire.status) == ("confirmed", "approved")
    assert (books(chart.CASH_DRAWER, sari), books(chart.CUSTOMER_ADVANCES, rini)) == (100_000, -100_000)
    assert payment.journal.source_type == "payments.payment"
    assert verification.findings() == []


@pytest.mark.req("KOS-05")
@pytest.mark.req("KOS-11")
def test_a_transfer_is_announced_proven_confirmed_and_receipted(
    hire, transfer, step, sari, rini, at, books, unit
):
    payment = transfer(hiring.down_payment(hire, by=sari, at=at))
    code = payment.expected_amount - payment.amount
    assert (payment.amount, payment.status, 1 <= code <= 999) == (100_000, "expected", True)

    payment = step(payment, "submit", by=rini, proof=PROOF, occurred_on=at.date(), sender="BCA 123 Rini")
    assert (payment.status, queries.pending(hire)) == ("submitted", 100_000)
    payment = step(payment, "confirm", by=sari)

    hire.refresh_from_db()
    receipt = Receipt.objects.get(payment=payment)
    assert (payment.status, payment.amount, hire.status) == ("confirmed", 100_000 + code, "approved")
    assert (receipt.number, receipt.amount) == ("KW/MELATI/2026/00001", 100_000 + code)
    assert books(chart.BANK) == 100_000 + code
    assert (billing.held(hire, "advance"), billing.balance_of(rini, unit)) == (100_000, code)
    assert queries.came_from(hire) == "BCA 123 Rini"
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-11")
def test_the_same_transfer_announced_twice_is_one(hire, transfer, sari, at):
    bill = hiring.down_payment(hire, by=sari, at=at)

    assert transfer(bill) == transfer(bill)
    assert Payment.objects.count() == 1


@pytest.mark.req("KOS-11")
def test_no_two_live_transfers_have_one_amount(hires, unit, budi, rini, sari, bank, at):
    made = []
    for person in (rini, budi):
        bill = hiring.down_payment(hiring.new_hire(unit, person, at), by=sari, at=at)
        made.append(services.open_transfer(payer=person, invoices=[bill], by=person, at=at))
    first, second = made
    assert first.expected_amount != second.expected_amount

    with pytest.raises(Exception, match=r"one_live_transfer_of_an_amount|UNIQUE"):
        Payment.objects.filter(pk=second.pk).update(expected_amount=first.expected_amount)


@pytest.mark.req("KOS-11")
def test_money_under_review_lowers_what_is_offered_to_pay(hire, transfer, step, rini, sari, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())
    step(transfer(bill), "submit", by=rini, proof=PROOF)

    assert queries.offered([bill]) == 0
    with pytest.raises(Refused, match="sedang diperiksa"):
        transfer(bill)


@pytest.mark.req("KOS-03")
def test_a_proof_in_time_stops_the_clock_of_the_case(hire, transfer, step, rini, sari, at):
    payment = transfer(hiring.down_payment(hire, by=sari, at=at))
    step(payment, "submit", by=rini, proof=PROOF)

    assert settle(hire, at=at + timedelta(days=8)).status == "submitted"
    payment.refresh_from_db()
    step(payment, "confirm", by=sari, at=at + timedelta(days=2))
    hire.refresh_from_db()
    assert hire.status == "approved"


@pytest.mark.req("KOS-05")
def test_an_announced_transfer_lapses_after_48_hours_and_may_still_be_proven(
    hire, transfer, step, rini, sari, at
):
    payment = transfer(hiring.down_payment(hire, by=sari, at=at))

    assert settle(payment, at=at + timedelta(hours=48, seconds=-1)).status == "expected"
    assert [item.number for item in worklist(payment.customer)] == [payment.number]
    assert settle(payment, at=at + timedelta(hours=48)).status == "lapsed"
    assert worklist(payment.customer) == []
    assert step(payment, "submit", by=rini, at=at + timedelta(hours=50), proof=PROOF).status == "submitted"


@pytest.mark.req("KOS-11")
def test_a_proof_nobody_looks_at_is_escalated_and_never_cancelled(hire, transfer, step, rini, sari, hadi, at):
    payment = transfer(hiring.down_payment(hire, by=sari, at=at))
    payment = step(payment, "submit", by=rini, proof=PROOF)

    assert sweep(at=at + timedelta(hours=72, seconds=-1)) == 0
    sweep(at=at + timedelta(hours=72))
    payment.refresh_from_db()
    assert payment.status == "escalated"
    sweep(at=at + timedelta(days=400))
    payment.refresh_from_db()
    assert payment.status == "escalated"

    assert step(payment, "confirm", by=hadi, at=at + timedelta(days=4)).status == "confirmed"


@pytest.mark.req("KOS-11")
def test_a_rejected_proof_takes_no_money_and_says_why(hire, transfer, step, rini, sari, at):
    payment = step(transfer(hiring.down_payment(hire, by=sari, at=at)), "submit", by=rini, proof=PROOF)

    payment = step(payment, "reject", by=sari, note="Tidak ada di mutasi")

    assert (payment.status, Journal.objects.count(), queries.pending(hire)) == ("rejected", 0, 0)


@pytest.mark.req("KOS-11")
def test_one_proof_serves_one_payment(hire, transfer, step, rini, sari, at):
    down, held = hiring.down_payment(hire, by=sari, at=at), hiring.deposit(hire, by=sari, at=at)
    first = step(transfer(down), "submit", by=rini, proof=PROOF)
    second = transfer(held)

    with pytest.raises(Refused, match=first.number):
        step(second, "submit", by=rini, proof=PROOF)

    second.refresh_from_db()
    assert second.status == "expected"


@pytest.mark.req("SYS-06")
def test_nobody_confirms_their_own_payment(hire, transfer, step, rini, sari, unit, at):
    payment = step(transfer(hiring.down_payment(hire, by=sari, at=at)), "submit", by=rini, proof=PROOF)

    with pytest.raises(Refused, match="dilakukan oleh Pengelola"):
        step(payment, "confirm", by=rini)
    Role.objects.create(person=rini, unit=unit, name="manager", since=at)
    rini = type(rini).objects.get(pk=rini.pk)
    with pytest.raises(Refused, match="diperiksa orang lain"):
        step(payment, "confirm", by=rini)
    assert Journal.objects.count() == 0


@pytest.mark.req("SYS-04")
def test_confirming_again_books_nothing_more(hire, transfer, step, rini, sari, at):
    payment = step(transfer(hiring.down_payment(hire, by=sari, at=at)), "submit", by=rini, proof=PROOF)
    step(payment, "confirm", by=sari)

    with pytest.raises(Refused, match="sekarang berstatus dikonfirmasi"):
        step(payment, "confirm", by=sari)

    assert (Journal.objects.count(), Receipt.objects.count()) == (1, 1)


@pytest.mark.req("KOS-09")
def test_money_settles_the_oldest_bill_first_and_rent_before_services(hire, cash, sari, at):
    old = hiring.rent(hire, by=sari, at=at, due_on=at.date() - timedelta(days=30), laundry=150_000)
    new = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    cash(1_100_000, new, old)

    settled = [(line.kind, line.settled) for line in billing.lines_of(old)]
    assert settled == [("service", 100_000), ("rent", 1_000_000)]
    new.refresh_from_db()
    assert new.settled == 0


@pytest.mark.req("KOS-11")
def test_a_newer_bill_waits_for_the_older_unless_the_owner_says_so(hire, cash, sari, hadi, at):
    old = hiring.rent(hire, by=sari, at=at, due_on=at.date() - timedelta(days=30))
    new = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    with pytest.raises(Refused, match=old.number):
        cash(1_000_000, new)
    assert cash(1_000_000, new, by=hadi).status == "confirmed"


@pytest.mark.req("KOS-11")
def test_too_much_becomes_balance_and_far_too_much_asks_first(hire, cash, unit, rini, sari, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    with pytest.raises(AskFirst, match=r"Rp1\.000\.001 lebih"):
        cash(2_000_001, bill)
    assert Payment.objects.count() == 0
    cash(2_000_001, bill, sure=True)

    assert billing.balance_of(rini, unit) == 1_000_001
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-11", "SYS-07")
def test_the_same_money_within_ten_minutes_asks_first(hire, cash, sari, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())
    cash(300_000, bill)

    with pytest.raises(AskFirst, match="baru saja dicatat"):
        cash(300_000, bill, at=at + timedelta(minutes=9))
    cash(300_000, bill, at=at + timedelta(minutes=9), sure=True)
    cash(300_000, bill, at=at + timedelta(minutes=19, seconds=1))
    assert Payment.objects.count() == 3


@pytest.mark.req("SYS-07")
def test_a_form_sent_twice_takes_the_cash_once(hire, cash, sari, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    first = cash(300_000, bill, key="form-1")
    again = cash(300_000, bill, key="form-1", at=at + timedelta(hours=1))

    assert (again.pk, Journal.objects.count()) == (first.pk, 1)


@pytest.mark.req("KOS-16", "SYS-06")
def test_only_a_manager_of_the_unit_takes_cash(hire, cash, sari, rini, budi, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    for stranger in (rini, budi):
        with pytest.raises(Refused, match="dilakukan oleh Pengelola"):
            cash(300_000, bill, by=stranger)
    assert Payment.objects.count() == 0


@pytest.mark.req("KOS-17")
def test_money_cannot_come_tomorrow_nor_long_ago_but_for_the_owner(hire, cash, sari, hadi, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    with pytest.raises(Refused, match="belum tiba"):
        cash(1000, bill, occurred_on=at.date() + timedelta(days=1))
    with pytest.raises(Refused, match="60 hari"):
        cash(1000, bill, occurred_on=at.date() - timedelta(days=61))
    assert cash(1000, bill, by=hadi, occurred_on=at.date() - timedelta(days=61)).status == "confirmed"


@pytest.mark.req("KOS-17")
def test_last_months_money_is_booked_today_marked_told_the_owner_and_dated_on_the_receipt(
    hire, cash, sari, hadi, at
):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    payment = cash(1_000_000, bill, occurred_on=date(2026, 2, 28))

    journal = payment.journal
    assert payment.across_months
    assert (journal.event_on, journal.book_on) == (date(2026, 2, 28), date(2026, 3, 10))
    assert journal.tag
    receipt = Receipt.objects.get(payment=payment)
    assert (receipt.said["issued_on"], receipt.said["method"]) == (
        "2026-03-10", "Tunai, dibayar Sabtu, 28 Februari 2026",
    )  # fmt: skip
    told = Notice.objects.get(person=hadi, key=f"payment|{payment.pk}|across|{hadi.pk}")
    assert told.title == "Lintas bulan: Rp1.000.000 dicatat terlambat"
    actions = [(str(one.label), one.url) for one in panels.of_payment(payment, hadi, at)["actions"]]
    assert actions == [("Pindahkan ke Februari 2026", f"/buku/jurnal/{journal.pk}/pindah/")]
    assert panels.of_payment(payment, sari, at)["actions"] == ()
    rebook(journal, book_on=date(2026, 2, 28), by=hadi, at=at, reason="Lintas bulan")
    shown = panels.of_payment(payment, hadi, at)
    assert (shown["actions"], "Lintas bulan" in {str(fact.label) for fact in shown["facts"]}) == ((), False)
    today = cash(75_000, hiring.rent(hire, by=sari, at=at, due_on=at.date() + timedelta(days=30)))
    assert Receipt.objects.get(payment=today).said["method"] == "Tunai"


@pytest.mark.req("KOS-18")
def test_last_months_money_uses_no_pass_that_was_given_for_something_else(hire, cash, unit, sari, hadi, at):
    held = grant(
        person=sari, unit=unit, from_ym=202602, to_ym=202602, reason="Nota tertinggal",
        ends_at=at + timedelta(hours=2), max_journals=1, by=hadi, at=at,
    )  # fmt: skip
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    payment = cash(1_000_000, bill, occurred_on=date(2026, 2, 28))

    assert (payment.across_months, payment.journal.book_on) == (True, date(2026, 3, 10))
    assert list(changed_under(held)) == []


@pytest.mark.req("KOS-03")
def test_late_money_revives_the_case_while_it_is_free(hire, transfer, step, rini, sari, at):
    payment = transfer(hiring.down_payment(hire, by=sari, at=at))
    later = at + timedelta(days=9)
    assert settle(hire, at=later).status == "cancelled"

    step(payment, "match", by=sari, at=later)

    hire.refresh_from_db()
    assert (hire.status, billing.held(hire, "advance")) == ("approved", 100_000)


@pytest.mark.req("KOS-11")
def test_money_for_a_void_bill_waits_as_titipan_for_the_manager(hire, transfer, step, rini, sari, at, books):
    bill = hiring.down_payment(hire, by=sari, at=at)
    payment = transfer(bill)
    bills.void(bill, by=sari, at=at, reason="Pesanan batal")

    payment = step(payment, "match", by=sari)

    case = Suspense.objects.get()
    assert (case.amount, case.customer, case.status) == (payment.expected_amount, rini, "held")
    assert books(chart.UNIDENTIFIED, rini) == -payment.expected_amount
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-11")
def test_money_for_a_case_that_is_over_waits_as_titipan(hire, transfer, step, sari, at):
    payment = transfer(hiring.down_payment(hire, by=sari, at=at))
    perform(hire, procedure_of(hire).step("reject"), by=sari, at=at)

    step(payment, "match", by=sari)

    assert (Suspense.objects.get().amount, billing.held(hire, "advance")) == (payment.expected_amount, 0)


@pytest.mark.req("KOS-11")
def test_money_of_a_case_that_can_no_longer_use_it_is_set_aside(hire, cash, sari, rini, at, books):
    cash(60_000, hiring.down_payment(hire, by=sari, at=at))

    case = services.set_aside(hire, kind="advance", reason="Barang sudah disewa", by=sari, at=at)

    assert (case.amount, billing.held(hire, "advance"), billing.held(case, "unidentified")) == (
        60_000,
        0,
        60_000,
    )
    assert (books(chart.UNIDENTIFIED, rini), books(chart.CUSTOMER_ADVANCES, rini)) == (-60_000, 0)
    assert services.set_aside(hire, kind="advance", reason="Lagi", by=sari, at=at) is None


@pytest.mark.req("KOS-05")
def test_a_part_of_the_down_payment_is_kept_and_the_case_waits(hire, cash, sari, at):
    bill = hiring.down_payment(hire, by=sari, at=at)

    cash(60_000, bill)

    hire.refresh_from_db()
    bill.refresh_from_db()
    assert (hire.status, bill.remaining, billing.held(hire, "advance")) == ("submitted", 40_000, 60_000)


def test_bills_of_two_units_are_paid_apart(hire, unit_wita, rini, hadi, at):
    here = hiring.down_payment(hire, by=hadi, at=at)
    there = hiring.down_payment(hiring.new_hire(unit_wita, rini, at), by=hadi, at=at)

    with pytest.raises(Refused, match="unit yang berbeda"):
        services.open_transfer(payer=rini, invoices=[here, there], by=rini, at=at)
