"""Names and numbers as people type them, against the country's own rules."""

from datetime import date

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import identity
from tatausaha.core.people.identity import Nik, Sex

TODAY = date(2026, 11, 22)


@pytest.mark.req("KOS-07")
@pytest.mark.parametrize(
    "typed",
    ["081234567890", "0812-3456-7890", "62 812 3456 7890", "+62 812-3456-7890", "0062812 34567890", "81234567890",
     " (0812) 3456.7890 "],
)  # fmt: skip
def test_every_way_to_type_an_indonesian_number_gives_the_same_one(typed):
    assert identity.phone(typed) == "+6281234567890"


def test_a_foreign_number_is_kept_with_its_country():
    assert identity.phone("+65 8123 4567") == "+6581234567"
    assert identity.phone("") == ""


@pytest.mark.parametrize(
    "typed", ["12345", "0812", "nol delapan", "+62", "0812345678901234567", "08x234567890"]
)
def test_what_is_no_phone_number_gets_a_sentence(typed):
    with pytest.raises(Refused, match="Nomor HP tidak dikenali") as no:
        identity.phone(typed)
    assert no.value.field == "phone"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+6281234567890", "0812-3456-7890"),
        ("+6281122001100", "0811-2200-1100"),
        ("+62361765432", "(0361) 765432"),
        ("+6581234567", "+65 8123 4567"),
        ("+62361", "+62361"),
        ("", ""),
    ],
)
def test_a_phone_number_is_shown_as_people_write_it(stored, shown):
    assert identity.shown_phone(stored) == shown


def test_a_login_address_is_an_email_or_a_phone():
    assert identity.address_of_login(" Rini@Contoh.ID ") == ("rini@contoh.id", "")
    assert identity.address_of_login("0812 3456 7890") == ("", "+6281234567890")
    for nothing in ("", "rini", "rini@"):
        with pytest.raises(Refused):
            identity.address_of_login(nothing)


@pytest.mark.req("KOS-07")
def test_a_womans_birth_day_has_forty_added():
    read = identity.nik("3201 0155 0895 0001", on=TODAY)

    assert read == Nik("3201015508950001", "32", date(1995, 8, 15), Sex.WOMAN)
    assert identity.nik("3273011502010003", on=TODAY) == Nik(
        "3273011502010003", "32", date(2001, 2, 15), Sex.MAN
    )


def test_the_century_is_the_latest_that_is_not_in_the_future():
    assert identity.nik("3273012211260001", on=TODAY).born_on == date(2026, 11, 22)
    assert identity.nik("3273012311260001", on=TODAY).born_on == date(1926, 11, 23)
    assert identity.nik("3273012902000001", on=TODAY).born_on == date(2000, 2, 29)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("320101550895000", "16 angka"),
        ("32010155089500011", "16 angka"),
        ("3201015508950O01", "16 angka"),
        ("2001015508950001", "kode wilayah"),
        ("3200015508950001", "kode wilayah"),
        ("3201005508950001", "kode wilayah"),
        ("3201015508950000", "tidak mungkin 0000"),
        ("3201013002950001", "bukan tanggal lahir"),
        ("3201014001950001", "bukan tanggal lahir"),
        ("3201017201950001", "bukan tanggal lahir"),
        ("3201011513950001", "bukan tanggal lahir"),
    ],
)
def test_an_impossible_nik_is_refused_with_its_reason(typed, why):
    with pytest.raises(Refused, match=why):
        identity.nik(typed, on=TODAY)


def test_an_npwp_of_15_digits_gets_a_leading_zero():
    assert identity.npwp("09.254.294.3-407.000", on=TODAY) == "0092542943407000"
    assert identity.npwp("0092542943407000", on=TODAY) == "0092542943407000"
    assert identity.npwp("3201015508950001", on=TODAY) == "3201015508950001"
    assert identity.npwp("", on=TODAY) == ""
    assert identity.shown_npwp("0092542943407000") == "09.254.294.3-407.000"
    assert identity.shown_npwp("3201015508950001") == "3201 0155 0895 0001"


@pytest.mark.parametrize("typed", ["123", "2001015508950001", "0925429434070001234567"])
def test_a_wrong_npwp_is_refused(typed):
    with pytest.raises(Refused, match="NPWP") as no:
        identity.npwp(typed, on=TODAY)
    assert no.value.field == "tax_number"


def test_names_are_trimmed_and_composed():
    assert identity.person_name("  Ni  Luh\tSari ") == "Ni Luh Sari"
    assert identity.person_name("Café") == "Café"
    assert identity.person_name("Jo'o O'Neil, S.Kom.") == "Jo'o O'Neil, S.Kom."


@pytest.mark.parametrize("typed", ["", "   ", "123", "a" * 121, "Rini\x00", "Ri\u202eni"])
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(Refused) as no:
        identity.person_name(typed)
    assert no.value.field == "name"


@pytest.mark.req("KOS-07")
def test_numbers_are_masked_but_recognisable():
    assert identity.masked("3273011502010001") == "3273••••••••0001"
    assert identity.masked("A1234567") == "A•••••67"


def test_paper_numbers_are_capital_letters_and_digits():
    assert identity.paper_number("a 123-4567") == "A1234567"
    with pytest.raises(Refused):
        identity.paper_number("#1")
