"""When the boarding houses forget, and when they must not (UU PDP; rules/boarding 0)."""

from datetime import date, timedelta

import pytest

from tatausaha.business.boarding import privacy
from tatausaha.business.boarding.models import Registration
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import privacy as people
from tatausaha.core.people.models import Login, Person
from tatausaha.core.procedures.services import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def walk_in(sops, rooms, laundry, sari, at):
    """Somebody without an account, for whom Sari books, and who never pays."""
    person = Person.objects.create(name="Wayan Lewat", phone="+6281277700001", created_at=at)
    booking = book(
        room=rooms[1], prospect=person, services=[], move_in_on=date(2026, 3, 12), occupant="wanita",
        plan="down_payment", by=sari, at=at,
    )  # fmt: skip
    return person, booking


@pytest.mark.req("KOS-03")
def test_the_person_of_an_expired_booking_is_forgotten_after_thirty_days_and_not_before(walk_in, at):
    person, booking = walk_in
    gone = at + timedelta(days=7)
    sweep(at=gone)
    booking.refresh_from_db()
    assert booking.status == "expired"

    assert privacy.forget_expired(at=gone + timedelta(days=30) - timedelta(seconds=1)) == 0
    assert privacy.forget_expired(at=gone + timedelta(days=30)) == 1
    assert privacy.forget_expired(at=gone + timedelta(days=31)) == 0

    person.refresh_from_db()
    booking.refresh_from_db()
    assert (person.name, person.phone) == ("Data dihapus", "")
    assert "Wayan" not in booking.headline


def test_whoever_uses_the_account_since_or_books_again_stays_known(walk_in, rooms, sari, at):
    person, _booking = walk_in
    login = Login.objects.create_user(person=person, password="rahasia-sekali")
    sweep(at=at + timedelta(days=7))
    later = at + timedelta(days=40)
    Login.objects.filter(pk=login.pk).update(last_login=later - timedelta(days=1), created_at=at)

    assert privacy.forget_expired(at=later) == 0

    Login.objects.filter(pk=login.pk).delete()
    book(
        room=rooms[2], prospect=person, services=[], move_in_on=later.date(), occupant="wanita",
        plan="down_payment", by=sari, at=later,
    )  # fmt: skip
    assert privacy.forget_expired(at=later) == 0


@pytest.mark.req("KOS-13")
def test_a_tenant_is_not_forgotten_while_living_here_and_the_copy_of_his_data_knows_the_stay(
    booked, desk, rini, hadi
):
    stay = desk.move_in(booked)

    with pytest.raises(Refused, match="masih tinggal"):
        people.anonymise(rini, by=hadi, at=desk.at, reason="diminta")

    copy = people.own_data(rini, at=desk.at)["kos"]
    assert [one["number"] for one in copy["hunian"]] == [stay.number]
    assert copy["pendaftaran"][0]["origin"] == "Kediri"
    assert Registration.objects.exists()
