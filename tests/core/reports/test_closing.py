"""The closing journal of a year is printed from the books, and changes nothing in them (rules/ledger 13)."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Journal
from tatausaha.core.reports import closing
from tests.core.documents.test_typesetting import words_of
from tests.core.reports.conftest import ELECTRICITY
from tests.core.reports.test_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-15")]

PAGE = "/laporan/melati/2025/penutup/"
LATE = {"at": datetime(2026, 3, 6, tzinfo=UTC), "reason": "Nota yang terselip"}


@pytest.fixture
def old_year(enter):
    """2025: sales of 800.000 in December, electricity of 300.000; a deposit, which no year end touches."""
    enter(date(2025, 11, 5), ELECTRICITY, chart.BANK, 300_000)
    enter(date(2025, 11, 6), chart.BANK, chart.DEPOSITS, 500_000)
    enter(date(2025, 12, 5), chart.BANK, chart.SALES_INCOME, 800_000)
    enter(date(2026, 1, 5), chart.BANK, chart.SALES_INCOME, 7_000_000)


def lines(made: closing.Closing) -> list[tuple[str, int, int]]:
    return [(one.name, one.debit, one.credit) for one in made.lines]


def test_income_and_expense_are_emptied_into_retained_earnings(old_year, unit, at):
    made = closing.of_year(unit, 2025, at=at)

    assert lines(made) == [
        ("Penjualan barang", 800_000, 0), ("Laba ditahan", 0, 500_000), ("Listrik", 0, 300_000),
    ]  # fmt: skip
    assert made.debit == sum(one.credit for one in made.lines) == 800_000
    assert (made.result, made.number) == (500_000, "JP/MELATI/2025-13")
    january = {one.name: one.opening for one in ledger.trial_balance(unit, 202601)}
    assert january["Laba ditahan"] == -made.result
    assert "Penjualan barang" not in {one.name for one in ledger.trial_balance(unit, 202601) if one.opening}


def test_a_loss_is_taken_from_retained_earnings(enter, unit, at):
    enter(date(2025, 11, 5), ELECTRICITY, chart.BANK, 300_000)

    made = closing.of_year(unit, 2025, at=at)

    assert lines(made) == [("Laba ditahan", 300_000, 0), ("Listrik", 0, 300_000)]
    assert made.result == -300_000


def test_a_correction_of_the_year_is_in_it_and_looking_posts_nothing(old_year, enter, unit, at):
    before = closing.of_year(unit, 2025, at=at)
    enter(date(2025, 12, 20), ELECTRICITY, chart.BANK, 50_000, **LATE)
    posted = Journal.objects.count()

    after = closing.of_year(unit, 2025, at=at)

    assert (before.result, after.result) == (500_000, 450_000)
    assert Journal.objects.count() == posted


def test_the_page_and_its_files_say_the_same(old_year, as_person, hadi, tmp_path):
    client = as_person(hadi)

    page = text_of(client.get(PAGE))
    printed = words_of(client.get(f"{PAGE}?berkas=pdf").content, tmp_path)
    book = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(client.get(f"{PAGE}?berkas=xlsx").streaming_content))
    )

    assert "Jumlah 800.000 800.000" in page
    assert "Jurnal penutup 2025" in page
    for said in ("JP/MELATI/2025-13", "Laba ditahan", "500.000"):
        assert said in page
        assert said in printed
    assert ["", "Jumlah", 800_000, 800_000] in book.get_sheet_by_index(0).to_python()
    assert PAGE in client.get("/laporan/melati/2025/").content.decode()
    assert "penutup" not in client.get("/laporan/melati/2026/").content.decode()


def test_a_year_without_income_or_expense_says_so(unit, as_person, hadi):
    assert "Tidak ada yang ditutup" in text_of(as_person(hadi).get("/laporan/melati/2024/penutup/"))
