"""Bills: issued once, recognised on the due date, settled in order, taken back with a trace."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tatausaha.core.billing import queries, services
from tatausaha.core.billing.models import Allocation, Holding, HoldingEntry, Invoice, InvoiceLine
from tatausaha.core.billing.services import NewLine, held
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Draft, Line, post
from tatausaha.core.payments.services import receive_cash
from tatausaha.core.people.actors import Machine
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires")]

DUE = date(2026, 3, 17)


@pytest.fixture
def later(at):
    """The due date of the rent, ten in the morning."""
    return at + timedelta(days=7)


@pytest.fixture
def cash(unit, rini, sari, at):
    def receive(amount, *invoices, at=at, **more):
        return receive_cash(unit=unit, payer=rini, amount=amount, invoices=invoices, by=sari, at=at, **more)

    return receive


@pytest.mark.req("KOS-21")
def test_a_bill_says_what_for_and_bears_a_gapless_number(hire, sari, at):
    first = hiring.down_payment(hire, by=sari, at=at)
    second = hiring.deposit(hire, by=sari, at=at)

    assert [first.number, second.number] == ["TG/MELATI/2026/00001", "TG/MELATI/2026/00002"]
    assert (first.total, first.income, first.remaining) == (100_000, 0, 100_000)
    assert [(line.kind, line.amount) for line in queries.lines_of(second)] == [("deposit", 500_000)]
    assert queries.outstanding(hire) == 600_000


@pytest.mark.req("KOS-09", "KOS-21")
def test_issuing_again_gives_the_same_bill_and_takes_no_number(hire, sari, at):
    first = hiring.rent(hire, by=sari, at=at, due_on=DUE)
    again = hiring.rent(hire, by=sari, at=at, due_on=DUE)
    other = hiring.rent(hire, by=sari, at=at, due_on=DUE + timedelta(days=30))

    assert again == first
    assert (Invoice.objects.count(), other.number) == (2, "TG/MELATI/2026/00002")


@pytest.mark.req("KOS-21")
def test_a_void_bill_makes_room_for_a_new_one_and_keeps_its_number(hire, sari, at):
    first = hiring.down_payment(hire, by=sari, at=at)

    services.void(first, by=sari, at=at, reason="Salah harga")
    second = hiring.down_payment(hire, by=sari, at=at)

    first.refresh_from_db()
    assert (first.remaining, first.void_reason) == (0, "Salah harga")
    assert second.number == "TG/MELATI/2026/00002"


@pytest.mark.req("SYS-07")
def test_nothing_is_booked_before_the_due_date_and_all_of_it_then(hire, sari, rini, at, later, books):
    bill = hiring.rent(hire, by=sari, at=at, due_on=DUE, laundry=150_000)

    assert services.recognise_due(later - timedelta(hours=10, seconds=1)) == 0
    assert Journal.objects.count() == 0
    assert services.recognise_due(later - timedelta(hours=10)) == 1
    assert services.recognise_due(later) == 0

    bill.refresh_from_db()
    assert bill.recognised_on == DUE
    assert books(chart.RECEIVABLES, rini) == 1_150_000
    assert (books(chart.SALES_INCOME), books(chart.SERVICE_INCOME)) == (-1_000_000, -150_000)


@pytest.mark.req("KOS-08")
def test_the_due_date_is_that_of_the_units_zone(hires, unit_wit, hadi, rini, at):
    eastern = hiring.new_hire(unit_wit, rini, at)
    bill = hiring.rent(eastern, by=hadi, at=at, due_on=DUE)
    midnight_wit = at.replace(day=16, hour=15, minute=0)

    assert services.recognise_due(midnight_wit - timedelta(seconds=1)) == 0
    assert services.recognise_due(midnight_wit) == 1
    bill.refresh_from_db()
    assert bill.recognised_on == DUE


@pytest.mark.req("SYS-04")
def test_bills_that_were_missed_are_recognised_later_on_their_own_due_dates(hire, sari, at):
    bills = [hiring.rent(hire, by=sari, at=at, due_on=DUE + timedelta(days=5 * n)) for n in range(3)]

    assert services.recognise_due(at + timedelta(days=20)) == 3

    booked = [Journal.objects.get(source_id=bill.pk, kind="invoice").event_on for bill in bills]
    assert booked == [bill.due_on for bill in bills]


@pytest.mark.req("KOS-11")
def test_money_before_the_due_date_is_held_and_applied_then(hire, sari, rini, at, later, books, cash):
    bill = hiring.rent(hire, by=sari, at=at, due_on=DUE)
    cash(400_000, bill)

    assert books(chart.CUSTOMER_ADVANCES, rini) == -400_000
    assert (queries.held(hire, "prepaid"), queries.held(hire, "advance")) == (400_000, 0)

    services.recognise_due(later)

    assert (books(chart.CUSTOMER_ADVANCES, rini), books(chart.RECEIVABLES, rini)) == (0, 600_000)
    assert queries.held(hire, "prepaid") == 0
    assert books(chart.SALES_INCOME) == -1_000_000
    assert queries.holding_findings() == []


@pytest.mark.req("KOS-06")
def test_a_down_payment_is_held_and_used_for_the_first_rent(hire, sari, rini, at, books, cash):
    cash(100_000, hiring.down_payment(hire, by=sari, at=at))
    assert (books(chart.CUSTOMER_ADVANCES, rini), books(chart.SALES_INCOME)) == (-100_000, 0)

    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())
    services.recognise(bill, at=at)
    used = services.apply_advances(bill, from_subjects=[hire], by=sari, at=at)

    bill.refresh_from_db()
    assert (used, bill.remaining) == (100_000, 900_000)
    assert (books(chart.CUSTOMER_ADVANCES, rini), books(chart.RECEIVABLES, rini)) == (0, 900_000)
    assert services.apply_advances(bill, from_subjects=[hire], by=sari, at=at) == 0
    assert queries.holding_findings() == []


@pytest.mark.req("SYS-07")
def test_an_advance_used_before_recognition_stays_an_advance_until_then(
    hire, sari, rini, at, later, books, cash
):
    cash(100_000, hiring.down_payment(hire, by=sari, at=at))
    bill = hiring.rent(hire, by=sari, at=at, due_on=DUE)

    assert services.apply_advances(bill, from_subjects=[hire], by=sari, at=at) == 100_000
    assert (queries.held(hire, "advance"), queries.held(hire, "prepaid")) == (0, 100_000)
    assert books(chart.CUSTOMER_ADVANCES, rini) == -100_000

    services.recognise_due(later)

    assert (books(chart.CUSTOMER_ADVANCES, rini), books(chart.RECEIVABLES, rini)) == (0, 900_000)


@pytest.mark.req("KOS-04")
def test_a_forfeited_down_payment_becomes_income_that_day(hire, sari, rini, at, books, cash):
    cash(100_000, hiring.down_payment(hire, by=sari, at=at))

    services.forfeit(
        hire, amount=60_000, account=chart.CANCELLATION_INCOME, by=sari, at=at, reason="Batal oleh penyewa"
    )

    assert (books(chart.CANCELLATION_INCOME), books(chart.CUSTOMER_ADVANCES, rini)) == (-60_000, -40_000)
    with pytest.raises(Refused, match=r"kurang Rp10\.000"):
        services.forfeit(
            hire, amount=50_000, account=chart.CANCELLATION_INCOME, by=sari, at=at, reason="Lagi"
        )
    assert queries.held(hire, "advance") == 40_000


@pytest.mark.req("KOS-12")
def test_the_deposit_pays_damage_at_most_as_far_as_it_goes(hire, sari, rini, at, books, cash):
    cash(500_000, hiring.deposit(hire, by=sari, at=at))
    damage = services.issue(
        hire, purpose="damage", due_on=at.date(), by=sari, at=at,
        lines=[NewLine("damage", chart.DAMAGE_INCOME, "Pintu rusak", 800_000)],
    )  # fmt: skip

    assert services.deduct_deposit(hire, invoice=damage, by=sari, at=at) == 500_000

    damage.refresh_from_db()
    assert damage.remaining == 300_000
    assert (books(chart.DEPOSITS, rini), books(chart.RECEIVABLES, rini)) == (0, 300_000)
    assert books(chart.DAMAGE_INCOME) == -800_000
    moves = [(entry.move, entry.amount, entry.balance_after) for entry in queries.movements(hire, "deposit")]
    assert moves == [("received", 500_000, 500_000), ("deducted", -500_000, 0)]


@pytest.mark.req("KOS-12")
def test_held_money_moves_to_another_case_without_a_journal(hire, unit, rini, sari, at, cash):
    cash(500_000, hiring.deposit(hire, by=sari, at=at))
    other = hiring.new_hire(unit, rini, at)
    journals = Journal.objects.count()

    assert services.move_holding("deposit", from_subject=hire, to_subject=other, by=sari, at=at) == 500_000

    assert (queries.held(hire, "deposit"), queries.held(other, "deposit")) == (0, 500_000)
    assert Journal.objects.count() == journals
    assert queries.holding_findings() == []


@pytest.mark.req("KOS-11")
def test_the_balance_pays_the_next_bill_when_it_is_issued(hire, unit, rini, sari, at, books, cash):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())
    services.recognise(bill, at=at)
    cash(1_250_000, bill)
    assert (queries.balance_of(rini, unit), books(chart.CUSTOMER_BALANCE, rini)) == (250_000, -250_000)

    following = hiring.rent(hire, by=sari, at=at, due_on=DUE)

    assert (following.settled, following.remaining) == (250_000, 750_000)
    assert (queries.balance_of(rini, unit), books(chart.CUSTOMER_BALANCE, rini)) == (0, 0)
    assert queries.held(hire, "prepaid") == 250_000
    assert queries.holding_findings() == []


@pytest.mark.req("SYS-07")
def test_an_advance_that_nobody_needs_becomes_the_persons_balance(hire, unit, rini, sari, at, books, cash):
    cash(100_000, hiring.down_payment(hire, by=sari, at=at))

    assert services.to_balance(hire, by=sari, at=at) == 100_000

    assert queries.balance_of(rini, unit) == 100_000
    assert (books(chart.CUSTOMER_ADVANCES, rini), books(chart.CUSTOMER_BALANCE, rini)) == (0, -100_000)


@pytest.mark.req("KOS-21", "SYS-10")
def test_a_paid_or_booked_bill_is_not_void_any_more(hire, sari, at, cash):
    paid = hiring.down_payment(hire, by=sari, at=at)
    cash(50_000, paid)
    booked = services.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)

    for bill in (paid, booked):
        with pytest.raises(Refused, match="pakai nota kredit"):
            services.void(bill, by=sari, at=at, reason="Salah")
    assert not Invoice.objects.filter(voided_at__isnull=False).exists()


@pytest.mark.req("KOS-04")
def test_rent_paid_ahead_is_released_into_an_advance_when_the_hire_is_cancelled(
    hire, sari, rini, at, books, cash
):
    bill = hiring.rent(hire, by=sari, at=at, due_on=DUE)
    cash(1_000_000, bill)

    services.release(bill, by=sari, at=at, reason="Batal")

    bill.refresh_from_db()
    assert (bill.settled, bool(bill.voided_at)) == (0, True)
    assert (queries.held(hire, "advance"), queries.held(hire, "prepaid")) == (1_000_000, 0)
    assert books(chart.CUSTOMER_ADVANCES, rini) == -1_000_000
    assert queries.holding_findings() == []


@pytest.mark.req("KOS-21", "SYS-10")
def test_a_credit_note_lowers_the_bill_and_leaves_the_bill_as_it_was(hire, sari, rini, at, books):
    bill = services.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)

    note = services.credit(bill, amount=200_000, by=sari, at=at, reason="AC rusak 6 hari")

    bill.refresh_from_db()
    assert (bill.total, bill.credited, bill.remaining) == (1_000_000, 200_000, 800_000)
    assert note.number == "NK/MELATI/2026/00001"
    assert (books(chart.RECEIVABLES, rini), books(chart.SALES_INCOME)) == (800_000, -800_000)


@pytest.mark.req("KOS-11")
def test_what_was_paid_beyond_a_credited_bill_becomes_balance(hire, unit, sari, rini, at, books, cash):
    bill = services.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)
    cash(900_000, bill)

    note = services.credit(bill, amount=300_000, by=sari, at=at, reason="Pindah kamar")

    bill.refresh_from_db()
    assert (note.to_balance, bill.settled, bill.credited, bill.remaining) == (200_000, 700_000, 300_000, 0)
    assert queries.balance_of(rini, unit) == 200_000
    assert (books(chart.SALES_INCOME), books(chart.RECEIVABLES, rini)) == (-700_000, 0)
    assert queries.holding_findings() == []


@pytest.mark.req("SYS-07")
def test_a_credit_before_the_due_date_lowers_what_will_be_booked(hire, sari, rini, at, later, books, cash):
    bill = hiring.rent(hire, by=sari, at=at, due_on=DUE)
    cash(1_000_000, bill)

    services.credit(bill, amount=100_000, by=sari, at=at, reason="Potongan")
    services.recognise_due(later)

    assert (books(chart.SALES_INCOME), books(chart.RECEIVABLES, rini)) == (-900_000, 0)
    assert (books(chart.CUSTOMER_BALANCE, rini), books(chart.CUSTOMER_ADVANCES, rini)) == (-100_000, 0)
    assert queries.holding_findings() == []


@pytest.mark.req("SYS-10")
@pytest.mark.parametrize(("amount", "reason"), [(1_000_001, "Terlalu banyak"), (0, "Nol"), (1000, "  ")])
def test_a_credit_note_has_a_reason_and_a_possible_amount(hire, sari, at, amount, reason):
    bill = hiring.rent(hire, by=sari, at=at, due_on=DUE)

    with pytest.raises(Refused):
        services.credit(bill, amount=amount, by=sari, at=at, reason=reason)

    bill.refresh_from_db()
    assert bill.credited == 0


@pytest.mark.req("SYS-06")
def test_only_the_owner_writes_a_debt_off(hire, sari, hadi, rini, at, books):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    with pytest.raises(Refused, match="oleh pemilik"):
        services.write_off(bill, by=sari, at=at, reason="Pergi tanpa kabar")
    services.write_off(bill, by=hadi, at=at, reason="Pergi tanpa kabar")

    assert (books(chart.BAD_DEBTS), books(chart.RECEIVABLES, rini)) == (1_000_000, 0)
    assert queries.outstanding(hire) == 0


@pytest.mark.req("KOS-11")
def test_late_is_computed_from_the_day_after_the_due_date(hire, sari, at, later):
    bill = hiring.rent(hire, by=sari, at=at, due_on=DUE)

    assert queries.overdue_for(sari, at=later) == []
    assert queries.overdue_for(sari, at=later + timedelta(days=1)) == [bill]


@pytest.mark.req("KOS-16")
def test_a_bill_exists_for_its_payer_and_the_units_manager_only(hire, rini, budi, sari, hadi, at):
    bill = hiring.down_payment(hire, by=sari, at=at)

    seen = {person.name: queries.invoice_for(person, bill.number) for person in (rini, budi, sari, hadi)}
    assert seen == {"Rini": bill, "Budi": None, "Sari": bill, "Pak Hadi": bill}
    assert queries.invoice_for(None, bill.number) is None


@pytest.mark.req("KOS-15")
def test_billed_in_a_month_counts_due_dates_without_credits_and_void_bills(hire, sari, at, unit):
    hiring.rent(hire, by=sari, at=at, due_on=date(2026, 3, 1))
    credited = hiring.rent(hire, by=sari, at=at, due_on=date(2026, 3, 31))
    void = hiring.rent(hire, by=sari, at=at, due_on=date(2026, 3, 15))
    hiring.rent(hire, by=sari, at=at, due_on=date(2026, 4, 1))
    services.credit(credited, amount=250_000, by=sari, at=at, reason="Potongan")
    services.void(void, by=sari, at=at, reason="Salah")

    assert queries.billed_in_month(unit, 202603) == 1_750_000


@pytest.mark.req("SYS-10")
@pytest.mark.parametrize("table", ["billing_allocation", "billing_holdingentry"])
def test_what_settled_and_what_is_held_is_never_rewritten(hire, sari, at, cash, table):
    cash(100_000, hiring.down_payment(hire, by=sari, at=at))

    for statement in (f"UPDATE {table} SET amount = 1", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert (Allocation.objects.get().amount, HoldingEntry.objects.get().amount) == (100_000, 100_000)


@pytest.mark.req("SYS-10")
def test_an_issued_bill_is_never_rewritten(hire, sari, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=DUE)

    for rows, change in (
        (Invoice, {"total": 1}),
        (Invoice, {"due_on": at.date()}),
        (InvoiceLine, {"amount": 1}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.update(**change)
    bill.refresh_from_db()
    assert (bill.total, bill.due_on) == (1_000_000, DUE)


@pytest.mark.req("SYS-07")
def test_the_database_itself_holds_that_nothing_is_settled_beyond_its_amount(hire, sari, at):
    hiring.rent(hire, by=sari, at=at, due_on=DUE)

    for rows in (Invoice, InvoiceLine):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.update(settled=1_000_001)


@pytest.mark.req("KOS-12", "SYS-07")
def test_no_more_goes_out_of_a_holding_than_is_in_it(hire, unit, rini, at):
    place = held.balance_of(unit, rini)

    with pytest.raises(Refused, match="tidak cukup"), transaction.atomic():
        held.record([held.Change(place, -1, "returned")], journal=None, by=Machine.CASE, at=at)
    assert not Holding.objects.exists()


@pytest.mark.req("SYS-07")
def test_the_nightly_check_names_what_does_not_add_up(hire, sari, at, cash):
    cash(100_000, hiring.down_payment(hire, by=sari, at=at))
    assert queries.holding_findings() == []

    Holding.objects.update(balance=99_999)

    found = queries.holding_findings()
    assert len(found) == 2
    assert "held 99999, books say 100000" in found[0]


@pytest.mark.req("SYS-07")
def test_receivables_that_no_bill_asks_for_are_found(hire, unit, rini, sari, hadi, at):
    services.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)
    assert queries.holding_findings() == []

    lines = (Line(chart.RECEIVABLES, -400_000, party=rini), Line("61301", 400_000))
    post(
        Draft(key="1|correction|1|post|0", unit=unit, kind="correction", lines=lines, event_on=at.date()),
        by=hadi,
        at=at,
    )

    assert queries.holding_findings() == [
        f"unit {unit.pk}, person {rini.pk}: bills ask 1000000, receivables say 600000"
    ]


@pytest.mark.req("SYS-07")
def test_money_that_is_held_as_paid_early_for_no_bill_is_found(hire, unit, rini, sari, at):
    bill = hiring.rent(hire, by=sari, at=at, due_on=date(2026, 3, 17))
    receive_cash(unit=unit, payer=rini, amount=400_000, invoices=[bill], by=sari, at=at)
    assert queries.holding_findings() == []

    with connection.cursor() as cursor:
        cursor.execute("UPDATE billing_invoice SET recognised_on = %s", [at.date()])

    assert f"case tests.hire {hire.pk}: paid early 0, held 400000" in queries.holding_findings()
