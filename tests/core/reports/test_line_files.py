"""Journal lines as files: streamed, or written by the worker while a page tells how far it is (KOS-15)."""

import tracemalloc
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from python_calamine import CalamineWorkbook

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Role
from tatausaha.core.reports import linefiles
from tatausaha.core.reports.models import LineFile
from tests.core.reports.test_pages import text_of

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
ASKED = {"unit": "", "first_on": "1/1/2026", "last_on": "31/3/2026", "berkas": "xlsx"}


def book_of(answer):
    return CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.req("KOS-15")
def test_a_workbook_is_asked_for_written_by_the_worker_and_fetched(quarter, as_person, sari, at):
    client = as_person(sari)

    asked = client.post("/buku/berkas/", ASKED)
    waiting = client.get(asked.url)

    assert "Berkas sedang dibuat" in text_of(waiting)
    assert b'<meta http-equiv="refresh" content="2">' in waiting.content
    assert client.get(f"{asked.url}unduh/").url == asked.url

    assert linefiles.make_waiting(at) == 1
    ready = client.get(asked.url)
    lines = book_of(client.get(f"{asked.url}unduh/")).get_sheet_by_index(0).to_python()

    assert "16 baris." in text_of(ready)
    assert b"http-equiv" not in ready.content
    assert lines[0][:4] == ["Jurnal", "Tanggal buku", "Terjadi", "Unit"]
    assert lines[1][1:9] == ["2026-01-05", "2026-01-05", "Kos Melati", "11201", "Bank", "", 1_000_000.0, ""]
    assert len(lines) == 17


@pytest.mark.req("KOS-15")
def test_the_same_lines_come_as_a_csv_at_once(quarter, as_person, sari):
    answer = as_person(sari).post("/buku/berkas/", ASKED | {"berkas": "csv"})

    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert len(lines) == 17
    assert lines[1].split(";")[1:9] == [
        "2026-01-05", "2026-01-05", "Kos Melati", "11201", "Bank", "", "1000000", "",
    ]  # fmt: skip


@pytest.mark.req("KOS-15")
def test_days_in_the_wrong_order_are_told_at_the_field_and_nothing_is_asked_for(quarter, as_person, sari):
    answer = as_person(sari).post("/buku/berkas/", ASKED | {"last_on": "31/12/2025"})

    assert answer.status_code == 422
    assert "Tanggal akhir mendahului tanggal awal." in text_of(answer)
    assert b'value="31/12/2025"' in answer.content
    assert not LineFile.objects.exists()


@pytest.mark.req("KOS-16")
def test_a_file_is_its_askers_and_holds_what_they_may_see_when_it_is_written(
    quarter, as_person, sari, hadi, unit, at
):
    mine = linefiles.ask(unit=None, first_on=FIRST, last_on=LAST, by=sari, at=at)
    assert as_person(hadi).get(f"/buku/berkas/{mine.pk}/").status_code == 404
    Role.objects.filter(person=sari, unit=unit).update(until=at)

    linefiles.make_waiting(at)

    mine.refresh_from_db()
    assert (mine.status, mine.done, mine.total) == ("ready", 0, 0)


@pytest.mark.req("KOS-15")
def test_asked_twice_is_made_once_and_nobody_fills_the_disk(quarter, sari, at):
    first = linefiles.ask(unit=None, first_on=FIRST, last_on=LAST, by=sari, at=at)
    assert linefiles.ask(unit=None, first_on=FIRST, last_on=LAST, by=sari, at=at) == first
    for days in (1, 2):
        linefiles.ask(unit=None, first_on=FIRST, last_on=LAST - timedelta(days=days), by=sari, at=at)

    with pytest.raises(Refused, match="Tunggu dulu"):
        linefiles.ask(unit=None, first_on=FIRST, last_on=date(2026, 2, 1), by=sari, at=at)

    assert LineFile.objects.count() == 3


@pytest.mark.req("KOS-15")
def test_a_file_is_thrown_away_after_a_week(quarter, sari, at):
    wanted = linefiles.ask(unit=None, first_on=FIRST, last_on=LAST, by=sari, at=at)
    linefiles.make_waiting(at)
    wanted.refresh_from_db()

    linefiles.make_waiting(at + linefiles.KEPT)
    assert default_storage.exists(wanted.file)
    linefiles.make_waiting(at + linefiles.KEPT + timedelta(seconds=1))

    assert not default_storage.exists(wanted.file)
    assert not LineFile.objects.exists()


@pytest.mark.req("KOS-15")
def test_the_database_keeps_a_ready_file_with_its_file(quarter, sari, at):
    wanted = linefiles.ask(unit=None, first_on=FIRST, last_on=LAST, by=sari, at=at)

    for wrong in ({"status": "ready"}, {"done": 5}, {"last_on": date(2025, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LineFile.objects.filter(pk=wanted.pk).update(**wrong)


@pytest.mark.req("KOS-15")
@pytest.mark.req("SYS-03")
def test_ten_times_the_lines_need_no_more_memory():
    row = (
        1,
        "2026-01-05",
        "2026-01-05",
        "Kos Melati",
        "11201",
        "Bank",
        None,
        1_000_000,
        None,
        "payment",
        "BYR",
    )

    def peak(lines):
        tracemalloc.start()
        linefiles.write_book(BytesIO(), (row for _one in range(lines)))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    small = peak(2_000)
    assert peak(20_000) < small + 2_000_000
