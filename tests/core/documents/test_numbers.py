"""Numbers as they stand on papers."""

from datetime import date

import pytest

from tatausaha.core.documents.numbers import Kind, next_number, register


@pytest.mark.req("KOS-10")
def test_numbers_run_per_unit_kind_and_year(unit, unit_wita):
    given = [
        next_number(unit, "receipt", date(2026, 12, 31)),
        next_number(unit, "receipt", date(2026, 1, 1)),
        next_number(unit, "receipt", date(2027, 1, 1)),
        next_number(unit_wita, "receipt", date(2026, 1, 1)),
        next_number(unit, "invoice", date(2026, 1, 1)),
        next_number(None, "sop", date(2026, 1, 1)),
    ]

    assert given == [
        "KW/MELATI/2026/00001",
        "KW/MELATI/2026/00002",
        "KW/MELATI/2027/00001",
        "KW/KENANGA/2026/00001",
        "TG/MELATI/2026/00001",
        "SOP/2026/00001",
    ]


def test_two_kinds_cannot_share_a_prefix():
    with pytest.raises(AssertionError, match="KW"):
        register(Kind("other", "KW", "Lain"))
