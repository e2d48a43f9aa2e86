"""Money is spent: within the limit at once, above it after the owner's yes, never in a closed month."""

from datetime import date, timedelta

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Account, Journal
from tatausaha.core.ledger.services import rebook
from tatausaha.core.payments import panels, queries, services
from tatausaha.core.payments.models import Expense
from tatausaha.core.payments.procedure.expense import EXPENSE
from tatausaha.core.procedures import checks
from tatausaha.core.procedures import queries as cases
from tatausaha.core.procedures.models import Attachment
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]

ELECTRICITY = "61301"
NOTE = Upload(b"\xff\xd8\xff nota", "image/jpeg", "nota.jpg")


@pytest.fixture
def spend(unit, sari, at):
    def record(amount, *, by=sari, at=at, paid_from="transfer", **more):
        given = {
            "category": ELECTRICITY,
            "occurred_on": at.date(),
            "note": "Token listrik",
            "no_note": "Token lewat HP",
        } | more
        return services.record_expense(unit=unit, amount=amount, paid_from=paid_from, by=by, at=at, **given)

    return record


@pytest.fixture
def take(at):
    def step(case, name, *, by, at=at, **data):
        return perform(case, EXPENSE.step(name), by=by, at=at, data=data)

    return step


def test_the_table_has_no_problems():
    assert checks.problems(EXPENSE) == []


@pytest.mark.req("KOS-14")
def test_up_to_the_limit_it_is_booked_at_once_with_its_note(spend, books):
    expense = spend(500_000, photo=NOTE)

    assert (expense.status, books(ELECTRICITY), books(chart.BANK)) == ("posted", 500_000, -500_000)
    kept = Attachment.objects.get(procedure="payments.expense", subject_id=expense.pk)
    assert kept.purpose == "photo"


@pytest.mark.req("KOS-14")
def test_above_the_limit_the_owner_decides_before_it_is_spent(spend, take, sari, hadi, books):
    expense = spend(500_001)
    assert (expense.status, books(ELECTRICITY)) == ("requested", 0)

    for step in ("approve", "book"):
        with pytest.raises(Refused):
            take(expense, step, by=sari)
    expense = take(take(expense, "approve", by=hadi), "spend", by=sari)

    assert (expense.status, books(ELECTRICITY)) == ("posted", 500_001)


@pytest.mark.req("KOS-14")
def test_a_rejected_expense_is_never_booked(spend, take, hadi):
    expense = take(spend(700_000), "reject", by=hadi, note="Terlalu mahal")

    assert (expense.status, Journal.objects.count()) == ("rejected", 0)


@pytest.mark.req("KOS-14")
def test_the_owner_spends_without_asking(spend, hadi):
    assert spend(5_000_000, by=hadi).status == "posted"


@pytest.mark.req("KOS-14", "SYS-07")
def test_cash_that_is_not_there_can_not_be_spent(spend, hire, unit, rini, sari, at, books):
    with pytest.raises(
        Refused, match=r"Kas di tangan atas nama Sari tidak cukup.*Pilih sumber uang lain"
    ) as no:
        spend(100_000, paid_from="cash")
    assert no.value.field == "paid_from"
    assert Expense.objects.count() == 0

    bill = hiring.deposit(hire, by=sari, at=at)
    services.receive_cash(unit=unit, payer=rini, amount=500_000, invoices=[bill], by=sari, at=at)
    spend(100_000, paid_from="cash")

    assert books(chart.CASH_DRAWER, sari) == 400_000


@pytest.mark.req("KOS-17")
def test_a_note_of_last_month_is_booked_in_the_running_month_for_the_manager(spend):
    expense = spend(50_000, occurred_on=date(2026, 2, 27))

    assert (expense.journal.event_on, expense.journal.book_on) == (date(2026, 2, 27), date(2026, 3, 10))


@pytest.mark.req("KOS-17")
def test_a_note_of_last_month_says_on_its_case_in_which_month_it_was_booked(spend, sari, at):
    late, current = spend(9_000, occurred_on=date(2026, 2, 27)), spend(8_000)

    said = [
        {str(fact.label): str(fact.value) for fact in panels.of_expense(one, sari, at)["facts"]}
        for one in (late, current)
    ]

    assert said[0]["Lintas bulan"].startswith("Dibukukan")
    assert "Maret 2026" in said[0]["Lintas bulan"]
    assert "Lintas bulan" not in said[1]


@pytest.mark.req("KOS-18")
def test_the_owner_goes_from_a_late_note_to_the_month_in_which_it_happened(spend, sari, hadi, at):
    late = spend(9_000, occurred_on=date(2026, 2, 27))

    def ways(person):
        return [(str(one.label), one.url) for one in panels.of_expense(late, person, at)["actions"]]

    assert ways(sari) == []
    assert ways(hadi) == [("Pindahkan ke Februari 2026", f"/buku/jurnal/{late.journal_id}/pindah/")]
    rebook(late.journal, book_on=date(2026, 2, 27), by=hadi, at=at, reason="Lintas bulan")
    assert ways(hadi) == []


@pytest.mark.req("KOS-17")
def test_last_months_expense_is_taken_back_by_the_owner_only(spend, take, sari, hadi, at, books):
    expense = spend(50_000)
    april = at.replace(month=4, day=1)

    with pytest.raises(Refused, match="hanya dapat dibatalkan oleh pemilik"):
        take(expense, "reverse", by=sari, at=april, note="Dobel")
    take(expense, "reverse", by=hadi, at=april, note="Dobel")

    assert books(ELECTRICITY) == 0


@pytest.mark.req("KOS-14")
@pytest.mark.parametrize(
    "wrong",
    [{"category": chart.SALES_INCOME}, {"category": "99999"}, {"occurred_on": date(2026, 3, 11)}],
)
def test_an_expense_has_a_cost_account_and_a_day_that_has_come(spend, wrong):
    with pytest.raises(Refused):
        spend(1000, **wrong)
    assert Expense.objects.count() == 0


@pytest.mark.req("SYS-07")
def test_a_form_sent_twice_spends_once(spend, at):
    first = spend(1000, key="form-1")

    assert spend(1000, key="form-1", at=at + timedelta(minutes=1)).pk == first.pk
    assert Journal.objects.count() == 1


@pytest.mark.req("KOS-16")
def test_expenses_are_not_for_customers(spend, sari, rini, budi, hadi):
    expense = spend(1000)

    seen = [list(queries.expenses_for(person)) for person in (sari, hadi, rini, budi)]
    assert seen == [[expense], [expense], [], []]
    with pytest.raises(Refused, match="pengelola unit atau pemilik"):
        spend(1000, by=rini)


@pytest.mark.req("KOS-17")
@pytest.mark.req("SYS-10")
def test_an_expense_that_the_owner_moved_is_taken_back_where_it_stands_and_by_the_owner(
    spend, take, sari, hadi, at, books
):
    expense = spend(90_000)
    rebook(expense.journal, book_on=date(2026, 2, 27), by=hadi, at=at, reason="Salah bulan")

    with pytest.raises(Refused, match="hanya dapat dibatalkan oleh pemilik"):
        take(expense, "reverse", by=sari, note="Salah bulan")
    assert books(ELECTRICITY) == 90_000
    expense = take(expense, "reverse", by=hadi, note="Salah bulan")

    assert (expense.status, books(ELECTRICITY), books(chart.BANK)) == ("reversed", 0, 0)


@pytest.mark.req("KOS-14")
@pytest.mark.parametrize("category", ["69301", "61000", "41301", "99999", "x"])
def test_only_operating_costs_are_daily_expenses_whoever_asks(category, spend):
    with pytest.raises(Refused, match="Pilih jenis"):
        spend(10_000, category=category)
    assert not Expense.objects.exists()


def test_a_renamed_code_keeps_its_category(spend, books):
    Account.objects.filter(pk=int(ELECTRICITY)).update(code="61399")

    assert spend(10_000, note="").headline.startswith(Account.objects.get(pk=int(ELECTRICITY)).name)
    assert books(ELECTRICITY) == 10_000


@pytest.mark.req("KOS-14")
def test_an_expense_has_the_photo_of_its_note_or_says_why_there_is_none(spend):
    with pytest.raises(Refused, match="tulis mengapa tidak ada nota") as no:
        spend(35_000, no_note="  ")
    assert no.value.field == "photo"

    assert spend(35_000, no_note="", photo=NOTE).status == "posted"
    told = spend(36_000, no_note="Parkir tidak memberi karcis")
    assert cases.passages_of(told)[0].evidence["no_note"] == "Parkir tidak memberi karcis"
