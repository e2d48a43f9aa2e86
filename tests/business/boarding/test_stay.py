"""The life of a stay: thirty-day bills from the anchor, leaving, damage, settlement (rules/boarding 6, 8, 9)."""

from datetime import date, timedelta

import pytest

from tatausaha.business.boarding import accounts, panels
from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.booking import BOOKING
from tatausaha.business.boarding.procedure.stay import STAY
from tatausaha.business.boarding.queries.bookings import due_dates
from tatausaha.business.boarding.services import bills
from tatausaha.business.boarding.services.booking import book
from tatausaha.business.boarding.services.due_calendar import dates_to_come
from tatausaha.business.boarding.services.leaving import settlement
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as billing_services
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger import chart, months
from tatausaha.core.ledger.services import readiness
from tatausaha.core.payments.models import Refund
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.payments.procedure.refund import REFUND
from tatausaha.core.people import merging
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import checks
from tatausaha.core.web import sopsheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


def rent_bills(stay):
    return billing.invoices_of(stay).filter(purpose="rent").order_by("due_on")


def test_the_table_has_no_problems():
    assert checks.problems(STAY) == []


@pytest.mark.req("KOS-15")
def test_a_stay_whose_bill_has_not_gone_out_is_open_when_its_month_is_closed(stay):
    ym = months.of(stay.next_bill_on)

    def said(month):
        return [one.sentence for one in readiness(stay.unit, month) if one.path == stay.get_absolute_url()]

    assert said(ym) == [f"Tagihan berikutnya untuk {stay.headline} belum terbit."]
    assert said(months.before(ym)) == []


@pytest.mark.req("KOS-08")
def test_thirty_days_from_the_first_of_january_2025_are_these_thirteen_dates():
    assert due_dates(date(2025, 1, 1), 13) == [
        date(2025, 1, 1), date(2025, 1, 31), date(2025, 3, 2), date(2025, 4, 1), date(2025, 5, 1), date(2025, 5, 31),
        date(2025, 6, 30), date(2025, 7, 30), date(2025, 8, 29), date(2025, 9, 28), date(2025, 10, 28),
        date(2025, 11, 27), date(2025, 12, 27),
    ]  # fmt: skip


@pytest.mark.req("KOS-08")
def test_a_leap_year_needs_no_special_case():
    assert due_dates(date(2024, 1, 31), 4)[1:] == [date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 30)]


@pytest.mark.req("KOS-08", "KOS-09")
def test_each_bill_is_issued_seven_days_before_it_falls_due_and_once(stay, desk):
    anchor = stay.anchor_on
    day = desk.at

    for _ in range(100):
        day += timedelta(days=1)
        bills.issue_due_bills(at=day)
        bills.issue_due_bills(at=day)

    issued = [(bill.due_on, bill.issued_at.date()) for bill in rent_bills(stay)[1:]]
    assert issued == [
        (anchor + timedelta(days=30 * n), anchor + timedelta(days=30 * n - 7)) for n in range(1, 4)
    ]  # fmt: skip


@pytest.mark.req("KOS-08")
def test_a_generator_that_stood_still_for_forty_days_makes_exactly_the_missing_bills(stay, desk):
    later = desk.at + timedelta(days=60)

    assert bills.issue_due_bills(at=later) == 2
    assert bills.issue_due_bills(at=later) == 0

    assert [bill.due_on for bill in rent_bills(stay)] == [
        stay.anchor_on + timedelta(days=30 * n) for n in range(3)
    ]


@pytest.mark.req("KOS-09")
def test_a_bill_carries_rent_subscribed_and_measured_services(stay, desk, make_measured):
    water = make_measured(stay.room.house, "Galon", 18_000, "galon")
    desk.wait(days=3).step(stay, "note_use", service=water, on=desk.at.date(), quantity=2)

    bills.issue_due_bills(at=desk.at + timedelta(days=25))

    bill = rent_bills(stay).last()
    assert [(line.kind, line.amount) for line in billing.lines_of(bill)] == [
        ("rent", 1_000_000), ("service", 75_000), ("service", 36_000),
    ]  # fmt: skip


@pytest.mark.req("KOS-09")
def test_a_use_that_comes_late_falls_to_the_next_bill(stay, desk, make_measured):
    water = make_measured(stay.room.house, "Galon", 18_000, "galon")
    bills.issue_due_bills(at=desk.at + timedelta(days=25))
    desk.wait(days=26).step(
        stay, "note_use", service=water, on=desk.at.date() - timedelta(days=10), quantity=1
    )

    bills.issue_due_bills(at=desk.at + timedelta(days=30))

    assert [bill.total for bill in rent_bills(stay)[1:]] == [1_075_000, 1_093_000]


@pytest.mark.req("KOS-09")
def test_a_stopped_service_is_not_billed_any_more(stay, desk, laundry):
    desk.step(stay, "unsubscribe", service=laundry)

    bills.issue_due_bills(at=desk.at + timedelta(days=25))

    assert rent_bills(stay).last().total == 1_000_000


@pytest.mark.req("KOS-08", "KOS-15")
def test_money_that_comes_before_the_due_day_is_an_advance_and_revenue_on_the_due_day(stay, desk, unit):
    desk.wait(days=25)
    bills.issue_due_bills(at=desk.at)
    desk.cash(stay)
    assert desk.balance(accounts.ROOM_RENT, unit) == -1_000_000
    assert desk.balance(chart.CUSTOMER_ADVANCES, unit) == -1_075_000

    billing_services.recognise_due(desk.at + timedelta(days=5))

    assert desk.balance(accounts.ROOM_RENT, unit) == -2_000_000
    assert desk.balance(chart.CUSTOMER_ADVANCES, unit) == 0
    assert desk.balance(chart.RECEIVABLES, unit) == 0


@pytest.mark.req("KOS-12")
def test_a_tenant_gives_notice_fourteen_days_ahead(stay, desk, rini):
    with pytest.raises(Refused, match="paling lambat 14 hari"):
        desk.step(stay, "give_notice", by=rini, leave_on=desk.at.date() + timedelta(days=13))
    with pytest.raises(Refused, match="Periksa tahunnya"):
        desk.step(stay, "give_notice", by=rini, leave_on=desk.at.date() + timedelta(days=3 * 366 + 1))

    noticed = desk.step(stay, "give_notice", by=rini, leave_on=desk.at.date() + timedelta(days=14))
    assert noticed.status == "noticed"


@pytest.mark.req("KOS-02")
def test_after_notice_the_room_can_be_booked_from_the_day_of_leaving(stay, desk, rini, budi, rooms):
    leave = desk.at.date() + timedelta(days=20)
    desk.step(stay, "give_notice", by=rini, leave_on=leave)
    other = {
        "room": rooms[0],
        "prospect": budi,
        "services": [],
        "occupant": "pria",
        "plan": "full",
        "by": budi,
    }

    with pytest.raises(Refused, match="baru saja dipesan"):
        book(**other, move_in_on=leave - timedelta(days=1), at=desk.at)
    book(**other, move_in_on=leave, at=desk.at)

    with pytest.raises(Refused):
        desk.step(stay, "stay_on", by=rini)


@pytest.mark.req("KOS-08")
def test_no_bill_follows_for_a_period_after_the_day_of_leaving(stay, desk, rini):
    desk.step(stay, "give_notice", by=rini, leave_on=stay.anchor_on + timedelta(days=30))

    assert bills.issue_due_bills(at=desk.at + timedelta(days=60)) == 0


@pytest.mark.req("KOS-08")
def test_who_leaves_some_days_into_a_period_that_has_no_bill_yet_pays_by_the_day_rounded_up(stay, desk, rini):
    desk.step(stay, "give_notice", by=rini, leave_on=stay.anchor_on + timedelta(days=40))

    bills.issue_due_bills(at=desk.at + timedelta(days=60))

    assert (
        billing.lines_of(rent_bills(stay).last())[0].amount == 334_000
    )  # 1.000.000 x 10 / 30, up to Rp1.000


@pytest.mark.req("KOS-08")
def test_who_stays_longer_than_billed_pays_the_days(stay, desk):
    desk.wait(days=34)
    Stay.objects.filter(pk=stay.pk).update(next_bill_on=None)
    desk.step(stay, "move_out", on=stay.anchor_on + timedelta(days=33))

    assert billing.invoices_of(stay).get(purpose="overstay").total == 100_000  # days 31, 32 and 33


@pytest.mark.req("KOS-12")
def test_damage_of_200_000_leaves_300_000_of_the_deposit(stay, desk, unit):
    desk.wait(days=29)
    desk.step(stay, "move_out", on=desk.at.date())
    desk.cash(stay) if billing.outstanding(stay) else None
    desk.damage(stay, "Pintu lemari", 200_000, "Patah")
    done = desk.step(stay, "settle")

    assert done.status == "refunding"
    assert Refund.objects.get().amount == 300_000
    assert desk.balance(chart.DAMAGE_INCOME, unit) == -200_000
    assert desk.balance(chart.DEPOSITS, unit) == -300_000


@pytest.mark.req("KOS-12")
def test_damage_of_800_000_leaves_no_refund_and_300_000_owed(stay, desk, unit, rooms, rini):
    desk.wait(days=29)
    desk.step(stay, "move_out", on=desk.at.date())
    desk.damage(stay, "Kasur terbakar", 800_000, "Rokok")
    done = desk.step(stay, "settle")

    assert done.status == "closed"
    assert not Refund.objects.exists()
    assert billing.outstanding(stay) == 300_000
    assert desk.balance(chart.DEPOSITS, unit) == 0
    assert desk.balance(chart.RECEIVABLES, unit) == 300_000
    with pytest.raises(Refused, match=r"tunggakan Rp300\.000"):
        book(room=rooms[1], prospect=rini, services=[], move_in_on=desk.at.date(), occupant="wanita", plan="full",
             by=rini, at=desk.at)  # fmt: skip


@pytest.mark.req("KOS-12")
def test_a_room_without_damage_gives_the_whole_deposit_back_and_ends_the_stay(stay, desk, unit):
    desk.wait(days=29)
    desk.step(stay, "move_out", on=desk.at.date())
    desk.step(stay, "settle")
    refund = Refund.objects.get()
    assert refund.amount == 500_000

    desk.step(
        refund,
        "pay",
        method="cash",
        occurred_on=desk.at.date(),
        reference="slip",
        slip=Upload(b"%PDF-", "application/pdf", "slip.pdf"),
    )

    stay.refresh_from_db()
    assert stay.status == "closed"
    assert desk.balance(chart.DEPOSITS, unit) == 0


@pytest.mark.req("KOS-08")
def test_the_calendar_shows_the_next_twelve_due_dates(stay):
    dates = dates_to_come(stay)

    assert dates[0] == stay.anchor_on + timedelta(days=30)
    assert len(dates) == 12


@pytest.mark.req("KOS-08")
def test_the_day_of_moving_in_is_the_anchor_whatever_was_planned(booked, desk):
    desk.wait(days=4)  # 14 March; planned for the 12th, booked on the 10th
    stay = desk.move_in(booked, on=desk.at.date())

    assert (stay.anchor_on, booked.move_in_on) == (date(2026, 3, 14), date(2026, 3, 12))
    assert dates_to_come(stay)[0] == date(2026, 4, 13)


def test_a_booked_payment_is_no_work_that_runs_and_a_stay_is(sops):
    assert PAYMENT.is_over("confirmed")
    assert not PAYMENT.is_over("submitted")
    assert not STAY.is_over("living")


@pytest.mark.req("SYS-09")
def test_the_sop_sheets_say_every_deadline_in_words(sops):
    for procedure in (BOOKING, STAY, REFUND):
        assert all(hasattr(state.until, "says") for state in procedure.states if state.until), procedure.code
    held = next(line for line in sopsheet.deadline_lines(BOOKING, {}) if line.then == "Kedaluwarsa")
    assert held.length == "7 hari; pengelola boleh memperpanjang sampai 7 hari"


@pytest.mark.req("KOS-12")
def test_deposit_and_balance_go_back_in_one_sum(stay, desk):
    desk.wait(days=24)
    bills.issue_due_bills(at=desk.at)
    desk.cash(stay, billing.outstanding(stay) + 399)
    assert billing.balance_of(stay.customer, stay.unit) == 399
    desk.step(stay, "move_out", on=desk.at.date(), key="101")
    desk.step(stay, "settle")

    stay.refresh_from_db()
    assert [refund.amount for refund in Refund.objects.all()] == [500_000 + 1_075_000 + 399]
    assert [str(action.label) for action in panels.stay(stay, desk.manager, desk.at)["actions"]] == [
        "Kembalikan Rp1.575.399"
    ]
    assert billing.held(stay, "deposit") == billing.balance_of(stay.customer, stay.unit) == 0


@pytest.mark.req("KOS-12")
def test_a_trifle_that_is_left_becomes_balance_and_the_stay_ends(stay, desk, unit):
    desk.wait(days=29).step(stay, "move_out", on=desk.at.date())
    desk.damage(stay, "Pintu", 499_179, "Patah")

    done = desk.step(stay, "settle")

    assert done.status == "closed"
    assert not Refund.objects.exists()
    assert (billing.held(stay, "deposit"), billing.balance_of(stay.customer, unit)) == (0, 821)
    assert desk.balance(chart.CUSTOMER_BALANCE, unit) == -821


@pytest.mark.req("KOS-09", "KOS-12")
def test_what_was_used_since_the_last_bill_is_settled_when_the_tenant_leaves(stay, desk, unit, make_measured):
    water = make_measured(stay.room.house, "Galon", 18_000, "galon")
    desk.wait(days=20).step(stay, "note_use", service=water, on=desk.at.date(), quantity=2)
    desk.wait(days=9).step(stay, "move_out", on=desk.at.date())
    assert settlement(stay)["to_return"] == 464_000

    desk.step(stay, "settle")

    assert Refund.objects.get().amount == 464_000
    assert billing.invoices_of(stay).get(purpose="uses").total == 36_000
    assert bills.unbilled_uses(stay, on=desk.at.date()) == []


@pytest.mark.req("KOS-12")
def test_a_tenant_of_two_records_that_became_one_gets_deposit_and_balance_back(stay, desk, unit, rini, hadi):
    desk.wait(days=24)
    bills.issue_due_bills(at=desk.at)
    desk.cash(stay, billing.outstanding(stay) + 399)
    kept = Person.objects.create(name="Rini Wulandari", phone="+6281200000009", created_at=desk.at)
    merging.merge(kept, rini, by=hadi, at=desk.at, reason="Orang yang sama")
    stay.refresh_from_db()
    desk.step(stay, "move_out", on=desk.at.date(), key="101")
    assert settlement(stay)["to_return"] == 500_000 + 1_075_000 + 399

    desk.step(stay, "settle")
    refund = Refund.objects.get()
    slip = Upload(b"%PDF-", "application/pdf", "slip.pdf")
    desk.step(refund, "pay", method="cash", occurred_on=desk.at.date(), slip=slip)

    stay.refresh_from_db()
    assert (refund.amount, refund.customer, stay.status) == (1_575_399, kept, "closed")
    assert [desk.balance(account, unit) for account in (chart.DEPOSITS, chart.CUSTOMER_BALANCE)] == [0, 0]
    assert billing.holding_findings() == []
