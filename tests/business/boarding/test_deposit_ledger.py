"""The own ledger of a stay's deposit, from the door to the last rupiah back (rules/boarding 9)."""

from datetime import timedelta

import pytest

from tatausaha.business.boarding.models import RoomMove
from tatausaha.business.boarding.procedure import deposits
from tatausaha.business.boarding.services import bills
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.payments.models import Refund
from tatausaha.core.procedures import services
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


@pytest.fixture
def cheap(house):
    """A room at Rp800.000."""
    return make_rooms(make_type(house, "Kecil", 800_000), "301")[0]


def offered(stay, person, at):
    return [option.step.name for option in services.options(stay, by=person, at=at)]


def test_the_owner_gives_back_what_is_too_much_after_a_move_to_a_cheaper_room(stay, desk, cheap, hadi, rini):
    """500.000 are held, the new rent asks for 400.000: 100.000 go back, or all of it at the end."""
    assert "return_excess" not in offered(stay, hadi, desk.at)
    with pytest.raises(Refused, match="Tidak ada kelebihan deposit"):
        desk.step(stay, "return_excess", by=hadi, note="Kamar lebih murah")
    stay = desk.wait(days=18).step(stay, "move_room", room=cheap, on=desk.at.date())
    assert billing.held(stay, "deposit") == 500_000
    with pytest.raises(Refused, match="dilakukan oleh Pemilik"):
        desk.step(stay, "return_excess", note="Kamar lebih murah")
    stay = type(stay).objects.get(pk=stay.pk)
    assert "return_excess" in offered(stay, hadi, desk.at)
    said = deposits.returning(stay, hadi, desk.at)
    assert [line.amount for line in said.sums] == [500_000, -100_000, 400_000]

    desk.step(stay, "return_excess", by=hadi, note="Kamar lebih murah")

    refund = Refund.objects.get()
    assert (refund.amount, refund.kind, refund.reason) == (100_000, "deposit", "Kamar lebih murah")
    assert billing.held(stay, "deposit") == 400_000
    assert "return_excess" not in offered(type(stay).objects.get(pk=stay.pk), hadi, desk.at)
    slip = Upload(b"%PDF-", "application/pdf", "slip.pdf")
    desk.step(refund, "pay", method="cash", occurred_on=desk.at.date(), slip=slip)
    desk.step(RoomMove.objects.get(), "settle")
    desk.wait(days=5).step(stay, "move_out", on=desk.at.date())
    desk.step(stay, "settle")
    assert (
        sum(one.amount for one in Refund.objects.all()) == 500_000 + 80_000
    )  # and what was paid too much of the rent
    assert verify() == []


def test_nothing_of_a_deposit_goes_back_while_more_of_it_is_asked_for(stay, desk, cheap, hadi):
    stay = desk.wait(days=18).step(stay, "move_room", room=cheap, on=desk.at.date())
    assert "return_excess" in offered(stay, hadi, desk.at)
    stay.deposit_due = 50_000
    stay.save(update_fields=["deposit_due"])

    assert "return_excess" not in offered(type(stay).objects.get(pk=stay.pk), hadi, desk.at)
