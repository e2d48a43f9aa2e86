"""The three houses: what they are, what they cost, what is near."""

from dataclasses import dataclass, field
from decimal import Decimal

from tatausaha.business.boarding.models import Gender, Place
from tatausaha.business.boarding.services.places import NearPlace
from tatausaha.core.people.models import Zone

WIB, WITA = Zone.WIB.value, Zone.WITA.value


@dataclass(frozen=True)
class TypePlan:
    """A room type: rents in rupiah, `later` the rent that was published during the year."""

    name: str
    size: str
    area: str
    rooms: str
    rent: int
    later: int = 0
    text: str = ""
    in_room: tuple[str, ...] = ()
    in_bathroom: tuple[str, ...] = ()
    seeds: tuple[int, ...] = ()

    @property
    def area_m2(self) -> Decimal:
        """Square metres."""
        return Decimal(self.area)


@dataclass(frozen=True)
class ServicePlan:
    """A service: its price in rupiah per 30 days, or per `measure` of what was used."""

    name: str
    price: int
    measure: str = ""
    text: str = ""
    of_room: bool = False


@dataclass(frozen=True)
class HousePlan:
    """A house with everything that is said of it, and what it costs to run in a month."""

    name: str
    zone: str
    gender: str
    address: str
    phone: str
    city: str
    district: str
    latitude: float
    longitude: float
    built: int
    managers: tuple[str, ...]
    bank: tuple[str, str]
    text: str
    seed: int
    common: tuple[str, ...]
    types: tuple[TypePlan, ...]
    services: tuple[ServicePlan, ...]
    near: tuple[NearPlace, ...]
    capital: int = 0
    costs: dict[str, int] = field(default_factory=dict)


_BED = ("Kasur", "Lemari pakaian", "Meja belajar", "Kursi")

MELATI = HousePlan(
    name="Kos Putri Melati", zone=WIB, gender=Gender.WOMEN, phone="0812-2100-1101",
    address="Jl. Tubagus Ismail Dalam No. 21, Coblong, Bandung 40134", city="Bandung", district="Coblong",
    latitude=-6.8838, longitude=107.6180, built=2014, managers=("sari@contoh.id",), bank=("BCA", "4370112233"),
    text=(
        "Rumah tiga lantai yang tenang di gang kecil, sepuluh menit berjalan kaki ke kampus Ganesha. "
        "Dapur dan ruang belajar bersama di lantai dua, jemuran beratap di lantai tiga. Gerbang dikunci pukul "
        "22.00; penghuni memegang kunci sendiri. Tamu laki-laki di ruang tamu sampai pukul 20.00."
    ),
    seed=11, common=("WiFi", "Dapur bersama", "Ruang belajar", "Jemuran", "CCTV", "Penjaga malam", "Parkir motor"),
    types=(
        TypePlan(
            "Standar", "3x3", "9", "101-108", 850_000, 900_000,
            "Jendela ke taman dalam. Kamar mandi bersama, satu untuk dua kamar.",
            (*_BED, "Jendela"), ("Kamar mandi bersama", "Shower"), (3, 8),
        ),
        TypePlan(
            "Nyaman", "3x4", "12", "201-206", 1_250_000, 1_300_000,
            "Kamar mandi di dalam, jendela besar, siap dipasangi AC.",
            (*_BED, "Kipas angin", "Cermin"), ("Kamar mandi dalam", "Shower", "Kloset duduk"), (5, 14),
        ),
        TypePlan(
            "Utama", "4x4", "16", "301-302", 1_650_000, 0,
            "Lantai tiga, dua jendela, balkon kecil menghadap Dago.",
            (*_BED, "Rak buku", "Cermin", "Balkon"),
            ("Kamar mandi dalam", "Air panas", "Kloset duduk"), (21,),
        ),
    ),
    services=(
        ServicePlan("Laundry", 75_000, text="Cuci, setrika, lipat; dijemput dua kali seminggu, sampai 15 kg."),
        ServicePlan("AC", 200_000, text="Pemakaian AC kamar, listrik sudah termasuk.", of_room=True),
        ServicePlan("WiFi cepat", 60_000, text="50 Mbps untuk kamar sendiri."),
    ),
    near=(
        NearPlace("Institut Teknologi Bandung", Place.Kind.CAMPUS, 900, -6.8915, 107.6107),
        NearPlace("Universitas Padjadjaran Dipatiukur", Place.Kind.CAMPUS, 1300, -6.8934, 107.6170),
        NearPlace("RS Santo Borromeus", Place.Kind.HOSPITAL, 1500, -6.8937, 107.6135),
        NearPlace("Pasar Simpang Dago", Place.Kind.SHOP, 700, -6.8848, 107.6136),
    ),
    capital=20_000_000,
    costs={"listrik": 430_000, "air": 185_000, "internet": 385_000, "gaji": 2_100_000, "kebersihan": 240_000},
)  # fmt: skip

JIMBARAN = HousePlan(
    name="Kos Jimbaran Asri", zone=WITA, gender=Gender.MIXED, phone="0812-3600-2202",
    address="Jl. Kampus Udayana Gang Nangka No. 8, Jimbaran, Kuta Selatan, Badung 80361",
    city="Kabupaten Badung", district="Kuta Selatan", latitude=-8.7925, longitude=115.1700, built=2019,
    managers=("wayan@contoh.id", "ayu@contoh.id"), bank=("Mandiri", "1450098877665"),
    text=(
        "Dua deret kamar mengelilingi taman, untuk mahasiswa dan karyawan. Listrik setiap kamar bermeter sendiri, "
        "jadi Anda membayar yang Anda pakai. Galon diantar ke depan pintu. Pasangan suami istri boleh dengan "
        "menunjukkan buku nikah."
    ),
    seed=23, common=("WiFi", "Taman", "Dapur bersama", "CCTV", "Parkir motor", "Parkir mobil", "Ruang tamu"),
    types=(
        TypePlan(
            "Taman", "3x4", "12", "A1-A8", 1_500_000, 0,
            "Di lantai bawah, teras sendiri menghadap taman.",
            (*_BED, "AC", "Teras"), ("Kamar mandi dalam", "Shower", "Kloset duduk"), (2, 17),
        ),
        TypePlan(
            "Balkon", "4x4", "16", "B1-B6", 2_000_000, 2_150_000,
            "Di lantai atas, balkon dengan angin dari bukit, air panas.",
            (*_BED, "AC", "Balkon", "TV", "Kulkas kecil"),
            ("Kamar mandi dalam", "Air panas", "Kloset duduk"), (6, 29),
        ),
    ),
    services=(
        ServicePlan("Listrik", 1_700, "kWh", "Menurut meter kamar.", of_room=True),
        ServicePlan("Galon", 20_000, "galon", "Air minum 19 liter, diantar ke kamar."),
        ServicePlan("Laundry", 8_000, "kg", "Cuci dan setrika."),
        ServicePlan("Parkir mobil", 150_000, text="Tempat tetap di halaman."),
    ),
    near=(
        NearPlace("Universitas Udayana Kampus Bukit", Place.Kind.CAMPUS, 800, -8.7984, 115.1710),
        NearPlace("Politeknik Negeri Bali", Place.Kind.CAMPUS, 1200, -8.7993, 115.1622),
        NearPlace("RS Universitas Udayana", Place.Kind.HOSPITAL, 1600, -8.7939, 115.1580),
        NearPlace("Pasar Jimbaran", Place.Kind.SHOP, 2400, -8.7786, 115.1675),
    ),
    capital=45_000_000,
    costs={"listrik": 1_850_000, "air": 320_000, "internet": 450_000, "gaji": 2_600_000, "kebersihan": 380_000},
)  # fmt: skip

MERPATI = HousePlan(
    name="Kos Putra Merpati", zone=WIB, gender=Gender.MEN, phone="0813-2200-3303",
    address="Jl. Ciseke Besar No. 54, Jatinangor, Sumedang 45363", city="Sumedang", district="Jatinangor",
    latitude=-6.9313, longitude=107.7715, built=2006, managers=("dedi@contoh.id",), bank=("BRI", "0389010055443"),
    text=(
        "Kos hemat untuk mahasiswa: kamar sederhana, bersih, lima menit bersepeda ke gerbang Unpad. Kamar mandi "
        "bersama empat, air dari sumur bor. Warung makan dan tempat fotokopi di seberang jalan."
    ),
    seed=37, common=("WiFi", "Dapur bersama", "Jemuran", "Parkir motor"),
    types=(
        TypePlan(
            "Hemat", "3x2,5", "7.5", "1-10", 500_000, 525_000,
            "Kasur, lemari, meja. Listrik sudah termasuk untuk laptop dan lampu.",
            _BED, ("Kamar mandi bersama", "Ember mandi"), (9, 31),
        ),
    ),
    services=(
        ServicePlan("Laundry", 60_000, text="Sampai 10 kg setiap bulan."),
        ServicePlan("Parkir motor dalam", 30_000, text="Di dalam pagar, beratap."),
    ),
    near=(
        NearPlace("Universitas Padjadjaran Jatinangor", Place.Kind.CAMPUS, 1100, -6.9261, 107.7749),
        NearPlace("Institut Teknologi Bandung Jatinangor", Place.Kind.CAMPUS, 900, -6.9297, 107.7690),
        NearPlace("Jatinangor Town Square", Place.Kind.SHOP, 600, -6.9345, 107.7729),
    ),
    capital=15_000_000,
    costs={"listrik": 480_000, "air": 90_000, "internet": 275_000, "kebersihan": 120_000},
)  # fmt: skip

HOUSES = (MELATI, JIMBARAN, MERPATI)
