"""Prices: published by the owner, from a day on, never backwards."""

from datetime import date, datetime

import pytest

from tatausaha.business.boarding import queries
from tatausaha.business.boarding.models import ExtraService, House, RoomPrice, RoomType
from tatausaha.business.boarding.services import prices
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person


@pytest.mark.req("KOS-19")
def test_the_owner_publishes_and_the_manager_does_not(
    room_type: RoomType, laundry: ExtraService, sari: Person, hadi: Person, at: datetime
) -> None:
    april = date(2026, 4, 1)
    with pytest.raises(Refused, match="Harga hanya diterbitkan oleh pemilik"):
        prices.publish_rent(room_type, 500_000, april, by=sari, at=at)
    with pytest.raises(Refused, match="Harga hanya diterbitkan oleh pemilik"):
        prices.publish_service_price(laundry, 0, april, by=sari, at=at)

    prices.publish_rent(room_type, 1_100_000, april, by=hadi, at=at)

    assert queries.current_amount(room_type, date(2026, 3, 31)) == 1_000_000
    assert queries.current_amount(room_type, april) == 1_100_000


@pytest.mark.req("KOS-19")
def test_a_price_begins_today_or_later_and_once_a_day(
    room_type: RoomType, hadi: Person, at: datetime
) -> None:
    with pytest.raises(Refused, match="tidak mundur"):
        prices.publish_rent(room_type, 900_000, date(2026, 3, 9), by=hadi, at=at)
    prices.publish_rent(room_type, 1_100_000, date(2026, 3, 10), by=hadi, at=at)
    with pytest.raises(Refused, match="sudah diterbitkan"):
        prices.publish_rent(room_type, 1_200_000, date(2026, 3, 10), by=hadi, at=at)

    assert list(RoomPrice.objects.order_by("valid_from").values_list("amount", flat=True)) == [
        1_000_000,
        1_100_000,
    ]


def test_a_service_by_use_names_its_measure(house: House, sari: Person, at: datetime) -> None:
    with pytest.raises(Refused, match="Tulis satuan pemakaian"):
        prices.save_service(house, None, by=sari, at=at, name="Laundry kiloan", per_use=True)

    service = prices.save_service(
        house, None, by=sari, at=at, name="Laundry kiloan", per_use=True, measure="kg"
    )

    assert list(queries.priced_services(house, date(2026, 3, 10))) == []
    assert (service.per_use, service.measure) == (True, "kg")
    with pytest.raises(Refused, match="sudah ada"):
        prices.save_service(house, None, by=sari, at=at, name="Laundry kiloan")
