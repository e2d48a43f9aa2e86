"""Reads of the register: who may see which asset, its figures on a day, what stands where.

Figures of a day are those of the books: what was booked by its end counts, by the month into
which the owner may have moved it, so that the register says what the ledger says (rules/ledger 12).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from tatausaha.core.assets import accounts, places, policy
from tatausaha.core.assets.classes import REGISTERED, account_of
from tatausaha.core.assets.models import Asset, AssetMove, Depreciation, Exit
from tatausaha.core.ledger.models import Journal, Total
from tatausaha.core.people import queries as people
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.models import Attachment

PHOTO = "photo"
"""What a photo of an asset is handed in as."""


def assets_for(person: Person | None) -> QuerySet[Asset]:
    """Assets of the units that the person manages; all for the owner."""
    units = roles.unit_ids(person, "manager")
    rows = Asset.objects.select_related("unit", "custodian", "journal")
    return rows if units is None else rows.filter(unit__in=units)


def held_by(unit: Unit) -> QuerySet[Asset]:
    """What a unit owns now."""
    return Asset.objects.filter(unit=unit, status__in=Asset.HELD)


def units_for(person: Person | None) -> tuple[Unit, ...]:
    """The units whose assets the person may see."""
    return tuple(people.units_for(person, "manager"))


def named(text: str) -> Q:
    """Assets whose name, number or serial number holds the text."""
    return Q(headline__icontains=text) | Q(number__icontains=text) | Q(details__icontains=text)


def standing_in(kind: str, pk: int) -> QuerySet[Asset]:
    """What stands in a place now, by name."""
    rows = Asset.objects.filter(place_kind=kind, place_id=pk, status__in=Asset.HELD)
    return rows.select_related("unit", "custodian").order_by("headline", "pk")


def elsewhere(unit: Unit, kind: str, pk: int) -> QuerySet[Asset]:
    """What the unit owns and does not stand in this place: not yet placed first, then by name."""
    rows = Asset.objects.filter(unit=unit, status__in=Asset.HELD).exclude(place_kind=kind, place_id=pk)
    return rows.order_by("status", "headline", "pk")


def moves_of(asset: Asset) -> QuerySet[AssetMove]:
    """Where an asset stood, the newest first."""
    return AssetMove.objects.filter(asset=asset).select_related("by", "custodian").order_by("-pk")


def photo_of(asset: Asset) -> Attachment | None:
    """The newest photo of an asset."""
    rows = Attachment.objects.filter(procedure=policy.CODE, subject_id=asset.pk, purpose=PHOTO)
    return rows.order_by("-pk").first()


def bought_with(procedure: str, pk: int) -> QuerySet[Asset]:
    """The assets that a case (an expense) has brought, in the order of its pieces."""
    rows = Asset.objects.filter(source_procedure=procedure, source_id=pk)
    return rows.select_related("unit").order_by("piece")


# Figures


@dataclass(frozen=True)
class Standing:
    """An asset on a day: what it cost, what was written off by then."""

    asset: Asset
    accumulated: int

    @property
    def book_value(self) -> int:
        """What it is worth in the books."""
        return self.asset.cost - self.accumulated


@dataclass(frozen=True)
class Totals:
    """Sums over assets."""

    cost: int = 0
    accumulated: int = 0
    count: int = 0

    @property
    def book_value(self) -> int:
        """What they are worth in the books."""
        return self.cost - self.accumulated


def totals(rows: Iterable[Standing]) -> Totals:
    """Sums over these."""
    found = list(rows)
    return Totals(sum(one.asset.cost for one in found), sum(one.accumulated for one in found), len(found))


def sums_of(rows: QuerySet[Asset]) -> Totals:
    """Sums over the assets that are still owned among these, as of now, in two queries."""
    held = rows.filter(status__in=Asset.HELD).order_by()
    sums = held.aggregate(
        cost=Coalesce(Sum("cost"), 0), before=Coalesce(Sum("accumulated_before"), 0), count=Count("pk")
    )
    booked = Depreciation.objects.filter(asset__in=held.values("pk")).aggregate(
        sum=Coalesce(Sum("amount"), 0)
    )
    return Totals(sums["cost"], sums["before"] + booked["sum"], sums["count"])


def standings(assets: Sequence[Asset]) -> list[Standing]:
    """These assets with what is written off by now, in one query."""
    rows = Depreciation.objects.filter(asset__in=assets).order_by().values_list("asset_id")
    booked = dict(rows.annotate(sum=Sum("amount")))
    return [Standing(one, one.accumulated_before + booked.get(one.pk, 0)) for one in assets]


def on_day(units: Sequence[Unit], on: date) -> list[Standing]:
    """The register at the end of a day as the books of that day have it, by unit, class and name; five queries."""
    moved = _moved(units)
    gone = {
        left.asset_id
        for left in Exit.objects.filter(unit__in=units).select_related("journal", "undone")
        if moved.of(left.journal) <= on and not (left.undone and moved.of(left.undone) <= on)
    }
    rows = Asset.objects.filter(unit__in=units, journal__isnull=False).select_related(
        "unit", "custodian", "journal"
    )
    held = [one for one in rows if one.journal and moved.of(one.journal) <= on and one.pk not in gone]
    late = [pk for pk, day in moved.days.items() if day > on]
    early = [pk for pk, day in moved.days.items() if day <= on]
    counted = (Q(journal__book_on__lte=on) | Q(journal__in=early)) & ~Q(journal__in=late)
    booked = dict(
        Depreciation.objects.filter(counted, unit__in=units)
        .order_by()
        .values_list("asset_id")
        .annotate(sum=Sum("amount"))
    )
    found = [Standing(one, one.accumulated_before + booked.get(one.pk, 0)) for one in held]
    return sorted(
        found, key=lambda one: (one.asset.unit.name, one.asset.asset_class, one.asset.name, one.asset.pk)
    )


@dataclass(frozen=True)
class _Moved:
    """Journals that the owner moved to another month, with the day on which they count now."""

    days: dict[int, date]

    def of(self, journal: Journal) -> date:
        return self.days.get(journal.pk, journal.book_on)


def _moved(units: Sequence[Unit]) -> _Moved:
    rows = Journal.objects.filter(unit__in=units, replaces__isnull=False).order_by("pk")
    pairs = list(rows.values_list("pk", "replaces_id", "book_on"))
    days: dict[int, date] = {}
    first: dict[int, int] = {}
    for pk, replaced, book_on in pairs:
        first[pk] = first.get(replaced, replaced)
        days[first[pk]] = book_on
    return _Moved(days)


def booked_in(units: Sequence[Unit], ym: int) -> tuple[int, dict[int, int]]:
    """What the books of a month wrote off for the month itself, and for missed months by month; one query."""
    journals = Journal.objects.filter(unit__in=units).order_by()
    turned = journals.filter(replaces__isnull=False)
    asked = Depreciation.objects.filter(
        Q(journal__in=journals.filter(ym=ym).values("pk")) | Q(journal__in=turned.values("replaces_id"))
    ).order_by()
    told = asked.annotate(other=Value(0, BigIntegerField())).values_list("other", "journal_id", "journal__ym")
    went = turned.annotate(other=F("pk"), amount=Value(0, BigIntegerField()), for_ym=F("ym"))
    rows = list(
        told.annotate(amount=Sum("amount"), for_ym=F("ym")).union(
            went.values_list("other", "replaces_id", "ym", "amount", "for_ym"), all=True
        )
    )
    moved = {journal: (other, here) for other, journal, here, _amount, _for in rows if other}
    sums: dict[int, int] = {}
    for other, journal, month, amount, written_off in rows:
        here, last = month, journal
        while last in moved:
            last, here = moved[last]
        if not other and here == ym:
            sums[written_off] = sums.get(written_off, 0) + int(amount)
    return sums.get(ym, 0), {missed: amount for missed, amount in sums.items() if missed < ym}


# The books and the register


def drift(unit: Unit) -> list[tuple[str, int, int]]:
    """Accounts on which the books say something else than the register: account, register, books (debit positive)."""
    held = standings(list(held_by(unit)))
    said = dict.fromkeys(REGISTERED, 0)
    for one in held:
        said[account_of(one.asset.asset_class)] += one.asset.cost
        said[accounts.ACCUMULATED] -= one.accumulated
    rows = Total.objects.filter(unit=unit, account__in=[int(code) for code in said])
    booked = {str(row.account_id): row.net for row in rows}
    return [
        (code, amount, booked.get(code, 0)) for code, amount in said.items() if amount != booked.get(code, 0)
    ]


def place_names(assets: Iterable[Asset]) -> dict[int, str]:
    """Where each asset stands, in words, by its id; one question a kind of place."""
    shown = list(assets)
    found = places.names((one.place_kind, one.place_id) for one in shown)
    said = {}
    for one in shown:
        place = found.get((one.place_kind, one.place_id or 0))
        said[one.pk] = ", ".join(filter(None, (place.name if place else "", one.location)))
    return said
