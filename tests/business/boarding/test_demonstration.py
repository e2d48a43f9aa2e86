"""The demonstration company is whole, adds up, and every page that its people can reach answers."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tatausaha.business.boarding.demonstration import chapter
from tatausaha.business.boarding.demonstration.timeline import Timeline
from tatausaha.business.boarding.models import Booking, DepositUse, House, Photo, ResidentReport, Room, Stay
from tatausaha.config import installation
from tatausaha.core.billing.models import Holding, Invoice
from tatausaha.core.kernel import clock, demonstration, verifications
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Entry, Seal, Total
from tatausaha.core.ledger.services import forge
from tatausaha.core.payments import verification as payments
from tatausaha.core.payments.models import Expense, Payment, Refund
from tatausaha.core.people.demonstration import GUESTS, PASSWORD
from tatausaha.core.people.models import Company, Login, Role
from tatausaha.core.people.models import Person as Human
from tatausaha.core.procedures.models import Passage

PRESENT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
MOST = 160
"""Pages that one visitor opens."""


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: Any) -> Iterator[Timeline]:
    """The demonstration as of 10 March 2026, built once; taken back afterwards."""
    kept: list[Timeline] = []
    patch = pytest.MonkeyPatch()
    patch.setattr(clock, "now", lambda: PRESENT + clock.offset())
    patch.setitem(
        demonstration.registry,
        "boarding",
        demonstration.Chapter("boarding", 50, lambda at: kept.append(chapter.tell(at))),
    )
    with django_db_blocker.unblock(), transaction.atomic():
        installation.build_demonstration()
        forge()
        yield kept[0]
        transaction.set_rollback(True)
    patch.undo()


pytestmark = pytest.mark.django_db


def test_nobody_was_refused_anything_and_everything_adds_up(lived: Timeline) -> None:
    findings = [finding for one in verifications.registry.values() for finding in one.check()]

    assert lived.refused == []
    assert findings == []


@pytest.mark.req("KOS-12", "SYS-07")
def test_deposits_held_are_the_liability_in_the_books(lived: Timeline) -> None:
    held = Counter()  # type: ignore[var-annotated]
    for row in Holding.objects.filter(kind=Holding.Kind.DEPOSIT):
        held[row.unit_id] += row.balance
    books = {row.unit_id: -row.net for row in Total.objects.filter(account=int(chart.DEPOSITS))}

    assert dict(held) == books
    assert sum(books.values()) > 10_000_000


def test_the_company_is_what_was_promised(lived: Timeline) -> None:
    assert Company.objects.get().is_demonstration
    assert House.objects.filter(is_published=True).count() == 3
    assert sorted(House.objects.values_list("gender", flat=True)) == ["campur", "putra", "putri"]
    assert Room.objects.count() == 40
    assert Role.objects.filter(name="manager").values("person").distinct().count() == 4
    assert Photo.objects.count() >= 10
    assert Stay.objects.filter(status__in=["living", "noticed"]).count() > 30
    assert set(Booking.objects.values_list("status", flat=True)) == set(Booking.Status.values) - {"paid_up"}
    assert Booking.objects.filter(status="checked_in", number__in=_revived()).exists()


def _revived() -> list[str]:
    return list(Passage.objects.filter(step="revive").values_list("number", flat=True))


def test_today_there_is_something_for_everybody_to_do(lived: Timeline) -> None:
    nadia = Booking.objects.get(customer__email="nadia@contoh.id")

    assert (nadia.status, nadia.hold_until) == ("held", PRESENT + timedelta(days=3))
    assert Payment.objects.filter(status="submitted").count() == 1
    assert Booking.objects.filter(status="secured", move_in_on=PRESENT.date() + timedelta(days=1)).exists()
    assert Expense.objects.filter(status="requested", amount=1_850_000).exists()
    assert Refund.objects.filter(status="due").exists()
    assert Stay.objects.filter(status="inspection").exists()
    assert [
        bill for bill in Invoice.objects.filter(due_on__lt=PRESENT.date(), voided_at=None) if bill.remaining
    ]
    assert Holding.objects.filter(kind=Holding.Kind.BALANCE, balance__gt=1_000).exists()
    assert ResidentReport.objects.filter(state="handed_in").exists()


def test_rent_that_comes_late_or_early_has_its_scene(lived: Timeline) -> None:
    fees = Invoice.objects.filter(purpose="late_fee")
    ahead = Stay.objects.get(next_uses_on__isnull=False)

    assert {fee.unit.code for fee in fees} == {"kos-putra-merpati"}
    assert [fee.total for fee in fees] == [25_000] * len(fees)
    assert (
        Invoice.objects.filter(
            subject_id=ahead.pk, purpose="rent", due_on__gt=PRESENT.date(), recognised_on=None
        ).count()
        == 3
    )
    assert DepositUse.objects.get().status == DepositUse.Status.ASKED


@pytest.mark.req("KOS-18")
def test_the_owner_corrected_a_closed_month(lived: Timeline) -> None:
    second = Seal.objects.get(version=2)

    assert second.by == Human.objects.get(email="pemilik@contoh.id")
    assert second.reason
    assert [one["after"] - one["before"] for one in second.difference if one["account"] == "61601"] == [
        475_000
    ]
    assert Seal.objects.filter(unit=second.unit, ym=second.ym, version=1).exists()


@pytest.mark.req("KOS-20", "SYS-07")
def test_money_in_hand_is_never_less_than_nothing(lived: Timeline) -> None:
    assert [payment.number for payment in Payment.objects.filter(status="confirmed", receipt=None)] == []
    assert payments.findings() == []


def test_the_houses_pay_from_what_the_owner_paid_in(lived: Timeline) -> None:
    moves = Entry.objects.filter(account__code__range=("11200", "11299")).order_by("book_on", "journal")
    sums: Counter[int] = Counter()
    lowest = 0
    for unit, amount in moves.values_list("unit", "amount"):
        sums[unit] += amount
        lowest = min(lowest, sums[unit])

    assert len(sums) == len({site.unit_id for site in House.objects.all()})
    assert lowest == 0


def test_every_login_of_the_readme_opens_the_door(lived: Timeline, client: Client) -> None:
    page = client.get("/akun/login/").content.decode()

    assert [guest.email for guest in GUESTS if guest.email not in page] == []
    for guest in GUESTS:
        assert Login.objects.get(email=guest.email).check_password(PASSWORD), guest.email


@pytest.mark.parametrize("email", ["", *[guest.email for guest in GUESTS]])
def test_every_page_that_can_be_reached_by_links_answers(lived: Timeline, client: Client, email: str) -> None:
    if email:
        client.force_login(Login.objects.get(email=email))
    waiting, seen, wrong = ["/", "/hari-ini/"] if email else ["/"], {"/", "/hari-ini/"}, []

    while waiting and len(seen) < MOST:
        page = waiting.pop(0)
        answer = client.get(page, follow=True)
        if answer.status_code != 200:
            wrong.append((answer.status_code, page))
        if answer.streaming:
            b"".join(answer.streaming_content)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for link in _links(answer.content.decode()):
            if link not in seen and _kind(link) not in {_kind(known) for known in seen}:
                seen.add(link)
                waiting.append(link)

    assert wrong == []
    assert len(seen) > (30 if email == "pemilik@contoh.id" else 5)


def _links(page: str) -> list[str]:
    found = (link.replace("&amp;", "&") for link in re.findall(r'<a [^>]*href="(/[^"#]*)"', page))
    return [link for link in found if not link.startswith(("/akun/logout", "/statis/"))]


def _kind(link: str) -> str:
    """Pages of one kind are tried once or twice: numbers and names of things count as one."""
    path, _question, words = link.partition("?")
    path = re.sub(r"/[A-Z]{2,4}[-/][^/]+(/[^/]+)*", "/N", path)
    return re.sub(r"\d+", "1", path) + ("?" + "&".join(sorted(re.findall(r"(\w+)=", words))) if words else "")
