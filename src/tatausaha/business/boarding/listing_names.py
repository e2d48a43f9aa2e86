"""The many ways in which listings write the same thing, and the one name that it has here."""

import re

from tatausaha.business.boarding.models.house import Gender, Place

GENDERS = {
    "putra": Gender.MEN, "pria": Gender.MEN, "laki laki": Gender.MEN, "cowok": Gender.MEN, "khusus putra": Gender.MEN,
    "putri": Gender.WOMEN, "wanita": Gender.WOMEN, "perempuan": Gender.WOMEN, "cewek": Gender.WOMEN,
    "khusus putri": Gender.WOMEN,
    "campur": Gender.MIXED, "campuran": Gender.MIXED, "putra putri": Gender.MIXED, "pria wanita": Gender.MIXED,
    "bebas": Gender.MIXED, "umum": Gender.MIXED,
}  # fmt: skip

FACILITIES = {
    "ac": "AC", "air conditioner": "AC", "wifi": "WiFi", "wi fi": "WiFi", "internet": "WiFi", "tv": "TV",
    "televisi": "TV", "tv kabel": "TV kabel", "cctv": "CCTV",
    "k mandi dalam": "Kamar mandi dalam", "km dalam": "Kamar mandi dalam", "kamar mandi dalam": "Kamar mandi dalam",
    "k mandi luar": "Kamar mandi luar", "km luar": "Kamar mandi luar", "kamar mandi luar": "Kamar mandi luar",
    "air panas": "Air panas", "water heater": "Air panas", "kloset duduk": "Kloset duduk",
    "kloset jongkok": "Kloset jongkok", "kamar mandi luar wc duduk": "Kamar mandi luar, kloset duduk",
    "kamar mandi luar wc jongkok": "Kamar mandi luar, kloset jongkok",
    "ember mandi": "Ember mandi", "bak mandi": "Bak mandi", "bathtub": "Bak rendam",
    "lemari storage": "Lemari", "lemari": "Lemari", "lemari pakaian": "Lemari", "meja": "Meja",
    "meja belajar": "Meja", "meja makan": "Meja makan", "meja rias": "Meja rias", "meja umum": "Meja bersama",
    "kasur": "Kasur", "tempat tidur": "Kasur", "tidak ada kasur": "Tanpa kasur", "kamar kosongan": "Kamar kosongan",
    "kipas angin": "Kipas angin", "dapur pribadi": "Dapur di kamar", "dapur": "Dapur", "dapur bersama": "Dapur",
    "kulkas": "Kulkas", "kulkas bersama": "Kulkas", "dispenser bersama": "Dispenser", "dispenser": "Dispenser",
    "tv bersama": "TV", "microwave": "Microwave", "cleaning service": "Layanan bersih kamar",
    "kos higienis mingguan": "Dibersihkan tiap minggu", "balcon": "Balkon", "balcony": "Balkon", "balkon": "Balkon",
    "keset toilet untuk sewa harian": "Keset toilet (sewa harian)",
    "r santai": "Ruang santai", "rsantai": "Ruang santai", "r jemur": "Ruang jemur", "rjemur": "Ruang jemur",
    "r keluarga": "Ruang keluarga", "rkeluarga": "Ruang keluarga", "r tamu": "Ruang tamu", "rtamu": "Ruang tamu",
    "r makan": "Ruang makan", "rmakan": "Ruang makan", "r cuci": "Ruang cuci", "rcuci": "Ruang cuci",
    "air jernih": "Air jernih", "mushola": "Musala", "musholla": "Musala", "locker": "Loker", "rooftop": "Teras atap",
    "rice cooker": "Penanak nasi", "duplikat gerbang kos": "Kunci gerbang", "kunci gerbang": "Kunci gerbang",
    "kartu akses masuk": "Kartu akses masuk", "jual makanan": "Ada penjual makanan", "pengurus kos": "Pengurus kos",
    "penjaga kos": "Penjaga kos", "bebas banjir": "Bebas banjir", "mesin cuci": "Mesin cuci", "laundry": "Laundry",
}  # fmt: skip

PLACE_KINDS = (
    (Place.Kind.OTHER, ("veterinary", "dokter hewan", "klinik hewan")),
    (Place.Kind.HOSPITAL, ("hospital", "rumah sakit", "rsu", "rs ")),
    (Place.Kind.CAMPUS, ("faculty", "fakultas", "kampus", "campus", "universit", "politeknik", "institut", "akademi")),
    (Place.Kind.CLINIC, ("clinic", "klinik", "puskesmas", "medical", "apotek")),
    (Place.Kind.STATION, ("bus", "halte", "terminal", "stasiun", "station", "stop", "lobby", "bandara", "airport")),
    (Place.Kind.SHOP, ("mall", "market", "supermarket", "minimarket", "corner", "square", "shop", "toko", "express",
                       "hardy", "pasar", "plaza", "indomaret", "alfamart")),
)  # fmt: skip
"""Words that tell what kind a place is, asked in this order: a university hospital is a hospital."""

_ALIASES = {"bus_station": "Halte bus", "bus station": "Halte bus"}
_SMALL = {"of", "and", "dan", "di", "the"}


def place_name(text: str) -> str:
    """`FACULTY OF AGRICULTURE` -> `Faculty of Agriculture`; codes get a name."""
    name = " ".join(text.replace("_", " ").split())
    if alias := _ALIASES.get(name.lower()):
        return alias
    if name.isupper():
        words = name.lower().split()
        name = " ".join(w if i and w in _SMALL else w.capitalize() for i, w in enumerate(words))
    return re.sub(r"'S\b", "'s", name)
