"""How an asset leaves: sold, lost, scrapped, or its entry taken back; and how that is undone (rules/ledger 12).

Depreciation is posted up to the month before, once; what a later month had been booked already
is given back. The rest of the value and the money that came are the result.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from tatausaha.core.assets import accounts, policy, ways
from tatausaha.core.assets.models import Asset, Exit
from tatausaha.core.assets.services import depreciation
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import months, store
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Draft, Line, post, reverse
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Person, Unit


@dataclass(frozen=True)
class Value:
    """What an asset is worth on a day: written off up to the month before, what still must be, what came too much."""

    cost: int
    booked: int
    missing: int
    returned: int

    @property
    def accumulated(self) -> int:
        """What is written off by the end."""
        return self.booked + self.missing - self.returned

    @property
    def left(self) -> int:
        """The book value."""
        return self.cost - self.accumulated


def value_on(asset: Asset, on: date) -> Value:
    """What the asset is worth if it leaves on that day."""
    upto = months.before(months.of(on))
    missing = sum(one.amount for one in depreciation.owing([asset], upto))
    returned = depreciation.booked_from(asset, months.of(on))
    return Value(asset.cost, depreciation.written_off(asset), missing, returned)


def let_go(unit: Unit, *, by: Person, at: datetime) -> int:
    """The book value of what a person let go of in the running month of a unit and did not come back."""
    since, _end = months.instants(months.of(clock.day(at, unit.zone)), unit.zone)
    gone = Exit.objects.filter(unit=unit, by__in=roles.acts_for(by), at__gte=since, undone=None)
    return gone.exclude(kind=Exit.Kind.UNDONE).aggregate(sum=Sum(F("cost") - F("accumulated")))["sum"] or 0


def check_limit(asset: Asset, on: date, *, by: Person, at: datetime) -> None:
    """Raises `Refused` where others than the owner would let go of more in a month than the SOP leaves to them."""
    left, limit = value_on(asset, on).left, asset.policy.direct_limit
    if roles.is_owner(by) or not left:
        return
    gone = let_go(asset.unit, by=by, at=at)
    if left + gone <= limit:
        return
    value = _("Nilai bukunya %(left)s.")
    if gone:
        value = _("Nilai bukunya %(left)s, dan bulan ini Anda sudah melepas %(gone)s.")
    rule = _("Di atas %(limit)s sebulan hanya pemilik yang melepas aset.")
    raise Refused(f"{value} {rule}" % {"left": rupiah(left), "gone": rupiah(gone), "limit": rupiah(limit)})


def dispose(
    asset: Asset, *, kind: str, left_on: date | None, proceeds: int, into: str, reason: str, by: Person, at: datetime
) -> Exit:  # fmt: skip
    """Book that an asset was sold, lost or scrapped. Called by its step, which holds the case.

    Raises `Refused` for a sale without money, money without a sale, a day before it was bought
    or one that is still to come, above the limit of who does it, and for months as the ledger does.
    """
    on = left_on or clock.day(at, asset.unit.zone)
    _check(asset, kind, on, proceeds, into, at=at)
    store.lock_units([asset.unit_id])
    check_limit(asset, on, by=by, at=at)
    shares = depreciation.owing([asset], months.before(months.of(on)))
    depreciation.book(asset.unit, shares, by=by, at=at, reason=reason)
    value = value_on(asset, on)
    result = proceeds + value.accumulated - value.cost
    journal = post(
        Draft(
            key=_key(asset), unit=asset.unit, kind="asset_disposal", event_on=on,
            lines=_lines(asset, value, proceeds, into, result, by), source=(policy.CODE, asset.pk),
            memo=f"{Exit.Kind(kind).label} {asset.name}"[:160], reason=reason,
        ),
        by=by, at=at,
    )  # fmt: skip
    return Exit.objects.create(
        asset=asset, unit=asset.unit, kind=kind, left_on=on, cost=value.cost, accumulated=value.accumulated,
        returned=value.returned, proceeds=proceeds, into=into if proceeds else "", result=result, by=by, at=at,
        journal=journal,
    )  # fmt: skip


def _check(asset: Asset, kind: str, on: date, proceeds: int, into: str, *, at: datetime) -> None:
    if on > clock.day(at, asset.unit.zone):
        raise Refused(_("Tanggal itu belum tiba."), field="left_on")
    if on < asset.bought_on:
        raise Refused(_("Aset ini baru dibeli sesudah tanggal itu."), field="left_on")
    if kind == Exit.Kind.SOLD and proceeds <= 0:
        raise Refused(_("Tulis berapa laku dijual."), field="proceeds")
    if kind == Exit.Kind.SOLD and ways.way(into) is None:
        raise Refused(_("Pilih ke mana uangnya masuk."), field="into")
    if kind != Exit.Kind.SOLD and proceeds:
        raise Refused(
            _("Hanya penjualan yang mendatangkan uang. Pilih “dijual”, atau kosongkan hasilnya."),
            field="proceeds",
        )


def _key(asset: Asset) -> str:
    return f"{asset.unit_id}|asset|{asset.pk}|exit|{Exit.objects.filter(asset=asset).count()}"


def _lines(asset: Asset, value: Value, proceeds: int, into: str, result: int, by: Person) -> tuple[Line, ...]:
    """Everything that was booked of the asset goes; the money comes; the difference is the result."""
    way = ways.way(into)
    money = [way.line(asset.unit, by, proceeds)] if way and proceeds else []
    lines = [
        Line(asset.account, -value.cost),
        Line(accounts.ACCUMULATED, value.accumulated + value.returned),
        Line(accounts.DEPRECIATION, -value.returned),
        *money,
        Line(accounts.GAIN if result > 0 else accounts.LOSS, -result),
    ]
    return tuple(line for line in lines if line.amount)


def restore(asset: Asset, *, reason: str, by: Person, at: datetime) -> None:
    """Take a disposal back by the mirror of its journal; missed months are caught up with the next run."""
    left = last_exit(asset)
    assert left is not None, "only what has left comes back"
    left.undone = reverse(ledger.in_force(left.journal), by=by, at=at, reason=reason)
    left.save(update_fields=["undone"])


def last_exit(asset: Asset) -> Exit | None:
    """How the asset left, if it has."""
    return Exit.objects.filter(asset=asset, undone=None).select_related("journal").first()


def strike(asset: Asset, *, reason: str, by: Actor, at: datetime) -> Exit:
    """Take the entry itself back: its cost, by the mirror of the journal that brought it unless that has been
    done, and what was written off.
    """  # fmt: skip
    assert asset.journal is not None
    came = ledger.in_force(asset.journal)
    gone = Journal.objects.filter(reverses=came).first()
    if gone is None:
        gone = reverse(came, by=by, at=at, reason=reason)
    months_booked = depreciation.written_off(asset) - asset.accumulated_before
    if months_booked:
        on = clock.day(at, asset.unit.zone)
        post(
            Draft(
                key=f"{asset.unit_id}|asset|{asset.pk}|strike|0", unit=asset.unit, kind="depreciation_return",
                lines=(Line(accounts.ACCUMULATED, months_booked), Line(accounts.DEPRECIATION, -months_booked)),
                event_on=on, source=(policy.CODE, asset.pk), memo=asset.name,
            ),
            by=by, at=at,
        )  # fmt: skip
    return Exit.objects.create(
        asset=asset, unit=asset.unit, kind=Exit.Kind.UNDONE, left_on=gone.book_on, cost=asset.cost,
        accumulated=asset.accumulated_before, returned=months_booked, result=0, by=person_or_none(by), at=at,
        journal=gone,
    )  # fmt: skip
