"""Statement files of the banks: their forms, their bad days, and files that were changed by hand."""

from datetime import date, time
from io import BytesIO

import pytest
import xlsxwriter

from tatausaha.core.banking.reading import cells, read
from tatausaha.core.kernel.errors import Refused
from tests.core.banking import samples

TODAY = date(2026, 3, 10)


def rows_of(text, today=TODAY):
    return read(text.encode(), today=today).rows


@pytest.mark.req("KOS-05")
@pytest.mark.parametrize("form", samples.FORMS)
def test_each_bank_s_form_is_found_by_itself(form):
    reading = read(samples.FORMS[form].encode(), today=TODAY)

    assert reading.layout == form
    assert [(row.on, row.sen) for row in reading.rows] == [
        (date(2026, 3, 5), 10_012_300),
        (date(2026, 3, 6), -1_500_000),
    ]
    assert "RINI" in reading.rows[0].text
    assert "BIAYA ADM" in reading.rows[1].text


def test_days_of_bca_have_no_year_and_pending_rows_are_not_final():
    reading = read(samples.BCA.encode(), today=TODAY)

    assert (reading.layout, reading.number) == ("bca", "0123456789")
    assert [row.on.day for row in reading.final] == [5, 6, 7, 7]
    assert [row.pending for row in reading.rows].count(True) == 1
    assert reading.rows[0].text.startswith("TRSF E-BANKING CR")
    assert reading.rows[0].balance == 1_010_012_300


def test_december_belongs_to_the_year_before_in_a_statement_that_crosses_it():
    assert [row.on for row in rows_of(samples.BCA_DECEMBER)] == [date(2025, 12, 28), date(2026, 1, 3)]
    pasted = samples.BCA_DECEMBER.partition("\n\n")[2]
    assert [row.on for row in rows_of(pasted, date(2026, 1, 5))] == [date(2025, 12, 28), date(2026, 1, 3)]


def test_the_short_form_of_bri_names_its_account_above_the_table():
    reading = read(samples.BRI_SHORT.encode(), today=TODAY)

    assert (reading.layout, reading.number, len(reading.rows)) == ("bri_cms", "000000123456789", 2)


def test_times_are_told_by_the_banks_in_three_ways():
    assert rows_of(samples.BRI_CMS)[0].at == time(0, 31, 53)
    assert rows_of(samples.MANDIRI_KOPRA)[0].at == time(11, 27, 10)
    assert rows_of(samples.BNI_DIRECT)[0].at == time(10, 0)


@pytest.mark.parametrize(
    ("cell", "sen"),
    [
        ("1,500,000.00", 150_000_000), ("1.500.000,00", 150_000_000), ("150000.00", 15_000_000), (".00", 0),
        ("41,300.00", 4_130_000), ("750.123", 75_012_300), ("0.5", 50), ("", 0), ("-15000.00", -1_500_000),
        ("'287490", 28_749_000),
    ],
)  # fmt: skip
def test_amounts_in_every_way_of_writing(cell, sen):
    assert cells.sen(cell) == sen


@pytest.mark.parametrize("cell", ["1.500.00", "15a", "1,50,000.00", "1e6", "=1+1", "٣"])
def test_what_is_no_amount_is_refused(cell):
    with pytest.raises(Refused):
        cells.sen(cell)


def test_the_rows_may_stand_newest_first():
    assert [row.on.day for row in rows_of(samples.BNI)] == [5, 6]


@pytest.mark.parametrize(
    ("form", "was", "becomes", "said"),
    [
        ("bca_business", "15,000.00 DB", "95,000.00 DB", "Baris 3"),
        ("bri_cms", "0.00,100123.00", "0.00,900123.00", "Baris 2"),
        ("mt940", "C100123,00", "C900123,00", "Pesan di baris 2"),
        ("mandiri_kopra", "10085123.00", "90085123.00", "Baris 3"),
    ],
)
def test_a_file_that_was_changed_by_hand_is_refused_with_its_row(form, was, becomes, said):
    changed = samples.FORMS[form].replace(was, becomes)

    with pytest.raises(Refused, match=said):
        rows_of(changed)


def test_a_changed_foot_is_refused_too():
    with pytest.raises(Refused, match="Saldo akhir"):
        rows_of(samples.BCA.replace('Saldo Akhir,:,"10,435', 'Saldo Akhir,:,"90,435'))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nama,umur\nRini,20\n", "belum dikenal"),
        (samples.BCA_BUSINESS.replace(" CR", ""), "Baris 2"),
        (samples.BCA_BUSINESS.replace("05/03/2026", "35/03/2026"), "tidak ada"),
        (samples.BCA_BUSINESS.replace("05/03/2026", "05/04/2026"), "belum tiba"),
        (samples.BCA_BUSINESS.replace("05/03/2026", "kapan"), "tanggalnya tidak terbaca"),
        (samples.MANDIRI.replace("0123456789,06", "9123456789,06"), "lebih dari satu rekening"),
        (samples.BCA_BUSINESS.partition("\n")[0], "Tidak ada transaksi"),
        ("%PDF-1.4", "PDF"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text, said):
    with pytest.raises(Refused, match=said):
        rows_of(text)


def test_a_workbook_with_merged_heads_is_read_as_a_table():
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 7, "Laporan transaksi rekening 0123456789")
        for number, line in enumerate(samples.BNI_PAGES.splitlines()[1:], start=3):
            sheet.write_row(number, 0, line.split(";"))

    reading = read(made.getvalue(), today=TODAY)

    assert (reading.layout, [row.sen for row in reading.rows]) == ("bni_pages", [10_012_300, -1_500_000])


def test_a_line_longer_than_any_heading_is_no_fault_of_ours():
    with pytest.raises(Refused, match="belum dikenal"):
        rows_of("x" * 200_000 + ",a,b,c\n")


def test_windows_encoding_and_tabs_of_a_paste_are_read():
    pasted = (
        samples.BRI.replace(",", "\t")
        .replace('"', "")
        .replace("100\t123", "100,123")
        .replace("15\t000", "15,000")
    )
    pasted = pasted.replace("10\t100,123", "10,100,123").replace("10\t085\t123", "10,085,123")

    assert [row.sen for row in read(pasted.encode("utf-16"), today=TODAY).rows] == [10_012_300, -1_500_000]
