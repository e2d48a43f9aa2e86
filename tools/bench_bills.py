"""Measure the nightly bill run: one JSON line a figure.

    python tools/bench_bills.py [--small]      1,000 tenants (100) in houses of 20 rooms, all due in one night

Every tenant has a service by subscription, every fourth a meter that was read; each bill tells its tenant.
"""

import argparse
import contextlib
import json
import os
import sys
import time
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tatausaha.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the paths come first
from django.db import connection, connections, transaction  # noqa: E402

from tatausaha.business.boarding.models import (  # noqa: E402
    ExtraService,
    Meter,
    Reading,
    ServiceUse,
    Stay,
    Subscription,
)
from tatausaha.business.boarding.procedure.stay import STAY  # noqa: E402
from tatausaha.business.boarding.services import bills  # noqa: E402
from tatausaha.config import installation  # noqa: E402
from tatausaha.core.billing.models import Invoice  # noqa: E402
from tatausaha.core.kernel import clock  # noqa: E402
from tatausaha.core.people.models import Person  # noqa: E402
from tatausaha.core.procedures import policies  # noqa: E402
from tools import generate  # noqa: E402
from tools.bench_ledger import scratch  # noqa: E402
from tools.generate_desk import Desk  # noqa: E402

TENANTS, ROOMS, BUDGET = 1000, 20, 10
LIVED = 23
"""Days since everybody moved in: the second bill is due to go out."""


def people_in(desk: Desk, at: datetime, first: int) -> None:
    """A tenant in every room of a house since `LIVED` days, none billed for the second period yet."""
    anchor, begun = clock.day(at, desk.unit.zone) - timedelta(days=LIVED), at - timedelta(days=LIVED)
    revision = policies.in_force(STAY, desk.unit, at=begun)
    tenants = Person.objects.bulk_create(
        Person(name=f"Penghuni {first + one}", phone=f"+62812{first + one:08d}", created_at=begun)
        for one in range(len(desk.rooms))
    )
    stays = Stay.objects.bulk_create(
        Stay(
            number=f"HUN-99-{first + one:05d}", unit=desk.unit, customer=tenant, headline=tenant.name, room=room,
            status="living", since=begun, opened_at=begun, revision=revision, anchor_on=anchor, rent=rent,
            next_period=1, next_bill_on=anchor + timedelta(days=LIVED),
        )
        for one, (tenant, (room, rent)) in enumerate(zip(tenants, desk.rooms, strict=True))
    )  # fmt: skip
    service, amount = desk.services[0]
    Subscription.objects.bulk_create(
        Subscription(stay=stay, service=service, name=service.name, amount=amount, from_on=anchor)
        for stay in stays
    )
    power = ExtraService.objects.create(house=desk.house, name="Listrik", per_use=True, measure="kWh")
    power.prices.create(amount=1_500, valid_from=anchor, published_at=begun)
    for stay in stays[::4]:
        meter = Meter.objects.create(room=stay.room, kind=Meter.Kind.ELECTRICITY, service=power, since=anchor)
        read_on = anchor + timedelta(days=20)
        use = ServiceUse.objects.create(
            stay=stay, service=power, used_on=read_on, quantity=Decimal(60), price=1_500, amount=90_000,
            description="Listrik 0 sampai 60 kWh", noted_at=at,
        )  # fmt: skip
        Reading.objects.create(meter=meter, on=anchor, value=0, why="opening", stay=stay, noted_at=begun)
        Reading.objects.create(meter=meter, on=read_on, value=60, stay=stay, use=use, noted_at=at)


def fill(tenants: int, at: datetime) -> None:
    """Houses full of tenants whose bill is due."""
    installation.prepare(demonstrate=False)
    begun = at - timedelta(days=LIVED + 1)
    owner, manager = generate.found(begun)
    for number in range(1, tenants // ROOMS + 1):
        with transaction.atomic():
            desk = generate.open_house(number, ROOMS, owner, manager, begun)
            people_in(desk, at, (number - 1) * ROOMS + 1)


def measure(tenants: int, at: datetime) -> dict[str, object]:
    """The seconds of one night, in which every tenant gets one bill."""
    start = time.perf_counter()
    issued = bills.issue_due_bills(at=at)
    took = time.perf_counter() - start
    assert (issued, Invoice.objects.count()) == (tenants, tenants), issued
    assert bills.issue_due_bills(at=at) == 0
    budget = BUDGET * tenants / TENANTS
    return {
        "figure": f"nightly bill run, {tenants} tenants", "database": connection.vendor, "value": round(took, 2),
        "unit": "s", "budget": budget, "ok": took <= budget,
    }  # fmt: skip


def main() -> None:
    """Fill an empty database and measure one night."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", action="store_true", help="100 tenants")
    tenants = TENANTS // 10 if parser.parse_args().small else TENANTS
    assert not settings.DEBUG
    with contextlib.ExitStack() as stack:
        given = settings.DATABASES["default"]
        if given["ENGINE"].endswith("postgresql"):
            connection.settings_dict["NAME"] = stack.enter_context(scratch(given))["NAME"]
        at = clock.now()
        fill(tenants, at)
        print(json.dumps(measure(tenants, at), ensure_ascii=False), flush=True)
        connections.close_all()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


if __name__ == "__main__":
    main()
