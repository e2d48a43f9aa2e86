"""Files as spreadsheets write them, read as a stream."""

import io
import tracemalloc

import pytest

from tatausaha.core.kernel import tablefile
from tatausaha.core.kernel.errors import Refused

TEXT = "nama_kos;kota;sewa_bulanan\r\nKos “Melati” é;Badung;1.500.000,00\r\n\r\n;;\r\nKos Kenanga;Badung;2000000\r\n"


def recognise(file: io.BytesIO) -> tablefile.Format:
    return tablefile.recognise(file, ("nama_kos", "kota", "sewa_bulanan"), ("nama_kos", "sewa_bulanan"))


def names(content: bytes, skip: int = 0) -> list[str]:
    file = io.BytesIO(content)
    return [row.cells["nama_kos"] for row in tablefile.rows(file, recognise(file), skip=skip)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_and_delimiters_are_recognised_and_blank_lines_left_out(
    encoding: str, delimiter: str
) -> None:
    text = TEXT.replace("1.500.000,00", "1500000").replace(";", delimiter)

    assert names(text.encode(encoding)) == ["Kos “Melati” é", "Kos Kenanga"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_a_line_end(end: str) -> None:
    assert names(TEXT.replace("\r\n", end).encode()) == ["Kos “Melati” é", "Kos Kenanga"]


def test_columns_may_be_missing_more_or_in_another_order() -> None:
    content = b'sep=,\nsewa_bulanan,Warna, NAMA KOS \n1000000,biru,"Kos, Melati"\n2000000\n'
    file = io.BytesIO(content)

    rows = list(tablefile.rows(file, recognise(file)))

    assert [row.cells for row in rows] == [
        {"sewa_bulanan": "1000000", "warna": "biru", "nama_kos": "Kos, Melati"},
        {"sewa_bulanan": "2000000", "warna": "", "nama_kos": ""},
    ]
    assert [row.line for row in rows] == [3, 4]


def test_a_row_with_too_many_cells_says_so_and_loses_nothing() -> None:
    file = io.BytesIO(b"nama_kos,sewa_bulanan\nKos Melati,1.500.000,00\n")

    (row,) = tablefile.rows(file, recognise(file))

    assert "Baris ini punya 3 kolom, seharusnya 2." in row.problem
    assert row.cells == {"nama_kos": "Kos Melati", "sewa_bulanan": "1.500.000", "(lebih)": "00"}


def test_a_file_without_the_needed_columns_is_refused() -> None:
    for content in (b"", b"nama,harga\nKos,1\n", b"\x00\x01\x02"):
        with pytest.raises(Refused, match="tidak punya kolom"):
            recognise(io.BytesIO(content))
    for content in (b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.7\n", b"\xff\xd8\xff\xe0JFIF"):
        with pytest.raises(Refused, match="foto atau PDF"):
            recognise(io.BytesIO(content))


def test_reading_goes_on_where_it_stopped() -> None:
    assert names(TEXT.encode(), skip=1) == ["Kos Kenanga"]


def test_memory_does_not_grow_with_the_file() -> None:
    line = b"Kos Melati," + b"x" * 400 + b",1000000\n"
    file = io.BytesIO(b"nama_kos,kota,sewa_bulanan\n" + line * 50_000)
    tracemalloc.start()
    try:
        count = sum(1 for _row in tablefile.rows(file, recognise(file)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert count == 50_000
    assert peak < 8 * 2**20
