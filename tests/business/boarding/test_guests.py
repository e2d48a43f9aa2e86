"""Guests who stay overnight are reported to the RT or kelurahan (KOS-07; rules/boarding 16.6)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tatausaha.business.boarding import announcements, privacy
from tatausaha.business.boarding.models import Guest, ResidentMove
from tatausaha.business.boarding.queries import residents
from tatausaha.business.boarding.services import letters, registration
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Moot, Refused
from tatausaha.core.notices.models import Notice
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import policies
from tatausaha.core.procedures import services as procedures
from tatausaha.core.procedures.models import Passage
from tests.core.documents.test_typesetting import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-07")]


@pytest.fixture
def stay(booked, desk):
    """Rini lives in 101 since 10 March 2026; two days have passed."""
    lived = desk.move_in(booked)
    desk.wait(days=2)
    return lived


def note(stay, desk, *, by=None, **changed):
    given = {
        "guest": "Wati", "origin": "Kediri, ibu", "purpose": "berkunjung", "identity_kind": "ktp",
        "on": desk.at.date(), "nights": 2,
    }  # fmt: skip
    return desk.step(stay, "note_guest", by=by, **(given | changed))


def test_a_guest_is_a_line_of_the_next_letter_and_of_only_one(stay, desk, house, unit, sari, rini, tmp_path):
    note(stay, desk, by=rini)
    (came, guest) = residents.unreported(house)
    assert (came.kind, guest.kind, guest.on) == ("in", "guest", date(2026, 3, 12))
    assert [one.count for one in residents.waiting_for(sari, {unit.pk: unit})] == [2]

    report = registration.make_report(unit, residents.unreported(house), by=sari, at=desk.at)

    (tenant, row) = letters.letter_of(report, by=sari, at=desk.at).rows
    assert (row.kind, row.name, row.room, row.host) == ("Tamu menginap", "Wati", "101", "Rini")
    assert (row.nights, row.origin, row.purpose) == ("12 Mar – 14 Mar 2026", "Kediri, ibu", "berkunjung")
    assert (row.identity, row.identity_kind) == (
        "",
        "KTP",
    )  # a number is not kept, and the host's is not hers
    assert (tenant.name, tenant.host, tenant.nights) == ("Rini", "", "")
    text = words_of(letters.print_letter(report, by=sari, at=desk.at), tmp_path)
    assert "Kamar 101, tamu dari Rini" in text
    assert "12 Mar – 14 Mar 2026" in text
    assert not residents.unreported(house).exists()


def test_a_guest_is_reported_within_the_hours_of_the_sop_and_one_to_come_from_the_day_on(stay, desk):
    note(stay, desk)
    note(stay, desk, guest="Budi", on=desk.at.date() + timedelta(days=3))

    here, to_come = ResidentMove.objects.filter(kind="guest").order_by("pk")
    assert here.due_at == desk.at + timedelta(hours=24)
    assert to_come.due_at == clock.start_of(date(2026, 3, 16), stay.unit.zone)

    registration.make_report(
        stay.unit, residents.unreported(stay.room.house)[:1], by=desk.manager, at=desk.at
    )
    announcements.remind_of_reports(at=here.due_at)
    (told,) = Notice.objects.filter(title="Belum dilaporkan ke RT atau kelurahan: Wati", person=desk.manager)
    assert told.text.startswith("Tamu menginap di Kos Melati ini seharusnya dilaporkan sebelum")


def set_hours(hours, unit, hadi, at):
    policies.set_unit_values(
        "boarding.stay", unit, {"guest_report_hours": hours}, by=hadi, at=at, reason="Aturan RT"
    )


def test_another_region_has_other_hours(booked, desk, unit, hadi):
    set_hours(48, unit, hadi, desk.at)
    note(desk.move_in(booked), desk)

    assert ResidentMove.objects.get(kind="guest").due_at == desk.at + timedelta(hours=48)


def test_where_guests_are_not_reported_nothing_is_kept_of_them(booked, desk, unit, hadi, rini):
    set_hours(0, unit, hadi, desk.at)
    stay = desk.move_in(booked)

    with pytest.raises(Moot, match=r"Tamu menginap tidak dilaporkan di daerah ini\."):
        note(stay, desk)

    assert "note_guest" not in [one.step.name for one in procedures.options(stay, by=rini, at=desk.at)]
    assert not Guest.objects.exists()
    assert [move.kind for move in residents.unreported(stay.room.house)] == ["in"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"on": date(2026, 3, 20)}, "on"),
        ({"on": date(2026, 3, 9)}, "on"),
        ({"guest": "Budi"}, "guest"),
    ],
)
def test_a_strange_day_or_the_same_guest_twice_is_refused_at_its_field(stay, desk, changed, field):
    note(stay, desk, guest="Budi")

    with pytest.raises(Refused) as no:
        note(stay, desk, **changed)

    assert no.value.field == field
    assert Guest.objects.count() == 1


def test_a_guest_of_more_than_a_month_ago_is_refused_and_the_last_days_are_taken(stay, desk):
    desk.wait(days=40)
    today = desk.at.date()
    for days in (-32, 8):
        with pytest.raises(Refused, match="paling"):
            note(stay, desk, on=today + timedelta(days=days))
    for days in (-31, 7):
        note(stay, desk, on=today + timedelta(days=days))


def test_who_left_has_no_guests(stay, desk):
    desk.step(stay, "move_out", on=desk.at.date())

    with pytest.raises(Refused):
        note(stay, desk)

    assert not Guest.objects.exists()


def test_the_database_knows_when_a_guest_leaves_and_which_line_is_the_guests(stay, desk):
    note(stay, desk)
    guest = Guest.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Guest.objects.filter(pk=guest.pk).update(until_on=guest.from_on)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidentMove.objects.filter(guest=guest).update(guest=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidentMove.objects.filter(kind="in").update(guest=guest)


def test_a_tenant_notes_a_guest_on_a_page_that_says_what_is_wrong_at_its_field(
    stay, desk, rini, sari, clock_at
):
    clock_at(desk.at)
    client = Client()
    client.force_login(rini.login)
    address = f"{stay.get_absolute_url()}langkah/note_guest/"
    given = {"guest": "Wati", "origin": "ibu", "purpose": "berkunjung", "on": "12/3/2026"}

    wrong = client.post(address, given | {"nights": "15"})
    far = client.post(address, given | {"nights": "2", "on": "1/5/2026"})
    assert not Guest.objects.exists()
    right = client.post(address, given | {"nights": "14"})

    assert "Paling banyak 14." in wrong.content.decode()
    assert "Wati" in wrong.content.decode()
    assert "Terlalu jauh di depan" in far.content.decode()
    assert right.status_code == 302
    assert Guest.objects.get().until_on == date(2026, 3, 26)
    client.force_login(sari.login)
    shown = " ".join(client.get("/kos/melati/lapor/").content.decode().split())
    assert 'Wati</a> <span class="muted">tamu dari Rini</span>' in shown
    assert "12 Mar – 26 Mar 2026" in shown


def test_the_history_keeps_no_name_of_a_guest_and_the_copy_of_the_hosts_data_does(stay, desk, rini):
    note(stay, desk)

    kept = Passage.objects.get(step="note_guest").evidence
    copy = privacy.section(Person.objects.filter(pk=rini.pk))["tamu menginap"]

    assert (kept["guest"], kept["origin"], kept["nights"]) == ("•••", "•••", 2)
    assert [one["name"] for one in copy] == ["Wati"]
