"""Files of listings as they come: Windows-1252, UTF-16, semicolons, formulas, wrong columns, nothing at all."""

import csv
import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tatausaha.business.boarding.models import House
from tatausaha.core.imports.models import ImportRow, ImportRun
from tatausaha.core.kernel import commands
from tatausaha.core.ledger.chart import install_chart
from tatausaha.core.people.models import Unit
from tatausaha.core.procedures import policies
from tests.stories.bad_input.conftest import flat

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-01"), pytest.mark.req("SYS-07")]

HEAD = "nama_kos;kota;lintang;bujur;khusus;sewa_bulanan;kamar_kosong;fasilitas_kamar"
PLAIN = "Kos Melati;Kabupaten Badung;-8,7985;115,1712;Putri;1.500.000,00;3;AC, Wi-Fi"


@pytest.fixture(autouse=True)
def _sops(company, at, _today):
    install_chart()
    policies.install(at=at, on=company.books_from)


def sent(browser, content, name="kos.csv"):
    return browser.post("/impor/kos/", {"file": SimpleUploadedFile(name, content, "text/csv")})


def brought_in(browser, content):
    """Upload, look at the preview, agree; the run afterwards."""
    answer = sent(browser, content)
    assert answer.status_code == 302, flat(answer)
    preview = flat(browser.get(answer.url))
    browser.post(f"{answer.url}lanjut/", {"aksi": "mulai"})
    return ImportRun.objects.latest("pk"), preview


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("cp1252", "cp1252"), ("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"),
     ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")],
)  # fmt: skip
def test_any_encoding_with_semicolons_and_decimal_commas(hadi, browse, encoding, told):
    content = f"{HEAD}\r\n{PLAIN.replace('Melati', 'Café Ñandú – “Asri”')}\r\n".encode(encoding)

    run, _preview = brought_in(browse(hadi), content)

    house = House.objects.select_related("unit").get()
    assert (run.encoding, run.delimiter, run.refused) == (told, ";", 0)
    assert house.unit.name == "Kos Café Ñandú – “Asri”"
    assert (float(house.latitude), float(house.longitude)) == (-8.7985, 115.1712)
    assert house.room_types.get().prices.get().amount == 1_500_000


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x")', "+62811", "-1+1", "@SUM(A1)", "\t=1+1"])
def test_a_formula_in_a_cell_stays_text_on_the_page_and_in_every_file(hadi, browse, cell):
    browser = browse(hadi)
    rows = StringIO()
    writer = csv.writer(rows, delimiter=";")
    writer.writerow(HEAD.split(";"))
    writer.writerow([f"{cell} Kos", "Badung", "", "", "Putri", "700000", "1", cell])
    writer.writerow([f"{cell} Rusak", "Badung", "", "", "Putri", cell, "1", cell])

    run, preview = brought_in(browser, rows.getvalue().encode("cp1252"))
    refused = b"".join(browser.get(f"/impor/berkas/{run.pk}/catatan.csv").streaming_content).decode(
        "utf-8-sig"
    )

    assert run.refused >= 1
    assert "<script" not in preview.replace("<script src", "").replace("<script defer", "")
    for row in csv.reader(StringIO(refused), delimiter=";"):
        assert not [one for one in row if one.startswith(("=", "+", "-", "@", "\t", "\r"))], row


def test_exports_hold_no_formula_either(house_of_formulas, hadi, browse):
    browser = browse(hadi)
    for address in (
        "/kasus/?sop=boarding.booking&keadaan=semua",
        "/tagihan/?keadaan=semua",
        "/pengeluaran/?bulan=2026-03",
    ):
        text = b"".join(browser.get(f"{address}&berkas=csv").streaming_content).decode("utf-8-sig")
        cells = [cell for row in csv.reader(StringIO(text), delimiter=";") for cell in row]
        assert any("=cmd" in cell for cell in cells), address
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))], address
        book = browser.get(f"{address}&berkas=xlsx")
        with zipfile.ZipFile(BytesIO(book.content)) as parts:
            sheet = parts.read("xl/worksheets/sheet1.xml").decode()
            strings = parts.read("xl/sharedStrings.xml").decode()
        assert "<f>" not in sheet, address
        assert "=cmd" in strings, address


@pytest.fixture
def house_of_formulas(booking, unit, rini, desk, sari, browse):
    """A house, a tenant and an expense whose names would run in a spreadsheet."""
    type(unit).objects.filter(pk=unit.pk).update(name="=cmd|' /C calc'!A0")
    type(rini).objects.filter(pk=rini.pk).update(name="=cmd|' /C calc'!A1")
    browse(sari).post(
        "/pengeluaran/baru/",
        {"unit": "melati", "note": "=cmd|' /C calc'!A2", "category": "61601", "amount": "75.000",
         "occurred_on": "10/03/2026", "paid_from": "transfer", "no_note": "Struk hilang"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"\n\n\n", "tidak punya kolom nama_kos, sewa_bulanan"),
        (b"name;price\nKos;1\n", "tidak punya kolom nama_kos, sewa_bulanan"),
        (b"nama_kos;kota\nKos;Badung\n", "tidak punya kolom sewa_bulanan"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "Ini foto atau PDF"),
        (bytes(5000), "tidak punya kolom"),
        (b"PK\x03\x04" + bytes(range(256)), "tidak punya kolom"),
        (b"%PDF-1.4\n%%EOF", "Ini foto atau PDF"),
        ("nama_kos;sewa_bulanan".encode("utf-16")[:-1], "tidak punya kolom"),
        (b"\xff\xfe", "tidak punya kolom"),
        (b'"' + b"x" * 300_000, "tidak punya kolom"),
    ],
    ids=["empty", "blank", "foreign columns", "one column", "png", "zeros", "zip", "pdf", "torn utf-16", "mark alone",
         "endless cell"],
)  # fmt: skip
def test_what_is_no_list_of_houses_is_refused_on_the_page_and_by_the_command(
    hadi, browse, content, said, tmp_path, capsys
):
    page = sent(browse(hadi), content)
    file = tmp_path / "kos.csv"
    file.write_bytes(content)

    assert page.status_code in {200, 422}
    assert said in flat(page)
    with pytest.raises(Exception, match=r"kolom|foto") as no:
        commands.registry["import kos"].run(Asked(file))
    assert type(no.value).__name__ == "Refused"
    assert not ImportRun.objects.exists()
    assert not House.objects.exists()


class Asked:
    """What the command was asked."""

    def __init__(self, file, *, yes=True):
        self.berkas, self.yes = file, yes


@pytest.mark.parametrize(
    "row",
    [
        "Kos A;Badung;-8,79;115,17;Putri;1.500.000,50;3;",
        "Kos A;Badung;-8,79;115,17;Putri;-500.000;3;",
        "Kos A;Badung;-8,79;115,17;Putri;gratis;3;",
        "Kos A;Badung;-8,79;115,17;Putri;99999999999999999;3;",
        "Kos A;Badung;115,17;-8,79;Putri;500.000;3;",
        "Kos A;Badung;51,5;-0,12;Putri;500.000;3;",
        "Kos A;Badung;delapan;115,17;Putri;500.000;3;",
        "Kos A;Badung;-8,79;115,17;Siapa saja;500.000;3;",
        "Kos A;Badung;-8,79;115,17;Putri;500.000;-3;",
        "Kos A;Badung;-8,79;115,17;Putri;500.000;3,5;",
        "Kos A;Badung;-8,79;115,17;Putri;500.000;1e9;",
        ";Badung;-8,79;115,17;Putri;500.000;3;",
        "Kos A;Badung;-8,79;115,17;Putri;500.000;3;AC;lebih;banyak",
    ],
)
def test_a_bad_row_is_kept_with_its_reason_and_the_good_ones_come_in(hadi, browse, row):
    run, preview = brought_in(browse(hadi), f"{HEAD}\n{row}\n{PLAIN}\n".encode("cp1252"))

    assert (run.state, run.created, run.refused) == ("selesai", 1, 1)
    refused = ImportRow.objects.get(refused=True)
    assert refused.line == 2
    assert refused.reason.endswith(".")
    assert refused.original["kota"] == "Badung"
    assert "Kos Melati" in preview


def test_names_with_markup_are_shown_as_text(hadi, browse):
    browser = browse(hadi)
    evil = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"

    run, preview = brought_in(
        browser,
        f'{HEAD}\n"{evil.replace(chr(34), chr(34) * 2)}";Badung;;;Putri;700000;1;{evil[:28]}\n'.encode(),
    )
    pages = [
        preview,
        flat(browser.get(f"/impor/berkas/{run.pk}/")),
        flat(browser.get("/kos/")),
        flat(browser.get("/kos-kelola/")),
    ]

    assert run.created == 1
    assert any("&lt;img src=x" in page for page in pages)
    for page in pages:
        assert "<img src=x" not in page
        assert "<script>alert" not in page


def test_the_same_file_again_changes_nothing_and_sent_twice_it_is_one_run(hadi, browse):
    browser, content = browse(hadi), f"{HEAD}\n{PLAIN}\n".encode("cp1252")
    brought_in(browser, content)

    again, _preview = brought_in(browser, content)

    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)
    assert Unit.objects.filter(business="boarding", name="Kos Melati").count() == 1
    assert House.objects.count() == 1
    started = browser.post(f"/impor/berkas/{again.pk}/lanjut/", {"aksi": "mulai"}, follow=True)
    assert started.status_code == 200
    assert House.objects.count() == 1


def test_the_command_says_how_it_read_the_file(hadi, tmp_path, capsys):
    file = tmp_path / "kos.csv"
    file.write_bytes(
        f"{HEAD}\r\n{PLAIN.replace('Melati', 'Café')}\r\nKos B;;;;;gratis;;\r\n".encode("cp1252")
    )

    status = commands.registry["import kos"].run(Asked(file))

    said = capsys.readouterr().out
    assert status == 1
    assert "kos.csv: cp1252, pemisah ';', 2 baris" in said
    assert "Kos Café | Badung | 1500000 | 3 | 10%" in said
    assert "baris 3" in said
    assert "tidak terbaca" in said
    assert House.objects.count() == 1


def test_nobody_but_the_owner_brings_files_in(sari, rini, browse):
    for person in (sari, rini):
        assert sent(browse(person), PLAIN.encode()).status_code == 404
    assert not ImportRun.objects.exists()
