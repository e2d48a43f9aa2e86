"""A booking ends, is held longer, or comes back: by whom, for what money, with what notice (rules/boarding 1 to 5)."""

from datetime import date, timedelta

import pytest

from tatausaha.business.boarding import announcements
from tatausaha.business.boarding.models import Booking
from tatausaha.business.boarding.procedure import forms, previews
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments.models import Refund
from tatausaha.core.payments.services import receive_cash
from tatausaha.core.people.models import Login, Person
from tatausaha.core.procedures import policies, queries, services

pytestmark = pytest.mark.django_db


def wish(room, person, at, **other):
    return {
        "room": room, "prospect": person, "services": [], "move_in_on": at.date() + timedelta(days=2),
        "occupant": "wanita", "plan": "down_payment", "by": person, "at": at,
    } | other  # fmt: skip


# Hoarding


@pytest.mark.req("KOS-02")
def test_cancelling_just_before_the_end_does_not_buy_another_seven_days(booked, desk, rooms, rini):
    desk.wait(days=6, hours=23).step(booked, "cancel", by=rini)

    with pytest.raises(Refused, match=r"bisa Anda pesan lagi mulai .*18 Maret 2026 09\.00"):
        book(**wish(rooms[0], rini, desk.at))
    assert book(**wish(rooms[1], rini, desk.at)).status == "held"


@pytest.mark.req("KOS-02")
def test_24_hours_after_cancelling_the_same_room_is_free_for_all(booked, desk, rooms, rini):
    desk.step(booked, "cancel", by=rini)

    with pytest.raises(Refused, match="bisa Anda pesan lagi"):
        book(**wish(rooms[0], rini, desk.at + timedelta(hours=23, minutes=59)))
    assert book(**wish(rooms[0], rini, desk.at + timedelta(hours=24))).status == "held"


@pytest.mark.req("KOS-02")
@pytest.mark.parametrize("ends", ["expires", "cancelled"])
def test_another_record_with_the_same_phone_is_the_same_person(booked, desk, rooms, rini, budi, ends):
    if ends == "expires":
        services.sweep(at=desk.wait(days=7).at)
    else:
        desk.step(booked, "cancel", by=rini)
    twin = Person.objects.create(name="Rini dua", phone=rini.phone, created_at=desk.at)

    with pytest.raises(Refused, match="bisa Anda pesan lagi"):
        book(**wish(rooms[0], twin, desk.at))
    assert book(**wish(rooms[0], budi, desk.at)).status == "held"


@pytest.mark.req("KOS-02")
def test_who_has_proven_the_phone_waits_for_nobody_who_merely_typed_it(booked, desk, rooms, rini, budi):
    Person.objects.filter(pk=budi.pk).update(phone="+6281299990001")
    Login.objects.filter(person=budi).update(phone="+6281299990001", phone_verified=True)
    budi.refresh_from_db()
    stranger = Person.objects.create(name="Orang iseng", phone=budi.phone, created_at=desk.at)
    held = book(**wish(rooms[1], stranger, desk.at))
    desk.step(held, "cancel", by=stranger)

    assert book(**wish(rooms[1], budi, desk.at)).status == "held"


@pytest.mark.req("KOS-02")
@pytest.mark.parametrize("step", ["withdraw", "cancel"])
def test_whom_the_house_refused_or_who_has_paid_may_book_again_at_once(booked, desk, rooms, rini, step):
    if step == "cancel":
        desk.cash(booked)
        desk.step(booked, "cancel", by=rini)
    else:
        desk.step(booked, "withdraw", cause="broken", note="Salah tanggal")

    assert book(**wish(rooms[0], rini, desk.at)).status == "held"


# Cancelling for the prospect


@pytest.mark.req("KOS-04")
def test_only_the_prospect_cancels_and_the_manager_says_why_he_does_it_for_her(booked, desk, rini, unit):
    desk.cash(booked)
    with pytest.raises(Refused, match="dilakukan oleh Calon penghuni"):
        desk.step(booked, "cancel")
    names = [option.step.name for option in services.options(booked, by=desk.manager, at=desk.at)]
    assert "cancel" not in names
    assert "cancel_on_request" in names
    assert forms.ReasonForm({"note": ""}, by=desk.manager, at=desk.at, subject=booked).is_valid() is False

    done = desk.step(booked, "cancel_on_request", note="Menelepon: diterima di Malang")

    assert done.status == "cancelled"
    assert desk.balance(chart.CANCELLATION_INCOME, unit) == -100_000
    last = queries.passages_of(done).last()
    assert (last.person, last.note) == (desk.manager, "Menelepon: diterima di Malang")
    options = [option.step.name for option in services.options(booked, by=rini, at=desk.at)]
    assert "cancel_on_request" not in options


# Late money


@pytest.mark.req("KOS-03", "KOS-05")
def test_a_first_rent_in_full_that_came_late_revives_into_paid_up_and_is_not_forfeited(
    sops, rooms, rini, desk, unit
):
    booking = book(**wish(rooms[1], rini, desk.at, plan="full"))
    bill = billing.invoices_of(booking).get()
    services.sweep(at=desk.wait(days=7).at)
    desk.wait(days=1)
    receive_cash(unit=unit, payer=rini, amount=1_000_000, invoices=[bill], by=desk.manager, at=desk.at)

    booking.refresh_from_db()
    assert booking.status == "paid_up"
    assert services.sweep(at=desk.at + timedelta(days=20)) == 0
    assert desk.balance(chart.CANCELLATION_INCOME, unit) == 0


@pytest.mark.req("KOS-03")
def test_a_down_payment_does_not_revive_a_booking_that_was_to_be_paid_in_full(sops, rooms, rini, desk, unit):
    booking = book(**wish(rooms[1], rini, desk.at, plan="full"))
    bill = billing.invoices_of(booking).get()
    services.sweep(at=desk.wait(days=7).at)
    receive_cash(unit=unit, payer=rini, amount=100_000, invoices=[bill], by=desk.manager, at=desk.at)

    booking.refresh_from_db()
    assert booking.status == "expired"


# Holding longer


@pytest.mark.req("KOS-03")
def test_a_manager_extends_by_seven_days_at_most_and_the_owner_freely(booked, desk, hadi, at):
    with pytest.raises(Refused, match="Paling lama 7 hari"):
        desk.step(booked, "extend", days=8, note="Menunggu kiriman")
    booked.refresh_from_db()
    assert booked.deadline_at == at + timedelta(days=7)

    assert desk.step(booked, "extend", days=7, note="Menunggu").deadline_at == at + timedelta(days=14)
    typed = forms.ExtendForm({"days": "40", "note": "Anak teman"}, by=hadi, at=desk.at, subject=booked)
    assert typed.is_valid(), typed.errors
    extended = desk.step(booked, "extend", by=hadi, **typed.cleaned_data)
    assert extended.deadline_at == at + timedelta(days=54)


# Who does not come


@pytest.mark.req("KOS-05", "KOS-11")
def test_who_did_not_come_is_told_the_day_after_and_so_is_the_manager(booked, desk, rini, sari):
    desk.cash(booked)  # planned for 12 March; waited for until the end of the 15th
    start = desk.at.replace(day=12, hour=17, minute=0)  # 00:00 WIB of the 13th

    assert announcements.remind_of_move_in(at=start - timedelta(seconds=1)) == 0
    assert announcements.remind_of_move_in(at=start) == 2
    assert announcements.remind_of_move_in(at=start + timedelta(days=1)) == 0

    told = Notice.objects.get(person=rini, key__contains="no_show")
    assert "Minggu, 15 Maret 2026" in told.text
    assert "uang muka Rp100.000 hangus" in told.text
    assert Notice.objects.filter(person=sari, key__contains="no_show").count() == 1


@pytest.mark.req("KOS-05")
def test_who_has_paid_in_full_or_moved_in_is_not_threatened(booked, sops, rooms, desk, budi):
    full = book(**wish(rooms[1], budi, desk.at, plan="full", occupant="pria", move_in_on=date(2026, 3, 12)))
    desk.cash(full)
    desk.move_in(booked)
    assert Booking.objects.get(pk=full.pk).status == "paid_up"

    announcements.remind_of_move_in(at=desk.at.replace(day=13))

    told = Notice.objects.get(person=budi, key__contains="no_show")
    assert "hangus" not in told.text
    assert not Notice.objects.filter(person=booked.customer, key__contains="no_show").exists()


# The figures of the SOP, each by its own consequence


@pytest.mark.req("KOS-04")
def test_money_of_a_cancelled_booking_goes_back_within_three_working_days(booked, desk):
    desk.cash(booked)
    desk.step(booked, "withdraw", cause="broken", note="Kamar bocor")  # a Tuesday, 10 March 2026

    assert Refund.objects.get().due_on == date(2026, 3, 13)


@pytest.mark.req("KOS-04")
@pytest.mark.parametrize(("ahead", "kept"), [(13, 100_000), (14, 50_000), (20, 50_000)])
def test_early_cancellation_where_the_house_offers_it_keeps_half(
    sops, rooms, rini, hadi, desk, unit, ahead, kept
):
    policies.set_unit_values(
        "boarding.booking", unit, {"early_cancel_days": 14}, by=hadi, at=desk.at, reason="ramah"
    )
    booking = book(**wish(rooms[1], rini, desk.at, move_in_on=desk.at.date() + timedelta(days=ahead)))
    desk.cash(booking)

    desk.step(booking, "cancel", by=rini)

    assert desk.balance(chart.CANCELLATION_INCOME, unit) == -kept


@pytest.mark.req("KOS-04")
def test_as_delivered_no_cancellation_is_early(sops, rooms, rini, desk, unit):
    booking = book(**wish(rooms[1], rini, desk.at, move_in_on=desk.at.date() + timedelta(days=30)))
    desk.cash(booking)

    desk.step(booking, "cancel", by=rini)

    assert desk.balance(chart.CANCELLATION_INCOME, unit) == -100_000


@pytest.mark.req("KOS-04")
@pytest.mark.parametrize(
    ("ahead", "percent", "kept"), [(6, 100, 100_000), (7, 50, 50_000), (20, 50, 50_000), (21, 10, 10_000)]
)
def test_the_table_of_days_before_moving_in_says_what_is_kept_and_the_prospect_reads_it_first(
    sops, rooms, rini, hadi, desk, unit, ahead, percent, kept
):
    table = {"early_cancel_days": 7, "earliest_cancel_days": 21, "kept_percent_earliest": 10}
    policies.set_unit_values("boarding.booking", unit, table, by=hadi, at=desk.at, reason="ramah")
    booking = book(**wish(rooms[1], rini, desk.at, move_in_on=desk.at.date() + timedelta(days=ahead)))
    desk.cash(booking)

    said = previews.cancelling(booking, rini, desk.at)
    desk.step(booking, "cancel", by=rini)

    assert said.sentences == (
        f"Batal {ahead} hari sebelum rencana masuk: {percent}% dari uang muka hangus menurut SOP.",
    )
    assert desk.balance(chart.CANCELLATION_INCOME, unit) == -kept
    assert sum(refund.amount for refund in Refund.objects.all()) == 100_000 - kept


@pytest.mark.req("KOS-04")
def test_the_house_chooses_why_it_breaks_its_word(booked, desk):
    form = forms.WithdrawForm({"note": "Bocor"}, by=desk.manager, at=desk.at, subject=booked)
    assert "cause" in form.errors
    with pytest.raises(Refused, match="Pilih alasan pembatalan"):
        desk.step(booked, "withdraw", note="Bocor")

    booked.refresh_from_db()
    assert booked.status == "held"
