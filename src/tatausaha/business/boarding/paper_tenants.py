"""Tenants from paper, with their running cycle: since when, paid until, rent, services, deposit, arrears."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Cycle, ExtraService, Room
from tatausaha.business.boarding.queries import cycles, from_paper
from tatausaha.business.boarding.services import paper_tenants
from tatausaha.core.imports.kinds import Column, Job, Kind, Outcome
from tatausaha.core.kernel import clock, money, parts, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import parse_date
from tatausaha.core.openings.cells import Book, plain, text_of
from tatausaha.core.openings.forms import OpeningForm
from tatausaha.core.openings.services import set_cut_over
from tatausaha.core.people import identity
from tatausaha.core.people.models import Zone

MOST_UNPAID = 12
"""Periods that may have gone by unpaid; more are a typing error."""
MOST_AHEAD = 24
"""Periods that may be paid ahead."""
NOTHING = {"", "-", "–", "0", "tidak", "tidak ada", "belum", "nol"}


@dataclass(frozen=True)
class TenantRow(paper_tenants.Tenancy):
    """A row as understood."""

    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What finds the same tenant again, also after a move or a farewell."""
        said = (self.room.house.unit_id, self.room.number, plain(self.name), self.anchor.isoformat())
        return "|".join(map(str, said))[:200]

    @property
    def digest(self) -> str:
        """Changes when anything changes that the row says."""
        said = [
            self.phone, self.email, self.paid_periods, self.rent, self.deposit, self.arrears,
            [(one.pk, price) for one, price in self.services],
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def shown(self) -> tuple[Any, ...]:
        """House and room, who, paid until, rent, deposit, arrears."""
        unit = self.room.house.unit.name
        deposit = money.rupiah(self.deposit) if self.deposit else _now("tidak ada")
        return (
            self.name,
            f"{unit}, {self.room.number}",
            self.anchor,
            self.paid_to,
            self.rent,
            deposit,
            self.arrears,
        )


class TenantDesk:
    """Reads and writes the tenants of one run."""

    def __init__(self, job: Job) -> None:
        self.job, self.book = job, Book(job)
        self.on = clock.day(job.at, Zone.WIB)
        units = {
            unit.pk for found in self.book.units.values() for unit in found if unit.business == "boarding"
        }
        self._rooms = from_paper.rooms_of_units(units)
        self._rents = from_paper.rents_of_units(units, self.on)
        self._services = from_paper.services_of_units(units, self.on)
        self._taken: set[int] = set()

    def read(self, row: Mapping[str, str]) -> TenantRow:
        """Understand a row. Raises `Refused`."""
        remarks: list[str] = []
        unit = self.book.unit(row, "rumah")
        number = text_of(row, "kamar", 20)
        room = self._rooms.get((unit.pk, number))
        if room is None:
            said = _now("%(unit)s tidak punya kamar %(number)s. Masukkan dulu kamarnya di langkah kamar.")
            raise Refused(said % {"unit": unit.name, "number": number or "–"})
        if room.pk in self._taken:
            raise Refused(_now("Kamar %(number)s sudah ada di baris sebelumnya.") % {"number": number})
        name = identity.person_name(text_of(row, "nama", 120))
        phone, email = identity.phone(text_of(row, "hp", 40)), identity.email(text_of(row, "surel", 120))
        day = self.book.day(unit)
        anchor = self._anchor(row, day)
        made = TenantRow(
            room=room, name=name, phone=phone, email=email,
            person=self.book.person({"nama": name, "hp": phone}) if phone else None,
            anchor=anchor, paid_periods=_paid_periods(row, anchor, day, Cycle(room.house.cycle), remarks), day=day,
            rent=self._rent(row, room), services=self._subscribed(row, room),
            deposit=_amount(row, "deposit"), arrears=_amount(row, "tunggakan"),
            note=text_of(row, "keterangan_tunggakan", 160),
        )  # fmt: skip
        if not phone:
            remarks.append(_now("Tanpa nomor HP: penghuni ini belum bisa diberi tahu."))
        self._taken.add(room.pk)
        return _with(made, remarks)

    def _anchor(self, row: Mapping[str, str], day: date) -> date:
        anchor = _date(row, "mulai")
        if anchor >= day:
            said = _now(
                "Masuk %(anchor)s, sesudah tanggal pindah (%(day)s): buat lewat pesanan di Tatausaha."
            )
            raise Refused(said % {"anchor": words.short_date(anchor), "day": words.short_date(day)})
        if anchor.year < 1990:
            raise Refused(_now("Tanggal mulai %(on)s terlalu lama.") % {"on": words.short_date(anchor)})
        return anchor

    def _rent(self, row: Mapping[str, str], room: Room) -> int:
        if typed := _amount(row, "sewa"):
            return typed
        published = self._rents.get((room.house.unit_id, plain(room.room_type.name)))
        if not published:
            raise Refused(_now("Sewanya kosong, dan tipe kamar itu belum punya harga."))
        return published

    def _subscribed(self, row: Mapping[str, str], room: Room) -> tuple[tuple[ExtraService, int], ...]:
        """`Laundry; Parkir = 50.000`: services of the house, at their published price unless one is given."""
        found = []
        for part in re.split(r"[;\n]", row.get("layanan") or ""):
            name, _is, price = part.partition("=")
            if plain(name) in {plain(one) for one in NOTHING}:
                continue
            service, published = self._services.get((room.house.unit_id, plain(name)), (None, None))
            if service is None or service.per_use:
                said = _now(
                    "Layanan “%(name)s” tidak ada di rumah itu sebagai langganan. Tambahkan dulu layanannya."
                )
                raise Refused(said % {"name": name.strip()[:40]})
            amount = money.parse_rupiah(price) if price.strip() else published
            if amount is None or amount < 0:
                raise Refused(_now("Layanan “%(name)s” belum punya harga.") % {"name": name.strip()[:40]})
            found.append((service, amount))
        if len({service.pk for service, _price in found}) != len(found):
            raise Refused(_now("Satu layanan tertulis dua kali."))
        return tuple(found)

    def foresee(self, items: Sequence[TenantRow]) -> list[Outcome | Refused]:
        """New, or in already; refused where the room is somebody else's."""
        rooms = [row.room.pk for row in items]
        known = from_paper.known_rows(row.key for row in items)
        lived, claimed = from_paper.stays_in(rooms), from_paper.claimed(rooms, self.job.at, self.on)
        answers: list[Outcome | Refused] = []
        for row in items:
            kept, there = known.get(row.key), lived.get(row.room.pk)
            if kept is not None and kept.digest == row.digest:
                answers.append(Outcome.UNCHANGED)
            elif kept is not None:
                said = _now("%(name)s sudah masuk dengan data lain (%(stay)s). Ubah di halaman huniannya.")
                answers.append(Refused(said % {"name": row.name, "stay": kept.stay.number}))
            elif there is not None:
                said = _now("Kamar %(number)s sudah dihuni %(name)s.")
                answers.append(Refused(said % {"number": row.room.number, "name": there.customer}))
            elif row.room.pk in claimed or row.room.out_of_service:
                said = _now("Kamar %(number)s sedang dipesan orang lain atau tidak disewakan.")
                answers.append(Refused(said % {"number": row.room.number}))
            else:
                answers.append(Outcome.CREATED)
        return answers

    def write(self, item: TenantRow, number: int) -> Outcome:
        """Bring one tenant in. Raises `Refused`."""
        (answer,) = self.foresee([item])
        if isinstance(answer, Refused):
            raise answer
        if answer == Outcome.CREATED:
            unit = item.room.house.unit
            if unit.pk not in self.book.days:
                set_cut_over([unit], item.day, by=self.job.by, at=self.job.at)
                self.book.days[unit.pk] = item.day
            paper_tenants.take_over(
                item, key=item.key, digest=item.digest, run=self.job.run, number=number, reason=self.book.reason,
                by=self.job.by, at=self.job.at,
            )  # fmt: skip
        return answer


def _with(row: TenantRow, remarks: list[str]) -> TenantRow:
    begun = cycles.number(row.anchor, row.day - cycles.A_DAY, row.room.house.cycle) + 1
    owed = max(0, begun - row.paid_periods)
    if owed:
        amount = owed * (row.rent + sum(price for _one, price in row.services))
        said = _now(
            "%(count)d masa sewa sebelum tanggal pindah belum lunas: ditagih %(amount)s sebagai tunggakan."
        )
        remarks.append(said % {"count": owed, "amount": money.rupiah(amount)})
    if not row.deposit:
        remarks.append(_now("Tanpa deposit: tidak ditagih lagi."))
    return replace(row, remarks=tuple(remarks))


def _paid_periods(row: Mapping[str, str], anchor: date, day: date, cycle: Cycle, remarks: list[str]) -> int:
    """How many whole periods from the anchor on are settled. Raises `Refused` for a day inside a period."""
    if text_of(row, "lunas_sampai", 40).lower() in NOTHING:
        until = anchor
        count = 0
    else:
        until = _date(row, "lunas_sampai")
        after = until + cycles.A_DAY
        count = cycles.number(anchor, after, cycle)
        if count < 0 or cycles.start(anchor, count, cycle) != after:
            raise Refused(_inside_a_period(until, anchor, max(count, 0), cycle))
    unpaid = cycles.number(anchor, day, cycle) - count
    if unpaid > MOST_UNPAID:
        raise Refused(
            _now("Lebih dari %(most)d masa sewa belum lunas: periksa tanggalnya.") % {"most": MOST_UNPAID}
        )
    if -unpaid > MOST_AHEAD:
        raise Refused(
            _now("Lunas lebih dari %(most)d masa sewa di muka: periksa tanggalnya.") % {"most": MOST_AHEAD}
        )
    if count and (until - day).days >= cycles.length(anchor, count - 1, cycle):
        remarks.append(_now("Sewa yang sudah dibayar di muka dianggap pendapatan buku kertas."))
    return count


def _inside_a_period(until: date, anchor: date, n: int, cycle: Cycle) -> str:
    said = _now(
        "Lunas sampai %(until)s tidak cocok dengan siklus 30 hari sejak %(anchor)s:"
        " yang cocok %(before)s atau %(after)s."
    )
    if cycle == Cycle.FIXED_DATE:
        said = _now(
            "Lunas sampai %(until)s tidak cocok dengan tanggal tetap sejak %(anchor)s:"
            " yang cocok %(before)s atau %(after)s."
        )
    before, after = (cycles.period(anchor, one, cycle)[1] for one in (max(n - 1, 0), n))
    days = {"until": until, "anchor": anchor, "before": before, "after": after}
    return said % {name: words.short_date(on) for name, on in days.items()}


def _date(row: Mapping[str, str], column: str) -> date:
    text = text_of(row, column, 40)
    try:
        return parse_date(text)
    except Refused as no:
        said = _now("Kolom %(column)s: “%(text)s” bukan tanggal. %(why)s")
        raise Refused(said % {"column": column, "text": text, "why": no}) from no


def _amount(row: Mapping[str, str], column: str) -> int:
    text = text_of(row, column, 40)
    if text.lower() in NOTHING:
        return 0
    try:
        amount = money.parse_rupiah(text)
    except Refused as no:
        said = _now("Kolom %(column)s: “%(text)s” tidak terbaca. %(why)s")
        raise Refused(said % {"column": column, "text": text, "why": no}) from no
    if not 0 <= amount <= 1_000_000_000:
        raise Refused(
            _now("Kolom %(column)s: %(amount)s tidak mungkin.") % {"column": column, "amount": text}
        )
    return amount


TENANTS = Kind(
    code="penghuni",
    title=_("Penghuni yang sedang tinggal"),
    lead=_("Satu baris setiap kamar yang dihuni. Tagihan berjalan terus dari tanggal lunasnya, pada siklus yang sama."),
    columns=(
        Column("rumah", _("nama atau kode rumah kos"), "Kos Melati", required=True),
        Column("kamar", _("nomor kamarnya"), "101", required=True),
        Column("nama", _("nama penghuni"), "Rini Lestari", required=True),
        Column("hp", _("nomor HP"), "0812-3456-7890"),
        Column("surel", _("alamat surel"), ""),
        Column(
            "mulai",
            _("tanggal mulai menempati: jatuh tempo dihitung dari sini menurut siklus rumahnya"),
            "05/01/2026",
            required=True,
        ),
        Column(
            "lunas_sampai",
            _("hari terakhir yang sewanya lunas; “belum” bila belum pernah"),
            "05/03/2026",
            required=True,
        ),
        Column("sewa", _("sewa satu masa sewa; kosong berarti harga kamarnya"), "1000000"),
        Column("layanan", _("langganan, dipisah titik koma; harga sendiri ditulis = harga"), "Laundry; Parkir = 50000"),
        Column("deposit", _("deposit yang dipegang; “tidak ada” bila tidak pernah dipungut"), "500000"),
        Column("tunggakan", _("kurang bayar dari masa sewa sampai lunas_sampai; sesudahnya ditagih sendiri"), "0"),
        Column("keterangan_tunggakan", _("untuk apa tunggakannya")),
    ),
    help="memasukkan penghuni yang sedang tinggal dengan siklus, deposit dan tunggakannya",
    subject="nama",
    created=_("penghuni baru"),
    shown=(
        parts.Column(_("Nama"), rank=1),
        parts.Column(_("Kamar"), rank=2),
        parts.Column(_("Mulai"), parts.Kind.DATE),
        parts.Column(_("Lunas sampai"), parts.Kind.DATE),
        parts.Column(_("Sewa"), parts.Kind.MONEY),
        parts.Column(_("Deposit")),
        parts.Column(_("Tunggakan"), parts.Kind.MONEY),
    ),
    open=TenantDesk,
    form=OpeningForm,
    after=(_("Kembali ke langkah-langkahnya"), "moving_in"),
    sheet_name=_("Penghuni"),
)  # fmt: skip
