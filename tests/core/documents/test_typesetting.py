"""PDFs: the same bytes for the same data, tagged and archivable, closed to everything outside."""

import re
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tatausaha.core.documents.sheets import Letterhead, Line, Receipt, print_sheet
from tatausaha.core.documents.typesetting import Unprintable, compiler, render_pdf
from tests.races.threads import errors, results, together


def receipt(**other):
    facts = {
        "head": Letterhead("CV Maju Bersama", "Kos Melati", "Jl. Kampus 1"),
        "number": "KW/MELATI/2026/00001",
        "issued_on": date(2026, 3, 10),
        "payer": "Rini",
        "amount": 1_400_000,
        "purpose": "Sewa dan deposit",
        "lines": [Line("Sewa", 900_000), Line("Deposit", 500_000)],
        "method": "Tunai",
        "received_by": "Sari",
        "received_role": "Pengelola",
        "place": "Jimbaran",
    }
    return Receipt(**facts | other)


def words_of(pdf: bytes, tmp_path: Path) -> str:
    (tmp_path / "x.pdf").write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "x.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    return " ".join(text.split())


def test_a_paper_is_archivable_and_can_be_read_aloud():
    pdf = print_sheet(receipt())

    assert pdf.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in pdf or b"/ObjStm" in pdf
    assert b"pdfaid:part" in pdf
    assert b"pdfuaid:part" in pdf


def test_the_same_data_gives_the_same_bytes_in_every_thread():
    first = print_sheet(receipt())

    outcomes = together([lambda: print_sheet(receipt())] * 4)

    assert errors(outcomes) == []
    assert set(results(outcomes)) == {first}


def test_markup_in_data_stays_text(tmp_path):
    pdf = print_sheet(receipt(payer='#read("/etc/passwd") *tebal* $x$ \\ <a> "kutip" [b] @c'))

    assert '#read("/etc/passwd") *tebal* $x$ \\ <a> "kutip" [b] @c' in words_of(pdf, tmp_path)


@pytest.mark.parametrize("reach", ["/etc/passwd", "../../../../../../../../../etc/passwd"])
def test_a_template_sees_nothing_outside_the_house(reach):
    with pytest.raises(RuntimeError):
        compiler().compile(input=f'#read("{reach}")'.encode(), format="pdf")


def test_a_template_outside_the_house_is_refused(tmp_path):
    (tmp_path / "x.typ").write_text("halo")

    with pytest.raises(Unprintable, match="root"):
        render_pdf("documents/" + "../" * 12 + str(tmp_path / "x.typ"), {})


def test_a_template_that_does_not_find_its_data_says_so():
    with pytest.raises(Unprintable, match=r"documents/receipt\.typ"):
        render_pdf("documents/receipt.typ", {"head": {}})


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(TypeError, match="zone"):
        render_pdf("documents/receipt.typ", {"at": datetime(2026, 3, 10, tzinfo=UTC)})


@pytest.mark.parametrize(
    "name",
    [
        "Иван Петров",
        "Γιώργος Αθήνα",
        "王小明",
        "山田太郎",
        "김민수",
        "محمد",
        "สมชาย ใจดี",
        "राजेश",
        "Nguyễn Thị Ánh",
        "Rini ♥",
    ],
)
def test_a_name_in_another_script_is_printed_as_it_is_written(tmp_path, name):
    said = words_of(print_sheet(receipt(payer=name)), tmp_path)

    assert "?" not in said
    assert name.split()[0] in said or name == "محمد"  # right to left, told in another order


def test_only_signs_that_no_face_has_become_question_marks(tmp_path):
    said = words_of(print_sheet(receipt(payer="Dèwi ꦢꦺꦮꦶ Иван")), tmp_path)

    assert re.search(r"Dèwi \?+ Иван", said)
