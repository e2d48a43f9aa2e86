"""Profit by right and profit by cash, and the bridge between them (rules/ledger 15)."""

from collections import defaultdict
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import Draft, Line, close_month, post_many
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.reports import cash, tasks
from tests.core.documents.test_typesetting import words_of
from tests.core.reports.conftest import ELECTRICITY
from tests.core.reports.test_pages import text_of

WAGES, DEPRECIATION, ACCUMULATED, EQUIPMENT = "61201", "62101", "15901", "15101"
AHEAD_PAID, STOCK = "14101", "13101"
FEBRUARY, MARCH = 202602, 202603


def rows(pairs: tuple[cash.Pair, ...]) -> list[tuple[str, int, int]]:
    return [(one.name, one.accrual, one.cash) for one in pairs]


@pytest.mark.req("KOS-15")
def test_what_is_owed_and_worn_explains_the_gap_between_right_and_cash(enter, unit):
    enter(date(2026, 2, 1), chart.RECEIVABLES, chart.SALES_INCOME, 1_000_000)
    enter(date(2026, 2, 9), chart.BANK, chart.RECEIVABLES, 400_000)
    enter(date(2026, 2, 10), chart.BANK, chart.SERVICE_INCOME, 150_000)
    enter(date(2026, 2, 12), ELECTRICITY, chart.BANK, 80_000)
    enter(date(2026, 2, 20), AHEAD_PAID, chart.BANK, 300_000)
    enter(date(2026, 2, 28), DEPRECIATION, ACCUMULATED, 125_000)

    both = cash.of_month([unit], FEBRUARY)

    assert rows(both.income) == [
        ("Piutang usaha, dilunasi", 0, 400_000), ("Pendapatan layanan", 150_000, 150_000),
        ("Penjualan barang", 1_000_000, 0),
    ]  # fmt: skip
    assert rows(both.expense) == [
        ("Uang muka pembelian, dilunasi", 0, 300_000), ("Listrik", 80_000, 80_000),
        ("Penyusutan aset tetap", 125_000, 0),
    ]  # fmt: skip
    assert [(one.name, one.amount) for one in both.steps] == [
        ("12", -600_000), ("14", -300_000), ("15", 125_000),
    ]  # fmt: skip
    assert (both.accrual, both.cash, both.unexplained) == (945_000, 170_000, 0)


@pytest.mark.req("KOS-15")
def test_deposits_and_down_payments_are_outside_both_until_they_are_kept(enter, unit):
    enter(date(2026, 2, 3), chart.BANK, chart.DEPOSITS, 500_000)
    enter(date(2026, 2, 4), chart.BANK, chart.CUSTOMER_ADVANCES, 100_000)
    enter(date(2026, 3, 4), chart.CUSTOMER_ADVANCES, chart.CANCELLATION_INCOME, 100_000)

    assert cash.of_month([unit], FEBRUARY) == cash.CashView((), (), ())
    kept = cash.of_month([unit], MARCH)
    assert rows(kept.income) == [("Pendapatan pembatalan", 100_000, 100_000)]
    assert kept.steps == ()


@pytest.mark.req("KOS-15")
def test_what_is_bought_sold_or_brought_in_is_no_income_and_no_expense(enter, unit):
    enter(date(2026, 2, 2), chart.BANK, chart.CAPITAL, 9_000_000)
    enter(date(2026, 2, 3), EQUIPMENT, chart.BANK, 4_000_000)
    enter(date(2026, 2, 5), chart.RECEIVABLES, chart.OPENING_EQUITY, 700_000)
    enter(date(2026, 2, 28), chart.DRAWINGS, chart.BANK, 1_000_000)

    assert cash.of_month([unit], FEBRUARY) == cash.CashView((), (), ())


@pytest.mark.req("KOS-15")
def test_a_note_paid_in_part_counts_for_its_part(unit, hadi, at):
    lines = (
        Line(ELECTRICITY, 100_000), Line(WAGES, 50_001), Line(chart.PAYABLES, -90_000, hadi),
        Line(chart.BANK, -60_001),
    )  # fmt: skip
    post_many([Draft("p|1", unit, "test", lines, date(2026, 3, 2))], by=hadi, at=at)

    both = cash.of_month([unit], MARCH)

    assert rows(both.expense) == [("Gaji", 50_001, 20_001), ("Listrik", 100_000, 40_000)]
    assert both.unexplained == 0


NOW = datetime(2026, 3, 10, 3, tzinfo=UTC)
amounts = st.integers(-(10**9), 10**9).filter(bool)
accounts = st.sampled_from(
    [chart.BANK, chart.SALES_INCOME, chart.SERVICE_INCOME, chart.RECEIVABLES, chart.PAYABLES, ELECTRICITY, STOCK,
     EQUIPMENT, ACCUMULATED, DEPRECIATION, chart.CAPITAL, chart.DEPOSITS, "25101", "27101", AHEAD_PAID]
)  # fmt: skip
journals = st.lists(
    st.tuples(
        st.lists(st.tuples(accounts, amounts, st.booleans()), min_size=1, max_size=5),
        st.dates(date(2025, 12, 1), date(2026, 3, 10)),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@pytest.mark.req("KOS-15")
@pytest.mark.req("SYS-07")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_journals=journals)
def test_the_bridge_closes_to_the_rupiah_whatever_is_booked(
    unit: Unit, unit_wita: Unit, hadi: Person, given_journals: list
) -> None:
    drafts = []
    for number, (parts, on) in enumerate(given_journals):
        sums: dict[Unit, int] = defaultdict(int)
        lines = []
        for account, amount, elsewhere in parts:
            where = unit_wita if elsewhere else unit
            party = hadi if account in {chart.RECEIVABLES, chart.PAYABLES, chart.DEPOSITS, "27101"} else None
            lines.append(Line(account, amount, party, where))
            sums[where] += amount
        lines += [Line(chart.BANK, -rest, None, where) for where, rest in sums.items() if rest]
        drafts.append(Draft(f"b|{number}", unit, "test", tuple(lines), on, reason="uji cocok"))
    with transaction.atomic():
        for number, draft in enumerate(drafts):
            with suppress(Refused):  # a deposit below zero, or a journal of one line
                post_many([draft], by=hadi, at=NOW + timedelta(seconds=number))

        assert list(tasks.bridges()) == []
        transaction.set_rollback(True)


@pytest.mark.req("KOS-15")
def test_page_and_files_tell_both_ways_and_a_version_keeps_them(
    quarter, enter, as_person, sari, hadi, unit, tmp_path
):
    late = {"at": datetime(2026, 3, 10, 3, tzinfo=UTC), "reason": "Tagihan tertinggal"}
    enter(date(2026, 2, 27), chart.RECEIVABLES, chart.SALES_INCOME, 250_000, **late)
    client = as_person(sari)

    page = text_of(client.get("/laporan/melati/2026-02/"))
    book = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(client.get("/laporan/melati/2026-02/?berkas=xlsx").streaming_content))
    )
    lines = b"".join(client.get("/laporan/melati/2026-02/?berkas=csv").streaming_content).decode()
    printed = words_of(client.get("/laporan/melati/2026-02/?berkas=pdf").content, tmp_path)

    assert "Penjualan barang 2.250.000 250.000 2.000.000" in page
    assert "Laba menurut hak 2.050.000 Piutang bertambah: hak yang uangnya belum masuk -250.000" in page
    assert ["Laba menurut kas", 1_800_000.0] in book.get_sheet_by_name("Mengapa berbeda").to_python()
    assert "Laba (rugi);;;2050000;1800000;250000" in lines.replace(",", ";")
    assert "Menurut hak dan menurut kas" in printed
    assert "Laba menurut kas 1.800.000" in printed

    seal = close_month(unit, FEBRUARY, by=sari, at=datetime(2026, 3, 10, 4, tzinfo=UTC))
    enter(date(2026, 2, 28), chart.BANK, chart.RECEIVABLES, 250_000, at=datetime(2026, 3, 10, 5, tzinfo=UTC),
          by=hadi, reason="Uangnya ternyata sudah masuk")  # fmt: skip

    first, second = (
        text_of(client.get(f"/laporan/melati/2026-02/?versi={version}")) for version in (seal.version, 2)
    )
    assert "Laba menurut kas 1.800.000" in first
    assert "Laba menurut kas 2.050.000" in second
