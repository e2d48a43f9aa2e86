"""The own ledger of a stay's deposit, from the door to the last rupiah back (rules/boarding 9)."""

from datetime import timedelta

import pytest

from tatausaha.business.boarding.models import RoomMove
from tatausaha.business.boarding.services import bills
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.payments.models import Refund
from tests.business.boarding.makers import make_rooms, make_type

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-12", "SYS-10")]


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


@pytest.fixture
def dear(house):
    """A room at Rp1.300.000."""
    return make_rooms(make_type(house, "Besar", 1_300_000), "201")[0]


def test_the_ledger_of_a_deposit_tells_its_life(stay, desk, dear, booked):
    """Paid at the door 500.000, topped up 150.000 after the move, 200.000 of damage, 450.000 back."""
    desk.wait(days=18).step(stay, "move_room", room=dear, on=desk.at.date())
    desk.step(RoomMove.objects.get(), "settle")
    bills.issue_due_bills(at=desk.at + timedelta(days=5))
    desk.wait(days=5).cash(stay)
    desk.wait(days=30).step(stay, "move_out", on=stay.anchor_on + timedelta(days=53))
    desk.damage(stay, "Pintu lemari", 200_000)
    desk.step(stay, "settle")
    refund = Refund.objects.get(subject_id=stay.pk)

    def told(case):
        return [
            (one.get_move_display(), one.amount, one.balance_after)
            for one in billing.movements(case, "deposit")
        ]

    assert told(booked) == [("terima", 500_000, 500_000), ("pindah", -500_000, 0)]
    assert told(stay) == [
        ("pindah", 500_000, 500_000), ("terima", 150_000, 650_000), ("potong", -200_000, 450_000),
        ("pindah", -450_000, 0),
    ]  # fmt: skip
    assert told(refund) == [("pindah", 450_000, 450_000)]
    slip = Upload(b"%PDF-", "application/pdf", "slip.pdf")
    desk.step(refund, "pay", method="cash", occurred_on=desk.at.date(), slip=slip)
    assert told(refund)[1:] == [("kembali", -450_000, 0)]
    assert desk.balance(chart.DEPOSITS, stay.unit) == 0
    assert verify() == []
