"""A year beside the year before, ten years of accounts, and the way from a figure to its cause (KOS-15)."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tatausaha.core.ledger import chart
from tatausaha.core.reports import spans
from tests.core.documents.test_typesetting import words_of
from tests.core.reports.test_pages import text_of

LATE = {"at": datetime(2026, 3, 6, tzinfo=UTC), "reason": "Buku lama dibawa masuk"}
TEN = "/laporan/melati/sepuluh-tahun/"


@pytest.fixture
def long_ago(quarter, enter, company):
    """Sales of 2017 to 2019, brought in later; the books begin before."""
    company.books_from = date(2016, 1, 1)
    company.save(update_fields=["books_from"])
    for year in (2017, 2018, 2019):
        enter(date(year, 7, 5), chart.BANK, chart.SALES_INCOME, year * 1000, **LATE)


@pytest.mark.req("KOS-15")
def test_a_year_stands_beside_the_same_months_of_the_year_before(quarter, enter, as_person, hadi):
    enter(date(2025, 2, 5), chart.BANK, chart.SALES_INCOME, 900_000, **LATE)

    page = text_of(as_person(hadi).get("/laporan/melati/2026/"))

    assert "Jumlah Jan–Mar 2025 Jan Feb Mar" in page
    assert "Penjualan barang 6.000.000 900.000 1.000.000 2.000.000 3.000.000" in page
    assert "Listrik 480.000 – 150.000 160.000 170.000" in page
    assert "Kas dan bank, akhir bulan 7.680.000" in page


@pytest.mark.req("KOS-15")
def test_a_year_leads_from_right_to_cash_month_by_month(quarter, enter, as_person, hadi):
    enter(date(2026, 2, 27), chart.RECEIVABLES, chart.SALES_INCOME, 250_000, **LATE)
    enter(date(2026, 3, 3), chart.BANK, chart.RECEIVABLES, 100_000, at=datetime(2026, 3, 7, tzinfo=UTC),
          reason="Uangnya masuk")  # fmt: skip

    page = text_of(as_person(hadi).get("/laporan/melati/2026/"))

    assert "Piutang -150.000 – – -250.000 100.000" in page
    assert "Laba menurut kas 5.580.000" in page
    assert "Tunggakan, akhir bulan 150.000 – – 250.000 150.000" in page


@pytest.mark.req("KOS-15")
def test_ten_years_stand_side_by_side_with_what_was_left_at_each_end(long_ago, as_person, hadi, tmp_path):
    client = as_person(hadi)

    page = text_of(client.get(TEN))
    book = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(client.get(f"{TEN}?berkas=xlsx").streaming_content))
    )
    lines = b"".join(client.get(f"{TEN}?berkas=csv").streaming_content).decode()
    printed = words_of(client.get(f"{TEN}?berkas=pdf").content, tmp_path)

    assert "Sepuluh tahun, 2017–2026" in page
    row = "12.854.000 2.017.000 2.018.000 2.019.000 – – – – – 800.000 6.000.000"
    assert f"Penjualan barang {row}" in page
    assert f"Penjualan barang {row}" in printed
    assert "Bank 12.834.000 2.017.000 4.035.000 6.054.000 6.054.000" in page
    sheet = book.get_sheet_by_name("2017–2026").to_python()
    figures = [2_017_000, 2_018_000, 2_019_000, 0, 0, 0, 0, 0, 800_000, 6_000_000, 12_854_000]
    assert sheet[1] == ["Pendapatan", "41301", "Penjualan barang", *figures]
    assert ";".join(["Pendapatan", "41301", "Penjualan barang", *map(str, figures)]) in lines.splitlines()


@pytest.mark.req("KOS-15")
@pytest.mark.req("SYS-03")
@pytest.mark.parametrize(
    "path", [TEN, "/laporan/semua/sepuluh-tahun/", f"{TEN}41301/", "/laporan/melati/2026/"]
)
def test_ten_years_need_no_more_queries_than_one(
    long_ago, as_person, hadi, unit_wita, django_assert_max_num_queries, path
):
    client = as_person(hadi)
    client.get(path)

    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200


@pytest.mark.req("KOS-15")
@pytest.mark.req("SYS-10")
def test_four_taps_lead_from_ten_years_to_the_journal_and_its_cause(long_ago, as_person, hadi):
    client = as_person(hadi)

    def tap(path: str, pattern: str) -> str:
        page = client.get(path).content.decode()
        found = re.search(pattern, page)
        assert found, (path, pattern)
        return found[1].replace("&amp;", "&")

    year = tap(TEN, r'href="(/laporan/melati/2018/)#akun-41301"')
    card = tap(year, r'href="(/buku/akun/41301/\?unit=melati&amp;bulan=2018-07)"')
    journal = tap(card, r'href="(/buku/jurnal/\d+/)"')
    assert "Buku lama dibawa masuk" in text_of(client.get(journal))


@pytest.mark.req("KOS-15")
def test_an_account_shows_its_seasons_and_a_balance_goes_on_through_quiet_months(
    long_ago, as_person, hadi, unit
):
    client = as_person(hadi)

    sales = text_of(client.get(f"{TEN}41301/"))
    bank = spans.seasons([unit], spans.queries.account_of("11201"), 2018, 202603)

    assert "2019 – – – – – – 2.019.000 – – – – –" in sales
    assert bank.rows[2018][:7] == (2_017_000,) * 6 + (4_035_000,)
    assert bank.rows[2026][2:] == (12_834_000, *(None,) * 9)
    assert client.get(f"{TEN}99999/").status_code == 404
    assert client.get(f"{TEN}41000/").status_code == 404


@pytest.mark.req("KOS-16")
def test_ten_years_are_for_those_who_keep_the_books(quarter, as_person, rini, budi):
    for person in (rini, budi):
        assert as_person(person).get(TEN).status_code == 404
        assert as_person(person).get(f"{TEN}41301/").status_code == 404
