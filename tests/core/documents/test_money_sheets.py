"""What bills, service notes and deposit receipts say."""

from datetime import date

import pytest

from tatausaha.core.documents.sheets import (
    DepositReceipt,
    Invoice,
    Letterhead,
    Line,
    ServiceNote,
    Usage,
    print_sheet,
)
from tests.core.documents.test_typesetting import words_of

HEAD = Letterhead("CV Maju Bersama", "Kos Melati", "Jl. Kampus 1")


def invoice(**other):
    facts = {
        "head": HEAD,
        "number": "TG/MELATI/2026/00031",
        "issued_on": date(2026, 3, 3),
        "due_on": date(2026, 3, 10),
        "payer": "Rini",
        "subject": "Sewa kamar A-12",
        "period": "10 Maret – 8 April 2026",
        "lines": [Line("Sewa", 1_000_000), Line("Cuci", 72_000, "9 kg")],
        "total": 1_072_000,
        "pay_to": [("Bank", "BCA"), ("Nomor rekening", "123-456")],
    }
    return Invoice(**facts | other)


@pytest.mark.req("KOS-21")
@pytest.mark.parametrize("form", ["a4", "a5"])
def test_a_bill_says_what_is_due_by_when_and_how_to_pay(form, tmp_path):
    said = words_of(print_sheet(invoice(settled=72_000), form=form), tmp_path)

    for part in (
        "TAGIHAN",
        "TG/MELATI/2026/00031",
        "10 Maret 2026",
        "Rp1.072.000",
        "-Rp72.000",
        "Rp1.000.000",
        "Satu juta rupiah",
        "BCA",
        "123-456",
        "9 kg",
    ):
        assert part in said, part
    assert "Lunas" not in said


def test_a_settled_bill_says_so_and_asks_for_nothing(tmp_path):
    said = words_of(print_sheet(invoice(settled=1_072_000)), tmp_path)

    assert "Lunas, sisa Rp0" in said
    assert "Cara membayar" not in said


def test_a_void_bill_is_stamped_and_never_settled(tmp_path):
    said = words_of(print_sheet(invoice(settled=1_072_000, void_reason="Salah kamar")), tmp_path)

    assert "BATAL: Salah kamar" in said
    assert "Lunas" not in said


def test_a_void_bill_asks_for_no_money(tmp_path):
    said = words_of(print_sheet(invoice(void_reason="Salah kamar")), tmp_path)

    assert "Tidak perlu dibayar Rp0" in said
    assert "Harus dibayar" not in said
    assert "Cara membayar" not in said


@pytest.mark.req("KOS-09")
def test_a_service_note_lists_uses_and_marks_estimates(tmp_path):
    note = ServiceNote(
        head=HEAD,
        number="NL/MELATI/2026/00007",
        issued_on=date(2026, 3, 10),
        payer="Rini",
        place_used="A-12",
        period="Februari 2026",
        uses=[
            Usage("Cuci", 36_000, date(2026, 2, 20), "4,5 kg × Rp8.000"),
            Usage("Listrik", 187_500, quantity="125 kWh", estimated=True),
        ],
        total=223_500,
    )

    said = words_of(print_sheet(note), tmp_path)

    for part in ("NOTA LAYANAN", "20.02.2026", "4,5 kg × Rp8.000", "Listrik (taksiran)", "Rp223.500", "A-12"):
        assert part in said, part
    assert "Taksiran dibetulkan" in said


@pytest.mark.req("KOS-12")
def test_a_deposit_receipt_says_that_the_money_stays_the_tenant_s(tmp_path):
    deposit = DepositReceipt(
        head=HEAD,
        number="DP/MELATI/2026/00001",
        issued_on=date(2026, 3, 10),
        payer="Rini",
        held_for="Deposit kamar A-12",
        amount=500_000,
        method="Tunai",
        terms=["Dikembalikan paling lambat 7 hari kerja."],
        received_by="Sari",
        received_role="Pengelola",
        place="Jimbaran",
    )

    said = words_of(print_sheet(deposit), tmp_path)

    for part in ("Rp500.000", "Lima ratus ribu rupiah", "tetap milik pembayar", "7 hari kerja", "Sari"):
        assert part in said, part
