"""With the time machine one can watch a hold run out and bills come, to the second and to the day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding.models import Booking, House, Room
from tatausaha.business.boarding.queries.rooms import free_rooms
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import timemachine
from tatausaha.core.people.models import Company, Person
from tatausaha.core.procedures.models import Passage
from tests.business.boarding.desk import Desk

WEEK = timedelta(days=7)


@pytest.fixture
def stand_still(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The machine's own clock stands; only the time machine moves the company's."""
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment + clock.offset())


@pytest.fixture
def demonstration(company: Company) -> None:
    Company.objects.update(is_demonstration=True)


@pytest.mark.req("KOS-03")
def test_an_unpaid_booking_is_gone_after_seven_days_and_not_a_second_earlier(
    demonstration: None, booked: Booking, house: House, at: datetime, stand_still: Callable[[datetime], None]
) -> None:
    stand_still(at)

    timemachine.live_through(WEEK - timedelta(seconds=1), now=clock.now)
    booked.refresh_from_db()
    held = (
        booked.status,
        free_rooms(house, clock.now(), clock.now().date()).filter(pk=booked.room_id).exists(),
    )
    timemachine.live_through(timedelta(seconds=1), now=clock.now)
    booked.refresh_from_db()

    assert held == ("held", False)
    assert (clock.now(), booked.status) == (at + WEEK, "expired")
    assert free_rooms(house, clock.now(), clock.now().date()).filter(pk=booked.room_id).exists()
    assert Passage.objects.get(number=booked.number, step="expire").at == at + WEEK


@pytest.mark.req("KOS-08")
def test_bills_come_on_the_days_of_a_year_that_began_on_the_first_of_january_2025(
    demonstration: None,
    sops: None,
    rooms: list[Room],
    rini: Person,
    sari: Person,
    stand_still: Callable[[datetime], None],
) -> None:
    new_year = datetime(2025, 1, 1, 2, tzinfo=UTC)
    booking = book(
        room=rooms[0], prospect=rini, services=[], move_in_on=date(2025, 1, 1), occupant="wanita",
        plan="down_payment", by=rini, at=new_year,
    )  # fmt: skip
    stay = Desk(sari, new_year).move_in(booking, on=date(2025, 1, 1))
    stand_still(new_year)

    timemachine.live_through(timedelta(days=364), now=clock.now)

    rents = list(billing.invoices_of(stay).filter(purpose="rent"))
    starts = [date(2025, *day) for day in (
        (1, 1), (1, 31), (3, 2), (4, 1), (5, 1), (5, 31), (6, 30), (7, 30), (8, 29), (9, 28), (10, 28), (11, 27),
        (12, 27),
    )]  # fmt: skip
    assert [bill.period_start for bill in rents] == starts
    assert [bill.due_on for bill in rents] == starts
    issued = [clock.day(bill.issued_at, stay.unit.zone) for bill in rents]
    assert issued == [starts[0], *(start - WEEK for start in starts[1:])]
    assert [bill.recognised_on for bill in rents] == starts


def test_a_jump_that_is_refused_has_moved_nothing(
    demonstration: None, booked: Booking, at: datetime, stand_still: Callable[[datetime], None]
) -> None:
    stand_still(at)

    with pytest.raises(Refused, match="sepuluh tahun"):
        timemachine.live_through(timedelta(days=4000), now=clock.now)

    assert clock.now() == at
    assert Company.objects.get().clock_offset == timedelta()


def test_whoever_is_signed_in_moves_the_clock_on_the_page_and_sees_what_happened(
    demonstration: None,
    booked: Booking,
    sari: Person,
    at: datetime,
    stand_still: Callable[[datetime], None],
    client: Client,
) -> None:
    stand_still(at)
    client.force_login(sari.login)

    answer = client.post("/waktu/", {"number": "8", "unit": "d"}, follow=True)

    booked.refresh_from_db()
    assert booked.status == "expired"
    assert answer.redirect_chain[0][0].startswith("/waktu/?sejak=")
    assert f"{booked.number}: Kedaluwarsa" in answer.content.decode()


def test_a_customer_sees_what_she_was_told(
    demonstration: None,
    booked: Booking,
    rini: Person,
    at: datetime,
    stand_still: Callable[[datetime], None],
    client: Client,
) -> None:
    stand_still(at)
    client.force_login(rini.login)

    answer = client.post("/waktu/", {"number": "8", "unit": "d"}, follow=True)

    assert "jadi kamar 101 dilepas" in answer.content.decode()
    assert f"{booked.number}: Kedaluwarsa" not in answer.content.decode()


@pytest.mark.parametrize(
    "data", [{"number": "63", "unit": "d"}, {"number": "0", "unit": "d"}, {"number": "1", "unit": "y"}]
)
def test_the_page_refuses_other_steps_and_nothing_moves(
    demonstration: None, sari: Person, client: Client, data: dict[str, str]
) -> None:
    client.force_login(sari.login)

    assert client.post("/waktu/", data).status_code == 422

    assert Company.objects.get().clock_offset == timedelta()


def test_a_real_company_has_no_such_page(sari: Person, client: Client) -> None:
    client.force_login(sari.login)

    answers = [client.get("/waktu/"), client.post("/waktu/", {"number": "1", "unit": "d"})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Company.objects.get().clock_offset == timedelta()
