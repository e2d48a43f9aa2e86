"""Fill the empty database of DATABASE_URL and TATAUSAHA_HOME with years of boarding houses.

    python tools/generate.py [--houses 20] [--rooms 20] [--years 10]

Founding, houses and prices go through the services; the lives of tenants are written in bulk, month
by month, with the books posted through the ledger's door. `tatausaha verify` finds nothing.
"""

import argparse
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import django
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "src")) if path not in sys.path]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tatausaha.config.settings")
if not apps.ready:
    django.setup()

from tatausaha.business.boarding.models import House, Room  # noqa: E402, TC001 - the paths come first
from tatausaha.business.boarding.services import houses, places, prices  # noqa: E402
from tatausaha.config import installation  # noqa: E402
from tatausaha.core.kernel import clock  # noqa: E402
from tatausaha.core.ledger import months  # noqa: E402
from tatausaha.core.payments import services as payments  # noqa: E402
from tatausaha.core.people import services as people  # noqa: E402
from tatausaha.core.people.models import Login, Person  # noqa: E402
from tools.generate_desk import Desk  # noqa: E402
from tools.generate_lives import Tenancy, hold  # noqa: E402
from tools.generate_rows import Rows  # noqa: E402

ZONE = "Asia/Jakarta"
OWNER, MANAGER = "pemilik@contoh.id", "pengelola@contoh.id"
PASSWORD = "kos-di-pengukuran"  # noqa: S105 - of a database that is measured and thrown away
CITY = (-7.5666, 110.8166)
CAMPUSES = ("Universitas Sebelas Maret", "Universitas Muhammadiyah Surakarta", "ISI Surakarta")
FACILITIES = ("Wi-Fi", "Dapur", "Parkir motor", "Parkir mobil", "Ruang tamu")
TYPES = (("Standar", 900_000), ("Nyaman", 1_250_000), ("Lengkap", 1_600_000))
SERVICES = (("Laundry", 75_000), ("Parkir mobil", 150_000))


def opening(at: datetime, years: int) -> datetime:
    """The morning of the first day of the books: so many years ago."""
    today = clock.day(at, ZONE)
    return clock.start_of(date(today.year - years, today.month, 1), ZONE) + timedelta(hours=8)


def found(at: datetime) -> tuple[Person, Person]:
    """The company; its owner and its manager, each with a login."""
    installation.found(
        at=at, name="Kos Pengukuran", owner="Pemilik Pengukuran", email=OWNER, password=PASSWORD, zone=ZONE
    )
    owner = Person.objects.get(email=OWNER)
    manager = people.create_person(name="Pengelola Pengukuran", email=MANAGER, by=owner, at=at)
    Login.objects.create_user(person=manager, password=PASSWORD)
    return owner, manager


def open_house(number: int, rooms: int, owner: Person, manager: Person, at: datetime) -> Desk:
    """A published house with three types of rooms, prices, services and campuses nearby."""
    rng = random.Random(number)  # noqa: S311 - the same house again, no secret
    place = (CITY[0] + rng.uniform(-0.05, 0.05), CITY[1] + rng.uniform(-0.05, 0.05))
    house: House = houses.open_house(
        name=f"Kos Pengukuran {number:02d}", by=owner, at=at, address=f"Jalan Mawar {number}, Surakarta",
        gender=("putra", "putri", "campur")[number % 3], city="Surakarta", district="Jebres",
        latitude=place[0], longitude=place[1], description="Rumah kos dengan halaman dan penjaga malam.",
    )  # fmt: skip
    people.give_role(person=manager, name="manager", unit=house.unit, by=owner, at=at)
    bank = payments.open_bank_account(
        unit=house.unit, bank="BRI", number=f"33010100{number:06d}", holder="Kos Pengukuran", by=owner, at=at
    )
    today = clock.day(at, house.unit.zone)
    kept: list[tuple[Room, int]] = []
    for kind, (name, rent) in enumerate(TYPES):
        numbers = [f"{kind + 1}{one:02d}" for one in range(1, rooms + 1) if one % len(TYPES) == kind]
        if not numbers:
            continue
        room_type = houses.save_room_type(
            house, None, by=manager, at=at, name=name, size="3 x 4", area_m2=12, description="Terang dan kering.",
            room_facilities=["Kasur", "Lemari", "AC"][: kind + 1], bathroom_facilities=["Kamar mandi dalam"],
        )  # fmt: skip
        amount = rent + rng.randrange(-3, 4) * 50_000
        prices.publish_rent(room_type, amount, today, by=owner, at=at)
        kept += [(room, amount) for room in houses.add_rooms(room_type, numbers, by=manager, at=at, floor=1)]
    offered = []
    for name, amount in SERVICES:
        service = prices.save_service(house, None, by=manager, at=at, name=name, description="", per_use=False,
                                      measure="")  # fmt: skip
        prices.publish_service_price(service, amount, today, by=owner, at=at)
        offered.append((service, amount))
    near = [
        places.NearPlace(
            campus, "kampus", rng.randrange(300, 6000), CITY[0] + 0.01 * one, CITY[1] + 0.01 * one
        )
        for one, campus in enumerate(CAMPUSES)
    ]
    places.state_nearby(house, near, by=manager)
    house = houses.update_house(
        house, by=manager, at=at, is_published=True, facilities=list(FACILITIES[: 2 + number % 4])
    )
    return Desk(number=number, house=house, rooms=kept, services=offered, bank=bank, manager=manager)


Agenda = dict[int, list[tuple[date, Callable[[date], None]]]]


def plan(desk: Desk, rows: Rows, agenda: Agenda, first: date, at: datetime) -> None:
    """Who lives in each room from when to when, and on which day what of it is to be written."""
    rng = random.Random(desk.number)  # noqa: S311
    for room, rent in desk.rooms:
        day, empty = first + timedelta(days=rng.randrange(3, 40)), True
        while day <= desk.today:
            life = Tenancy(desk, rows, room, rent, day, rng.randrange(5, 20), rng)
            for on, act in life.agenda():
                agenda[months.of(on)].append((on, act))
            day, empty = life.leave_on + timedelta(days=rng.randrange(1, 25)), life.gone
            if life.inspected:  # nobody moves in, and nobody books, before the sum is made
                empty = False
                break
        if empty and rng.random() < 0.5:
            on = desk.today
            agenda[months.of(on)].append((on, lambda on, r=room, a=rent: hold(desk, rows, r, a, on, at)))


def fill(*, house_count: int, rooms: int, years: int, at: datetime) -> dict[str, int]:
    """Everything, on a migrated empty database, up to the moment `at`; how many rows of what."""
    begun = opening(at, years)
    owner, manager = found(begun)
    rows, agenda = Rows(), defaultdict(list)
    first, today = clock.day(begun, ZONE), clock.day(at, ZONE)
    for number in range(1, house_count + 1):
        desk = open_house(number, rooms, owner, manager, begun)
        desk.prepare(begun, at)
        plan(desk, rows, agenda, first, at)
        for on in desk.expense_days(first):
            agenda[months.of(on)].append((on, lambda on, d=desk: d.spend(rows, on, at)))
    rows.write(begun)
    month = months.of(first)
    while month <= months.of(today):
        for on, act in sorted(agenda.pop(month, []), key=lambda one: one[0]):
            act(on)
        evening = clock.start_of(months.first_day(months.after(month)), ZONE) - timedelta(hours=3)
        rows.write(min(evening, at))
        month = months.after(month)
    rows.finish()
    return dict(rows.made)


def main() -> None:
    """Prepare the database and fill it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--houses", type=int, default=20)
    parser.add_argument("--rooms", type=int, default=20)
    parser.add_argument("--years", type=int, default=10)
    chosen = parser.parse_args()
    start = time.perf_counter()
    installation.prepare(demonstrate=False)
    made = fill(house_count=chosen.houses, rooms=chosen.rooms, years=chosen.years, at=clock.now())
    sys.stderr.write(f"{made}\nin {time.perf_counter() - start:.0f} s\n")


if __name__ == "__main__":
    main()
