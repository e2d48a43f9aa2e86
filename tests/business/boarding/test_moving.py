"""Another room in the middle of a period: the figures of rules/boarding 11."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tatausaha.business.boarding import accounts, panels
from tatausaha.business.boarding.models import DiscountGiven, Meter, RoomClaim, RoomMove, Stay
from tatausaha.business.boarding.procedure import previews_moving
from tatausaha.business.boarding.procedure.forms_moving import MoveRoomForm, SwapForm
from tatausaha.business.boarding.procedure.moving import STEPS
from tatausaha.business.boarding.procedure.room_move import ROOM_MOVE
from tatausaha.business.boarding.queries import moving as reads
from tatausaha.business.boarding.queries.rooms import RoomState, room_states
from tatausaha.business.boarding.services import bills, discounts, meter_places, move_paper
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import CreditNote
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.notices.models import Notice
from tatausaha.core.procedures import checks, queries
from tatausaha.core.procedures.spec import Act
from tests.business.boarding.desk import PAPER
from tests.business.boarding.makers import make_rooms, make_service, make_type
from tests.core.documents.test_typesetting import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-08", "KOS-13")]


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


@pytest.fixture
def dear(house):
    """A room at Rp1.300.000."""
    return make_rooms(make_type(house, "Besar", 1_300_000), "201")[0]


@pytest.fixture
def cheap(house):
    """A room at Rp800.000."""
    return make_rooms(make_type(house, "Kecil", 800_000), "301")[0]


def twelve_left(stay, desk):
    """On this day 12 of the 30 days are left, itself counted."""
    desk.wait(days=18)
    return stay.anchor_on + timedelta(days=18)


def go(stay, desk, room, **more):
    return desk.step(stay, "move_room", room=room, on=desk.at.date(), **more)


def bill_of(stay, purpose):
    return billing.invoices_of(stay).get(purpose=purpose)


def foreseen(stay, desk, room, **more):
    act = Act("move_room", desk.manager, desk.at, {"room": room, "on": desk.at.date(), **more})
    return previews_moving.moving(stay, act)


def state(room, desk):
    return room_states([room.house_id], desk.at, desk.at.date())[room.pk]


def test_the_table_has_no_problems():
    assert checks.problems(ROOM_MOVE) == []


def test_twelve_days_left_to_a_dearer_room_cost_120_000_and_the_due_dates_stay(stay, desk, dear, unit):
    on = twelve_left(stay, desk)

    go(stay, desk, dear)
    bills.issue_due_bills(at=desk.at + timedelta(days=5))

    stay.refresh_from_db()
    bill = bill_of(stay, "move")
    assert [(line.kind, line.amount) for line in billing.lines_of(bill)] == [("rent", 120_000)]
    assert (bill.due_on, bill.period_start, bill.period_end) == (on, on, stay.anchor_on + timedelta(days=29))
    assert (stay.anchor_on, stay.room, stay.rent) == (on - timedelta(days=18), dear, 1_300_000)
    following = billing.invoices_of(stay).filter(purpose="rent").last()
    assert following.due_on == stay.anchor_on + timedelta(days=30)
    assert billing.lines_of(following)[0].amount == 1_300_000
    assert desk.balance(accounts.ROOM_RENT, unit) == -1_120_000
    assert verify() == []


def test_the_missing_150_000_of_the_deposit_come_with_the_next_bill_and_once(stay, desk, dear):
    twelve_left(stay, desk)
    go(stay, desk, dear)
    assert bill_of(stay, "move").total == 120_000

    bills.issue_due_bills(at=desk.at + timedelta(days=60))

    asked = [
        [(line.kind, line.amount) for line in billing.lines_of(bill) if line.kind == "deposit"]
        for bill in billing.invoices_of(stay).filter(purpose="rent").order_by("due_on")
    ]
    assert asked == [[], [("deposit", 150_000)], []]
    desk.wait(days=5).cash(stay)
    assert billing.held(stay, "deposit") == 650_000


def test_a_deposit_that_was_asked_and_not_paid_is_not_collected_from_whoever_leaves(stay, desk, dear):
    twelve_left(stay, desk)
    go(stay, desk, dear)
    desk.cash(stay)
    move = RoomMove.objects.get()
    desk.step(move, "settle")
    desk.wait(days=13)
    bills.issue_due_bills(at=desk.at)

    desk.step(stay, "move_out", on=desk.at.date())

    bill = billing.invoices_of(stay).filter(purpose="rent").last()
    assert bill.remaining == 1_375_000  # rent and laundry
    desk.step(stay, "settle")
    assert billing.outstanding(stay) == 875_000
    assert verify() == []


def test_a_cheaper_room_turns_what_was_paid_too_much_into_balance(stay, desk, cheap, rini, unit):
    twelve_left(stay, desk)
    said = foreseen(stay, desk, cheap)

    go(stay, desk, cheap)

    assert billing.balance_of(rini, unit) == 80_000  # 200.000 x 12 / 30
    assert ("Menjadi saldo penghuni", 80_000) in [(str(line.label), line.amount) for line in said.sums]
    assert not billing.invoices_of(stay).filter(purpose="move").exists()
    assert billing.held(stay, "deposit") == 500_000  # the excess is kept until the end
    assert desk.balance(accounts.ROOM_RENT, unit) == -920_000
    bills.issue_due_bills(at=desk.at + timedelta(days=5))
    stay.refresh_from_db()
    assert stay.deposit_due == 0
    assert billing.invoices_of(stay).filter(purpose="rent").last().remaining == 875_000 - 80_000
    assert verify() == []


def test_an_unpaid_period_gets_a_credit_note_and_the_bill_itself_stays_as_it_was(stay, desk, cheap, unit):
    desk.wait(days=30)
    bills.issue_due_bills(at=desk.at)
    bill = billing.invoices_of(stay).filter(purpose="rent").last()
    desk.wait(days=18)
    said = foreseen(stay, desk, cheap)

    go(stay, desk, cheap)

    bill.refresh_from_db()
    assert (bill.total, bill.credited, bill.remaining) == (1_075_000, 80_000, 995_000)
    assert [(line.kind, line.amount, line.credited) for line in billing.lines_of(bill)] == [
        ("rent", 1_000_000, 80_000), ("service", 75_000, 0),
    ]  # fmt: skip
    assert CreditNote.objects.get().reason == "Pindah ke kamar 301."
    labels = [(str(line.label), line.amount) for line in said.sums]
    assert ("Mengurangi tagihan yang belum dibayar", -80_000) in labels
    assert billing.balance_of(stay.customer, unit) == 0
    assert verify() == []


def test_the_difference_is_rounded_once(stay, desk, house):
    odd = make_rooms(make_type(house, "Ganjil", 1_000_100), "401")[0]
    desk.wait(days=19)  # 11 days are left: 100 x 11 / 30 = 36,67

    go(stay, desk, odd)

    assert bill_of(stay, "move").total == 37


def test_a_bill_for_the_next_period_is_issued_anew_at_the_new_rent(stay, desk, dear, rini, unit):
    desk.wait(days=25)
    bills.issue_due_bills(at=desk.at)
    desk.cash(stay)  # 1.075.000 for a period that has not begun

    go(stay, desk, dear)

    rents = list(billing.invoices_of(stay).filter(purpose="rent").order_by("due_on"))
    assert [bill.total for bill in rents] == [1_075_000, 1_300_000 + 75_000 + 150_000]
    assert bill_of(stay, "move").total == 50_000  # 300.000 x 5 / 30
    assert rents[1].remaining == 1_525_000 - (1_075_000 - 50_000)
    assert billing.balance_of(rini, unit) == 0
    assert verify() == []


def test_what_belongs_to_the_room_stops_and_starts_by_day_and_what_belongs_to_the_person_goes_on(
    stay, desk, house, dear
):
    fan = make_service(house, "Kipas", 60_000, of_room=True)
    cool = make_service(house, "AC", 150_000, of_room=True)
    desk.step(stay, "subscribe", service=fan)
    desk.wait(days=30)
    bills.issue_due_bills(at=desk.at)
    desk.cash(stay)
    desk.wait(days=18)

    go(stay, desk, dear, services=[cool])

    assert [(line.kind, line.amount) for line in billing.lines_of(bill_of(stay, "move"))] == [
        ("rent", 120_000), ("service", 60_000),
    ]  # fmt: skip
    assert CreditNote.objects.get().amount == 24_000  # 60.000 x 12 / 30
    running = {one.name: one.until_on for one in stay.subscriptions.all()}
    assert running == {"Laundry": None, "Kipas": desk.at.date(), "AC": None}
    bills.issue_due_bills(at=desk.at + timedelta(days=6))
    following = billing.invoices_of(stay).filter(purpose="rent").last()
    assert [line.amount for line in billing.lines_of(following)] == [1_300_000, 75_000, 150_000, 150_000]


def test_the_old_room_is_inspected_and_its_damage_is_a_bill_of_its_own(stay, desk, dear, rooms, unit):
    twelve_left(stay, desk)
    go(stay, desk, dear)
    move = RoomMove.objects.get()
    assert state(rooms[0], desk) == RoomState.INSPECTION
    assert state(dear, desk) == RoomState.OCCUPIED
    desk.step(move, "note_damage", description="Kaca jendela", amount=90_000, reason="Pecah", photo=None)

    desk.wait(days=1).step(move, "settle")

    bill = bill_of(stay, "move_damage")
    assert (bill.total, bill.remaining) == (90_000, 90_000)
    assert billing.held(stay, "deposit") == 500_000
    assert desk.balance(chart.DAMAGE_INCOME, unit) == -90_000
    assert state(rooms[0], desk) == RoomState.FREE
    titles = dict(panels.stay(Stay.objects.get(), desk.manager, desk.at)["bills"])
    assert titles[bill] == "Kerusakan kamar 101"


def test_nobody_moves_into_the_old_room_before_it_was_looked_at(stay, desk, dear, rooms, budi):
    leave = desk.at.date() + timedelta(days=20)
    desk.step(stay, "give_notice", leave_on=leave)
    following = book(room=rooms[0], prospect=budi, services=[], move_in_on=leave, occupant="pria",
                     plan="down_payment", by=budi, at=desk.at)  # fmt: skip
    desk.cash(following)
    desk.step(following, "register", **PAPER | {"paper_number": "3506040602660001"})
    desk.cash(following)
    desk.wait(days=18)
    go(stay, desk, dear)
    move = RoomMove.objects.get()
    desk.wait(days=2)

    with pytest.raises(Refused, match="Kamar 101 masih diperiksa setelah pindah kamar"):
        desk.step(following, "check_in", on=desk.at.date())
    desk.step(move, "settle")

    assert desk.step(following, "check_in", on=desk.at.date()).status == "checked_in"


def test_the_settlement_waits_for_the_inspection_of_the_room_before(stay, desk, dear):
    twelve_left(stay, desk)
    go(stay, desk, dear)
    desk.cash(stay)
    desk.wait(days=3).step(stay, "move_out", on=desk.at.date())

    with pytest.raises(Refused, match="Kamar lama 101 belum selesai diperiksa"):
        desk.step(stay, "settle")
    desk.step(RoomMove.objects.get(), "settle")

    assert desk.step(stay, "settle").status == "refunding"


@pytest.mark.req("KOS-19")
def test_only_the_owner_asks_another_rent_than_the_published_one_and_says_why(stay, desk, dear, hadi):
    twelve_left(stay, desk)
    with pytest.raises(Refused, match="ditentukan pemilik"):
        go(stay, desk, dear, rent=1_100_000, note="Teman")
    with pytest.raises(Refused, match="Tulis alasan"):
        go(stay, desk, dear, rent=1_100_000, by=hadi)

    go(stay, desk, dear, rent=1_150_000, note="Penghuni lama", by=hadi)

    assert bill_of(stay, "move").total == 60_000
    assert RoomMove.objects.get().price_reason == "Penghuni lama"
    stay.refresh_from_db()
    assert stay.rent == 1_300_000  # the published one; what is given away is written down bill by bill
    bills.issue_due_bills(at=desk.at + timedelta(days=5))
    assert billing.lines_of(billing.invoices_of(stay).filter(purpose="rent").last())[0].amount == 1_150_000
    given = DiscountGiven.objects.filter(discount__stay=stay).order_by("pk")
    assert [one.amount for one in given] == [60_000, 150_000]


@pytest.mark.req("KOS-19")
def test_a_discount_ends_with_the_move_and_its_days_are_credited_at_what_was_paid(stay, desk, dear, hadi):
    asked = discounts.ask(room=stay.room, rent=880_000, reason="Adik penghuni", by=hadi, at=desk.at)
    desk.step(asked, "grant", by=hadi)
    desk.wait(days=30)
    bills.issue_due_bills(at=desk.at)
    desk.wait(days=18)

    go(stay, desk, dear)

    assert bill_of(stay, "move").total == 168_000  # (1.300.000 - 880.000) x 12 / 30
    bills.issue_due_bills(at=desk.at + timedelta(days=6))
    assert billing.lines_of(billing.invoices_of(stay).filter(purpose="rent").last())[0].amount == 1_300_000


def test_the_manager_moves_a_tenant_and_the_tenant_does_not_move_by_himself(stay, desk, dear, rini):
    with pytest.raises(Refused, match="dilakukan oleh Pengelola"):
        desk.step(stay, "move_room", by=rini, room=dear, on=desk.at.date())

    assert not RoomMove.objects.exists()


def test_a_room_that_somebody_has_is_refused(stay, desk, rooms, budi):
    twelve_left(stay, desk)
    book(room=rooms[1], prospect=budi, services=[], move_in_on=desk.at.date() + timedelta(days=10), occupant="pria",
         plan="full", by=budi, at=desk.at)  # fmt: skip

    with pytest.raises(Refused, match="Kamar 102 baru saja dipesan"):
        go(stay, desk, rooms[1])

    stay.refresh_from_db()
    assert (stay.room, RoomMove.objects.count()) == (rooms[0], 0)
    assert stay.claim.kind == RoomClaim.Kind.OCCUPIED


def test_who_leaves_before_the_next_one_comes_may_still_move_there(stay, desk, rooms, budi):
    leave = desk.at.date() + timedelta(days=25)
    desk.step(stay, "give_notice", leave_on=leave)
    book(room=rooms[1], prospect=budi, services=[], move_in_on=leave, occupant="pria", plan="full", by=budi,
         at=desk.at)  # fmt: skip

    go(stay, desk, rooms[1])

    stay.refresh_from_db()
    assert (stay.room, stay.claim.until_on) == (rooms[1], leave)


@pytest.mark.parametrize("days", [-1, 31])
def test_the_day_of_moving_lies_in_the_running_period_and_not_ahead(stay, desk, dear, days):
    desk.wait(days=32)  # the second period began two days ago
    on = desk.at.date() + timedelta(days=1) if days < 0 else desk.at.date() - timedelta(days=3)

    with pytest.raises(Refused, match="dalam masa sewa yang berjalan"):
        desk.step(stay, "move_room", room=dear, on=on)


def test_one_move_a_day(stay, desk, dear, cheap):
    twelve_left(stay, desk)
    go(stay, desk, dear)

    with pytest.raises(Refused, match="baru saja pindah kamar"):
        go(stay, desk, cheap)


def test_what_was_agreed_is_never_changed(stay, desk, dear):
    twelve_left(stay, desk)
    go(stay, desk, dear)
    move = RoomMove.objects.get()

    for change in ({"difference": 1}, {"rent_after": 5}, {"moved_on": stay.anchor_on}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoomMove.objects.filter(pk=move.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoomMove.objects.all().delete()


@pytest.mark.req("KOS-09")
def test_the_meters_of_both_rooms_are_read_on_the_day_or_nothing_is_done(
    stay, desk, dear, house, make_measured, rooms
):
    power = make_measured(house, "Listrik", 1_700, "kWh")
    figures = {rooms[0]: Decimal(100), dear: Decimal(500)}
    meter_places.install(
        house,
        list(figures.items()),
        kind="listrik",
        service=power,
        on=desk.at.date(),
        by=desk.manager,
        at=desk.at,
    )
    old, new = Meter.objects.get(room=rooms[0]), Meter.objects.get(room=dear)
    twelve_left(stay, desk)

    with pytest.raises(Refused, match="Baca dulu meter listrik kamar 201"):
        go(stay, desk, dear, **{f"close_{old.pk}": Decimal(130)})
    stay.refresh_from_db()
    assert (stay.room, stay.uses.count()) == (rooms[0], 0)
    go(stay, desk, dear, **{f"close_{old.pk}": Decimal(130), f"open_{new.pk}": Decimal(510)})

    assert [use.amount for use in stay.uses.all()] == [51_000]  # 30 kWh of the old room alone
    form = MoveRoomForm({"room": dear.pk}, subject=Stay.objects.get(), by=desk.manager, at=desk.at)
    assert f"close_{new.pk}" in form.fields


# Swapping


@pytest.fixture
def neighbour(stay, desk, dear, budi):
    """Budi lives in 201 at Rp1.300.000, since the same day."""
    booking = book(room=dear, prospect=budi, services=[], move_in_on=desk.at.date(), occupant="pria",
                   plan="down_payment", by=budi, at=desk.at)  # fmt: skip
    desk.cash(booking)
    desk.step(booking, "register", **PAPER | {"paper_number": "3506040602660001"})
    desk.cash(booking)
    desk.step(booking, "check_in", on=desk.at.date(), key="201")
    return Stay.objects.get(booking=booking)


def test_two_tenants_swap_rooms_in_one_step(stay, neighbour, desk, rooms, dear, budi, unit):
    twelve_left(stay, desk)

    desk.step(stay, "swap_rooms", other=neighbour, on=desk.at.date())

    stay.refresh_from_db()
    neighbour.refresh_from_db()
    assert (stay.room, neighbour.room) == (dear, rooms[0])
    assert (stay.rent, neighbour.rent) == (1_300_000, 1_000_000)
    assert [(one.kind, one.until_on) for one in (stay.claim, neighbour.claim)] == [("terisi", None)] * 2
    assert RoomClaim.objects.filter(room__in=(rooms[0], dear), live=True).count() == 2
    assert bill_of(stay, "move").total == 120_000
    assert billing.balance_of(budi, unit) == 120_000
    assert not Stay.objects.filter(between_rooms__isnull=False).exists()
    assert [passage.step for passage in queries.passages_of(neighbour)][-1] == "swapped"
    mine, theirs = RoomMove.objects.order_by("pk")
    assert (mine.swapped_with, theirs.swapped_with) == (theirs, mine)
    assert verify() == []


def test_who_swaps_on_the_day_of_coming_never_lived_in_the_first_room(
    stay, neighbour, desk, rooms, dear, unit
):
    desk.step(stay, "swap_rooms", other=neighbour, on=neighbour.anchor_on)

    found = {(one.room.number, one.stay.pk, one.until) for one in reads.who_lived_where(unit)}

    assert ("101", neighbour.pk, None) in found
    assert ("201", neighbour.pk, neighbour.anchor_on) not in found


def test_a_swap_that_cannot_be_changes_nothing(stay, neighbour, desk, rooms, dear, hadi):
    twelve_left(stay, desk)
    leave = desk.at.date() + timedelta(days=14)
    desk.step(neighbour, "give_notice", leave_on=leave)
    book(
        room=dear,
        prospect=hadi,
        services=[],
        move_in_on=leave,
        occupant="pria",
        plan="full",
        by=hadi,
        at=desk.at,
    )

    with pytest.raises(Refused, match="Kamar 201 baru saja dipesan"):
        desk.step(stay, "swap_rooms", other=neighbour, on=desk.at.date())

    stay.refresh_from_db()
    neighbour.refresh_from_db()
    assert (stay.room, neighbour.room, RoomMove.objects.count()) == (rooms[0], dear, 0)
    assert stay.claim.live
    assert neighbour.claim.live


def test_rooms_with_meters_are_not_offered_for_a_swap(stay, neighbour, desk, dear, house):
    def offered():
        return list(SwapForm(subject=stay, by=desk.manager, at=desk.at).fields["other"].queryset)

    before = offered()
    meter_places.install(
        house, [(dear, 1)], kind="air", service=None, on=desk.at.date(), by=desk.manager, at=desk.at
    )

    assert (before, offered()) == ([neighbour], [])
    with pytest.raises(Refused, match="Kamar bermeter"):
        desk.step(stay, "swap_rooms", other=neighbour, on=desk.at.date())


def test_nobody_takes_the_other_half_of_a_swap_by_itself(stay):
    swapped = next(step for step in STEPS if step.name == "swapped")

    with pytest.raises(Refused, match="tidak sedang ditukar"):
        swapped.guards[0](stay, Act("swapped", swapped.who.machine, stay.since))


# Pages, paper, notice


@pytest.fixture
def browser(desk, clock_at):
    clock_at(desk.at)
    client = Client()
    client.force_login(desk.manager.login)
    return client


@pytest.mark.req("SYS-10")
def test_the_figures_are_shown_for_the_room_that_was_chosen_before_anything_is_done(
    stay, desk, dear, clock_at
):
    on = twelve_left(stay, desk)
    clock_at(desk.at)
    page = Client()
    page.force_login(desk.manager.login)
    url = f"/kasus/{stay.number}/langkah/move_room/"
    typed = {"room": dear.pk, "on": on.isoformat()}
    first = page.get(url).text
    assert "Lihat hitungannya dulu" in first
    assert "201, Besar: Rp1.300.000 per 30 hari" in first

    shown = page.post(url, typed)
    assert shown.status_code == 200
    assert "Selisih sewa 12 hari tersisa" in shown.text
    assert "(Rp1.300.000 − Rp1.000.000) × 12 ÷ 30" in shown.text
    assert RoomMove.objects.count() == 0
    mark = shown.context["mark"]

    other = page.post(url, typed | {"on": (on - timedelta(days=1)).isoformat(), "shown": mark})
    assert (other.status_code, RoomMove.objects.count()) == (409, 0)
    assert "Angkanya baru saja berubah" in other.text

    done = page.post(url, typed | {"shown": mark})
    assert (done.status_code, RoomMove.objects.count()) == (302, 1)


def test_the_paper_of_a_move_is_among_the_papers_of_the_stay(stay, desk, dear, browser):
    twelve_left(stay, desk)
    go(stay, desk, dear)
    move = RoomMove.objects.get()

    page = browser.get(f"/hunian/{stay.number}/surat/").text

    assert move.paper_number in page
    assert f'href="/kos/pindah/{move.number}/berita-acara.pdf"' in page


def test_a_day_that_cannot_be_is_said_at_its_field_and_loses_nothing(stay, desk, dear, browser):
    tomorrow = (desk.at.date() + timedelta(days=1)).isoformat()

    answer = browser.post(f"/kasus/{stay.number}/langkah/move_room/", {"room": dear.pk, "on": tomorrow})

    assert answer.status_code == 422
    assert "dalam masa sewa yang berjalan" in str(answer.context["form"].errors["on"])
    assert f'value="{dear.pk}" selected' in answer.text


def test_the_paper_says_what_was_agreed_and_only_to_those_concerned(
    stay, desk, dear, rini, budi, clock_at, tmp_path
):
    twelve_left(stay, desk)
    go(stay, desk, dear)
    move = RoomMove.objects.get()
    clock_at(desk.at)

    text = words_of(move_paper.print_move(move, by=desk.manager, at=desk.at), tmp_path)
    assert "BP/" in text
    for part in ("Rp1.300.000", "Rp120.000", "Seratus dua puluh ribu rupiah", "Rp150.000", "201"):
        assert part in text, part
    address = f"/kos/pindah/{move.number}/berita-acara.pdf"
    answers = []
    for person in (rini, desk.manager, budi):
        client = Client()
        client.force_login(person.login)
        answers.append(client.get(address).status_code)
    assert answers == [200, 200, 404]
    assert f'href="{address}"' in _page(rini, move)


def _page(person, case):
    client = Client()
    client.force_login(person.login)
    return client.get(case.get_absolute_url()).text


@pytest.mark.req("KOS-11")
def test_the_tenant_is_told(stay, desk, dear, rini):
    twelve_left(stay, desk)
    go(stay, desk, dear)

    told = Notice.objects.get(person=rini, key__endswith="|moved")
    assert "dari kamar 101 ke kamar 201. Sewa menjadi Rp1.300.000 per 30 hari" in told.text


def test_old_bills_keep_the_name_of_the_room_that_they_were_for(stay, desk, dear):
    twelve_left(stay, desk)
    go(stay, desk, dear)
    desk.wait(days=5)
    bills.issue_due_bills(at=desk.at)

    titles = [
        title.split(",")[0]
        for _bill, title in panels.stay(Stay.objects.get(), desk.manager, desk.at)["bills"]
    ]

    assert titles == ["Sewa kamar 201", "Pindah ke kamar 201", "Sewa kamar 101"]
