"""Meters: what was read becomes lines of the next bill, and estimates are put right (KOS-09; rules/boarding 12)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tatausaha.business.boarding.models import Meter, Reading, ServicePrice, ServiceUse, Stay, TokenPurchase
from tatausaha.business.boarding.services import bills, meter_places, meters
from tatausaha.business.boarding.services.booking import book
from tatausaha.business.boarding.services.meters import Doubtful, Read
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.procedures.registry import procedure_of
from tests.business.boarding.desk import PAPER

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-09")]

PHOTO = Upload(b"foto", "image/jpeg", "meter.jpg")


@pytest.fixture
def power(house, make_measured):
    """Electricity at 1.500 a kWh."""
    return make_measured(house, "Listrik", 1_500, "kWh")


@pytest.fixture
def meter(house, rooms, power, sari, at, sops):
    """In room 101, at 1.000 when it was hung."""
    return hang(house, [(rooms[0], "1000")], power, sari, at)[0]


def hang(house, rows, service, by, at, kind="listrik"):
    figures = [(room, Decimal(value)) for room, value in rows]
    return meter_places.install(house, figures, kind=kind, service=service, on=at.date(), by=by, at=at)


@pytest.fixture
def stay(meter, booked, desk):
    """Rini lives in 101 since 10 March; her meter began at 1.000. Bills go out on 2 April, 2 May, 1 June …"""
    desk.cash(booked)
    desk.step(booked, "register", **PAPER)
    desk.cash(booked)
    desk.step(booked, "check_in", on=desk.at.date(), key="101", **{f"open_{meter.pk}": Decimal(1_000)})
    return Stay.objects.get(booking=booked)


def look(desk, meter, value, *, days=0, sure=True, **more):
    desk.wait(days=days)
    seen = Read(Decimal(value), sure=sure, **more)
    return meters.read(meter, seen, on=desk.at.date(), by=desk.manager, at=desk.at)


def power_lines(stay, n):
    start = stay.anchor_on + timedelta(days=30 * n)
    bill = billing.invoices_of(stay).get(purpose="rent", period_start=start)
    return [
        (one.description, one.amount)
        for one in billing.lines_of(bill)
        if one.description.startswith("Listrik")
    ]


def test_what_was_used_since_the_last_reading_is_on_the_next_bill(stay, desk, meter):
    look(desk, meter, 1_060, days=20)
    desk.wait(days=5)
    bills.issue_due_bills(at=desk.at)
    look(desk, meter, "1105.5", days=20)
    desk.wait(days=10)
    bills.issue_due_bills(at=desk.at)

    assert power_lines(stay, 1) == [
        ("Listrik 1.000 (10 Mar 2026) sampai 1.060 (30 Mar 2026): 60 kWh", 90_000)
    ]
    assert power_lines(stay, 2) == [
        ("Listrik 1.060 (30 Mar 2026) sampai 1.105,5 (24 Apr 2026): 45,5 kWh", 68_250)
    ]


def test_the_price_is_the_one_published_for_the_day_of_the_reading(stay, desk, meter, power):
    ServicePrice.objects.create(
        service=power, amount=2_000, valid_from=date(2026, 3, 25), published_at=desk.at
    )
    look(desk, meter, 1_010, days=14)
    look(desk, meter, 1_020, days=3)
    assert list(stay.uses.order_by("pk").values_list("amount", flat=True)) == [15_000, 20_000]


def test_a_figure_below_the_last_one_is_refused_and_nothing_is_written(stay, desk, meter):
    with pytest.raises(Refused, match=r"Di bawah angka terakhir, 1\.000"):
        look(desk, meter, 999)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(meter=meter, on=desk.at.date(), value=999, noted_at=desk.at)
    assert Reading.objects.count() == 2


def test_a_replaced_meter_needs_both_figures_and_a_photo_and_counts_across(stay, desk, meter):
    with pytest.raises(Refused, match="lampirkan foto"):
        look(desk, meter, 3, days=20, old_value=Decimal(1_050))
    with pytest.raises(Refused, match="Di bawah angka terakhir"):
        look(desk, meter, 3, old_value=Decimal(900), photo=PHOTO)

    look(desk, meter, 3, old_value=Decimal(1_050), photo=PHOTO)
    look(desk, meter, 23, days=2)

    assert list(stay.uses.order_by("pk").values_list("quantity", flat=True)) == [50, 20]
    assert "meter diganti" in stay.uses.order_by("pk")[0].description


def test_a_period_that_nobody_read_is_estimated_and_put_right_by_the_next_reading(stay, desk, meter):
    """60 kWh in 20 days are 3 a day: 33 days to 2 May make 99, *taksiran*; really it was 80."""
    look(desk, meter, 1_060, days=20)
    desk.wait(days=40)
    bills.issue_due_bills(at=desk.at)

    assert power_lines(stay, 2) == [("Listrik 30 Mar 2026 sampai 2 Mei 2026: 99 kWh (taksiran)", 148_500)]
    second = billing.invoices_of(stay).get(purpose="rent", period_start=date(2026, 5, 9))

    look(desk, meter, 1_140)

    second.refresh_from_db()
    reading = Reading.objects.latest("pk")
    assert (second.credited, reading.credited, reading.use) == (28_500, 19, None)
    look(desk, meter, 1_150, days=3)
    assert stay.uses.get(invoice_number="").quantity == 10


def test_an_estimate_that_was_too_low_is_made_up_for_on_the_next_bill(stay, desk, meter):
    look(desk, meter, 1_060, days=20)
    desk.wait(days=40)
    bills.issue_due_bills(at=desk.at)

    look(desk, meter, 1_200)

    use = stay.uses.get(invoice_number="")
    assert (use.quantity, use.amount) == (41, 61_500)
    assert use.description.endswith("koreksi taksiran")


def test_where_nothing_is_known_nothing_is_estimated(stay, desk):
    desk.wait(days=40)
    bills.issue_due_bills(at=desk.at)
    assert power_lines(stay, 1) == []
    assert not Reading.objects.filter(why="estimate").exists()


def test_twice_the_usual_is_asked_about_and_taken_when_it_is_right(stay, desk, meter):
    look(desk, meter, 1_060, days=20)
    with pytest.raises(Doubtful, match="2 kali pemakaian biasanya"):
        look(desk, meter, 1_120, days=10, sure=False)
    assert Reading.objects.filter(value=1_120).count() == 0

    look(desk, meter, 1_119, sure=False)
    assert Reading.objects.latest("pk").value == 1_119


def test_a_wrong_reading_is_taken_back_and_a_billed_one_is_corrected_by_the_next(stay, desk, meter, sari):
    wrong = look(desk, meter, 1_600, days=20)
    meters.take_back(wrong, by=sari, at=desk.at)
    assert not ServiceUse.objects.exists()

    wrong = look(desk, meter, 1_160)
    desk.wait(days=5)
    bills.issue_due_bills(at=desk.at)
    meters.take_back(wrong, by=sari, at=desk.at)
    look(desk, meter, 1_070)

    bill = billing.invoices_of(stay).get(purpose="rent", period_start=date(2026, 4, 9))
    assert (power_lines(stay, 1)[0][1], bill.credited) == (240_000, 135_000)
    with pytest.raises(Refused, match="pembacaan terakhir"):
        meters.take_back(wrong, by=sari, at=desk.at)


def test_what_was_read_is_never_changed(stay, desk, meter):
    for statement in ("UPDATE boarding_reading SET value = 1", "DELETE FROM boarding_reading"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_key_is_neither_given_nor_taken_without_the_figure_of_the_meter(meter, booked, desk):
    desk.cash(booked)
    desk.step(booked, "register", **PAPER)
    desk.cash(booked)
    with pytest.raises(Refused, match="Baca dulu meter listrik kamar 101"):
        desk.step(booked, "check_in", on=desk.at.date(), key="101")
    desk.step(booked, "check_in", on=desk.at.date(), key="101", **{f"open_{meter.pk}": Decimal(1_004)})
    stay = Stay.objects.get(booking=booked)
    desk.wait(days=10)
    with pytest.raises(Refused, match="Baca dulu"):
        desk.step(stay, "move_out", on=desk.at.date())
    desk.step(stay, "move_out", on=desk.at.date(), **{f"close_{meter.pk}": Decimal(1_024)})
    stay.refresh_from_db()
    desk.step(stay, "settle")

    assert billing.invoices_of(stay).get(purpose="uses").total == 30_000


def test_what_ran_while_the_room_stood_empty_is_nobodys(stay, desk, meter, rooms, budi):
    desk.wait(days=10)
    desk.step(stay, "move_out", on=desk.at.date(), **{f"close_{meter.pk}": Decimal(1_020)})
    stay.refresh_from_db()
    desk.step(stay, "settle")
    desk.wait(days=5)
    booking = book(
        room=rooms[0], prospect=budi, services=[], move_in_on=desk.at.date(), occupant="pria", plan="full", by=budi,
        at=desk.at,
    )  # fmt: skip
    desk.cash(booking)
    desk.step(booking, "register", **PAPER)
    desk.cash(booking)
    desk.step(booking, "check_in", on=desk.at.date(), key="1", **{f"open_{meter.pk}": Decimal(1_031)})

    look(desk, meter, 1_040, days=5)

    assert Stay.objects.get(booking=booking).uses.get().quantity == 9


def test_moving_to_another_room_reads_both_meters_on_the_day_or_none(
    stay, desk, meter, house, rooms, power, sari
):
    other = hang(house, [(rooms[1], "500")], power, sari, desk.at)[0]
    desk.wait(days=10)
    moved = {"old": rooms[0], "new": rooms[1], "on": desk.at.date(), "by": sari, "at": desk.at}
    with pytest.raises(Refused, match="kamar 102"):
        meters.hand_over(stay, data={f"close_{meter.pk}": Decimal(1_030)}, **moved)
    assert Reading.objects.filter(why="closing").count() == 0

    figures = {f"close_{meter.pk}": Decimal(1_030), f"open_{other.pk}": Decimal(505)}
    meters.hand_over(stay, data=figures, **moved)

    assert stay.uses.get().quantity == 30
    assert set(Reading.objects.filter(on=desk.at.date()).values_list("why", "value")) == {
        ("closing", 1_030), ("opening", 505),
    }  # fmt: skip


def test_a_standstill_of_forty_days_makes_the_same_bills_with_usage_in_its_periods(stay, desk, meter):
    """Read on 30 March, 20 April and 5 May; the worker stood still from the beginning until 12 May."""
    look(desk, meter, 1_060, days=20)
    look(desk, meter, 1_130, days=21)
    look(desk, meter, 1_170, days=15)
    desk.wait(days=7)

    assert (bills.issue_due_bills(at=desk.at), bills.issue_due_bills(at=desk.at)) == (2, 0)

    assert [text for text, _ in power_lines(stay, 1)] == [
        "Listrik 1.000 (10 Mar 2026) sampai 1.060 (30 Mar 2026): 60 kWh"
    ]
    assert [text for text, _ in power_lines(stay, 2)] == [
        "Listrik 1.060 (30 Mar 2026) sampai 1.130 (20 Apr 2026): 70 kWh"
    ]
    assert stay.uses.get(invoice_number="").quantity == 40


def test_token_is_written_down_with_its_number_masked_and_billed_only_where_it_is_sold_on(
    stay, desk, house, rooms, power, sari
):
    own = hang(house, [(rooms[1], "0")], None, sari, desk.at, kind="token")[0]
    sold = hang(house, [(rooms[0], "0")], power, sari, desk.at, kind="token")[0]
    bought = {"on": desk.at.date(), "amount": 100_000, "kwh": Decimal("66.5"), "by": sari, "at": desk.at}

    meter_places.note_token(own, number="1234 5678 9012 3456 7890", **bought)
    meter_places.note_token(sold, number="1234 5678 9012 3456 7890", **bought)

    assert set(TokenPurchase.objects.values_list("number_masked", flat=True)) == {"•••• 7890"}
    assert stay.uses.get().amount == 99_750


@pytest.mark.req("KOS-09")
def test_what_a_meter_reads_is_not_noted_as_a_use_besides(stay, desk, meter, power, sari):
    with pytest.raises(Refused, match="dihitung dari meteran") as no:
        desk.step(stay, "note_use", service=power, on=desk.at.date(), quantity="60")

    assert no.value.field == "service"
    assert not stay.uses.exists()
    form = procedure_of(stay).step("note_use").form(subject=stay, at=desk.at, by=sari)
    assert power not in form.fields["service"].queryset


def test_others_neither_hang_nor_read_meters(house, rooms, meter, rini, sari, at):
    with pytest.raises(Refused):
        hang(house, [(rooms[1], "1")], None, rini, at)
    with pytest.raises(Refused):
        meters.read(meter, Read(Decimal(1_001)), on=at.date(), by=rini, at=at)
    with pytest.raises(Refused, match="Kamar 101 sudah punya"):
        meter_places.install(
            house, [(rooms[1], Decimal(1)), (rooms[0], Decimal(1))], kind="listrik", service=None, on=at.date(),
            by=sari, at=at,
        )  # fmt: skip
    assert Meter.objects.count() == 1
