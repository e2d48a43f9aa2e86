"""On the 1st the month before is the owner's alone, by whatever path; and what it said stays printable."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from django.test import Client

from tatausaha.core.api import tokens
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as bills
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel.errors import Conflict, Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart, months
from tatausaha.core.ledger.models import Entry, Journal, Seal
from tatausaha.core.ledger.services import Draft, Line, close_month, post, rebook, reverse
from tatausaha.core.payments import services as money
from tatausaha.core.payments.models import Expense, Payment, Refund
from tatausaha.core.payments.procedure.expense import EXPENSE
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.payments.procedure.refund import REFUND
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.services import perform
from tatausaha.core.reports import changes, dataset, queries, sections, services
from tests.core.billing import hire as hiring
from tests.core.billing.conftest import bank
from tests.core.billing.hire import hire, hires
from tests.core.ledger.raw import Raw, raw_post
from tests.core.reports.test_pages import text_of

__all__ = ["bank", "hire", "hires"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]

JANUARY, DAY = 202601, date(2026, 1, 31)
LAST = {
    "Asia/Jakarta": datetime(2026, 1, 31, 16, 59, 59, tzinfo=UTC),
    "Asia/Makassar": datetime(2026, 1, 31, 15, 59, 59, tzinfo=UTC),
    "Asia/Jayapura": datetime(2026, 1, 31, 14, 59, 59, tzinfo=UTC),
}
SLIP = Upload(b"%PDF-1.4 tanda terima", "application/pdf", "tanda-terima.pdf")


@pytest.fixture
def at() -> datetime:
    """20 January 2026: the month is in full swing."""
    return datetime(2026, 1, 20, 3, 0, tzinfo=UTC)


@dataclass
class World:
    """A house in January, with something of everything that can be done to money."""

    unit: Unit
    sari: Person
    hadi: Person
    rini: Person
    kept: Journal
    bill: Invoice
    payment: Payment
    refund: Refund
    expense: Expense
    clock_at: Callable[[datetime], None]

    def browser(self, person: Person, at: datetime) -> Client:
        """Somebody's browser, with the clock stopped."""
        self.clock_at(at)
        client = Client()
        client.force_login(person.login)
        return client


@pytest.fixture
def zone(request, unit) -> str:
    """The zone of the house, set before anything is booked; WIB unless the test asks for others."""
    unit.zone = getattr(request, "param", "Asia/Jakarta")
    unit.save()
    return unit.zone


@pytest.fixture
def world(zone, hire, unit, sari, hadi, rini, at, clock_at) -> World:
    kept = post(_draft(unit, "kept", date(2026, 1, 20)), by=hadi, at=at)
    bill = bills.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)
    payment = money.receive_cash(unit=unit, payer=rini, amount=400_000, invoices=[bill], by=sari, at=at)
    deposit = hiring.deposit(hire, by=sari, at=at)
    money.receive_cash(unit=unit, payer=rini, amount=500_000, invoices=[deposit], by=sari, at=at)
    refund = money.request_refund(
        hire, kind="deposit", amount=300_000, payee=rini, reason="Selesai", working_days=7, by=sari, at=at
    )
    expense = money.record_expense(
        no_note="Struk hilang",
        unit=unit,
        category="61301",
        amount=90_000,
        paid_from="transfer",
        occurred_on=at.date(),
        by=sari,
        at=at,
    )
    return World(unit, sari, hadi, rini, kept, bill, payment, refund, expense, clock_at)


def _draft(unit: Unit, name: str, on: date, **more: Any) -> Draft:
    lines = (Line(chart.BANK, 700_000), Line(chart.SERVICE_INCOME, -700_000))
    return Draft(
        key=f"{unit.pk}|paths|{name}|x|0",
        unit=unit,
        kind="correction",
        lines=lines,
        event_on=on,
        book_on=on,
        **more,
    )


def january(unit: Unit) -> list[tuple[Any, ...]]:
    """All that the books say about January."""
    rows = Entry.objects.filter(period=months.period_id(unit.pk, JANUARY)).order_by("account_id")
    return [*rows.values_list("account_id").annotate(net=Sum("amount"), n=Count("line_no"))]


def _api_step(w: World, at: datetime) -> None:
    w.clock_at(at)
    _token, secret = tokens.make(person=w.sari, name="Uji", wanted=["read", "act"], at=at)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    path = f"/api/v1/cases/{w.expense.number}/steps/reverse"
    client.post(path, '{"note": "Salah catat"}', content_type="application/json")


def _expense_page(w: World, at: datetime) -> None:
    given = {
        "unit": w.unit.code, "category": "61301", "amount": "75.000", "paid_from": "transfer",
        "no_note": "Struk hilang",
        "occurred_on": "31-01-2026", "note": "Token",
    }  # fmt: skip
    w.browser(w.sari, at).post("/pengeluaran/baru/", given)


PATHS: dict[str, Callable[[World, datetime], object]] = {
    "a new journal": lambda w, at: post(_draft(w.unit, "new", DAY, reason="Mohon"), by=w.sari, at=at),
    "a journal reversed on its own day": lambda w, at: reverse(
        w.kept, by=w.sari, at=at, reason="Salah", book_on=DAY
    ),
    "a journal reversed": lambda w, at: reverse(w.kept, by=w.sari, at=at, reason="Salah"),
    "cash of the last day": lambda w, at: money.receive_cash(
        unit=w.unit, payer=w.rini, amount=250_000, invoices=[w.bill], occurred_on=DAY, by=w.sari, at=at
    ),
    "a payment taken back": lambda w, at: perform(
        w.payment, PAYMENT.step("reverse"), by=w.sari, at=at, data={"note": "Salah orang"}
    ),
    "a refund of the last day": lambda w, at: perform(
        w.refund,
        REFUND.step("pay"),
        by=w.sari,
        at=at,
        data={"method": "cash", "slip": SLIP, "occurred_on": DAY},
    ),
    "an expense of the last day": lambda w, at: money.record_expense(
        no_note="Struk hilang",
        unit=w.unit,
        category="61401",
        amount=60_000,
        paid_from="transfer",
        occurred_on=DAY,
        by=w.sari,
        at=at,
    ),
    "an expense taken back": lambda w, at: perform(
        w.expense, EXPENSE.step("reverse"), by=w.sari, at=at, data={"note": "Salah"}
    ),
    "a credit note": lambda w, at: bills.credit(w.bill, amount=100_000, by=w.sari, at=at, reason="Air mati"),
    "a step through the API": _api_step,
    "an expense on its page": _expense_page,
    "raw SQL": lambda w, at: raw_post(
        Raw(unit=w.unit, recorded_at=at, book_on=DAY, actor=w.sari.pk, level=2, event_on=DAY)
    ),
}
"""Everything a manager can do that lands in January while January runs (rules/ledger 5)."""

NEVER: dict[str, Callable[[World, datetime], object]] = {
    "moving a journal": lambda w, at: rebook(w.kept, book_on=DAY, by=w.sari, at=at, reason="Salah"),
    "writing a debt off": lambda w, at: bills.write_off(w.bill, by=w.sari, at=at, reason="Tidak tertagih"),
    "a correction by its service": lambda w, at: services.correct(
        unit=w.unit, ym=JANUARY, on=DAY, debit=queries.accounts()[61301], credit=queries.accounts()[11201],
        amount=5000, memo="Nota", reason="Tertinggal", key="X", by=w.sari, at=at,
    ),
}  # fmt: skip
"""What is the owner's in any month."""


class _Undone(Exception):  # noqa: N818
    """Takes a try back."""


def shown(world: World, at: datetime) -> tuple[Any, ...]:
    """All that is said about January: by the books, the list of expenses, and the report."""
    page = text_of(world.browser(world.sari, at).get("/pengeluaran/?bulan=2026-01"))
    spent = re.search(r"Januari 2026: (-?Rp[\d.]+) dibukukan", page)
    assert spent, page
    seals = queries.versions(world.unit, JANUARY)
    data = dataset.month_data((world.unit,), JANUARY, at=at, seals=seals)
    sealed = (data.income, data.expense, data.cash, data.position, data.sections, data.mark) if seals else ()
    return (january(world.unit), spent[1], sealed)


def tried(world: World, path: Callable[[World, datetime], object], at: datetime) -> tuple[Any, ...]:
    """What is said about January after somebody has tried; the try itself is taken back."""
    said: tuple[Any, ...] = ()
    try:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    path(world, at)
            except (Refused, Conflict, IntegrityError):
                pass
            said = shown(world, at)
            raise _Undone  # noqa: TRY301 - takes the try back
    except _Undone:
        return said


@pytest.mark.req("KOS-17")
@pytest.mark.req("SYS-06")
@pytest.mark.parametrize("zone", LAST, indirect=True)
@pytest.mark.parametrize("name", PATHS)
def test_the_last_second_of_a_month_is_the_managers_last(world, unit, zone, name):
    last = LAST[zone]
    before = shown(world, last)

    assert tried(world, PATHS[name], last) != before, "the path leads somewhere while the month runs"
    assert tried(world, PATHS[name], last + timedelta(seconds=1)) == before


@pytest.fixture
def billed() -> Iterator[None]:
    """A section of the report that counts bills as they stand when it is asked."""
    sections.register(
        sections.Section(
            "uji",
            "Uji",
            lambda units, ym, _at: [sections.Line("Ditagih", billing.billed_in_month(units[0], ym))],
        )
    )
    yield
    sections.unregister("uji")


@pytest.mark.req("KOS-17")
@pytest.mark.req("KOS-15")
@pytest.mark.usefixtures("billed")
@pytest.mark.parametrize("name", PATHS)
def test_what_a_closed_month_shows_is_not_changed_by_the_manager(world, unit, sari, name):
    first = LAST["Asia/Jakarta"] + timedelta(seconds=1)
    close_month(unit, JANUARY, by=sari, at=first)
    before = shown(world, first)

    assert before[2][4][0].lines[0].amount == world.bill.total + 500_000, "the section stands in the version"
    assert tried(world, PATHS[name], first + timedelta(days=3)) == before


@pytest.mark.req("KOS-14")
@pytest.mark.req("KOS-17")
def test_an_expense_counts_in_the_month_that_booked_it_and_against_the_one_that_took_it_back(
    world, unit, sari, hadi
):
    at = LAST["Asia/Jakarta"] + timedelta(days=2)
    late = money.record_expense(
        no_note="Struk hilang",
        unit=unit,
        category="61401",
        amount=60_000,
        paid_from="transfer",
        occurred_on=DAY,
        by=sari,
        at=at,
    )
    perform(world.expense, EXPENSE.step("reverse"), by=hadi, at=at, data={"note": "Salah"})

    browser = world.browser(sari, at)
    january, february = (text_of(browser.get(f"/pengeluaran/?bulan=2026-{month}")) for month in ("01", "02"))
    file = b"".join(browser.get("/pengeluaran/?bulan=2026-02&berkas=csv").streaming_content).decode()

    assert "Januari 2026: Rp90.000 dibukukan" in january
    assert "Februari 2026: -Rp30.000 dibukukan" in february
    assert f"{late.number};2026-01-31;2026-02-02;" in file
    assert f"{world.expense.number};2026-01-20;2026-02-02;;61301;-90000;" in file


@pytest.mark.req("KOS-17")
@pytest.mark.parametrize("name", NEVER)
def test_what_is_the_owners_is_refused_to_the_manager_before_and_after(world, unit, name):
    before, last = january(unit), LAST["Asia/Jakarta"]

    for moment in (last, last + timedelta(seconds=1)):
        with pytest.raises(Refused):
            NEVER[name](world, moment)
        assert january(unit) == before


@pytest.mark.req("KOS-17")
@pytest.mark.req("KOS-18")
def test_the_owner_corrects_a_closed_month_with_a_reason_and_the_first_version_stays(world, unit, sari, hadi):
    first = datetime(2026, 1, 31, 17, 0, tzinfo=UTC)
    v1 = close_month(unit, JANUARY, by=sari, at=first)
    said = dataset.version_data(unit, v1, newest=True)
    given = {
        "on": "31-01-2026", "amount": "175.000", "debit": "61301", "credit": "11201", "memo": "Token listrik",
        "reason": "Nota ditemukan di laci",
    }  # fmt: skip
    path = "/laporan/melati/2026-01/koreksi/"

    manager = world.browser(sari, first)
    page = manager.get("/laporan/melati/2026-01/").content.decode()
    assert path not in page
    assert "/laporan/melati/2026-01/minta-izin/" in page
    assert manager.post(path, given).status_code == 404
    owner = world.browser(hadi, first)
    assert path in owner.get("/laporan/melati/2026-01/").content.decode()
    assert owner.post(path, given | {"reason": ""}).status_code == 422
    assert owner.post(path, given | {"on": "01-02-2026"}).status_code == 422
    assert Seal.objects.count() == 1
    assert owner.post(path, given).status_code == 302

    v2 = Seal.objects.get(version=2)
    assert (v2.reason, v2.by) == ("Nota ditemukan di laci", hadi)
    assert [(row["account"], row["before"], row["after"]) for row in v2.difference] == [
        ("11201", 610_000, 435_000), ("61301", 90_000, 265_000),
    ]  # fmt: skip
    v1 = Seal.objects.get(version=1)
    assert dataset.version_data(unit, v1, newest=False).expense == said.expense
    for person in (hadi, sari):
        browser = world.browser(person, first)
        old = browser.get("/laporan/melati/2026-01/?versi=1").content.decode()
        new = browser.get("/laporan/melati/2026-01/").content.decode()
        assert "Ini versi 1, bukan yang terbaru" in old
        assert "Diubah setelah tutup" in new
        assert "Nota ditemukan di laci" in new
        for version in ("?versi=1&berkas=pdf", "?versi=2&berkas=pdf", "?berkas=pdf"):
            assert browser.get(f"/laporan/melati/2026-01/{version}").content.startswith(b"%PDF-")
    assert [(one.label, one.before, one.after) for one in changes.changes_of(v2)] == [
        ("Bank, akhir bulan", 610_000, 435_000), ("Listrik", 90_000, 265_000),
    ]  # fmt: skip


@pytest.mark.req("KOS-18")
def test_a_correction_sent_twice_counts_once(world, unit, hadi):
    first = datetime(2026, 1, 31, 17, 0, tzinfo=UTC)
    given = {
        "on": "31-01-2026", "amount": "175.000", "debit": "61301", "credit": "11201", "memo": "Token",
        "reason": "Tertinggal", "form_key": "A" * 26,
    }  # fmt: skip
    owner = world.browser(hadi, first)

    answers = [owner.post("/laporan/melati/2026-01/koreksi/", given) for _turn in range(2)]

    assert answers[0].url == answers[1].url
    assert Journal.objects.filter(kind="correction", memo="Token").count() == 1


@pytest.mark.req("KOS-18")
def test_the_owner_moves_a_journal_to_the_month_before_and_takes_a_correction_back(world, unit, hadi):
    first = datetime(2026, 1, 31, 17, 0, tzinfo=UTC)
    late = post(
        Draft(key="m|late|1|x|0", unit=unit, kind="expense", event_on=DAY, book_on=date(2026, 2, 1),
              lines=(Line("61401", 40_000), Line(chart.BANK, -40_000))),
        by=hadi, at=first,
    )  # fmt: skip
    owner = world.browser(hadi, first)
    before = {row[0]: row[1] for row in january(unit)}.get(61401, 0)

    answer = owner.post(
        f"/buku/jurnal/{late.pk}/pindah/", {"book_on": "31-01-2026", "reason": "Lintas bulan"}
    )
    moved = Journal.objects.get(replaces=late)
    undone = owner.post(f"/buku/jurnal/{world.kept.pk}/balik/", {"reason": "Salah akun"})

    assert answer.url == f"/buku/jurnal/{moved.pk}/"
    assert {row[0]: row[1] for row in january(unit)}[61401] == before + 40_000
    assert undone.status_code == 302
    assert Journal.objects.get(reverses=world.kept).book_on == world.kept.book_on
    assert owner.post(f"/buku/jurnal/{moved.pk}/balik/", {"reason": "Salah akun"}).status_code == 422


@pytest.mark.req("KOS-18")
def test_what_a_correction_would_change_is_shown_before_anything_is_written(world, unit, sari, hadi):
    first = datetime(2026, 1, 31, 17, 0, tzinfo=UTC)
    close_month(unit, JANUARY, by=sari, at=first)
    owner, path = world.browser(hadi, first), "/laporan/melati/2026-01/koreksi/"
    given = {
        "on": "31-01-2026", "amount": "175.000", "debit": "61301", "credit": "11201", "memo": "Token",
        "reason": "Nota ditemukan di laci",
    }  # fmt: skip
    before = Journal.objects.count()

    shown = text_of(owner.post(path, given | {"preview": "1"}))
    again = owner.post(path, given | {"edit": "1"})

    assert "Laporan Januari 2026 menjadi versi 2; versi 1 tetap dapat dicetak." in shown
    assert "Listrik Rp90.000 Rp265.000 Rp175.000" in shown
    assert "Bank, akhir bulan" in shown
    assert "Dasar PPh final" not in shown, "an expense leaves the tax base alone"
    assert 'value="175.000"' in again.content.decode()
    assert owner.post(path, given | {"on": "01-02-2026", "preview": "1"}).status_code == 422
    assert (Journal.objects.count(), Seal.objects.count()) == (before, 1)


@pytest.mark.req("KOS-18")
def test_a_preview_of_moved_income_shows_both_months_and_the_tax_base(world, unit, hadi):
    first = datetime(2026, 1, 31, 17, 0, tzinfo=UTC)
    earned = post(
        Draft(key="m|earned|1|x|0", unit=unit, kind="payment", event_on=DAY, book_on=date(2026, 2, 1),
              lines=(Line(chart.BANK, 40_000), Line(chart.SALES_INCOME, -40_000))),
        by=hadi, at=first,
    )  # fmt: skip
    wanted = {"book_on": "31-01-2026", "reason": "Lintas bulan"}

    shown = text_of(
        world.browser(hadi, first).post(f"/buku/jurnal/{earned.pk}/pindah/", wanted | {"preview": "1"})
    )

    assert "Yang berubah di Januari 2026" in shown
    assert "Yang berubah di Februari 2026" in shown
    assert "Dasar PPh final, menurut hak Rp40.000 Rp0 -Rp40.000" in shown
    assert shown.count("Bank, akhir bulan") == 1, "at the end of February the money is there either way"
    assert "Laba tahun 2026" not in shown, "within a year a move changes no year"
    assert not Journal.objects.filter(replaces=earned).exists()
