"""The published price is the only price; a lower one is asked for, and the owner decides (KOS-19)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tatausaha.business.boarding import report_sections, unit_lines
from tatausaha.business.boarding.models import Booking, Discount, DiscountGiven, RoomPrice, Stay
from tatausaha.business.boarding.services import bills
from tatausaha.business.boarding.services import discounts as services
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices.models import Notice
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.services import settle
from tests.business.boarding.desk import PAPER

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-19")]


def ask(room, by, at, rent=900_000, **more):
    return services.ask(room=room, rent=rent, reason="Pindah bersama adiknya", by=by, at=at, **more)


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person.login)
    return client


def page(client, address):
    return " ".join(client.get(address).content.decode().split())


def test_the_owner_decides_on_the_phone_with_one_tap_and_a_confirmation(
    booked, rooms, desk, sari, hadi, clock_at
):
    clock_at(desk.at)
    request = ask(rooms[0], sari, desk.at, periods=3)
    told = Notice.objects.get(person=hadi, link=request.get_absolute_url())
    assert "Sari meminta sewa kamar 101" in told.text
    owner = as_person(hadi)

    seen = page(owner, told.link)
    assert "Setujui potongan" in seen
    assert "Published" not in seen
    confirm = page(owner, f"{told.link}langkah/grant/")
    owner.post(f"{told.link}langkah/grant/")

    assert "Rp1.000.000" in confirm
    assert "Potongan seluruhnya, 3 masa sewa" in confirm
    assert "Rp300.000" in confirm
    request.refresh_from_db()
    assert request.status == "in_force"
    assert "menyetujui sewa Rp900.000" in Notice.objects.get(person=sari, link=told.link).text


def test_a_manager_and_a_tenant_cannot_grant(booked, rooms, desk, sari, rini, clock_at):
    clock_at(desk.at)
    request = ask(rooms[0], sari, desk.at)

    with pytest.raises(Refused, match="Pemilik"):
        desk.step(request, "grant")
    with pytest.raises(Refused, match="diminta oleh pengelola"):
        ask(rooms[1], rini, desk.at, for_name="Adik")
    assert as_person(sari).post(f"{request.get_absolute_url()}langkah/grant/").status_code in {302, 422}
    assert as_person(rini).get(request.get_absolute_url()).status_code == 404
    request.refresh_from_db()
    assert (request.status, Discount.objects.count()) == ("asked", 1)


def test_a_granted_discount_lowers_the_rent_of_its_periods_and_says_what_it_cost(
    booked, rooms, desk, sari, hadi, unit
):
    """Published 1.000.000, granted 900.000 for two periods: 200.000 given away, then the price again."""
    desk.step(ask(rooms[0], sari, desk.at, periods=2), "grant", by=hadi)

    stay = desk.move_in(booked)
    bills.issue_due_bills(at=desk.at + timedelta(days=60))

    rents = [
        line.amount
        for bill in billing.invoices_of(stay).filter(purpose="rent")
        for line in billing.lines_of(bill)
        if line.kind == "rent"
    ]
    assert rents == [900_000, 900_000, 1_000_000]
    assert (stay.rent, booked.down_payment, booked.deposit) == (1_000_000, 100_000, 500_000)
    assert sum(DiscountGiven.objects.values_list("amount", flat=True)) == 200_000
    (line,) = report_sections.discounted((unit,), 202603, desk.at)
    assert (str(line.label), line.amount) == ("Sari: kamar 101, Rini", 100_000)
    assert line.note == "tertulis Rp1.000.000, disetujui Rp900.000; sampai sekarang Rp200.000"
    seen = unit_lines.look((unit,), desk.at)
    assert unit_lines.given_away((unit,), desk.at, seen)[unit.pk].text == "Rp200 rb"


def test_the_payment_at_the_door_is_lower_by_the_discount_and_nothing_is_left_over(
    booked, rooms, desk, sari, hadi
):
    desk.cash(booked)
    before = billing.outstanding(booked)

    desk.step(ask(rooms[0], sari, desk.at), "grant", by=hadi)

    assert (before, billing.outstanding(booked)) == (1_475_000, 1_375_000)
    desk.step(booked, "register", **PAPER)
    desk.cash(booked)
    desk.step(booked, "check_in", on=desk.at.date(), key="101")
    stay = Stay.objects.get(booking=booked)
    assert billing.outstanding(stay) == 0
    assert billing.balance_of(stay.customer, stay.unit) == 0


def test_for_a_prospect_it_waits_for_the_booking_and_is_used_once(
    rooms, desk, sari, hadi, rini, budi, sops, laundry
):
    request = ask(rooms[0], sari, desk.at, for_name="Rini", for_phone=rini.phone)
    desk.step(request, "grant", by=hadi)
    request.refresh_from_db()
    assert request.status == "granted"

    first = _book(rooms[0], rini, desk, plan="full")

    request.refresh_from_db()
    assert (request.status, request.booking) == ("in_force", first)
    assert billing.outstanding(first) == 900_000
    desk.step(first, "cancel_on_request", note="Batal")
    desk.wait(days=2)
    assert billing.outstanding(_book(rooms[0], rini, desk, plan="full")) == 1_000_000


def _book(room, person, desk, plan="down_payment"):
    return book(
        room=room, prospect=person, services=[], move_in_on=desk.at.date(), occupant="wanita", plan=plan, by=person,
        at=desk.at,
    )  # fmt: skip


def test_unused_it_lapses_after_fourteen_days_and_not_a_second_earlier(rooms, desk, sari, hadi, rini, sops):
    request = ask(rooms[0], sari, desk.at, for_name="Rini", for_phone=rini.phone)
    desk.step(request, "grant", by=hadi)
    request.refresh_from_db()

    early = settle(request, at=desk.at + timedelta(days=14, seconds=-1)).status
    late = settle(request, at=desk.at + timedelta(days=14)).status

    assert (early, late) == ("granted", "lapsed")
    desk.wait(days=14)
    booking = _book(rooms[0], rini, desk, plan="full")
    assert billing.outstanding(booking) == 1_000_000


def test_for_a_tenant_it_begins_with_the_first_period_without_a_bill(booked, rooms, desk, sari, hadi):
    stay = desk.move_in(booked)
    desk.wait(days=20)
    request = ask(rooms[0], sari, desk.at)
    desk.wait(days=5)
    bills.issue_due_bills(at=desk.at)

    desk.step(request, "grant", by=hadi)

    request.refresh_from_db()
    assert (request.stay, request.from_period) == (stay, 2)
    second = billing.invoices_of(stay).filter(purpose="rent").order_by("pk").last()
    assert second.total == 1_075_000


def test_the_owner_ends_a_discount_and_the_price_holds_again(booked, rooms, desk, sari, hadi):
    request = ask(rooms[0], sari, desk.at)
    desk.step(request, "grant", by=hadi)
    stay = desk.move_in(booked)
    request.refresh_from_db()

    desk.step(request, "end", by=hadi, note="Sudah cukup")
    bills.issue_due_bills(at=desk.at + timedelta(days=25))

    newest = billing.invoices_of(stay).filter(purpose="rent").order_by("pk").last()
    assert newest.total == 1_075_000


def test_a_request_for_a_booking_that_ended_is_not_granted(booked, rooms, desk, sari, hadi):
    request = ask(rooms[0], sari, desk.at)
    desk.step(booked, "withdraw", cause="broken", note="Kamar rusak")

    with pytest.raises(Refused, match="tidak berjalan"):
        desk.step(request, "grant", by=hadi)


@pytest.mark.parametrize("rent", [1_000_000, 1_200_000])
def test_a_rent_that_is_not_below_the_price_is_no_discount(booked, rooms, desk, sari, rent):
    with pytest.raises(Refused, match=r"di bawah harga tertulis Rp1\.000\.000"):
        ask(rooms[0], sari, desk.at, rent=rent)
    assert not Discount.objects.exists()


# Every other way in which a price enters


def test_nobody_but_the_owner_publishes_a_price_and_a_published_one_is_never_changed(
    rooms, sari, clock_at, at
):
    clock_at(at)
    room_type = rooms[0].room_type
    answer = as_person(sari).post(
        f"/kos-kelola/rumah/melati/tipe/{room_type.pk}/harga/",
        {"amount": "900000", "valid_from": "2026-03-10"},
    )
    assert answer.status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        RoomPrice.objects.update(amount=900_000)
    assert list(RoomPrice.objects.values_list("amount", flat=True)) == [1_000_000]


def test_the_counter_and_the_page_take_no_price_from_the_person(rooms, sari, clock_at, at, sops):
    clock_at(at)
    data = {
        "room": rooms[0].pk, "move_in_on": "2026-03-12", "occupant": "wanita", "plan": "down_payment",
        "for_name": "Ani", "for_phone": "081200000077", "rent": "500000", "amount": "500000", "deposit": "1",
        "down_payment": "1",
    }  # fmt: skip

    answer = as_person(sari).post("/kos/melati/101/pesan/", data)

    assert answer.status_code == 302, answer.content.decode()[:2000]
    made = Booking.objects.get()
    assert (made.rent, made.down_payment, made.deposit) == (1_000_000, 100_000, 500_000)


def test_the_database_takes_no_booking_at_a_price_that_was_never_published(booked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=booked.pk).update(rent=900_000)
    booked.refresh_from_db()
    assert booked.rent == 1_000_000


def test_what_was_asked_and_what_was_given_are_never_changed(booked, rooms, desk, sari, hadi):
    request = ask(rooms[0], sari, desk.at)
    desk.step(request, "grant", by=hadi)
    desk.move_in(booked)

    for statement in (
        "UPDATE boarding_discount SET asked = 1",
        "UPDATE boarding_discountgiven SET amount = 1",
        "DELETE FROM boarding_discountgiven",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_services_are_billed_at_the_published_price_whatever_is_sent(booked, desk, house, make_measured):
    stay = desk.move_in(booked)
    wash = make_measured(house, "Cuci kiloan", 7_000, "kg")

    desk.step(stay, "note_use", service=wash, on=desk.at.date(), quantity="3", price=1, amount=1)

    assert stay.uses.get().amount == 21_000


# The pages


def test_the_list_shows_manager_room_price_and_rupiah_given_away_in_a_fixed_number_of_queries(
    booked, rooms, desk, sari, hadi, clock_at, django_assert_max_num_queries
):
    clock_at(desk.at)
    desk.step(ask(rooms[0], sari, desk.at), "grant", by=hadi)
    desk.move_in(booked)
    ask(rooms[1], sari, desk.at, for_name="Ani", for_phone="081200000077")
    owner = as_person(hadi)
    owner.get("/kos-kelola/potongan/")

    with django_assert_max_num_queries(9):
        shown = page(owner, "/kos-kelola/potongan/")

    for expected in ("Sari", "101", "Rp1.000.000", "Rp900.000", "Rp100.000", "seterusnya"):
        assert expected in shown
    lines = b"".join(owner.get("/kos-kelola/potongan/?berkas=csv").streaming_content).decode()
    assert "Sari;Kos Melati;101;Rini;1000000;900000;seterusnya;100000;Berlaku" in lines


def test_bad_input_is_said_at_the_field_and_nothing_is_lost(rooms, sari, sops, clock_at, at):
    clock_at(at)
    client = as_person(sari)
    sent = {"room": rooms[0].pk, "rent": "2 jt", "reason": "Teman lama", "for_name": "Ani"}

    answer = client.post("/kos-kelola/rumah/melati/potongan/minta/", sent)

    shown = " ".join(answer.content.decode().split())
    assert "di bawah harga tertulis Rp1.000.000" in shown
    assert "Teman lama" in shown
    assert not Discount.objects.exists()
    answer = client.post("/kos-kelola/rumah/melati/potongan/minta/", sent | {"rent": "900rb"})
    assert answer.status_code == 302
    assert Discount.objects.get().customer.name == "Ani"


def test_the_form_says_who_is_in_each_room(booked, desk, rooms, sari, budi, clock_at):
    desk.move_in(booked)
    on = desk.at.date()
    book(room=rooms[1], prospect=budi, services=[], move_in_on=on, occupant="pria", plan="full",
         by=budi, at=desk.at)  # fmt: skip
    clock_at(desk.at)

    page = as_person(sari).get("/kos-kelola/rumah/melati/potongan/minta/").text

    for said in ("101: Rini", "102: Budi", "103: belum ada orangnya"):
        assert f">{said}</option>" in page
