"""What SOP sheets and monthly reports say."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from tatausaha.core.documents.office import (
    Bars,
    CashRow,
    ChangeRow,
    Disposition,
    MonthReport,
    ReportRow,
    SopChapter,
    SopSheet,
    SopStep,
    SpanRow,
    YearReport,
)
from tatausaha.core.documents.sheets import Letterhead, print_sheet
from tests.core.documents.test_typesetting import words_of

HEAD = Letterhead("PT Bahtera", "PT Bahtera", "Bandung")


@pytest.mark.req("SYS-09")
def test_an_sop_sheet_has_every_field_of_document_control(tmp_path):
    sheet = SopSheet(
        head=HEAD,
        number="01/SK.BSN/012/01-XI/MMXXII",
        issued_on=date(2026, 3, 1),
        title="Pemesanan kamar",
        status="Berlaku",
        effective_on=date(2026, 3, 1),
        revision=2,
        revised_on=date(2026, 2, 20),
        purpose="Satu kamar satu janji",
        responsible="Muhammad Zaky Islami – Chief Operational Officer",
        supporting=["Kuitansi", "Berita acara kamar"],
        chapters=[SopChapter("Ketentuan umum", ["Kunci setelah lunas."])],
        steps=[SopStep("1", "Tahan kamar", "Calon penghuni", "Kamar kosong", "Nomor pesanan", "168 jam")],
        policies=[("Uang muka", "10%")],
        dispositions=[
            Disposition("Dibuat oleh", "Fania", "Co. COO", date(2026, 2, 20)),
            Disposition("Diperiksa dan disetujui oleh", "Zaky", "COO"),
        ],
        content_hash="9f86d081884c7d659a2feaa0c55ad015",
    )

    said = words_of(print_sheet(sheet), tmp_path)

    for part in (
        "Nomor Surat 01/SK.BSN/012/01-XI/MMXXII",
        "Mulai Berlaku 1 Maret 2026",
        "Revisi ke- 2",
        "Tanggal Revisi 20 Februari 2026",
        "Tujuan Peraturan Satu kamar satu janji",
        "Penanggung Jawab Muhammad Zaky Islami – Chief Operational Officer",
        "Dokumen Penunjang Kuitansi; Berita acara kamar",
        "Tahan kamar Calon penghuni Kamar kosong Nomor pesanan 168 jam",
        "Kunci setelah lunas.",
        "Dibuat oleh Fania Co. COO",
        "Zaky",
        "10%",
        "9f86d081884c7d65",
        "Berlaku",
    ):
        assert part in said, part


@pytest.mark.req("SYS-09")
def test_what_an_old_sop_left_blank_is_a_dash(tmp_path):
    sheet = SopSheet(
        head=HEAD, number="01/X", issued_on=date(2026, 3, 1), title="T", status="Belum lengkap",
        purpose="P", responsible="",
    )  # fmt: skip

    said = words_of(print_sheet(sheet), tmp_path)

    for field in ("Mulai Berlaku", "Revisi ke-", "Tanggal Revisi", "Penanggung Jawab", "Dokumen Penunjang"):
        assert f"{field} –" in said, field


def report(**other):
    facts = {
        "head": HEAD,
        "number": "LB/2026/00002",
        "issued_on": date(2026, 4, 1),
        "month": "Maret 2026",
        "income": [
            ReportRow("Sewa", 48_500_000, 47_000_000, 140_000_000),
            ReportRow("Layanan", 500_000, 0, 900_000),
        ],
        "expense": [ReportRow("Listrik", 50_000_000, 9_000_000, None)],
        "cash": [CashRow("Kas awal", 10), CashRow("Kas akhir", 20, total=True)],
        "months": [Bars("Feb", 47_000_000, 9_000_000), Bars("Mar", 49_000_000, 50_000_000)],
        "remarks": ["Kamar B-03 kosong 21 hari."],
        "as_of": "per 1 April 2026 00.05 WIB",
        "seal": "K7M2-9QX4T1",
    }
    return MonthReport(**facts | other)


@pytest.mark.req("KOS-15")
def test_a_monthly_report_sums_income_and_expense_and_shows_its_seal(tmp_path):
    said = words_of(print_sheet(report()), tmp_path)

    for part in (
        "LAPORAN MARET 2026",
        "Jumlah pendapatan 49.000.000 47.000.000 140.900.000",
        "Jumlah beban 50.000.000 9.000.000 –",
        "Laba (rugi) -1.000.000 38.000.000 –",
        "Rugi Rp49.000.000 Rp50.000.000 Rp1.000.000",
        "Kas akhir 20",
        "Kamar B-03 kosong 21 hari.",
        "Versi 1 · per 1 April 2026 00.05 WIB · segel K7M2-9QX4T1",
    ):
        assert part in said, part
    assert "setelah tutup" not in said


@pytest.mark.req("KOS-18")
def test_a_later_version_says_on_every_page_that_it_was_changed(tmp_path):
    said = words_of(
        print_sheet(report(version=2, changed="nota listrik ditemukan", remarks=["Catatan"] * 60)), tmp_path
    )

    assert "Versi 2: nota listrik ditemukan" in said
    assert "Halaman 2 dari" in said
    assert said.count("diubah setelah tutup") >= 2


@pytest.mark.req("KOS-18")
def test_a_later_version_prints_what_it_changed(tmp_path):
    changes = [ChangeRow("Listrik", 90_000, 265_000), ChangeRow("Bank", 610_000, 435_000)]

    said = words_of(print_sheet(report(version=2, changed="nota ditemukan", changes=changes)), tmp_path)

    assert "Yang berubah Versi 1 Versi 2 Selisih" in said
    assert "Listrik 90.000 265.000 175.000" in said
    assert "Bank 610.000 435.000 -175.000" in said


def test_a_report_of_nothing_is_a_report(tmp_path):
    said = words_of(print_sheet(report(income=[], expense=[], cash=[], months=[], remarks=[])), tmp_path)

    assert "Jumlah pendapatan 0" in said


def pages_of(pdf: bytes, tmp_path: Path) -> list[str]:
    """The words of each page."""
    (tmp_path / "x.pdf").write_bytes(pdf)
    read = ["pdftotext", "-layout", tmp_path / "x.pdf", "-"]
    text = subprocess.run(read, check=True, capture_output=True, text=True).stdout
    return [" ".join(page.split()) for page in text.split("\f") if page.strip()]


@pytest.mark.req("KOS-15")
@pytest.mark.parametrize("lines", [1, 14, *range(38, 52)])
def test_a_long_month_keeps_its_sums_with_lines_and_its_seal_with_the_signature(tmp_path, lines):
    rows = [ReportRow(f"Beban {n:02}", 1_000, 1_000, 1_000) for n in range(1, lines + 1)]

    pages = pages_of(print_sheet(report(expense=rows, prepared_by="Sari", place="Melati")), tmp_path)

    assert len(pages) == (1 if lines < 15 else 2)
    last = next(page for page in pages if "Laba (rugi)" in page)
    assert f"Beban {lines:02}" in last
    assert "Jumlah beban" in last
    assert all(part in pages[-1] for part in ("Kas dan bank", "Segel pembukuan K7M2-9QX4T1", "Sari"))
    assert all("Laporan Maret 2026 No. LB/2026/00002" in page for page in pages[1:])


def test_a_report_that_was_never_closed_does_not_call_itself_a_version(tmp_path):
    said = words_of(print_sheet(report(version=0)), tmp_path)

    assert "Belum disegel · per 1 April 2026" in said
    assert "Versi" not in said


@pytest.mark.req("KOS-15")
@pytest.mark.parametrize("months", [1, 12])
def test_a_year_prints_its_months_with_the_sums_first(tmp_path, months):
    def row(label, amount):
        return SpanRow(label, [amount] * months, amount * months)

    pages = pages_of(
        print_sheet(
            YearReport(
                head=HEAD, number="LT/MELATI/2026", issued_on=date(2026, 12, 31), year="2026",
                months=["Jan"] * months, income=[row("Sewa kamar putri", 123_456_789)],
                expense=[row(f"Beban {n}", 1_000_000) for n in range(40)],
                income_total=row("Jumlah pendapatan", 123_456_789),
                expense_total=row("Jumlah beban", 40_000_000), result=row("Laba (rugi)", 83_456_789),
                as_of="Per 31 Desember 2026", seal="bb8889cb7c",
            )
        ),
        tmp_path,
    )  # fmt: skip

    each = " 123.456.789" * months
    whole = f"{123_456_789 * months:,}".replace(",", ".")
    assert f"Sewa kamar putri {whole}{each} Jumlah pendapatan {whole}{each}" in pages[0]
    assert "Beban 39" in pages[-1], "a sum never begins a page"
    assert "Jumlah beban" in pages[-1]
    assert "Laporan tahun 2026 No. LT/MELATI/2026" in pages[-1]
