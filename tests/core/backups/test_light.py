"""The owner sees at a glance how the backups stand, and what to do when they do not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tatausaha.core.backups import queries, services, state, tasks, telling
from tatausaha.core.backups.models import BackupAsk, BackupRun, KeyKept
from tatausaha.core.backups.places import spool
from tatausaha.core.kernel import clock
from tatausaha.core.notices.models import Notice, Outgoing
from tatausaha.core.people.models import Person, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-05")]

ZONE = "Asia/Jakarta"
Ran = Callable[..., BackupRun]


@pytest.fixture
def ran(place: Any) -> Ran:
    """A run that ended at a moment, well unless a reason is given."""

    def make(kind: str, at: datetime, reason: str = "") -> BackupRun:
        return BackupRun.objects.create(
            kind=kind, place=str(place), began_at=at, finished_at=at, ok=not reason, reason=reason,
            size=1_500_000, files=3, figures={"journals": 7, "seals": 2},
        )  # fmt: skip

    return make


def light(at: datetime) -> queries.Light:
    return queries.light(queries.at_places(), at=at, zone=ZONE)


def test_it_is_green_with_the_hour_of_the_backup_and_the_day_of_the_drill(ran: Ran, at: datetime) -> None:
    ran("drill", at - timedelta(days=3))
    ran("backup", at - timedelta(hours=8))

    assert light(at).tone == "done"
    assert light(at).text == "Cadangan terakhir Selasa, 10 Maret 2026 02.00 WIB, uji pulih 3 hari lalu OK."
    assert light(at).next == ""


def test_the_day_of_a_drill_is_that_of_the_calendar(ran: Ran, at: datetime) -> None:
    ran("backup", at - timedelta(hours=8))
    ran("drill", at - timedelta(hours=11))  # the evening before

    assert "uji pulih 1 hari lalu OK" in light(at).text
    assert "uji pulih hari ini OK" in light(at + timedelta(hours=13) - timedelta(days=1)).text


@pytest.mark.parametrize(
    ("runs", "tone", "text", "then"),
    [
        ([], "soon", "Cadangan pertama dibuat sendiri", "tekan Cadangkan sekarang"),
        ([("backup", 8, "")], "soon", "belum pernah diuji pulih", "Tekan Uji pulih sekarang"),
        ([("drill", 60, ""), ("backup", 31, "")], "late", "sudah lama", "menyala setiap malam"),
        ([("drill", 60, ""), ("backup", 8, "Disk penuh.")], "late", "gagal. Disk penuh.", "Perbaiki sebabnya"),
        ([("backup", 8, ""), ("drill", 7, "Jurnal beda.")], "late", "Uji pulih terakhir gagal. Jurnal", "lalu Uji"),
        ([("drill", 24 * 11, ""), ("backup", 8, "")], "late", "uji pulih 11 hari lalu.", "Tekan Uji pulih sekarang"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_what_to_do(
    ran: Ran, at: datetime, runs: list[tuple[str, int, str]], tone: str, text: str, then: str
) -> None:
    for kind, hours, reason in runs:
        ran(kind, at - timedelta(hours=hours), reason)

    assert light(at).tone == tone
    assert text in light(at).text
    assert then in light(at).next


def test_it_is_red_when_backups_are_off(settings: Any, at: datetime) -> None:
    settings.BACKUP_PLACES = "off"

    assert (light(at).tone, light(at).text) == ("late", "Cadangan dimatikan.")


def test_the_worst_of_two_places_shows(ran: Ran, at: datetime, settings: Any, tmp_path: Any) -> None:
    ran("drill", at)
    ran("backup", at)
    settings.BACKUP_PLACES += f",{tmp_path / 'lain'}"

    assert light(at).tone == "soon"
    assert [one.last is not None for one in queries.at_places()] == [True, False]


def test_it_is_red_when_the_last_minutes_are_not_followed(ran: Ran, at: datetime) -> None:
    ran("drill", at)
    ran("backup", at)
    spool().mkdir(parents=True, exist_ok=True)
    state.save(state.State(followed_at=(at - timedelta(minutes=20)).isoformat(), trouble="Disk penuh."))

    assert light(at).tone == "late"
    assert light(at).text == "Perubahan sejak 20 menit lalu belum ikut dicadangkan. Disk penuh."
    assert queries.protected_until(at) == at - timedelta(minutes=20)


def test_the_owner_sees_it_on_the_first_page_and_nobody_else(
    ran: Ran,
    at: datetime,
    client: Client,
    hadi: Person,
    sari: Person,
    unit: Unit,
    clock_at: Callable[[datetime], None],
) -> None:
    clock_at(at)
    ran("drill", at - timedelta(days=3))
    ran("backup", at - timedelta(hours=8))

    client.force_login(hadi.login)
    assert "uji pulih 3 hari lalu OK" in client.get("/hari-ini/").content.decode()
    client.force_login(sari.login)
    assert "uji pulih" not in client.get("/hari-ini/").content.decode()


def test_the_page_shows_the_runs_with_few_queries(
    ran: Ran, at: datetime, client: Client, hadi: Person, clock_at: Any, django_assert_max_num_queries: Any
) -> None:
    clock_at(at)
    for days in range(30):
        ran("backup", at - timedelta(days=days))
    ran("drill", at - timedelta(days=1))
    client.force_login(hadi.login)
    client.get("/setelan/cadangan/")

    with django_assert_max_num_queries(22):
        page = client.get("/setelan/cadangan/").content.decode()

    assert "7 jurnal, 2 segel bulan, 3 berkas: semua sama" in page
    assert "1,5 MB, 3 berkas" in page
    assert "Kunci pemulihan belum Anda simpan" in page


def test_asking_by_the_page_is_taken_up_once(
    place: Any, at: datetime, client: Client, hadi: Person, clock_at: Any, ran: Ran
) -> None:
    clock_at(at)
    client.force_login(hadi.login)

    client.post("/setelan/cadangan/minta/", {"what": "drill"})
    client.post("/setelan/cadangan/minta/", {"what": "backup"})

    assert [ask.kind for ask in BackupAsk.objects.order_by("pk")] == ["drill", "backup"]
    assert queries.waiting("drill") is not None
    assert "Sedang dikerjakan" in client.get("/setelan/cadangan/").content.decode()
    ran("drill", at)
    assert queries.waiting("drill") is None
    assert queries.waiting("backup") is not None


def test_the_key_is_shown_after_the_password_and_its_keeping_is_noted(
    place: Any, at: datetime, client: Client, hadi: Person, clock_at: Any
) -> None:
    client.force_login(hadi.login)
    assert client.get("/setelan/cadangan/kunci/").status_code == 302
    client.post("/akun/reauthenticate/", {"password": "rahasia-sekali"})

    page = client.get("/setelan/cadangan/kunci/")

    assert page.status_code == 200
    assert "AGE-SECRET-KEY-1" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    client.post("/setelan/cadangan/kunci/")
    assert KeyKept.objects.get().by == hadi
    assert queries.key_kept() is not None
    assert "belum Anda simpan" not in client.get("/setelan/cadangan/").content.decode()


def test_the_owner_is_told_once_a_day_when_it_fails(
    ran: Ran, at: datetime, hadi: Person, sari: Person
) -> None:
    for hours in (0, 1, 2):
        moment = at + timedelta(hours=hours)
        telling.tell_of([ran("backup", moment, "Disk penuh."), ran("drill", moment)], moment)
    telling.tell_of([ran("drill", at, "Jurnal tidak sama.")], at)

    told = Notice.objects.order_by("pk")
    assert [(one.person, str(one.title)) for one in told] == [
        (hadi, "Cadangan gagal"),
        (hadi, "Uji pulih gagal"),
    ]
    assert "Disk penuh." in told[0].text
    assert told[0].link == "/setelan/cadangan/"
    assert Outgoing.objects.count() == 2


def test_a_place_that_cannot_be_written_is_red_and_the_owner_hears(
    book: Callable[[int], None], settings: Any, tmp_path: Any, hadi: Person
) -> None:
    (tmp_path / "berkas").write_text("bukan folder")
    settings.BACKUP_PLACES = str(tmp_path / "berkas")
    at = clock.now()
    tasks._started[:] = [at - timedelta(minutes=5)]

    (run,) = tasks.nightly(at)

    assert not run.ok
    assert light(clock.now()).tone == "late"
    assert "tidak dapat dipakai" in light(clock.now()).text
    assert Notice.objects.filter(person=hadi, kind="backup").count() == 1
    assert tasks.nightly(at + timedelta(minutes=30)) == []  # again after an hour


def test_the_worker_backs_up_at_two_and_drills_every_week(
    book: Callable[[int], None], ran: Ran, at: datetime, company: Any, settings: Any
) -> None:
    two = clock.start_of(clock.day(at, ZONE), ZONE) + timedelta(hours=2)
    assert tasks.is_due(company, two)
    ran("backup", two - timedelta(hours=23))

    assert not tasks.is_due(company, two - timedelta(seconds=1))
    assert tasks.is_due(company, two)
    ran("backup", two + timedelta(seconds=5))
    assert not tasks.is_due(company, two + timedelta(hours=23))


@pytest.mark.usefixtures("unverified")
def test_by_itself_it_backs_up_follows_and_drills(book: Callable[[int], None], company: Any) -> None:
    at = clock.now()
    tasks._started[:] = [at - timedelta(minutes=5)]

    assert tasks.look(at) is False
    assert [run.ok for run in tasks.nightly(at)] == [True]
    assert tasks.nightly(at) == []
    assert tasks.look(at) is True
    assert [run.ok for run in tasks.weekly(at)] == [True]
    assert tasks.weekly(at) == []
    assert light(clock.now()).tone == "done"


@pytest.mark.usefixtures("unverified")
def test_what_the_owner_asked_for_is_done(book: Callable[[int], None], hadi: Person) -> None:
    for kind in BackupRun.Kind:
        services.ask_for(kind, by=hadi, at=clock.now())

    runs = tasks.asked(clock.now())

    assert [(run.kind, run.ok) for run in runs] == [("backup", True), ("drill", True), ("export", True)]
    assert tasks.asked(clock.now()) == []


def test_right_after_the_start_it_is_quiet(book: Callable[[int], None]) -> None:
    tasks._started.clear()

    assert tasks.nightly(clock.now()) == []
    assert BackupRun.objects.count() == 0
