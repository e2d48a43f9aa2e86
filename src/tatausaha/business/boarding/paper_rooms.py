"""Rooms from paper: houses with their types, prices and rooms, one or several rooms a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.listing_names import GENDERS
from tatausaha.business.boarding.models import Gender, Room
from tatausaha.business.boarding.queries import from_paper
from tatausaha.business.boarding.services import houses, paper_rooms
from tatausaha.core.imports.kinds import Column, Job, Kind, Outcome
from tatausaha.core.kernel import clock, money, parts
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.openings.cells import Book, plain, text_of
from tatausaha.core.people.models import Unit, Zone


@dataclass(frozen=True)
class RoomRow:
    """A row as understood: rooms of one type in one house; `unit` is missing while the house is new."""

    unit: Unit | None
    house: str
    type_name: str
    numbers: tuple[str, ...]
    rent: int
    floor: int | None
    details: Mapping[str, str]
    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What may stand only once in a file."""
        return f"{plain(self.house)}|{','.join(self.numbers)}"

    @property
    def shown(self) -> tuple[Any, ...]:
        """House, rooms, type, rent."""
        said = ", ".join(self.numbers[:6]) + (" …" if len(self.numbers) > 6 else "")
        return self.house, said, self.type_name, self.rent


class RoomDesk:
    """Reads and writes the rooms of one run."""

    def __init__(self, job: Job) -> None:
        self.job, self.book = job, Book(job)
        self._prices: dict[tuple[str, str], int] = {}
        self._rooms: set[tuple[str, str]] = set()

    def read(self, row: Mapping[str, str]) -> RoomRow:
        """Understand a row. Raises `Refused`."""
        house = text_of(row, "rumah", 120)
        if not plain(house):
            raise Refused(_now("Kolom rumah kosong: tulis nama rumah kosnya."))
        unit = self._unit(house)
        name = text_of(row, "tipe", 80) or _now("Standar")
        rent = _rupiah(row, "sewa")
        numbers = tuple(houses.room_numbers(row.get("kamar") or ""))
        known = self._prices.setdefault((plain(house), plain(name)), rent)
        if known != rent:
            said = _now("Tipe %(type)s sudah berharga %(rent)s di baris sebelumnya; satu tipe satu harga.")
            raise Refused(said % {"type": name, "rent": money.rupiah(known)})
        if twice := [one for one in numbers if (plain(house), one) in self._rooms]:
            said = _now("Kamar %(numbers)s sudah ada di baris sebelumnya.")
            raise Refused(said % {"numbers": ", ".join(twice[:10])})
        made = RoomRow(unit, unit.name if unit else house, name, numbers, rent, _floor(row), _details(row))
        self._rooms |= {(plain(house), one) for one in numbers}
        return made

    def _unit(self, name: str) -> Unit | None:
        if not (self.book.units.get(plain(name)) or self.book.units.get(name.casefold())):
            return None
        unit = self.book.unit({"rumah": name}, "rumah")
        if unit.business != "boarding":
            raise Refused(_now("%(name)s bukan rumah kos.") % {"name": unit.name})
        return unit

    def foresee(self, items: Sequence[RoomRow]) -> list[Outcome | Refused]:
        """New, changed or the same, by the rooms and prices that there are."""
        units = {row.unit.pk for row in items if row.unit}
        known = from_paper.rooms_of_units(units)
        prices = from_paper.rents_of_units(units, clock.day(self.job.at, Zone.WIB))
        return [self._outcome(row, known, prices) for row in items]

    def _outcome(
        self,
        row: RoomRow,
        known: Mapping[tuple[int, str], Room],
        prices: Mapping[tuple[int, str], int | None],
    ) -> Outcome | Refused:
        there = [
            room for one in row.numbers if row.unit and (room := known.get((row.unit.pk, one))) is not None
        ]
        for room in there:
            if plain(room.room_type.name) != plain(row.type_name):
                said = _now("Kamar %(number)s sudah tercatat sebagai tipe %(type)s.")
                return Refused(said % {"number": room.number, "type": room.room_type.name})
        if not there:
            return Outcome.CREATED
        assert row.unit is not None
        same_price = prices.get((row.unit.pk, plain(row.type_name))) == row.rent
        return Outcome.UNCHANGED if len(there) == len(row.numbers) and same_price else Outcome.UPDATED

    def write(self, item: RoomRow, number: int) -> Outcome:  # noqa: ARG002 - the rooms tell what is in
        """Bring the rooms of a row in. Raises `Refused`."""
        unit = self._unit(item.house)
        (answer,) = self.foresee([replace(item, unit=unit)])
        if isinstance(answer, Refused):
            raise answer
        if answer != Outcome.UNCHANGED:
            house = paper_rooms.write(
                unit, item.house, item.type_name, item.numbers, rent=item.rent, floor=item.floor,
                details=item.details, by=self.job.by, at=self.job.at,
            )  # fmt: skip
            if unit is None:
                self.book.add(house.unit)
        return answer


def _rupiah(row: Mapping[str, str], column: str) -> int:
    text = text_of(row, column, 40)
    if not text:
        raise Refused(_now("Kolom %(column)s kosong.") % {"column": column})
    try:
        amount = money.parse_rupiah(text)
    except Refused as no:
        said = _now("Kolom %(column)s: “%(text)s” tidak terbaca. %(why)s")
        raise Refused(said % {"column": column, "text": text, "why": no}) from no
    if not 10_000 <= amount <= 1_000_000_000:
        said = _now("%(amount)s di luar Rp10.000 sampai Rp1.000.000.000.")
        raise Refused(said % {"amount": money.rupiah(amount)})
    return amount


def _floor(row: Mapping[str, str]) -> int | None:
    text = text_of(row, "lantai", 10)
    if not text:
        return None
    if not text.removeprefix("-").isdecimal() or abs(int(text)) > 99:
        raise Refused(_now("Lantai “%(text)s” bukan bilangan.") % {"text": text})
    return int(text)


def _details(row: Mapping[str, str]) -> dict[str, str]:
    """What a house that is new says of itself."""
    text = plain(text_of(row, "khusus", 40))
    if text and text not in GENDERS:
        raise Refused(_now("Khusus harus Putra, Putri, atau Campur, bukan “%(text)s”.") % {"text": text})
    gender = GENDERS[text] if text else Gender.UNSTATED
    return {"gender": gender, "city": text_of(row, "kota", 60), "size": text_of(row, "ukuran", 30)}


ROOMS = Kind(
    code="kamar",
    title=_("Rumah dan kamar"),
    lead=_(
        "Satu baris setiap kamar, atau beberapa kamar bertipe sama: 101-110. Rumah yang belum ada dibuat."
    ),
    columns=(
        Column("rumah", _("nama atau kode rumah kos"), "Kos Melati", required=True),
        Column("kamar", _("nomor kamar; beberapa sekaligus boleh"), "101-110", required=True),
        Column("tipe", _("nama tipe; kosong berarti Standar"), "Standar"),
        Column("sewa", _("sewa satu masa sewa; satu tipe satu harga"), "1000000", required=True),
        Column("lantai", _("lantai ke berapa"), "1"),
        Column("ukuran", _("panjang x lebar dalam meter"), "3x4"),
        Column("khusus", _("untuk rumah baru: Putra, Putri atau Campur"), "Putri"),
        Column("kota", _("untuk rumah baru: kota atau kabupaten"), "Bandung"),
    ),
    help="memasukkan rumah kos dengan kamar, tipe dan harganya",
    subject="kamar",
    created=_("baris baru"),
    shown=(
        parts.Column(_("Rumah"), rank=1),
        parts.Column(_("Kamar"), rank=2),
        parts.Column(_("Tipe")),
        parts.Column(_("Sewa"), parts.Kind.MONEY),
    ),
    open=RoomDesk,
    after=(_("Kembali ke langkah-langkahnya"), "moving_in"),
    sheet_name=_("Kamar"),
)
