"""The pages of assets: lists with a fixed number of queries, files, the report of a day, forms that lose nothing."""

import csv
import re
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tatausaha.core.assets import queries, services
from tatausaha.core.assets.models import Asset, Depreciation
from tatausaha.core.kernel import clock
from tatausaha.core.ledger.models import Journal
from tatausaha.core.procedures.models import Attachment
from tests.core.assets.conftest import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house", "_now"), pytest.mark.req("KOS-14")]


@pytest.fixture
def _now(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def browse():
    def sign_in(person):
        client = Client()
        client.force_login(person.login)
        return client

    return sign_in


def photo(color="red"):
    made = BytesIO()
    Image.new("RGB", (60, 40), color).save(made, "JPEG", exif=b"Exif\x00\x00RAHASIA")
    return SimpleUploadedFile("lemari.jpg", made.getvalue(), "image/jpeg")


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def lines_of(answer):
    return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))


@pytest.mark.req("KOS-14")
def test_the_register_is_filtered_searched_and_summed(own, buy, take, rooms, browse, sari):
    own(4_800_000, bought_on=date(2023, 2, 10), name="Lemari jati")
    buy(480_000)
    take(Asset.objects.get(headline="Kasur busa"), "place", by=sari, place=rooms["Kamar 101"])
    browser = browse(sari)

    page = text(browser.get("/aset/"))
    for shown in ("Lemari jati", "Kasur busa", "Kamar 101", "Rp5.280.000", "Rp3.600.000", "Rp1.680.000"):
        assert shown in page
    assert "Lemari jati" not in text(browser.get("/aset/?tempat=test-room"))
    assert "Kasur busa" not in text(browser.get("/aset/?q=jati"))
    assert "Kasur busa" not in text(browser.get("/aset/?golongan=durable"))
    assert "Tidak ada aset di sini" in text(browser.get("/aset/?keadaan=disposed"))
    assert browser.get("/aset/?unit=ngawur&golongan=ngawur&keadaan=ngawur&page=x").status_code == 200


@pytest.mark.req("SYS-03")
def test_the_list_takes_the_same_number_of_queries_however_long_it_is(
    buy, browse, hadi, django_assert_max_num_queries, django_assert_num_queries, rooms
):
    browser = browse(hadi)
    buy(300_000, pieces=1, by=hadi)
    browser.get("/aset/")
    with django_assert_max_num_queries(15) as first:
        browser.get("/aset/")
    buy(9_000_000, pieces=60, by=hadi)
    services.depreciate_due(day(4, 30))
    with django_assert_num_queries(len(first)):
        browser.get("/aset/")


def test_the_list_goes_out_as_a_file_in_which_no_cell_acts(buy, browse, sari):
    buy(480_000, name="=1+1 kasur")

    lines = lines_of(browse(sari).get("/aset/?berkas=csv"))
    assert (len(lines), lines[1][1], lines[1][8:11]) == (2, "'=1+1 kasur", ["480000", "0", "480000"])
    assert browse(sari).get("/aset/?berkas=xlsx").content.startswith(b"PK")


@pytest.mark.req("KOS-14")
def test_the_report_of_a_day_says_what_was_owned_then_on_page_csv_xlsx_and_pdf(
    own, buy, browse, hadi, monkeypatch
):
    own(4_800_000, bought_on=date(2023, 2, 10), name="Lemari jati")
    services.depreciate_due(day(4, 30))
    monkeypatch.setattr(clock, "now", lambda: day(6, 2))
    browser = browse(hadi)

    def written_off(on):
        return [line[10] for line in lines_of(browser.get(f"/aset/laporan/?per={on}&berkas=csv"))[1:]]

    assert [written_off(on) for on in ("2026-03-09", "2026-03-10", "29/4/2026", "2026-04-30")] == [
        [], ["3600000"], ["3600000"], ["3800000"],
    ]  # fmt: skip
    page = text(browser.get("/aset/laporan/?per=2026-04-30"))
    assert "Rp3.800.000" in page
    assert "30 April 2026" in page
    assert browser.get("/aset/laporan/?berkas=xlsx").content.startswith(b"PK")
    assert browser.get("/aset/laporan/?per=2026-04-30&berkas=pdf").content.startswith(b"%PDF")
    assert "Tulis tanggal seperti" in text(browser.get("/aset/laporan/?per=kemarin"))


@pytest.mark.req("KOS-14")
def test_the_report_of_all_units_adds_them_up_and_a_manager_sees_the_own_alone(
    own, unit_wita, browse, hadi, sari, at
):
    own(4_800_000, name="Lemari jati")
    services.record_opening(
        unit=unit_wita,
        name="Meja Bali",
        asset_class="light",
        cost=1_200_000,
        bought_on=date(2026, 2, 1),
        by=hadi,
        at=at,
    )

    both, one = (text(browse(who).get("/aset/laporan/")) for who in (hadi, sari))
    assert "Rp6.000.000" in both
    assert "Meja Bali" in both
    assert "Meja Bali" not in one
    assert "Rp4.800.000" in one
    assert "Meja Bali" not in text(browse(sari).get("/aset/laporan/?unit=kenanga"))
    assert browse(hadi).get("/aset/laporan/?berkas=pdf").content.startswith(b"%PDF")


def test_labels_are_printed_for_what_is_owned(own, browse, sari, hadi, unit_wita):
    asset = own(
        4_800_000, name="Lemari dengan nama yang panjang sekali sampai tidak muat di satu baris label"
    )

    assert browse(sari).get(f"/aset/label.pdf?nomor={asset.number}").content.startswith(b"%PDF")
    assert browse(sari).get("/aset/label.pdf?unit=melati").status_code == 200
    assert browse(hadi).get("/aset/label.pdf?unit=kenanga").status_code == 404
    assert browse(sari).get("/aset/label.pdf?nomor=AST-26-99999").status_code == 404


# Writing down what was owned before

NEW = {
    "unit": "melati", "name": "Lemari jati", "asset_class": "light", "cost": "4,8 jt", "bought_on": "10/2/2023",
    "form_key": "01HZZZZZZZZZZZZZZZZZZZZZZZ",
}  # fmt: skip


@pytest.mark.req("KOS-14")
def test_the_owner_writes_down_what_was_owned_before_with_its_photo_once(browse, hadi):
    browser = browse(hadi)
    answer = browser.post("/aset/baru/", {**NEW, "photo": photo(), "location": "Lorong lantai 2"})
    browser.post("/aset/baru/", {**NEW, "location": "Lorong lantai 2"})

    asset = Asset.objects.get()
    assert (answer.url, asset.cost, asset.accumulated_before, asset.status) == (
        f"/kasus/{asset.number}/", 4_800_000, 3_600_000, "in_use",
    )  # fmt: skip
    kept = Attachment.objects.get(subject_id=asset.pk, procedure="assets.asset")
    with kept.file.open("rb") as stored:
        assert b"RAHASIA" not in stored.read()
    page = text(browser.get(answer.url))
    for shown in (
        f"/berkas/{kept.pk}/",
        "Lorong lantai 2",
        "Rp1.200.000",
        "Jadwal penyusutan per tahun",
        "Label aset",
    ):
        assert shown in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"cost": "banyak"}, "Tulis jumlah rupiah"),
        ({"cost": "0"}, "Paling sedikit"),
        ({"bought_on": "besok lusa"}, "Tulis tanggal seperti"),
        ({"bought_on": "1/1/2030"}, "dibeli sesudah tanggal pencatatan"),
        ({"asset_class": "roket"}, "Masukkan pilihan yang valid"),
        ({"unit": "kenanga-lain"}, "Masukkan pilihan yang valid"),
        ({"accumulated": "9 jt"}, "Akumulasi penyusutan paling banyak"),
        ({"as_of": "31/1/2026"}, "lasan"),
        ({"name": ""}, "bidang ini"),
    ],
)
def test_bad_input_gives_a_sentence_at_the_field_and_loses_nothing(browse, hadi, wrong, said):
    answer = browse(hadi).post("/aset/baru/", {**NEW, "details": "Olympic 2 pintu", **wrong})

    assert answer.status_code == 422
    assert said.lower() in text(answer).lower()
    assert "Olympic 2 pintu" in text(answer)
    assert (Asset.objects.count(), Journal.objects.count()) == (0, 0)


# Buying in the form of an expense

SPENT = {
    "unit": "melati", "note": "Kipas angin dinding", "category": "aset-light", "pieces": "2", "amount": "400.000",
    "occurred_on": "10/3/2026", "paid_from": "transfer", "no_note": "Nota hilang",
}  # fmt: skip


@pytest.mark.req("KOS-14")
def test_the_form_of_an_expense_makes_assets_in_one_go(browse, sari):
    browser = browse(sari)
    page = text(browser.get("/pengeluaran/baru/?jenis=aset-light"))
    assert 'value="aset-light" selected' in page

    browser.post("/pengeluaran/baru/", SPENT)

    assert [one.cost for one in Asset.objects.order_by("piece")] == [200_000, 200_000]
    shown = text(browser.get("/pengeluaran/"))
    assert "Rp400.000 dibukukan" in shown
    assert "Perabot kayu, elektronik, komputer" in shown


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pieces": "5"}, "Di bawah Rp100.000 bukan aset"),
        ({"pieces": "0"}, "Paling sedikit 1."),
        ({"category": "61901"}, "Jumlah buah hanya untuk aset"),
        ({"category": "aset-kapal"}, "Masukkan pilihan yang valid"),
    ],
)
def test_what_is_no_asset_is_said_beside_its_field(browse, sari, wrong, said):
    answer = browse(sari).post("/pengeluaran/baru/", SPENT | wrong)

    assert answer.status_code == 422
    assert said in text(answer)
    assert "Kipas angin dinding" in text(answer)
    assert (Asset.objects.count(), Journal.objects.count()) == (0, 0)


# Steps, places, depreciation


@pytest.mark.req("KOS-13")
def test_a_room_shows_what_stands_in_it_and_takes_more(buy, rooms, browse, sari, hadi, budi):
    buy(480_000)
    asset = Asset.objects.get()
    browser = browse(sari)
    page = "/aset/tempat/test-room/1/"
    assert "Belum ada aset yang tercatat di sini" in text(browser.get(page))

    answer = browser.post(page, {"asset": asset.number, "note": "Dari gudang"})

    assert (answer.status_code, [one.pk for one in queries.standing_in("test-room", 1)]) == (302, [asset.pk])
    assert "Kasur busa" in text(browser.get(page))
    assert browser.post(page, {"asset": asset.number}).status_code == 422
    assert browser.get("/aset/tempat/test-room/9/").status_code == 404
    assert browse(budi).get(page).status_code == 404


def test_the_step_forms_work_without_javascript_and_show_their_figures(buy, rooms, browse, sari):
    buy(480_000)
    asset = Asset.objects.get()
    browser, way = browse(sari), f"/kasus/{asset.number}/langkah/"
    assert "Kamar 102" in text(browser.get(f"{way}place/"))
    assert browser.post(f"{way}place/", {"place": "", "location": ""}).status_code == 422
    browser.post(f"{way}place/", {"place": "test-room:2", "location": "sudut", "custodian": sari.pk})
    answer = browser.get(f"/kasus/{asset.number}/")
    page = text(answer)
    assert "Kamar 102, sudut" in page
    assert [link.url for link in answer.context["crumbs"]] == ["/hari-ini/", "/aset/"]

    assert "Rp480.000" in text(browser.get(f"{way}dispose/"))
    refused = browser.post(f"{way}dispose/", {"kind": "sold", "note": "Diganti"})
    assert "Tulis berapa laku dijual" in text(refused)
    browser.post(f"{way}dispose/", {"kind": "lost", "note": "Hilang"})
    asset.refresh_from_db()
    assert asset.status == "disposed"
    assert "Rugi" in text(browser.get(f"/kasus/{asset.number}/"))


@pytest.mark.req("KOS-14")
def test_what_is_due_is_booked_by_hand(buy, browse, sari, hadi, monkeypatch):
    buy(480_000)
    assert "Semua penyusutan sudah dibukukan" in text(browse(sari).get("/aset/penyusutan/"))
    monkeypatch.setattr(clock, "now", lambda: day(5, 3))
    page = text(browse(sari).get("/aset/penyusutan/?unit=melati"))
    assert "April 2026" in page
    past = {"unit": "melati", "book_month": "202604", "reason": "Lupa"}
    assert browse(sari).post("/aset/penyusutan/", past).status_code == 422
    assert browse(hadi).post("/aset/penyusutan/", past | {"reason": ""}).status_code == 422
    assert Depreciation.objects.count() == 0

    assert browse(hadi).post("/aset/penyusutan/", past).status_code == 302
    assert (Depreciation.objects.get().journal.ym, Depreciation.objects.get().caught_up) == (202604, False)
