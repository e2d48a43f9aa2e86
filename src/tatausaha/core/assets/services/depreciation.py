"""The months write assets off: one journal a unit and month, found by what is not there yet (rules/ledger 12).

A month's share is booked from `run_day` of that month on, by the clock. Months that were missed
come as one catch-up line in the running month; nothing is ever written into a month that is
over but by the owner, with a reason. Run again it finds nothing to do.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tatausaha.core.assets import accounts, policy
from tatausaha.core.assets.models import Asset, Depreciation
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import months
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Draft, Line, post
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, Machine, person_or_none
from tatausaha.core.people.models import Unit

CATCH_UP = "susulan"
"""Tag of the line that makes up for missed months."""
SOURCE = "assets.depreciation"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Share:
    """What one month writes off of one asset."""

    asset: Asset
    ym: int
    amount: int


def due_until(unit: Unit, *, at: datetime) -> int:
    """The last month that is to be booked by now: the running one from its `run_day` on, else the one before."""
    today = clock.day(at, unit.zone)
    here = months.of(today)
    return here if today.day >= policy.in_force(unit, at=at).run_day else months.before(here)


def owing(assets: Iterable[Asset], upto: int) -> list[Share]:
    """The months of these assets up to the end of `upto` that are not booked, the oldest first; two queries at most."""
    known = {asset.pk: asset for asset in assets}
    done: dict[int, set[int]] = {}
    for pk, ym in Depreciation.objects.filter(asset__in=known.values()).values_list("asset_id", "ym"):
        done.setdefault(pk, set()).add(ym)
    found = [
        Share(asset, ym, asset.plan.of(ym))
        for asset in known.values()
        for ym in asset.plan.due(upto)
        if ym not in done.get(asset.pk, ())
    ]
    return sorted(found, key=lambda one: (one.ym, one.asset.pk))


def depreciate_due(at: datetime) -> int:
    """What the worker does: every unit that has assets, each in a transaction of its own; how many it booked for.

    A unit that is refused (its month locked by the owner, say) is logged and hinders no other; the
    readiness of its month says so as well.
    """
    booked = 0
    held = Asset.objects.filter(status__in=Asset.HELD)
    for unit in Unit.objects.filter(pk__in=held.values("unit")).order_by("pk"):
        try:
            booked += run_unit(unit, by=Machine.CLOCK, at=at) is not None
        except Refused as no:
            log.warning("depreciation of %s was refused: %s", unit.code, no)
    return booked


@transaction.atomic
def run_unit(
    unit: Unit, *, by: Actor, at: datetime, upto: int | None = None, book_month: int | None = None, reason: str = ""
) -> Journal | None:  # fmt: skip
    """Book what is due for all assets of a unit; nothing where nothing is.

    `upto` is the last month to be booked, by default what is due by now. It goes into the running
    month; with `book_month` the owner, giving a reason, books all up to that month in it. Raises
    `Refused` for whoever does not manage the unit, and as the ledger does.
    """
    person = person_or_none(by)
    if person is not None and not roles.has_role(person, unit, "manager"):
        raise Refused(_("Penyusutan dibukukan oleh pengelola unit atau pemilik."))
    until = due_until(unit, at=at)
    upto = min(upto or until, until) if book_month is None else min(book_month, until)
    return book(unit, owing(_locked(unit), upto), by=by, at=at, book_month=book_month, reason=reason)


def _locked(unit: Unit) -> list[Asset]:
    """What the unit owns, held until the end of the transaction, always in the same order.

    Whatever left while we waited for its row is not among them: it is asked again once it is ours.
    """
    rows = Asset.objects.filter(unit=unit, status__in=Asset.HELD).order_by("pk")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return list(rows)


def book(
    unit: Unit, shares: Sequence[Share], *, by: Actor, at: datetime, book_month: int | None = None, reason: str = ""
) -> Journal | None:  # fmt: skip
    """One journal for these shares: the month's own on one line, earlier months on another, marked as catch-up."""
    if not shares:
        return None
    today = clock.day(at, unit.zone)
    here = book_month or months.of(today)
    on = min(today, months.first_day(months.after(here)) - timedelta(days=1))
    own = sum(one.amount for one in shares if one.ym >= here)
    late = sum(one.amount for one in shares if one.ym < here)
    journal = None
    if own + late:
        lines = [Line(accounts.DEPRECIATION, own), Line(accounts.DEPRECIATION, late, tag=CATCH_UP)]
        turn = Journal.objects.filter(
            unit=unit, kind="depreciation", key__startswith=_key(unit, here)
        ).count()
        journal = post(
            Draft(
                key=f"{_key(unit, here)}{turn}", unit=unit, kind="depreciation", event_on=on, book_on=on,
                lines=(*(line for line in lines if line.amount), Line(accounts.ACCUMULATED, -own - late)),
                source=(SOURCE, here), memo=_memo(shares, here), reason=reason,
            ),
            by=by, at=at,
        )  # fmt: skip
    Depreciation.objects.bulk_create(
        Depreciation(
            asset=one.asset, unit=unit, ym=one.ym, amount=one.amount, caught_up=one.ym < here,
            journal=journal if one.amount else None,
        )
        for one in shares
    )  # fmt: skip
    return journal


def _key(unit: Unit, ym: int) -> str:
    return f"{unit.pk}|depreciation|{ym}|run|"


def _memo(shares: Sequence[Share], here: int) -> str:
    count = len({one.asset.pk for one in shares})
    late = sorted({one.ym for one in shares if one.ym < here})
    said = f"Penyusutan {count} aset"
    return f"{said}, termasuk susulan {late[0]}-{late[-1]}" if late else said


def written_off(asset: Asset) -> int:
    """What was written off of an asset so far, in rupiah."""
    rows = Depreciation.objects.filter(asset=asset).values_list("amount", flat=True)
    return asset.accumulated_before + sum(rows)


def booked_from(asset: Asset, ym: int) -> int:
    """What was booked for that month and later ones."""
    return sum(Depreciation.objects.filter(asset=asset, ym__gte=ym).values_list("amount", flat=True))


def standing(asset: Asset) -> bool:
    """Whether the journal by which the asset came still stands (its purchase was not taken back)."""
    assert asset.journal is not None
    return not Journal.objects.filter(reverses=ledger.in_force(asset.journal)).exists()
