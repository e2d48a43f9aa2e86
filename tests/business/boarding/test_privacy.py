"""When the boarding houses forget, and when they must not (UU PDP; rules/boarding 0)."""

from datetime import date, timedelta

import pytest

from tatausaha.business.boarding import privacy
from tatausaha.business.boarding.models import Registration
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.payments.models import Refund
from tatausaha.core.people import privacy as people
from tatausaha.core.people.models import IdentityPaper, Login, Person
from tatausaha.core.procedures.services import sweep

from .desk import PAPER

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


@pytest.mark.req("KOS-03")
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


@pytest.fixture
def left(booked, desk):
    """Rini left on 30 March 2026 and her deposit went back; her identity paper lies here."""
    stay = desk.move_in(booked)
    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())
    desk.step(stay, "settle")
    desk.step(
        Refund.objects.get(), "pay", method="cash", occurred_on=desk.at.date(), reference="slip",
        slip=Upload(b"%PDF-", "application/pdf", "slip.pdf"),
    )  # fmt: skip
    stay.refresh_from_db()
    assert (stay.status, stay.moved_out_on) == ("closed", date(2026, 3, 30))
    return stay


def midnight(day):
    return clock.start_of(day, "Asia/Jakarta")


@pytest.mark.req("KOS-07")
def test_an_identity_paper_is_erased_twelve_months_after_its_owner_left_and_not_before(left):
    paper = IdentityPaper.objects.get()
    assert paper.file_name
    assert privacy.erase_old_papers(at=midnight(date(2027, 3, 30)) - timedelta(seconds=1)) == 0

    assert privacy.erase_old_papers(at=midnight(date(2027, 3, 30))) == 1
    assert privacy.erase_old_papers(at=midnight(date(2027, 4, 30))) == 0

    paper.refresh_from_db()
    assert (paper.number_sealed, paper.file_name) == ("", "")
    assert Registration.objects.get().origin == "Kediri"


@pytest.mark.req("KOS-07")
def test_the_paper_of_who_lives_here_again_or_still_owes_is_kept(left, rooms, rini, desk):
    desk.at = midnight(date(2027, 3, 1)) + timedelta(hours=9)
    again = book(
        room=rooms[1], prospect=rini, services=[], move_in_on=desk.at.date(), occupant="wanita",
        plan="down_payment", by=rini, at=desk.at,
    )  # fmt: skip
    stay = desk.move_in(again)
    assert privacy.erase_old_papers(at=midnight(date(2027, 4, 30))) == 0

    desk.wait(days=20).step(stay, "move_out", on=desk.at.date())
    desk.damage(stay, "Kasur", 800_000, "Rokok")
    desk.step(stay, "settle")
    assert privacy.erase_old_papers(at=midnight(date(2028, 6, 1))) == 0
    desk.cash(stay)

    assert privacy.erase_old_papers(at=midnight(date(2028, 6, 1))) == 1


@pytest.mark.req("KOS-07")
def test_the_paper_of_who_never_came_is_erased_twelve_months_after_the_booking_ended(booked, desk, rini):
    desk.cash(booked)
    desk.step(booked, "register", **PAPER)
    desk.step(booked, "cancel", by=rini)

    assert privacy.erase_old_papers(at=midnight(date(2027, 3, 10)) - timedelta(seconds=1)) == 0
    assert privacy.erase_old_papers(at=midnight(date(2027, 3, 10))) == 1
