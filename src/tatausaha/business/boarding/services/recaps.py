"""The recap of a provider (laundry): rows of room, day and quantity become uses of the tenants (KOS-09).

What is billed is the published price, whatever the provider writes; what comes late falls to the next
bill. A row that was taken over once is never taken over again, in whatever file it comes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.business.boarding import figures, roles
from tatausaha.business.boarding.models import ExtraService, RecapLine, ServicePrice, Stay
from tatausaha.business.boarding.queries import cycles, houses
from tatausaha.business.boarding.queries.meters import rooms_metered_for
from tatausaha.business.boarding.queries.moving import Lived, who_lived_where
from tatausaha.business.boarding.services import usage
from tatausaha.core.imports.kinds import Column, ImportForm, Job, Kind, Outcome
from tatausaha.core.kernel import clock, money, parts, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import parse_date
from tatausaha.core.people.models import Person
from tatausaha.core.people.roles import has_role
from tatausaha.core.procedures import services as procedures

ROUNDING = Decimal("0.005")
"""Half of the last digit of a quantity: so far may an amount be from price times quantity."""


@dataclass(frozen=True)
class RecapItem:
    """A row as understood: who used how much on which day, what it costs, and on which bill it comes.

    `room` is the one that the row names: its tenant of that day may live in another by now.
    """

    stay: Stay
    room: str
    on: date
    quantity: Decimal
    price: int
    amount: int
    note: str
    key: str
    bill_due: date
    late: bool

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was used in days that are billed already comes later, never on the issued bill; who has moved since."""
        late = _("Terlambat untuk tagihan yang sudah terbit: masuk tagihan berikutnya.")
        moved = _("Penghuninya sekarang di kamar %(room)s.") % {"room": self.stay.room.number}
        return ((late,) if self.late else ()) + ((moved,) if self.stay.room.number != self.room else ())

    @property
    def shown(self) -> Sequence[Any]:
        """Whom it is billed to, and when."""
        return (
            self.room, str(self.stay.customer), self.on, figures.shown(self.quantity), self.amount,
            words.short_date(self.bill_due),
        )  # fmt: skip


class RecapDesk:
    """Reads and writes the rows of one recap: one service of one house."""

    def __init__(self, job: Job) -> None:
        self._job = job
        options = job.run.options
        services = ExtraService.objects.select_related("house__unit").filter(per_use=True)
        self._service = services.filter(
            house__unit__code=options["rumah"], name__iexact=options["layanan"]
        ).first()
        self._lived: dict[str, list[Lived]] = {}
        self._prices: list[tuple[date, int]] = []
        if self._service and not has_role(job.by, self._service.house.unit, "manager"):
            self._service = None
        if self._service is None:
            return
        self._metered = rooms_metered_for(self._service)
        self._today = clock.day(job.at, self._service.house.unit.zone)
        prices = ServicePrice.objects.filter(service=self._service).order_by("-valid_from")
        self._prices = list(prices.values_list("valid_from", "amount"))
        for one in who_lived_where(self._service.house.unit):
            self._lived.setdefault(one.room.number.lower(), []).append(one)

    def read(self, cells: Mapping[str, str]) -> RecapItem:
        """Understand a row. Raises `Refused` with what its author can mend."""
        if self._service is None:
            raise Refused(_("Layanan ini bukan di rumah yang Anda kelola."))
        on = parse_date(cells.get("tanggal", ""))
        if on > self._today:
            raise Refused(_("Tanggal pemakaian tidak boleh di masa depan."))
        lived = self._who(cells.get("kamar", "").strip(), on, cells.get("penghuni", "").strip())
        usage.refuse_metered(self._metered, lived.room, self._service)
        stay = lived.stay
        price = next((amount for valid_from, amount in self._prices if valid_from <= on), None)
        if price is None:
            raise Refused(_("Harga %(service)s belum diterbitkan pemilik.") % {"service": self._service})
        quantity, amount = self._how_much(cells, price)
        note = cells.get("nota", "").strip()[:60]
        said = "|".join(
            (str(self._service.pk), str(lived.room.pk), on.isoformat(), str(quantity), str(amount), note)
        )
        start = cycles.start_of(stay, stay.next_period)
        issued = cycles.start_of(stay, stay.next_period - 1)
        return RecapItem(
            stay,
            lived.room.number,
            on,
            quantity,
            price,
            amount,
            note,
            sha256(said.encode()).hexdigest(),
            start,
            late=on < issued,
        )

    def _who(self, number: str, on: date, name: str) -> Lived:
        """Who lived in the room on that day, wherever he lives now, and has not settled yet."""
        there = [one for one in self._lived.get(number.lower(), ()) if one.since <= on]
        if not there or (there[0].until and on >= there[0].until):
            said = {"room": number or "–", "day": words.short_date(on)}
            raise Refused(_("Kamar %(room)s tidak dihuni pada %(day)s.") % said)
        stay = there[0].stay
        _still_billed(stay, number)
        if name and name.casefold() not in str(stay.customer).casefold():
            said = {"room": number, "tenant": str(stay.customer), "name": name}
            raise Refused(_("Penghuni kamar %(room)s pada hari itu %(tenant)s, bukan %(name)s.") % said)
        return there[0]

    def _how_much(self, cells: Mapping[str, str], price: int) -> tuple[Decimal, int]:
        """Quantity and rupiah at the published price; either may be missing, and both must agree with it."""
        typed, paid = cells.get("banyaknya", "").strip(), cells.get("jumlah", "").strip()
        asked = money.parse_rupiah(paid) if paid else None
        quantity = figures.read(typed, thousands=False) if typed else None
        if typed and not quantity:
            raise Refused(_("Banyaknya tidak terbaca: %(typed)s. Tulis seperti 2,5.") % {"typed": typed[:20]})
        if quantity is None:
            if not asked or not price:
                raise Refused(_("Isi banyaknya, atau jumlah rupiahnya."))
            quantity = (Decimal(asked) / price).quantize(Decimal("0.01"))
        amount = money.round_half_up(price * quantity)
        if asked is not None and abs(Decimal(asked) - price * quantity) > max(Decimal(1), price * ROUNDING):
            said = {
                "asked": money.rupiah(asked),
                "amount": money.rupiah(amount),
                "price": money.rupiah(price),
            }
            raise Refused(
                _("Tertulis %(asked)s, menurut harga terbit %(price)s seharusnya %(amount)s.") % said
            )
        if not quantity:
            raise Refused(_("Jumlah rupiahnya lebih kecil dari satuan terkecil layanan ini."))
        return quantity, amount if asked is None else asked

    def foresee(self, items: Sequence[RecapItem]) -> list[Outcome | Refused]:
        """New, or taken over already."""
        known = set(
            RecapLine.objects.filter(key__in=[one.key for one in items]).values_list("key", flat=True)
        )
        return [Outcome.UNCHANGED if one.key in known else Outcome.CREATED for one in items]

    def write(self, item: RecapItem, number: int) -> Outcome:
        """Note the use once; it falls to the tenant's next bill."""
        assert self._service is not None
        stay = procedures.lock(item.stay)
        _still_billed(stay, stay.room.number)
        if RecapLine.objects.filter(key=item.key).exists():
            return Outcome.UNCHANGED
        use = usage.write_use(
            stay, self._service, on=item.on, quantity=item.quantity, price=item.price, amount=item.amount,
            description=_text(self._service, item), by=self._job.by, at=self._job.at,
        )  # fmt: skip
        RecapLine.objects.create(key=item.key, use=use, run=self._job.run, number=number)
        return Outcome.CREATED


def _still_billed(stay: Stay, room: str) -> None:
    if stay.status not in {Stay.Status.LIVING, Stay.Status.NOTICED, Stay.Status.INSPECTION}:
        raise Refused(_("Penghuni kamar %(room)s sudah pergi dan hitungannya selesai.") % {"room": room})


def _text(service: ExtraService, item: RecapItem) -> str:
    said = f"{service.name} {item.on:%d-%m-%Y}: {figures.shown(item.quantity)} {service.measure}"
    return f"{said}, {_('nota')} {item.note}" if item.note else said


def _choose(field: forms.Field, given: Mapping[str, str]) -> None:
    empty = [] if len(given) == 1 else [("", _("Pilih"))]
    field.widget = forms.Select(choices=[*empty, *given.items()])
    field.widget.is_required = field.required


class RecapForm(ImportForm):
    """The file, and whose recap of what it is."""

    rumah = forms.CharField(label=gettext_lazy("Kode rumah"), max_length=60)
    layanan = forms.CharField(label=gettext_lazy("Layanan"), max_length=60)

    def offer(self, person: Person) -> None:
        """The houses that this person keeps, and their services that are charged by use, to choose from."""
        found = ExtraService.objects.filter(per_use=True, house__in=houses.houses_for(person))
        rows = list(
            found.order_by("house__unit__name", "name").values_list(
                "house__unit__code", "house__unit__name", "name"
            )
        )
        self.fields["rumah"].label = _("Rumah kos")
        _choose(self.fields["rumah"], {code: name for code, name, _service in rows})
        _choose(self.fields["layanan"], {name: name for _code, _name, name in rows})

    def clean(self) -> dict[str, Any]:
        """A service of that house that is charged by use."""
        data = super().clean() or {}
        if data.get("rumah") and data.get("layanan"):
            of_house = ExtraService.objects.filter(house__unit__code=data["rumah"], per_use=True)
            if not of_house.filter(name__iexact=data["layanan"]).exists():
                self.add_error("layanan", _("Tidak ada layanan per pemakaian dengan nama ini di rumah itu."))
        return data


RECAP = Kind(
    code="rekap",
    title=gettext_lazy("Rekap penyedia layanan"),
    lead=gettext_lazy(
        "Misalnya dari laundry: satu pemakaian setiap baris. Masuk ke tagihan berikutnya dengan harga terbit."
    ),
    columns=(
        Column("kamar", gettext_lazy("nomor kamar"), "101", required=True),
        Column("tanggal", gettext_lazy("tanggal pemakaian"), "21/11/2026", required=True),
        Column("penghuni", gettext_lazy("nama, untuk dicocokkan"), "Rini"),
        Column("banyaknya", gettext_lazy("dalam satuan layanan; atau isi jumlah"), "2,5"),
        Column("jumlah", gettext_lazy("rupiah menurut harga terbit; atau isi banyaknya"), "17500"),
        Column("nota", gettext_lazy("nomor nota; membedakan dua pemakaian yang sama"), "A-102"),
    ),
    help="memasukkan rekap pemakaian layanan dari berkas CSV atau XLSX",
    subject="kamar",
    created=gettext_lazy("pemakaian baru"),
    shown=(
        parts.Column(gettext_lazy("Kamar"), rank=1),
        parts.Column(gettext_lazy("Penghuni"), rank=2),
        parts.Column(gettext_lazy("Tanggal"), parts.Kind.DATE),
        parts.Column(gettext_lazy("Banyaknya"), parts.Kind.NUMBER),
        parts.Column(gettext_lazy("Ditagih"), parts.Kind.MONEY),
        parts.Column(gettext_lazy("Tagihan jatuh tempo")),
    ),
    open=RecapDesk,
    may=roles.keeps_houses,
    no_right=gettext_lazy("Rekap dimasukkan oleh pengelola rumah kos."),
    form=RecapForm,
    after=(gettext_lazy("Lihat rumah kos"), "boarding:houses"),
    sheet_name=gettext_lazy("Rekap"),
)
