"""At which rent the days before and after a move are reckoned (rules/boarding 8, 11, 16.4)."""

from datetime import timedelta

import pytest

from tatausaha.business.boarding.models import ExtraService, RoomMove, RoomPrice
from tatausaha.business.boarding.queries import moving as reads
from tatausaha.business.boarding.services import bills
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.verification import verify
from tests.business.boarding.makers import make_rooms, make_service, make_type

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-08", "KOS-19")]


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


@pytest.fixture
def dear(house):
    """Two rooms at Rp1.300.000."""
    return make_rooms(make_type(house, "Besar", 1_300_000), "201", "202")


@pytest.fixture
def dearer(room_type, at):
    """The first room's rent from the 10th day on."""
    return RoomPrice.objects.create(
        room_type=room_type, amount=1_100_000, valid_from=at.date() + timedelta(days=10), published_at=at
    )


def go(stay, desk, room, **more):
    return desk.step(stay, "move_room", room=room, on=desk.at.date(), **more)


def rents(stay):
    return [
        line.amount
        for bill in billing.invoices_of(stay).filter(purpose="rent").order_by("period_start")
        for line in billing.lines_of(bill)
        if line.kind == "rent"
    ]


def test_a_rent_that_was_announced_for_the_old_room_is_not_that_of_the_new_one(stay, desk, dear, dearer):
    desk.step(stay, "announce_rent", rent=1_100_000)
    desk.wait(days=18)

    go(stay, desk, dear[0])
    bills.issue_due_bills(at=desk.at + timedelta(days=40))

    assert rents(stay) == [1_000_000, 1_300_000, 1_300_000]
    stay.refresh_from_db()
    assert (stay.next_rent, stay.next_rent_from) == (None, None)


def test_the_days_before_a_new_rent_begins_are_reckoned_at_the_rent_they_were_billed_at(
    stay, desk, dear, dearer
):
    desk.step(stay, "announce_rent", rent=1_100_000)
    desk.wait(days=24)
    bills.issue_due_bills(at=desk.at)  # the bill of the next period, at the new rent

    go(stay, desk, dear[0])

    move = RoomMove.objects.get()
    assert (move.rent_before, move.days_left, move.difference) == (1_000_000, 6, 60_000)
    assert verify() == []


def test_the_owner_gives_days_back_at_the_rent_they_were_billed_at(stay, desk, dearer, hadi, rini, unit):
    desk.step(stay, "announce_rent", rent=1_100_000)
    desk.wait(days=24)
    bills.issue_due_bills(at=desk.at)
    desk.step(stay, "move_out", on=desk.at.date())

    desk.step(stay, "grant_rest", by=hadi, note="Sakit")

    assert billing.balance_of(rini, unit) == 200_000  # 1.000.000 x 6 / 30


def test_a_second_move_within_the_period_starts_from_what_was_agreed_at_the_first(stay, desk, dear, hadi):
    desk.wait(days=15)
    go(stay, desk, dear[0], rent=1_150_000, note="Penghuni lama", by=hadi)
    desk.wait(days=3)

    go(stay, desk, dear[1])

    first, second = RoomMove.objects.order_by("pk")
    assert (first.rent_after, second.rent_before) == (1_150_000, 1_150_000)
    assert second.difference == 60_000  # 150.000 x 12 / 30
    assert [one.status for one in stay.discounts.all()] == ["ended"]


def test_a_service_that_began_with_a_move_is_given_back_with_the_next(stay, desk, house, dear, unit, rini):
    cool = make_service(house, "AC", 150_000, of_room=True)
    desk.wait(days=15)
    go(stay, desk, dear[0], services=[cool])
    assert billing.outstanding(stay) == 150_000 + 75_000
    desk.wait(days=5)

    go(stay, desk, dear[1])

    assert billing.outstanding(stay) == 150_000 + 75_000 - 50_000  # 150.000 x 10 / 30
    assert verify() == []


def test_whoever_stays_on_after_a_move_pays_the_rest_of_the_period_as_agreed(stay, desk, dear, hadi):
    desk.step(stay, "give_notice", leave_on=stay.anchor_on + timedelta(days=45))
    desk.wait(days=30)
    bills.issue_due_bills(at=desk.at)
    go(stay, desk, dear[0], rent=1_200_000, note="Penghuni lama", by=hadi)

    desk.step(stay, "stay_on")

    assert rents(stay)[-1] == 600_000  # 1.200.000 x 15 / 30


def test_a_service_that_had_no_price_on_the_day_is_refused_at_its_field(stay, desk, house, dear):
    desk.wait(days=18)
    new = ExtraService.objects.create(house=house, name="AC", of_room=True)
    new.prices.create(amount=150_000, valid_from=desk.at.date(), published_at=desk.at)

    with pytest.raises(Refused, match="AC belum berharga pada hari itu") as no:
        desk.step(stay, "move_room", room=dear[0], on=desk.at.date() - timedelta(days=1), services=[new])

    assert no.value.field == "services"
    assert reads.moves_of(stay) == []
