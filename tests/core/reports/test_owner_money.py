"""What the owner takes, puts in and moves is neither income nor expense (rules/ledger 8)."""

from datetime import UTC, date, datetime

import pytest

from tatausaha.core.kernel import ids
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.verification import verify
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.reports import dataset, owner_money
from tatausaha.core.reports.services import undo_correction

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-15", "KOS-18")]

PAGE = "/buku/uang-pemilik/"


@pytest.fixture
def bank(unit):
    """The account in which the books of Kos Melati hold their money."""
    return BankAccount.objects.create(unit=unit, bank="BRI", number="0123456789", holder="CV Maju Bersama")


@pytest.fixture
def other_bank(unit_wita):
    return BankAccount.objects.create(
        unit=unit_wita, bank="BCA", number="999", holder="CV Maju Bersama", account="11201"
    )


def at_hand(hadi, *units):
    return {one.code: one for one in owner_money.places(hadi, units)}


def lines(journal):
    return [
        (row.account_id, row.unit.code, row.amount)
        for row in journal.entries.select_related("unit").order_by("line_no")
    ]


def result_of(unit, at):
    data = dataset.month_data((unit,), 202603, at=at, seals=[])
    return data.income, data.expense


@pytest.fixture
def go(hadi, at):
    def move(source, target, amount, **more):
        given = {"on": at.date(), "memo": "Uji", "key": ids.token()} | more
        return owner_money.move(source=source, target=target, amount=amount, by=hadi, at=at, **given)

    return move


def test_what_the_owner_takes_is_prive_and_no_expense(quarter, bank, unit, hadi, go, at):
    here, before = at_hand(hadi, unit), result_of(unit, at)

    drawn = go(here[f"bank-{bank.pk}-{unit.pk}"], None, 300_000)

    assert (drawn.kind, lines(drawn)) == ("draw", [(31201, "melati", 300_000), (11201, "melati", -300_000)])
    assert result_of(unit, at) == before
    assert ledger.balance_now(chart.DRAWINGS, unit) == 300_000
    assert verify() == []


def test_what_the_owner_puts_in_is_capital_and_no_income(quarter, bank, unit, hadi, go, at):
    before = result_of(unit, at)

    paid_in = go(None, at_hand(hadi, unit)[f"kas-{unit.pk}"], 500_000)

    assert (paid_in.kind, lines(paid_in)) == (
        "contribution", [(11101, "melati", 500_000), (31101, "melati", -500_000)],
    )  # fmt: skip
    assert ledger.party_balance(chart.CASH_DRAWER, unit, hadi) == 500_000
    assert result_of(unit, at) == before


def test_between_units_each_side_stands_against_the_other_and_the_sum_is_nothing(
    quarter, bank, other_bank, unit, unit_wita, hadi, go
):
    here = at_hand(hadi, unit, unit_wita)

    moved = go(here[f"bank-{bank.pk}-{unit.pk}"], here[f"bank-{other_bank.pk}-{unit_wita.pk}"], 400_000)

    assert sorted(lines(moved)) == sorted(
        [
            (11201, "kenanga", 400_000), (91101, "kenanga", -400_000), (91101, "melati", 400_000),
            (11201, "melati", -400_000),
        ]
    )  # fmt: skip
    assert owner_money.amount_of(moved) == 400_000
    assert sum(ledger.balance_now(chart.BETWEEN_UNITS, one) for one in (unit, unit_wita)) == 0
    assert verify() == []


def test_cash_that_is_not_there_is_not_taken_and_nobody_but_the_owner_moves_money(
    quarter, bank, unit, hadi, sari, go, at
):
    here = at_hand(hadi, unit)
    with pytest.raises(Refused, match="Kas di tangan atas nama Pak Hadi tidak cukup"):
        go(here[f"kas-{unit.pk}"], None, 1)
    with pytest.raises(Refused, match="dicatat oleh pemilik"):
        owner_money.move(
            source=here[f"bank-{bank.pk}-{unit.pk}"], target=None, amount=1, on=at.date(), memo="x", key="K",
            by=sari, at=at,
        )  # fmt: skip
    with pytest.raises(Refused, match="dua tempat yang berbeda"):
        go(here[f"kas-{unit.pk}"], here[f"kas-{unit.pk}"], 1)

    assert not Journal.objects.filter(kind__in=owner_money.KINDS).exists()


def test_the_same_form_counts_once_and_the_owner_takes_it_back(quarter, bank, unit, hadi, go, at):
    source = at_hand(hadi, unit)[f"bank-{bank.pk}-{unit.pk}"]
    drawn = go(source, None, 300_000, key="FORM")
    assert go(source, None, 300_000, key="FORM") == drawn

    undo_correction(drawn, reason="Salah jumlah", by=hadi, at=at)

    assert ledger.balance_now(chart.DRAWINGS, unit) == 0


@pytest.mark.req("KOS-17")
def test_what_happened_last_month_is_booked_today_across_the_months(quarter, bank, unit, hadi, go, at):
    late = go(at_hand(hadi, unit)[f"bank-{bank.pk}-{unit.pk}"], None, 100_000, on=date(2026, 2, 27))

    assert (late.ym, late.tag, late.event_on) == (202603, "lintas bulan", date(2026, 2, 27))


def test_the_page_shows_the_figures_first_and_then_books_what_was_seen(quarter, bank, unit, hadi, as_person):
    owner = as_person(hadi)
    assert PAGE in owner.get("/buku/").text
    assert "BRI 0123456789, Kos Melati (Rp6.780.000)" in owner.get(PAGE).text
    given = {
        "source": f"bank-{bank.pk}-{unit.pk}", "target": "pemilik", "amount": "300.000", "on": "10-03-2026",
        "memo": "Belanja rumah",
    }  # fmt: skip

    page = owner.post(PAGE, given | {"form_key": ids.token()}).text
    assert "Rp6.480.000" in page
    assert "bukan beban" in page
    assert not Journal.objects.filter(kind="draw").exists()
    seen = f"{given['source']}|pemilik|300000"
    other = owner.post(PAGE, given | {"amount": "400.000", "seen": seen, "form_key": ids.token()}).text
    assert "Rp6.380.000" in other

    answer = owner.post(PAGE, given | {"seen": seen, "form_key": ids.token()})

    drawn = Journal.objects.get(kind="draw")
    assert answer.url == f"/buku/jurnal/{drawn.pk}/"
    assert "Prive" in owner.get(answer.url).text
    assert "Belanja rumah" in owner.get(PAGE).text


def test_bad_input_is_said_at_the_field_and_loses_nothing(quarter, bank, unit, hadi, as_person):
    owner = as_person(hadi)
    given = {"source": "pemilik", "target": "pemilik", "amount": "5", "on": "11-03-2026", "memo": "Belanja"}

    answer = owner.post(PAGE, given | {"form_key": ids.token()})

    assert answer.status_code == 422
    assert "dua tempat yang berbeda" in answer.text
    assert 'value="Belanja"' in answer.text
    late = given | {"source": f"bank-{bank.pk}-{unit.pk}", "seen": f"bank-{bank.pk}-{unit.pk}|pemilik|5"}
    tomorrow = owner.post(PAGE, late | {"form_key": ids.token()})
    assert tomorrow.status_code == 422
    assert "belum tiba" in tomorrow.text or "belum mulai" in tomorrow.text
    assert not Journal.objects.filter(kind__in=owner_money.KINDS).exists()


@pytest.mark.req("KOS-16", "SYS-03")
def test_the_page_is_the_owners_and_asks_a_fixed_number_of_questions(
    quarter,
    bank,
    other_bank,
    unit,
    unit_wita,
    unit_wit,
    hadi,
    sari,
    rini,
    as_person,
    django_assert_max_num_queries,
):
    assert [as_person(person).get(PAGE).status_code for person in (sari, rini)] == [404, 404]
    for n in range(10):
        BankAccount.objects.create(unit=unit, bank="BNI", number=str(n), holder="CV", account="11201")
    owner = as_person(hadi, datetime(2026, 3, 10, 3, tzinfo=UTC))
    owner.get(PAGE)

    with django_assert_max_num_queries(16):
        assert owner.get(PAGE).status_code == 200
