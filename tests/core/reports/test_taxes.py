"""Taxes by hand: the free part of individuals, legal persons, the yearly limit, deposits (rules/ledger 16)."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Account, Journal, Seal
from tatausaha.core.ledger.services import close_month
from tatausaha.core.people.models import Unit
from tatausaha.core.reports import calendar, overview, queries
from tatausaha.core.reports.models import TaxDeposit, TaxRule
from tatausaha.core.reports.taxes import services, tables, turnover, years
from tatausaha.core.reports.taxes.rules import install_rules, rate_said

MILLION = 1_000_000
JULY = datetime(2026, 7, 10, 3, tzinfo=UTC)
NTPN = "A1B2C3D4E5F6G7H8"


@pytest.fixture(autouse=True)
def _law() -> None:
    install_rules()


@pytest.fixture
def say(hadi, at):
    """What the owner says about the company: `say("pt", first_year=2024)`."""

    def make(form, **more):
        said = {
            "from_year": 2025, "legal_form": form, "scheme": "final", "first_year": 2025, "method": "accrual",
            "tracked_from": 202601, "is_vat": False,
        }  # fmt: skip
        return services.set_profile(by=hadi, at=at, **(said | more))

    return make


@pytest.fixture
def earn(enter):
    """Income in so many millions, from January 2026 on."""

    def make(*millions, year=2026):
        for month, amount in enumerate(millions, 1):
            enter(date(year, month, 5), chart.BANK, chart.SALES_INCOME, amount * MILLION)

    return make


def told(year=2026, at=JULY):
    return {month.ym % 100: month for month in years.of(year, at=at).months}


@pytest.mark.req("KOS-15")
def test_an_individual_pays_from_the_month_in_which_500_million_are_crossed(say, earn):
    say("individual")
    earn(120, 120, 120, 120, 50, 10)

    months = told()

    assert [(months[n].base, months[n].exempt, months[n].tax) for n in (4, 5, 6)] == [
        (120 * MILLION, 120 * MILLION, 0), (50 * MILLION, 20 * MILLION, 150_000), (10 * MILLION, 0, 50_000),
    ]  # fmt: skip
    assert months[5].due_on == date(2026, 6, 15)
    assert years.of(2026, at=JULY).exempt == 500 * MILLION


@pytest.mark.req("KOS-15")
def test_the_free_part_begins_anew_with_the_calendar_year(say, earn):
    say("individual")
    earn(600, year=2025)
    earn(60)

    assert told(2025)[1].tax == 500_000
    assert (told()[1].exempt, told()[1].tax) == (60 * MILLION, 0)


@pytest.mark.req("KOS-15")
@pytest.mark.parametrize("form", ["cv", "firm", "cooperative", "pt_individual", "pt"])
def test_a_legal_person_pays_from_the_first_rupiah(say, earn, form):
    say(form)
    earn(120)

    assert (told()[1].exempt, told()[1].tax) == (0, 600_000)


@pytest.mark.req("KOS-15")
def test_the_limit_warns_at_80_per_cent_and_when_crossed_the_rate_stays_until_the_year_ends(say, earn, enter):
    say("pt")
    earn(900, 900, 900, 900, 240)

    assert years.of(2026, at=JULY).limit == "near", "3,840 of 4,800 million"
    enter(date(2026, 6, 5), chart.BANK, chart.SALES_INCOME, 961 * MILLION)

    year = years.of(2026, at=JULY)
    assert (year.turnover, year.limit, year.why_not) == (4_801 * MILLION, "crossed", "")
    assert year.months[5].tax == 4_805_000
    after = years.of(2027, at=datetime(2027, 2, 10, tzinfo=UTC))
    assert "tarif umum" in after.why_not
    assert [month.tax for month in after.months] == [None, None]


@pytest.mark.req("KOS-15")
def test_below_80_per_cent_nothing_is_said(say, earn):
    say("pt")
    earn(3_839)

    assert years.of(2026, at=JULY).limit == ""


@pytest.mark.req("KOS-15")
@pytest.mark.parametrize(("form", "years_allowed"), [("individual", 7), ("cv", 4), ("pt", 3)])
def test_the_rule_may_be_used_for_its_number_of_tax_years(say, earn, form, years_allowed):
    earn(600)
    say(form, first_year=2026 - years_allowed + 1)
    assert told()[1].tax

    say(form, first_year=2026 - years_allowed)

    assert told()[1].tax is None
    assert f"Jangka {years_allowed} tahun" in years.of(2026, at=JULY).why_not


@pytest.mark.req("KOS-18")
def test_a_correction_of_a_past_month_restates_its_base_and_what_the_later_months_owe(
    say, earn, enter, unit, hadi
):
    say("individual")
    earn(200, 200, 90, 20)
    close_month(unit, 202602, by=hadi, at=JULY)
    assert [told()[n].tax for n in (2, 3, 4)] == [0, 0, 50_000]

    enter(
        date(2026, 2, 20),
        chart.BANK,
        chart.SALES_INCOME,
        30 * MILLION,
        at=JULY,
        reason="Sewa yang tertinggal",
    )

    months = told()
    assert (months[2].base, months[2].version) == (230 * MILLION, 2)
    assert [months[n].tax for n in (2, 3, 4)] == [0, 100_000, 100_000]
    assert Seal.objects.get(version=1).report["income"][0]["amount"] == 200 * MILLION


@pytest.mark.req("KOS-15")
def test_deposits_and_money_paid_ahead_are_no_turnover_before_they_are_earned(say, enter):
    say("pt")
    enter(date(2026, 1, 5), chart.BANK, chart.DEPOSITS, 500_000)
    enter(date(2026, 1, 5), chart.BANK, chart.CUSTOMER_ADVANCES, 100_000)
    enter(date(2026, 2, 5), chart.CUSTOMER_ADVANCES, chart.SALES_INCOME, 100_000)

    assert (told()[1].base, told()[2].base) == (0, 100_000)


@pytest.mark.req("KOS-15")
def test_by_cash_income_counts_in_the_month_in_which_its_money_comes(say, enter):
    enter(date(2026, 1, 5), chart.RECEIVABLES, chart.SALES_INCOME, 1_000_000)
    enter(date(2026, 2, 5), chart.BANK, chart.RECEIVABLES, 1_000_000)

    say("pt")
    assert [told()[n].tax for n in (1, 2)] == [5_000, 0]
    say("pt", method="cash")
    assert [told()[n].tax for n in (1, 2)] == [0, 5_000]


@pytest.mark.req("KOS-15")
def test_discounts_do_not_lessen_the_base_and_bank_interest_is_taxed_elsewhere(say, enter):
    say("pt")
    enter(date(2026, 1, 5), chart.BANK, chart.SALES_INCOME, 1_000_000)
    enter(date(2026, 1, 6), "42201", chart.BANK, 50_000)
    enter(date(2026, 1, 7), chart.BANK, "49401", 3_000)

    assert told()[1].base == 1_000_000


@pytest.mark.req("KOS-15")
def test_nothing_is_worked_out_before_the_owner_has_said_what_the_company_is(earn, unit):
    earn(900)

    assert told()[1].tax is None
    assert years.due_soon([unit], at=datetime(2026, 2, 1, tzinfo=UTC)) == 0


@pytest.mark.req("KOS-15")
def test_vat_is_off_unless_the_company_collects_it(say, earn):
    say("pt")
    earn(12)
    assert (years.of(2026, at=JULY).vat, told()[1].vat) == (None, 0)

    say("pt", is_vat=True)

    assert told()[1].vat == 1_320_000, "12 % of 11/12 of 12,000,000"


# Deposits


@pytest.fixture
def other(company) -> Unit:
    """Kos Kenanga, a second house."""
    return Unit.objects.create(
        business="boarding",
        code="kenanga",
        name="Kos Kenanga",
        zone="Asia/Jakarta",
        opened_on=date(2025, 1, 1),
    )


@pytest.fixture
def pay(unit, hadi):
    """Write down what was paid for January."""

    def make(amount=600_000, ntpn=NTPN, on=date(2026, 2, 12), at=datetime(2026, 2, 12, 4, tzinfo=UTC)):
        bank = Account.objects.get(pk=int(chart.BANK))
        return services.deposit(
            ym=202601, amount=amount, paid_on=on, ntpn=ntpn, unit=unit, account=bank, by=hadi, at=at
        )

    return make


def net(unit, code):
    return queries.standing([unit], [int(code)]).get((unit.pk, int(code)), 0)


@pytest.mark.req("KOS-15")
def test_a_deposit_is_borne_by_the_units_by_turnover_and_paid_by_one(say, enter, unit, other, pay):
    say("pt")
    enter(date(2026, 1, 5), chart.BANK, chart.SALES_INCOME, 90 * MILLION)
    enter(date(2026, 1, 5), chart.BANK, chart.SALES_INCOME, 30 * MILLION, unit=other)

    made = pay()

    assert [net(one, "71101") for one in (unit, other)] == [450_000, 150_000]
    assert [net(one, "25101") for one in (unit, other)] == [0, 0]
    assert [net(one, "91101") for one in (unit, other)] == [150_000, -150_000]
    assert net(unit, chart.BANK) == 90 * MILLION - 600_000
    month = told()[1]
    assert (month.deposited, month.left, month.deposits) == (600_000, 0, (made,))
    assert {(one.kind, one.tag) for one in Journal.objects.filter(source_type=services.SOURCE)} == {
        ("tax", "lintas bulan"), ("tax_paid", ""),
    }  # fmt: skip


def test_a_deposit_sent_twice_is_one_and_a_number_stands_once(say, earn, pay):
    say("pt")
    earn(120)

    assert pay() == pay()
    with pytest.raises(Refused, match="NTPN ini sudah dicatat"):
        pay(amount=100)
    assert (TaxDeposit.objects.count(), Journal.objects.filter(kind="tax_paid").count()) == (1, 1)


def test_a_deposit_taken_back_reverses_its_journals_and_frees_its_number(say, earn, pay, unit, hadi):
    say("pt")
    earn(120)
    made = pay()

    services.cancel(made, reason="Salah bulan", by=hadi, at=JULY)

    assert [net(unit, code) for code in ("71101", "25101", chart.BANK)] == [0, 0, 120 * MILLION]
    assert told()[1].left == 600_000
    with pytest.raises(Refused, match="sudah dibatalkan"):
        services.cancel(made, reason="Salah bulan", by=hadi, at=JULY)
    assert pay(at=JULY).pk != made.pk


def test_nobody_but_the_owner_writes_a_deposit_down_and_none_of_tomorrow(say, earn, pay, sari, unit):
    say("pt")
    earn(120)
    bank = Account.objects.get(pk=int(chart.BANK))

    with pytest.raises(Refused, match="pemilik"):
        services.deposit(
            ym=202601,
            amount=1,
            paid_on=date(2026, 2, 1),
            ntpn=NTPN,
            unit=unit,
            account=bank,
            by=sari,
            at=JULY,
        )
    with pytest.raises(Refused, match="belum tiba"):
        pay(on=date(2026, 2, 13))
    assert not TaxDeposit.objects.exists()


@pytest.mark.req("SYS-07")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_taxdeposit SET amount = 1", "DELETE FROM reports_taxdeposit",
        "UPDATE reports_taxrule SET rate = 1", "DELETE FROM reports_taxrule",
        ("INSERT INTO reports_taxrule (tax, legal_form, starts_on, rate, exempt, cap, base, source)"
         " VALUES ('final', 'pt', '2026-05-01', 50, 0, 0, 'gross', 'x')"),
        ("INSERT INTO reports_taxrule (tax, legal_form, starts_on, ends_on, rate, exempt, cap, base, source)"
         " VALUES ('final', 'pt', '2020-05-01', '2021-01-01', 50, 1, 0, 'gross', 'x')"),
        ("INSERT INTO reports_taxrule (tax, legal_form, starts_on, ends_on, rate, exempt, cap, base, source)"
         " VALUES ('final', 'pt', '2020-05-01', '2022-01-01', 50, 0, 0, 'gross', 'x')"),
    ],
)  # fmt: skip
def test_the_database_keeps_rules_and_deposits_by_itself(say, earn, pay, sql):
    say("pt")
    earn(120)
    pay()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.req("KOS-15")
def test_a_new_law_ends_the_rule_before_it_and_changes_only_months_after_it(say, earn, hadi):
    say("pt")
    earn(100, 100)

    services.add_rule(
        tax="final", legal_form="pt", starts_on=date(2026, 2, 1), rate=100, cap=0, years=None, source="PP baru",
        by=hadi, at=JULY,
    )  # fmt: skip

    assert [told()[n].tax for n in (1, 2)] == [500_000, 1_000_000]
    assert TaxRule.objects.get(legal_form="pt", rate=50).ends_on == date(2026, 1, 31)
    with pytest.raises(Refused, match="sudah ada aturan"):
        services.add_rule(
            tax="final", legal_form="pt", starts_on=date(2026, 1, 15), rate=7, source="x", by=hadi, at=JULY
        )


def test_laying_the_rules_again_changes_nothing(hadi, at):
    services.set_outside([], by=hadi, at=at)
    before = list(TaxRule.objects.values())

    install_rules()

    assert list(TaxRule.objects.values()) == before
    assert not turnover.outside()


# What may be spent


@pytest.mark.req("KOS-18")
def test_tax_that_falls_due_within_30_days_is_not_to_be_spent(say, earn, enter, unit, pay):
    say("pt")
    earn(120)

    def free(at):
        seen = overview.of([unit], at=at, due=years.due_soon([unit], at=at))
        return [(line.label, line.amount) for line in seen.taxes], seen.free

    assert free(datetime(2026, 1, 15, tzinfo=UTC)) == ([], 120 * MILLION), "due on 15 February, in 31 days"
    owed = [("PPh final yang belum disetor", 600_000)]
    assert free(datetime(2026, 1, 16, tzinfo=UTC)) == (owed, 120 * MILLION - 600_000)
    pay(amount=400_000)
    left = [("PPh final yang belum disetor", 200_000)]
    assert free(datetime(2026, 2, 12, 5, tzinfo=UTC)) == (left, 120 * MILLION - 600_000)


def test_of_one_unit_only_its_part_of_the_tax_counts(say, enter, unit, other):
    say("pt")
    enter(date(2026, 1, 5), chart.BANK, chart.SALES_INCOME, 90 * MILLION)
    enter(date(2026, 1, 5), chart.BANK, chart.SALES_INCOME, 30 * MILLION, unit=other)
    at = datetime(2026, 2, 1, tzinfo=UTC)

    assert [years.due_soon(some, at=at) for some in ([unit], [other], [unit, other])] == [
        450_000,
        150_000,
        600_000,
    ]


def test_months_before_deposits_were_written_down_here_owe_nothing(say, earn, unit):
    say("pt", tracked_from=202602)
    earn(120, 10)

    assert [told()[n].left for n in (1, 2)] == [0, 50_000]


# The local tax


@pytest.mark.req("KOS-15")
def test_no_unit_has_a_local_tax_before_the_owner_says_so(earn, unit, hadi, at):
    earn(1, 2)

    def table():
        by_unit = turnover.earned(202601, 202612)
        lines = tables.turnover_lines([unit], by_unit, queries.local_rates(), [202601, 202602])
        return tables.turnover_table(lines, several=False)

    assert [str(one.label) for one in table().columns] == ["Bulan", "Omzet"]
    services.set_local_rate(unit, from_ym=202602, rate=1000, by=hadi, at=at)
    assert [row.cells for row in table().rows] == [
        ["Januari 2026", MILLION, "", 0], ["Februari 2026", 2 * MILLION, "10 %", 200_000],
        ["Jumlah", 3 * MILLION, "", 200_000],
    ]  # fmt: skip


def test_a_rate_is_said_as_people_write_it():
    assert [rate_said(rate) for rate in (50, 1000, 1200, 5, 125)] == [
        "0,5 %",
        "10 %",
        "12 %",
        "0,05 %",
        "1,25 %",
    ]


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-03", 202603), ("3/2026", 202603), ("maret 2026", 202603), (" Mar 2026 ", 202603), ("2026 May", 202605),
        ("13/2026", None), ("ma 2026", None), ("Maret", None), ("2026", None), ("", None), ("oktober 1926", None),
    ],
)  # fmt: skip
def test_a_month_is_typed_as_people_write_it(typed, month):
    assert calendar.typed(typed) == month


# Pages


@pytest.mark.req("KOS-16")
def test_the_owner_goes_from_the_legal_form_to_a_deposit_on_pages(earn, as_person, hadi, sari, unit):
    earn(120)
    owner = as_person(hadi, datetime(2026, 2, 12, 4, tzinfo=UTC))

    assert "Bentuk hukum belum dipilih" in owner.get("/laporan/pajak/").content.decode()
    said = {
        "from_year": "2026", "legal_form": "pt", "scheme": "final", "first_year": "2026", "method": "accrual",
        "tracked_from": "2026-01",
    }  # fmt: skip
    assert owner.post("/setelan/pajak/", said | {"first_year": "2027"}).status_code == 422
    assert (
        "Tulis misalnya Maret 2026" in owner.post("/setelan/pajak/", said | {"tracked_from": "Oktober"}).text
    )
    assert "Paling akhir tahun depan." in owner.post("/setelan/pajak/", said | {"from_year": "2062"}).text
    assert (
        "Paling akhir bulan depan." in owner.post("/setelan/pajak/", said | {"tracked_from": "2062-01"}).text
    )
    assert owner.post("/setelan/pajak/", said).status_code == 302
    page = "/laporan/pajak/setoran/2026-01/"
    assert (
        f'<a class="button main" href="{page}">Catat setoran Januari 2026</a>'
        in owner.get("/laporan/pajak/").text
    )
    given = {
        "amount": "600.000",
        "paid_on": "12-02-2026",
        "ntpn": "salah",
        "paid_from": f"melati-{chart.BANK}",
    }
    refused = owner.post(page, given)
    assert refused.status_code == 422
    assert "NTPN terdiri dari 16" in refused.content.decode()
    assert 'name="sure"' not in refused.text
    doubted = owner.post(page, given | {"ntpn": NTPN, "amount": "6.000.000"})
    assert "Yang belum disetor Rp600.000." in doubted.text
    assert 'name="sure"' in doubted.text
    assert not TaxDeposit.objects.exists()
    assert owner.post(page, given | {"ntpn": NTPN}).status_code == 302
    shown = owner.get("/laporan/pajak/").content.decode()
    assert '<span class="chip done">lunas</span>' in shown
    assert "Catat setoran" not in shown
    assert "Rp600.000" in shown
    assert b"600000" in b"".join(owner.get("/laporan/pajak/?berkas=csv").streaming_content)
    made = TaxDeposit.objects.get()
    assert (
        owner.post(f"/laporan/pajak/setoran/{made.pk}/batal/", {"reason": "Salah ketik"}).status_code == 302
    )
    assert owner.get(f"/laporan/pajak/setoran/{made.pk}/batal/").status_code == 404
    assert as_person(sari).get("/laporan/pajak/").status_code == 404


def test_the_page_of_a_year_asks_a_fixed_number_of_questions(
    say, earn, enter, as_person, hadi, other, django_assert_max_num_queries
):
    say("individual")
    earn(600)
    owner = as_person(hadi, JULY)
    owner.get("/laporan/pajak/")
    with django_assert_max_num_queries(20):
        owner.get("/laporan/pajak/")
    for month in range(1, 7):
        enter(date(2026, month, 6), chart.BANK, chart.SALES_INCOME, MILLION, unit=other)
    with django_assert_max_num_queries(20):
        owner.get("/laporan/pajak/")
