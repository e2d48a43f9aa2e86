"""Forms read what people type, say what they understood, and keep it."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from tatausaha.core.kernel import fields
from tatausaha.core.kernel.errors import Refused


class Payment(forms.Form):
    """A form with one field of each kind of the kit."""

    amount = fields.RupiahField(label="Jumlah", help_text="Misalnya 1,5 jt.", most=2_000_000)
    on = fields.DateField(label="Tanggal", required=False, latest=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.500.000", 1_500_000), ("1500000", 1_500_000), ("1,5 jt", 1_500_000), ("Rp 1.500.000,00", 1_500_000)],
)
@pytest.mark.req("SYS-07")
def test_an_amount_is_read_as_people_write_it(typed: str, amount: int) -> None:
    form = Payment({"amount": typed})

    assert form.is_valid()
    assert form.cleaned_data["amount"] == amount
    assert "Terbaca: Rp1.500.000" in str(form)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("banyak", "Tulis jumlah rupiah"),
        ("1.500,50", "rupiah bulat"),
        ("0", "Paling sedikit Rp1."),
        ("-5000", "Paling sedikit Rp1."),
        ("2.000.001", "Paling banyak Rp2.000.000."),
        ("", "wajib"),
    ],
)
def test_a_wrong_amount_is_told_beside_the_field_and_on_top(typed: str, says: str) -> None:
    form = Payment({"amount": typed})
    text = str(form)

    assert not form.is_valid()
    if typed:
        assert text.count(says) == 2
        assert f'value="{typed}"' in text
    assert 'href="#id_amount"' in text
    assert 'aria-describedby="id_amount_helptext id_amount_error"' in text
    assert 'aria-invalid="true"' in text


@pytest.mark.parametrize(
    "typed",
    [
        "21/11/2026", "21-11-2026", "21.11.2026", "21 11 2026", "21/11/26", "2026-11-21",
        "21 November 2026", "21 Nov 2026", "21 Nopember 2026", "Sabtu, 21 November 2026", "  21   NOVEMBER  2026 ",
    ],
)  # fmt: skip
def test_a_date_is_read_as_indonesians_write_it(typed: str) -> None:
    assert fields.parse_date(typed) == date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed", ["31/2/2026", "besok", "11/21/2026", "21 Novembre 2026", "2026", "0/1/2026", ""]
)
def test_what_is_no_date_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(Refused) as no:
        fields.parse_date(typed)

    assert str(no.value).endswith(".")


def test_a_date_is_bounded_and_written_back_as_typed() -> None:
    late, right = Payment({"amount": "1", "on": "1/1/2027"}), Payment(initial={"on": date(2026, 8, 17)})

    assert late.errors["on"] == ["Paling akhir Kamis, 31 Desember 2026."]
    assert 'value="1/1/2027"' in str(late)
    assert 'value="17/08/2026"' in str(right)
    assert "Terbaca: Senin, 17 Agustus 2026" in str(right)


def test_amounts_that_were_typed_differently_are_not_changes() -> None:
    field = fields.RupiahField()

    assert not field.has_changed(1_500_000, "1,5 jt")
    assert field.has_changed(1_500_000, "1,6 jt")
    assert field.has_changed(1_500_000, "banyak")


def test_optional_fields_say_so_in_words() -> None:
    text = str(Payment())

    assert text.count("(boleh kosong)") == 1


def _upload(field: fields.UploadField, name: str, content: bytes) -> object:
    return field.clean(SimpleUploadedFile(name, content))


def test_a_photo_is_known_by_its_first_bytes_and_not_by_its_name() -> None:
    field = fields.PhotoField()

    assert _upload(field, "nota.txt", b"\xff\xd8\xff\xe0 and so on")
    for name, content in [
        ("foto.jpg", b"%PDF-1.7"),
        ("foto.jpg", b"MZ"),
        ("foto.webp", b"<svg onload=alert(1)>"),
    ]:
        with pytest.raises(forms.ValidationError, match="bukan foto"):
            _upload(field, name, content)


def test_a_paper_may_be_a_photo_or_pdf() -> None:
    assert _upload(fields.UploadField(), "surat", b"%PDF-1.7 ...")


def test_a_file_that_is_too_large_is_told_its_size_and_the_limit() -> None:
    with pytest.raises(forms.ValidationError) as no:
        _upload(fields.PhotoField(largest=1024), "a.jpg", b"\xff\xd8\xff" + b"0" * 2048)

    assert "2,0" in no.value.messages[0]
    assert "1,0" in no.value.messages[0]


def test_the_camera_is_offered_where_a_photo_is_taken() -> None:
    field = fields.PhotoField(camera=True)

    assert 'capture="environment"' in field.widget.render("photo", None)
    assert 'accept="image/jpeg,image/png,image/webp"' in field.widget.render("photo", None)


def test_a_year_that_nobody_can_mean_is_refused_and_a_count_says_what_to_type() -> None:
    class Counted(forms.Form):
        on = fields.DateField(label="Tanggal")
        pieces = fields.WholeField(label="Buah", min_value=1, max_value=9)
        reason = fields.ReasonField(label="Alasan", min_length=3)

    short = "Tulis lebih jelas, paling sedikit 3 huruf."
    said = [
        Counted({"on": f"1/1/{year}", "pieces": n, "reason": "x"}).errors
        for year, n in ((1800, "x"), (2200, "0"))
    ]

    assert [list(one.values()) for one in said] == [
        [["Paling awal Senin, 1 Januari 1900."], ["Tulis angka saja, tanpa koma."], [short]],
        [["Paling akhir Selasa, 31 Desember 2199."], ["Paling sedikit 1."], [short]],
    ]
