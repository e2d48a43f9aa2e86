"""One row of a listing file, understood or refused with a reason that its author can act on."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.text import slugify
from django.utils.translation import gettext as _

from tatausaha.business.boarding.listing_names import FACILITIES, GENDERS, PLACE_KINDS, place_name
from tatausaha.business.boarding.models.house import EAST, NORTH, SOUTH, WEST, Gender, Place
from tatausaha.core.kernel import money
from tatausaha.core.kernel.errors import Refused

MOST_FREE = 500
LEAST_RENT, MOST_RENT = 10_000, 1_000_000_000
_PLACE = re.compile(r"(?P<name>.+?)\s*\((?P<far>\d+(?:[.,]\d+)?)\s*(?P<unit>km|m)\)\s*", re.IGNORECASE)
_SIZE = re.compile(
    r"(\d{1,2}(?:[.,]\d{1,2})?)\s*[x×*]\s*(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:m|meter)?", re.IGNORECASE
)
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e\+?\d{1,2}", re.IGNORECASE)
_COMPASS = {"south": "Selatan", "north": "Utara", "west": "Barat", "east": "Timur", "central": "Tengah"}


@dataclass(frozen=True)
class NamedPlace:
    """A place that a row names, and how far it is in metres."""

    key: str
    name: str
    kind: str
    distance_m: int


@dataclass(frozen=True)
class NamedFacility:
    """A facility that a row names, under the one name that it has here."""

    scope: str
    key: str
    name: str


@dataclass(frozen=True)
class Listing:
    """A house as a row offers it; `remarks` say what was left out or taken with a doubt."""

    name: str
    type_name: str
    city: str
    district: str
    latitude: float | None
    longitude: float | None
    gender: str
    rent: int
    size: str
    area_m2: str | None
    free: int
    built_year: int | None
    down_payment_percent: int | None
    facilities: tuple[NamedFacility, ...]
    places: tuple[NamedPlace, ...]
    remarks: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """What finds the same house again: its name, and where it is."""
        if self.latitude is None or self.longitude is None:
            where = f"{_plain(self.district)},{_plain(self.city)}"
        else:
            where = f"{self.latitude:.4f},{self.longitude:.4f}"
        return f"{_plain(self.name)}|{where}"

    @property
    def shown(self) -> tuple[str | int, ...]:
        """Name, area, rent, free rooms and down payment, as a preview lists them."""
        area = ", ".join(part for part in (self.district, self.city) if part)
        return self.name, area, self.rent, self.free, f"{self.down_payment_percent or 10}%"

    @property
    def digest(self) -> str:
        """Changes when anything changes that the row says."""
        told = {name: value for name, value in asdict(self).items() if name != "remarks"}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def read(cells: Mapping[str, str], *, on: date) -> Listing:
    """Understand a row as of a day. Raises `Refused` with the reason for what cannot be done without."""
    remarks: list[str] = []
    latitude, longitude = _position(cells, remarks)
    name = _name(cells)
    size, area = _size(cells, remarks)
    return Listing(
        name=name,
        type_name=_type_name(name),
        city=_city(_text(cells, "kota", 60)),
        district=_district(_text(cells, "kecamatan", 60)),
        latitude=latitude,
        longitude=longitude,
        gender=_gender(cells, remarks),
        rent=_rent(cells),
        size=size,
        area_m2=area,
        free=_free(cells, remarks),
        built_year=_year(cells, on, remarks),
        down_payment_percent=_percent(cells),
        facilities=_facilities(cells),
        places=_places(cells, remarks),
        remarks=tuple(remarks),
    )


def _text(cells: Mapping[str, str], column: str, longest: int = 200) -> str:
    known = unicodedata.normalize("NFKC", cells.get(column) or "")
    printable = "".join(c if c.isprintable() else " " for c in known)
    return " ".join(printable.split())[:longest]


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())


def _name(cells: Mapping[str, str]) -> str:
    name = _text(cells, "nama_kos", 120)
    if not _plain(name):
        raise Refused(_("Nama kos kosong."))
    return name


def _type_name(name: str) -> str:
    found = re.search(r"\b(?:tipe|type)\s+(.+)$", name, re.IGNORECASE)
    return found[1].strip()[:80] if found else _("Standar")


def _number(text: str) -> Decimal | None:
    plain = text.replace(" ", "").replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else None


def _position(cells: Mapping[str, str], remarks: list[str]) -> tuple[float | None, float | None]:
    texts = _text(cells, "lintang", 40), _text(cells, "bujur", 40)
    if not any(texts):
        remarks.append(_("Tanpa letak: tidak bisa dicari menurut jarak."))
        return None, None
    numbers = [_number(text) for text in texts]
    if numbers[0] is None or numbers[1] is None:
        raise Refused(_("Lintang dan bujur tidak terbaca: %(text)s.") % {"text": ", ".join(texts)})
    latitude, longitude = float(numbers[0]), float(numbers[1])
    if SOUTH <= longitude <= NORTH and WEST <= latitude <= EAST:
        raise Refused(_("Lintang dan bujur tertukar."))
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise Refused(_("Letak %(text)s di luar Indonesia.") % {"text": ", ".join(texts)})
    return latitude, longitude


def _gender(cells: Mapping[str, str], remarks: list[str]) -> str:
    text = _plain(_text(cells, "khusus"))
    if not text:
        remarks.append(_("Kolom khusus kosong: tampil sebagai belum disebutkan."))
        return Gender.UNSTATED
    if text not in GENDERS:
        raise Refused(_("Khusus harus Putra, Putri, atau Campur, bukan “%(text)s”.") % {"text": text[:40]})
    return GENDERS[text]


def _rent(cells: Mapping[str, str]) -> int:
    text = re.sub(
        r"\s*(/|per)\s*(bulan|bln|30 hari)\s*$", "", _text(cells, "sewa_bulanan"), flags=re.IGNORECASE
    )
    if not text:
        raise Refused(_("Sewa bulanan kosong."))
    if _SCIENTIFIC.fullmatch(text):
        text = str(int(float(text.replace(",", "."))))
    try:
        rent = money.parse_rupiah(text)
    except Refused as no:
        raise Refused(
            _("Sewa bulanan “%(text)s” tidak terbaca: %(why)s") % {"text": text[:40], "why": no}
        ) from no
    if not LEAST_RENT <= rent <= MOST_RENT:
        said = {"rent": money.rupiah(rent), "low": money.rupiah(LEAST_RENT), "high": money.rupiah(MOST_RENT)}
        raise Refused(_("Sewa bulanan %(rent)s di luar %(low)s sampai %(high)s.") % said)
    return rent


def _whole(text: str) -> int | None:
    number = _number(text.removesuffix("%").strip())
    return int(number) if number is not None and number == int(number) else None


def _free(cells: Mapping[str, str], remarks: list[str]) -> int:
    text = _text(cells, "kamar_kosong", 40)
    if not text:
        remarks.append(_("Jumlah kamar kosong tidak ada: dicatat penuh."))
        return 0
    free = _whole(text)
    if free is None or not 0 <= free <= MOST_FREE:
        raise Refused(
            _("Kamar kosong harus bilangan bulat 0 sampai %(most)d, bukan “%(text)s”.")
            % {"most": MOST_FREE, "text": text}
        )
    return free


def _year(cells: Mapping[str, str], on: date, remarks: list[str]) -> int | None:
    text = _text(cells, "tahun_bangunan", 40)
    if not text:
        return None
    year = _whole(text)
    if year is None or not 1900 <= year <= on.year + 2:
        remarks.append(_("Tahun bangunan “%(text)s” tidak masuk akal dan dilewati.") % {"text": text})
        return None
    return year


def _percent(cells: Mapping[str, str]) -> int | None:
    text = _text(cells, "uang_muka_persen", 40)
    if not text:
        return None
    percent = _whole(text)
    if percent is None or not 1 <= percent <= 100:
        raise Refused(
            _("Uang muka harus bilangan bulat 1 sampai 100 persen, bukan “%(text)s”.") % {"text": text}
        )
    return percent


def _size(cells: Mapping[str, str], remarks: list[str]) -> tuple[str, str | None]:
    text = _text(cells, "ukuran_kamar_m", 30)
    found = _SIZE.fullmatch(text)
    if not found:
        if text:
            remarks.append(_("Ukuran “%(text)s” dicatat tanpa luas.") % {"text": text})
        return text, None
    long, wide = (Decimal(part.replace(",", ".")) for part in found.groups())
    area = long * wide
    return text, str(area.quantize(Decimal("0.01"))) if area else None


def _facilities(cells: Mapping[str, str]) -> tuple[NamedFacility, ...]:
    found: dict[tuple[str, str], NamedFacility] = {}
    for column, scope in (
        ("fasilitas_kamar", "kamar"),
        ("fasilitas_kamar_mandi", "mandi"),
        ("fasilitas_umum", "umum"),
    ):
        text = _text(cells, column, 5000)
        for part in re.split(r"[;|]" if re.search(r"[;|]", text) else ",", text):
            if facility := named_facility(part, scope):
                found[facility.scope, facility.key] = facility
    return tuple(found[key] for key in sorted(found))


def named_facility(text: str, scope: str) -> NamedFacility | None:
    """A facility as people write it, under the one name that it has here; nothing for nothing."""
    plain = _plain(text)
    if not plain:
        return None
    name = FACILITIES.get(plain) or FACILITIES.get(plain.replace(" ", ""))
    if name is None:
        stripped = " ".join(text.split())[:60]
        name = stripped[0].upper() + stripped[1:]
    key = slugify(name)[:60] or slugify(plain)[:60]
    return NamedFacility(scope, key, name) if key else None


def _places(cells: Mapping[str, str], remarks: list[str]) -> tuple[NamedPlace, ...]:
    found: dict[str, NamedPlace] = {}
    for part in re.split(r"[;|]", _text(cells, "tempat_terdekat", 5000)):
        if not part.strip():
            continue
        parts = _PLACE.fullmatch(part.strip())
        number = _number(parts["far"]) if parts else None
        if parts is None or number is None:
            remarks.append(_("Tempat “%(text)s” tidak terbaca dan dilewati.") % {"text": part.strip()[:80]})
            continue
        metres = round(number * (1000 if parts["unit"].lower() == "km" else 1))
        name = place_name(parts["name"])[:120]
        if metres <= 500_000 and _plain(name):
            near = NamedPlace(_plain(name)[:120], name, _kind(name), metres)
            if near.key not in found or metres < found[near.key].distance_m:
                found[near.key] = near
    return tuple(found[key] for key in sorted(found))


def _kind(name: str) -> str:
    plain = _plain(name)
    for kind, words in PLACE_KINDS:
        if any(re.search(rf"\b{word}", plain) for word in words):
            return kind
    return Place.Kind.OTHER


def _cased(text: str) -> str:
    return text.title() if text.isupper() or text.islower() else text


def _city(text: str) -> str:
    """`Kabupaten Badung`, `Kab. Badung`, `Badung Regency` -> `Badung`; `Denpasar City` -> `Kota Denpasar`."""
    bare = re.sub(r"^(kabupaten|kab\.?)\s+|\s+regency$", "", text, flags=re.IGNORECASE)
    if found := re.fullmatch(r"(?:kota\s+(.+)|(.+)\s+city)", bare, re.IGNORECASE):
        return f"Kota {_cased(found[1] or found[2])}"
    return _cased(bare)


def _district(text: str) -> str:
    """`Kecamatan Kuta Selatan`, `Kec. Kuta Selatan`, `South Kuta` -> `Kuta Selatan`."""
    bare = re.sub(r"^(kecamatan|kec\.?)\s+|\s+(sub-?)?district$", "", text, flags=re.IGNORECASE)
    first, _space, rest = bare.partition(" ")
    if rest and first.lower() in _COMPASS:
        return f"{_cased(rest)} {_COMPASS[first.lower()]}"
    return _cased(bare)
