"""How an asset comes into the register: bought by an expense, or owned before the books began (KOS-14)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.core.assets import accounts, classes, policy
from tatausaha.core.assets.models import Asset, first_of_next
from tatausaha.core.assets.schedule import Plan, distance
from tatausaha.core.kernel import clock, money
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import chart, months, store
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Draft, Line, post
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import begin, perform

MOST_PIECES = 100
"""Pieces that one note may bring."""


@dataclass(frozen=True)
class NewAsset:
    """What is known of a thing that was bought: for how many pieces together, in rupiah."""

    unit: Unit
    name: str
    asset_class: str
    cost: int
    bought_on: date
    pieces: int = 1
    details: str = ""


def check_purchase(new: NewAsset, *, at: datetime) -> policy.AssetPolicy:
    """The numbers in force. Raises `Refused` for what is no asset by them: too cheap, or not for long enough."""
    numbers = policy.in_force(new.unit, at=at)
    if not 1 <= new.pieces <= MOST_PIECES:
        raise Refused(_("Isi 1 sampai %(most)d buah.") % {"most": MOST_PIECES}, field="pieces")
    if new.cost // new.pieces < max(numbers.threshold, 1):
        raise Refused(
            _("Sebuahnya %(each)s. Di bawah %(least)s bukan aset; pilih jenis biaya.")
            % {"each": rupiah(new.cost // new.pieces), "least": rupiah(numbers.threshold)},
            field="amount",
        )
    life = numbers.life_months(new.asset_class)
    if life and life <= numbers.longer_than:
        said = {"life": life, "least": numbers.longer_than}
        raise Refused(
            _("Umurnya %(life)d bulan. Aset dipakai lebih dari %(least)d bulan; pilih jenis biaya.") % said,
            field="category",
        )
    return numbers


def acquire(
    new: NewAsset, *, source: tuple[str, int], journal: Journal, by: Person, at: datetime
) -> list[Asset]:
    """Register what an expense has bought, piece by piece; the pieces cost exactly the whole together.

    `journal` is the one that put the cost on the account of the class. Called in the transaction
    that posted it.
    """
    numbers = policy.in_force(new.unit, at=at)
    life = numbers.life_months(new.asset_class)
    return [
        begin(
            Asset(
                unit=new.unit, headline=_piece_name(new, turn), asset_class=new.asset_class, details=new.details[:200],
                cost=cost, bought_on=new.bought_on, life_months=life, plan_months=life,
                depreciates_from=first_of_next(new.bought_on), source_procedure=source[0], source_id=source[1],
                piece=turn, journal=journal,
            ),
            by=by, at=at,
        )
        for turn, cost in enumerate(money.spread(new.cost, [1] * new.pieces), 1)
    ]  # fmt: skip


def _piece_name(new: NewAsset, turn: int) -> str:
    name = new.name[:150]
    return f"{name} ({turn}/{new.pieces})" if new.pieces > 1 else name


def record_opening(
    *, unit: Unit, name: str, asset_class: str, cost: int, bought_on: date, by: Actor, at: datetime,
    life_years: int | None = None, residual: int = 0, accumulated: int | None = None, as_of: date | None = None,
    reason: str = "", details: str = "", place: str = "", location: str = "", custodian: Person | None = None,
    photo: Any = None, key: str = "",
) -> Asset:  # fmt: skip
    """Register an asset that the company owned before its books began: cost and accumulated depreciation
    against "ekuitas saldo awal" (rules/ledger 12 and 20).

    Booked on `as_of` (today when left out); what was written off before the month of that day is
    `accumulated`, by the straight line when left out. For the owner. `key` is the form's own:
    sent twice, the first asset is returned. Raises `Refused`.
    """
    if key and (known := Asset.objects.filter(key=key).first()) is not None:
        return known
    given = _Opening(unit, name, asset_class, cost, bought_on, life_years, residual, accumulated)
    try:
        with transaction.atomic():
            if not (isinstance(by, Person) and roles.is_owner(by)):
                raise Refused(_("Aset yang sudah dimiliki sebelumnya dicatat oleh pemilik."))
            asset = _open(given, as_of or clock.day(at, unit.zone), reason, details, photo, key, by=by, at=at)
            if place or location.strip():
                data = {"place": place, "location": location, "custodian": custodian}
                step = procedure_of(asset).step("place")
                assert step is not None
                asset = perform(asset, step, by=by, at=at, data=data)
            return asset
    except IntegrityError:  # the same form, a moment earlier, in another hand
        if key and (known := Asset.objects.filter(key=key).first()) is not None:
            return known
        raise


@dataclass(frozen=True)
class _Opening:
    """What the owner says of an asset that was there already."""

    unit: Unit
    name: str
    asset_class: str
    cost: int
    bought_on: date
    life_years: int | None
    residual: int
    accumulated: int | None


def _open(
    given: _Opening, on: date, reason: str, details: str, photo: Any, key: str, *, by: Person, at: datetime
) -> Asset:
    if given.bought_on > on:
        raise Refused(_("Aset ini dibeli sesudah tanggal pencatatan."), field="bought_on")
    if given.cost <= given.residual:
        raise Refused(_("Nilai sisa harus di bawah harga perolehan."), field="residual")
    life = _life(given, at=at)
    first, here = months.of(first_of_next(given.bought_on)), months.of(on)
    gone = min(life, max(0, distance(first, months.before(here))))
    written = Plan(given.cost - given.residual, life, first).by(months.before(here))
    before = written if given.accumulated is None else given.accumulated
    if not 0 <= before <= given.cost - given.residual or (before and not life):
        raise Refused(
            _("Akumulasi penyusutan paling banyak harga perolehan dikurangi nilai sisa."), field="accumulated"
        )
    starts = months.first_day(max(first, here))
    store.lock_units([given.unit.pk])  # the number comes after the books, in every flow
    rest = max(life - gone, 1) if before < given.cost - given.residual and life else 0
    asset = begin(
        Asset(
            unit=given.unit, headline=given.name[:160], asset_class=given.asset_class, details=details[:200],
            cost=given.cost, residual=given.residual, bought_on=given.bought_on, life_months=life,
            accumulated_before=before, plan_done=before, depreciates_from=starts, plan_months=rest, key=key or None,
        ),
        by=by, at=at, data={"photo": photo, "note": reason},
    )  # fmt: skip
    asset.journal = _book_opening(asset, on, reason, by=by, at=at)
    asset.save(update_fields=["journal"])
    return asset


def _life(given: _Opening, *, at: datetime) -> int:
    numbers = policy.in_force(given.unit, at=at)
    if given.asset_class == classes.AssetClass.LAND:
        return 0
    life = 12 * given.life_years if given.life_years else numbers.life_months(given.asset_class)
    if life <= numbers.longer_than:
        said = {"least": numbers.longer_than}
        raise Refused(_("Aset dipakai lebih dari %(least)d bulan.") % said, field="life_years")
    return life


def _book_opening(asset: Asset, on: date, reason: str, *, by: Person, at: datetime) -> Journal:
    before = asset.accumulated_before
    lines = [Line(asset.account, asset.cost)]
    if before:
        lines.append(Line(accounts.ACCUMULATED, -before))
    if asset.cost - before:
        lines.append(Line(chart.OPENING_EQUITY, before - asset.cost))
    return post(
        Draft(
            key=f"{asset.unit_id}|asset|{asset.pk}|open|0", unit=asset.unit, kind="asset_opening",
            lines=tuple(lines), event_on=on, book_on=on, source=(policy.CODE, asset.pk), memo=asset.name, reason=reason,
        ),
        by=by, at=at,
    )  # fmt: skip
