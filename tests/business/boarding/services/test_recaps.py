"""The recap of a laundry: previewed, agreed, each row once, at the published price (KOS-09, KOS-19)."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.test import Client

from tatausaha.business.boarding import figures
from tatausaha.business.boarding.models import ExtraService, RecapLine, ServiceUse
from tatausaha.business.boarding.services import bills, meter_places
from tatausaha.business.boarding.services.recaps import RECAP, RecapDesk
from tatausaha.core.billing import queries as billing
from tatausaha.core.imports import services as imports
from tatausaha.core.imports.kinds import Job
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-09")]
HEAD = "kamar;tanggal;penghuni;banyaknya;jumlah;nota\n"
OPTIONS = {"rumah": "melati", "layanan": "Cuci kiloan"}


@pytest.fixture
def wash(house, make_measured):
    """Laundry at 7.000 a kg."""
    return make_measured(house, "Cuci kiloan", 7_000, "kg")


@pytest.fixture
def stay(booked, desk, wash):
    """Rini in 101 since 10 March; it is 30 March."""
    made = desk.move_in(booked)
    desk.wait(days=20)
    return made


def bring(text, by, at, name="rekap.csv"):
    content = text if isinstance(text, bytes) else (HEAD + text).encode()
    run = imports.receive(RECAP, name, io.BytesIO(content), by=by, at=at, options=OPTIONS)
    seen = imports.preview(run, at=at)
    *_before, last = imports.go_on(imports.start(run, by=by), at=at)
    return seen, last


def test_the_preview_says_what_is_billed_to_whom_and_nothing_is_written_yet(stay, sari, desk):
    content = (HEAD + "101;28/03/2026;Rini;2,5;;A-1\n101;29/03/2026;;;14000;\n").encode()
    run = imports.receive(RECAP, "rekap.csv", io.BytesIO(content), by=sari, at=desk.at, options=OPTIONS)

    seen = imports.preview(run, at=desk.at)

    assert [item.shown for item, _ in seen.samples] == [
        ("101", "Rini", date(2026, 3, 28), "2,5", 17_500, "9 Apr 2026"),
        ("101", "Rini", date(2026, 3, 29), "2", 14_000, "9 Apr 2026"),
    ]
    assert not ServiceUse.objects.exists()


def test_agreed_rows_are_on_the_next_bill_and_the_same_file_or_row_changes_nothing(stay, sari, desk):
    rows = "101;28/03/2026;Rini;2,5;;A-1\n101;29/03/2026;;;14000;\n"
    _, first = bring(rows, sari, desk.at)
    seen, again = bring(rows, sari, desk.at)
    _, other = bring("101;30/03/2026;;1;;\n" + rows, sari, desk.at, name="lain.csv")
    desk.wait(days=5)
    bills.issue_due_bills(at=desk.at)

    assert (first.created, again.unchanged, other.created, other.unchanged) == (2, 2, 1, 2)
    assert (seen.same, RecapLine.objects.count()) == (2, 3)
    bill = billing.invoices_of(stay).get(purpose="rent", period_start=date(2026, 4, 9))
    assert [(one.description, one.amount) for one in billing.lines_of(bill)][2:] == [
        ("Cuci kiloan 28-03-2026: 2,5 kg, nota A-1", 17_500),
        ("Cuci kiloan 29-03-2026: 2 kg", 14_000),
        ("Cuci kiloan 30-03-2026: 1 kg", 7_000),
    ]


def test_what_a_meter_reads_in_the_room_is_no_line_of_a_recap(stay, rooms, sari, desk, house):
    wash = ExtraService.objects.get(house=house, name="Cuci kiloan")
    figures = [(rooms[0], Decimal(0))]
    meter_places.install(house, figures, kind="air", service=wash, on=desk.at.date(), by=sari, at=desk.at)

    _, run = bring("101;28/03/2026;Rini;2,5;;A-1\n", sari, desk.at)

    assert run.refused == 1
    assert not ServiceUse.objects.exists()


def test_who_lived_in_the_room_on_the_day_is_billed_wherever_he_lives_now(stay, rooms, sari, desk, house):
    rows = "101;20/03/2026;Rini;1;;A-1\n"
    bring(rows, sari, desk.at)
    desk.step(stay, "move_room", room=rooms[1], on=desk.at.date())

    _, again = bring(rows, sari, desk.at, name="lagi.csv")
    late = "101;21/03/2026;Rini;2;;A-2\n102;30/03/2026;Rini;3;;A-3\n"
    _, moved = bring(late, sari, desk.at, name="telat.csv")
    wrong = "101;30/03/2026;;1;;\n102;21/03/2026;;1;;\n"
    _, refused = bring(wrong, sari, desk.at, name="salah.csv")

    assert (again.unchanged, moved.created, refused.refused) == (1, 2, 2)
    assert [use.quantity for use in stay.uses.order_by("used_on")] == [1, 2, 3]
    assert all("tidak dihuni pada" in row.reason for row in refused.rows.all())


def test_the_preview_names_the_room_of_the_row_and_where_its_tenant_lives_now(stay, rooms, sari, desk):
    desk.step(stay, "move_room", room=rooms[1], on=desk.at.date())
    content = (HEAD + "101;21/03/2026;Rini;2;;A-2\n102;30/03/2026;Rini;3;;A-3\n").encode()
    run = imports.receive(RECAP, "rekap.csv", io.BytesIO(content), by=sari, at=desk.at, options=OPTIONS)

    seen = imports.preview(run, at=desk.at)

    assert [(item.shown[0], item.remarks) for item, _ in seen.samples] == [
        ("101", ("Penghuninya sekarang di kamar 102.",)),
        ("102", ()),
    ]


def test_a_stay_that_is_settled_between_reading_and_writing_is_not_billed(stay, sari, desk):
    content = (HEAD + "101;28/03/2026;Rini;2,5;;A-1\n").encode()
    run = imports.receive(RECAP, "rekap.csv", io.BytesIO(content), by=sari, at=desk.at, options=OPTIONS)
    recap = RecapDesk(Job(run, sari, desk.at))
    item = recap.read({"kamar": "101", "tanggal": "28/03/2026", "banyaknya": "2,5"})
    desk.step(stay, "move_out", on=desk.at.date())
    desk.damage(stay, "Kunci", 1)
    desk.step(stay, "settle")

    with pytest.raises(Refused, match="hitungannya selesai"):
        recap.write(item, 1)

    assert not ServiceUse.objects.exists()


def test_a_house_without_a_price_or_a_tenant_is_told_what_is_missing(house, sari, desk):
    ExtraService.objects.create(house=house, name="Cuci kiloan", per_use=True, measure="kg")
    _, run = bring("101;10/03/2026;;1;;\n", sari, desk.at)
    assert "Kamar 101 tidak dihuni" in run.rows.get().reason


def test_late_rows_fall_to_the_next_bill_with_a_remark(stay, sari, desk):
    desk.wait(days=5)
    bills.issue_due_bills(at=desk.at)
    _, run = bring("101;28/03/2026;;3;;\n", sari, desk.at)
    desk.wait(days=30)
    bills.issue_due_bills(at=desk.at)

    assert (run.created, "tagihan berikutnya" in run.rows.get().reason) == (1, True)
    first, second = (
        billing.invoices_of(stay).get(purpose="rent", period_start=start).total
        for start in (date(2026, 4, 9), date(2026, 5, 9))
    )
    assert (first, second) == (1_075_000, 1_096_000)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("999;28/03/2026;;1;;", "Kamar 999 tidak dihuni"),
        ("102;28/03/2026;;1;;", "Kamar 102 tidak dihuni"),
        ("101;01/03/2026;;1;;", "tidak dihuni pada"),
        ("101;31/03/2026;;1;;", "masa depan"),
        ("101;besok;;1;;", "Tulis tanggal"),
        ("101;28/03/2026;Budi;1;;", "bukan Budi"),
        ("101;28/03/2026;;;;", "Isi banyaknya"),
        ("101;28/03/2026;;2.125;;", "Tulis seperti 2,5"),
        ("101;28/03/2026;;-1;;", "tidak terbaca"),
    ],
)
def test_a_row_that_cannot_be_billed_is_kept_with_its_reason(stay, sari, desk, row, reason):
    seen, run = bring(f"{row}\n101;29/03/2026;;1;;\n", sari, desk.at)

    kept = run.rows.get(refused=True)
    assert (seen.refused, run.refused, run.created) == (1, 1, 1)
    assert reason in kept.reason
    assert kept.original["kamar"] == row.split(";")[0]


@pytest.mark.req("KOS-19")
def test_an_amount_below_the_published_price_is_refused(stay, sari, desk):
    _, run = bring("101;28/03/2026;;3;15000;\n", sari, desk.at)
    assert "menurut harga terbit Rp7.000 seharusnya Rp21.000" in run.rows.get().reason
    assert not ServiceUse.objects.exists()


def test_the_same_use_twice_in_a_file_is_doubted_unless_its_note_tells_it_apart(stay, sari, desk):
    seen, run = bring("101;28/03/2026;;1;;\n101;28/03/2026;;1;;\n101;28/03/2026;;1;;A-2\n", sari, desk.at)
    assert (seen.refused, ServiceUse.objects.count()) == (1, 2)
    assert run.done_rows == 3


def test_a_workbook_is_read_like_a_csv(stay, sari, desk):
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kamar", "Tanggal", "Banyaknya"])
        sheet.write_row(1, 0, [101, "28/03/2026", 2.5])
    _, run = bring(made.getvalue(), sari, desk.at, name="rekap.xlsx")
    assert (run.created, ServiceUse.objects.get().amount) == (1, 17_500)


def test_only_who_keeps_the_house_brings_a_recap_in(stay, budi, unit_wita, desk, rini):
    Role.objects.create(person=budi, unit=unit_wita, name="manager", since=desk.at)
    _, run = bring("101;28/03/2026;;1;;\n", budi, desk.at)
    assert "bukan di rumah yang Anda kelola" in run.rows.get().reason
    client = Client()
    client.force_login(rini.login)
    assert client.get("/impor/rekap/").status_code == 404
    assert not ServiceUse.objects.exists()


def test_the_page_takes_the_file_for_one_service_and_says_at_the_field_what_is_wrong(
    stay, sari, desk, clock_at
):
    clock_at(desk.at)
    client = Client()
    client.force_login(sari.login)
    page = client.get("/impor/rekap/?rumah=melati&layanan=Cuci kiloan").content.decode()
    assert '<option value="Cuci kiloan" selected>' in page
    assert '<option value="melati" selected>' in page

    def file():
        made = io.BytesIO((HEAD + "101;28/03/2026;;2;;\n").encode())
        made.name = "rekap.csv"
        return made

    wrong = client.post("/impor/rekap/", {"rumah": "melati", "layanan": "Sulap", "file": file()})
    assert "Tidak ada layanan per pemakaian" in wrong.content.decode()
    answer = client.post(
        "/impor/rekap/", {"rumah": "melati", "layanan": "cuci kiloan", "file": file()}, follow=True
    )
    assert "Rp14.000" in answer.content.decode()
    assert "Layanan: cuci kiloan" in answer.content.decode()
    last = client.post(f"{answer.redirect_chain[-1][0]}lanjut/", {"aksi": "mulai"}, follow=True)
    assert "Selesai: 1 baris masuk, 0 ditolak." in last.content.decode()
    assert ServiceUse.objects.get().amount == 14_000


def test_figures_are_read_as_people_write_them():
    read = [figures.read(typed) for typed in ("1.240", "1.240,5", "2,5", "2.5", "1240", "x", "-1", "1,234")]
    assert read == [1240, Decimal("1240.5"), Decimal("2.5"), Decimal("2.5"), 1240, None, None, None]
