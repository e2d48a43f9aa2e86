"""Races for a room and for its money, on the real database (KOS-02, KOS-03)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tatausaha.business.boarding.models import Booking, Room, RoomClaim
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.chart import install_chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.payments import queries as payments
from tatausaha.core.payments.models import BankAccount, Payment
from tatausaha.core.payments.services import open_transfer
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies, queries, services
from tatausaha.core.procedures.registry import procedure_of
from tests.business.boarding.makers import make_house, make_rooms, make_type
from tests.races.threads import errors, results, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rooms(unit: Unit, at: datetime) -> list[Room]:
    install_chart()
    policies.install(at=at, on=date(2025, 1, 1))
    BankAccount.objects.create(bank="BCA", number="0123456789", holder="CV Maju Bersama")
    return make_rooms(make_type(make_house(unit, at)), *(str(100 + n) for n in range(60)))


def booking_of(person: Person, room: Room, at: datetime) -> Booking:
    return book(
        room=room, prospect=person, services=[], move_in_on=at.date(), occupant="wanita", plan="down_payment",
        by=person, at=at,
    )  # fmt: skip


@pytest.mark.req("KOS-02")
def test_fifty_people_book_one_room_and_one_wins(rooms: list[Room], at: datetime) -> None:
    people = [Person.objects.create(name=f"Orang {n}", created_at=at) for n in range(50)]

    outcomes = together([lambda person=person: booking_of(person, rooms[0], at) for person in people])

    assert len(results(outcomes)) == 1
    assert {type(error) for error in errors(outcomes)} == {Refused}
    assert {str(error) for error in errors(outcomes)} == {
        "Kamar 100 baru saja dipesan orang lain. Pilih kamar lain yang masih kosong."
    }
    assert RoomClaim.objects.filter(room=rooms[0], live=True).count() == 1
    assert Booking.objects.count() == 1


def confirm(payment: Payment, manager: Person, at: datetime) -> Any:
    step = procedure_of(payment).step("match")
    assert step is not None
    return services.perform(
        payment, step, by=manager, at=at, data={"amount": payment.expected_amount, "occurred_on": at.date()}
    )


@pytest.mark.req("KOS-03", "KOS-11")
def test_expiry_and_payment_two_hundred_times_never_both_and_never_stuck(
    rooms: list[Room], sari: Person, at: datetime
) -> None:
    for n in range(200):
        begun = at + timedelta(days=8 * n)  # time only goes on, for the next booking too
        deadline = begun + timedelta(days=7)
        person = Person.objects.create(name=f"Orang {n}", created_at=begun)
        booking = booking_of(person, rooms[n % 50], begun)
        bill = billing.invoices_of(booking).get()
        payment = open_transfer(payer=person, invoices=[bill], by=person, at=deadline - timedelta(hours=1))
        before, after = deadline - timedelta(seconds=1), deadline

        outcomes = together(
            [
                lambda payment=payment, moment=before if n % 2 else after: confirm(payment, sari, moment),
                lambda after=after: services.sweep(at=after),
            ]
        )

        assert not errors(outcomes)
        booking.refresh_from_db()
        steps = list(queries.passages_of(booking).values_list("step", flat=True))
        assert steps in (["open", "secure"], ["open", "expire", "revive"]), steps
        assert booking.status == "secured"
        assert booking.claim is not None
        assert booking.claim.live
        assert not payments.titipan_of(booking).exists()
        _give_up(booking, sari, deadline)
    assert verify() == []


def _give_up(booking: Booking, manager: Person, at: datetime) -> None:
    step = procedure_of(booking).step("cancel_on_request")
    assert step is not None
    services.perform(booking, step, by=manager, at=at, data={"note": "lomba selesai"})


@pytest.mark.req("KOS-11")
def test_late_money_for_a_room_that_is_gone_is_titipan_and_never_taken(
    rooms: list[Room], rini: Person, budi: Person, sari: Person, at: datetime
) -> None:
    deadline = at + timedelta(days=7)
    booking = booking_of(rini, rooms[0], at)
    payment = open_transfer(
        payer=rini, invoices=list(billing.invoices_of(booking)), by=rini, at=deadline - timedelta(hours=1)
    )
    booking_of(budi, rooms[0], deadline)

    confirm(payment, sari, deadline)

    booking.refresh_from_db()
    assert booking.status == "expired"
    assert [one.amount for one in payments.titipan_of(booking)] == [payment.expected_amount]
    assert verify() == []
