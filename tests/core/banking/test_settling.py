"""A line gets its place in the books once, by the step that a person takes, on the day of the bank."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tatausaha.core.banking import matching, queries, reconciling, services
from tatausaha.core.banking.models import Match
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import Expense, Payment, Refund, Suspense
from tatausaha.core.payments.procedure.expense import EXPENSE
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.payments.procedure.suspense import SUSPENSE
from tatausaha.core.payments.services import suspense, transfers
from tatausaha.core.procedures.services import perform
from tests.core.banking import samples
from tests.core.billing import hire as hiring
from tests.races.threads import errors, results, together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires")]


def procedure_step(procedure, name):
    return next(one for one in procedure.steps if one.name == name)


def step(name):
    return procedure_step(PAYMENT, name)


@pytest.mark.req("KOS-05")
def test_an_amount_with_its_unique_code_is_sure_and_confirms_by_the_bank_s_day(
    awaited, bring, proposals, sari, at, books
):
    (line,) = bring(("10/03", "TRSF E-BANKING CR RINI", awaited.expected_amount))
    ((proposal,),) = proposals()
    assert (proposal.kind, proposal.pk, proposal.sure) == ("payment", awaited.pk, True)

    match = services.confirm(line, proposal.kind, proposal.pk, by=sari, at=at, why=proposal.why)

    awaited.refresh_from_db()
    assert (awaited.status, awaited.occurred_on) == ("confirmed", date(2026, 3, 10))
    assert match.journal == awaited.journal
    assert books(chart.BANK) == awaited.expected_amount
    assert proposals() == []


@pytest.mark.req("KOS-05")
def test_a_submitted_proof_is_confirmed_by_the_same_click(awaited, bring, proposals, rini, sari, at):
    perform(awaited, step("submit"), by=rini, at=at, data={})
    (line,) = bring(("10/03", "TRSF RINI", awaited.expected_amount))
    ((proposal,),) = proposals()

    assert "buktinya menunggu" in proposal.why
    services.confirm(line, proposal.kind, proposal.pk, by=sari, at=at)
    awaited.refresh_from_db()
    assert awaited.status == "confirmed"


def test_a_fake_proof_finds_no_line(awaited, bring, proposals, rini, at):
    perform(awaited, step("submit"), by=rini, at=at, data={})
    bring(("10/03", "SETORAN TUNAI", 250_000))

    assert proposals() == [[]]


def test_two_lines_of_the_same_amount_are_for_a_person_to_tell_apart(awaited, bring, proposals):
    bring(("10/03", "TRSF RINI", awaited.expected_amount), ("10/03", "TRSF BUDI", awaited.expected_amount))

    assert [[one.sure for one in some] for some in proposals()] == [[False], [False]]


def test_money_from_before_the_transfer_was_announced_is_not_sure(awaited, bring, proposals):
    bring(("09/03", "TRSF RINI", awaited.expected_amount))

    assert [[one.sure for one in some] for some in proposals()] == [[False]]


def test_without_the_code_the_name_proposes_and_never_decides(awaited, bring, proposals):
    bring(("10/03", "TRSF RINI LESTARI", awaited.amount), ("10/03", "TRSF ORANG LAIN", awaited.amount))

    named, nameless = proposals()
    assert [(one.kind, one.sure) for one in named] == [("payment", False)]
    assert nameless == []


def test_a_transfer_that_was_asked_for_without_a_code_is_proposed_and_not_sure(
    hire, bank, rini, sari, at, bring, proposals, monkeypatch
):
    monkeypatch.setattr(transfers, "_exact", lambda *_all, **_more: None)
    bill = hiring.down_payment(hire, by=sari, at=at)
    payments.open_transfer(payer=rini, invoices=[bill], by=rini, at=at)

    bring(("10/03", "TRSF DARI SESEORANG", hiring.DOWN_PAYMENT))

    assert [[(one.kind, one.sure) for one in some] for some in proposals()] == [[("payment", False)]]


def test_an_open_bill_that_nobody_announced_is_paid_by_its_line(hire, bring, proposals, rini, sari, at):
    bill = hiring.down_payment(hire, by=sari, at=at)
    (line,) = bring(("09/03", f"TRSF DARI {rini.name.upper()}", 100_000))
    ((proposal,),) = proposals()
    assert (proposal.kind, proposal.sure) == ("bill", False)

    services.confirm(line, "bill", bill.pk, by=sari, at=at)

    payment = Payment.objects.get()
    assert (payment.status, payment.occurred_on, payment.amount) == ("confirmed", date(2026, 3, 9), 100_000)
    bill.refresh_from_db()
    assert bill.remaining == 0


def test_what_was_confirmed_by_hand_before_is_tied_and_not_booked_again(
    awaited, bring, proposals, sari, at, books
):
    perform(awaited, step("match"), by=sari, at=at, data={})
    (line,) = bring(("10/03", "TRSF RINI", awaited.expected_amount))
    ((proposal,),) = proposals()
    assert (proposal.kind, proposal.sure) == ("journal", True)

    services.confirm(line, proposal.kind, proposal.pk, by=sari, at=at)

    assert books(chart.BANK) == awaited.expected_amount


@pytest.mark.req("KOS-05")
def test_a_line_and_a_booking_are_matched_once_even_by_raw_sql(awaited, bring, sari, at):
    first, second = bring(("10/03", "A", awaited.expected_amount), ("10/03", "B", awaited.expected_amount))
    match = services.confirm(first, "payment", awaited.pk, by=sari, at=at)

    with pytest.raises(Refused, match="sudah dicocokkan"):
        services.confirm(first, "payment", awaited.pk, by=sari, at=at)
    with pytest.raises(Refused):
        services.confirm(second, "payment", awaited.pk, by=sari, at=at)
    for line in (first, second):
        again = Match(line=line, bank_account=match.bank_account, journal=match.journal, by=sari, at=at)
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM banking_match")


def test_the_database_refuses_a_match_of_another_amount(awaited, bring, sari, at):
    first, other = bring(("10/03", "A", awaited.expected_amount), ("10/03", "B", 5_000))
    journal = services.confirm(first, "payment", awaited.pk, by=sari, at=at).journal
    services.undo(first, by=sari, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.create(line=other, bank_account=other.bank_account, journal=journal, by=sari, at=at)
    with pytest.raises(Refused, match="jumlah baris"):
        services.confirm(other, "journal", journal.pk, by=sari, at=at)


def test_all_sure_ones_at_once_and_a_refused_one_hinders_nobody(
    hires, bank, unit, rini, budi, sari, at, bring
):
    announced = []
    for person in (rini, sari, budi):
        bill = hiring.down_payment(hiring.new_hire(unit, person, at), by=sari, at=at)
        announced.append(payments.open_transfer(payer=person, invoices=[bill], by=person, at=at))
    lines = bring(*[("10/03", "TRSF", one.expected_amount) for one in announced])
    pairs = matching.sure_ones(matching.propose(lines, bank, sari), lines)

    said = services.confirm_sure(pairs, by=sari, at=at)

    assert (said.done, said.left) == (2, 0)
    assert [line for line, _why in said.refused] == [lines[1]]  # her own money is another's to confirm
    assert list(queries.unmatched(bank.lines.all())) == [lines[1]]


def test_a_reversed_payment_opens_its_line_again(awaited, bring, proposals, bank, hadi, sari, at):
    (line,) = bring(("10/03", "TRSF RINI", awaited.expected_amount))
    services.confirm(line, "payment", awaited.pk, by=sari, at=at)
    awaited.refresh_from_db()

    perform(awaited, step("reverse"), by=hadi, at=at, data={"note": "Salah orang"})

    assert list(queries.unmatched(bank.lines.all())) == [line]
    services.to_titipan(line, awaited.unit, by=sari, at=at)
    assert not queries.unmatched(bank.lines.all())


def test_money_of_nobody_known_becomes_titipan_on_the_bank_s_day(bring, unit, sari, at, books):
    (line,) = bring(("05/03", "SETORAN TUNAI", 250_000))

    services.to_titipan(line, unit, by=sari, at=at)

    case = Suspense.objects.get()
    assert (case.amount, case.occurred_on, case.sender) == (250_000, date(2026, 3, 5), "SETORAN TUNAI")
    assert (books(chart.BANK), books(chart.UNIDENTIFIED)) == (250_000, -250_000)
    with pytest.raises(Refused):
        services.to_titipan(line, unit, by=sari, at=at)


def test_a_fee_of_the_bank_becomes_an_expense_and_a_large_one_waits_for_the_owner(
    bring, unit, sari, at, books
):
    fee, large = bring(("05/03", "BIAYA ADM", -15_000), ("06/03", "TARIK", -900_000))

    services.spend(fee, unit, "61801", "", by=sari, at=at)

    assert (books(chart.BANK), books("61801")) == (-15_000, 15_000)
    assert services.spend(large, unit, "61801", "Genset", by=sari, at=at) is None
    assert Expense.objects.get(amount=900_000).status == "requested"
    assert queries.unmatched(large.bank_account.lines.all()).get() == large


def test_a_large_expense_is_paid_by_its_line_once_the_owner_agreed(
    bring, proposals, unit, sari, hadi, at, books
):
    (line,) = bring(("06/03", "TARIK", -900_000))
    services.spend(line, unit, "61801", "Genset", by=sari, at=at)
    perform(Expense.objects.get(), procedure_step(EXPENSE, "approve"), by=hadi, at=at)
    ((proposal,),) = proposals()
    assert (proposal.kind, proposal.sure) == ("expense", False)

    services.confirm(line, proposal.kind, proposal.pk, by=sari, at=at)

    assert (books(chart.BANK), Expense.objects.get().status) == (-900_000, "posted")
    assert Expense.objects.get().occurred_on == date(2026, 3, 6)


def test_a_refund_that_waits_is_paid_by_the_line_on_which_it_went_out(
    bring, proposals, unit, rini, sari, at, books
):
    came, went = bring(("05/03", "SETORAN", 250_000), ("09/03", "TRSF DB RINI", -250_000))
    services.to_titipan(came, unit, by=sari, at=at)
    case = Suspense.objects.get()
    suspense.identify(case, rini, by=sari, at=at)
    perform(case, procedure_step(SUSPENSE, "return"), by=sari, at=at, data={"note": "Salah kirim"})
    ((proposal,),) = proposals()
    assert (proposal.kind, proposal.sure) == ("refund", False)

    services.confirm(went, proposal.kind, proposal.pk, by=sari, at=at)

    refund = Refund.objects.get()
    assert (refund.status, refund.occurred_on, books(chart.BANK)) == ("paid", date(2026, 3, 9), 0)


def test_interest_of_the_bank_is_the_owner_s_to_book_as_income(bring, unit, sari, hadi, at, books):
    (line,) = bring(("05/03", "BUNGA", 12_345))
    with pytest.raises(Refused, match="pemilik"):
        services.earn(line, unit, by=sari, at=at)

    services.earn(line, unit, by=hadi, at=at)

    assert (books(chart.BANK), books(chart.OTHER_INCOME)) == (12_345, -12_345)


def test_a_note_needs_words_and_is_taken_back_in_its_month(bring, sari, hadi, at):
    (line,) = bring(("05/03", "TARIKAN ATM", -200_000))
    with pytest.raises(Refused, match="sebabnya"):
        services.note(line, " ok ", by=sari, at=at)
    services.note(line, "Pribadi pemilik", by=sari, at=at)

    later = at + timedelta(days=30)
    with pytest.raises(Refused, match="pemilik"):
        services.undo(line, by=sari, at=later)
    services.undo(line, by=hadi, at=later)
    assert not queries.matches_of([line])


def test_nobody_else_s_manager_says_what_a_line_is(bring, budi, at):
    (line,) = bring(("05/03", "TARIKAN ATM", -200_000))

    with pytest.raises(Refused, match="pengelola"):
        services.note(line, "Pribadi pemilik", by=budi, at=at)


@pytest.mark.req("KOS-15")
def test_the_causes_add_up_to_the_difference_of_bank_and_books(awaited, bring, bank, unit, sari, at):
    lines = bring(
        ("05/03", "SETORAN", 250_000),
        ("06/03", "TARIK", -40_000),
        ("10/03", "TRSF RINI", awaited.expected_amount),
    )
    services.to_titipan(lines[0], unit, by=sari, at=at)
    services.note(lines[1], "Pribadi pemilik", by=sari, at=at)
    payments.record_expense(
        unit=unit, category="61301", amount=60_000, paid_from="transfer", occurred_on=at.date(), note="Listrik",
        no_note="tidak ada", by=sari, at=at,
    )  # fmt: skip

    seen = reconciling.picture(bank, 202603)

    assert (seen.matched, seen.lines, seen.left) == (2, 3, 1)
    assert seen.bank == 10_000_000 + 250_000 - 40_000 + awaited.expected_amount
    assert seen.books == 250_000 - 60_000
    assert {one.amount for one in seen.causes} == {awaited.expected_amount, 60_000, -40_000, 10_000_000}
    assert sum(one.amount for one in seen.causes) == seen.difference


def test_looking_for_proposals_asks_a_fixed_number_of_questions(
    hires, bank, unit, rini, sari, at, bring, django_assert_num_queries
):
    rows = [(f"{1 + number // 9:02d}/03", f"TRSF {number}", 1_000 + number) for number in range(60)]
    lines = bring(*rows)
    for _turn in range(5):
        hiring.down_payment(hiring.new_hire(unit, rini, at), by=sari, at=at)

    with django_assert_num_queries(6):
        matching.propose(lines, bank, sari)


@pytest.mark.parametrize(
    ("name", "text", "alike"),
    [
        ("Rini Lestari", "TRSF E-BANKING CR RINI LESTA", True),
        ("Rini Lestari", "TRSF E-BANKING CR RINI", False),
        ("Rini", "SETORAN RINI", True),
        ("Budi Santoso", "TRSF RINI LESTARI", False),
    ],
)
def test_names_are_compared_as_banks_cut_them_off(name, text, alike):
    assert matching.likeness(name, text) is alike


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_who_confirm_one_line_at_once_one_does(hire, bank, rini, sari, hadi, at):
    bill = hiring.down_payment(hire, by=sari, at=at)
    payment = payments.open_transfer(payer=rini, invoices=[bill], by=rini, at=at)
    content = samples.bca(("10/03", "TRSF", payment.expected_amount)).encode()
    services.take(services.receive(bank, "a.csv", content, by=sari, at=at), by=sari, at=at)
    line = bank.lines.get()

    outcomes = together(
        [lambda by=by: services.confirm(line, "payment", payment.pk, by=by, at=at) for by in (sari, hadi) * 4]
    )

    assert len(results(outcomes)) == 1
    assert all(isinstance(error, Refused) for error in errors(outcomes))
    assert Payment.objects.filter(journal__isnull=False).count() == Match.objects.count() == 1
