"""Another cycle for a house and for who lives there already: the owner's choice, the tenant's consent (rules 6)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar

from tatausaha.business.boarding.models import HouseChange, Stay
from tatausaha.business.boarding.queries import bookings
from tatausaha.business.boarding.services import bills, houses, stay_papers
from tatausaha.business.boarding.services.booking import book
from tatausaha.business.boarding.services.due_calendar import calendar_of
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger.verification import verify
from tatausaha.core.notices.models import Notice
from tatausaha.core.procedures import queries, services
from tests.business.boarding.desk import picture

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-08")]

SIGNED = Upload(picture().read(), "image/png", "surat.png")
HOME = "/kos-kelola/rumah/melati/"


@pytest.fixture
def stay(booked, desk):
    """Since 10 March 2026, every 30 days: 9 April, 9 May, 8 June."""
    return desk.move_in(booked)


@pytest.fixture
def by_month(stay, house, hadi, at):
    """The owner chooses the fixed date for his house."""
    houses.update_house(house, by=hadi, at=at, cycle="tanggal tetap")
    house.refresh_from_db()
    return Stay.objects.get(pk=stay.pk)


def starts(stay):
    rows = billing.invoices_of(stay).filter(purpose="rent").order_by("period_start")
    return [bill.period_start for bill in rows if bill.total > bill.credited]


def names(case, person, at):
    return {option.step.name for option in services.options(Stay.objects.get(pk=case.pk), by=person, at=at)}


def dates(stay, desk):
    found = Calendar.from_ical(calendar_of(Stay.objects.get(pk=stay.pk), at=desk.at)).walk("VEVENT")
    return [(one.decoded("dtstart"), one["sequence"]) for one in found]


def test_another_cycle_of_the_house_changes_no_stay_and_no_booking_that_there_is(
    by_month, booked, rooms, desk, budi
):
    before = book(
        room=rooms[1], prospect=budi, services=[], move_in_on=date(2026, 3, 20), occupant="pria", plan="full",
        by=budi, at=desk.at,
    )  # fmt: skip

    bills.issue_due_bills(at=desk.at + timedelta(days=60))

    booked.refresh_from_db()
    assert (booked.cycle, by_month.cycle, before.cycle) == ("30 hari", "30 hari", "tanggal tetap")
    assert starts(by_month) == [date(2026, 3, 10), date(2026, 4, 9), date(2026, 5, 9)]


def test_who_booked_before_moves_in_on_the_cycle_that_was_promised(booked, house, desk, hadi, at):
    houses.update_house(house, by=hadi, at=at, cycle="tanggal tetap")

    stay = desk.move_in(booked)

    assert stay.cycle == "30 hari"
    assert stay.next_bill_on == stay.anchor_on + timedelta(days=23)


def test_with_consent_the_next_period_without_a_bill_begins_the_other_cycle(by_month, desk, hadi, rini):
    stay = by_month
    bills.issue_due_bills(at=desk.wait(days=25).at)  # that of 9 April is out
    desk.step(stay, "offer_cycle", by=hadi)
    told = Notice.objects.get(person=rini, title="Tanggal jatuh tempo yang lain")
    assert (
        "mulai Sabtu, 9 Mei 2026 sewa kamar 101 jatuh tempo pada tanggal yang sama setiap bulan" in told.text
    )
    assert [day for day, _turn in dates(stay, desk)][1:3] == [date(2026, 5, 9), date(2026, 6, 8)]

    desk.step(stay, "accept_cycle", by=rini)

    stay.refresh_from_db()
    assert (stay.cycle, stay.switch_period, stay.switch_offered) == ("30 hari", 2, False)
    assert dates(stay, desk)[:4] == [
        (date(2026, 4, 9), 1), (date(2026, 5, 9), 1), (date(2026, 6, 9), 1), (date(2026, 7, 9), 1),
    ]  # fmt: skip
    for _ in range(100):
        bills.issue_due_bills(at=desk.wait(days=1).at)
    assert starts(stay) == [
        date(2026, 3, 10), date(2026, 4, 9), date(2026, 5, 9), date(2026, 6, 9), date(2026, 7, 9),
    ]  # fmt: skip
    assert queries.passages_of(stay).get(step="accept_cycle").person == rini
    assert verify() == []


def test_a_tenant_by_fixed_date_goes_over_to_30_days(house, booked, desk, hadi, rini):
    type(booked).objects.filter(pk=booked.pk).update(cycle="tanggal tetap")
    booked.refresh_from_db()
    stay = desk.move_in(booked)
    desk.step(stay, "offer_cycle", by=hadi)
    desk.step(stay, "accept_cycle", by=rini)

    bills.issue_due_bills(at=desk.at + timedelta(days=95))

    assert starts(stay) == [date(2026, 3, 10), date(2026, 4, 10), date(2026, 5, 10), date(2026, 6, 9)]
    assert (
        "setiap 30 hari sejak hari itu" in Notice.objects.get(title="Kalender jatuh tempo Anda berubah").text
    )


def test_what_is_paid_ahead_keeps_its_dates(by_month, desk, hadi, rini):
    desk.step(by_month, "prepay", periods=2)
    desk.cash(by_month)
    desk.step(by_month, "offer_cycle", by=hadi)
    desk.step(by_month, "accept_cycle", by=rini)

    bills.issue_due_bills(at=desk.at + timedelta(days=118))

    assert starts(by_month) == [
        date(2026, 3, 10), date(2026, 4, 9), date(2026, 5, 9), date(2026, 6, 8), date(2026, 7, 8),
    ]  # fmt: skip


def test_nothing_changes_without_consent_and_the_offer_can_be_turned_down(
    by_month, desk, hadi, rini, sari, budi
):
    with pytest.raises(Refused, match="Tidak ada siklus lain"):
        desk.step(by_month, "accept_cycle", by=rini)
    for person in (sari, rini, budi):
        with pytest.raises(Refused, match="dilakukan oleh Pemilik"):
            desk.step(by_month, "offer_cycle", by=person)
    desk.step(by_month, "offer_cycle", by=hadi)
    for person in (sari, hadi, budi):
        with pytest.raises(Refused, match="dilakukan oleh Penghuni"):
            desk.step(by_month, "accept_cycle", by=person)

    desk.step(by_month, "keep_cycle", by=rini)

    by_month.refresh_from_db()
    assert (by_month.switch_period, by_month.switch_offered) == (None, False)
    assert "accept_cycle" not in names(by_month, rini, desk.at)
    assert "offer_cycle" in names(by_month, hadi, desk.at)


def test_the_consent_may_be_signed_on_paper_and_the_photo_is_kept(by_month, desk, hadi, sari):
    desk.step(by_month, "offer_cycle", by=hadi)
    with pytest.raises(Refused, match="dilakukan oleh Pemilik"):
        desk.step(
            by_month,
            "accept_cycle_on_paper",
            by=sari,
            paper=SIGNED,
        )
    desk.step(by_month, "accept_cycle_on_paper", by=hadi, paper=SIGNED)

    by_month.refresh_from_db()
    assert by_month.switch_period == 1
    assert len(queries.passages_of(by_month).get(step="accept_cycle_on_paper").attachments.all()) == 1


def test_a_stay_switches_once_and_is_not_asked_where_the_house_has_its_cycle(
    by_month, desk, house, hadi, rini
):
    desk.step(by_month, "offer_cycle", by=hadi)
    assert "offer_cycle" not in names(by_month, hadi, desk.at)
    desk.step(by_month, "accept_cycle", by=rini)

    houses.update_house(house, by=hadi, at=desk.at, cycle="30 hari")

    with pytest.raises(Refused):
        desk.step(by_month, "offer_cycle", by=hadi)
    Stay.objects.filter(pk=by_month.pk).update(switch_period=None)
    assert "offer_cycle" not in names(by_month, hadi, desk.at)


def test_the_database_refuses_a_switch_of_the_first_period_and_an_offer_after_it(stay):
    for wrong in ({"switch_period": 0}, {"switch_period": 1, "switch_offered": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stay.objects.update(**wrong)


def test_after_a_switch_the_agreement_still_says_what_was_agreed_on_the_first_day(by_month, desk, hadi, rini):
    desk.step(by_month, "offer_cycle", by=hadi)
    desk.step(by_month, "accept_cycle", by=rini)

    kept = stay_papers.given_at_move_in(by_month, "agreement", by=hadi, at=desk.at)

    assert any("setiap 30 hari" in clause for clause in kept.said["clauses"])


def test_the_last_billed_day_on_paper_follows_the_cycle_of_the_stay(stay):
    stay.cycle, stay.anchor_on, stay.billed_on_paper_to = (
        "tanggal tetap",
        date(2026, 1, 31),
        date(2026, 4, 29),
    )

    assert bookings.last_billed_day(stay, begun_by=date(2026, 3, 5)) == date(2026, 3, 30)


# The page of the house


def page_of(person, path=f"{HOME}ubah/"):
    client = Client()
    client.force_login(person.login)
    return client, client.get(path).text


@pytest.mark.req("KOS-13")
def test_the_owner_reads_in_plain_words_what_each_cycle_means_and_chooses(
    house, room_type, hadi, clock_at, at
):
    clock_at(at)
    client, form = page_of(hadi)

    for part in (
        "12,17 tagihan setahun",
        "mundur sekitar 5 hari setiap tahun",
        "12 tagihan setahun",
        "29, 30 atau 31",
    ):
        assert part in form, part
    sent = {"is_published": "on", "gender": "campur", "facilities": "", "cycle": "tanggal tetap"}
    assert client.post(f"{HOME}ubah/", sent).status_code == 302

    house.refresh_from_db()
    change = HouseChange.objects.get(field="Siklus tagihan")
    assert house.cycle == "tanggal tetap"
    assert (change.old, change.new) == ("setiap 30 hari", "tanggal yang sama setiap bulan")
    assert "per bulan" in client.get(f"{HOME}tipe/").text


def test_the_cycle_is_not_a_managers_to_choose(house, room_type, sari, at):
    with pytest.raises(Refused, match="ditentukan pemilik"):
        houses.update_house(house, by=sari, at=at, cycle="tanggal tetap")


@pytest.mark.req("SYS-10")
def test_the_tenant_sees_the_new_dates_before_he_agrees(by_month, desk, hadi, rini, clock_at):
    desk.step(by_month, "offer_cycle", by=hadi)
    clock_at(desk.at)
    client, page = page_of(rini, by_month.get_absolute_url())
    url = f"/kasus/{by_month.number}/langkah/accept_cycle/"
    assert f'href="{url}"' in page

    asked = client.get(url).text

    assert "Jatuh tempo yang pertama: Kamis, 9 April 2026; Sabtu, 9 Mei 2026; Selasa, 9 Juni 2026." in asked
    assert "Jumlah sewa tidak berubah" in asked
    desk.step(by_month, "accept_cycle", by=rini)
    after = client.get(by_month.get_absolute_url()).text
    assert "Siklus baru ini berlaku mulai Kamis, 9 April 2026." in after
    assert "9 Juni 2026" in after
