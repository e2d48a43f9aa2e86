"""The list of bills: what its address asks for, its filters as links, its rows for page and file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.titles import titled
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.parts import Chip, Column, FilterSet, Kind, Link, Row, Table, Tone
from tatausaha.core.kernel.words import month as month_words
from tatausaha.core.people.models import Person, Unit, Zone

STATES = ("terbuka", "telat", "lunas", "semua")


@dataclass(frozen=True)
class Wish:
    """What is asked for; nonsense is left out. `month` is its first day."""

    state: str = "terbuka"
    unit: Unit | None = None
    month: date | None = None
    text: str = ""

    def url(self, **other: str) -> str:
        """The same list with some wishes changed."""
        asked = {
            "keadaan": "" if self.state == "terbuka" else self.state, "unit": self.unit.code if self.unit else "",
            "bulan": f"{self.month:%Y-%m}" if self.month else "", "q": self.text,
        } | other  # fmt: skip
        kept = {name: value for name, value in asked.items() if value}
        return f"{reverse('bills')}?{urlencode(kept)}" if kept else reverse("bills")


def read(asked: Any, units: Iterable[Unit]) -> Wish:
    """The wishes in a query string."""
    state = asked.get("keadaan", "")
    return Wish(
        state=state if state in STATES else "terbuka",
        unit=next((unit for unit in units if unit.code == asked.get("unit")), None),
        month=month_of(asked.get("bulan", "")),
        text=asked.get("q", "").strip()[:80],
    )


def month_of(text: str) -> date | None:
    """`2026-03` as its first day; nothing for what is no month of this or the next century."""
    try:
        month = datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone
    except ValueError:
        return None
    return month if 1900 <= month.year < 2200 else None


def found(person: Person, wish: Wish, *, at: datetime) -> QuerySet[Invoice]:
    """The bills, the most urgent first, paid ones newest first."""
    rows = billing.invoices_in_charge(person)
    if wish.state == "terbuka":
        rows = rows.filter(billing.OPEN)
    elif wish.state == "telat":
        rows = rows.filter(billing.OPEN).filter(_late(at))
    elif wish.state == "lunas":
        rows = rows.exclude(billing.OPEN).filter(voided_at__isnull=True)
    if wish.unit:
        rows = rows.filter(unit=wish.unit)
    if wish.month:
        rows = rows.filter(
            due_on__gte=wish.month, due_on__lt=(wish.month + timedelta(days=32)).replace(day=1)
        )
    if wish.text:
        rows = rows.filter(
            Q(number__icontains=wish.text)
            | Q(payer__name__icontains=wish.text)
            | Q(case_number__icontains=wish.text)
        )
    return (
        rows.order_by("due_on", "pk")
        if wish.state in {"terbuka", "telat"}
        else rows.order_by("-due_on", "-pk")
    )


def _late(at: datetime) -> Q:
    late = Q(pk__in=[])
    for zone in Zone.values:
        late |= Q(unit__zone=zone, due_on__lt=clock.day(at, zone))
    return late


def chip(invoice: Invoice, *, at: datetime) -> Chip:
    """How a bill stands, in a word."""
    if invoice.voided_at:
        return Chip(_("dibatalkan"))
    if not invoice.remaining:
        return Chip(_("lunas"), Tone.DONE)
    if billing.is_late(invoice, at=at):
        return Chip(_("telat"), Tone.LATE)
    return Chip(_("sebagian dibayar"), Tone.GOING) if invoice.settled else Chip(_("belum dibayar"), Tone.SOON)


def filters(wish: Wish, units: Iterable[Unit], *, at: datetime) -> list[FilterSet]:
    """Every question of the list as links."""
    named = dict(zip(STATES, (_("Belum lunas"), _("Telat"), _("Lunas"), _("Semua")), strict=True))
    sets = [
        FilterSet(
            _("Keadaan"),
            tuple(
                Link(label, wish.url(keadaan="" if state == "terbuka" else state), wish.state == state)
                for state, label in named.items()
            ),
        ),
        FilterSet(_("Jatuh tempo"), tuple(_months(wish, at))),
    ]
    if len(several := tuple(units)) > 1:
        links = [Link(_("Semua unit"), wish.url(unit=""), wish.unit is None)]
        links += [Link(unit.name, wish.url(unit=unit.code), wish.unit == unit) for unit in several]
        sets.append(FilterSet(_("Unit"), tuple(links)))
    return sets


def _months(wish: Wish, at: datetime) -> Iterator[Link]:
    yield Link(_("Semua bulan"), wish.url(bulan=""), wish.month is None)
    first = clock.day(at, Zone.WIB).replace(day=1)
    shown = [first, (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)]
    for month in sorted({*shown, *([wish.month] if wish.month else [])}):
        yield Link(month_words(month), wish.url(bulan=f"{month:%Y-%m}"), wish.month == month)


HEAD = (
    _lazy("Nomor"), _lazy("Kepada"), _lazy("Kasus"), _lazy("Unit"), _lazy("Terbit"), _lazy("Jatuh tempo"),
    _lazy("Jumlah"), _lazy("Dibayar"), _lazy("Nota kredit"), _lazy("Sisa"),
)  # fmt: skip


def file_rows(invoices: Iterable[Invoice]) -> Iterator[tuple[Any, ...]]:
    """The rows of the CSV and the workbook, in the order of `HEAD`."""
    for bill in invoices:
        yield (
            bill.number, bill.payer.name, bill.case_number, bill.unit.name, clock.day(bill.issued_at, bill.unit.zone),
            bill.due_on, bill.total, bill.settled, bill.credited, bill.remaining,
        )  # fmt: skip


def table(invoices: Iterable[Invoice], *, at: datetime, units: bool) -> Table:
    """The rows of the list for those who manage the units, by what the bills are for; `units` names theirs."""
    columns = [
        Column(_("Tagihan"), rank=1), Column(_("Kepada")), Column(_("Sisa"), Kind.MONEY, rank=2),
        Column(_("Keadaan"), Kind.CHIP), Column(_("Jatuh tempo"), Kind.DATE), Column(_("Jumlah"), Kind.MONEY),
        *([Column(_("Unit"))] if units else []), Column(_("Nomor")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                title, bill.payer.name, bill.remaining, chip(bill, at=at), bill.due_on, bill.total,
                *([bill.unit.name] if units else []), bill.number,
            ],
            url=bill.get_absolute_url(),
        )
        for bill, title in titled(invoices)
    ]  # fmt: skip
    return Table(columns, rows)


def own_table(invoices: Iterable[Invoice], *, at: datetime, paid: bool = False) -> Table:
    """A customer's own bills, by what they are for; the numbers stand on the bills themselves."""
    bills = titled(invoices)
    several = len({bill.unit_id for bill, _title in bills}) > 1
    columns = [
        Column(_("Tagihan"), rank=1), Column(_("Jumlah") if paid else _("Sisa"), Kind.MONEY, rank=2),
        Column(_("Keadaan"), Kind.CHIP), Column(_("Jatuh tempo"), Kind.DATE),
        *([Column(_("Unit"))] if several else []),
    ]  # fmt: skip
    rows = [
        Row(
            [
                title, bill.total if paid else bill.remaining, chip(bill, at=at), bill.due_on,
                *([bill.unit.name] if several else []),
            ],
            url=bill.get_absolute_url(),
        )
        for bill, title in bills
    ]  # fmt: skip
    return Table(columns, rows)
