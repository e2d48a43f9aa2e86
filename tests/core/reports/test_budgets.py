"""What was planned beside what became of it (rules/ledger 19): the tree, months without a budget, files, copies."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils.html import strip_tags

from tatausaha.core.imports.kinds import Job, Outcome
from tatausaha.core.imports.models import ImportRun
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.reports import budgets, files, queries
from tatausaha.core.reports.budgetimport import BudgetDesk
from tatausaha.core.reports.budgets import Beside, PlanRow
from tatausaha.core.reports.dataset import month_data
from tatausaha.core.reports.models import Budget
from tatausaha.core.reports.spans import span_data
from tests.core.documents.test_typesetting import words_of
from tests.core.reports.conftest import ELECTRICITY, WATER

SALES = int(chart.SALES_INCOME)
POWER = int(ELECTRICITY)
ADVERTS = "61101"


@pytest.fixture
def planned(quarter, unit, hadi, at):
    """February and March: 2,500,000 of income in February alone, 150,000 of electricity in both."""
    amounts = {(SALES, 202602): 2_500_000, (POWER, 202602): 150_000, (POWER, 202603): 150_000}
    budgets.enter(unit, amounts, by=hadi, at=at)


def told(rows):
    return [(row.name, row.budget, row.actual, row.variance, row.level) for row in rows]


@pytest.mark.req("KOS-15")
def test_a_month_is_compared_over_the_tree_and_better_is_above_zero(planned, unit, at):
    assert told(month_data([unit], 202602, at=at).plan) == [
        ("Pendapatan usaha", 2_500_000, 2_000_000, -500_000, 0),
        ("Penjualan barang", 2_500_000, 2_000_000, -500_000, 1),
        ("Jumlah pendapatan", 2_500_000, 2_000_000, -500_000, 0),
        ("Beban operasi", 150_000, 160_000, -10_000, 0),
        ("Listrik", 150_000, 160_000, -10_000, 1),
        ("Jumlah beban", 150_000, 160_000, -10_000, 0),
        ("Laba (rugi)", 2_350_000, 1_840_000, -510_000, 0),
        ("Air, tanpa anggaran", None, 40_000, None, 0),
    ]


@pytest.mark.req("KOS-15")
def test_over_a_year_only_months_that_have_a_budget_are_compared(planned, unit, at):
    plan = {row.name: row for row in span_data([unit], 202601, 202603, at=at).plan}

    assert (plan["Listrik"].budget, plan["Listrik"].actual) == (300_000, 330_000), "January has no budget"
    assert plan["Listrik, tanpa anggaran"].actual == 150_000
    assert plan["Penjualan barang"].actual == 2_000_000
    assert plan["Penjualan barang, tanpa anggaran"].actual == 4_000_000


@pytest.mark.req("KOS-15")
def test_a_budget_of_nothing_is_not_the_same_as_none(quarter, unit, hadi, at):
    assert month_data([unit], 202602, at=at).plan == ()

    budgets.enter(unit, {(int(WATER), 202602): 0}, by=hadi, at=at)

    rows = {row.name: row for row in month_data([unit], 202602, at=at).plan}
    assert rows["Air"] == PlanRow("Air", 0, 40_000, -40_000, 1, code=WATER, of="X")


@pytest.mark.req("KOS-15")
def test_houses_together_add_up_their_budgets(planned, unit, unit_wita, hadi, at):
    budgets.enter(unit_wita, {(POWER, 202602): 90_000}, by=hadi, at=at)

    rows = {row.name: row.budget for row in month_data([unit, unit_wita], 202602, at=at, together=True).plan}

    assert rows["Listrik"] == 240_000


@pytest.mark.req("KOS-15")
def test_of_houses_together_only_those_with_a_budget_are_compared(
    planned, quarter, unit, unit_wita, enter, at
):
    enter(date(2026, 2, 4), ELECTRICITY, chart.BANK, 700_000, unit=unit_wita, at=at, reason="Uji")

    alone = {row.name: row for row in month_data([unit], 202602, at=at).plan}
    both = month_data([unit, unit_wita], 202602, at=at, together=True)
    rows = {row.name: row for row in both.plan}

    assert rows["Listrik"] == alone["Listrik"]
    assert rows["Listrik, tanpa anggaran"].actual == 700_000
    (power,) = [row for row in both.expense if row.code == ELECTRICITY]
    assert (power.amount, power.beside) == (860_000, Beside(150_000, -10_000, part=True))


@pytest.mark.req("KOS-15")
def test_budget_and_variance_stand_beside_every_figure_and_sum(planned, unit, hadi, at):
    budgets.enter(unit, {(int(ADVERTS), 202602): 75_000}, by=hadi, at=at)
    month = month_data([unit], 202602, at=at)
    year = span_data([unit], 202601, 202603, at=at)

    assert [(row.name, row.amount, row.beside) for row in (*month.income, *month.expense)] == [
        ("Penjualan barang", 2_000_000, Beside(2_500_000, -500_000)),
        ("Iklan dan promosi", 0, Beside(75_000, 75_000)),
        ("Listrik", 160_000, Beside(150_000, -10_000)),
        ("Air", 40_000, Beside()),
    ]
    assert budgets.beside(month.plan)["X"] == Beside(225_000, 65_000, part=True)
    assert budgets.beside(month.plan)["RX"] == Beside(2_275_000, -435_000, part=True)
    (power,) = [row for row in year.expense if row.code == ELECTRICITY]
    assert (power.total, power.beside) == (480_000, Beside(300_000, -30_000, part=True)), "January has none"
    assert year.expense_total.beside == Beside(375_000, 45_000, part=True)


@pytest.mark.req("SYS-03")
def test_budgets_are_read_together_with_the_months_and_cost_no_question(
    quarter, unit, hadi, at, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert queries.span([unit], 202601, 202603).budgets == {}
    budgets.enter(unit, {(POWER, 202602): 1}, by=hadi, at=at)
    with django_assert_num_queries(1):
        assert queries.span([unit], 202601, 202603).budgets == {(POWER, 202602): 1}


@pytest.mark.req("KOS-15")
def test_the_year_before_is_copied_so_many_per_cent_up_and_what_is_planned_stays(quarter, unit, hadi, at):
    budgets.enter(unit, {(POWER, 202701): 1}, by=hadi, at=at)

    assert budgets.copy(unit, 2027, 10, by=hadi, at=at) == 6

    amounts = {(row.account_id, row.ym): row.amount for row in Budget.objects.all()}
    assert amounts == {
        (SALES, 202701): 1_100_000, (SALES, 202702): 2_200_000, (SALES, 202703): 3_300_000, (POWER, 202701): 1,
        (POWER, 202702): 176_000, (POWER, 202703): 187_000, (int(WATER), 202702): 44_000,
    }  # fmt: skip
    with pytest.raises(Refused, match="tidak punya angka"):
        budgets.copy(unit, 2030, 0, by=hadi, at=at)


@pytest.mark.req("SYS-06")
def test_nobody_but_the_owner_plans(unit, sari, at):
    with pytest.raises(Refused, match="pemilik"):
        budgets.enter(unit, {(POWER, 202701): 1}, by=sari, at=at)
    assert not Budget.objects.exists()


@pytest.mark.parametrize("account", [int(chart.BANK), 61000])
def test_the_database_takes_budgets_of_income_and_expense_alone(unit, hadi, at, account):
    with pytest.raises(DatabaseError), transaction.atomic():
        budgets.enter(unit, {(account, 202701): 1}, by=hadi, at=at)
    budgets.enter(unit, {(POWER, 202701): 1}, by=hadi, at=at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_budget SET account_id = %s", [account])


@pytest.mark.req("KOS-15")
def test_page_paper_and_files_say_the_same(planned, unit, hadi, at, as_person, tmp_path):
    owner = as_person(hadi)
    page = "/laporan/melati/2026-02/"

    shown = [strip_tags(owner.get(one).text) for one in (page, "/laporan/melati/2026/")]
    assert all("AnggaranSelisih" in "".join(one.split()) for one in shown)
    assert "Listrik160.000150.000-10.000" in "".join(shown[0].split())
    assert "Listrik480.000300.000-30.000*" in "".join(shown[1].split())
    assert "Anggaran dan realisasi" not in owner.get("/laporan/melati/2026-01/").content.decode()
    sheets = files.month_sheets(month_data([unit], 202602, at=at))
    sheet = {title: lines for title, _head, lines in sheets}
    assert (ELECTRICITY, "  Listrik", 150_000, 160_000, -10_000) in sheet["Anggaran dan realisasi"]
    assert (ELECTRICITY, "Listrik", 150_000, -10_000) in [
        (line[1], line[2], *line[-2:]) for line in sheet["Laba rugi"]
    ]
    whole = span_data([unit], 202601, 202603, at=at)
    assert files.span_head(whole)[-2:] == ["Anggaran", "Selisih"]
    assert {line[-2:] for line in files.span_lines(whole) if line[1] == ELECTRICITY} == {(300_000, -30_000)}
    printed = words_of(owner.get(f"{page}?berkas=pdf").content, tmp_path)
    assert "Listrik 160.000 150.000 -10.000" in printed
    assert "Jumlah beban 200.000 150.000 -10.000" in printed
    year = words_of(owner.get("/laporan/melati/2026/?berkas=pdf").content, tmp_path)
    assert "Listrik 480.000 300.000 -30.000" in year


@pytest.mark.req("KOS-18")
def test_the_owner_fills_the_table_and_what_cannot_be_read_loses_nothing(quarter, as_person, hadi, sari):
    owner, page = as_person(hadi), "/laporan/melati/2026/anggaran/"
    given = {f"a{POWER}-0": "150.000", f"a{POWER}-202602": "175.000", f"a{SALES}-202602": "dua juta"}

    refused = owner.post(page, given)
    assert refused.status_code == 422
    assert 'value="175.000"' in refused.content.decode()
    assert not Budget.objects.exists()
    assert owner.post(page, given | {f"a{SALES}-202602": "2 jt"}).status_code == 302
    amounts = {row.ym: row.amount for row in Budget.objects.filter(account=POWER)}
    assert (len(amounts), amounts[202602], amounts[202603]) == (12, 175_000, 150_000)
    assert Budget.objects.get(account=SALES).amount == 2_000_000
    shown = owner.get(page).content.decode()
    assert 'value="175.000"' in shown
    cleared = {f"a{POWER}-202602": "175.000"}
    assert owner.post(page, cleared).status_code == 302
    assert Budget.objects.count() == 1
    assert "Iklan dan promosi, Jan" in owner.get(f"{page}?akun=61101").content.decode()
    assert owner.post(f"{page}salin/", {"more": "x"}).status_code == 302
    assert as_person(sari).get(page).status_code == 404


@pytest.mark.req("KOS-15")
def test_budgets_come_in_from_a_file_with_a_preview(unit, hadi, at, as_person):
    owner = as_person(hadi, datetime(2026, 3, 10, 3, tzinfo=UTC))
    rows = ("unit;bulan;akun;jumlah", "melati;2027-01;61301;750.000", "melati;2027-02;Listrik;760000",
            "melati;2027-01;11201;5")  # fmt: skip
    sent = SimpleUploadedFile("anggaran.csv", "\n".join(rows).encode(), content_type="text/csv")

    run = owner.post("/impor/anggaran/", {"file": sent}, follow=True)

    said = run.content.decode()
    assert "Januari 2027" in said
    assert "bukan akun pendapatan atau beban" in said
    assert not Budget.objects.exists(), "a preview writes nothing"


def test_the_file_writes_what_its_preview_foresaw(unit, hadi, at):
    desk = BudgetDesk(Job(ImportRun(options={}), hadi, at))
    item = desk.read({"unit": "melati", "bulan": "2027-01", "akun": "61301", "jumlah": "750.000"})

    assert desk.foresee([item]) == [Outcome.CREATED]
    assert desk.write(item, 1) == Outcome.CREATED
    assert desk.foresee([item]) == [Outcome.UNCHANGED]
    assert Budget.objects.get().amount == 750_000
