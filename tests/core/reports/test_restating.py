"""What a change does is told in the same figures before it is made, on the page and on paper (KOS-18)."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.utils import translation

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Seal
from tatausaha.core.ledger.services import close_month
from tatausaha.core.reports import changes, restating
from tests.core.documents.test_typesetting import words_of
from tests.core.reports.conftest import ELECTRICITY

FEBRUARY = 202602
LATER = datetime(2026, 3, 10, 4, tzinfo=UTC)


@pytest.fixture
def corrected(quarter, enter, unit, sari, at):
    """February closed, and an electricity bill found afterwards; what was foretold of it."""
    close_month(unit, FEBRUARY, by=sari, at=at)
    turn = restating.Turn(FEBRUARY, ((int(ELECTRICITY), 75_000), (int(chart.BANK), -75_000)))
    (foretold,) = restating.preview(unit, [turn], at=LATER)
    enter(date(2026, 2, 27), ELECTRICITY, chart.BANK, 75_000, at=LATER, reason="Nota tertinggal")
    return foretold


@pytest.mark.req("KOS-18")
def test_a_version_tells_its_change_in_the_figures_of_the_preview(corrected):
    told = changes.changes_of(Seal.objects.get(version=2))

    assert [(one.label, one.before, one.after) for one in told] == [
        ("Bank, akhir bulan", 3_950_000, 3_875_000), ("Listrik", 160_000, 235_000),
    ]  # fmt: skip
    assert set(told) <= set(corrected.changes)


@pytest.mark.req("KOS-18")
def test_what_is_owed_grows_to_the_right_in_both(quarter, enter, unit, sari, at):
    close_month(unit, FEBRUARY, by=sari, at=at)
    enter(date(2026, 2, 27), chart.BANK, chart.DEPOSITS, 100_000, at=LATER, reason="Deposit tertinggal")

    told = {one.label: (one.before, one.after) for one in changes.changes_of(Seal.objects.get(version=2))}

    assert told["Utang deposit, akhir bulan"] == (500_000, 600_000)


@pytest.mark.req("KOS-15")
def test_a_paper_is_in_indonesian_whoever_prints_it(corrected, as_person, hadi, tmp_path):
    client = as_person(hadi)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = client.get("/laporan/melati/2026-02/").content.decode()
    printed = words_of(client.get("/laporan/melati/2026-02/?berkas=pdf").content, tmp_path)

    with translation.override("en"):
        foreign = str(changes.change_of("A", "Bank", 0, 0).label)
    assert foreign in page
    assert foreign != "Bank, akhir bulan"
    assert foreign not in printed
    assert "Bank, akhir bulan 3.950.000 3.875.000" in printed
