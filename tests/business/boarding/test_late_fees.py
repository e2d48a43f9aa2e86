"""The late fee: off by default, after the grace, on rent alone, capped, once a bill (rules/boarding 6, 7, 10)."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure import previews
from tatausaha.business.boarding.procedure.late_fees import waiving
from tatausaha.business.boarding.queries import late_fees as reads
from tatausaha.business.boarding.services import bills, late_fees
from tatausaha.core.billing import kinds
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import CreditNote
from tatausaha.core.kernel import words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments import services as payments
from tatausaha.core.payments.models import Refund
from tatausaha.core.procedures import services
from tatausaha.core.procedures.models import SopRevision
from tatausaha.core.procedures.spec import Act

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-09")]

FLAT = {"late_fee": 1, "late_fee_amount": 50_000}
DAILY = {"late_fee": 2, "late_fee_percent": 1}


@pytest.fixture
def stay(booked, desk):
    """Due dates at noon: the second bill, Rp1.075.000, falls due on the 30th day."""
    return desk.move_in(booked)


def ask_fee(stay, **values):
    revision = SopRevision.objects.get(pk=stay.revision_id)
    SopRevision.objects.filter(pk=revision.pk).update(values=revision.values | values)


def day(stay, n):
    return stay.anchor_on + timedelta(days=n)


def on(desk, stay, n):
    """The desk's clock at noon of the day `n` after moving in."""
    desk.at = datetime.combine(day(stay, n), time(12), desk.at.tzinfo)
    return desk


def night(desk):
    bills.issue_due_bills(at=desk.at)
    return late_fees.look_at_all(at=desk.at)


def pay(desk, stay, amount, *, happened, purposes=("rent",)):
    chosen = list(billing.invoices_of(stay).filter(billing.OPEN, purpose__in=purposes))
    return payments.receive_cash(
        unit=stay.unit, payer=stay.customer, amount=amount, invoices=chosen, by=desk.manager, at=desk.at, sure=True,
        occurred_on=happened,
    )  # fmt: skip


def fees(stay):
    return [(fee.total, fee.credited) for fee in billing.invoices_of(stay).filter(purpose="late_fee")]


def names(case, person, at):
    return {option.step.name: option.refusal for option in services.options(case, by=person, at=at)}


# Off by default


def test_nobody_pays_a_late_fee_unless_the_sop_asks_for_it(stay, desk):
    night(on(desk, stay, 24))
    assert stay.policy.late_fee == 0
    assert night(on(desk, stay, 60)) == 0
    assert fees(stay) == []
    assert reads.running(stay, at=desk.at) == []


# A flat fee


def test_after_three_days_of_grace_the_flat_fee_is_a_bill_of_its_own_on_its_own_account(
    stay, desk, rini, unit
):
    ask_fee(stay, **FLAT)
    night(on(desk, stay, 24))
    rent = billing.invoices_of(stay).get(purpose="rent", period_start=day(stay, 30))
    before = (rent.total, rent.credited)
    assert night(on(desk, stay, 33)) == 0

    assert night(on(desk, stay, 34)) == 1

    fee = billing.invoices_of(stay).get(purpose="late_fee")
    (line,) = billing.lines_of(fee)
    assert (line.kind, line.account, line.amount) == ("fee", chart.LATE_FEE_INCOME, 50_000)
    assert (fee.due_on, fee.period_start) == (day(stay, 34), day(stay, 30))
    assert desk.balance(chart.LATE_FEE_INCOME, unit) == -50_000
    rent.refresh_from_db()
    assert (rent.total, rent.credited) == before
    assert "denda Rp50.000" in Notice.objects.get(person=rini, title="Denda keterlambatan").text
    assert verify() == []


def test_the_fee_is_charged_once_also_when_it_stays_unpaid_and_after_forty_days_of_standstill(stay, desk):
    ask_fee(stay, **FLAT)
    night(on(desk, stay, 24))

    assert night(on(desk, stay, 63)) == 1  # the bill of the 60th day is within its grace
    assert night(on(desk, stay, 64)) == 1
    for _again in range(3):
        assert night(desk.wait(minutes=10)) == 0
    assert fees(stay) == [(50_000, 0), (50_000, 0)]


def test_the_fee_is_at_most_ten_percent_of_the_bill_and_no_fee_is_asked_on_a_fee(stay, desk):
    ask_fee(stay, late_fee=1, late_fee_amount=900_000)
    night(on(desk, stay, 24))
    night(on(desk, stay, 40))
    assert fees(stay) == [(107_500, 0)]

    pay(desk, stay, 1_075_000, happened=desk.at.date())
    night(on(desk, stay, 52))
    assert fees(stay) == [(107_500, 0)]


def test_who_owes_services_alone_pays_no_fee(stay, desk):
    ask_fee(stay, **FLAT)
    night(on(desk, stay, 24))
    pay(desk, on(desk, stay, 30) and stay, 1_000_000, happened=day(stay, 30))

    assert night(on(desk, stay, 40)) == 0


def test_money_settles_rent_then_services_then_damage_then_the_fee():
    assert sorted(("fee", "damage", "service", "rent"), key=kinds.rank) == [
        "rent",
        "service",
        "damage",
        "fee",
    ]


# Percent a day


def test_one_percent_a_day_counts_the_days_after_the_grace_and_is_billed_when_the_rent_is_paid(stay, desk):
    ask_fee(stay, **DAILY)
    night(on(desk, stay, 24))
    assert night(on(desk, stay, 35)) == 0
    assert [(fee.days, fee.amount, fee.final) for fee in reads.running(stay, at=desk.at)] == [
        (2, 20_000, False)
    ]

    pay(desk, stay, 1_075_000, happened=desk.at.date())

    assert night(desk) == 1
    assert fees(stay) == [(20_000, 0)]


def test_a_part_paid_in_time_lowers_what_the_percents_count_from(stay, desk):
    ask_fee(stay, **DAILY)
    night(on(desk, stay, 24))
    pay(desk, on(desk, stay, 30) and stay, 600_000, happened=day(stay, 30))
    pay(desk, on(desk, stay, 36) and stay, 475_000, happened=day(stay, 36))

    night(desk)

    assert fees(stay) == [(12_000, 0)]  # three days at 1 % of Rp400.000


def test_percents_stop_at_the_cap_and_are_billed_then(stay, desk):
    ask_fee(stay, **DAILY)
    night(on(desk, stay, 24))
    assert night(on(desk, stay, 43)) == 0
    assert night(on(desk, stay, 44)) == 1
    assert fees(stay) == [(107_500, 0)]  # the eleventh day would make Rp110.000


# The day on which it happened decides


def test_a_payment_of_31_january_written_down_on_2_february_decides_by_31_january(booked, desk, unit):
    """Due 28 January, three days of grace: 31 January is in time, 1 February is not."""
    stay = desk.move_in(booked)
    Stay.objects.filter(pk=stay.pk).update(anchor_on=date(2026, 12, 29))
    stay.refresh_from_db()
    ask_fee(stay, **FLAT)
    night(on(desk, stay, 24))
    assert night(on(desk, stay, 34)) == 1
    assert desk.at.date() == date(2027, 2, 1)

    paid = pay(desk.wait(days=1), stay, 1_075_000, happened=date(2027, 1, 31))

    assert (paid.occurred_on, paid.across_months) == (date(2027, 1, 31), True)
    assert fees(stay) == [(50_000, 50_000)]
    note = CreditNote.objects.get()
    assert "Tanggal pembayaran sewa yang menentukan" in note.reason
    assert desk.balance(chart.LATE_FEE_INCOME, unit) == 0
    assert night(desk) == 0
    assert fees(stay) == [(50_000, 50_000)]
    assert verify() == []


def test_what_was_paid_of_a_fee_that_was_not_due_becomes_balance(stay, desk, rini, unit):
    ask_fee(stay, **FLAT)
    night(on(desk, stay, 24))
    night(on(desk, stay, 34))

    pay(desk, stay, 1_125_000, happened=day(stay, 33), purposes=("rent", "late_fee"))

    assert billing.balance_of(rini, unit) == 50_000
    assert verify() == []


def test_a_payment_a_day_too_late_keeps_the_fee_and_one_day_less_lowers_the_percents(stay, desk):
    ask_fee(stay, **DAILY)
    night(on(desk, stay, 24))
    night(on(desk, stay, 44))
    pay(desk, stay, 1_075_000, happened=day(stay, 36))
    assert fees(stay) == [(107_500, 77_500)]  # three days are Rp30.000


def test_after_a_standstill_a_payment_in_time_that_is_written_down_first_costs_nothing(stay, desk):
    ask_fee(stay, **FLAT)
    bills.issue_due_bills(at=on(desk, stay, 24).at)
    pay(on(desk, stay, 52), stay, 1_075_000, happened=day(stay, 33))
    assert late_fees.look_at_all(at=desk.at) == 0


def test_nothing_is_charged_while_a_proof_waits_to_be_looked_at(stay, desk, monkeypatch):
    ask_fee(stay, **FLAT)
    night(on(desk, stay, 24))
    with monkeypatch.context() as patched:
        patched.setattr(late_fees.payments, "pending", lambda _stay: 1_075_000)
        assert night(on(desk, stay, 40)) == 0
    assert night(desk) == 1


# Waived


def test_the_owner_waives_a_fee_with_a_reason_and_it_does_not_come_back(stay, desk, hadi, rini, unit):
    ask_fee(stay, **FLAT)
    assert "waive_late_fee" not in names(stay, hadi, desk.at)
    night(on(desk, stay, 24))
    night(on(desk, stay, 34))
    fee = billing.invoices_of(stay).get(purpose="late_fee")
    with pytest.raises(Refused, match="dilakukan oleh Pemilik"):
        desk.step(stay, "waive_late_fee", bill=fee.number, note="Sakit")
    with pytest.raises(Refused, match="Denda itu tidak ada"):
        desk.step(stay, "waive_late_fee", by=hadi, bill="TAG/0", note="Sakit")
    with pytest.raises(Refused, match="Tulis alasannya"):
        desk.step(stay, "waive_late_fee", by=hadi, bill=fee.number, note=" ")
    said = waiving(stay, Act("waive_late_fee", hadi, desk.at, {"bill": fee.number}))
    assert [line.amount for line in said.sums] == [50_000]

    desk.step(stay, "waive_late_fee", by=hadi, bill=fee.number, note="Sakit")

    assert fees(stay) == [(50_000, 50_000)]
    assert CreditNote.objects.get().reason == "Sakit"
    assert desk.balance(chart.LATE_FEE_INCOME, unit) == 0
    assert "Sakit" in Notice.objects.get(person=rini, title="Denda dibebaskan").text
    assert night(desk.wait(days=1)) == 0
    assert "waive_late_fee" not in names(stay, hadi, desk.at)
    assert verify() == []


# Leaving


@pytest.mark.req("KOS-12")
def test_who_leaves_is_billed_the_fee_as_it_is_and_the_settlement_takes_it_from_the_deposit(stay, desk, hadi):
    ask_fee(stay, **DAILY)
    night(on(desk, stay, 24))
    on(desk, stay, 36)
    said = previews.moving_out(Stay.objects.get(), desk.manager, desk.at)
    assert 30_000 in [line.amount for line in said.sums]

    desk.step(stay, "move_out", on=desk.at.date())

    assert fees(stay) == [(30_000, 0)]
    desk.cash(stay, 1_075_000)
    assert night(on(desk, stay, 40)) == 0
    desk.step(stay, "settle")
    assert Refund.objects.get().amount == 470_000
    assert verify() == []


# Pages


def test_the_page_says_what_runs_and_the_owner_waives_on_it(
    stay, desk, rini, hadi, clock_at, django_assert_max_num_queries
):
    ask_fee(stay, **DAILY)
    night(on(desk, stay, 24))
    clock_at(on(desk, stay, 35).at)
    client = Client()
    client.force_login(desk.manager.login)
    client.get(f"/kasus/{stay.number}/")  # the session is made
    with django_assert_max_num_queries(15):
        client.get(f"/kasus/{stay.number}/")
    client.force_login(rini.login)
    page = client.get(f"/kasus/{stay.number}/").text
    assert "Denda yang berjalan" in page
    assert "Rp20.000" in page
    night(on(desk, stay, 44))
    clock_at(desk.at)
    client.force_login(hadi.login)
    address = f"/kasus/{stay.number}/langkah/waive_late_fee/"
    page = client.get(address).text
    assert "Denda terlambat, sewa kamar 101" in page
    fee = billing.invoices_of(stay).get(purpose="late_fee")
    missing = client.post(address, {"bill": fee.number, "note": ""})
    assert missing.status_code == 422
    assert fees(stay) == [(107_500, 0)]


def test_the_nightly_look_asks_one_question_where_no_sop_asks_a_fee(
    stay, desk, django_assert_max_num_queries
):
    night(on(desk, stay, 40))
    with django_assert_max_num_queries(2):
        late_fees.look_at_all(at=desk.at)


def test_the_fees_of_two_periods_are_paid_at_once_or_the_older_alone(stay, desk, sari, rini, clock_at):
    ask_fee(stay, **FLAT)
    night(on(desk, stay, 24))
    night(on(desk, stay, 64))
    pay(desk, stay, 2_150_000, happened=desk.at.date())
    night(desk)
    clock_at(desk.at)
    rent = words.period(day(stay, 30), day(stay, 59))

    for person, verb in ((sari, "Terima tunai"), (rini, "Bayar")):
        client = Client()
        client.force_login(person.login)
        page = client.get(f"/kasus/{stay.number}/").text
        assert f">{verb} 2 tagihan sekaligus, Rp100.000</a>" in page
        assert f">{verb} denda Rp50.000, sewa {rent}</a>" in page
        assert page.count(f">{verb} denda ") == 1
