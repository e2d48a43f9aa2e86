"""A past year is corrected in itself, or in the running one as a line of its own (rules/ledger 13, KOS-18)."""

from datetime import date

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Account, Entry, Journal, Seal
from tatausaha.core.ledger.services import close_month
from tatausaha.core.reports import services
from tatausaha.core.reports.dataset import month_data
from tests.core.reports.conftest import ELECTRICITY, WATER

DECEMBER = date(2025, 12, 20)


@pytest.fixture
def correct(quarter, unit, hadi, at):
    """An electricity bill of December that was forgotten; December is closed."""
    close_month(unit, 202512, by=hadi, at=at)

    def make(how, debit=ELECTRICITY, credit=chart.BANK, ym=202512, on=DECEMBER, by=hadi):
        accounts = Account.objects.in_bulk()
        return services.correct(
            unit=unit, ym=ym, on=on, debit=accounts[int(debit)], credit=accounts[int(credit)], amount=90_000,
            memo="Nota PLN", reason="Nota tertinggal", key=f"{how}{debit}", by=by, at=at, how=how,
        )  # fmt: skip

    return make


def expenses(unit, ym, at):
    return {row.name: row.amount for row in month_data([unit], ym, at=at).expense if row.amount}


@pytest.mark.req("KOS-18")
def test_restated_the_past_year_changes_and_gets_its_next_version(correct, unit, at):
    journal = correct("restate")

    assert (journal.ym, journal.book_on) == (202512, DECEMBER)
    assert expenses(unit, 202512, at) == {"Listrik": 90_000}
    assert expenses(unit, 202603, at) == {"Listrik": 170_000}
    assert Seal.objects.filter(ym=202512).count() == 2


@pytest.mark.req("KOS-18")
def test_in_the_running_year_it_is_a_line_by_itself_and_the_past_year_stays(correct, unit, at):
    journal = correct("current")

    assert (journal.ym, journal.event_on, journal.tag) == (202603, DECEMBER, "lintas bulan")
    assert expenses(unit, 202603, at) == {"Listrik": 170_000, "Koreksi beban tahun lalu": 90_000}
    assert expenses(unit, 202512, at) == {}
    assert Seal.objects.filter(ym=202512).count() == 1
    assert Entry.objects.get(journal=journal, account=69801).tag == "tahun lalu 2025 61301"


@pytest.mark.req("KOS-18")
def test_income_of_a_past_year_stands_on_its_own_line_too(correct, unit, at):
    correct("current", debit=chart.BANK, credit=chart.SALES_INCOME)

    income = {row.name: row.amount for row in month_data([unit], 202603, at=at).income}
    assert (income["Koreksi pendapatan tahun lalu"], income["Penjualan barang"]) == (90_000, 3_000_000)


@pytest.mark.req("KOS-18")
def test_the_choice_is_of_the_owner_and_of_past_years_alone(correct, sari):
    with pytest.raises(Refused, match="tahun yang sudah lewat"):
        correct("current", ym=202602, on=date(2026, 2, 20))
    with pytest.raises(Refused):
        correct("current", by=sari)
    with pytest.raises(Refused, match="nyatakan ulang"):
        correct("current", debit=ELECTRICITY, credit=WATER)
    assert not Journal.objects.filter(kind="correction").exists()


@pytest.mark.req("KOS-18")
def test_the_page_asks_where_a_past_year_is_corrected_and_shows_the_effect_first(correct, as_person, hadi):
    owner, page = as_person(hadi), "/laporan/melati/2025-12/koreksi/"
    given = {
        "on": "20-12-2025", "amount": "90.000", "debit": ELECTRICITY, "credit": chart.BANK, "memo": "Nota PLN",
        "reason": "Nota tertinggal",
    }  # fmt: skip

    assert "Dibukukan di mana" in owner.get(page).content.decode()
    assert "Dibukukan di mana" not in owner.get("/laporan/melati/2026-02/koreksi/").content.decode()
    assert owner.post(page, given | {"preview": "1"}).status_code == 422, "nothing is chosen for him"
    shown = owner.post(page, given | {"how": "current", "preview": "1"}).content.decode()
    assert "Koreksi beban tahun lalu" in shown
    assert "Maret 2026" in shown
    assert "versi 2" not in shown
    assert owner.post(page, given | {"how": "current"}).status_code == 302
    assert Journal.objects.get(kind="correction").ym == 202603
