"""The four numbers, as the worked example of the rules says them."""

from datetime import date, datetime

import pytest

from tatausaha.business.boarding import queries
from tatausaha.business.boarding.models import ExtraService, House, Room, RoomPrice
from tatausaha.business.boarding.queries import Terms
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Unit
from tests.business.boarding.makers import make_house, make_rooms, make_service, make_type

TODAY = date(2026, 3, 10)


def four(quote: queries.Quote) -> tuple[int, int, int, int]:
    return quote.total, quote.down_payment, quote.due_at_move_in, quote.deposit


@pytest.mark.req("KOS-02")
@pytest.mark.req("KOS-05")
@pytest.mark.req("KOS-06")
def test_a_rent_of_one_million_gives_the_numbers_of_the_rules(
    rooms: list[Room], laundry: ExtraService
) -> None:
    plain = queries.quote(rooms[0], [], Terms(), TODAY)
    washed = queries.quote(rooms[0], [laundry], Terms(), TODAY)

    assert four(plain) == (1_000_000, 100_000, 1_400_000, 500_000)
    assert four(washed) == (1_075_000, 100_000, 1_475_000, 500_000)


@pytest.mark.req("KOS-02")
def test_services_by_use_are_named_but_in_no_sum(house: House, rooms: list[Room]) -> None:
    by_kilo = make_service(house, "Laundry kiloan", 8_000, per_use=True, measure="kg")

    quote = queries.quote(rooms[0], [by_kilo], Terms(), TODAY)

    assert [service.name for service in quote.services] == ["Laundry kiloan"]
    assert four(quote) == (1_000_000, 100_000, 1_400_000, 500_000)


@pytest.mark.req("KOS-05")
def test_a_house_may_ask_for_another_down_payment(rooms: list[Room]) -> None:
    quote = queries.quote(rooms[0], [], Terms(down_payment_percent=25), TODAY)

    assert four(quote) == (1_000_000, 250_000, 1_250_000, 500_000)


@pytest.mark.req("KOS-05")
def test_half_a_rupiah_is_rounded_up_once(house: House) -> None:
    room = make_rooms(make_type(house, "Ganjil", 1_000_005), "201")[0]

    quote = queries.quote(room, [], Terms(), TODAY)

    assert four(quote) == (1_000_005, 100_001, 1_400_007, 500_003)


@pytest.mark.req("KOS-05")
@pytest.mark.parametrize(
    ("rent", "step", "asked"),
    [(875_500, 1, 87_550), (875_500, 1000, 88_000), (880_000, 1000, 88_000), (875_500, 100_000, 100_000)],
)
def test_a_down_payment_may_be_rounded_up(house: House, rent: int, step: int, asked: int) -> None:
    room = make_rooms(make_type(house, "Lain", rent), "202")[0]

    quote = queries.quote(room, [], Terms(down_payment_round_to=step), TODAY)

    assert (quote.down_payment, quote.due_at_move_in) == (asked, rent - asked + quote.deposit)


@pytest.mark.req("KOS-05")
def test_a_down_payment_is_never_more_than_the_rent(house: House) -> None:
    room = make_rooms(make_type(house, "Murah", 60_000), "203")[0]

    assert queries.quote(room, [], Terms(down_payment_round_to=100_000), TODAY).down_payment == 60_000


@pytest.mark.req("KOS-19")
def test_the_price_of_the_day_is_the_latest_that_is_valid(rooms: list[Room], at: datetime) -> None:
    RoomPrice.objects.create(
        room_type=rooms[0].room_type, amount=1_200_000, valid_from=date(2026, 4, 1), published_at=at
    )

    assert queries.quote(rooms[0], [], Terms(), date(2026, 3, 31)).rent == 1_000_000
    assert queries.quote(rooms[0], [], Terms(), date(2026, 4, 1)).rent == 1_200_000


@pytest.mark.req("KOS-19")
def test_without_a_published_price_there_is_no_quote(house: House) -> None:
    room = make_rooms(make_type(house, "Baru", None), "301")[0]

    with pytest.raises(Refused, match="Harga kamar ini belum diterbitkan"):
        queries.quote(room, [], Terms(), TODAY)


@pytest.mark.req("KOS-02")
def test_a_service_of_another_house_is_refused(rooms: list[Room], unit_wita: Unit, at: datetime) -> None:
    other = make_service(make_house(unit_wita, at))

    with pytest.raises(Refused, match="Layanan itu tidak ditawarkan di rumah ini"):
        queries.quote(rooms[0], [other], Terms(), TODAY)
