"""What becomes of a booking's money: too little, too much, in review, too late (rules/boarding 2 to 5)."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding.models import Booking
from tatausaha.business.boarding.queries import free_rooms
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments import queries as money
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import BankAccount, Payment, Refund
from tatausaha.core.procedures import queries, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return BankAccount.objects.create(bank="BCA", number="0123456789", holder="CV Maju Bersama")


@pytest.fixture
def transfer(bank, booked, rini, desk):
    """Rini's transfer for her down payment, announced at once."""
    bill = billing.invoices_of(booked).get(purpose="down_payment")
    return payments.open_transfer(payer=rini, invoices=[bill], by=rini, at=desk.at)


def prove(desk, transfer, **more):
    return desk.step(transfer, "submit", by=transfer.customer, sender="BCA 123 a.n. Rini", **more)


def page_of(person, case, clock_at, at) -> str:
    clock_at(at)
    client = Client()
    client.force_login(person.login)
    return " ".join(client.get(case.get_absolute_url()).text.split())


# A part, or too much


@pytest.mark.req("KOS-05")
def test_60_000_of_100_000_leave_40_000_to_pay_and_the_clock_runs_on(booked, desk, rini, clock_at, at, unit):
    desk.wait(days=2).cash(booked, 60_000)

    said = page_of(rini, booked, clock_at, desk.at)

    assert "kurang Rp40.000" in said
    assert (booked.status, booked.deadline_at) == ("held", at + timedelta(hours=168))
    assert desk.balance(chart.CUSTOMER_ADVANCES, unit) == -60_000
    services.sweep(at=at + timedelta(hours=168))
    assert [refund.amount for refund in Refund.objects.all()] == [60_000]
    assert desk.balance(chart.CANCELLATION_INCOME, unit) == 0


@pytest.mark.req("KOS-05")
def test_what_was_paid_beyond_the_down_payment_counts_toward_what_is_due_at_move_in(booked, desk, rini, unit):
    desk.cash(booked, 150_000)

    bill = billing.invoices_of(booked).get(purpose="move_in")
    assert (booked.status, bill.total, bill.remaining) == ("secured", 1_475_000, 1_425_000)
    assert billing.balance_of(rini, unit) == 0


@pytest.mark.req("KOS-05", "KOS-11")
@pytest.mark.parametrize(
    ("balance", "plan", "status", "asked", "left"),
    [
        (40_000, "down_payment", "held", 60_000, 0),
        (100_000, "down_payment", "secured", 1_400_000, 0),
        (250_000, "down_payment", "secured", 1_250_000, 0),
        (1_000_000, "full", "paid_up", 500_000, 0),
        (1_600_000, "full", "paid_up", 0, 100_000),
    ],
)
def test_the_balance_of_the_prospect_pays_at_once_and_what_it_pays_secures_the_room(
    sops, rooms, rini, sari, desk, unit, at, balance, plan, status, asked, left
):
    case = payments.receive_unknown(
        unit=unit, amount=balance, occurred_on=at.date(), sender="RINI", bank=BankAccount.objects.create(
            bank="BCA", number="0123456789", holder="CV Maju Bersama"), by=sari, at=at,
    )  # fmt: skip
    desk.step(case, "identify", person=rini.phone)
    desk.step(case, "use", invoice="")
    assert billing.balance_of(rini, unit) == balance

    booking = book(room=rooms[0], prospect=rini, services=[], move_in_on=at.date(), occupant="wanita", plan=plan,
                   by=rini, at=at)  # fmt: skip

    assert booking.status == status
    assert (billing.outstanding(booking), billing.balance_of(rini, unit)) == (asked, left)
    told = Notice.objects.filter(person=rini, key=f"{booking.number}|booked").values_list("text", flat=True)
    assert [f"Bayar Rp{asked // 1000}.000" in one for one in told] == ([True] if status == "held" else [])
    services.sweep(at=at + timedelta(hours=168))
    booking.refresh_from_db()
    assert (booking.status == "expired") == (status == "held")
    assert verify() == []


# In review


@pytest.mark.req("KOS-03")
def test_a_proof_in_time_stops_the_hold_and_nobody_but_a_person_ends_it(
    booked, desk, transfer, rooms, house, budi, hadi, at
):
    desk.at = at + timedelta(hours=168, seconds=-1)
    prove(desk, transfer)

    services.sweep(at=desk.at + timedelta(hours=72, seconds=-1))
    assert not Notice.objects.filter(person=hadi, key__contains="escalated").exists()
    services.sweep(at=desk.at + timedelta(hours=72))
    services.sweep(at=desk.at + timedelta(days=300))

    booked.refresh_from_db()
    assert (booked.status, booked.deadline_at) == ("verifying", None)
    assert Notice.objects.filter(person=hadi, key__contains="escalated").count() == 1
    assert rooms[0] not in free_rooms(house, at + timedelta(days=300), (at + timedelta(days=300)).date())
    desk.wait(days=300)
    with pytest.raises(Refused, match="baru saja dipesan"):
        book(room=rooms[0], prospect=budi, services=[], move_in_on=desk.at.date(), occupant="pria", plan="full",
             by=budi, at=desk.at)  # fmt: skip


@pytest.mark.req("KOS-03")
@pytest.mark.parametrize(("days", "status"), [(5, "held"), (8, "expired")])
def test_after_a_rejected_proof_the_first_deadline_counts_again(booked, desk, transfer, at, days, status):
    prove(desk.wait(days=3), transfer)
    desk.at = at + timedelta(days=days)

    desk.step(transfer, "reject", note="Tidak ada di mutasi")
    services.sweep(at=desk.at)

    booked.refresh_from_db()
    assert booked.status == status
    if status == "held":
        assert booked.deadline_at == at + timedelta(hours=168)


# Too late


@pytest.mark.req("KOS-03", "KOS-11")
def test_a_transfer_of_before_the_deadline_whose_proof_comes_after_it_revives_while_the_room_is_free(
    booked, desk, transfer, at
):
    desk.at = at + timedelta(days=8)
    services.sweep(at=desk.at)
    prove(desk, transfer, occurred_on=(at + timedelta(days=6)).date())
    booked.refresh_from_db()
    assert booked.status == "expired"

    desk.step(transfer, "confirm")

    booked.refresh_from_db()
    assert booked.status == "secured"
    assert [one.step for one in queries.passages_of(booked)] == ["open", "expire", "revive"]
    assert verify() == []


@pytest.mark.req("KOS-03", "KOS-11")
def test_with_the_room_taken_it_is_titipan_that_pays_for_another_room_or_goes_back(
    booked, desk, transfer, rooms, rini, budi, unit, at
):
    desk.at = at + timedelta(days=8)
    book(room=rooms[0], prospect=budi, services=[], move_in_on=desk.at.date(), occupant="pria", plan="full",
         by=budi, at=desk.at)  # fmt: skip
    prove(desk, transfer, occurred_on=(at + timedelta(days=6)).date())
    desk.step(transfer, "confirm")
    booked.refresh_from_db()
    (held,) = money.titipan_of(booked)
    assert (booked.status, held.status, held.amount) == ("expired", "held", transfer.expected_amount)
    assert desk.balance(chart.UNIDENTIFIED, unit) == -transfer.expected_amount
    assert desk.balance(chart.CANCELLATION_INCOME, unit) == 0

    other = book(room=rooms[1], prospect=rini, services=[], move_in_on=desk.at.date(), occupant="wanita",
                 plan="down_payment", by=rini, at=desk.at)  # fmt: skip
    desk.step(held, "use", invoice=billing.invoices_of(other).get().number)

    other.refresh_from_db()
    assert other.status == "secured"
    assert desk.balance(chart.UNIDENTIFIED, unit) == 0
    assert verify() == []


@pytest.mark.req("KOS-12", "SYS-10")
def test_titipan_does_not_pay_for_a_booking_whose_time_is_up_though_nobody_ended_it_yet(
    booked, desk, transfer, rooms, rini, budi, unit, at
):
    desk.at = at + timedelta(days=8)
    book(room=rooms[0], prospect=budi, services=[], move_in_on=desk.at.date(), occupant="pria", plan="full",
         by=budi, at=desk.at)  # fmt: skip
    prove(desk, transfer, occurred_on=(at + timedelta(days=6)).date())
    desk.step(transfer, "confirm")
    booked.refresh_from_db()
    (held,) = money.titipan_of(booked)
    other = book(room=rooms[1], prospect=rini, services=[], move_in_on=desk.at.date(), occupant="wanita",
                 plan="down_payment", by=rini, at=desk.at)  # fmt: skip
    desk.at += timedelta(days=9)

    with pytest.raises(Refused, match="tidak perlu dibayar"):
        desk.step(held, "use", invoice=billing.invoices_of(other).get().number)

    held.refresh_from_db()
    assert held.status == "held"
    assert desk.balance(chart.UNIDENTIFIED, unit) == -held.amount
    assert desk.balance(chart.CUSTOMER_ADVANCES, unit) == 0


@pytest.mark.req("KOS-02", "SYS-10")
@pytest.mark.parametrize("ends", ["expires", "cancelled"])
def test_the_number_of_a_booking_that_ended_is_never_given_again(booked, desk, rooms, budi, rini, ends):
    if ends == "expires":
        services.sweep(at=desk.wait(days=7).at)
    else:
        desk.step(booked, "cancel", by=rini)

    following = book(room=rooms[0], prospect=budi, services=[], move_in_on=desk.at.date(), occupant="pria",
                     plan="full", by=budi, at=desk.at)  # fmt: skip

    assert following.number != booked.number
    assert following.number > booked.number
    assert Booking.objects.get(pk=booked.pk).number == booked.number


# Where it goes back to


@pytest.mark.req("KOS-04", "KOS-12")
def test_a_refund_goes_to_the_account_that_the_money_came_from(booked, desk, transfer):
    prove(desk, transfer)
    desk.step(transfer, "confirm")
    booked.refresh_from_db()

    desk.step(booked, "withdraw", cause="broken", note="Kamar bocor")

    assert Payment.objects.get().sender == "BCA 123 a.n. Rini"
    assert {refund.destination for refund in Refund.objects.all()} == {"BCA 123 a.n. Rini"}


# What is shown, and what cannot be booked


@pytest.mark.req("KOS-03", "SYS-02")
def test_until_when_the_room_is_held_is_said_with_weekday_and_clock(booked, desk, rini, clock_at, at):
    said = page_of(rini, booked, clock_at, desk.at)

    assert "Selasa, 17 Maret 2026 10.00 WIB" in said
    told = Notice.objects.get(person=rini, key=f"{booked.number}|booked")
    assert "Selasa, 17 Maret 2026 10.00 WIB" in told.text


@pytest.mark.req("KOS-02")
def test_a_room_whose_tenant_has_named_no_day_of_leaving_is_booked_for_no_day(booked, desk, rooms, budi):
    desk.move_in(booked)

    for days in (0, 29, 30):
        with pytest.raises(Refused, match="baru saja dipesan"):
            book(room=rooms[0], prospect=budi, services=[], move_in_on=desk.at.date() + timedelta(days=days),
                 occupant="pria", plan="full", by=budi, at=desk.at)  # fmt: skip
