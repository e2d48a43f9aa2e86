"""Reads: balances, months, cards, and who may see them."""

from datetime import UTC, date, datetime

import pytest

from tatausaha.core.ledger import chart, queries
from tatausaha.core.ledger.services import Line, post, reverse


def move(draft, by, key, on, *lines, **more):
    at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    return post(draft(f"melati|q|{key}|x|1", event_on=on, lines=lines, **more), by=by, at=at)


@pytest.fixture
def two_years(draft, sari, rini, unit):
    """Rent and light over the turn of a year, and Rini's deposit."""
    bank, rent, light = chart.BANK, chart.SALES_INCOME, "61301"
    return [
        move(draft, sari, 1, date(2025, 12, 5), Line(bank, 900), Line(rent, -900), memo="Sewa Des"),
        move(draft, sari, 2, date(2025, 12, 20), Line(light, 200), Line(bank, -200)),
        move(draft, sari, 3, date(2026, 1, 5), Line(bank, 1000), Line(rent, -1000)),
        move(draft, sari, 4, date(2026, 1, 5), Line(bank, 500), Line(chart.DEPOSITS, -500, rini)),
        move(draft, sari, 5, date(2026, 2, 28), Line(light, 50), Line(bank, -50)),
    ]


@pytest.mark.req("KOS-15")
def test_balances_at_any_time(two_years, unit, rini):
    assert queries.balance_now(chart.BANK, unit) == 2150
    assert [
        queries.balance_at_month_end(chart.BANK, unit, ym) for ym in (202511, 202512, 202601, 202602)
    ] == [0, 700, 2200, 2150]
    days = [
        date(2025, 12, 4),
        date(2025, 12, 5),
        date(2025, 12, 31),
        date(2026, 1, 4),
        date(2026, 1, 5),
        date(2026, 2, 28),
    ]
    assert [queries.balance_on(chart.BANK, unit, on) for on in days] == [0, 900, 700, 700, 2200, 2150]
    assert queries.party_balance(chart.DEPOSITS, unit, rini) == -500
    assert queries.balance_now("61901", unit) == 0
    assert [(row.party.name, row.net) for row in queries.party_balances(chart.DEPOSITS, [unit])] == [
        ("Rini", -500)
    ]


@pytest.mark.req("SYS-03")
def test_a_balance_now_is_one_query(two_years, unit, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.balance_now(chart.BANK, unit)
    with django_assert_num_queries(1):
        queries.month_matrix([unit], 201601, 202612)


@pytest.mark.req("KOS-15")
def test_the_year_begins_anew_and_leaves_its_result_on_retained_earnings(two_years, unit):
    def closings(ym):
        figures = queries.trial_balance(unit, ym)
        assert sum(one.closing for one in figures) == 0
        return {one.code: one.closing for one in figures}

    assert closings(202512) == {"11201": 700, "41301": -900, "61301": 200}
    assert closings(202601) == {"11201": 2200, "23101": -500, "31301": -700, "41301": -1000}
    assert closings(202602) == {"11201": 2150, "23101": -500, "31301": -700, "41301": -1000, "61301": 50}


@pytest.mark.req("KOS-15")
def test_a_month_reports_income_expense_and_never_a_deposit(two_years, unit):
    report = queries.report_data(unit, 202601)

    assert (report["income_total"], report["expense_total"], report["result"]) == (1000, 0, 1000)
    assert report["income"] == [{"account": "41301", "name": "Penjualan barang", "amount": 1000}]


@pytest.mark.req("KOS-15")
def test_the_matrix_holds_each_account_and_month_over_units(two_years, draft, hadi, unit, unit_wita):
    at = datetime(2026, 2, 28, 4, tzinfo=UTC)
    post(draft("k|1", unit=unit_wita, event_on=date(2026, 2, 28), amount=7), by=hadi, at=at)

    matrix = queries.month_matrix([unit, unit_wita], 202601, 202602)

    assert matrix == {
        (11201, 202601): (1500, 0),
        (11201, 202602): (7, 50),
        (23101, 202601): (0, 500),
        (41301, 202601): (0, 1000),
        (41201, 202602): (0, 7),
        (61301, 202602): (50, 0),
    }


@pytest.mark.req("SYS-10")
def test_an_account_card_runs_from_its_opening(two_years, unit):
    opening, lines = queries.account_card(chart.BANK, unit, date(2025, 12, 6), date(2026, 1, 31))

    assert opening == 900
    assert [(line.journal, line.amount, line.balance) for line in lines] == [
        (two_years[1].pk, -200, 700),
        (two_years[2].pk, 1000, 1700),
        (two_years[3].pk, 500, 2200),
    ]


@pytest.mark.req("SYS-10")
def test_a_card_of_one_person(two_years, draft, sari, rini, budi, unit):
    move(draft, sari, 6, date(2026, 3, 1), Line(chart.BANK, 9), Line(chart.DEPOSITS, -9, budi))
    move(draft, sari, 7, date(2026, 3, 2), Line(chart.BANK, -100), Line(chart.DEPOSITS, 100, rini))

    opening, lines = queries.account_card(
        chart.DEPOSITS, unit, date(2026, 2, 1), date(2026, 3, 31), party=rini
    )

    assert (opening, [(line.party, line.amount, line.balance) for line in lines]) == (
        -500,
        [("Rini", 100, -400)],
    )


@pytest.mark.req("SYS-10")
def test_journals_of_a_cause(draft, sari, at):
    journal = post(draft(source=("boarding.booking", 7)), by=sari, at=at)
    back = reverse(journal, by=sari, at=at, reason="Salah")

    assert list(queries.journals_of("boarding.booking", 7)) == [journal, back]


@pytest.mark.req("KOS-16")
@pytest.mark.req("SYS-06")
def test_only_owner_and_manager_of_the_unit_see_its_books(
    two_years, draft, sari, hadi, rini, budi, unit, unit_wita, at
):
    theirs = post(draft("k|1", unit=unit_wita), by=hadi, at=at)

    def seen(person):
        return (
            {one.code for one in queries.books_for(person)},
            queries.journals_for(person).count(),
            queries.entries_for(person).count(),
        )

    assert seen(hadi) == ({"melati", "kenanga"}, 6, 12)
    assert seen(sari) == ({"melati"}, 5, 10)
    assert theirs not in queries.journals_for(sari)
    for stranger in (rini, budi, None):
        assert seen(stranger) == (set(), 0, 0)
        assert not queries.passes_for(stranger).exists()
        assert not queries.seals_for(stranger).exists()
