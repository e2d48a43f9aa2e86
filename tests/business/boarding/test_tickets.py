"""What is broken is reported, taken in time, repaired, paid for and confirmed (KOS-13, KOS-14)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tatausaha.business.boarding import announcements_tickets, unit_lines
from tatausaha.business.boarding.models import HouseChange, Room, Stay, Ticket, TicketCost
from tatausaha.business.boarding.procedure.ticket import TICKET
from tatausaha.business.boarding.queries import free_rooms, room_states
from tatausaha.business.boarding.queries import tickets as reads
from tatausaha.business.boarding.services import tickets
from tatausaha.business.boarding.services.booking import book
from tatausaha.core.api import told
from tatausaha.core.kernel.errors import Moot, Refused
from tatausaha.core.kernel.fields import Upload
from tatausaha.core.ledger.models import Account
from tatausaha.core.notices.models import Notice
from tatausaha.core.payments.models import Expense
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import queries
from tatausaha.core.procedures.models import Attachment
from tatausaha.core.procedures.services import settle, sweep
from tests.business.boarding.desk import picture

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-13")]


@pytest.fixture
def stay(booked, desk) -> Stay:
    """Rini lives in room 101."""
    return desk.move_in(booked)


def report(by, place, at, what="Keran bocor", **more) -> Ticket:
    return tickets.report(place=place, kind="air", what=what, by=by, at=at, **more)


def of_room(room: Room) -> str:
    return f"kamar-{room.pk}"


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(person.login)
    return client


def page(client, address):
    return " ".join(client.get(address).content.decode().split())


def repaired(ticket, desk):
    """Taken, planned for today and finished by Sari."""
    desk.step(ticket, "take")
    desk.step(ticket, "plan", repairer="Pak Made", on=desk.at.date())
    desk.step(ticket, "finish", note="Karet diganti", photo=None)
    ticket.refresh_from_db()
    return ticket


def test_a_tenant_reports_with_photos_and_the_house_repairs_it_until_he_is_content(
    stay, rooms, desk, rini, sari, clock_at
):
    clock_at(desk.at)
    tenant, manager = as_person(rini), as_person(sari)
    assert "Laporkan kerusakan" in page(tenant, stay.get_absolute_url())
    sent = {
        "place": of_room(rooms[0]),
        "kind": "air",
        "what": "Keran bocor",
        "photo": picture(),
        "photo_3": picture(),
    }

    answer = tenant.post("/saya/perbaikan/lapor/", sent)

    ticket = Ticket.objects.get()
    assert answer["Location"] == ticket.get_absolute_url()
    assert (ticket.number, ticket.customer, ticket.stay, ticket.unit) == (
        "PRB-26-00001",
        rini,
        stay,
        stay.unit,
    )
    kept = Attachment.objects.filter(procedure="boarding.ticket", subject_id=ticket.pk)
    assert [one.content_type for one in kept] == ["image/jpeg", "image/jpeg"]
    assert "Rini: Kamar 101: Keran bocor" in Notice.objects.get(person=sari, about=ticket.number).text
    assert "Ambil laporan ini" in page(manager, "/hari-ini/")

    desk.step(ticket, "take")
    desk.step(ticket, "plan", repairer="Pak Made", on=date(2026, 3, 12), note="Jam sembilan")
    seen = page(tenant, ticket.get_absolute_url())
    assert "12 Maret 2026, Pak Made" in seen
    assert "Biaya perbaikan" not in seen
    desk.step(ticket, "finish", note="Karet diganti", photo=None)
    assert "Sudah beres" in page(tenant, "/hari-ini/")
    tenant.post(f"{ticket.get_absolute_url()}langkah/confirm/")

    ticket.refresh_from_db()
    assert (ticket.status, ticket.handler, ticket.deadline_at) == ("closed", sari, None)
    told = Notice.objects.filter(person=rini, about=ticket.number).values_list("title", flat=True)
    assert list(told.order_by("pk")) == [
        "Laporan Anda ditangani", "Perbaikan dijadwalkan", "Perbaikan selesai: apakah sudah beres?"
    ]  # fmt: skip


def test_what_the_tenant_sends_back_begins_anew_with_its_reason(stay, rooms, desk, rini, sari):
    ticket = repaired(report(rini, of_room(rooms[0]), desk.at), desk)
    desk.wait(hours=5)

    desk.step(ticket, "reopen", by=rini, note="Masih menetes", photo=None)

    ticket.refresh_from_db()
    assert (ticket.status, ticket.reopened) == ("reported", 1)
    assert ticket.deadline_at == desk.at + timedelta(hours=24)
    assert Notice.objects.filter(person=sari, title="Perbaikan belum beres").count() == 1


def test_unanswered_it_closes_after_three_days_and_not_a_second_earlier(stay, rooms, desk, rini):
    ticket = repaired(report(rini, of_room(rooms[0]), desk.at), desk)

    early = settle(ticket, at=desk.at + timedelta(days=3, seconds=-1)).status
    late = settle(ticket, at=desk.at + timedelta(days=3)).status

    assert (early, late) == ("done", "closed")
    with pytest.raises(Refused):
        desk.wait(days=3).step(ticket, "reopen", by=rini, note="Masih menetes", photo=None)


@pytest.mark.parametrize(("urgent", "hours"), [(False, 24), (True, 4)])
def test_the_owner_is_told_when_nobody_takes_it_within_the_policy(
    stay, rooms, desk, rini, hadi, urgent, hours
):
    ticket = report(rini, of_room(rooms[0]), desk.at, urgent=urgent)

    sweep(at=desk.at + timedelta(hours=hours, seconds=-1))
    assert not Notice.objects.filter(person=hadi, about=ticket.number).exists()
    sweep(at=desk.at + timedelta(hours=hours))

    ticket.refresh_from_db()
    assert ticket.status == "overdue"
    assert "Pengelola belum mengambilnya" in Notice.objects.get(person=hadi, about=ticket.number).text
    desk.wait(hours=hours).step(ticket, "take", by=hadi)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.handler) == ("taken", hadi)


def test_the_managers_are_reminded_at_half_time_then_daily_and_each_time_once(stay, rooms, desk, rini, sari):
    ticket = report(rini, of_room(rooms[0]), desk.at)

    told = [announcements_tickets.remind(desk.at + timedelta(hours=h)) for h in (11, 12, 13)]
    sweep(at=desk.at + timedelta(hours=24))
    told += [announcements_tickets.remind(desk.at + timedelta(hours=h)) for h in (24, 25, 48, 49)]

    assert told == [0, 1, 0, 1, 0, 1, 0]
    titles = Notice.objects.filter(person=sari, about=ticket.number, kind="deadline")
    assert {one.title for one in titles} == {"Laporan kerusakan belum diambil"}


def test_a_repair_whose_day_is_over_is_asked_for_once(stay, rooms, desk, rini):
    ticket = report(rini, of_room(rooms[0]), desk.at)
    desk.step(ticket, "take")
    desk.step(ticket, "plan", repairer="Pak Made", on=desk.at.date())

    told = [announcements_tickets.remind(desk.at + timedelta(days=d)) for d in (0, 1, 2)]

    assert told == [0, 1, 0]


def test_a_repair_is_not_planned_for_a_day_that_is_past_or_far_away(stay, rooms, desk, rini):
    ticket = report(rini, of_room(rooms[0]), desk.at)
    desk.step(ticket, "take")

    with pytest.raises(Refused, match="lebih dari 1 tahun lagi"):
        desk.step(ticket, "plan", repairer="Pak Made", on=desk.at.date() + timedelta(days=367))
    with pytest.raises(Refused, match="sudah lewat"):
        desk.step(ticket, "plan", repairer="Pak Made", on=desk.at.date() - timedelta(days=1))

    ticket.refresh_from_db()
    assert (ticket.status, ticket.repairer) == ("taken", "")


# Who


def test_nobody_reports_where_he_neither_lives_nor_manages(stay, rooms, desk, rini, budi):
    with pytest.raises(Refused, match="huni atau kelola"):
        report(budi, of_room(rooms[0]), desk.at)
    with pytest.raises(Refused, match="huni atau kelola"):
        report(rini, of_room(rooms[1]), desk.at)
    assert as_person(budi).get("/saya/perbaikan/lapor/").status_code == 404
    assert not Ticket.objects.exists()


def test_a_tenant_who_has_left_reports_nothing_more(stay, rooms, desk, rini):
    desk.step(stay, "move_out", on=desk.at.date())

    with pytest.raises(Refused, match="huni atau kelola"):
        report(rini, of_room(rooms[0]), desk.at)


def test_steps_belong_to_the_manager_and_the_last_word_to_the_tenant(stay, rooms, desk, rini, budi, clock_at):
    clock_at(desk.at)
    ticket = report(rini, f"rumah-{rooms[0].house_id}", desk.at, what="Lampu lorong mati")

    for step, by in (("take", rini), ("withdraw", desk.manager), ("take", budi)):
        with pytest.raises(Refused, match="dilakukan oleh"):
            desk.step(ticket, step, by=by)
    assert as_person(budi).get(ticket.get_absolute_url()).status_code == 404
    repaired(ticket, desk)
    with pytest.raises(Refused, match="Penghuni"):
        desk.step(ticket, "confirm")


def test_a_tenant_has_at_most_ten_reports_open(stay, rooms, desk, rini):
    for turn in range(tickets.MOST_OPEN):
        report(rini, of_room(rooms[0]), desk.at, what=f"Rusak {turn}")

    with pytest.raises(Refused, match="10 laporan"):
        report(rini, of_room(rooms[0]), desk.at)


def test_a_declined_report_says_why_and_is_over(stay, rooms, desk, rini, clock_at):
    clock_at(desk.at)
    ticket = report(rini, of_room(rooms[0]), desk.at)

    desk.step(ticket, "decline", note="Sudah diperbaiki kemarin")

    assert "Sudah diperbaiki kemarin" in page(as_person(rini), ticket.get_absolute_url())
    assert Notice.objects.filter(person=rini, title="Laporan Anda tidak diperbaiki").count() == 1


# The room


def test_an_empty_room_is_closed_for_the_repair_and_bookable_again_when_it_is_finished(
    rooms, desk, sari, house
):
    room = rooms[1]
    ticket = report(sari, of_room(room), desk.at, what="Plafon runtuh")
    desk.step(ticket, "take")

    desk.step(ticket, "close_room")

    on = desk.at.date()
    assert room_states([house.pk], desk.at, on)[room.pk] == "perbaikan"
    assert room not in free_rooms(house, desk.at, on)
    room.refresh_from_db()
    assert room.out_reason == "Plafon runtuh (PRB-26-00001)"
    desk.step(ticket, "plan", repairer="Pak Made", on=on)
    desk.step(ticket, "finish", note="Plafon baru", photo=None)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.closed_room) == ("closed", False)
    assert room in free_rooms(house, desk.at, on)
    changed = HouseChange.objects.filter(house=house).values_list("thing", flat=True)
    assert set(changed) == {"Kamar 102"}


def test_a_room_that_is_lived_in_held_or_booked_is_never_closed(stay, rooms, desk, rini, sari, budi):
    lived = report(rini, of_room(rooms[0]), desk.at)
    desk.step(lived, "take")
    with pytest.raises(Moot, match="kamar kosong"):
        desk.step(lived, "close_room")
    held = report(sari, of_room(rooms[1]), desk.at)
    desk.step(held, "take")
    book(
        room=rooms[1], prospect=budi, services=[], move_in_on=desk.at.date(), occupant="pria", plan="down_payment",
        by=budi, at=desk.at,
    )  # fmt: skip

    with pytest.raises(Refused, match="dihuni atau dipesan"):
        desk.step(held, "close_room")

    assert not Room.objects.exclude(out_of_service="").exists()


def test_a_room_that_was_closed_for_another_reason_stays_closed(rooms, desk, sari):
    ticket = report(sari, of_room(rooms[1]), desk.at)
    desk.step(ticket, "take")
    desk.step(ticket, "close_room")
    Room.objects.filter(pk=rooms[1].pk).update(out_of_service="nonaktif", out_reason="Jadi gudang")

    desk.step(ticket, "open_room")

    rooms[1].refresh_from_db()
    assert (rooms[1].out_of_service, rooms[1].out_reason) == ("nonaktif", "Jadi gudang")


# The money


def spent(desk, amount=90_000, **more):
    return {
        "what": "Keran baru", "category": Account.objects.get(code="61601"), "amount": amount,
        "occurred_on": desk.at.date(), "paid_from": "cash", "no_note": "Toko tanpa nota", "photo": None,
    } | more  # fmt: skip


@pytest.mark.req("KOS-14")
@pytest.mark.parametrize(("amount", "status"), [(500_000, "posted"), (500_001, "requested")])
def test_the_cost_is_an_expense_within_the_managers_limit_or_the_owners_to_approve(
    stay, rooms, desk, rini, sari, unit, clock_at, amount, status
):
    clock_at(desk.at)
    ticket = repaired(report(rini, of_room(rooms[0]), desk.at), desk)
    address = f"/kasus/{ticket.number}/langkah/note_cost/"
    manager = as_person(sari)
    sent = {
        "what": "Keran baru", "category": "61601", "amount": str(amount), "occurred_on": "2026-03-10",
        "paid_from": "cash", "no_note": "Toko tanpa nota",
    }  # fmt: skip

    refused = manager.post(address, sent | {"amount": ""})
    answer = manager.post(address, sent)

    assert refused.status_code == 422
    assert "Toko tanpa nota" in refused.content.decode()
    assert answer["Location"] == ticket.get_absolute_url()
    expense = Expense.objects.get()
    assert (expense.status, expense.amount, TicketCost.objects.get().ticket) == (status, amount, ticket)
    assert desk.balance("61601", unit) == (amount if status == "posted" else 0)
    assert reads.tickets_for(sari).get().spent == (amount if status == "posted" else None)
    shown = page(manager, ticket.get_absolute_url())
    assert "Keran baru" in shown
    assert "<dd>61601 Perbaikan dan perawatan</dd>" in shown
    assert "<dd>Tunai</dd>" in shown
    assert as_person(rini).post(address, sent).status_code != 200
    assert Expense.objects.count() == 1


@pytest.mark.req("KOS-14")
def test_a_cost_that_comes_late_leaves_a_closed_report_closed(stay, rooms, desk, rini, sari):
    ticket = repaired(report(rini, of_room(rooms[0]), desk.at), desk)
    closed = desk.wait(days=1).step(ticket, "confirm", by=rini)

    after = desk.wait(days=30).step(closed, "note_cost", **spent(desk))

    assert (after.status, after.since, after.deadline_at) == ("closed", closed.since, None)
    assert TICKET.is_over("closed")
    assert not queries.listed(sari, TICKET, at=desk.at, status=queries.RUNNING).exists()
    assert queries.worklist(sari) == []
    assert [cost.expense.amount for cost in reads.costs_of(after)] == [90_000]


@pytest.mark.req("KOS-14")
def test_there_is_no_cost_before_somebody_took_the_report_or_where_nothing_is_repaired(
    stay, rooms, desk, sari
):
    ticket = report(sari, of_room(rooms[1]), desk.at)
    with pytest.raises(Refused, match="tidak bisa dilakukan lagi"):
        desk.step(ticket, "note_cost", **spent(desk))
    declined = desk.step(ticket, "decline", note="Akan diganti")

    with pytest.raises(Refused, match="tidak bisa dilakukan lagi"):
        desk.step(declined, "note_cost", **spent(desk))

    assert not Expense.objects.exists()


@pytest.mark.req("KOS-14", "SYS-10")
def test_a_tenant_learns_neither_the_amount_nor_the_note_of_a_cost(stay, rooms, desk, rini, sari, clock_at):
    ticket = repaired(report(rini, of_room(rooms[0]), desk.at), desk)
    files = Attachment.objects.filter(procedure=TICKET.code).count()
    desk.step(ticket, "note_cost", **spent(desk, photo=Upload(b"\xff\xd8\xffnota", "image/jpeg", "nota.jpg")))
    clock_at(desk.at)
    ticket.refresh_from_db()

    seen = [told.case(ticket, person, desk.at)["passages"][-1] for person in (rini, sari)]

    assert [one["step"] for one in seen] == ["note_cost", "note_cost"]
    assert [one["files"] for one in seen] == [[], []]
    assert seen[0]["evidence"] is None
    assert seen[1]["evidence"]["amount"] == 90_000
    assert Attachment.objects.filter(procedure=TICKET.code).count() == files
    assert Attachment.objects.filter(procedure="payments.expense", name="nota.jpg").count() == 1
    for shown in ("Keran baru", "90.000", "nota.jpg"):
        assert shown not in page(as_person(rini), ticket.get_absolute_url())


@pytest.mark.req("SYS-10")
def test_a_program_notes_the_cost_by_what_the_case_says(stay, rooms, desk, rini, sari, clock_at):
    ticket = repaired(report(rini, of_room(rooms[0]), desk.at), desk)
    clock_at(desk.at)
    offered = told.case(ticket, sari, desk.at)["options"]

    option = next(one for one in offered if one["step"] == "note_cost")

    assert (option["allowed"], option["quiet"]) == (True, True)
    assert {"what", "category", "amount", "occurred_on", "paid_from"} <= set(option["inputs"]["properties"])


def test_what_was_reported_and_what_it_cost_is_never_changed(stay, rooms, desk, sari):
    ticket = report(sari, of_room(rooms[1]), desk.at)
    desk.step(ticket, "take")
    desk.step(ticket, "note_cost", **spent(desk))

    for statement in (
        "UPDATE boarding_ticket SET what = 'lain'",
        "DELETE FROM boarding_ticket",
        "UPDATE boarding_ticketcost SET ticket_id = 99",
        "DELETE FROM boarding_ticketcost",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.req("KOS-12")
def test_damage_that_the_tenant_answers_for_leads_to_the_charge_that_there_is(
    stay, rooms, desk, rini, sari, clock_at
):
    clock_at(desk.at)
    ticket = report(rini, of_room(rooms[0]), desk.at)
    assert f'href="{stay.get_absolute_url()}"' in page(as_person(sari), ticket.get_absolute_url())

    desk.step(stay, "move_out", on=desk.at.date())

    assert f"{stay.get_absolute_url()}langkah/note_damage/" in page(
        as_person(sari), ticket.get_absolute_url()
    )


# The lists


def test_the_list_tells_everything_in_a_fixed_number_of_queries(
    stay, rooms, desk, rini, sari, clock_at, django_assert_max_num_queries
):
    clock_at(desk.at)
    repaired(report(rini, of_room(rooms[0]), desk.at), desk)
    for turn in range(5):
        ticket = report(sari, of_room(rooms[1]), desk.at, what=f"Lampu {turn}")
    desk.step(ticket, "take")
    manager = as_person(sari)
    manager.get("/perbaikan/")

    with django_assert_max_num_queries(12):
        shown = page(manager, "/perbaikan/?rumah=melati&keadaan=semua")

    for expected in ("Keran bocor", "Pak Made", "Lampu 4", "Belum diambil", "Menunggu penghuni"):
        assert expected in shown
    lines = b"".join(manager.get("/perbaikan/?berkas=csv&keadaan=semua").streaming_content).decode()
    assert "Keran bocor;Kos Melati;101;2026-03-10;Rini;Sari;Pak Made;2026-03-10;;" in lines
    assert "Lampu 4" not in page(manager, "/perbaikan/?keadaan=belum-diambil")


def test_the_house_and_hari_ini_count_what_is_broken(stay, rooms, desk, rini, sari, unit, clock_at):
    clock_at(desk.at)
    ticket = report(rini, of_room(rooms[0]), desk.at)
    cell = unit_lines.broken((unit,), desk.at, unit_lines.look((unit,), desk.at))[unit.pk]
    assert (cell.text, cell.tone) == ("1 berjalan", "")
    assert "1 belum diambil" in page(as_person(sari), "/kos-kelola/rumah/melati/")

    sweep(at=desk.at + timedelta(hours=24))

    cell = unit_lines.broken((unit,), desk.at, unit_lines.look((unit,), desk.at))[unit.pk]
    assert (cell.text, cell.tone) == ("1 terlambat", "late")
    repaired(ticket, desk.wait(hours=24))
    assert unit_lines.broken((unit,), desk.at, unit_lines.look((unit,), desk.at)) == {}


def test_a_tenant_sees_his_own_reports_and_nobody_elses(stay, rooms, desk, rini, budi, sari, clock_at):
    clock_at(desk.at)
    report(rini, of_room(rooms[0]), desk.at)
    report(sari, of_room(rooms[1]), desk.at, what="Plafon runtuh")

    shown = page(as_person(rini), "/saya/perbaikan/")

    assert "Keran bocor" in shown
    assert "Plafon" not in shown
    assert "Keran" not in page(as_person(budi), "/saya/perbaikan/")


def test_bad_input_is_said_at_the_field_and_nothing_is_lost(stay, rooms, desk, rini, clock_at):
    clock_at(desk.at)
    sent = {"place": of_room(rooms[0]), "kind": "", "what": "Keran bocor", "detail": "Sejak kemarin"}

    answer = as_person(rini).post("/saya/perbaikan/lapor/", sent)

    shown = " ".join(answer.content.decode().split())
    assert "Sejak kemarin" in shown
    assert "Bidang ini tidak boleh kosong" in shown
    assert not Ticket.objects.exists()
