"""What papers say."""

from dataclasses import replace

import pytest

from tatausaha.core.documents.sheets import (
    Letterhead,
    fingerprint,
    print_sheet,
    printed_note,
    spelled,
    with_proof,
)
from tests.core.documents.test_typesetting import receipt, words_of

TOKEN = "7K3M9QZ4T1XW8R5V2N6B0C4DHJ"


@pytest.mark.req("KOS-10")
@pytest.mark.parametrize("form", ["a5", "80mm", "58mm"])
def test_a_receipt_says_who_paid_how_much_in_figures_and_words_for_what(form, tmp_path):
    said = words_of(print_sheet(receipt(left=250_000, balance=75_000), form=form), tmp_path)

    for part in (
        "KUITANSI",
        "KW/MELATI/2026/00001",
        "Rini",
        "Rp1.400.000",
        "Satu juta empat ratus ribu rupiah",
        "Sewa dan deposit",
        "900.000",
        "500.000",
        "Tunai",
        "10 Maret 2026",
        "Rp250.000",
        "Rp75.000",
        "Sari",
        "Kos Melati",
    ):
        assert part in said, part
    assert "BATAL" not in said
    assert "Lunas" not in said


@pytest.mark.req("KOS-10")
def test_on_a4_the_original_and_its_copy_stand_on_one_page(tmp_path):
    said = words_of(print_sheet(receipt(), form="a4"), tmp_path)

    assert said.count("KW/MELATI/2026/00001") == 2
    assert said.count("SALINAN") == 1
    assert said.count("Lunas") == 2


def test_a_receipt_too_long_for_half_a_page_is_printed_on_whole_pages(tmp_path):
    long = receipt(lines=[*receipt().lines] * 12)

    said = words_of(print_sheet(long, form="a4"), tmp_path)

    assert said.count("Halaman 1 dari 1") == 2
    assert said.count("Rp500.000") == 24


def test_original_and_copy_of_a_long_receipt_count_their_own_pages(tmp_path):
    long = receipt(lines=[*receipt().lines] * 30)

    said = words_of(print_sheet(long, form="a4"), tmp_path)

    assert said.count("Halaman 1 dari 2") == said.count("Halaman 2 dari 2") == 2
    assert said.count("SALINAN") == 1


def test_a_reversed_receipt_is_stamped_with_its_reason(tmp_path):
    said = words_of(print_sheet(receipt(void_reason="Transfer ditolak bank")), tmp_path)

    assert "BATAL: Transfer ditolak bank" in said


@pytest.mark.parametrize("form", ["a5", "a4", "80mm", "58mm"])
@pytest.mark.parametrize(("amount", "stamp"), [(5_000_000, False), (5_000_001, True)])
def test_only_receipts_over_five_million_leave_room_for_the_stamp(amount, stamp, form, tmp_path):
    assert ("Meterai" in words_of(print_sheet(receipt(amount=amount), form=form), tmp_path)) is stamp


def test_a_till_printer_gets_a_reversed_receipt_marked_without_colour(tmp_path):
    said = words_of(print_sheet(receipt(void_reason="Transfer ditolak bank"), form="58mm"), tmp_path)

    assert "KW/MELATI/2026/00001 BATAL Transfer ditolak bank" in said


def test_the_npwp_stands_on_papers_in_its_groups(tmp_path):
    paper = replace(
        receipt(), head=Letterhead("CV Maju", "Kos Melati", "Jl. 1", tax_number="0092542943407000")
    )

    assert "NPWP 09.254.294.3-407.000" in words_of(print_sheet(paper), tmp_path)


def test_the_largest_amount_is_set_in_full(tmp_path):
    said = words_of(print_sheet(receipt(amount=10**15)), tmp_path)

    assert "Rp1.000.000.000.000.000" in said


def test_a_paper_with_a_proof_shows_its_code(settings, tmp_path):
    settings.PUBLIC_URL = "https://maju.example"

    paper = with_proof(receipt(), TOKEN)

    assert paper.proof.address == f"https://maju.example/asli/{TOKEN}/"
    assert spelled(TOKEN) in words_of(print_sheet(paper), tmp_path)


def test_a_form_that_a_paper_does_not_have_is_refused():
    with pytest.raises(ValueError, match="a0"):
        print_sheet(receipt(), form="a0")


def test_the_fingerprint_follows_the_content_and_not_the_print():
    first = fingerprint(receipt())

    assert fingerprint(receipt(printed="Dicetak hari ini")) == first
    assert fingerprint(with_proof(receipt(), TOKEN)) == first
    assert fingerprint(receipt(void_reason="Salah")) == first
    assert fingerprint(receipt(amount=1_400_001)) != first
    assert fingerprint(receipt(payer="Budi")) != first


def test_a_paper_shows_the_phone_number_as_people_write_it():
    paper = replace(receipt(), head=Letterhead("CV Maju", "Kos Melati", "Jl. 1", phone="+6281234567890"))

    assert paper.content()["head"]["phone"] == "0812-3456-7890"
    assert paper.head.phone == "+6281234567890"


def test_a_unit_writes_with_its_own_address_and_the_company_s_name(company, unit):
    company.address, company.phone, company.email = "Jl. Pusat\n1", "+62361", "halo@maju.id"
    unit.address = "Jl. Kampus 1"

    head = Letterhead.of(company, unit)

    assert head == Letterhead("CV Maju Bersama", "Kos Melati", "Jl. Kampus 1", "+62361", "halo@maju.id")
    assert Letterhead.of(company) == replace(head, unit="CV Maju Bersama", address="Jl. Pusat 1")


def test_a_print_says_when_and_by_whom(at):
    assert printed_note(at, "Asia/Makassar", "Sari") == "Dicetak Selasa, 10 Maret 2026 11.00 WITA oleh Sari"
