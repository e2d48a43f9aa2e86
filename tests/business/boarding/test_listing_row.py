"""Rows as people write them: understood, or refused with a reason."""

from datetime import date

import pytest

from tatausaha.business.boarding import listing_row
from tatausaha.business.boarding.listing_row import Listing
from tatausaha.core.kernel.errors import Refused

TODAY = date(2026, 3, 10)
ROW = {
    "nama_kos": "Kost Uji Tipe VIP",
    "kota": "Kabupaten Badung",
    "kecamatan": "Kecamatan Kuta Selatan",
    "lintang": "-8.78555",
    "bujur": "115.172288",
    "khusus": "Campur",
    "sewa_bulanan": "2750000",
    "ukuran_kamar_m": "3x4",
    "kamar_kosong": "4",
    "tahun_bangunan": "2015",
    "uang_muka_persen": "30",
    "fasilitas_kamar": "AC; Lemari / Storage; Water Heater",
    "fasilitas_kamar_mandi": "K. Mandi Dalam",
    "fasilitas_umum": "WiFi; R. Santai; R.Santai; air jernih; Air Jernih",
    "tempat_terdekat": "FACULTY OF AGRICULTURE (1.018 km); Kasih Ibu Hospital (Uluwatu) (843 m); bus_station (5,6 km)",
}


def read(**cells: str) -> Listing:
    return listing_row.read(ROW | cells, on=TODAY)


@pytest.mark.req("KOS-01")
def test_a_row_is_understood_under_the_names_used_here() -> None:
    listing = read()

    assert (listing.name, listing.type_name, listing.city, listing.district) == (
        "Kost Uji Tipe VIP",
        "VIP",
        "Badung",
        "Kuta Selatan",
    )
    assert (listing.gender, listing.rent, listing.area_m2, listing.free) == ("campur", 2_750_000, "12.00", 4)
    assert (listing.built_year, listing.down_payment_percent, listing.remarks) == (2015, 30, ())
    assert [(f.scope, f.name) for f in listing.facilities] == [
        ("kamar", "AC"),
        ("kamar", "Air panas"),
        ("kamar", "Lemari"),
        ("mandi", "Kamar mandi dalam"),
        ("umum", "Air jernih"),
        ("umum", "Ruang santai"),
        ("umum", "WiFi"),
    ]
    assert [(p.name, p.kind, p.distance_m) for p in listing.places] == [
        ("Faculty of Agriculture", "kampus", 1018),
        ("Halte bus", "angkutan", 5600),
        ("Kasih Ibu Hospital (Uluwatu)", "rumah-sakit", 843),
    ]


@pytest.mark.parametrize(
    ("column", "text", "attribute", "value"),
    [
        ("sewa_bulanan", "1.500.000,00", "rent", 1_500_000),
        ("sewa_bulanan", "Rp 1,5 jt / bulan", "rent", 1_500_000),
        ("sewa_bulanan", "2,75E+06", "rent", 2_750_000),
        ("lintang", "-8,78555", "latitude", -8.78555),
        ("kota", "Badung Regency", "city", "Badung"),
        ("kota", "KAB. BADUNG", "city", "Badung"),
        ("kota", "Denpasar City", "city", "Kota Denpasar"),
        ("kecamatan", "South Kuta", "district", "Kuta Selatan"),
        ("khusus", "Wanita", "gender", "putri"),
        ("ukuran_kamar_m", "3,5 x 4", "area_m2", "14.00"),
        ("uang_muka_persen", "30%", "down_payment_percent", 30),
        ("uang_muka_persen", "", "down_payment_percent", None),
        ("nama_kos", "=cmd|' /C calc'!A0", "name", "=cmd|' /C calc'!A0"),
    ],
)
def test_other_ways_of_writing_are_understood(column: str, text: str, attribute: str, value: object) -> None:
    assert getattr(read(**{column: text}), attribute) == value


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("nama_kos", " ", "Nama kos kosong."),
        ("sewa_bulanan", "", "Sewa bulanan kosong."),
        ("sewa_bulanan", "=1+1", "Sewa bulanan “=1[+]1” tidak terbaca"),
        ("sewa_bulanan", "-2000000", "di luar Rp10.000 sampai"),
        ("lintang", "delapan", "Lintang dan bujur tidak terbaca"),
        ("lintang", "48.8", "di luar Indonesia"),
        ("khusus", "keluarga", "Khusus harus Putra, Putri, atau Campur"),
        ("kamar_kosong", "-1", "Kamar kosong harus bilangan bulat"),
        ("kamar_kosong", "2,5", "Kamar kosong harus bilangan bulat"),
        ("uang_muka_persen", "150", "Uang muka harus bilangan bulat 1 sampai 100"),
    ],
)
def test_what_cannot_be_done_without_is_refused_with_a_reason(column: str, text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read(**{column: text})


def test_swapped_coordinates_are_named_as_such() -> None:
    with pytest.raises(Refused, match="tertukar"):
        read(lintang="115.17", bujur="-8.78")


@pytest.mark.parametrize(
    ("column", "text", "remark"),
    [
        ("khusus", "", "Kolom khusus kosong"),
        ("tahun_bangunan", "20200", "tidak masuk akal"),
        ("ukuran_kamar_m", "besar", "dicatat tanpa luas"),
        ("kamar_kosong", "", "dicatat penuh"),
        ("tempat_terdekat", "Kampus dekat", "tidak terbaca dan dilewati"),
    ],
)
def test_what_can_be_done_without_is_taken_with_a_remark(column: str, text: str, remark: str) -> None:
    (said,) = read(**{column: text}).remarks

    assert remark in said


def test_the_key_is_the_name_and_the_place_and_the_digest_everything_else() -> None:
    listing = read()

    assert read(nama_kos="KOST  uji, tipe vip").key == listing.key
    assert read(bujur="115.2").key != listing.key
    assert read(sewa_bulanan="2.750.000").digest == listing.digest
    assert read(sewa_bulanan="2750001").digest != listing.digest
