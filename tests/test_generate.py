"""The generated houses that pages are measured on are whole: nothing in them contradicts anything else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from tatausaha.business.boarding.models import House, RoomClaim, Stay
from tatausaha.business.boarding.queries import arrears
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Allocation, Invoice
from tatausaha.core.kernel import verifications
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments.models import Payment
from tatausaha.core.people import numbering
from tatausaha.core.people.models import Login
from tatausaha.core.procedures import registry, turns
from tatausaha.core.procedures.models import Passage
from tatausaha.core.reports import tasks
from tools import bench_pages, generate


@pytest.mark.django_db(transaction=True)
def test_a_generated_year_stands_every_verification(at: datetime) -> None:
    made = generate.fill(house_count=4, rooms=30, years=1, at=at)

    findings = [finding for one in verifications.registry.values() for finding in one.check()]

    assert findings == []
    assert made["journals"] == Journal.objects.count() > 50
    assert Stay.objects.filter(status="living").exists()
    assert Passage.objects.filter(procedure="payments.payment").exists()
    inspected = RoomClaim.objects.filter(kind="periksa", live=True)
    assert inspected.exists()
    assert not RoomClaim.objects.filter(room__in=inspected.values("room"), live=True).difference(inspected)


@pytest.mark.req("KOS-15")
@pytest.mark.django_db(transaction=True)
def test_money_that_bills_know_and_the_books_do_not_breaks_the_bridge_of_its_month(at: datetime) -> None:
    generate.fill(house_count=1, rooms=2, years=1, at=at)
    one = Allocation.objects.exclude(line__account__in=("22101", "23101")).latest("booked_on")
    assert list(tasks.bridges()) == []

    Allocation.objects.create(
        line=one.line, invoice=one.invoice, source=one.source, payment_id=one.payment_id, amount=5_000,
        journal=one.journal, booked_on=one.booked_on, at=at,
    )  # fmt: skip

    found = list(tasks.bridges())
    assert [(finding.code, finding.where) for finding in found] == [
        ("bridge", f"{one.invoice.unit.code} {one.booked_on:%Y%m}")
    ]
    assert "Rp5.000 tanpa sebab" in found[0].sentence


@pytest.mark.django_db(transaction=True)
def test_the_house_goes_on_where_the_generated_year_ended(at: datetime) -> None:
    generate.fill(house_count=1, rooms=2, years=1, at=at)
    last = Invoice.objects.filter(issued_at__year=at.year).order_by("-number").first()
    assert last is not None

    with transaction.atomic():
        following = numbering.allocate("TG", unit_id=last.unit_id, year=at.year)

    assert following == int(last.number.rsplit("/", 1)[-1]) + 1
    assert billing.recognise_due(at) == 0  # everything that was due is booked already


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_daily_work_ask_at_most_fifteen_queries(
    at: datetime, clock_at: Callable[[datetime], None]
) -> None:
    generate.fill(house_count=1, rooms=12, years=1, at=at)
    later = at + timedelta(days=20)
    clock_at(later)
    manager = Client()
    manager.force_login(Login.objects.get(email=generate.MANAGER))
    house, stay = House.objects.get(), Stay.objects.filter(status="living").latest("pk")
    assert stay.booking is not None
    room = f"/kos/{house.unit.code}/{stay.room.number}/"
    running = months.of(later.date())
    reports = [
        f"/laporan/{house.unit.code}/{ym // 100}-{ym % 100:02d}/" for ym in (running, months.before(running))
    ]

    keeper = Login.objects.get(email=generate.MANAGER).person
    mine = turns.of(registry.by_code("payments.payment"), keeper)
    assert mine is not None
    waits, _turn = mine
    asked = str(Payment.objects.filter(waits).query)
    assert ("unlikely(" in asked) == (connection.vendor == "sqlite")
    assert list(Payment.objects.filter(waits)) == list(Payment.objects.filter(status="submitted"))

    assert arrears.to_see([house.unit_id], at=later)
    worked = ("/hari-ini/", f"/kasus/{stay.number}/", f"/kasus/{stay.booking.number}/", *reports)
    asked = {address: bench_pages.ask(manager, address)[1] for address in worked}
    asked |= {address: bench_pages.ask(Client(), address)[1] for address in ("/kos/", room)}

    assert {address: count for address, count in asked.items() if count > bench_pages.QUERIES} == {}
