"""A house whose rent falls due on the same date of every month: all that the 30-day cycle has, by real days."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar

from tatausaha.business.boarding import panels
from tatausaha.business.boarding.models import Booking, House, Stay
from tatausaha.business.boarding.procedure import previews_moving
from tatausaha.business.boarding.queries import vacancy
from tatausaha.business.boarding.report_sections import Rent, earned
from tatausaha.business.boarding.services import bills, move_paper, prepaying, stay_papers
from tatausaha.business.boarding.services.booking import book
from tatausaha.business.boarding.services.due_calendar import calendar_of
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger.verification import verify
from tatausaha.core.notices.models import Notice
from tatausaha.core.procedures.spec import Act
from tests.business.boarding.makers import make_house, make_rooms, make_service, make_type
from tests.core.documents.test_typesetting import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-08")]

ANCHOR = date(2026, 1, 31)
"""The periods: 31 Jan (28 days), 28 Feb (31), 31 Mar (30), 30 Apr (31), 31 May (30)."""


@pytest.fixture
def at():
    """Saturday, 31 January 2026, 10.00 WIB."""
    return datetime(2026, 1, 31, 3, 0, tzinfo=UTC)


@pytest.fixture
def house(sops, unit, at):
    return make_house(unit, at, cycle="tanggal tetap")


@pytest.fixture
def booked(sops, rooms, laundry, rini, at):
    return book(
        room=rooms[0], prospect=rini, services=[laundry], move_in_on=ANCHOR, occupant="wanita",
        plan="down_payment", by=rini, at=at,
    )  # fmt: skip


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


@pytest.fixture
def browser(desk, clock_at):
    """A browser of somebody, now."""
    clock_at(desk.at)

    def of(person):
        client = Client()
        client.force_login(person.login)
        return client

    return of


@pytest.fixture
def dear(house):
    """A room at Rp1.300.000."""
    return make_rooms(make_type(house, "Besar", 1_300_000), "201")[0]


def rents(stay):
    rows = billing.invoices_of(stay).filter(purpose="rent").order_by("period_start")
    return [(bill.period_start, bill.period_end, bill.total) for bill in rows if bill.total > bill.credited]


def lines(stay):
    return [[line.description for line in billing.lines_of(bill)] for bill in billing.invoices_of(stay)]


def to(desk, on):
    """The desk on the morning of that day."""
    desk.at = datetime(on.year, on.month, on.day, 3, 0, tzinfo=UTC)
    return desk


def test_bills_are_issued_seven_days_before_the_last_or_31st_and_each_costs_the_whole_rent(stay, desk):
    assert (stay.cycle, stay.next_bill_on) == ("tanggal tetap", date(2026, 2, 21))
    for _ in range(120):
        bills.issue_due_bills(at=desk.at)
        bills.issue_due_bills(at=desk.at)
        desk.wait(days=1)

    assert rents(stay) == [
        (date(2026, 1, 31), date(2026, 2, 27), 1_075_000),
        (date(2026, 2, 28), date(2026, 3, 30), 1_075_000),
        (date(2026, 3, 31), date(2026, 4, 29), 1_075_000),
        (date(2026, 4, 30), date(2026, 5, 30), 1_075_000),
        (date(2026, 5, 31), date(2026, 6, 29), 1_075_000),
    ]
    assert lines(stay)[1] == ["Sewa kamar 28 Feb 2026 sampai 30 Mar 2026", "Laundry"]
    assert verify() == []


def test_a_generator_that_stood_still_for_forty_days_makes_exactly_the_missing_bills(stay, desk):
    later = to(desk, date(2026, 2, 15)).at + timedelta(days=40)  # 27 March: two went out meanwhile

    assert bills.issue_due_bills(at=later) == 2
    assert bills.issue_due_bills(at=later) == 0
    assert [start for start, _end, _total in rents(stay)] == [ANCHOR, date(2026, 2, 28), date(2026, 3, 31)]


def test_the_first_rent_and_its_rest_are_called_a_months(booked, desk, rooms, budi):
    full = book(
        room=rooms[1],
        prospect=budi,
        services=[],
        move_in_on=ANCHOR,
        occupant="pria",
        plan="full",
        by=budi,
        at=desk.at,
    )
    desk.cash(booked)

    assert ["Sisa sewa bulan pertama", "Laundry", "Deposit, dikembalikan saat pindah"] in lines(booked)
    assert lines(full) == [["Sewa bulan pertama"]]


def test_twelve_days_left_of_28_cost_128_571_for_300_000_more_and_the_paper_says_by_how_many_days(
    stay, desk, dear, tmp_path, rini
):
    to(desk, date(2026, 2, 16))  # to the 27th: twelve days
    foreseen = previews_moving.moving(
        stay, Act("move_room", desk.manager, desk.at, {"room": dear, "on": desk.at.date()})
    )

    desk.step(stay, "move_room", room=dear, on=desk.at.date())

    bill = billing.invoices_of(stay).get(purpose="move")
    assert [(line.kind, line.amount) for line in billing.lines_of(bill)] == [("rent", 128_571)]
    assert (bill.period_start, bill.period_end) == (date(2026, 2, 16), date(2026, 2, 27))
    assert foreseen.sums[0].note == "(Rp1.300.000 − Rp1.000.000) × 12 ÷ 28"
    assert foreseen.sentences[0].startswith("Sewa menjadi Rp1.300.000 per bulan.")
    text = words_of(move_paper.print_move(stay.room_moves.get(), by=desk.manager, at=desk.at), tmp_path)
    assert "× 12 ÷ 28" in text
    assert "Rp1.300.000 per bulan" in text
    assert (
        "per bulan; tanggal jatuh tempo tidak" in Notice.objects.get(person=rini, title="Pindah kamar").text
    )
    assert verify() == []


def test_who_leaves_or_overstays_pays_the_real_days_of_that_month(stay, desk):
    Stay.objects.filter(pk=stay.pk).update(next_bill_on=None)
    to(desk, date(2026, 3, 7)).step(stay, "move_out", on=desk.at.date())

    bill = billing.invoices_of(stay).get(purpose="overstay")
    assert bill.total == 226_000  # seven days of 31: 225.806 up to Rp1.000


def test_who_gives_notice_inside_a_month_is_billed_its_days_and_the_rest_when_he_stays_on(stay, desk):
    to(desk, date(2026, 2, 10)).step(stay, "give_notice", leave_on=date(2026, 3, 10), note="")
    bills.issue_due_bills(at=to(desk, date(2026, 2, 21)).at)
    assert rents(stay)[-1] == (date(2026, 2, 28), date(2026, 3, 9), 323_000 + 75_000)  # 10 of 31

    desk.step(stay, "stay_on")

    assert rents(stay)[-1] == (date(2026, 3, 10), date(2026, 3, 30), 677_000)
    stay.refresh_from_db()
    assert (stay.next_period, stay.next_bill_on) == (2, date(2026, 3, 24))


def test_the_owner_grants_the_days_that_are_left_by_the_real_month(stay, desk, hadi, rini, unit):
    to(desk, date(2026, 2, 14)).step(stay, "move_out", on=desk.at.date())
    desk.step(stay, "grant_rest", by=hadi, note="Sakit")

    assert billing.balance_of(rini, unit) == 500_000  # 14 of 28 days


def test_there_is_nothing_to_grant_at_the_end_of_a_month(stay, desk, hadi):
    bills.issue_due_bills(at=to(desk, date(2026, 2, 21)).at)
    to(desk, date(2026, 2, 28)).step(stay, "move_out", on=desk.at.date())

    with pytest.raises(Refused, match="Tidak ada sisa hari"):
        desk.step(stay, "grant_rest", by=hadi, note="Sakit")


@pytest.mark.req("KOS-09")
def test_a_service_that_begins_inside_a_month_costs_its_days_of_it(stay, desk, house):
    wifi = make_service(house, "WiFi", 62_000)
    to(desk, date(2026, 2, 14)).step(stay, "subscribe", service=wifi, on=date(2026, 2, 14))
    assert stay.uses.get().amount == 31_000  # 14 of 28

    bills.issue_due_bills(at=to(desk, date(2026, 2, 21)).at)
    desk.step(stay, "subscribe", service=make_service(house, "Parkir", 31_000), on=date(2026, 2, 27))
    assert (
        stay.uses.order_by("pk").last().amount == 1_107 + 31_000
    )  # a day of 28, and the month that is billed


def test_months_are_paid_ahead_and_what_is_used_is_billed_each_month(stay, desk, house, make_measured):
    iron = make_measured(house, "Setrika", 5_000, "kg")
    desk.step(stay, "prepay", periods=3)
    assert [start for start, _end, _total in rents(stay)][1:] == [
        date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip
    assert {total for _start, _end, total in rents(stay)} == {1_075_000}
    desk.cash(stay)
    for used, issued, due in (
        (date(2026, 2, 10), date(2026, 2, 21), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 24), date(2026, 3, 31)),
    ):
        to(desk, used).step(stay, "note_use", service=iron, on=used, quantity=2, note="")
        prepaying.look_after_all(at=to(desk, issued - timedelta(days=1)).at)
        assert prepaying.look_after_all(at=to(desk, issued).at) == 1
        assert billing.invoices_of(stay).filter(purpose="uses").last().due_on == due
    stay.refresh_from_db()
    assert stay.next_uses_on == date(2026, 4, 23)
    assert verify() == []


def test_a_new_rent_holds_from_the_first_month_that_is_far_enough_ahead(stay, desk, house, rini):
    stay.room.room_type.prices.create(amount=1_100_000, valid_from=date(2026, 2, 1), published_at=desk.at)
    desk.step(stay, "announce_rent", rent=1_100_000)

    stay.refresh_from_db()
    assert stay.next_rent_from == date(2026, 3, 31)
    assert "menjadi Rp1.100.000 per bulan" in Notice.objects.get(person=rini, title="Sewa baru").text


def test_the_calendar_file_the_notice_and_the_agreement_speak_of_months(stay, desk, rini, tmp_path):
    events = Calendar.from_ical(calendar_of(Stay.objects.get(pk=stay.pk), at=desk.at)).walk("VEVENT")
    assert [one.decoded("dtstart") for one in events][:3] == [
        date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip
    assert len(events) == 12
    assert "untuk sebulan berikutnya" in str(events[0]["description"])
    told = Notice.objects.get(person=rini, title="Kalender jatuh tempo Anda").text
    assert "tanggal yang sama setiap bulan" in told

    kept = stay_papers.given_at_move_in(stay, "agreement", by=desk.manager, at=desk.at)
    text = words_of(stay_papers.print_paper(kept, form="a4", by=desk.manager, at=desk.at), tmp_path)

    for part in (
        "untuk setiap bulan, dibayar di muka", "setiap tanggal 31", "pada hari terakhirnya", "per bulan",
        "sewa berjalan terus setiap bulan",
    ):  # fmt: skip
        assert part in text, part
    assert "30 hari" not in text


@pytest.mark.req("KOS-01", "KOS-02")
def test_public_pages_and_the_case_say_per_month_and_nowhere_30_days(stay, rooms, house, browser, rini):
    code = house.unit.code
    for url in (f"/kos/{code}/", f"/kos/{code}/102/", "/kos/"):
        page = Client().get(url).text
        assert "per bulan" in page, url
        assert "30 hari" not in page, url
    assert "Setiap bulan" in Client().get(f"/kos/{code}/102/").text
    case = browser(rini).get(stay.get_absolute_url()).text
    assert "Sewa per bulan" in case
    assert "hari terakhirnya" in case
    assert "30 hari" not in case
    assert panels.stay_data(stay, rini, stay.opened_at)["cycle"] == "tanggal tetap"


def test_an_empty_room_loses_a_month_in_a_month(house, rooms, unit, at):
    (one, *_others) = vacancy.vacancies([unit], at + timedelta(days=28))

    assert (one.days, one.lost) == (28, 1_000_000)


@pytest.mark.req("KOS-15")
def test_what_is_earned_over_the_months_comes_to_what_was_billed(stay, desk):
    bills.issue_due_bills(at=to(desk, date(2026, 12, 30)).at)
    rows = [Rent(1_000_000, start, start, end) for start, end, _total in rents(stay)]

    months = [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 1, 1), date(2027, 2, 1)]
    spread = [earned(rows, first, after - timedelta(days=1)) for first, after in pairwise(months)]

    assert sum(spread) + earned(rows, date(2027, 2, 1), date(2027, 3, 1)) == 12 * 1_000_000
    assert spread[0] == round(1_000_000 / 28)


@pytest.mark.parametrize("model", [House, Booking, Stay])
def test_the_database_knows_two_cycles_and_no_other(stay, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(cycle="mingguan")
