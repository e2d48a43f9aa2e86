"""Who pays late, owes when leaving, or comes back with a debt (rules/boarding 6, 8, 9)."""

from datetime import timedelta

import pytest

from tatausaha.business.boarding import announcements
from tatausaha.business.boarding.services import bills
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as billing_services
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.payments.models import Refund
from tatausaha.core.payments.services import lowering
from tatausaha.core.people.models import Login, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


def rents(stay):
    return list(billing.invoices_of(stay).filter(purpose="rent").order_by("due_on"))


@pytest.mark.req("KOS-08")
def test_paying_late_moves_no_due_date(stay, desk):
    bills.issue_due_bills(at=desk.at + timedelta(days=30))
    desk.wait(days=48).cash(stay)
    bills.issue_due_bills(at=desk.at + timedelta(days=20))
    desk.wait(days=20).cash(stay)
    bills.issue_due_bills(at=desk.at + timedelta(days=60))

    assert [(bill.due_on - stay.anchor_on).days for bill in rents(stay)] == [0, 30, 60, 90, 120]


@pytest.mark.req("KOS-08", "KOS-12")
def test_paying_in_part_leaves_the_rest_due_on_the_same_day(stay, desk):
    bills.issue_due_bills(at=desk.at + timedelta(days=30))
    bill = rents(stay)[1]
    desk.wait(days=30).cash(stay, 500_000)

    bill.refresh_from_db()
    assert (bill.total, bill.settled, bill.remaining) == (1_075_000, 500_000, 575_000)
    assert bill.due_on == stay.anchor_on + timedelta(days=30)
    assert announcements.remind(at=desk.at + timedelta(days=1)) == 1


@pytest.mark.req("KOS-12")
def test_at_the_end_the_balance_is_used_before_the_deposit(stay, desk, unit):
    desk.wait(days=30)
    bills.issue_due_bills(at=desk.at)
    desk.cash(stay, 675_000)  # Rp400.000 of the second rent are left
    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())
    billing_services.credit(rents(stay)[0], amount=300_000, by=desk.manager, at=desk.at, reason="Air mati")
    assert billing.balance_of(stay.customer, unit) == 300_000

    desk.step(stay, "settle")

    taken = [(one.move, one.amount) for one in billing.movements(stay, "deposit") if one.move == "deducted"]
    assert taken == [("deducted", -100_000)]
    assert [refund.amount for refund in Refund.objects.all()] == [400_000]
    assert verify() == []


@pytest.mark.req("KOS-12")
def test_at_the_end_the_oldest_bill_is_paid_first_and_the_youngest_stays_owed(stay, desk, unit):
    bills.issue_due_bills(at=desk.at + timedelta(days=53))
    desk.wait(days=61)
    desk.step(stay, "move_out", on=desk.at.date())

    desk.step(stay, "settle")

    assert [bill.remaining for bill in rents(stay)] == [0, 575_000, 1_075_000]
    assert desk.balance(chart.DEPOSITS, unit) == 0
    assert not Refund.objects.exists()


@pytest.fixture
def owing(stay, desk):
    """Rini left with damage of Rp800.000 and a deposit of Rp500.000."""
    desk.wait(days=29).step(stay, "move_out", on=desk.at.date())
    desk.damage(stay, "Kasur terbakar", 800_000, "Rokok")
    return desk.step(stay, "settle")


def book_again(rooms, rini, desk):
    return book(room=rooms[1], prospect=rini, services=[], move_in_on=desk.at.date(), occupant="wanita", plan="full",
                by=rini, at=desk.at)  # fmt: skip


@pytest.mark.req("KOS-12")
def test_a_debt_of_a_former_stay_blocks_a_new_booking_until_it_is_paid(owing, desk, rooms, rini):
    with pytest.raises(Refused, match=r"tunggakan Rp300\.000"):
        book_again(rooms, rini, desk)
    desk.cash(owing, 299_999)
    with pytest.raises(Refused, match="tunggakan Rp1 "):
        book_again(rooms, rini, desk)

    desk.wait(hours=1).cash(owing, 1)

    assert book_again(rooms, rini, desk).status == "held"


@pytest.mark.req("KOS-02", "KOS-12")
def test_a_debt_stands_in_the_way_of_another_record_with_the_same_phone_too(owing, desk, rooms, rini):
    twin = Person.objects.create(name="Rini dua", phone=rini.phone, created_at=desk.at)
    with pytest.raises(Refused, match=r"tunggakan Rp300\.000"):
        book_again(rooms, twin, desk)

    Login.objects.filter(person=rini).update(phone=None, phone_verified=False)
    Login.objects.create_user(person=twin, password="rahasia-sekali")
    Login.objects.filter(person=twin).update(phone_verified=True)

    assert book_again(rooms, Person.objects.get(pk=twin.pk), desk).status == "held"


@pytest.mark.req("KOS-12")
def test_a_debt_that_the_owner_wrote_off_blocks_nobody(owing, desk, rooms, rini, hadi, unit):
    (bill,) = billing.invoices_of(owing).filter(billing.OPEN)
    with pytest.raises(Refused, match="oleh pemilik"):
        lowering.write_off(bill, by=desk.manager, at=desk.at, reason="Pergi tanpa kabar")

    lowering.write_off(bill, by=hadi, at=desk.at, reason="Pergi tanpa kabar")

    assert book_again(rooms, rini, desk).status == "held"
    assert [desk.balance(account, unit) for account in (chart.RECEIVABLES, chart.BAD_DEBTS)] == [0, 300_000]
    assert verify() == []


@pytest.mark.req("KOS-12")
def test_a_rent_that_rises_asks_for_no_more_deposit(stay, desk, room_type, rini):
    later = desk.at.date() + timedelta(days=10)
    room_type.prices.create(amount=2_000_000, valid_from=later, published_at=desk.at)
    desk.step(stay, "announce_rent", rent=2_000_000)

    bills.issue_due_bills(at=desk.at + timedelta(days=90))

    asked = [line.kind for bill in rents(stay) for line in billing.lines_of(bill)]
    assert "deposit" not in asked
    assert [billing.lines_of(bill)[0].amount for bill in rents(stay)][:3] == [1_000_000, 2_000_000, 2_000_000]
    assert billing.held(stay, "deposit") == 500_000
