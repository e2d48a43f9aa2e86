"""What the database refuses whoever writes."""

from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tatausaha.business.boarding.models import (
    ExtraService,
    House,
    Room,
    RoomPrice,
    RoomType,
    ServicePrice,
)
from tatausaha.core.people.models import Unit
from tests.business.boarding.makers import make_house, make_type


@pytest.mark.req("KOS-19")
def test_published_prices_are_neither_changed_nor_removed(room_type: RoomType, laundry: ExtraService) -> None:
    for table in (RoomPrice, ServicePrice):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(amount=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.all().delete()

    assert list(RoomPrice.objects.values_list("amount", flat=True)) == [1_000_000]
    assert list(ServicePrice.objects.values_list("amount", flat=True)) == [75_000]


def test_a_room_is_of_a_type_of_its_own_house(room_type: RoomType, unit_wita: Unit, at: datetime) -> None:
    elsewhere = make_house(unit_wita, at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Room.objects.create(house=elsewhere, room_type=room_type, number="1")


@pytest.mark.parametrize(("latitude", "longitude"), [(48.8, 2.3), (-8.8, None), (115.1, -8.8)])
def test_a_house_lies_in_indonesia(
    unit: Unit, at: datetime, latitude: float, longitude: float | None
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_house(unit, at, latitude=latitude, longitude=longitude)


@pytest.mark.req("KOS-13")
def test_a_room_out_of_service_says_why(house: House) -> None:
    room_type = make_type(house)

    with pytest.raises(IntegrityError), transaction.atomic():
        Room.objects.create(house=house, room_type=room_type, number="1", out_of_service="perbaikan")
