"""A full house keeps a waiting list: told in order, nothing held, ended by a booking (KOS-01, KOS-02)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tatausaha.business.boarding import privacy
from tatausaha.business.boarding.models import Booking, Room, RoomClaim, RoomOffer, Wish, WishTold
from tatausaha.business.boarding.queries import waiting as reads
from tatausaha.business.boarding.services import claims, waiting
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices.models import Notice
from tatausaha.core.people.models import Login, Person
from tatausaha.core.procedures.services import settle

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-02")]

BY = date(2026, 4, 5)


@pytest.fixture
def full(rooms, at) -> list[Room]:
    """Every room is lived in by somebody who has not said when he leaves."""
    for room in rooms:
        claims.claim(room, at.date(), None, f"HUN-{room.number}", None, at=at, kind=RoomClaim.Kind.OCCUPIED)
    return rooms


def free(room: Room, at, on: date | None = None) -> None:
    """Whoever lives there leaves on a day, or has left."""
    claim = RoomClaim.objects.get(room=room, live=True)
    if on is None:
        claims.release(claim, at=at)
    else:
        RoomClaim.objects.filter(pk=claim.pk).update(until_on=on)


@pytest.fixture
def guests(sari, house, at):
    """Put somebody on the list by the manager's hand: `guests("Ani", minutes=1)`."""

    def wait(name: str, *, minutes: int = 0, want: str = "", latest_on: date = BY, **more) -> Wish:
        moment = at + timedelta(minutes=minutes)
        phone = f"+62812{len(name):02d}{ord(name[0]):03d}{ord(name[1]):03d}"
        return waiting.join(
            want=want or f"rumah-{house.pk}", latest_on=latest_on, occupant="wanita", by=sari, at=moment,
            for_name=name, for_phone=phone, **more,
        )  # fmt: skip

    return wait


def proven(person: Person) -> Person:
    person.phone = person.phone or "+6281234567890"
    person.save()
    Login.objects.filter(person=person).update(phone=person.phone, phone_verified=True)
    return person


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person.login)
    return client


def page(client, address):
    return " ".join(client.get(address).content.decode().split())


def told() -> list[tuple[str, str]]:
    rows = WishTold.objects.order_by("pk").select_related("offer__room", "wish__customer")
    return [(row.wish.customer.name, row.offer.room.number) for row in rows]


def test_a_guest_whose_wish_is_refused_is_not_kept_as_a_person(rooms, guests):
    known = set(Person.objects.values_list("pk", flat=True))

    with pytest.raises(Refused, match="Tidak perlu menunggu"):
        guests("Ani")

    assert set(Person.objects.values_list("pk", flat=True)) == known


def test_a_prospect_joins_on_the_page_of_a_full_house_and_sees_where_he_stands(
    full, house, rini, sari, guests, at, clock_at
):
    clock_at(at)
    guests("Ani")
    client = as_person(proven(rini))
    assert "/kos/melati/tunggu/" in page(client, "/kos/melati/")
    sent = {
        "want": f"tipe-{full[0].room_type_id}",
        "occupant": "wanita",
        "latest_on": "5/4/2026",
        "budget": "1,1 jt",
    }

    answer = client.post("/kos/melati/tunggu/", sent)

    wish = Wish.objects.get(customer=rini)
    assert answer["Location"] == wish.get_absolute_url()
    assert (wish.room_type, wish.latest_on, wish.budget) == (full[0].room_type, BY, 1_100_000)
    shown = page(client, wish.get_absolute_url())
    assert "nomor 2 dari 2 yang menunggu" in shown
    assert "yang lebih dulu memesan yang mendapat" in shown
    assert "Ani" not in shown
    assert Notice.objects.filter(person=sari, about=wish.number).count() == 1
    assert "2" in page(as_person(sari), "/kos-kelola/rumah/melati/")


@pytest.mark.req("KOS-03")
def test_a_room_that_falls_free_is_told_in_order_two_hours_apart_and_never_held(full, house, guests, at):
    for minutes, name in enumerate(("Ani", "Ayu", "Lia")):
        guests(name, minutes=minutes)
    at += timedelta(hours=1)
    assert waiting.tell_waiting(at) == 0
    free(full[0], at)

    counts = [waiting.tell_waiting(at + timedelta(minutes=m)) for m in (0, 5, 119, 120, 125, 240, 600)]

    assert counts == [1, 0, 0, 1, 0, 1, 0]
    assert told() == [("Ani", "101"), ("Ayu", "101"), ("Lia", "101")]
    assert not Booking.objects.exists()
    assert not RoomClaim.objects.filter(room=full[0], live=True).exists()
    said = Notice.objects.get(person__name="Ani").text
    assert "Kamar tidak ditahan untuk Anda" in said
    assert "2 jam lagi" in said


def test_two_rooms_at_once_are_told_to_two_people(full, guests, at):
    guests("Ani")
    guests("Ayu", minutes=1)
    free(full[0], at)
    free(full[1], at)

    waiting.tell_waiting(at + timedelta(hours=1))

    assert told() == [("Ani", "101"), ("Ayu", "102")]


def test_a_recorded_leave_date_makes_a_room_bookable_from_that_day(full, guests, at, rini, clock_at):
    wish = guests("Ani")
    late = guests("Ayu", minutes=1, latest_on=date(2026, 3, 19))
    free(full[0], at, on=date(2026, 3, 20))

    waiting.tell_waiting(at + timedelta(hours=1))

    assert told() == [("Ani", "101")]
    (offer,) = reads.offers_to(wish)
    assert offer.from_on == date(2026, 3, 20)
    assert reads.offers_to(late) == []
    link = Notice.objects.get(person=wish.customer).link
    clock_at(at)
    assert link == "/kos/melati/101/pesan/?masuk=2026-03-20"
    assert "Jumat, 20 Maret 2026" in page(as_person(rini), link)


def test_only_what_fits_is_told(full, room_type, guests, at):
    guests("Ani", want=f"kamar-{full[1].pk}")
    guests("Ayu", minutes=1, budget=999_999)
    guests("Lia", minutes=2, want=f"tipe-{room_type.pk}", budget=1_000_000)
    free(full[0], at)

    waiting.tell_waiting(at + timedelta(hours=1))
    waiting.tell_waiting(at + timedelta(hours=9))

    assert told() == [("Lia", "101")]


def test_who_books_waits_no_longer_and_the_others_go_on(full, guests, at, rini):
    ani, ayu = guests("Ani"), guests("Ayu", minutes=1)
    at += timedelta(hours=1)
    free(full[0], at)
    waiting.tell_waiting(at)

    book(
        room=full[0], prospect=ani.customer, services=[], move_in_on=at.date(), occupant="wanita",
        plan="down_payment", by=ani.customer, at=at,
    )  # fmt: skip
    waiting.tell_waiting(at + timedelta(hours=3))

    ani.refresh_from_db()
    ayu.refresh_from_db()
    assert (ani.status, ayu.status) == ("booked", "waiting")
    assert told() == [("Ani", "101")]
    assert RoomOffer.objects.get().until == at + timedelta(hours=3)


def test_a_booking_that_ran_out_is_told_anew(full, guests, at, rini):
    guests("Ani")
    at += timedelta(hours=1)
    free(full[0], at)
    waiting.tell_waiting(at)
    book(
        room=full[0], prospect=rini, services=[], move_in_on=at.date(), occupant="wanita", plan="down_payment",
        by=rini, at=at,
    )  # fmt: skip
    waiting.tell_waiting(at + timedelta(hours=3))

    waiting.tell_waiting(at + timedelta(days=7))

    assert told() == [("Ani", "101"), ("Ani", "101")]


@pytest.mark.parametrize(
    ("latest_on", "ends"),
    [(date(2026, 3, 12), "2026-03-12T17:00:00+00:00"), (date(2026, 12, 1), "2026-05-09T03:00:00+00:00")],
)
def test_a_wish_ends_with_its_day_or_after_the_days_of_the_policy(full, guests, at, latest_on, ends):
    """The end of 12 March in WIB; or 60 days after 10 March, 10.00."""
    wish = guests("Ani", latest_on=latest_on)

    assert wish.deadline_at.isoformat() == ends
    assert settle(wish, at=wish.deadline_at - timedelta(seconds=1)).status == "waiting"
    assert settle(wish, at=wish.deadline_at).status == "lapsed"


def test_a_wish_that_has_ended_is_told_of_nothing(full, guests, at):
    wish = guests("Ani", latest_on=date(2026, 3, 12))
    free(full[0], at)

    assert waiting.tell_waiting(wish.deadline_at) == 0


def test_the_prospect_takes_his_wish_back_and_nobody_else_does(full, guests, desk, at, budi, sari):
    wish = guests("Ani")
    with pytest.raises(Refused, match="dilakukan oleh"):
        desk.step(wish, "withdraw", by=budi)

    desk.step(wish, "withdraw", by=wish.customer)

    wish.refresh_from_db()
    assert wish.status == "withdrawn"


# Who may wait, and for what


def test_nobody_waits_while_something_fits(rooms, guests, at):
    with pytest.raises(Refused, match="kamar 101, 102, 103 bisa dipesan sekarang"):
        guests("Ani")
    assert not Wish.objects.exists()


def test_one_live_wish_a_person_and_house(full, guests, at):
    guests("Ani")

    with pytest.raises(Refused, match="sudah ada di daftar tunggu"):
        guests("Ani", minutes=5)

    assert Wish.objects.count() == 1


def test_an_unproven_phone_another_house_and_a_past_day_are_refused(full, house, rini, sari, guests, at):
    Login.objects.filter(person=rini).update(phone_verified=False)
    with pytest.raises(Refused, match="terbukti milik Anda"):
        waiting.join(want=f"rumah-{house.pk}", latest_on=BY, occupant="wanita", by=rini, at=at)
    with pytest.raises(Refused, match="Hanya pengelola"):
        waiting.join(
            want=f"rumah-{house.pk}", latest_on=BY, occupant="wanita", by=rini, at=at, for_name="Adik"
        )
    with pytest.raises(Refused, match="sudah lewat"):
        guests("Ani", latest_on=date(2026, 3, 9))
    with pytest.raises(Refused, match="Periksa tahunnya"):
        guests("Ani", latest_on=date(2062, 3, 9))
    for want in ("rumah-999", "kamar-x", "tipe-", "rumah"):
        with pytest.raises(Refused, match="Pilih rumah"):
            guests("Ani", want=want)
    house.gender = "putra"
    house.save()
    with pytest.raises(Refused, match="khusus putra"):
        guests("Ani")
    house.is_published = False
    house.save()
    with pytest.raises(Refused, match="Pilih rumah"):
        waiting.join(want=f"rumah-{house.pk}", latest_on=BY, occupant="pria", by=proven(rini), at=at)
    assert not Wish.objects.exists()


def test_who_waits_is_not_forgotten_and_a_stranger_sees_nothing(full, guests, at, budi, clock_at):
    clock_at(at)
    wish = guests("Ani")

    assert "daftar tunggu" in str(privacy.duty(wish.customer))
    assert as_person(budi).get(wish.get_absolute_url()).status_code == 404
    assert as_person(budi).get("/daftar-tunggu/").status_code == 404


def test_what_was_wished_and_told_is_never_changed(full, guests, at):
    guests("Ani")
    free(full[0], at)
    waiting.tell_waiting(at + timedelta(hours=1))

    for statement in (
        "UPDATE boarding_wish SET latest_on = '2027-01-01'",
        "UPDATE boarding_roomoffer SET room_id = 99",
        "UPDATE boarding_wishtold SET wish_id = 99",
        "DELETE FROM boarding_wishtold",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# The list


def test_the_list_says_how_long_and_what_could_not_be_served_in_a_fixed_number_of_queries(
    full, guests, hadi, sari, at, clock_at, django_assert_max_num_queries
):
    for minutes, name in enumerate(("Ani", "Ayu", "Lia", "Mei")):
        guests(name, minutes=minutes, latest_on=date(2026, 3, 12) if name == "Mei" else BY)
    settle(Wish.objects.get(customer__name="Mei"), at=at + timedelta(days=3))
    clock_at(at + timedelta(days=4))
    owner = as_person(hadi)
    owner.get("/daftar-tunggu/")

    with django_assert_max_num_queries(10):
        shown = page(owner, "/daftar-tunggu/?rumah=melati")

    for expected in ("Ani", "Lia", "0812-03", "4 hari", "kamar mana pun", "Tidak terlayani"):
        assert expected in shown
    assert "Mei" not in shown
    found = reads.demand(reads.wishes_for(hadi), at=at + timedelta(days=4), since=at)
    assert (found.waiting, found.booked, found.unserved) == (3, 0, 1)
    lines = b"".join(owner.get("/daftar-tunggu/?keadaan=semua&berkas=csv").streaming_content).decode()
    assert "Kos Melati;kamar mana pun;3 hari;2026-03-12;;;Kedaluwarsa" in lines
