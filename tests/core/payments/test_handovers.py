"""Cash stays on the holder's name until the owner received it; a difference is explained (boarding 16.3)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tatausaha.core.documents.models import Paper
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import readiness, rebook, reverse
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments import drawers, panels, services, verification
from tatausaha.core.payments.models import BankAccount, Handover
from tatausaha.core.payments.procedure.handover import HANDOVER
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.payments.services import handover_slips
from tatausaha.core.people import merging
from tatausaha.core.people.models import Role
from tatausaha.core.procedures import checks, policies
from tatausaha.core.procedures import queries as cases
from tatausaha.core.procedures.openings import open_case
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring
from tests.core.documents.test_typesetting import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank"), pytest.mark.req("KOS-20")]

SLIP = Upload(b"\xff\xd8\xff slip", "image/jpeg", "slip.jpg")


@pytest.fixture
def take_cash(unit, rini, sari, at):
    def take(amount=500_000, *, by=sari, at=at):
        bill = hiring.deposit(hiring.new_hire(unit, rini, at), by=sari, at=at)
        return services.receive_cash(
            unit=unit, payer=rini, amount=amount, invoices=[bill], by=by, at=at, sure=True
        )

    return take


@pytest.fixture
def count(unit, sari, at):
    def hand(counted=500_000, amount=None, *, by=sari, holder=sari, at=at, key="", **more):
        given = {
            "counted": counted,
            "amount": counted if amount is None else amount,
            "occurred_on": at.date(),
        }
        return services.hand_over(
            unit=unit, holder=holder, count=services.Count(**given | more), by=by, at=at, key=key
        )  # fmt: skip

    return hand


@pytest.fixture
def take(at):
    def step(case, name, *, by, at=at, **data):
        return perform(case, HANDOVER.step(name), by=by, at=at, data=data)

    return step


def test_the_table_has_no_problems():
    assert checks.problems(HANDOVER) == []


def test_until_the_owner_received_it_the_cash_stays_on_the_holders_name(take_cash, count, books, sari, hadi):
    take_cash()

    case = count()

    assert (case.status, books(chart.CASH_DRAWER, sari), case.journal) == ("submitted", 500_000, None)
    assert [item.number for item in cases.worklist(hadi, units=None) if item.number.startswith("STR")] == [
        case.number
    ]
    assert Notice.objects.filter(person=hadi, about=case.number).count() == 1


def test_cash_given_to_the_owner_is_on_the_owners_name_then(take_cash, count, take, books, sari, hadi):
    take_cash()

    case = take(count(), "receive", by=hadi)

    assert (case.status, case.received_by) == ("booked", hadi)
    assert (books(chart.CASH_DRAWER, sari), books(chart.CASH_DRAWER, hadi)) == (0, 500_000)
    assert Notice.objects.filter(person=sari, about=case.number).count() == 1
    assert verification.findings() == []


def test_cash_paid_into_the_bank_needs_its_slip_and_lands_there(
    take_cash, count, take, bank, books, sari, hadi
):
    take_cash()
    with pytest.raises(Refused, match="foto slip") as no:
        count(bank=bank)
    assert (no.value.field, Handover.objects.count()) == ("slip", 0)

    take(count(450_000, 400_000, bank=bank, slip=SLIP, reason="Tertukar 50 ribu"), "receive", by=hadi)

    assert (books(chart.BANK), books(chart.CASH_DRAWER, sari)) == (400_000, 50_000)
    assert books(chart.CASH_DIFFERENCES) == 50_000
    assert verification.findings() == []


def test_cash_goes_into_no_account_of_another_unit_and_into_none_that_is_closed(
    take_cash, count, bank, unit_wita, at
):
    take_cash()
    others = BankAccount.objects.create(unit=unit_wita, bank="BRI", number="55", holder="CV Maju Bersama")
    closed = BankAccount.objects.create(
        unit=bank.unit,
        bank="BCA",
        number="66",
        holder="CV Maju Bersama",
        closed_on=at.date() - timedelta(days=1),
    )

    for wrong in (others, closed):
        with pytest.raises(Refused, match="bukan rekening unit ini") as no:
            count(bank=wrong, slip=SLIP)
        assert (no.value.field, Handover.objects.count()) == ("to", 0)


@pytest.mark.parametrize(("counted", "difference"), [(480_000, -20_000), (530_000, 30_000)])
def test_a_difference_needs_its_sentence_and_is_booked_when_the_owner_receives(
    take_cash, count, take, books, sari, hadi, counted, difference
):
    take_cash()
    with pytest.raises(Refused, match="tulis sebabnya") as no:
        count(counted)
    assert no.value.field == "reason"

    case = count(counted, reason="Salah memberi kembalian")
    assert (case.difference, books(chart.CASH_DIFFERENCES)) == (difference, 0)
    take(case, "receive", by=hadi)

    assert books(chart.CASH_DIFFERENCES) == -difference
    assert (books(chart.CASH_DRAWER, sari), books(chart.CASH_DRAWER, hadi)) == (0, counted)
    assert verification.findings() == []


def test_cash_that_is_all_gone_is_a_difference_and_nothing_else(take_cash, count, take, books, sari, hadi):
    take_cash()

    take(count(0, reason="Kecurian, laporan polisi 12/3"), "receive", by=hadi)

    assert (books(chart.CASH_DIFFERENCES), books(chart.CASH_DRAWER)) == (500_000, 0)
    assert verification.findings() == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"counted": 500_000, "amount": 500_001}, "amount"), ({"counted": 500_000, "amount": 0}, "amount"),
        ({"counted": 500_000, "seen": 400_000}, "counted"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_refused_at_its_field(take_cash, count, given, field):
    take_cash()

    with pytest.raises(Refused) as no:
        count(**given)

    assert (no.value.field, Handover.objects.count()) == (field, 0)


def test_an_empty_drawer_is_not_handed_over(count):
    with pytest.raises(Refused, match="Tidak ada uang tunai"):
        count(0, 0)


def test_one_handover_of_a_drawer_at_a_time(take_cash, count, take, sari):
    take_cash()
    first = count()

    with pytest.raises(Refused, match="masih menunggu"):
        count()
    take(first, "withdraw", by=sari)

    assert count().status == "submitted"


def test_only_the_owner_receives_rejects_and_takes_back(take_cash, count, take, sari, hadi, rini):
    take_cash()
    case = count()
    for step in ("receive", "reject"):
        for nobody in (sari, rini):
            with pytest.raises(Refused):
                take(case, step, by=nobody, note="Coba")
    case = take(case, "receive", by=hadi)
    with pytest.raises(Refused):
        take(case, "reverse", by=sari, note="Coba")

    assert Journal.objects.filter(kind="cash_deposit").count() == 1


def test_nobody_hands_over_what_another_holds(take_cash, count, unit, rini, at):
    take_cash()
    other = Role.objects.create(person=rini, unit=unit, name="manager", since=at)

    with pytest.raises(Refused, match="pemegangnya"):
        count(by=other.person)
    assert Handover.objects.count() == 0


def test_after_two_records_became_one_the_drawer_of_either_is_seen_handed_over_and_received(
    take_cash, count, take, books, unit, sari, budi, hadi, at
):
    """Budi turns out to be Sari: the cash stays on the name it was booked on, and so does its handover."""
    Role.objects.create(person=budi, unit=unit, name="manager", since=at)
    take_cash(by=budi)
    case = count(by=budi, holder=budi)
    merging.merge(sari, budi, by=hadi, at=at, reason="Orang yang sama")
    both = type(sari).objects.get(pk=sari.pk)

    [seen] = drawers.drawers_for(both, at=at)
    assert (seen.holder, seen.balance, seen.waiting) == (budi, 500_000, case)
    assert drawers.handover_for(both, case.number) == case
    take(case, "withdraw", by=both)
    case = take(count(by=both, holder=budi), "receive", by=hadi)

    assert (case.status, books(chart.CASH_DRAWER, budi), books(chart.CASH_DRAWER, hadi)) == (
        "booked",
        0,
        500_000,
    )
    assert drawers.card_of(drawers.drawer_for(hadi, "melati", budi.pk, at=at)).last == case
    assert verification.findings() == []


def test_a_rejected_handover_leaves_the_cash_where_it_was(take_cash, count, take, books, sari, hadi):
    take_cash()

    case = take(count(), "reject", by=hadi, note="Belum masuk ke rekening")

    assert (case.status, books(chart.CASH_DRAWER, sari)) == ("rejected", 500_000)
    assert "Belum masuk" in Notice.objects.get(person=sari, key__contains="rejected").text


def test_cash_that_was_spent_meanwhile_can_not_be_received(take_cash, count, take, unit, sari, hadi, at):
    take_cash()
    case = count()
    services.record_expense(
        unit=unit, category="61301", amount=200_000, paid_from="cash", occurred_on=at.date(), by=sari, at=at,
        no_note="Token",
    )  # fmt: skip

    with pytest.raises(Refused, match="Sari tidak cukup: kurang Rp200"):
        take(case, "receive", by=hadi)
    case.refresh_from_db()
    assert (case.status, case.journal, Paper.objects.filter(kind="handover").count()) == (
        "submitted",
        None,
        0,
    )


def test_what_came_after_the_count_is_no_difference(take_cash, count, take, books, sari, hadi, at):
    take_cash()
    case = count()
    take_cash(300_000, at=at + timedelta(hours=1))

    take(case, "receive", by=hadi, at=at + timedelta(hours=2))

    assert (books(chart.CASH_DRAWER, sari), books(chart.CASH_DIFFERENCES)) == (300_000, 0)


def test_the_owner_receives_it_at_once_from_whoever_holds_it(take_cash, count, books, unit, sari, hadi):
    take_cash()
    Role.objects.filter(person=sari).delete()

    case = count(by=hadi)

    assert (case.status, books(chart.CASH_DRAWER, hadi)) == ("booked", 500_000)


def test_the_owners_own_drawer_goes_to_the_bank_only(take_cash, count, bank, books, hadi):
    take_cash(by=hadi)
    with pytest.raises(Refused, match="sudah di tangan pemilik"):
        count(by=hadi, holder=hadi)

    assert count(by=hadi, holder=hadi, bank=bank).status == "booked"
    assert (books(chart.BANK), books(chart.CASH_DRAWER)) == (500_000, 0)


def test_taken_back_the_cash_is_on_the_holders_name_and_the_slip_void(
    take_cash, count, take, books, sari, hadi
):
    take_cash()
    case = take(count(480_000, reason="Salah kembalian"), "receive", by=hadi)

    case = take(case, "reverse", by=hadi, note="Uangnya ternyata kurang")

    assert (case.status, books(chart.CASH_DRAWER, sari), books(chart.CASH_DIFFERENCES)) == (
        "reversed",
        500_000,
        0,
    )
    assert case.paper.state == "void"
    assert verification.findings() == []


@pytest.mark.req("KOS-17")
def test_a_handover_of_last_month_is_booked_in_the_running_one(take_cash, count, take, hadi, at):
    take_cash()
    case = count(occurred_on=at.date() - timedelta(days=12))

    journal = take(case, "receive", by=hadi).journal

    assert (str(journal.event_on), str(journal.book_on), journal.tag) == (
        "2026-02-26",
        "2026-03-10",
        "lintas bulan",
    )


def test_the_same_form_sent_twice_counts_once(take_cash, count):
    take_cash()

    assert count(key="A" * 26) == count(key="A" * 26)
    assert Handover.objects.count() == 1


def test_what_was_counted_is_never_changed_by_anybody(take_cash, count):
    take_cash()
    case = count()

    for change in ("counted = 400000", "amount = 1", "expected = 1", "reason = 'x'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE payments_handover SET {change} WHERE id = {case.pk}")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM payments_handover")


def test_the_database_itself_asks_for_the_sentence(take_cash, count, unit, sari):
    take_cash()
    case = count()

    for wrong in ({"counted": 1, "amount": 1}, {"amount": 600_000}, {"way": "bank"}):
        twin = Handover.objects.get(pk=case.pk)
        twin.pk, twin.number, twin.status = None, "STR-26-99999", "rejected"
        for name, value in wrong.items():
            setattr(twin, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)


def test_a_moved_journal_is_clean_and_one_taken_back_alone_is_found(take_cash, count, take, hadi, at):
    take_cash(at=at - timedelta(days=20))
    case = take(count(), "receive", by=hadi)
    moved = rebook(case.journal, book_on=at.date() - timedelta(days=12), by=hadi, at=at, reason="Salah bulan")
    assert verification.findings() == []

    reverse(moved, by=hadi, at=at, reason="Salah")

    assert verification.findings() == [f"handover {case.number}: it is booked, its journal says otherwise"]


# What a drawer holds, and since when


def test_the_age_of_cash_is_that_of_its_oldest_part(take_cash, count, take, unit, sari, hadi, at):
    take_cash(300_000, at=at - timedelta(days=12))
    take_cash(200_000, at=at - timedelta(days=5))

    [drawer] = drawers.held([unit], at=at)
    assert (drawer.balance, drawer.days, drawer.is_old) == (500_000, 12, True)

    take(count(500_000, 300_000), "receive", by=hadi)
    mine = drawers.drawers_for(sari, at=at)
    assert [(one.balance, one.days, one.is_old) for one in mine] == [(200_000, 5, False)]


def test_cash_that_is_being_handed_over_is_old_again_only_when_that_was_refused(
    take_cash, count, take, unit, hadi, at
):
    take_cash(at=at - timedelta(days=12))
    case = count()
    assert not drawers.held([unit], at=at)[0].is_old

    take(case, "reject", by=hadi, note="Belum ada")

    assert drawers.held([unit], at=at)[0].is_old


def test_small_change_may_stay_for_ever(take_cash, unit, hadi, at):
    take_cash(100_000, at=at - timedelta(days=40))
    assert not drawers.held([unit], at=at)[0].is_old

    policies.set_unit_values(
        "payments.handover", unit, {"small_change": 50_000}, by=hadi, at=at, reason="Semua disetor"
    )

    assert drawers.held([unit], at=at)[0].is_old


def test_a_drawer_shows_every_movement_since_its_last_handover(take_cash, count, take, unit, sari, hadi, at):
    take_cash(500_000, at=at - timedelta(days=3))
    take(count(500_000, 450_000, at=at - timedelta(days=2)), "receive", by=hadi, at=at - timedelta(days=2))
    payment = take_cash(300_000)
    services.record_expense(
        unit=unit, category="61301", amount=80_000, paid_from="cash", occurred_on=at.date(), by=sari, at=at,
        no_note="Token", note="Token listrik",
    )  # fmt: skip

    card = drawers.card_of(drawers.drawer_for(sari, "melati", sari.pk, at=at))

    assert card.opening == 50_000
    assert [(line.amount, line.balance) for line in card.movements] == [
        (300_000, 350_000),
        (-80_000, 270_000),
    ]
    assert card.movements[0].number == payment.number
    assert "Token listrik" in card.movements[1].what


def test_many_drawers_are_asked_for_with_a_fixed_number_of_queries(
    take_cash, unit, hadi, budi, at, django_assert_num_queries
):
    take_cash()
    with django_assert_num_queries(4):
        drawers.held([unit], at=at)
    for who in (hadi, budi):
        Role.objects.create(person=who, unit=unit, name="manager", since=at)
        take_cash(by=who)

    with django_assert_num_queries(4):
        assert len(drawers.held([unit], at=at)) == 3


@pytest.mark.req("KOS-15")
def test_cash_that_lies_there_when_a_month_is_closed_is_named_with_its_age(take_cash, count, unit, sari, at):
    take_cash(at=at - timedelta(days=20))  # 18 February
    said = [one.sentence for one in readiness(unit, 202602)]
    assert "Kas Rp500.000 di tangan Sari belum disetorkan, sejak 18 Feb 2026 (10 hari)." in said
    assert readiness(unit, 202601) == []

    case = count(occurred_on=at.date() - timedelta(days=11))

    said = [one.sentence for one in readiness(unit, 202602)]
    assert f"{case.headline} belum diterima pemilik." in said


# What is seen of it


def test_the_case_says_the_count_beside_the_books_and_offers_its_slip(take_cash, count, take, sari, hadi, at):
    take_cash()
    case = take(count(480_000, 400_000, reason="Salah kembalian"), "receive", by=hadi)

    panel = panels.of_handover(case, sari, at)

    said = {str(fact.label): str(fact.value) for fact in panel["facts"]}
    assert said["Kas menurut catatan"] == "Rp500.000"
    assert said["Selisih kurang"] == "Rp20.000: Salah kembalian"
    assert said["Tetap dipegang"] == "Rp80.000"
    assert len(panel["papers"]) == 2


def test_the_slip_says_the_same_for_ever(take_cash, count, take, sari, hadi, at, tmp_path):
    take_cash()
    case = take(count(480_000, 400_000, reason="Salah kembalian"), "receive", by=hadi)
    type(sari).objects.filter(pk=sari.pk).update(name="Sari Rahayu")

    sheet = handover_slips.sheet_of(Handover.objects.get(pk=case.pk))

    assert (sheet.holder, sheet.amount, sheet.destination) == ("Sari", 400_000, "Pemilik, Pak Hadi")
    assert [(line.text, line.amount) for line in sheet.lines] == [
        ("Kas menurut catatan", 500_000), ("Kas menurut hitungan", 480_000), ("Selisih kurang", -20_000),
        ("Disetorkan", 400_000), ("Tetap dipegang", 80_000),
    ]  # fmt: skip
    assert case.paper.facts["name"] == "S***"
    for form in ("a5", "80mm"):
        said = words_of(handover_slips.print_slip(case, form=form, by=hadi, at=at), tmp_path)
        for part in (
            sheet.number,
            "Sari",
            "Pak Hadi",
            "Rp400.000",
            "480.000",
            "Empat ratus ribu",
            "Salah kembalian",
        ):
            assert part in said, (form, part)


def test_before_it_is_taken_the_step_says_what_it_will_do(take_cash, count, hadi, at):
    take_cash()
    case = count(480_000, reason="Salah kembalian")

    said = HANDOVER.step("receive").preview(case, hadi, at)

    assert [one.amount for one in said.sums] == [500_000, 480_000, -20_000, 480_000]
    assert "selisih kas" in str(said.sentences[0])


def test_a_program_hands_over_through_the_opening(take_cash, unit, sari, bank, at):
    take_cash()
    data = {"unit": "melati", "counted": 500_000, "amount": 500_000, "account": bank.number, "slip": SLIP}

    case = open_case(HANDOVER, by=sari, at=at, data=data)

    assert (case.status, case.bank, case.amount) == ("submitted", bank, 500_000)
    for wrong in ({"unit": "kenanga"}, {"account": "999"}):
        with pytest.raises(Refused):
            open_case(HANDOVER, by=sari, at=at, data=data | wrong)


def test_a_reversed_payment_leaves_the_drawer_it_came_into(take_cash, unit, sari, at):
    payment = take_cash()

    perform(payment, PAYMENT.step("reverse"), by=sari, at=at, data={"note": "Salah orang"})

    assert drawers.held([unit], at=at) == []
