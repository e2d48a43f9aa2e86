"""Held money goes back: reserved when asked for, due on a working day, booked when it is out. Titipan too."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tatausaha.core.billing import queries as billing
from tatausaha.core.documents.sheets import print_sheet
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart
from tatausaha.core.payments import panels, services, verification
from tatausaha.core.payments.models import Refund, Suspense
from tatausaha.core.payments.procedure.refund import REFUND
from tatausaha.core.payments.procedure.suspense import SUSPENSE
from tatausaha.core.payments.services import cash_slips
from tatausaha.core.payments.workdays import add_working_days
from tatausaha.core.procedures import openings, policies
from tatausaha.core.procedures.queries import late
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring
from tests.core.documents.test_typesetting import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]

SLIP = Upload(b"%PDF-1.4 tanda terima", "application/pdf", "tanda-terima.pdf")


@pytest.fixture
def paid_deposit(hire, unit, rini, sari, at):
    bill = hiring.deposit(hire, by=sari, at=at)
    services.receive_cash(unit=unit, payer=rini, amount=500_000, invoices=[bill], by=sari, at=at)
    return hire


@pytest.fixture
def refund(paid_deposit, rini, sari, at):
    return services.request_refund(
        paid_deposit, kind="deposit", amount=300_000, payee=rini, reason="Selesai sewa", working_days=7,
        by=sari, at=at,
    )  # fmt: skip


@pytest.fixture
def take(at):
    def step(case, name, *, by, at=at, **data):
        table = REFUND if isinstance(case, Refund) else SUSPENSE
        return perform(case, table.step(name), by=by, at=at, data=data)

    return step


@pytest.mark.req("KOS-12")
def test_a_refund_is_booked_from_the_deposit_when_it_is_paid(refund, take, sari, rini, at, books, hire):
    assert (billing.held(hire, "deposit"), billing.held(refund, "deposit")) == (200_000, 300_000)
    assert books(chart.DEPOSITS, rini) == -500_000

    refund = take(refund, "pay", by=sari, method="cash", slip=SLIP)

    assert (refund.status, refund.journal.kind) == ("paid", "refund")
    assert (books(chart.DEPOSITS, rini), books(chart.CASH_DRAWER, sari)) == (-200_000, 200_000)
    assert billing.held(refund, "deposit") == 0
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-12")
def test_what_is_asked_back_can_not_be_asked_back_or_used_twice(refund, hire, rini, sari, at):
    with pytest.raises(Refused, match=r"hanya Rp200\.000"):
        services.request_refund(
            hire, kind="deposit", amount=200_001, payee=rini, reason="Lagi", working_days=7, by=sari, at=at
        )
    assert Refund.objects.count() == 1


@pytest.mark.req("KOS-12")
def test_cash_goes_out_against_a_signed_slip_and_a_transfer_with_its_reference(refund, take, sari):
    with pytest.raises(Refused, match="tanda terima"):
        take(refund, "pay", by=sari, method="cash")
    with pytest.raises(Refused, match="nomor referensi"):
        take(refund, "pay", by=sari, method="transfer")
    assert take(refund, "pay", by=sari, method="transfer", reference="BI-FAST 1").status == "paid"


@pytest.mark.req("KOS-12")
def test_cash_that_is_not_there_is_not_given_back_and_said_beside_the_way(refund, take, hadi, sari):
    with pytest.raises(Refused, match="Kas di tangan atas nama Pak Hadi tidak cukup") as no:
        take(refund, "pay", by=hadi, method="cash", slip=SLIP)

    assert no.value.field == "method"
    assert take(refund, "pay", by=sari, method="cash", slip=SLIP).status == "paid"


@pytest.mark.req("KOS-12", "SYS-06")
def test_only_the_owner_cancels_a_refund_and_the_money_is_held_again(refund, take, hire, sari, hadi, rini):
    with pytest.raises(Refused, match="dilakukan oleh Pemilik"):
        take(refund, "cancel", by=sari, note="Ternyata belum")
    take(refund, "cancel", by=hadi, note="Ternyata belum")

    assert (billing.held(hire, "deposit"), billing.held(refund, "deposit")) == (500_000, 0)
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-12")
def test_a_refund_is_late_after_its_last_working_day(refund, hadi, at):
    assert refund.due_on == date(2026, 3, 26)
    last = at.replace(day=26, hour=16, minute=59, second=59)

    assert [item.number for item in late(hadi, at=last)] == []
    assert [item.number for item in late(hadi, at=last + timedelta(seconds=1))] == [refund.number]


@pytest.mark.req("KOS-12")
@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 10), 0, date(2026, 3, 10)),
        (date(2026, 3, 10), 3, date(2026, 3, 13)),
        (date(2026, 3, 13), 1, date(2026, 3, 16)),
        (date(2026, 3, 17), 1, date(2026, 3, 25)),
    ],
)
def test_weekends_holidays_and_joint_leave_are_no_working_days(start, days, end):
    assert add_working_days(start, days) == end


@pytest.mark.req("KOS-12")
def test_a_balance_is_given_back_too(paid_deposit, take, unit, rini, sari, at, books):
    bill = hiring.rent(paid_deposit, by=sari, at=at, due_on=at.date())
    services.receive_cash(unit=unit, payer=rini, amount=1_250_000, invoices=[bill], by=sari, at=at)

    refund = services.request_refund(
        paid_deposit,
        kind="balance",
        amount=250_000,
        payee=rini,
        reason="Pulang",
        working_days=3,
        by=sari,
        at=at,
    )
    assert billing.balance_of(rini, unit) == 0
    take(refund, "pay", by=sari, method="cash", slip=SLIP)

    assert books(chart.CUSTOMER_BALANCE, rini) == 0
    assert billing.holding_findings() == []


@pytest.fixture
def unknown(unit, bank, sari, at):
    return services.receive_unknown(
        unit=unit, amount=750_123, occurred_on=at.date(), sender="PENYEWA SATU", bank=bank, by=sari, at=at
    )


@pytest.mark.req("KOS-11")
def test_money_of_nobody_known_is_titipan_until_somebody_says_whose_it_is(
    unknown, take, hire, unit, rini, sari, at, books
):
    bill = hiring.rent(hire, by=sari, at=at, due_on=at.date())
    assert (books(chart.BANK), books(chart.UNIDENTIFIED)) == (750_123, -750_123)
    with pytest.raises(Refused, match="belum dikenal"):
        take(unknown, "use", by=sari, invoice=bill.number)

    unknown = take(unknown, "identify", by=sari, person=rini.phone)
    unknown = take(unknown, "use", by=sari, invoice=bill.number)

    bill.refresh_from_db()
    assert (unknown.status, bill.settled) == ("used", 750_123)
    assert books(chart.UNIDENTIFIED) == 0
    assert billing.holding_findings() == []


def test_the_sender_of_titipan_is_corrected_as_often_as_it_takes(unknown, take, rini, budi, sari, books):
    for person in (rini, budi, rini):
        unknown = take(unknown, "identify", by=sari, person=person.email)

    assert unknown.customer == rini
    assert (books(chart.UNIDENTIFIED, rini), books(chart.UNIDENTIFIED, budi)) == (-750_123, 0)
    assert billing.holding_findings() == []


@pytest.mark.req("KOS-11")
def test_titipan_beyond_the_bill_becomes_the_senders_balance(unknown, take, hire, unit, rini, sari, at):
    bill = hiring.deposit(hire, by=sari, at=at)
    unknown = take(unknown, "identify", by=sari, person=rini.email)

    take(unknown, "use", by=sari, invoice=bill.number)

    assert (billing.held(hire, "deposit"), billing.balance_of(rini, unit)) == (500_000, 250_123)
    assert billing.holding_findings() == []


@pytest.mark.req("SYS-09")
def test_the_sop_says_within_how_many_days_titipan_goes_back(unit, bank, rini, sari, hadi, at, take):
    policies.set_unit_values(
        "payments.suspense", unit, {"return_working_days": 5}, by=hadi, at=at, reason="Bank lambat"
    )
    case = services.receive_unknown(
        unit=unit, amount=75_000, occurred_on=at.date(), sender="RINI", bank=bank, by=sari, at=at
    )
    case = take(case, "identify", by=sari, person=rini.phone)

    take(case, "return", by=sari, note="Salah kirim")

    assert Refund.objects.get().due_on == date(2026, 3, 17)


@pytest.mark.req("KOS-11")
def test_titipan_is_given_back_through_a_refund(unknown, take, rini, sari, at, books):
    unknown = take(unknown, "identify", by=sari, person=rini.phone)
    unknown = take(unknown, "return", by=sari, note="Salah kirim")
    refund = Refund.objects.get()
    assert (unknown.status, refund.amount, refund.due_on) == ("returned", 750_123, date(2026, 3, 13))

    take(refund, "pay", by=sari, method="transfer", reference="BI-FAST 2")

    assert (books(chart.UNIDENTIFIED), books(chart.BANK)) == (0, 0)
    assert verification.findings() == []


def test_two_unknown_senders_share_the_one_nobody_of_the_books(unknown, unit, bank, sari, at):
    again = services.receive_unknown(
        unit=unit, amount=1, occurred_on=at.date(), sender="LAIN", bank=bank, by=sari, at=at
    )

    assert again.customer_id == unknown.customer_id
    assert Suspense.objects.count() == 2


@pytest.mark.req("SYS-06")
def test_money_of_nobody_known_is_written_down_by_who_manages_the_unit(unit, unit_wita, sari, rini, at):
    given = {"amount": 1000, "occurred_on": at.date(), "sender": "PENYEWA"}

    for person, code in [(rini, unit.code), (sari, unit_wita.code)]:
        with pytest.raises(Refused):
            openings.open_case(SUSPENSE, by=person, at=at, data={"unit": code, **given})
    tomorrow = {**given, "unit": unit.code, "occurred_on": at.date() + timedelta(days=1)}
    with pytest.raises(Refused, match="belum tiba"):
        openings.open_case(SUSPENSE, by=sari, at=at, data=tomorrow)
    case = openings.open_case(SUSPENSE, by=sari, at=at, data={"unit": unit.code, **given})

    assert (case.amount, case.unit) == (1000, unit)
    assert Suspense.objects.count() == 1


@pytest.mark.req("KOS-12")
def test_a_refund_in_cash_has_a_slip_to_be_signed_until_it_goes_out_by_transfer(
    refund, take, rini, sari, hadi, at, tmp_path
):
    """Boarding 5: cash goes back for a signed slip; over Rp5.000.000 with a meterai."""
    slip = cash_slips.slip_of(refund, by=sari, at=at)
    for form in slip.forms:
        said = words_of(print_sheet(slip, form=form), tmp_path)
        for part in (
            "TANDA TERIMA PENGEMBALIAN",
            refund.number,
            "Tiga ratus ribu rupiah",
            "Rini",
            "Sari",
            "Rp300.000",
        ):
            assert part in said, (form, part)
        assert "Meterai" not in said
    large = words_of(print_sheet(replace(slip, amount=5_000_001)), tmp_path)
    assert "Meterai" in large
    labels = [(paper.label, paper.note) for paper in panels.of_refund(refund, sari, at)["papers"]]
    assert labels == [("Tanda terima untuk ditandatangani", size) for size in ("A5", "80 mm", "58 mm")]

    take(refund, "pay", by=hadi, method="transfer", occurred_on=at.date(), reference="TRX-1")
    refund.refresh_from_db()

    assert panels.of_refund(refund, sari, at)["papers"] == ()


@pytest.mark.req("KOS-12", "SYS-06")
def test_who_is_paid_back_sees_the_refund_but_does_not_print_the_slip(refund, rini, sari, at, client):
    url = f"/kas/keluar/{refund.number}.pdf"
    assert panels.of_refund(refund, rini, at)["papers"] == ()

    answers = []
    for person in (rini, sari):
        client.force_login(person.login)
        answers.append((client.get(f"/kasus/{refund.number}/").status_code, client.get(url).status_code))

    assert answers == [(200, 404), (200, 200)]


@pytest.mark.usefixtures("paid_deposit")
def test_an_expense_in_cash_has_a_slip_that_the_seller_signs_by_hand(unit, sari, at, tmp_path):
    spent = services.record_expense(
        unit=unit, category="61301", amount=50_000, paid_from="cash", occurred_on=at.date(), note="Es batu",
        no_note="Penjual keliling", by=sari, at=at,
    )  # fmt: skip

    said = words_of(print_sheet(cash_slips.slip_of(spent, by=sari, at=at)), tmp_path)

    for part in (
        "BUKTI KAS KELUAR",
        "Es batu",
        "Lima puluh ribu rupiah",
        "Yang menerima",
        "( ...",
        spent.number,
    ):
        assert part in said, part
    spent.paid_from = "transfer"
    assert not cash_slips.has_slip(spent)
