"""Opening the houses: units, managers, rooms, prices, services, places, photos, bank accounts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO

from django.core.files.base import File

from tatausaha.business.boarding.demonstration.houses import HousePlan, TypePlan
from tatausaha.business.boarding.models import ExtraService, House, Room, RoomType
from tatausaha.business.boarding.services import houses, photos, places, prices
from tatausaha.core.kernel import clock
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import services as books
from tatausaha.core.ledger.services import Draft, Line
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.people import services as people
from tatausaha.core.people.models import Person
from tatausaha.core.web import illustrations

PHOTO = (1000, 750)
"""Pixels of a drawn photo: sharp on a phone and on a desk, quick to make."""


@dataclass
class Site:
    """A house of the demonstration as it stands: its plan, its people, its rooms and services by name."""

    plan: HousePlan
    house: House
    owner: Person
    managers: list[Person]
    rooms: dict[str, Room] = field(default_factory=dict)
    services: dict[str, ExtraService] = field(default_factory=dict)

    @property
    def manager(self) -> Person:
        """Who does the daily work."""
        return self.managers[0]

    @property
    def zone(self) -> str:
        """The house's own zone."""
        return self.house.unit.zone

    def day(self, at: datetime) -> date:
        """The calendar day of the house."""
        return clock.day(at, self.zone)


class Album:
    """The pictures of the houses, drawn beside everything else that goes on."""

    def __init__(self, plans: tuple[HousePlan, ...]) -> None:
        self._pool = ThreadPoolExecutor(max_workers=2)
        self._drawn = {
            plan.name: [("", "Tampak depan", self._pool.submit(illustrations.facade, plan.seed, PHOTO))]
            + [
                (kind.name, f"Kamar {kind.name}", self._pool.submit(illustrations.room, seed, PHOTO))
                for kind in plan.types
                for seed in kind.seeds
            ]
            for plan in plans
        }

    def hang(self, site: "Site", *, at: datetime) -> None:
        """Put the pictures of a house on its page."""
        kinds = {kind.name: kind for kind in RoomType.objects.filter(house=site.house)}
        for kind_name, caption, drawing in self._drawn[site.plan.name]:
            photos.add_photo(
                site.house, File(BytesIO(drawing.result()), "foto.webp"), by=site.manager, at=at, caption=caption,
                room_type=kinds.get(kind_name),
            )  # fmt: skip

    def close(self) -> None:
        """No more pictures."""
        self._pool.shutdown()


def open_site(plan: HousePlan, *, owner: Person, managers: list[Person], at: datetime) -> Site:
    """A house from the owner's decision to the first visitor who can find it."""
    house = houses.open_house(
        name=plan.name, by=owner, at=at, zone=plan.zone, address=plan.address, gender=plan.gender, city=plan.city,
        district=plan.district, latitude=plan.latitude, longitude=plan.longitude, built_year=plan.built,
        description=plan.text,
    )  # fmt: skip
    people.update_unit(house.unit, by=owner, at=at, phone=plan.phone)
    for manager in managers:
        people.give_role(person=manager, name="manager", unit=house.unit, by=owner, at=at)
    bank, number = plan.bank
    account = payments.open_bank_account(
        unit=house.unit, bank=bank, number=number, holder="CV Karya Anugerah Bersama", by=owner, at=at
    )
    site = Site(plan, house, owner, managers)
    today = site.day(at)
    _pay_in_capital(site, account, today, at=at)
    for kind in plan.types:
        _open_type(site, kind, today, at=at)
    for wanted in plan.services:
        service = prices.save_service(
            house, None, by=site.manager, at=at, name=wanted.name, description=wanted.text,
            per_use=bool(wanted.measure), measure=wanted.measure, of_room=wanted.of_room,
        )  # fmt: skip
        prices.publish_service_price(service, wanted.price, today, by=owner, at=at)
        site.services[wanted.name] = service
    places.state_nearby(house, plan.near, by=site.manager)
    site.house = houses.update_house(
        house, by=site.manager, at=at, is_published=True, facilities=list(plan.common)
    )
    for room in site.rooms.values():
        room.house = site.house
    return site


def _pay_in_capital(site: Site, account: BankAccount, today: date, *, at: datetime) -> None:
    """What the owner put into the house's account to begin with: furniture and the first months are paid from it."""
    lines = (Line(account.account, site.plan.capital), Line(chart.CAPITAL, -site.plan.capital))
    unit = site.house.unit
    books.post(
        Draft(f"{unit.pk}|demonstration|capital", unit, "capital", lines, today, memo="Setoran modal pemilik"),
        by=site.owner, at=at,
    )  # fmt: skip


def _open_type(site: Site, kind: TypePlan, today: date, *, at: datetime) -> None:
    room_type = houses.save_room_type(
        site.house, None, by=site.manager, at=at, name=kind.name, size=kind.size, area_m2=kind.area_m2,
        description=kind.text, room_facilities=kind.in_room, bathroom_facilities=kind.in_bathroom,
    )  # fmt: skip
    floor = int(kind.rooms[0]) if kind.rooms[:3].isdecimal() else 1
    for room in houses.add_rooms(
        room_type, houses.room_numbers(kind.rooms), by=site.manager, at=at, floor=floor
    ):
        site.rooms[room.number] = room
    prices.publish_rent(room_type, kind.rent, today, by=site.owner, at=at)


def raise_prices(site: Site, *, at: datetime) -> None:
    """The owner publishes new rents, thirty days ahead; who lives there keeps the price that was agreed."""
    from_on = site.day(at) + timedelta(days=30)
    for kind in site.plan.types:
        if kind.later:
            room_type = RoomType.objects.select_related("house__unit").get(house=site.house, name=kind.name)
            prices.publish_rent(room_type, kind.later, from_on, by=site.owner, at=at)
