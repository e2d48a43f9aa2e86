"""What the settlement at the end of a stay says on paper."""

from datetime import date

import pytest

from tatausaha.business.boarding.services.settlement_paper import Settlement
from tatausaha.core.documents.sheets import Line, print_sheet
from tests.core.documents.test_money_sheets import HEAD
from tests.core.documents.test_typesetting import words_of


def settlement(**other):
    facts = {
        "head": HEAD,
        "number": "PK/MELATI/2026/00001",
        "issued_on": date(2026, 3, 10),
        "tenant": "Rini",
        "room": "A-12",
        "moved_in_on": date(2025, 1, 1),
        "left_on": date(2026, 3, 9),
        "owed": [],
        "manager": "Sari",
        "place": "Jimbaran",
    }
    return Settlement(**facts | other)


@pytest.mark.req("KOS-12")
@pytest.mark.parametrize(
    ("owed", "balance", "deposit", "rest", "said"),
    [
        (372_000, 75_000, 500_000, "Rp203.000", "Dikembalikan kepada penghuni"),
        (800_000, 0, 500_000, "Rp300.000", "Masih harus dibayar penghuni"),
        (500_000, 0, 500_000, "Nol rupiah", "Impas"),
    ],
)
def test_a_settlement_ends_in_a_refund_a_last_bill_or_nothing(owed, balance, deposit, rest, said, tmp_path):
    paper = settlement(
        owed=[Line("Pintu pecah", owed, "Foto 3")],
        balance_used=balance,
        deposit=deposit,
        pay_by=date(2026, 3, 19),
    )

    text = words_of(print_sheet(paper), tmp_path)

    for part in (said, rest, "Foto 3", "1 Januari 2025 sampai 9 Maret 2026"):
        assert part in text, part


@pytest.mark.parametrize(("deposit", "stamp"), [(5_000_000, False), (5_000_001, True)])
def test_a_settlement_of_more_than_five_million_leaves_room_for_the_stamp(deposit, stamp, tmp_path):
    paper = settlement(owed=[Line("Sewa", 400_000)], deposit=deposit)

    assert ("Meterai" in words_of(print_sheet(paper), tmp_path)) is stamp
