"""The life of a booking: held, paid, expired, revived, cancelled, moved in (rules/boarding 1 to 5)."""

from datetime import date, timedelta

import pytest

from tatausaha.business.boarding import accounts, panels
from tatausaha.business.boarding.models import Booking, Registration, RoomClaim, Stay
from tatausaha.business.boarding.procedure.booking import BOOKING
from tatausaha.business.boarding.queries import free_rooms
from tatausaha.business.boarding.services.booking import book, book_by
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.payments.models import Refund
from tatausaha.core.payments.services import receive_cash
from tatausaha.core.people import papers
from tatausaha.core.people import queries as people
from tatausaha.core.people.models import Login, Person
from tatausaha.core.procedures import checks, policies, queries, services

from .desk import PAPER

pytestmark = pytest.mark.django_db


def test_the_table_has_no_problems():
    assert checks.problems(BOOKING) == []


@pytest.mark.req("KOS-02", "KOS-05")
def test_booking_holds_the_room_for_168_hours_and_asks_ten_percent_of_the_rent_alone(
    booked, house, rooms, at
):
    assert booked.status == "held"
    assert booked.hold_until == booked.deadline_at == at + timedelta(hours=168)
    assert (booked.rent, booked.down_payment, booked.deposit) == (1_000_000, 100_000, 500_000)
    assert [(i.purpose, i.total) for i in billing.invoices_of(booked)] == [("down_payment", 100_000)]
    assert rooms[0] not in free_rooms(house, at, date(2026, 3, 12))


@pytest.mark.req("KOS-03")
def test_an_unpaid_booking_is_gone_after_seven_days_and_not_a_second_earlier(booked, house, rooms, budi, at):
    deadline = at + timedelta(days=7)

    assert services.sweep(at=deadline - timedelta(seconds=1)) == 0
    assert rooms[0] not in free_rooms(house, deadline - timedelta(seconds=1), deadline.date())
    assert rooms[0] in free_rooms(house, deadline, deadline.date())  # gone before anybody tidied up
    assert services.sweep(at=deadline) == 1

    booked.refresh_from_db()
    assert booked.status == "expired"
    assert billing.outstanding(booked) == 0
    other = book(room=rooms[0], prospect=budi, services=[], move_in_on=deadline.date(), occupant="pria",
                 plan="full", by=budi, at=deadline)  # fmt: skip
    assert other.status == "held"


@pytest.mark.req("KOS-03")
def test_a_run_out_hold_gives_way_to_the_next_prospect_before_the_sweep(booked, rooms, budi, at):
    deadline = at + timedelta(days=7)

    book(room=rooms[0], prospect=budi, services=[], move_in_on=deadline.date(), occupant="pria", plan="full", by=budi,
         at=deadline)  # fmt: skip

    booked.refresh_from_db()
    assert booked.status == "expired"


@pytest.mark.req("KOS-02")
def test_a_room_that_has_just_gone_is_refused_in_a_sentence(booked, rooms, budi, at):
    with pytest.raises(Refused, match="Kamar 101 baru saja dipesan orang lain"):
        book(
            room=rooms[0],
            prospect=budi,
            services=[],
            move_in_on=at.date(),
            occupant="pria",
            plan="full",
            by=budi,
            at=at,
        )

    assert Booking.objects.count() == 1


@pytest.mark.req("KOS-02")
def test_one_person_holds_one_unpaid_booking(booked, rooms, rini, at):
    with pytest.raises(Refused, match="satu pesanan yang belum dibayar"):
        book(
            room=rooms[1],
            prospect=rini,
            services=[],
            move_in_on=at.date(),
            occupant="wanita",
            plan="full",
            by=rini,
            at=at,
        )


@pytest.mark.req("KOS-02")
def test_the_same_phone_number_counts_as_the_same_person(booked, rooms, rini, at):
    twin = Person.objects.create(name="Rini dua", phone=rini.phone, created_at=at)

    with pytest.raises(Refused, match="Nomor HP ini"):
        book(
            room=rooms[1],
            prospect=twin,
            services=[],
            move_in_on=at.date(),
            occupant="wanita",
            plan="full",
            by=twin,
            at=at,
        )


@pytest.mark.req("KOS-02")
def test_who_has_proven_a_phone_is_not_stopped_by_others_who_typed_it(rooms, booked, rini, budi, desk, at):
    Person.objects.filter(pk=budi.pk).update(phone="+6281299990001")
    for name, room in (("Orang lain", rooms[1]), ("Orang iseng", rooms[2])):
        stranger = Person.objects.create(name=name, phone="+6281299990001", created_at=at)
        wish = {"services": [], "move_in_on": at.date(), "occupant": "pria", "plan": "full", "at": at}
        if name == "Orang iseng":  # the number has one unpaid booking already
            with pytest.raises(Refused, match="Nomor HP ini"):
                book(room=room, prospect=stranger, by=stranger, **wish)
            continue
        book(room=room, prospect=stranger, by=stranger, **wish)
    budi.refresh_from_db()
    with pytest.raises(Refused, match="Nomor HP ini"):  # not proven yet: anybody could have typed it
        book(room=rooms[2], prospect=budi, by=budi, **wish)

    Login.objects.filter(person=budi).update(phone=budi.phone, phone_verified=True)
    own = book(room=rooms[2], prospect=budi, by=budi, **wish)

    assert own.status == "held"
    assert (
        Booking.objects.filter(customer__phone=budi.phone, status="held").count() == 2
    )  # the other room stays held
    with pytest.raises(Refused, match="satu pesanan yang belum dibayar"):
        book(room=rooms[1], prospect=budi, by=budi, **wish)


@pytest.mark.req("KOS-02")
def test_the_same_room_is_held_again_for_the_same_person_only_after_24_hours(booked, rooms, rini, at):
    deadline = at + timedelta(days=7)
    services.sweep(at=deadline)
    again = {
        "room": rooms[0],
        "prospect": rini,
        "services": [],
        "occupant": "wanita",
        "plan": "full",
        "by": rini,
    }

    with pytest.raises(Refused, match="bisa Anda pesan lagi mulai"):
        book(
            **again,
            move_in_on=deadline.date() + timedelta(days=3),
            at=deadline + timedelta(hours=23, minutes=59),
        )

    later = deadline + timedelta(hours=24)
    assert book(**again, move_in_on=later.date(), at=later).status == "held"


@pytest.mark.req("KOS-02")
def test_a_house_for_women_is_not_booked_for_a_man(sops, house, rooms, budi, at):
    house.gender = "putri"
    house.save()

    with pytest.raises(Refused, match="khusus putri"):
        book(
            room=rooms[0],
            prospect=budi,
            services=[],
            move_in_on=at.date(),
            occupant="pria",
            plan="full",
            by=budi,
            at=at,
        )


@pytest.mark.req("KOS-02")
@pytest.mark.parametrize(("days", "sentence"), [(-1, "tidak boleh sebelum hari ini"), (31, "paling lambat")])
def test_the_day_of_moving_in_lies_within_thirty_days(sops, rooms, budi, at, days, sentence):
    with pytest.raises(Refused, match=sentence):
        book(room=rooms[0], prospect=budi, services=[], move_in_on=at.date() + timedelta(days=days), occupant="pria",
             plan="full", by=budi, at=at)  # fmt: skip


@pytest.mark.req("KOS-05")
def test_the_down_payment_secures_the_room_and_the_rest_is_billed(booked, desk, unit):
    desk.cash(booked)

    assert booked.status == "secured"
    bill = billing.invoices_of(booked).get(purpose="move_in")
    assert bill.total == 900_000 + 75_000 + 500_000
    assert desk.balance(chart.CUSTOMER_ADVANCES, unit) == -100_000
    assert desk.balance(accounts.ROOM_RENT, unit) == 0
    assert RoomClaim.objects.get(pk=booked.claim_id).kind == "dipesan"


@pytest.mark.req("KOS-05")
def test_a_down_payment_in_part_does_not_secure_the_room(booked, desk):
    desk.cash(booked, 60_000)

    assert booked.status == "held"
    assert billing.outstanding(booked) == 40_000


@pytest.mark.req("KOS-03", "KOS-05")
def test_money_in_part_goes_back_when_the_hold_runs_out(booked, desk, at):
    desk.cash(booked, 60_000)
    services.sweep(at=at + timedelta(days=7))

    assert Refund.objects.get().amount == 60_000


@pytest.mark.req("KOS-05")
def test_the_whole_first_rent_at_once_leaves_services_and_deposit_for_the_day_of_moving_in(
    sops, rooms, laundry, rini, desk, at
):
    booking = book(room=rooms[1], prospect=rini, services=[laundry], move_in_on=at.date(), occupant="wanita",
                   plan="full", by=rini, at=at)  # fmt: skip
    desk.cash(booking)

    assert booking.status == "paid_up"
    assert panels.booking(booking, rini, at)["due_at_move_in"] == 75_000 + 500_000
    assert billing.invoices_of(booking).get(purpose="move_in").total == 75_000 + 500_000


@pytest.mark.req("KOS-06")
def test_no_key_with_only_a_down_payment(booked, desk):
    desk.cash(booked)
    desk.step(booked, "register", **PAPER)

    with pytest.raises(Refused, match=r"masih kurang Rp1\.475\.000"):
        desk.step(booked, "check_in", on=desk.at.date())

    assert not Stay.objects.exists()


@pytest.mark.req("KOS-07")
def test_no_key_without_registration(booked, desk):
    desk.cash(booked)
    desk.cash(booked)

    with pytest.raises(Refused, match="belum mendaftar dengan tanda pengenal"):
        desk.step(booked, "check_in", on=desk.at.date())


@pytest.mark.req("KOS-07")
def test_registration_needs_a_document_and_only_the_owner_may_waive_it(booked, desk, hadi):
    desk.cash(booked)
    without = PAPER | {"paper_number": "", "paper_file": None, "waived_because": "KTP sedang diurus"}

    with pytest.raises(Refused, match="Foto tanda pengenal belum ada"):
        desk.step(booked, "register", **(without | {"waived_because": ""}))
    with pytest.raises(Refused, match="Hanya pemilik"):
        desk.step(booked, "register", **without)
    desk.step(booked, "register", by=hadi, **without)

    assert Registration.objects.get().waived_because == "KTP sedang diurus"


@pytest.mark.req("KOS-07")
def test_a_number_that_no_card_bears_is_refused_beside_its_field(booked, desk):
    desk.cash(booked)

    with pytest.raises(Refused, match="NIK terdiri dari 16 angka") as no:
        desk.step(booked, "register", **PAPER | {"paper_number": "12"})

    assert no.value.field == "paper_number"
    assert not Registration.objects.exists()


@pytest.mark.req("KOS-08")
def test_a_day_of_moving_in_that_only_the_owner_may_write_is_refused_beside_its_field(booked, desk):
    desk.cash(booked)
    desk.step(booked, "register", **PAPER)
    desk.cash(booked)

    with pytest.raises(Refused, match="lebih dari 60 hari lalu") as no:
        desk.step(booked, "check_in", on=desk.at.date() - timedelta(days=61))

    assert no.value.field == "on"


@pytest.mark.req("KOS-07", "SYS-10")
def test_the_identity_number_is_not_in_the_trail(booked, desk):
    desk.cash(booked)
    desk.step(booked, "register", **PAPER)

    assert "3506042602660001" not in str(queries.passages_of(booked).values_list("evidence", flat=True))


@pytest.mark.req("KOS-04")
def test_the_prospect_cancels_before_paying_and_owes_nothing(booked, desk, rini, house, rooms):
    desk.step(booked, "cancel", by=rini)

    assert not Refund.objects.exists()
    assert billing.outstanding(booked) == 0
    assert rooms[0] in free_rooms(house, desk.at, desk.at.date())


@pytest.mark.req("KOS-04")
def test_cancelling_after_the_down_payment_forfeits_it(booked, desk, rini, unit):
    desk.cash(booked)
    desk.step(booked, "cancel", by=rini)

    assert desk.balance(chart.CANCELLATION_INCOME, unit) == -100_000
    assert desk.balance(chart.CUSTOMER_ADVANCES, unit) == 0
    assert not Refund.objects.exists()


@pytest.mark.req("KOS-04")
def test_a_house_that_breaks_its_word_gives_everything_back(booked, desk, unit):
    desk.cash(booked)
    desk.cash(booked)
    desk.step(booked, "withdraw", cause="broken", note="Kamar bocor")

    refund = Refund.objects.get()  # one transfer for rent and deposit
    assert (refund.kind, refund.amount) == ("advance", 1_575_000)
    assert refund.reason == "Kamar rusak atau belum siap: Kamar bocor"
    assert desk.balance(chart.DEPOSITS, unit) == 0
    assert desk.balance(chart.CANCELLATION_INCOME, unit) == 0


@pytest.mark.req("KOS-04")
def test_paid_in_full_and_cancelled_keeps_ten_percent_and_returns_the_deposit(
    sops, rooms, rini, desk, unit, at
):
    booking = book(room=rooms[1], prospect=rini, services=[], move_in_on=at.date(), occupant="wanita", plan="full",
                   by=rini, at=at)  # fmt: skip
    desk.cash(booking)
    desk.cash(booking)
    desk.step(booking, "cancel", by=rini)

    assert desk.balance(chart.CANCELLATION_INCOME, unit) == -100_000
    assert [refund.amount for refund in Refund.objects.all()] == [900_000 + 500_000]
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-04")
def test_the_owner_cancels_with_any_amount_and_a_reason(booked, desk, hadi, unit):
    desk.cash(booked)
    desk.step(booked, "settle", by=hadi, keep=25_000, note="Sakit")

    assert desk.balance(chart.CANCELLATION_INCOME, unit) == -25_000
    assert Refund.objects.get().amount == 75_000


@pytest.mark.req("KOS-05")
def test_who_does_not_come_forfeits_the_down_payment_three_days_after_the_planned_day(booked, desk, unit):
    desk.cash(booked)
    # planned for 12 March: the 15th is the last day, so it ends at 00:00 WIB of the 16th
    end = desk.at.replace(day=15, hour=17, minute=0)

    assert services.sweep(at=end - timedelta(seconds=1)) == 0
    assert services.sweep(at=end) == 1

    booked.refresh_from_db()
    assert booked.status == "forfeited"
    assert desk.balance(chart.CANCELLATION_INCOME, unit) == -100_000


@pytest.mark.req("KOS-03")
def test_a_manager_extends_a_hold_once_and_the_owner_again(booked, desk, hadi, at):
    extended = desk.step(booked, "extend", days=7, note="Menunggu kiriman")
    assert extended.deadline_at == at + timedelta(days=14)

    with pytest.raises(Refused, match="sudah pernah diperpanjang"):
        desk.step(booked, "extend", days=1, note="Lagi")

    assert desk.step(booked, "extend", by=hadi, days=3, note="Boleh").deadline_at == at + timedelta(days=17)
    assert services.sweep(at=at + timedelta(days=8)) == 0


@pytest.mark.req("KOS-06")
def test_moving_in_posts_the_first_rent_out_of_the_advance_and_holds_the_deposit(booked, desk, unit):
    stay = desk.move_in(booked)

    assert Booking.objects.get().status == "checked_in"
    assert desk.balance(accounts.ROOM_RENT, unit) == -1_000_000
    assert desk.balance(chart.SERVICE_INCOME, unit) == -75_000
    assert desk.balance(chart.CUSTOMER_ADVANCES, unit) == 0
    assert desk.balance(chart.RECEIVABLES, unit) == 0
    assert desk.balance(chart.DEPOSITS, unit) == -500_000
    assert billing.held(stay, "deposit") == 500_000
    assert stay.claim.kind == "terisi"


@pytest.mark.req("KOS-02", "KOS-19")
def test_a_price_published_later_does_not_touch_a_booking(booked, desk, room_type, hadi, at):
    room_type.prices.create(amount=2_000_000, valid_from=at.date() + timedelta(days=1), published_at=at)
    desk.wait(days=1)

    desk.cash(booked)

    assert billing.invoices_of(booked).get(purpose="move_in").total == 1_475_000


@pytest.mark.req("KOS-05")
def test_a_house_of_its_own_policy_asks_its_own_down_payment(sops, rooms, rini, hadi, unit, at):
    policies.set_unit_values(
        "boarding.booking", unit, {"down_payment_percent": 30}, by=hadi, at=at, reason="impor"
    )

    booking = book(room=rooms[0], prospect=rini, services=[], move_in_on=at.date(), occupant="wanita",
                   plan="down_payment", by=rini, at=at)  # fmt: skip

    assert booking.down_payment == 300_000


@pytest.mark.req("KOS-02", "KOS-05", "SYS-09")
def test_a_house_that_rounds_its_down_payment_up_asks_it_rounded(
    sops, rooms, room_type, rini, hadi, unit, at
):
    policies.set_unit_values(
        "boarding.booking", unit, {"down_payment_round_to": 1000}, by=hadi, at=at, reason="uang pas"
    )
    room_type.prices.create(amount=875_500, valid_from=at.date(), published_at=at)

    booking = book(room=rooms[0], prospect=rini, services=[], move_in_on=at.date(), occupant="wanita",
                   plan="down_payment", by=rini, at=at)  # fmt: skip

    assert (booking.rent, booking.down_payment) == (875_500, 88_000)
    assert billing.outstanding(booking) == 88_000


@pytest.mark.req("KOS-05")
def test_who_pays_later_than_the_planned_day_is_waited_for_from_the_payment(sops, rooms, rini, desk, at):
    booking = book(room=rooms[1], prospect=rini, services=[], move_in_on=at.date(), occupant="wanita",
                   plan="down_payment", by=rini, at=at)  # fmt: skip
    desk.wait(days=6).cash(booking)

    assert services.sweep(at=desk.at + timedelta(hours=1)) == 0
    assert booking.deadline_at > desk.at + timedelta(days=3)


@pytest.mark.req("KOS-03")
def test_money_that_comes_after_the_hold_revives_the_booking_while_the_room_is_free(
    booked, desk, house, rooms, at
):
    deadline = at + timedelta(days=7)
    bill = billing.invoices_of(booked).get()
    services.sweep(at=deadline)
    desk.at = deadline + timedelta(days=1)

    receive_cash(
        unit=booked.unit, payer=booked.customer, amount=100_000, invoices=[bill], by=desk.manager, at=desk.at
    )

    booked.refresh_from_db()
    assert booked.status == "secured"
    assert [p.step for p in queries.passages_of(booked)] == ["open", "expire", "revive"]
    assert rooms[0] not in free_rooms(house, desk.at, desk.at.date())
    assert not Refund.objects.exists()


@pytest.mark.req("KOS-03", "KOS-05")
def test_a_deadline_that_is_noted_late_counts_from_the_deadline_and_is_booked_now(booked, desk, unit, at):
    desk.cash(booked)
    services.sweep(at=at + timedelta(days=30))

    booked.refresh_from_db()
    last = queries.passages_of(booked).last()
    assert (last.step, last.at, last.recorded_at) == ("forfeit", booked.since, at + timedelta(days=30))
    assert booked.since < at + timedelta(days=7)
    assert desk.balance(chart.CANCELLATION_INCOME, unit) == -100_000


@pytest.mark.req("KOS-07")
def test_who_is_registered_already_is_not_to_be_registered_again_on_anybodys_list(booked, desk, sari):
    desk.cash(booked)
    booked.refresh_from_db()

    def asked() -> list[str]:
        return [
            item.step.name for item in queries.worklist(sari) if item.number == booked.number and item.step
        ]

    assert asked() == ["register"]
    desk.step(booked, "register", **PAPER)
    assert asked() == [], "the rest and the deposit are not in yet"
    desk.cash(booked)
    assert asked() == ["check_in"]


@pytest.mark.req("KOS-07", "KOS-16")
def test_a_booking_that_nobody_paid_opens_no_papers(booked, rini, sari, desk, at):
    paper = papers.add_paper(person=rini, kind="ktp", number="3201015508950001", by=rini, at=at)
    assert people.paper_for(sari, paper.pk) is None

    desk.cash(booked)

    assert people.paper_for(sari, paper.pk) == paper


def test_at_the_counter_a_number_of_two_people_is_nobody_of_them(rooms, sari, rini, budi, at):
    Person.objects.filter(pk=budi.pk).update(phone=rini.phone)

    made = book_by(
        room=rooms[0], services=[], move_in_on=at.date(), occupant="pria", plan="full", by=sari, at=at,
        for_name="Rini Lain", for_phone=rini.phone,
    )  # fmt: skip

    assert made.customer.name == "Rini Lain"
    assert made.customer not in (rini, budi)
