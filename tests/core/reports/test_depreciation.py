"""The report of a month says what was written off in it, and what of that made up for missed months."""

from datetime import date

import pytest

from tatausaha.core.assets import services
from tatausaha.core.assets.models import Depreciation
from tatausaha.core.kernel import clock
from tatausaha.core.reports import services as reports
from tatausaha.core.reports.cash import open_bridges
from tatausaha.core.reports.dataset import month_data
from tests.core.assets.conftest import day, house, own, take

__all__ = ["house", "own", "take"]
pytestmark = pytest.mark.django_db


def said(unit, ym, at):
    sections = {str(one.title): one for one in month_data([unit], ym, at=at).sections}
    found = sections.get("Penyusutan aset")
    return [(str(line.label), line.amount, str(line.note)) for line in found.lines] if found else None


@pytest.mark.req("KOS-15")
def test_the_month_says_its_depreciation_and_what_was_caught_up_in_it(own, house):
    own(4_800_000, bought_on=date(2026, 2, 10), at=day(3, 1))
    services.depreciate_due(day(6, 30))
    services.depreciate_due(day(7, 30))

    assert said(house, 202605, day(7, 31)) is None
    assert said(house, 202606, day(7, 31)) == [
        ("Penyusutan bulan ini", 100_000, ""),
        ("Penyusutan susulan", 300_000, "untuk Maret 2026 sampai Mei 2026"),
    ]
    assert said(house, 202607, day(7, 31)) == [("Penyusutan bulan ini", 100_000, "")]


@pytest.mark.req("KOS-15")
def test_depreciation_stands_among_the_expenses_of_the_month(own, house):
    own(4_800_000, bought_on=date(2026, 2, 10), at=day(3, 1))
    services.depreciate_due(day(3, 30))

    rows = {row.name: row.amount for row in month_data([house], 202603, at=day(3, 31)).expense}
    assert rows == {"Penyusutan aset tetap": 100_000}


@pytest.mark.req("KOS-15")
@pytest.mark.parametrize(
    "how",
    [
        {"kind": "lost"},
        {"kind": "sold", "proceeds": 4_900_000, "into": "transfer"},
        {"kind": "sold", "proceeds": 9, "into": "transfer"},
    ],
)
def test_the_bridge_from_profit_to_cash_closes_over_depreciation_and_disposal(own, take, house, hadi, how):
    asset = own(4_800_000, bought_on=date(2026, 2, 10), at=day(3, 1))
    services.depreciate_due(day(5, 30))
    take(asset, "dispose", by=hadi, at=day(5, 31), note="Sudah tua", **how)

    assert list(open_bridges([house], 202603, 202605)) == []


@pytest.mark.req("KOS-15")
@pytest.mark.req("SYS-03")
def test_depreciation_that_the_owner_moved_stands_in_its_new_month_and_the_report_asks_no_more(
    own, house, hadi, client, monkeypatch, django_assert_max_num_queries
):
    own(4_800_000, bought_on=date(2026, 2, 10), at=day(3, 1))
    services.depreciate_due(day(3, 30))
    first = Depreciation.objects.get().journal
    services.depreciate_due(day(4, 30))
    once = reports.move(first, book_on=date(2026, 4, 29), reason="Salah bulan", by=hadi, at=day(5, 1))
    reports.move(once, book_on=date(2026, 5, 1), reason="Salah lagi", by=hadi, at=day(5, 1))

    assert said(house, 202603, day(5, 2)) is None
    assert said(house, 202604, day(5, 2)) == [("Penyusutan bulan ini", 100_000, "")]
    assert said(house, 202605, day(5, 2)) == [
        ("Penyusutan bulan ini", 0, ""),
        ("Penyusutan susulan", 100_000, "untuk Maret 2026"),
    ]
    monkeypatch.setattr(clock, "now", lambda: day(5, 2))
    client.force_login(hadi.login)
    for month in ("2026-04", "2026-05"):
        address = f"/laporan/{house.code}/{month}/"
        client.get(address)
        with django_assert_max_num_queries(15):
            assert "Penyusutan aset" in client.get(address).content.decode()
