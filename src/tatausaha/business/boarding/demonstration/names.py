"""Who the tenants of the demonstration are: names, home towns, what they do; phones and NIK that fit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from tatausaha.business.boarding.demonstration.slips import identity_card
from tatausaha.core.people import identity

WOMEN = (
    "Rini Wulandari", "Putri Ayu Lestari", "Siti Nurhaliza Azzahra", "Dewi Anggraini", "Nadya Maharani",
    "Fitri Handayani", "Intan Permatasari", "Maria Goretti Simanjuntak", "Annisa Rahmawati", "Yuliana Safira",
    "Kartika Sari Dewi", "Ni Luh Putu Ariani", "Clara Evangelista Tambunan", "Aisyah Khairunnisa",
    "Wulan Oktaviani", "Ratna Puspita", "Tiara Anjani", "Gita Savitri", "Laras Kinasih", "Mega Silalahi",
    "Hana Nabila", "Desi Ratnasari", "Ni Made Sri Utami", "Vania Halim", "Salsabila Ramadhani", "Bunga Citra Melani",
    "Olivia Sihombing", "Indah Kurniasih", "Zahra Aulia Rahman", "Ni Komang Dewi Lestari", "Febriana Putri",
    "Novita Sari", "Theresia Widyastuti", "Khansa Amalia", "Retno Palupi", "Yasmin Alatas",
)  # fmt: skip
MEN = (
    "I Made Aditya Pratama", "Budi Santosa", "Agus Setiawan", "Rizky Ramadhan", "Fajar Nugroho", "I Ketut Sudarma",
    "Yohanes Kristianto", "Bayu Segara", "Dimas Prasetyo", "Hendra Gunawan", "Teguh Wicaksono", "Ilham Maulana",
    "Galih Permana", "Arif Budiman", "Kevin Wijaya", "Reza Pahlevi", "Doni Saputra", "Andreas Manurung",
    "Yusuf Kurniawan", "Gede Oka Wirawan", "Rangga Pratama", "Eko Purnomo", "Surya Darma", "Nur Hidayat",
    "Adi Putra Nasution", "Ferdi Lubis", "Wahyu Hidayat", "Krisna Murti", "Hafiz Alfarizi", "Joko Susilo",
    "Samuel Tarigan", "I Gusti Ngurah Bagus", "Ridwan Hakim", "Toni Firmansyah",
)  # fmt: skip
TOWNS = (
    ("Kediri", "350601"), ("Semarang", "337401"), ("Medan", "127101"), ("Palembang", "167101"),
    ("Makassar", "737101"), ("Denpasar", "517101"), ("Cirebon", "327401"), ("Malang", "357301"),
    ("Banyuwangi", "351001"), ("Padang", "137101"), ("Purwokerto", "330201"), ("Singaraja", "510801"),
    ("Tasikmalaya", "327801"), ("Kupang", "537101"),
)  # fmt: skip
STUDIES = {
    "Kos Putri Melati": ("Institut Teknologi Bandung", "Universitas Padjadjaran"),
    "Kos Jimbaran Asri": ("Universitas Udayana", "Hotel di Nusa Dua", "Politeknik Negeri Bali"),
    "Kos Putra Merpati": ("Universitas Padjadjaran", "ITB Jatinangor"),
}
BANKS = ("BCA", "Mandiri", "BRI", "BNI", "BSI", "Jago", "SeaBank")


@dataclass(frozen=True)
class Guise:
    """What one person would write on a form."""

    name: str
    woman: bool
    phone: str
    town: str
    nik: str
    work: str
    bank: str

    @property
    def occupant(self) -> str:
        """For the booking form."""
        return "wanita" if self.woman else "pria"

    def statement(self) -> dict[str, object]:
        """What the registration asks for, with an identity card."""
        studies = not self.work.startswith("Hotel")
        return {
            "origin": self.town, "purpose": "kuliah" if studies else "bekerja", "occupation": self.work,
            "emergency_name": f"Orang tua {self.name.split()[0]}",
            "emergency_phone": identity.phone(f"{self.phone[:-1]}9"),
            "paper_kind": "ktp", "paper_number": self.nik, "paper_file": identity_card(self.name, self.nik),
            "waived_because": "",
        }  # fmt: skip


class Guests:
    """Hands out people, each once, always in the same order."""

    def __init__(self, present: date) -> None:
        self._chance = Random(2026)  # noqa: S311 - a story, no secret
        self._present = present
        self._left = {True: list(WOMEN), False: list(MEN)}
        self._count = 0

    def reserve(self, names: Iterable[str]) -> None:
        """Keep names for those who are asked for by name."""
        for left in self._left.values():
            left[:] = [name for name in left if name not in set(names)]

    def one(self, house: str, *, woman: bool, name: str = "") -> Guise:
        """The next woman or man; `name` picks one by name."""
        chosen = name or self._left[woman].pop(0)
        self._count += 1
        town, code = self._chance.choice(TOWNS)
        born = date(self._present.year - self._chance.randint(19, 27), self._chance.randint(1, 12), 1)
        day = self._chance.randint(1, 28) + (40 if woman else 0)
        nik = f"{code}{day:02d}{born:%m%y}{self._count:04d}"
        network = self._chance.choice(("12", "13", "21", "57", "58", "78", "96"))
        phone = f"08{network}{7_000_000 + self._count * 7919:07d}"
        return Guise(
            chosen,
            woman,
            f"{phone}0",
            town,
            nik,
            self._chance.choice(STUDIES[house]),
            self._chance.choice(BANKS),
        )
